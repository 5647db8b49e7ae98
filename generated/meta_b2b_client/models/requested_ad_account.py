from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="RequestedAdAccount")


@_attrs_define
class RequestedAdAccount:
    """The ad account of a request.

    Attributes:
        id (str): The id of an ad account, `act_` and its digits.
        account_id (str | Unset): An id, as a string of digits; numbers of this size lose digits in JSON.
        name (str | Unset): A text for people, such as a name or a title.
        account_status (int | Unset): 1 is active, 2 is disabled; Meta's ad account reference lists more.
        currency (str | Unset): Its currency, as an ISO 4217 code.
    """

    id: str
    account_id: str | Unset = UNSET
    name: str | Unset = UNSET
    account_status: int | Unset = UNSET
    currency: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        account_id = self.account_id

        name = self.name

        account_status = self.account_status

        currency = self.currency

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if account_id is not UNSET:
            field_dict["account_id"] = account_id
        if name is not UNSET:
            field_dict["name"] = name
        if account_status is not UNSET:
            field_dict["account_status"] = account_status
        if currency is not UNSET:
            field_dict["currency"] = currency

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        id = d.pop("id")

        account_id = d.pop("account_id", UNSET)

        name = d.pop("name", UNSET)

        account_status = d.pop("account_status", UNSET)

        currency = d.pop("currency", UNSET)

        requested_ad_account = cls(
            id=id,
            account_id=account_id,
            name=name,
            account_status=account_status,
            currency=currency,
        )

        requested_ad_account.additional_properties = d
        return requested_ad_account

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
