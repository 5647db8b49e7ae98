from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.error_details_error_data_type_1 import ErrorDetailsErrorDataType1


T = TypeVar("T", bound="ErrorDetails")


@_attrs_define
class ErrorDetails:
    """What went wrong. Decide by `code` and `error_subcode`; the texts change and follow the language of the request.

    Attributes:
        message (str): What went wrong, for developers.
        type_ (str): Class of the error, for example `OAuthException` or `GraphMethodException`. Open.
        code (int): What went wrong, as a number. `x-graph-codes` lists those known. Missing only where a batch fails as
            a whole
            (`GraphBatchException`).
        error_subcode (int | Unset): A finer number.
        error_user_title (str | Unset): A text for people, such as a name or a title.
        error_user_msg (str | Unset): A message for the user.
        is_transient (bool | Unset): Whether the same call may succeed later.
        error_data (ErrorDetailsErrorDataType1 | str | Unset): More about it; sometimes as an object, sometimes as that
            object in a JSON string.
        fbtrace_id (str | Unset): Id to give to Meta's support.
    """

    message: str
    type_: str
    code: int
    error_subcode: int | Unset = UNSET
    error_user_title: str | Unset = UNSET
    error_user_msg: str | Unset = UNSET
    is_transient: bool | Unset = UNSET
    error_data: ErrorDetailsErrorDataType1 | str | Unset = UNSET
    fbtrace_id: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.error_details_error_data_type_1 import ErrorDetailsErrorDataType1

        message = self.message

        type_ = self.type_

        code = self.code

        error_subcode = self.error_subcode

        error_user_title = self.error_user_title

        error_user_msg = self.error_user_msg

        is_transient = self.is_transient

        error_data: dict[str, Any] | str | Unset
        if isinstance(self.error_data, Unset):
            error_data = UNSET
        elif isinstance(self.error_data, ErrorDetailsErrorDataType1):
            error_data = self.error_data.to_dict()
        else:
            error_data = self.error_data

        fbtrace_id = self.fbtrace_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "message": message,
                "type": type_,
                "code": code,
            }
        )
        if error_subcode is not UNSET:
            field_dict["error_subcode"] = error_subcode
        if error_user_title is not UNSET:
            field_dict["error_user_title"] = error_user_title
        if error_user_msg is not UNSET:
            field_dict["error_user_msg"] = error_user_msg
        if is_transient is not UNSET:
            field_dict["is_transient"] = is_transient
        if error_data is not UNSET:
            field_dict["error_data"] = error_data
        if fbtrace_id is not UNSET:
            field_dict["fbtrace_id"] = fbtrace_id

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.error_details_error_data_type_1 import ErrorDetailsErrorDataType1

        d = dict(src_dict)
        message = d.pop("message")

        type_ = d.pop("type")

        code = d.pop("code")

        error_subcode = d.pop("error_subcode", UNSET)

        error_user_title = d.pop("error_user_title", UNSET)

        error_user_msg = d.pop("error_user_msg", UNSET)

        is_transient = d.pop("is_transient", UNSET)

        def _parse_error_data(data: object) -> ErrorDetailsErrorDataType1 | str | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                error_data_type_1 = ErrorDetailsErrorDataType1.from_dict(data)

                return error_data_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ErrorDetailsErrorDataType1 | str | Unset, data)

        error_data = _parse_error_data(d.pop("error_data", UNSET))

        fbtrace_id = d.pop("fbtrace_id", UNSET)

        error_details = cls(
            message=message,
            type_=type_,
            code=code,
            error_subcode=error_subcode,
            error_user_title=error_user_title,
            error_user_msg=error_user_msg,
            is_transient=is_transient,
            error_data=error_data,
            fbtrace_id=fbtrace_id,
        )

        error_details.additional_properties = d
        return error_details

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
