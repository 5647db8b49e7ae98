"""One call, before it is sent."""

import json
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime
from typing import Any, Generic, ParamSpec, TypeVar
from urllib.parse import quote

import httpx

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Timeout = float | httpx.Timeout | None
JSON = dict[str, Any]
IDEMPOTENT = ("GET", "DELETE")


class Call(Generic[T_co]):
    """A call of an operation, which can be sent more than once. `prepare` makes them for `batch()`.

    Attributes:
        operation: Name of the method that makes it.
        method: GET, POST or DELETE.
        path: Path behind the version, quoted: `/1234567890/clients`.
        params: The query.
        body: The JSON body; None without one.
        read: Makes the answer from its JSON.
    """

    def __init__(
        self,
        operation: str,
        method: str,
        path: str,
        read: Callable[[JSON], T_co],
        params: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> None:
        """What is None in `params` and `body` is left out."""
        self.operation, self.method, self.path, self.read = operation, method, path, read
        self.params = {name: query(value) for name, value in (params or {}).items() if value is not None}
        self.body = body and {name: wire(value) for name, value in body.items() if value is not None}

    def __str__(self) -> str:
        return f"{self.operation}: {self.method} {self.path}"

    def __repr__(self) -> str:
        return f"<Call {self}>"

    @property
    def idempotent(self) -> bool:
        """Whether it may be sent again when nobody knows what became of it."""
        return self.method in IDEMPOTENT

    def reading(self, read: Callable[[JSON], Any], params: Mapping[str, Any]) -> "Call[Any]":
        """The same call with another query, and another way to read the answer."""
        return Call(self.operation, self.method, self.path, read, params, self.body)


def wire(value: Any) -> Any:
    """The value as JSON has it: times as Graph writes them, models as objects."""
    if isinstance(value, datetime):
        return written(value)
    if isinstance(value, (list, tuple)):
        return [wire(one) for one in value]
    if isinstance(value, Mapping):
        return {name: wire(one) for name, one in value.items()}
    return value.to_dict() if hasattr(value, "to_dict") else value


def query(value: Any) -> str | int | float | bool:
    """The value in a query; lists and objects are JSON there."""
    value = wire(value)
    return json.dumps(value) if isinstance(value, (list, dict)) else value


def written(time: datetime) -> str:
    """The time as Graph writes it, `2026-01-01T00:00:00+0000`. Raises ValueError for one without a zone."""
    if time.tzinfo is None:
        raise ValueError(f"{time} has no time zone")
    text = time.isoformat(timespec="seconds")
    return text[:22] + text[23:25]  # without the colon in the offset


def segment(value: str) -> str:
    """The value, quoted as one segment of a path.

    Raises ValueError for a value that cannot be one: an empty text changes the path's shape, and so do `.` and `..`,
    quoted or not, because clients and proxies resolve them.
    """
    text = str(value)
    if text in ("", ".", ".."):
        raise ValueError(f"{text!r} cannot be an id in a path")
    return quote(text, safe="")


def any_path(path: str) -> str:
    """A path that the caller wrote, without a query. Raises ValueError for one that leads elsewhere."""
    if (
        not path.startswith("/")
        or any(part in ("", ".", "..") for part in path[1:].split("/"))
        or "?" in path
    ):
        raise ValueError(f"a path looks like /me/accounts, without version and query, unlike {path!r}")
    return quote(path, safe="/%")


P = ParamSpec("P")
Method = Callable[P, T]
AsyncMethod = Callable[P, Coroutine[Any, Any, T]]
