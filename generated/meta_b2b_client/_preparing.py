"""Calls that are made later, by `batch()`."""

from collections.abc import Callable, Iterator
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from ._calls import Call, Timeout
from ._pages import HasData, first_page

P = ParamSpec("P")
T = TypeVar("T")
Page = TypeVar("Page", bound=HasData)
Page_co = TypeVar("Page_co", bound=HasData, covariant=True)


class Pages(Protocol[Page_co]):
    """A list, which has pages."""

    def pages(self) -> Iterator[Page_co]: ...


class Preparing:
    """Makes the methods of a client return their calls, instead of making them."""

    def _send(self, call: Call[Any], timeout: Timeout = None) -> Any:
        if timeout is not None:
            raise ValueError("the calls of a batch have one timeout; give it to batch()")
        return call

    def _items(self, call: Call[Any], max_items: int | None, timeout: Timeout) -> Any:
        if max_items is not None:
            raise ValueError("max_items has no effect in a batch; limit says how much is on the first page")
        return self._send(first_page(call), timeout)

    def _counted_items(
        self, call: Call[Any], max_items: int | None, timeout: Timeout, count: dict[str, Any]
    ) -> Any:
        return self._items(call, max_items, timeout)


def prepared(method: Callable[P, T]) -> Callable[P, Call[T]]:
    """The type of a method of a client that gives its call."""
    return cast(Callable[P, Call[T]], method)


def prepared_page(method: Callable[P, Pages[Page]]) -> Callable[P, Call[Page]]:
    """The same of a method that gives a list: its first page."""
    return cast(Callable[P, Call[Page]], method)
