"""A client library for accessing Meta Graph API, business-to-business and on-behalf-of endpoints"""

from .api import AsyncB2BClient, B2BClient
from .client import AuthenticatedClient, Client
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

__all__ = (
    "AsyncB2BClient",
    "AuthenticatedClient",
    "AuthenticationFailed",
    "B2BClient",
    "Client",
    "ConnectionFailed",
    "GraphError",
    "InvalidParameter",
    "NotFound",
    "PermissionDenied",
    "RateLimited",
    "TemporaryFailure",
    "TimedOut",
    "UnexpectedAnswer",
)
