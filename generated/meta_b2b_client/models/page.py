from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.ad_account_task import AdAccountTask, check_ad_account_task
from ..models.page_task import PageTask, check_page_task
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.business import Business
    from ..models.instagram_account import InstagramAccount
    from ..models.page_category import PageCategory
    from ..models.page_picture import PagePicture


T = TypeVar("T", bound="Page")


@_attrs_define
class Page:
    """A Page. What has no value is left out, and by the sandbox Graph's many other fields too.

    Attributes:
        id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        name (str | Unset): A text for people, such as a name or a title.
        access_token (str | Unset): An access token. A secret.
        category (str | Unset): A text for people, such as a name or a title.
        category_list (list[PageCategory] | Unset): Its categories.
        username (str | Unset): A text for people, such as a name or a title.
        link (str | Unset): An address on the web.
        fan_count (int | Unset): How many people like it.
        followers_count (int | Unset): How many people follow it.
        is_published (bool | Unset): Whether everybody sees it.
        has_transitioned_to_new_page_experience (bool | Unset): Whether it is a Page of the new experience.
        verification_status (str | Unset): Whether Meta verified the business, for example `verified` or `not_verified`.
            Open.
        business (Business | Unset): A business.
        instagram_business_account (InstagramAccount | Unset): The Instagram account of a Page. The sandbox has none,
            and leaves it out.
        picture (PagePicture | Unset): The picture of a Page, which Graph wraps in `data` like an edge.
        tasks (list[AdAccountTask | PageTask | str] | Unset): The tasks of the user of the token on it; on the Pages of
            a user only.
        permitted_tasks (list[AdAccountTask | PageTask | str] | Unset): The tasks that your business holds on it; on the
            Pages of clients only.
    """

    id: str
    name: str | Unset = UNSET
    access_token: str | Unset = _attrs_field(default=UNSET, repr=False)
    category: str | Unset = UNSET
    category_list: list[PageCategory] | Unset = UNSET
    username: str | Unset = UNSET
    link: str | Unset = UNSET
    fan_count: int | Unset = UNSET
    followers_count: int | Unset = UNSET
    is_published: bool | Unset = UNSET
    has_transitioned_to_new_page_experience: bool | Unset = UNSET
    verification_status: str | Unset = UNSET
    business: Business | Unset = UNSET
    instagram_business_account: InstagramAccount | Unset = UNSET
    picture: PagePicture | Unset = UNSET
    tasks: list[AdAccountTask | PageTask | str] | Unset = UNSET
    permitted_tasks: list[AdAccountTask | PageTask | str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        access_token = self.access_token

        category = self.category

        category_list: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.category_list, Unset):
            category_list = []
            for category_list_item_data in self.category_list:
                category_list_item = category_list_item_data.to_dict()
                category_list.append(category_list_item)

        username = self.username

        link = self.link

        fan_count = self.fan_count

        followers_count = self.followers_count

        is_published = self.is_published

        has_transitioned_to_new_page_experience = (
            self.has_transitioned_to_new_page_experience
        )

        verification_status = self.verification_status

        business: dict[str, Any] | Unset = UNSET
        if not isinstance(self.business, Unset):
            business = self.business.to_dict()

        instagram_business_account: dict[str, Any] | Unset = UNSET
        if not isinstance(self.instagram_business_account, Unset):
            instagram_business_account = self.instagram_business_account.to_dict()

        picture: dict[str, Any] | Unset = UNSET
        if not isinstance(self.picture, Unset):
            picture = self.picture.to_dict()

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

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if name is not UNSET:
            field_dict["name"] = name
        if access_token is not UNSET:
            field_dict["access_token"] = access_token
        if category is not UNSET:
            field_dict["category"] = category
        if category_list is not UNSET:
            field_dict["category_list"] = category_list
        if username is not UNSET:
            field_dict["username"] = username
        if link is not UNSET:
            field_dict["link"] = link
        if fan_count is not UNSET:
            field_dict["fan_count"] = fan_count
        if followers_count is not UNSET:
            field_dict["followers_count"] = followers_count
        if is_published is not UNSET:
            field_dict["is_published"] = is_published
        if has_transitioned_to_new_page_experience is not UNSET:
            field_dict["has_transitioned_to_new_page_experience"] = (
                has_transitioned_to_new_page_experience
            )
        if verification_status is not UNSET:
            field_dict["verification_status"] = verification_status
        if business is not UNSET:
            field_dict["business"] = business
        if instagram_business_account is not UNSET:
            field_dict["instagram_business_account"] = instagram_business_account
        if picture is not UNSET:
            field_dict["picture"] = picture
        if tasks is not UNSET:
            field_dict["tasks"] = tasks
        if permitted_tasks is not UNSET:
            field_dict["permitted_tasks"] = permitted_tasks

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.business import Business
        from ..models.instagram_account import InstagramAccount
        from ..models.page_category import PageCategory
        from ..models.page_picture import PagePicture

        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name", UNSET)

        access_token = d.pop("access_token", UNSET)

        category = d.pop("category", UNSET)

        _category_list = d.pop("category_list", UNSET)
        category_list: list[PageCategory] | Unset = UNSET
        if _category_list is not UNSET:
            category_list = []
            for category_list_item_data in _category_list:
                category_list_item = PageCategory.from_dict(category_list_item_data)

                category_list.append(category_list_item)

        username = d.pop("username", UNSET)

        link = d.pop("link", UNSET)

        fan_count = d.pop("fan_count", UNSET)

        followers_count = d.pop("followers_count", UNSET)

        is_published = d.pop("is_published", UNSET)

        has_transitioned_to_new_page_experience = d.pop(
            "has_transitioned_to_new_page_experience", UNSET
        )

        verification_status = d.pop("verification_status", UNSET)

        _business = d.pop("business", UNSET)
        business: Business | Unset
        if isinstance(_business, Unset):
            business = UNSET
        else:
            business = Business.from_dict(_business)

        _instagram_business_account = d.pop("instagram_business_account", UNSET)
        instagram_business_account: InstagramAccount | Unset
        if isinstance(_instagram_business_account, Unset):
            instagram_business_account = UNSET
        else:
            instagram_business_account = InstagramAccount.from_dict(
                _instagram_business_account
            )

        _picture = d.pop("picture", UNSET)
        picture: PagePicture | Unset
        if isinstance(_picture, Unset):
            picture = UNSET
        else:
            picture = PagePicture.from_dict(_picture)

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

        page = cls(
            id=id,
            name=name,
            access_token=access_token,
            category=category,
            category_list=category_list,
            username=username,
            link=link,
            fan_count=fan_count,
            followers_count=followers_count,
            is_published=is_published,
            has_transitioned_to_new_page_experience=has_transitioned_to_new_page_experience,
            verification_status=verification_status,
            business=business,
            instagram_business_account=instagram_business_account,
            picture=picture,
            tasks=tasks,
            permitted_tasks=permitted_tasks,
        )

        page.additional_properties = d
        return page

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
