from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.ad_account_task import AdAccountTask, check_ad_account_task
from ..types import UNSET, Unset

T = TypeVar("T", bound="AdAccountGrant")


@_attrs_define
class AdAccountGrant:
    """Who gets access to the ad account, and for which tasks.

    Attributes:
        business (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        permitted_tasks (list[AdAccountTask] | Unset): The tasks granted. Without it `ANALYZE` alone [A36].
    """

    business: str
    permitted_tasks: list[AdAccountTask] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        business = self.business

        permitted_tasks: list[str] | Unset = UNSET
        if not isinstance(self.permitted_tasks, Unset):
            permitted_tasks = []
            for permitted_tasks_item_data in self.permitted_tasks:
                permitted_tasks_item: str = permitted_tasks_item_data
                permitted_tasks.append(permitted_tasks_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "business": business,
            }
        )
        if permitted_tasks is not UNSET:
            field_dict["permitted_tasks"] = permitted_tasks

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        business = d.pop("business")

        _permitted_tasks = d.pop("permitted_tasks", UNSET)
        permitted_tasks: list[AdAccountTask] | Unset = UNSET
        if _permitted_tasks is not UNSET:
            permitted_tasks = []
            for permitted_tasks_item_data in _permitted_tasks:
                permitted_tasks_item = check_ad_account_task(permitted_tasks_item_data)

                permitted_tasks.append(permitted_tasks_item)

        ad_account_grant = cls(
            business=business,
            permitted_tasks=permitted_tasks,
        )

        ad_account_grant.additional_properties = d
        return ad_account_grant

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
