from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="Picture")


@_attrs_define
class Picture:
    """A picture.

    Attributes:
        height (int | Unset): Its height in pixels.
        is_silhouette (bool | Unset): Whether it is the one that Pages without a picture have.
        url (str | Unset): An address on the web.
        width (int | Unset): Its width in pixels.
    """

    height: int | Unset = UNSET
    is_silhouette: bool | Unset = UNSET
    url: str | Unset = UNSET
    width: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        height = self.height

        is_silhouette = self.is_silhouette

        url = self.url

        width = self.width

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if height is not UNSET:
            field_dict["height"] = height
        if is_silhouette is not UNSET:
            field_dict["is_silhouette"] = is_silhouette
        if url is not UNSET:
            field_dict["url"] = url
        if width is not UNSET:
            field_dict["width"] = width

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        height = d.pop("height", UNSET)

        is_silhouette = d.pop("is_silhouette", UNSET)

        url = d.pop("url", UNSET)

        width = d.pop("width", UNSET)

        picture = cls(
            height=height,
            is_silhouette=is_silhouette,
            url=url,
            width=width,
        )

        picture.additional_properties = d
        return picture

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
