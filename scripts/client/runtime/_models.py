"""How all models are read and written: by the types of their fields."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from types import NoneType, UnionType
from typing import (
    Any,
    ClassVar,
    NamedTuple,
    Self,
    Union,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

from ._calls import wire
from ._options import shown
from ._usage import Usage

Reader = Callable[[Any], Any]


@dataclass_transform(kw_only_default=True)
class GraphObject:
    """What Graph answers: each model is a subclass; by itself it is the answer to a call that has no model.

    A field that Graph left out is None, and is not written again. What a model does not know arrives all the same:
    other values as they were sent, and other fields as `answer["name"]`.
    """

    _names: ClassVar[dict[str, str]] = {}  # a field's name in Graph → in Python, where they differ

    def __init__(self, **fields: Any) -> None:
        readers, required = _form(type(self))
        known = {attribute for attribute, _ in readers.values()}
        given = {name: value for name, value in fields.items() if value is not None}
        if wrong := [*(fields.keys() - known), *(set(required) - given.keys())]:
            raise TypeError(f"{type(self).__name__}: unknown or missing: {', '.join(sorted(wrong))}")
        self.__dict__.update(given, _more={})

    @classmethod
    def from_dict(cls, body: Mapping[str, Any]) -> Self:
        """Reads JSON. Raises KeyError, TypeError or AttributeError for what is not of this form."""
        new = cls.__new__(cls)
        readers, required = _form(cls)
        values, more = new.__dict__, {}
        for name, value in body.items():
            if name in readers:
                attribute, read = readers[name]
                values[attribute] = read(value) if read else value
            else:
                more[name] = value
        for attribute in required:
            if attribute not in values:
                raise KeyError(attribute)
        values["_more"] = more
        return new

    def to_dict(self) -> dict[str, Any]:
        """As JSON; what was read comes out as it was."""
        names = {attribute: name for name, attribute in self._names.items()}
        known = {names.get(name, name): value for name, value in self._given().items()}
        return {**self.additional_properties, **{name: wire(value) for name, value in known.items()}}

    @property
    def additional_properties(self) -> dict[str, Any]:
        """The fields that the model does not know, as JSON has them."""
        more: dict[str, Any] = self.__dict__["_more"]
        return more

    @property
    def fbtrace_id(self) -> str | None:
        """The id that Meta's support asks for; of whole answers and pages only, not of what is in them."""
        return self._headers.get("x-fb-trace-id")

    @property
    def usage(self) -> Usage:
        """How much of its limits Graph reported to be used up with this answer; empty if it did not say."""
        return Usage.of(self._headers)

    @property
    def _headers(self) -> Mapping[str, str]:
        headers: Mapping[str, str] = self.__dict__.get("_answered", {})
        return headers

    def _given(self) -> dict[str, Any]:
        """The known fields that Graph or the caller gave; of these, some may be None."""
        return {name: value for name, value in self.__dict__.items() if not name.startswith("_")}

    def __getitem__(self, name: str) -> Any:
        return self.additional_properties[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.additional_properties[name] = value

    def __delitem__(self, name: str) -> None:
        del self.additional_properties[name]

    def __contains__(self, name: str) -> bool:
        return name in self.additional_properties

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, GraphObject) or type(self) is not type(other):
            return NotImplemented
        return (self._given(), self.additional_properties) == (other._given(), other.additional_properties)

    __hash__ = None  # type: ignore[assignment]  # as with dict: it changes

    def __repr__(self) -> str:
        """Without access tokens, so that no log has them."""
        fields = {**self._given(), **self.additional_properties}
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in shown(fields).items())})"


class GraphList(GraphObject):
    """A page of a list that has no model."""

    data: list[GraphObject]
    """The entries."""


def came_with(answer: object, headers: Mapping[str, str]) -> None:
    """Remember the headers with which a whole answer or page came."""
    if isinstance(answer, GraphObject):
        answer.__dict__["_answered"] = headers


class _Form(NamedTuple):
    """The fields of a model. `readers`: name in Graph → name in Python, and how its JSON is read; None: as it is."""

    readers: dict[str, tuple[str, Reader | None]]
    required: list[str]


_FORMS: dict[type[Any], _Form] = {}


def _form(model: type[Any]) -> _Form:
    """The fields, found out when a model is used for the first time."""
    form = _FORMS.get(model)
    if form is None:
        names = {attribute: name for name, attribute in model._names.items()}
        hints = {name: hint for name, hint in get_type_hints(model).items() if not name.startswith("_")}
        readers = {names.get(name, name): (name, _reader(hint)) for name, hint in hints.items()}
        form = _FORMS[model] = _Form(readers, [name for name in hints if not hasattr(model, name)])
    return form


def _reader(hint: Any) -> Reader | None:
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is datetime:
        return _time
    if isinstance(hint, type) and issubclass(hint, GraphObject):
        return hint.from_dict
    if origin is list and (each := _reader(arguments[0])):
        return partial(_list, each)
    if origin in (Union, UnionType) and (readers := [*filter(None, map(_reader, arguments))]):
        # A time reads null itself: it is no time.
        return (
            partial(_optional, readers[0])
            if NoneType in arguments and readers[0] is not _time
            else readers[0]
        )
    return None


def _list(read: Reader, values: Any) -> Any:
    return [read(value) for value in values]


def _optional(read: Reader, value: Any) -> Any:
    return None if value is None else read(value)


def _time(text: Any) -> Any:
    """The time, or the text if it is none with a zone."""
    try:
        time = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return text
    return time if time.tzinfo else text
