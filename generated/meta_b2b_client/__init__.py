"""Typed client of the Meta Graph API, business-to-business and on-behalf-of endpoints

    with B2BClient(access_token) as b2b:
        for client in b2b.list_clients("3333333333"):
            print(client.name)

    async with AsyncB2BClient(access_token) as b2b:
        async for client in b2b.list_clients("3333333333"):
            print(client.name)

Both have a method for each operation. Failures are raised as GraphError or one of its subclasses. A client can be used
by several threads or tasks at once.
"""

from typing import TYPE_CHECKING, Any

from . import errors, models
from ._answers import RawResponse
from ._calls import Call
from ._logging import set_up as _set_up
from ._models import GraphList, GraphObject
from ._prepare import prepare
from ._sync._client import B2BClient
from ._sync._paging import CountedItems, Items
from ._usage import Limit, Usage
from .errors import (
    AuthenticationFailed,
    ConnectionFailed,
    GraphError,
    InvalidParameter,
    NotFound,
    PermissionDenied,
    RateLimited,
    TemporaryFailure,
    TimedOut,
    UnexpectedAnswer,
)

if TYPE_CHECKING:
    from ._async import AsyncB2BClient, AsyncCountedItems, AsyncItems

_set_up()


def __getattr__(name: str) -> Any:
    """The half for asyncio is imported when it is asked for: few programs need both."""
    if name not in ("AsyncB2BClient", "AsyncCountedItems", "AsyncItems"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import _async

    return getattr(_async, name)


__all__ = (
    "AsyncB2BClient",
    "AsyncCountedItems",
    "AsyncItems",
    "AuthenticationFailed",
    "B2BClient",
    "Call",
    "ConnectionFailed",
    "CountedItems",
    "GraphError",
    "GraphList",
    "GraphObject",
    "InvalidParameter",
    "Items",
    "Limit",
    "NotFound",
    "PermissionDenied",
    "RateLimited",
    "RawResponse",
    "TemporaryFailure",
    "TimedOut",
    "UnexpectedAnswer",
    "Usage",
    "errors",
    "models",
    "prepare",
)
