"""A client library for accessing Meta Graph API, business-to-business and on-behalf-of endpoints"""

from .client import AuthenticatedClient, Client

__all__ = (
    "AuthenticatedClient",
    "Client",
)
