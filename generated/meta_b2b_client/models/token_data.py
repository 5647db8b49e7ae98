from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.known_token_type import KnownTokenType, check_known_token_type
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.token_problem import TokenProblem


T = TypeVar("T", bound="TokenData")


@_attrs_define
class TokenData:
    """What a token is, and whether it is valid.

    Attributes:
        is_valid (bool): Whether it is valid now.
        app_id (str | Unset): An id, as a string of digits; numbers of this size lose digits in JSON.
        application (str | Unset): A text for people, such as a name or a title.
        issued_at (int | Unset): When it was made, in seconds since 1970.
        expires_at (int | Unset): When it ends, in seconds since 1970; 0 for never.
        data_access_expires_at (int | Unset): When its access to data ends, in seconds since 1970; 0 for never.
        scopes (list[str] | Unset): Its permissions.
        user_id (str | Unset): An id, as a string of digits; numbers of this size lose digits in JSON.
        profile_id (str | Unset): An id, as a string of digits; numbers of this size lose digits in JSON.
        error (TokenProblem | Unset): Why a token is not valid.
        type_ (KnownTokenType | str | Unset): Its kind.
    """

    is_valid: bool
    app_id: str | Unset = UNSET
    application: str | Unset = UNSET
    issued_at: int | Unset = UNSET
    expires_at: int | Unset = UNSET
    data_access_expires_at: int | Unset = UNSET
    scopes: list[str] | Unset = UNSET
    user_id: str | Unset = UNSET
    profile_id: str | Unset = UNSET
    error: TokenProblem | Unset = UNSET
    type_: KnownTokenType | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        is_valid = self.is_valid

        app_id = self.app_id

        application = self.application

        issued_at = self.issued_at

        expires_at = self.expires_at

        data_access_expires_at = self.data_access_expires_at

        scopes: list[str] | Unset = UNSET
        if not isinstance(self.scopes, Unset):
            scopes = self.scopes

        user_id = self.user_id

        profile_id = self.profile_id

        error: dict[str, Any] | Unset = UNSET
        if not isinstance(self.error, Unset):
            error = self.error.to_dict()

        type_: str | Unset
        if isinstance(self.type_, Unset):
            type_ = UNSET
        else:
            type_ = self.type_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "is_valid": is_valid,
            }
        )
        if app_id is not UNSET:
            field_dict["app_id"] = app_id
        if application is not UNSET:
            field_dict["application"] = application
        if issued_at is not UNSET:
            field_dict["issued_at"] = issued_at
        if expires_at is not UNSET:
            field_dict["expires_at"] = expires_at
        if data_access_expires_at is not UNSET:
            field_dict["data_access_expires_at"] = data_access_expires_at
        if scopes is not UNSET:
            field_dict["scopes"] = scopes
        if user_id is not UNSET:
            field_dict["user_id"] = user_id
        if profile_id is not UNSET:
            field_dict["profile_id"] = profile_id
        if error is not UNSET:
            field_dict["error"] = error
        if type_ is not UNSET:
            field_dict["type"] = type_

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.token_problem import TokenProblem

        d = dict(src_dict)
        is_valid = d.pop("is_valid")

        app_id = d.pop("app_id", UNSET)

        application = d.pop("application", UNSET)

        issued_at = d.pop("issued_at", UNSET)

        expires_at = d.pop("expires_at", UNSET)

        data_access_expires_at = d.pop("data_access_expires_at", UNSET)

        scopes = cast(list[str], d.pop("scopes", UNSET))

        user_id = d.pop("user_id", UNSET)

        profile_id = d.pop("profile_id", UNSET)

        _error = d.pop("error", UNSET)
        error: TokenProblem | Unset
        if isinstance(_error, Unset):
            error = UNSET
        else:
            error = TokenProblem.from_dict(_error)

        def _parse_type_(data: object) -> KnownTokenType | str | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                type_type_0 = check_known_token_type(data)

                return type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(KnownTokenType | str | Unset, data)

        type_ = _parse_type_(d.pop("type", UNSET))

        token_data = cls(
            is_valid=is_valid,
            app_id=app_id,
            application=application,
            issued_at=issued_at,
            expires_at=expires_at,
            data_access_expires_at=data_access_expires_at,
            scopes=scopes,
            user_id=user_id,
            profile_id=profile_id,
            error=error,
            type_=type_,
        )

        token_data.additional_properties = d
        return token_data

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
