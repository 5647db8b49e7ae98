from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.ad_account_task import AdAccountTask, check_ad_account_task
from ..models.known_access_status import KnownAccessStatus, check_known_access_status
from ..models.page_task import PageTask, check_page_task
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.ad_account_permission import AdAccountPermission
    from ..models.other_permission import OtherPermission
    from ..models.page import Page
    from ..models.page_permission import PagePermission


T = TypeVar("T", bound="Agency")


@_attrs_define
class Agency:
    """A business with access, to a Page flat on it, to the assets of a business nested in `*_permissions`.

    Attributes:
        id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        name (str | Unset): A text for people, such as a name or a title.
        verification_status (str | Unset): Whether Meta verified the business, for example `verified` or `not_verified`.
            Open.
        primary_page (Page | Unset): A Page. What has no value is left out, and by the sandbox Graph's many other fields
            too.
        timezone_id (int | Unset): Number of its time zone in Meta's list.
        two_factor_type (str | Unset): Who must use two-factor authentication, for example `none` or `all_required`.
            Open.
        created_time (str | Unset): A time, with no colon in the offset.
        link (str | Unset): An address on the web.
        vertical (str | Unset): A text for people, such as a name or a title.
        is_hidden (bool | Unset): Whether it is hidden in Meta's user interface.
        permitted_roles (list[str] | Unset): The roles of the user of the token in it; on the businesses of a user only.
        access_status (KnownAccessStatus | str | Unset): State of an access. What waits contains `PENDING`.
        access_requested_time (str | Unset): A time, with no colon in the offset.
        access_updated_time (str | Unset): A time, with no colon in the offset.
        permitted_tasks (list[AdAccountTask | PageTask | str] | Unset): The tasks that the agency may do, or asked for.
        adaccount_permissions (list[AdAccountPermission] | Unset): Its access to each ad account.
        page_permissions (list[PagePermission] | Unset): Its access to each Page.
        application_permissions (list[OtherPermission] | Unset): Its access to each app.
        productcatalog_permissions (list[OtherPermission] | Unset): Its access to each product catalog.
        shared_ca_count (int | Unset): Number of custom audiences shared with it.
    """

    id: str
    name: str | Unset = UNSET
    verification_status: str | Unset = UNSET
    primary_page: Page | Unset = UNSET
    timezone_id: int | Unset = UNSET
    two_factor_type: str | Unset = UNSET
    created_time: str | Unset = UNSET
    link: str | Unset = UNSET
    vertical: str | Unset = UNSET
    is_hidden: bool | Unset = UNSET
    permitted_roles: list[str] | Unset = UNSET
    access_status: KnownAccessStatus | str | Unset = UNSET
    access_requested_time: str | Unset = UNSET
    access_updated_time: str | Unset = UNSET
    permitted_tasks: list[AdAccountTask | PageTask | str] | Unset = UNSET
    adaccount_permissions: list[AdAccountPermission] | Unset = UNSET
    page_permissions: list[PagePermission] | Unset = UNSET
    application_permissions: list[OtherPermission] | Unset = UNSET
    productcatalog_permissions: list[OtherPermission] | Unset = UNSET
    shared_ca_count: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        verification_status = self.verification_status

        primary_page: dict[str, Any] | Unset = UNSET
        if not isinstance(self.primary_page, Unset):
            primary_page = self.primary_page.to_dict()

        timezone_id = self.timezone_id

        two_factor_type = self.two_factor_type

        created_time = self.created_time

        link = self.link

        vertical = self.vertical

        is_hidden = self.is_hidden

        permitted_roles: list[str] | Unset = UNSET
        if not isinstance(self.permitted_roles, Unset):
            permitted_roles = self.permitted_roles

        access_status: str | Unset
        if isinstance(self.access_status, Unset):
            access_status = UNSET
        else:
            access_status = self.access_status

        access_requested_time = self.access_requested_time

        access_updated_time = self.access_updated_time

        permitted_tasks: list[str] | Unset = UNSET
        if not isinstance(self.permitted_tasks, Unset):
            permitted_tasks = []
            for permitted_tasks_item_data in self.permitted_tasks:
                permitted_tasks_item: str
                permitted_tasks_item = permitted_tasks_item_data
                permitted_tasks.append(permitted_tasks_item)

        adaccount_permissions: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.adaccount_permissions, Unset):
            adaccount_permissions = []
            for adaccount_permissions_item_data in self.adaccount_permissions:
                adaccount_permissions_item = adaccount_permissions_item_data.to_dict()
                adaccount_permissions.append(adaccount_permissions_item)

        page_permissions: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.page_permissions, Unset):
            page_permissions = []
            for page_permissions_item_data in self.page_permissions:
                page_permissions_item = page_permissions_item_data.to_dict()
                page_permissions.append(page_permissions_item)

        application_permissions: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.application_permissions, Unset):
            application_permissions = []
            for application_permissions_item_data in self.application_permissions:
                application_permissions_item = (
                    application_permissions_item_data.to_dict()
                )
                application_permissions.append(application_permissions_item)

        productcatalog_permissions: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.productcatalog_permissions, Unset):
            productcatalog_permissions = []
            for productcatalog_permissions_item_data in self.productcatalog_permissions:
                productcatalog_permissions_item = (
                    productcatalog_permissions_item_data.to_dict()
                )
                productcatalog_permissions.append(productcatalog_permissions_item)

        shared_ca_count = self.shared_ca_count

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if name is not UNSET:
            field_dict["name"] = name
        if verification_status is not UNSET:
            field_dict["verification_status"] = verification_status
        if primary_page is not UNSET:
            field_dict["primary_page"] = primary_page
        if timezone_id is not UNSET:
            field_dict["timezone_id"] = timezone_id
        if two_factor_type is not UNSET:
            field_dict["two_factor_type"] = two_factor_type
        if created_time is not UNSET:
            field_dict["created_time"] = created_time
        if link is not UNSET:
            field_dict["link"] = link
        if vertical is not UNSET:
            field_dict["vertical"] = vertical
        if is_hidden is not UNSET:
            field_dict["is_hidden"] = is_hidden
        if permitted_roles is not UNSET:
            field_dict["permitted_roles"] = permitted_roles
        if access_status is not UNSET:
            field_dict["access_status"] = access_status
        if access_requested_time is not UNSET:
            field_dict["access_requested_time"] = access_requested_time
        if access_updated_time is not UNSET:
            field_dict["access_updated_time"] = access_updated_time
        if permitted_tasks is not UNSET:
            field_dict["permitted_tasks"] = permitted_tasks
        if adaccount_permissions is not UNSET:
            field_dict["adaccount_permissions"] = adaccount_permissions
        if page_permissions is not UNSET:
            field_dict["page_permissions"] = page_permissions
        if application_permissions is not UNSET:
            field_dict["application_permissions"] = application_permissions
        if productcatalog_permissions is not UNSET:
            field_dict["productcatalog_permissions"] = productcatalog_permissions
        if shared_ca_count is not UNSET:
            field_dict["shared_ca_count"] = shared_ca_count

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.ad_account_permission import AdAccountPermission
        from ..models.other_permission import OtherPermission
        from ..models.page import Page
        from ..models.page_permission import PagePermission

        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name", UNSET)

        verification_status = d.pop("verification_status", UNSET)

        _primary_page = d.pop("primary_page", UNSET)
        primary_page: Page | Unset
        if isinstance(_primary_page, Unset):
            primary_page = UNSET
        else:
            primary_page = Page.from_dict(_primary_page)

        timezone_id = d.pop("timezone_id", UNSET)

        two_factor_type = d.pop("two_factor_type", UNSET)

        created_time = d.pop("created_time", UNSET)

        link = d.pop("link", UNSET)

        vertical = d.pop("vertical", UNSET)

        is_hidden = d.pop("is_hidden", UNSET)

        permitted_roles = cast(list[str], d.pop("permitted_roles", UNSET))

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

        _adaccount_permissions = d.pop("adaccount_permissions", UNSET)
        adaccount_permissions: list[AdAccountPermission] | Unset = UNSET
        if _adaccount_permissions is not UNSET:
            adaccount_permissions = []
            for adaccount_permissions_item_data in _adaccount_permissions:
                adaccount_permissions_item = AdAccountPermission.from_dict(
                    adaccount_permissions_item_data
                )

                adaccount_permissions.append(adaccount_permissions_item)

        _page_permissions = d.pop("page_permissions", UNSET)
        page_permissions: list[PagePermission] | Unset = UNSET
        if _page_permissions is not UNSET:
            page_permissions = []
            for page_permissions_item_data in _page_permissions:
                page_permissions_item = PagePermission.from_dict(
                    page_permissions_item_data
                )

                page_permissions.append(page_permissions_item)

        _application_permissions = d.pop("application_permissions", UNSET)
        application_permissions: list[OtherPermission] | Unset = UNSET
        if _application_permissions is not UNSET:
            application_permissions = []
            for application_permissions_item_data in _application_permissions:
                application_permissions_item = OtherPermission.from_dict(
                    application_permissions_item_data
                )

                application_permissions.append(application_permissions_item)

        _productcatalog_permissions = d.pop("productcatalog_permissions", UNSET)
        productcatalog_permissions: list[OtherPermission] | Unset = UNSET
        if _productcatalog_permissions is not UNSET:
            productcatalog_permissions = []
            for productcatalog_permissions_item_data in _productcatalog_permissions:
                productcatalog_permissions_item = OtherPermission.from_dict(
                    productcatalog_permissions_item_data
                )

                productcatalog_permissions.append(productcatalog_permissions_item)

        shared_ca_count = d.pop("shared_ca_count", UNSET)

        agency = cls(
            id=id,
            name=name,
            verification_status=verification_status,
            primary_page=primary_page,
            timezone_id=timezone_id,
            two_factor_type=two_factor_type,
            created_time=created_time,
            link=link,
            vertical=vertical,
            is_hidden=is_hidden,
            permitted_roles=permitted_roles,
            access_status=access_status,
            access_requested_time=access_requested_time,
            access_updated_time=access_updated_time,
            permitted_tasks=permitted_tasks,
            adaccount_permissions=adaccount_permissions,
            page_permissions=page_permissions,
            application_permissions=application_permissions,
            productcatalog_permissions=productcatalog_permissions,
            shared_ca_count=shared_ca_count,
        )

        agency.additional_properties = d
        return agency

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
