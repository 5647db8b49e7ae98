"""One call and its answer, as they were on the wire; and the calls in one that stands for several."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from meta_b2b_sandbox.document import FORM
from meta_b2b_sandbox.reading import Request, parse_body, parse_query

VERSION = re.compile(r"/(v[0-9]{1,3}\.[0-9]{1,3})(?=/|$)")
OVERRIDES = ("GET", "POST")  # whose parameter `method` counts instead


@dataclass(frozen=True)
class Exchange:
    """`path` is as it was sent, with its version; `query` is what stands behind the `?`. Names of headers are in small
    letters. `answer`: the body, without its Content-Encoding; None if it is not known."""

    method: str
    path: str
    query: str
    sent: Mapping[str, str]
    body: bytes
    status: int
    headers: tuple[tuple[str, str], ...]
    answer: bytes | None
    in_batch: bool = False

    @cached_property
    def version(self) -> str:
        """The version in the path, "" without one."""
        match = VERSION.match(re.sub("//+", "/", self.path))
        return match[1] if match else ""

    @cached_property
    def call(self) -> str:
        """The path as the document has it: decoded, without version, double slashes and a slash at its end."""
        path = re.sub("//+", "/", unquote(self.path))
        path = path[1 + len(self.version) :] if self.version else path
        return path.rstrip("/") or "/"

    @cached_property
    def parameters(self) -> Mapping[str, Any]:
        """Those of the query: name → text, or reading.Twice. Empty if they cannot be read."""
        try:
            return parse_query(self.query)
        except ValueError:
            return {}

    @cached_property
    def fields(self) -> tuple[str, Mapping[str, Any]]:
        """(media type, name → value) of the body. Empty if it cannot be read."""
        try:
            return parse_body(Request(self.method, self.path, self.query, self.sent, self.body))
        except (ValueError, RecursionError, KeyError):
            return "", {}

    @cached_property
    def given(self) -> Mapping[str, Any]:
        """All parameters, those of the query before those of the body."""
        return {**self.fields[1], **self.parameters}

    @cached_property
    def meant(self) -> str:
        """The HTTP method that counts, in capitals: `method` may stand among the parameters."""
        override = self.given.get("method")
        return override.upper() if self.method in OVERRIDES and isinstance(override, str) else self.method

    @cached_property
    def _read(self) -> tuple[bool, Any]:
        text = self.answer or b""
        if "callback" in self.given and not text.startswith((b"{", b"[")):
            text = text[text.find(b"(") + 1 : text.rfind(b")")]
        try:
            return True, json.loads(text)
        except (ValueError, RecursionError):
            return False, None

    @property
    def is_json(self) -> bool:
        """Whether the answer is JSON, or a call of `callback` with JSON in it."""
        return self._read[0]

    @property
    def value(self) -> Any:
        """The answer as a value of JSON; None if it is none."""
        return self._read[1]

    def values(self, header: str) -> list[str]:
        """The values of a header of the answer, each time that it is there."""
        return [value for name, value in self.headers if name == header]


def unfolded(exchange: Exchange) -> Iterator[Exchange]:
    """Those that a call stands for which is several calls: the items of a batch, or the nodes of `ids`."""
    answer = exchange.value
    if exchange.status != 200:
        return
    if isinstance(answer, list) and "batch" in exchange.given:
        yield from _of_batch(exchange, answer)
    elif isinstance(answer, dict):
        edge = "" if exchange.call == "/" else exchange.call
        query = "&".join(part for part in exchange.query.split("&") if not part.startswith("ids="))
        for id, one in answer.items():
            path = f"{exchange.version and '/'}{exchange.version}/{id}{edge}"
            yield replace(exchange, path=path, query=query, answer=json.dumps(one).encode())


def _of_batch(exchange: Exchange, answers: list[Any]) -> Iterator[Exchange]:
    items = exchange.given["batch"]
    try:
        items = json.loads(items) if isinstance(items, str) else items
    except (ValueError, RecursionError):
        return
    for item, answer in zip(items if isinstance(items, list) else [], answers, strict=False):
        if not (isinstance(item, dict) and isinstance(answer, dict)):  # left out, or too late
            continue
        method, url, body = item.get("method"), item.get("relative_url"), item.get("body") or ""
        status, text, headers = answer.get("code"), answer.get("body"), answer.get("headers") or []
        if not (isinstance(method, str) and isinstance(url, str) and isinstance(body, str)):
            continue
        if not (isinstance(status, int) and isinstance(text, str) and isinstance(headers, list)):
            continue
        if "{result=" in url + body:  # what was really called is not known
            continue
        path, _, query = url.removeprefix("/").partition("?")
        prefix = "" if VERSION.match(f"/{path}") else f"{exchange.version and '/'}{exchange.version}"
        pairs = [(str(h.get("name")).lower(), str(h.get("value"))) for h in headers if isinstance(h, dict)]
        yield Exchange(
            *(method.upper(), f"{prefix}/{path}", query, {"content-type": FORM}, body.encode(), status),
            *(tuple(pairs), text.encode(), True),
        )
