from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.ad_account_task import AdAccountTask, check_ad_account_task
from ..models.known_user_type import KnownUserType, check_known_user_type
from ..models.page_task import PageTask, check_page_task
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.business_reference import BusinessReference


T = TypeVar("T", bound="AssignedUser")


@_attrs_define
class AssignedUser:
    """A user or a system user who has tasks on an asset.

    Attributes:
        id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        name (str | Unset): A text for people, such as a name or a title.
        tasks (list[AdAccountTask | PageTask | str] | Unset): The tasks that are assigned to it.
        permitted_tasks (list[AdAccountTask | PageTask | str] | Unset): The tasks that can be assigned to it.
        business (BusinessReference | Unset): A business as a field of something else; braces in `fields` choose any
            field of it.
        user_type (KnownUserType | str | Unset): What it is.
    """

    id: str
    name: str | Unset = UNSET
    tasks: list[AdAccountTask | PageTask | str] | Unset = UNSET
    permitted_tasks: list[AdAccountTask | PageTask | str] | Unset = UNSET
    business: BusinessReference | Unset = UNSET
    user_type: KnownUserType | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        tasks: list[str] | Unset = UNSET
        if not isinstance(self.tasks, Unset):
            tasks = []
            for tasks_item_data in self.tasks:
                tasks_item: str
                tasks_item = tasks_item_data
                tasks.append(tasks_item)

        permitted_tasks: list[str] | Unset = UNSET
        if not isinstance(self.permitted_tasks, Unset):
            permitted_tasks = []
            for permitted_tasks_item_data in self.permitted_tasks:
                permitted_tasks_item: str
                permitted_tasks_item = permitted_tasks_item_data
                permitted_tasks.append(permitted_tasks_item)

        business: dict[str, Any] | Unset = UNSET
        if not isinstance(self.business, Unset):
            business = self.business.to_dict()

        user_type: str | Unset
        if isinstance(self.user_type, Unset):
            user_type = UNSET
        else:
            user_type = self.user_type

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if name is not UNSET:
            field_dict["name"] = name
        if tasks is not UNSET:
            field_dict["tasks"] = tasks
        if permitted_tasks is not UNSET:
            field_dict["permitted_tasks"] = permitted_tasks
        if business is not UNSET:
            field_dict["business"] = business
        if user_type is not UNSET:
            field_dict["user_type"] = user_type

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.business_reference import BusinessReference

        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name", UNSET)

        _tasks = d.pop("tasks", UNSET)
        tasks: list[AdAccountTask | PageTask | str] | Unset = UNSET
        if _tasks is not UNSET:
            tasks = []
            for tasks_item_data in _tasks:

                def _parse_tasks_item(data: object) -> AdAccountTask | PageTask | str:
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

                tasks_item = _parse_tasks_item(tasks_item_data)

                tasks.append(tasks_item)

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

        _business = d.pop("business", UNSET)
        business: BusinessReference | Unset
        if isinstance(_business, Unset):
            business = UNSET
        else:
            business = BusinessReference.from_dict(_business)

        def _parse_user_type(data: object) -> KnownUserType | str | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                user_type_type_0 = check_known_user_type(data)

                return user_type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(KnownUserType | str | Unset, data)

        user_type = _parse_user_type(d.pop("user_type", UNSET))

        assigned_user = cls(
            id=id,
            name=name,
            tasks=tasks,
            permitted_tasks=permitted_tasks,
            business=business,
            user_type=user_type,
        )

        assigned_user.additional_properties = d
        return assigned_user

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
