from ._client import AsyncB2BClient
from ._paging import AsyncCountedItems, AsyncItems

__all__ = ["AsyncB2BClient", "AsyncCountedItems", "AsyncItems"]
