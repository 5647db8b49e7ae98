from ._client import B2BClient
from ._paging import CountedItems, Items

__all__ = ["B2BClient", "CountedItems", "Items"]
