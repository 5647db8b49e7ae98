"""What every answer of Graph carries, and what browsers ask before they call."""

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from meta_b2b_sandbox.document import METHODS
from meta_b2b_sandbox.errors import Headers

_COMMON: Headers = [
    ("content-type", "application/json; charset=UTF-8"),
    ("access-control-allow-origin", "*"),
    ("pragma", "no-cache"),
    ("expires", "Sat, 01 Jan 2000 00:00:00 GMT"),
]
_SUCCESS: Headers = [*_COMMON, ("cache-control", "private, no-cache, no-store, must-revalidate")]
_FAILURE: Headers = [*_COMMON, ("cache-control", "no-store")]
_traces = itertools.count(1)
# What browsers do not send without asking, and what they may be told to send: a list of names.
_ASKED_HEADERS = "authorization, content-type"
_NAMES = re.compile(r"[a-zA-Z0-9_.-]{1,100}( ?, ?[a-zA-Z0-9_.-]{1,100}){0,30}")
_PREFLIGHT: Headers = [
    ("access-control-allow-origin", "*"),
    ("access-control-allow-methods", ", ".join(METHODS).upper()),
    ("access-control-max-age", "7200"),  # seconds; Chromium keeps it no longer
]


@dataclass(slots=True)
class Response:
    """One HTTP response, to be sent after `delay` seconds. `cut`: the connection ends behind the body, which is shorter
    than the headers say."""

    status: int
    headers: Headers
    body: bytes
    delay: float = 0.0
    cut: bool = False


def new_trace() -> str:
    """An id for the next answer, as `fbtrace_id` and in its headers."""
    return f"{next(_traces):023d}"


def headers(version: str, trace: str, status: int) -> Headers:
    """The headers of an answer; `version` is the one that answers, "v26.0"."""
    return [
        *(_SUCCESS if status < 400 else _FAILURE),
        ("facebook-api-version", version),
        ("x-fb-trace-id", trace),
        ("x-fb-request-id", trace),
    ]


def preflight(asked: Mapping[str, str]) -> Response:
    """Leave for a browser's page to make the call that it asks about, by any method and with any header [A30].

    `asked`: the headers of the OPTIONS request. It is the same for a path that does not exist: what is wrong with a
    call, the page learns from the answer to that.
    """
    names = asked.get("access-control-request-headers") or ""
    allowed = f"{_ASKED_HEADERS}, {names}" if _NAMES.fullmatch(names) else _ASKED_HEADERS
    return Response(200, [*_PREFLIGHT, ("access-control-allow-headers", allowed)], b"")
