from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.ad_account_task import AdAccountTask, check_ad_account_task
from ..models.page_task import PageTask, check_page_task
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.ad_account import AdAccount


T = TypeVar("T", bound="AdAccountRequest")


@_attrs_define
class AdAccountRequest:
    """An open request for an ad account (`BusinessAdAccountRequest`).

    Attributes:
        id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        ad_account (AdAccount | Unset): An ad account. What has no value is left out, and by the sandbox Graph's many
            other fields too.
        permitted_tasks (list[AdAccountTask | PageTask | str] | Unset): The tasks asked for.
    """

    id: str
    ad_account: AdAccount | Unset = UNSET
    permitted_tasks: list[AdAccountTask | PageTask | str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        ad_account: dict[str, Any] | Unset = UNSET
        if not isinstance(self.ad_account, Unset):
            ad_account = self.ad_account.to_dict()

        permitted_tasks: list[str] | Unset = UNSET
        if not isinstance(self.permitted_tasks, Unset):
            permitted_tasks = []
            for permitted_tasks_item_data in self.permitted_tasks:
                permitted_tasks_item: str
                permitted_tasks_item = permitted_tasks_item_data
                permitted_tasks.append(permitted_tasks_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if ad_account is not UNSET:
            field_dict["ad_account"] = ad_account
        if permitted_tasks is not UNSET:
            field_dict["permitted_tasks"] = permitted_tasks

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.ad_account import AdAccount

        d = dict(src_dict)
        id = d.pop("id")

        _ad_account = d.pop("ad_account", UNSET)
        ad_account: AdAccount | Unset
        if isinstance(_ad_account, Unset):
            ad_account = UNSET
        else:
            ad_account = AdAccount.from_dict(_ad_account)

        _permitted_tasks = d.pop("permitted_tasks", UNSET)
        permitted_tasks: list[AdAccountTask | PageTask | str] | Unset = UNSET
        if _permitted_tasks is not UNSET:
            permitted_tasks = []
            for permitted_tasks_item_data in _permitted_tasks:

                def _parse_permitted_tasks_item(
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

                permitted_tasks_item = _parse_permitted_tasks_item(
                    permitted_tasks_item_data
                )

                permitted_tasks.append(permitted_tasks_item)

        ad_account_request = cls(
            id=id,
            ad_account=ad_account,
            permitted_tasks=permitted_tasks,
        )

        ad_account_request.additional_properties = d
        return ad_account_request

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
