from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.page_task import PageTask, check_page_task
from ..types import UNSET, Unset

T = TypeVar("T", bound="PageAssignment")


@_attrs_define
class PageAssignment:
    """Whom, and which tasks on the Page.

    Attributes:
        user (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        tasks (list[PageTask] | Unset): The tasks; without them it is `ANALYZE` [A57].
        business (str | Unset): An id, as a string of digits; numbers of this size lose digits in JSON.
    """

    user: str
    tasks: list[PageTask] | Unset = UNSET
    business: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        user = self.user

        tasks: list[str] | Unset = UNSET
        if not isinstance(self.tasks, Unset):
            tasks = []
            for tasks_item_data in self.tasks:
                tasks_item: str = tasks_item_data
                tasks.append(tasks_item)

        business = self.business

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "user": user,
            }
        )
        if tasks is not UNSET:
            field_dict["tasks"] = tasks
        if business is not UNSET:
            field_dict["business"] = business

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        user = d.pop("user")

        _tasks = d.pop("tasks", UNSET)
        tasks: list[PageTask] | Unset = UNSET
        if _tasks is not UNSET:
            tasks = []
            for tasks_item_data in _tasks:
                tasks_item = check_page_task(tasks_item_data)

                tasks.append(tasks_item)

        business = d.pop("business", UNSET)

        page_assignment = cls(
            user=user,
            tasks=tasks,
            business=business,
        )

        page_assignment.additional_properties = d
        return page_assignment

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
