from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.ad_account_task import AdAccountTask, check_ad_account_task
from ..models.known_access_status import KnownAccessStatus, check_known_access_status
from ..models.page_task import PageTask, check_page_task
from ..types import UNSET, Unset

T = TypeVar("T", bound="AdAccountPermission")


@_attrs_define
class AdAccountPermission:
    """Access to one ad account.

    Attributes:
        id (str): The id of an ad account, with `act_` or without; both were seen here.
        permitted_tasks (list[AdAccountTask | PageTask | str] | Unset): The tasks that the agency holds, or asked for.
        access_status (KnownAccessStatus | str | Unset): State of an access. What waits contains `PENDING`.
        access_requested_time (str | Unset): A time, with no colon in the offset.
        access_updated_time (str | Unset): A time, with no colon in the offset.
    """

    id: str
    permitted_tasks: list[AdAccountTask | PageTask | str] | Unset = UNSET
    access_status: KnownAccessStatus | str | Unset = UNSET
    access_requested_time: str | Unset = UNSET
    access_updated_time: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        permitted_tasks: list[str] | Unset = UNSET
        if not isinstance(self.permitted_tasks, Unset):
            permitted_tasks = []
            for componentsschemas_tasks_held_item_data in self.permitted_tasks:
                componentsschemas_tasks_held_item: str
                componentsschemas_tasks_held_item = (
                    componentsschemas_tasks_held_item_data
                )
                permitted_tasks.append(componentsschemas_tasks_held_item)

        access_status: str | Unset
        if isinstance(self.access_status, Unset):
            access_status = UNSET
        else:
            access_status = self.access_status

        access_requested_time = self.access_requested_time

        access_updated_time = self.access_updated_time

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if permitted_tasks is not UNSET:
            field_dict["permitted_tasks"] = permitted_tasks
        if access_status is not UNSET:
            field_dict["access_status"] = access_status
        if access_requested_time is not UNSET:
            field_dict["access_requested_time"] = access_requested_time
        if access_updated_time is not UNSET:
            field_dict["access_updated_time"] = access_updated_time

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        id = d.pop("id")

        _permitted_tasks = d.pop("permitted_tasks", UNSET)
        permitted_tasks: list[AdAccountTask | PageTask | str] | Unset = UNSET
        if _permitted_tasks is not UNSET:
            permitted_tasks = []
            for componentsschemas_tasks_held_item_data in _permitted_tasks:

                def _parse_componentsschemas_tasks_held_item(
                    data: object,
                ) -> AdAccountTask | PageTask | str:
                    try:
                        if not isinstance(data, str):
                            raise TypeError()
                        componentsschemas_task_held_type_0 = check_ad_account_task(data)

                        return componentsschemas_task_held_type_0
                    except (TypeError, ValueError, AttributeError, KeyError):
                        pass
                    try:
                        if not isinstance(data, str):
                            raise TypeError()
                        componentsschemas_task_held_type_1 = check_page_task(data)

                        return componentsschemas_task_held_type_1
                    except (TypeError, ValueError, AttributeError, KeyError):
                        pass
                    return cast(AdAccountTask | PageTask | str, data)

                componentsschemas_tasks_held_item = (
                    _parse_componentsschemas_tasks_held_item(
                        componentsschemas_tasks_held_item_data
                    )
                )

                permitted_tasks.append(componentsschemas_tasks_held_item)

        def _parse_access_status(data: object) -> KnownAccessStatus | str | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                componentsschemas_access_status_type_0 = check_known_access_status(data)

                return componentsschemas_access_status_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(KnownAccessStatus | str | Unset, data)

        access_status = _parse_access_status(d.pop("access_status", UNSET))

        access_requested_time = d.pop("access_requested_time", UNSET)

        access_updated_time = d.pop("access_updated_time", UNSET)

        ad_account_permission = cls(
            id=id,
            permitted_tasks=permitted_tasks,
            access_status=access_status,
            access_requested_time=access_requested_time,
            access_updated_time=access_updated_time,
        )

        ad_account_permission.additional_properties = d
        return ad_account_permission

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
