from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.staff_role import StaffRole, check_staff_role
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.business_reference import BusinessReference


T = TypeVar("T", bound="Staff")


@_attrs_define
class Staff:
    """A person or a system user of a business.

    Attributes:
        id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        name (str | Unset): A text for people, such as a name or a title.
        business (BusinessReference | Unset): A business as a field of something else; braces in `fields` choose any
            field of it.
        email (str | Unset): Address of a person.
        role (StaffRole | str | Unset): Its role.
    """

    id: str
    name: str | Unset = UNSET
    business: BusinessReference | Unset = UNSET
    email: str | Unset = UNSET
    role: StaffRole | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        business: dict[str, Any] | Unset = UNSET
        if not isinstance(self.business, Unset):
            business = self.business.to_dict()

        email = self.email

        role: str | Unset
        if isinstance(self.role, Unset):
            role = UNSET
        else:
            role = self.role

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if name is not UNSET:
            field_dict["name"] = name
        if business is not UNSET:
            field_dict["business"] = business
        if email is not UNSET:
            field_dict["email"] = email
        if role is not UNSET:
            field_dict["role"] = role

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.business_reference import BusinessReference

        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name", UNSET)

        _business = d.pop("business", UNSET)
        business: BusinessReference | Unset
        if isinstance(_business, Unset):
            business = UNSET
        else:
            business = BusinessReference.from_dict(_business)

        email = d.pop("email", UNSET)

        def _parse_role(data: object) -> StaffRole | str | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                role_type_0 = check_staff_role(data)

                return role_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(StaffRole | str | Unset, data)

        role = _parse_role(d.pop("role", UNSET))

        staff = cls(
            id=id,
            name=name,
            business=business,
            email=email,
            role=role,
        )

        staff.additional_properties = d
        return staff

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
