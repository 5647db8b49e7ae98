from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.page_picture import PagePicture


T = TypeVar("T", bound="User")


@_attrs_define
class User:
    """A person, or a system user of a business.

    Attributes:
        id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        name (str | Unset): A text for people, such as a name or a title.
        picture (PagePicture | Unset): The picture of a Page or a user, which Graph wraps in `data` like an edge.
    """

    id: str
    name: str | Unset = UNSET
    picture: PagePicture | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        picture: dict[str, Any] | Unset = UNSET
        if not isinstance(self.picture, Unset):
            picture = self.picture.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if name is not UNSET:
            field_dict["name"] = name
        if picture is not UNSET:
            field_dict["picture"] = picture

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.page_picture import PagePicture

        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name", UNSET)

        _picture = d.pop("picture", UNSET)
        picture: PagePicture | Unset
        if isinstance(_picture, Unset):
            picture = UNSET
        else:
            picture = PagePicture.from_dict(_picture)

        user = cls(
            id=id,
            name=name,
            picture=picture,
        )

        user.additional_properties = d
        return user

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
