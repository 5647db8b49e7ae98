"""The journal of a world: which calls of Graph came, how they were understood, and what they were answered."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from meta_b2b_sandbox.answering import Response
from meta_b2b_sandbox.clock import stamp
from meta_b2b_sandbox.reading import Request, Twice
from meta_b2b_sandbox.redaction import Redaction

LONGEST_BODY = 16_384  # bytes kept of a request's or an answer's
MOST_BYTES = 8_000_000  # of bodies and addresses in all


@dataclass(slots=True)
class Entry:
    """One call: what is known of it so far, and the rest once the journal has it.

    `params`: as they came until they were read, then as they were understood. `at`: seconds since 1970, `seconds`: how
    long the answer took, `bytes`: how much of it counts for the journal's bound.
    """

    method: str
    path: str
    operation: str | None = None
    business: str | None = None
    params: Mapping[str, Any] | None = None
    fault: str | None = None
    code: int | None = None
    reason: str | None = None
    # Without defaults, because each call would pay for them.
    id: int = field(init=False)
    at: float = field(init=False)
    seconds: float = field(init=False)
    bytes: int = field(init=False)
    request: Request = field(init=False)
    response: Response = field(init=False)

    def names(self, asset: str) -> bool:
        """Whether the call names the asset, in its path or in a parameter."""
        if asset in self.path.split("/"):
            return True
        digits = asset.removeprefix("act_")
        return any(str(value) in (asset, digits) for value in (self.params or {}).values())

    def summary(self, redaction: Redaction) -> dict[str, Any]:
        """As `GET /_sandbox/calls` shows it."""
        return {
            "id": self.id,
            "at": stamp(self.at),
            "operation": self.operation,
            "method": self.method,
            "path": redaction.text(self.path),
            "params": redaction.value(plain(self.params or {})),
            "business": self.business or None,
            "status": self.response.status,
            "code": self.code,
            "ms": round(self.seconds * 1000, 3),
            "fault": self.fault,
        }

    def whole(self, redaction: Redaction) -> dict[str, Any]:
        """As `GET /_sandbox/calls/{id}` shows it."""
        request, response, reason = self.request, self.response, self.reason
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
        self._most, self._bytes, self._last = most, 0, 0
        self.on = most > 0

    def add(self, entry: Entry, at: float, seconds: float, request: Request, response: Response) -> None:
        """Note a call that was answered."""
        if len(request.body) + len(request.query) > LONGEST_BODY:
            request.body, entry.params = request.body[:LONGEST_BODY], None
        if len(response.body) > LONGEST_BODY:
            response = Response(response.status, response.headers, response.body[:LONGEST_BODY])
        self._last += 1
        entry.id, entry.at, entry.seconds = self._last, at, seconds
        entry.request, entry.response = request, response
        entry.bytes = len(request.body) + len(request.query) + len(request.path) + len(response.body)
        self._entries.append(entry)
        self._bytes += entry.bytes
        while len(self._entries) > self._most or self._bytes > MOST_BYTES:
            self._bytes -= self._entries.popleft().bytes

    def clear(self) -> None:
        """Forget the calls; ids go on."""
        self._entries.clear()
        self._bytes = 0

    @property
    def first(self) -> int:
        """The id of the oldest call that is there, 0 without one."""
        return self._entries[0].id if self._entries else 0

    @property
    def last(self) -> int:
        """The id of the last call that came, also where it is forgotten; 0 without one."""
        return self._last

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
            if (
                entry.id > since
                and operation in (None, entry.operation)
                and business in (None, entry.business)
                and status in (None, entry.response.status)
                and (asset is None or entry.names(asset))
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
