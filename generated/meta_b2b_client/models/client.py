from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.ad_account_permission import AdAccountPermission
    from ..models.other_permission import OtherPermission
    from ..models.page_permission import PagePermission


T = TypeVar("T", bound="Client")


@_attrs_define
class Client:
    """A business that gave yours access, nested in `*_permissions`.

    Attributes:
        id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        name (str | Unset): A text for people, such as a name or a title.
        adaccount_permissions (list[AdAccountPermission] | Unset): Your access to each of its ad accounts.
        page_permissions (list[PagePermission] | Unset): Your access to each of its Pages.
        application_permissions (list[OtherPermission] | Unset): Your access to each of its apps.
        productcatalog_permissions (list[OtherPermission] | Unset): Your access to each of its product catalogs.
        shared_ca_count (int | Unset): Number of custom audiences that it shares with you.
    """

    id: str
    name: str | Unset = UNSET
    adaccount_permissions: list[AdAccountPermission] | Unset = UNSET
    page_permissions: list[PagePermission] | Unset = UNSET
    application_permissions: list[OtherPermission] | Unset = UNSET
    productcatalog_permissions: list[OtherPermission] | Unset = UNSET
    shared_ca_count: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

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

        client = cls(
            id=id,
            name=name,
            adaccount_permissions=adaccount_permissions,
            page_permissions=page_permissions,
            application_permissions=application_permissions,
            productcatalog_permissions=productcatalog_permissions,
            shared_ca_count=shared_ca_count,
        )

        client.additional_properties = d
        return client

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
