"""Parameters that change how any answer is written, whatever was called: `debug`, `callback`, `suppress_http_code`.

Source: graph-companion-facts.md, C.5.
"""

import re
from collections.abc import Mapping
from typing import Any

import orjson

from meta_b2b_sandbox.answering import Response
from meta_b2b_sandbox.reading import Request, parse_body, parse_query

SWITCHED_ON = ("1", "true", 1, True)
CALLBACK = re.compile(r"[\w.$]{1,100}", re.ASCII)
SWITCHES = ("debug", "callback", "suppress_http_code")
_NAMES = re.compile("|".join(SWITCHES))


def switched(request: Request, response: Response) -> Response:
    """The response as the request's switches want it."""
    if not _NAMES.search(request.query) and not (request.body and _NAMES.search(_start(request.body))):
        return response
    try:
        given: Mapping[str, Any] = {**parse_body(request)[1], **parse_query(request.query)}
    except (ValueError, RecursionError):  # that is what the response is about
        return response
    if given.get("debug") == "all":
        body = orjson.loads(response.body)
        if isinstance(body, dict):
            response.body = orjson.dumps({**body, "__debug__": {}})
    callback = given.get("callback")
    if isinstance(callback, str) and CALLBACK.fullmatch(callback):
        response.body = b"/**/" + callback.encode() + b"(" + response.body + b");"
        response.headers = [
            (name, "text/javascript; charset=UTF-8" if name == "content-type" else value)
            for name, value in response.headers
        ]
    if given.get("suppress_http_code") in SWITCHED_ON:
        response.status = 200
    return response


def _start(body: bytes) -> str:
    """So much of a body as such names may stand in."""
    return body[:10_000].decode("latin-1")
