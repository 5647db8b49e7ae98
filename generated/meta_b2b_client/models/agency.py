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
    from ..models.page_permission import PagePermission


T = TypeVar("T", bound="Agency")


@_attrs_define
class Agency:
    """A business with access, to a Page flat on it, to the assets of a business nested in `*_permissions`.

    Attributes:
        id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        name (str | Unset): A text for people, such as a name or a title.
        access_status (KnownAccessStatus | str | Unset): State of an access. What waits contains `PENDING`.
        access_requested_time (str | Unset): A time, with no colon in the offset.
        access_updated_time (str | Unset): A time, with no colon in the offset.
        permitted_tasks (list[AdAccountTask | PageTask | str] | Unset): The tasks that the agency holds, or asked for.
        adaccount_permissions (list[AdAccountPermission] | Unset): Its access to each ad account.
        page_permissions (list[PagePermission] | Unset): Its access to each Page.
        application_permissions (list[OtherPermission] | Unset): Its access to each app.
        productcatalog_permissions (list[OtherPermission] | Unset): Its access to each product catalog.
        shared_ca_count (int | Unset): Number of custom audiences shared with it.
    """

    id: str
    name: str | Unset = UNSET
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
            for componentsschemas_tasks_held_item_data in self.permitted_tasks:
                componentsschemas_tasks_held_item: str
                componentsschemas_tasks_held_item = (
                    componentsschemas_tasks_held_item_data
                )
                permitted_tasks.append(componentsschemas_tasks_held_item)

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
        from ..models.page_permission import PagePermission

        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name", UNSET)

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
