from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.ad_account_task import AdAccountTask, check_ad_account_task
from ..models.page_task import PageTask, check_page_task
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.page import Page


T = TypeVar("T", bound="PageRequest")


@_attrs_define
class PageRequest:
    """An open request for a Page (`BusinessPageRequest`).

    Attributes:
        id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        page (Page | Unset): A Page. What has no value is left out, and by the sandbox Graph's many other fields too.
        permitted_tasks (list[AdAccountTask | PageTask | str] | Unset): The tasks asked for.
    """

    id: str
    page: Page | Unset = UNSET
    permitted_tasks: list[AdAccountTask | PageTask | str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        page: dict[str, Any] | Unset = UNSET
        if not isinstance(self.page, Unset):
            page = self.page.to_dict()

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
        if page is not UNSET:
            field_dict["page"] = page
        if permitted_tasks is not UNSET:
            field_dict["permitted_tasks"] = permitted_tasks

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.page import Page

        d = dict(src_dict)
        id = d.pop("id")

        _page = d.pop("page", UNSET)
        page: Page | Unset
        if isinstance(_page, Unset):
            page = UNSET
        else:
            page = Page.from_dict(_page)

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

        page_request = cls(
            id=id,
            page=page,
            permitted_tasks=permitted_tasks,
        )

        page_request.additional_properties = d
        return page_request

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
