from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.known_access_status import KnownAccessStatus, check_known_access_status

T = TypeVar("T", bound="AccessRequestResult")


@_attrs_define
class AccessRequestResult:
    """State of the request, for Pages as in Meta's Pages guide. **Assumption [A25]:** the same for ad accounts, as
    with `owned_ad_accounts`.

        Attributes:
            access_status (KnownAccessStatus | str): State of an access. What waits contains `PENDING`.
    """

    access_status: KnownAccessStatus | str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        access_status: str
        access_status = self.access_status

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "access_status": access_status,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

        def _parse_access_status(data: object) -> KnownAccessStatus | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                componentsschemas_access_status_type_0 = check_known_access_status(data)

                return componentsschemas_access_status_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(KnownAccessStatus | str, data)

        access_status = _parse_access_status(d.pop("access_status"))

        access_request_result = cls(
            access_status=access_status,
        )

        access_request_result.additional_properties = d
        return access_request_result

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
