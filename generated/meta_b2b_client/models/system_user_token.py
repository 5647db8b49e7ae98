from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="SystemUserToken")


@_attrs_define
class SystemUserToken:
    """For which system user, and with which permissions.

    Attributes:
        system_user_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        scope (list[str] | str): Permissions, as a list or in a string.
    """

    system_user_id: str
    scope: list[str] | str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        system_user_id = self.system_user_id

        scope: list[str] | str
        if isinstance(self.scope, list):
            scope = self.scope

        else:
            scope = self.scope

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "system_user_id": system_user_id,
                "scope": scope,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        system_user_id = d.pop("system_user_id")

        def _parse_scope(data: object) -> list[str] | str:
            try:
                if not isinstance(data, list):
                    raise TypeError()
                componentsschemas_scope_input_type_0 = cast(list[str], data)

                return componentsschemas_scope_input_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | str, data)

        scope = _parse_scope(d.pop("scope"))

        system_user_token = cls(
            system_user_id=system_user_id,
            scope=scope,
        )

        system_user_token.additional_properties = d
        return system_user_token

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
