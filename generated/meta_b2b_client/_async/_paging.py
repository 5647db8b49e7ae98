"""Lists, page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .._calls import Call, Timeout
from .._models import came_with
from .._pages import HasData, direction_of, following, page_reader, total_count, without_place
from ..errors import UnexpectedAnswer

if TYPE_CHECKING:
    from ._sending import AsyncCalls

Item = TypeVar("Item")
Page = TypeVar("Page", bound=HasData)


class AsyncItems(Generic[Item, Page]):
    """The entries of a list, to loop over. Nothing is sent before, and each loop starts anew.

    Pages are fetched as they are needed. An empty page does not end the list, but a cursor that leads back to a page
    that was there already raises UnexpectedAnswer.
    """

    def __init__(
        self,
        calls: AsyncCalls,
        call: Call[Page],
        max_items: int | None,
        timeout: Timeout,
        count: dict[str, Any] | None = None,
    ) -> None:
        """`count`: what makes the server count, in the query. Raises ValueError for a negative `max_items`."""
        if max_items is not None and max_items < 0:
            raise ValueError(f"max_items must not be negative, unlike {max_items}")
        self._calls, self._call, self._max_items = calls, call, max_items
        self._timeout, self._count = timeout, count or {}

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._call.operation}>"

    async def __aiter__(self) -> AsyncIterator[Item]:
        left = self._max_items
        async for page in self.pages():
            for item in page.data[:left]:
                yield item
            if left is not None:
                left -= len(page.data)

    async def pages(self) -> AsyncIterator[Page]:
        """Whole pages, until `max_items` entries are fetched. Each has the `usage` that Graph reported with it."""
        left, call = self._max_items, self._call
        direction = direction_of(call.params)
        read = page_reader(call.read, direction)
        params, seen = call.params, {call.params.get(direction)}
        while left is None or left > 0:
            response = await self._calls._send_raw(call.reading(read, params), self._timeout)
            page, cursor = response.parse()
            came_with(page, response.headers)
            yield page
            if cursor is None:
                return
            if cursor in seen:
                text = f"the pages go round in circles: {cursor!r} again"
                raise UnexpectedAnswer(text, operation=call.operation)
            seen.add(cursor)
            params = following(call, direction, cursor)
            if left is not None:
                left -= len(page.data)


class AsyncCountedItems(AsyncItems[Item, Page]):
    """Entries whose number the server knows."""

    async def total_count(self) -> int:
        """Number of entries on all pages; one call. Raises UnexpectedAnswer when the server does not count them."""
        params = {**without_place(self._call), **self._count}
        counted: int = await self._calls._send(self._call.reading(total_count, params), self._timeout)
        return counted
