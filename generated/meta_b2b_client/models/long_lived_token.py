from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.long_lived_token_token_type import (
    LongLivedTokenTokenType,
    check_long_lived_token_token_type,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="LongLivedToken")


@_attrs_define
class LongLivedToken:
    """A token that lasts.

    Attributes:
        access_token (str): An access token. A secret.
        token_type (LongLivedTokenTokenType | Unset): Always `bearer`.
        expires_in (int | Unset): Seconds that it lasts.
    """

    access_token: str
    token_type: LongLivedTokenTokenType | Unset = UNSET
    expires_in: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        access_token = self.access_token

        token_type: str | Unset = UNSET
        if not isinstance(self.token_type, Unset):
            token_type = self.token_type

        expires_in = self.expires_in

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "access_token": access_token,
            }
        )
        if token_type is not UNSET:
            field_dict["token_type"] = token_type
        if expires_in is not UNSET:
            field_dict["expires_in"] = expires_in

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        access_token = d.pop("access_token")

        _token_type = d.pop("token_type", UNSET)
        token_type: LongLivedTokenTokenType | Unset
        if isinstance(_token_type, Unset):
            token_type = UNSET
        else:
            token_type = check_long_lived_token_token_type(_token_type)

        expires_in = d.pop("expires_in", UNSET)

        long_lived_token = cls(
            access_token=access_token,
            token_type=token_type,
            expires_in=expires_in,
        )

        long_lived_token.additional_properties = d
        return long_lived_token

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
