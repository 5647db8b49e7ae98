"""What every answer of Graph carries."""

import itertools
from dataclasses import dataclass

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


@dataclass(slots=True)
class Response:
    """One HTTP response, to be sent after `delay` seconds."""

    status: int
    headers: Headers
    body: bytes
    delay: float = 0.0


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
