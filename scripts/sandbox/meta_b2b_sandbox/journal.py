"""The journal of a world: which calls of Graph came, how they were understood, and what they were answered."""

import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from meta_b2b_sandbox.answering import Response
from meta_b2b_sandbox.clock import stamp
from meta_b2b_sandbox.reading import Request, Twice
from meta_b2b_sandbox.redaction import Redaction

LONGEST_BODY = 16_384  # bytes kept of a request's or an answer's
MOST_BYTES = 8_000_000  # of bodies and addresses in all


@dataclass(slots=True)
class Seen:
    """What is known of a call so far. `params`: as they came until they were read, then as they were understood."""

    method: str
    path: str
    operation: str | None = None
    business: str | None = None
    params: Mapping[str, Any] | None = None
    fault: str | None = None
    code: int | None = None
    reason: str | None = None

    def names(self, asset: str) -> bool:
        """Whether the call names the asset, in its path or in a parameter."""
        if asset in self.path.split("/"):
            return True
        digits = asset.removeprefix("act_")
        return any(str(value) in (asset, digits) for value in (self.params or {}).values())


@dataclass(slots=True)
class Entry:
    """One call. `at`: seconds since 1970, `seconds`: how long the answer took."""

    id: int
    at: float
    seconds: float
    seen: Seen
    request: Request
    response: Response

    @property
    def bytes(self) -> int:
        """How much of it counts for the journal's bound."""
        request = self.request
        return len(request.body) + len(self.response.body) + len(request.path) + len(request.query)

    def summary(self, redaction: Redaction) -> dict[str, Any]:
        """As `GET /_sandbox/calls` shows it."""
        seen = self.seen
        return {
            "id": self.id,
            "at": stamp(self.at),
            "operation": seen.operation,
            "method": seen.method,
            "path": redaction.text(seen.path),
            "params": redaction.value(plain(seen.params or {})),
            "business": seen.business or None,
            "status": self.response.status,
            "code": seen.code,
            "ms": round(self.seconds * 1000, 3),
            "fault": seen.fault,
        }

    def whole(self, redaction: Redaction) -> dict[str, Any]:
        """As `GET /_sandbox/calls/{id}` shows it."""
        request, response, reason = self.request, self.response, self.seen.reason
        return {
            **self.summary(redaction),
            "reason": reason and redaction.text(reason),
            "request": {
                "method": request.method,
                "path": redaction.text(request.path),
                "query": redaction.text(request.query),
                "headers": shown_headers(request.headers.items(), redaction),
                "body": redaction.text(request.body.decode("utf-8", "replace")),
            },
            "answer": {
                "headers": shown_headers(response.headers, redaction),
                "body": redaction.text(response.body.decode("utf-8", "replace")),
            },
        }


class Journal:
    """The last calls, as many as it may keep (none with 0); fewer where they are large."""

    def __init__(self, most: int) -> None:
        self._entries: deque[Entry] = deque()
        self._most, self._bytes = most, 0
        self._ids = itertools.count(1)
        self.on = most > 0

    def add(self, at: float, seconds: float, seen: Seen, request: Request, response: Response) -> None:
        """Note a call that was answered."""
        if len(request.body) + len(request.query) > LONGEST_BODY:
            request.body, seen.params = request.body[:LONGEST_BODY], None
        if len(response.body) > LONGEST_BODY:
            response = Response(response.status, response.headers, response.body[:LONGEST_BODY])
        entry = Entry(next(self._ids), at, seconds, seen, request, response)
        self._entries.append(entry)
        self._bytes += entry.bytes
        while len(self._entries) > self._most or self._bytes > MOST_BYTES:
            self._bytes -= self._entries.popleft().bytes

    def clear(self) -> None:
        """Forget the calls; ids go on."""
        self._entries.clear()
        self._bytes = 0

    def entry(self, id: int) -> Entry | None:
        """The call with this id, None for one that is not there any more."""
        return next((entry for entry in self._entries if entry.id == id), None)

    def entries(
        self,
        operation: str | None = None,
        asset: str | None = None,
        business: str | None = None,
        status: int | None = None,
        since: int = 0,
    ) -> Iterator[Entry]:
        """The calls that fit all of these, oldest first."""
        for entry in self._entries:
            seen = entry.seen
            if (
                entry.id > since
                and operation in (None, seen.operation)
                and business in (None, seen.business)
                and status in (None, entry.response.status)
                and (asset is None or seen.names(asset))
            ):
                yield entry


def plain(value: Any) -> Any:
    """A value as JSON has it: what was given more than once is the list of its values."""
    if isinstance(value, Twice):
        return [plain(one) for one in value.values]
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value


def shown_headers(headers: Iterable[tuple[str, str]], redaction: Redaction) -> dict[str, str]:
    """Headers by name, the values of one name with commas between."""
    shown: dict[str, str] = {}
    for name, value in headers:
        text = redaction.text(value)
        shown[name] = f"{shown[name]}, {text}" if name in shown else text
    return shown


def failure(body: bytes) -> dict[str, Any]:
    """Graph's error in the body of an answer, {} without one."""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    error = found.get("error") if isinstance(found, dict) else None
    return error if isinstance(error, dict) else {}
