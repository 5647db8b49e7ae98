"""Who calls: the access token of a request, and whether it counts."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from meta_b2b_sandbox.errors import Failure
from meta_b2b_sandbox.reading import Request
from meta_b2b_sandbox.store import Store, Token

NO_TOKEN = Failure("no_token", __name__)
INVALID_TOKEN = Failure("invalid_token", __name__)
INVALID_PROOF = Failure("invalid_proof", __name__)
NO_APP_ACCESS = Failure("no_app_access", __name__)

APP_SECRET = "sandbox-app-secret"
MAX_LENGTH = 500


def read_token(request: Request, query: Mapping[str, Any], body: Mapping[str, Any], store: Store) -> Token:
    """Who calls. Raises GraphError for a token that is missing or wrong, and for an app without access.

    The header counts before the query, and this before the body [A3].
    """
    header = request.headers.get("authorization")
    if header is not None:
        scheme, _, value = header.partition(" ")
        if scheme.lower() not in ("bearer", "oauth"):
            raise INVALID_TOKEN()
    else:
        value = query.get("access_token") or body.get("access_token") or ""
        if not value:
            raise NO_TOKEN()
    token = store.token(value) if isinstance(value, str) and len(value) <= MAX_LENGTH else None
    if token is None or not is_good(token, store):
        raise INVALID_TOKEN()
    proof = query.get("appsecret_proof", body.get("appsecret_proof"))
    if proof is not None:
        right = hmac.new(APP_SECRET.encode(), value.encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(right.encode(), str(proof).encode()):
            raise INVALID_PROOF()
    if not token.app_access:
        raise NO_APP_ACCESS()  # [A1]
    return token


def is_good(token: Token, store: Store) -> bool:
    """Whether a token still counts: that of an agency's user for a Page ends with the access [A29]."""
    if token.page is None:
        return True
    page = store.asset(token.page)
    return page is not None and store.page_token(page, token.business) is not None
