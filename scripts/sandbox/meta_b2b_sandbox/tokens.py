"""Who calls: the access token of a request, and whether it counts."""

import hashlib
import hmac
import time
from collections.abc import Mapping
from typing import Any

from meta_b2b_sandbox.errors import Failure
from meta_b2b_sandbox.reading import Request
from meta_b2b_sandbox.rights import is_good
from meta_b2b_sandbox.store import Store, Token

NO_TOKEN = Failure("no_token", __name__)
INVALID_TOKEN = Failure("invalid_token", __name__)
INVALID_PROOF = Failure("invalid_proof", __name__)
EXPIRED_TOKEN = Failure("expired_token", __name__)
REVOKED_TOKEN = Failure("revoked_token", __name__)
NO_APP_ACCESS = Failure("no_app_access", __name__)

APP_SECRET = "sandbox-app-secret"
MAX_LENGTH = 500


def valid_token(text: Any, store: Store) -> Token:
    """The token with this text. Raises GraphError for one that is unknown, revoked or expired."""
    token = store.token(text) if isinstance(text, str) and len(text) <= MAX_LENGTH else None
    if token is None or not is_good(store, token):
        raise INVALID_TOKEN()
    if token.revoked:
        raise REVOKED_TOKEN()
    if token.expired:
        assert token.expires is not None
        raise EXPIRED_TOKEN(when=time.strftime("%A, %d-%b-%y %H:%M:%S GMT", time.gmtime(token.expires)))
    return token


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
    token = valid_token(value, store)
    proof = query.get("appsecret_proof", body.get("appsecret_proof"))
    if proof is not None:
        app = store.app(token.app)
        secret = APP_SECRET if app is None else app.secret
        right = hmac.new(secret.encode(), value.encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(right.encode(), str(proof).encode()):
            raise INVALID_PROOF()
    if not token.app_access:
        raise NO_APP_ACCESS()  # [A1]
    return token
