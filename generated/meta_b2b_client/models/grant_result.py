from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="GrantResult")


@_attrs_define
class GrantResult:
    """Whether it was done, and whether an admin must review it first.

    Attributes:
        success (bool): Always true; a failure is an error.
        requires_admin_approval (bool | Unset): Another admin of your business must review the grant before it counts.
            For ad accounts only.
    """

    success: bool
    requires_admin_approval: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        success = self.success

        requires_admin_approval = self.requires_admin_approval

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "success": success,
            }
        )
        if requires_admin_approval is not UNSET:
            field_dict["requires_admin_approval"] = requires_admin_approval

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        success = d.pop("success")

        requires_admin_approval = d.pop("requires_admin_approval", UNSET)

        grant_result = cls(
            success=success,
            requires_admin_approval=requires_admin_approval,
        )

        grant_result.additional_properties = d
        return grant_result

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
