from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.obo_status import OboStatus, check_obo_status
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.business import Business


T = TypeVar("T", bound="OboRequest")


@_attrs_define
class OboRequest:
    """A request to act on behalf of another business (`BusinessOwnedObjectOnBehalfOfRequest`).

    Attributes:
        id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        status (OboStatus | str | Unset): State of an OBO request.
        business_owned_object (str | Unset): An id, as a string of digits; numbers of this size lose digits in JSON.
        receiving_business (Business | Unset): A business.
        requesting_business (Business | Unset): A business.
    """

    id: str
    status: OboStatus | str | Unset = UNSET
    business_owned_object: str | Unset = UNSET
    receiving_business: Business | Unset = UNSET
    requesting_business: Business | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        status: str | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        else:
            status = self.status

        business_owned_object = self.business_owned_object

        receiving_business: dict[str, Any] | Unset = UNSET
        if not isinstance(self.receiving_business, Unset):
            receiving_business = self.receiving_business.to_dict()

        requesting_business: dict[str, Any] | Unset = UNSET
        if not isinstance(self.requesting_business, Unset):
            requesting_business = self.requesting_business.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if status is not UNSET:
            field_dict["status"] = status
        if business_owned_object is not UNSET:
            field_dict["business_owned_object"] = business_owned_object
        if receiving_business is not UNSET:
            field_dict["receiving_business"] = receiving_business
        if requesting_business is not UNSET:
            field_dict["requesting_business"] = requesting_business

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.business import Business

        d = dict(src_dict)
        id = d.pop("id")

        def _parse_status(data: object) -> OboStatus | str | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                componentsschemas_obo_status_seen_type_0 = check_obo_status(data)

                return componentsschemas_obo_status_seen_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(OboStatus | str | Unset, data)

        status = _parse_status(d.pop("status", UNSET))

        business_owned_object = d.pop("business_owned_object", UNSET)

        _receiving_business = d.pop("receiving_business", UNSET)
        receiving_business: Business | Unset
        if isinstance(_receiving_business, Unset):
            receiving_business = UNSET
        else:
            receiving_business = Business.from_dict(_receiving_business)

        _requesting_business = d.pop("requesting_business", UNSET)
        requesting_business: Business | Unset
        if isinstance(_requesting_business, Unset):
            requesting_business = UNSET
        else:
            requesting_business = Business.from_dict(_requesting_business)

        obo_request = cls(
            id=id,
            status=status,
            business_owned_object=business_owned_object,
            receiving_business=receiving_business,
            requesting_business=requesting_business,
        )

        obo_request.additional_properties = d
        return obo_request

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
