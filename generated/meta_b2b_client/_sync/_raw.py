"""`with_raw_response`: the same methods, with the whole answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

from .._answers import RawResponse
from .._calls import Call, Method, Timeout
from .._pages import HasData, first_page
from ._paging import Items
from ._sending import Calls

P = ParamSpec("P")
T = TypeVar("T")
Page = TypeVar("Page", bound=HasData)


class Raw(Calls):
    """Makes the methods of a client return whole answers."""

    def _send(self, call: Call[Any], timeout: Timeout = None) -> Any:
        return self._send_raw(call, timeout)

    def _items(self, call: Call[Any], max_items: int | None, timeout: Timeout) -> Any:
        if max_items is not None:
            raise ValueError(
                "max_items has no effect on the answer to one call; limit says how much is on a page"
            )
        return self._send_raw(first_page(call), timeout)

    def _counted_items(
        self, call: Call[Any], max_items: int | None, timeout: Timeout, count: dict[str, Any]
    ) -> Any:
        return self._items(call, max_items, timeout)


def raw(method: Method[P, T]) -> Method[P, RawResponse[T]]:
    """The type of a method of a client that gives whole answers."""
    return cast(Method[P, RawResponse[T]], method)


def raw_page(method: Callable[P, Items[Any, Page]]) -> Method[P, RawResponse[Page]]:
    """The same of a method that gives a list: its first page."""
    return cast(Method[P, RawResponse[Page]], method)
