"""Faults on demand: calls that fail, wait or get no answer of Graph's, as somebody told the control API."""

import itertools
from dataclasses import dataclass, field, replace
from typing import Any

from meta_b2b_sandbox import usage
from meta_b2b_sandbox.answering import Response
from meta_b2b_sandbox.errors import Headers
from meta_b2b_sandbox.journal import Entry

HTML = b"<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
NOT_DONE = ("html_502", "empty", "error_in_200")  # what was called
OF_WHOLE_ANSWERS = ("empty", "cut_json", "cut_connection")  # no answer that holds others could hold these
SERVICE_UNAVAILABLE = 2  # code of Graph's error


@dataclass
class Fault:
    """What happens to which calls; the fields are those of the schema `Fault` in openapi/sandbox.yaml. `times` and
    `after` count down."""

    operation: str
    asset: str | None = None
    access_token: str | None = field(default=None, repr=False)
    times: int = 1
    after: int = 0
    every: int = 1
    code: int | None = None
    answer: str | None = None
    delay_ms: int = 0
    retry_after: int | None = None
    regain_access_minutes: int | None = None
    id: str = ""
    fitted: int = 0  # calls, since `after` was 0

    def fits(self, entry: Entry, access_token: str, nested: bool) -> bool:
        """Whether the call is one of those meant. `nested`: its answer will stand within another one."""
        return (
            self.operation in (entry.operation, "all")
            and self.access_token in (None, access_token)
            and (self.asset is None or entry.names(self.asset))
            and not (nested and self.answer in OF_WHOLE_ANSWERS)
        )

    def is_due(self) -> bool:
        """Count a call that fits: whether it is to be hit."""
        if self.after:
            self.after -= 1
            return False
        self.fitted += 1
        return self.fitted % self.every == 0

    def headers(self, business: str | None) -> Headers:
        """Of the error, to a call with a token of the business."""
        headers: Headers = []
        if self.retry_after is not None:  # [A22]
            headers.append(("retry-after", str(self.retry_after)))
        if self.regain_access_minutes is not None:
            headers.append(usage.of_business(business or usage.NOBODY, 100, self.regain_access_minutes))
        return headers

    @property
    def error(self) -> int | None:
        """Code of the error with which calls fail; None if they are done."""
        return SERVICE_UNAVAILABLE if self.code is None and self.answer in NOT_DONE else self.code

    def spoil(self, response: Response, entry: Entry) -> Response:
        """What comes in place of a response to a call, or what is left of it."""
        delay = response.delay + self.delay_ms / 1000
        if self.answer == "html_502":
            entry.code = entry.reason = None
            return Response(502, [("content-type", "text/html; charset=utf-8")], HTML, delay)
        if self.answer == "empty":
            entry.code = entry.reason = None
            return Response(200, [("content-type", "application/json; charset=UTF-8")], b"", delay)
        if self.answer == "error_in_200":
            return replace(response, status=200, delay=delay)
        half = response.body[: len(response.body) // 2]
        if self.answer == "cut_json":
            return replace(response, body=half, delay=delay)
        if self.answer == "cut_connection":
            headers = [*response.headers, ("content-length", str(len(response.body)))]
            return replace(response, headers=headers, body=half, delay=delay, cut=True)
        return replace(response, delay=delay)

    def shown(self) -> dict[str, Any]:
        """As `GET /_sandbox/faults` shows it."""
        shown = {name: value for name, value in vars(self).items() if value is not None}
        del shown["fitted"]
        if not self.delay_ms:
            del shown["delay_ms"]
        if self.access_token is not None:
            end = self.access_token[-4:] if len(self.access_token) > 8 else ""
            shown["access_token"] = f"…{end}"
        return shown


class Faults:
    """The faults that still wait for calls (`waiting`), in the order in which they were added."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        self._ids = itertools.count(1)

    def add(self, fault: Fault) -> str:
        """The id that it got."""
        fault.id = str(next(self._ids))
        self.waiting.append(fault)
        return fault.id

    def remove(self, id: str) -> bool:
        """Whether there was one with this id."""
        before = len(self.waiting)
        self.waiting = [fault for fault in self.waiting if fault.id != id]
        return len(self.waiting) < before

    def clear(self) -> None:
        """Forget them; ids go on."""
        self.waiting.clear()

    def take(self, entry: Entry, access_token: str, nested: bool) -> Fault | None:
        """The fault of this call, if there is one; it counts as used. Each one that the call fits counts it."""
        due = [one for one in self.waiting if one.fits(entry, access_token, nested) and one.is_due()]
        if not due:
            return None
        fault = due[0]
        entry.fault = fault.id
        fault.times -= 1
        if fault.times == 0:
            self.waiting.remove(fault)
        return fault
