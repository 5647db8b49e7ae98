from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="TokenRequest")


@_attrs_define
class TokenRequest:
    """For which app, and with which permissions.

    Attributes:
        app_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        scope (list[str] | str): Permissions, as a list or in a string.
        system_user_name (str | Unset): A text for people, such as a name or a title.
    """

    app_id: str
    scope: list[str] | str
    system_user_name: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        app_id = self.app_id

        scope: list[str] | str
        if isinstance(self.scope, list):
            scope = self.scope

        else:
            scope = self.scope

        system_user_name = self.system_user_name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "app_id": app_id,
                "scope": scope,
            }
        )
        if system_user_name is not UNSET:
            field_dict["system_user_name"] = system_user_name

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        app_id = d.pop("app_id")

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

        system_user_name = d.pop("system_user_name", UNSET)

        token_request = cls(
            app_id=app_id,
            scope=scope,
            system_user_name=system_user_name,
        )

        token_request.additional_properties = d
        return token_request

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
