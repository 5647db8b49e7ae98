"""Passing a call on to another server, unchanged, and its answer back: as an ASGI application.

Unchanged are the path and the query as they were written, each header as often as it came, and every byte of the
bodies, compressed or not. Only what HTTP says is between two neighbours (RFC 9110, section 7.6.1) goes no further, and
`Host` is the other server's; and an answer without `Server` or `Date` gets these from granian. This is ASGI rather than
granian's own interface, which hands over the decoded path.
"""

import json
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from meta_b2b_sandbox.address import Doors
from meta_b2b_sandbox.reading import Request, Twice, parse_body

from scripts.evidence.exchange import Exchange

Headers = list[tuple[bytes, bytes]]
App = Callable[[Any, Any, Any], Awaitable[None]]  # ASGI's scope, receive and send

BETWEEN_NEIGHBOURS = {
    *(
        b"connection",
        b"keep-alive",
        b"proxy-connection",
        b"proxy-authenticate",
        b"proxy-authorization",
        b"te",
    ),
    *(b"trailer", b"transfer-encoding", b"upgrade", b"expect"),
}
SECONDS = 120  # for the other server to answer; Graph itself gives up before
FOREIGN_SITES = ("cross-site", "same-site")  # Sec-Fetch-Site, which pages cannot write
# The names under which PHP, and so Graph, may read `method`: it takes brackets, and blanks before it.
METHOD = re.compile(r"\s*method\s*(\[.*)?", re.IGNORECASE | re.DOTALL)
HEADERS_OF_METHOD = ("x-http-method-override", "x-http-method", "x-method-override")

NO_PAGES = (
    "this proxy takes no calls from pages in a browser, and none under a name that is not this machine's: call it from "
    "a program, by the address that it printed"
)
NO_WRITES = (
    "the proxy passes only GET on, so that nothing changes by accident, and this call may be a write; to let writes "
    "through, start it with WRITES=yes: make proxy UPSTREAM=… WRITES=yes"
)


class Refused(Exception):
    """The call is not passed on; the text says why."""


@dataclass
class Upstream:
    """The other server. `url`: "https://graph.facebook.com", without a path. `writes`: whether all methods go on."""

    url: str
    writes: bool
    doors: Doors
    client: httpx.AsyncClient

    def check(self, method: str, path: str, query: str, headers: Mapping[str, str], body: bytes) -> None:
        """Raises Refused for a call that comes from a stranger's page, or may be a write and must not."""
        host = headers.get("host", "")
        if headers.get("sec-fetch-site") in FOREIGN_SITES or self.doors.refusal(
            headers, f"http://{host}", True
        ):
            raise Refused(NO_PAGES)
        if not self.writes and may_write(method, path, query, headers, body):
            raise Refused(NO_WRITES)

    async def ask(
        self, method: str, target: bytes, headers: Headers, body: bytes
    ) -> tuple[int, Headers, bytes]:
        """Status, headers and body of its answer. Raises httpx.HTTPError."""
        request = httpx.Request(
            method,
            self.url,
            headers=[(name, value) for name, value in passing(headers) if name != b"host"],
            content=body or None,
            extensions={"target": target, "timeout": httpx.Timeout(SECONDS).as_dict()},
        )
        response = await self.client.send(request, stream=True)
        try:
            raw = b"".join([part async for part in response.aiter_raw()])
        finally:
            await response.aclose()
        return response.status_code, passing(response.headers.raw), raw


def passing(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Those headers that go on to the next neighbour, by names in small letters."""
    small = [(name.lower(), value) for name, value in headers]
    named = {
        one.strip().lower() for name, value in small if name == b"connection" for one in value.split(b",")
    }
    return [(name, value) for name, value in small if name not in BETWEEN_NEIGHBOURS | named]


def may_write(method: str, path: str, query: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether a call may change something: every method but GET, and a GET that Graph could take for another.

    A batch in a GET, and a body that cannot be read, may be anything.
    """
    if method != "GET" or any(name in headers for name in HEADERS_OF_METHOD):
        return True
    try:
        fields = parse_body(Request(method, path, "", headers, body))[1]
        given = [*httpx.QueryParams(query).multi_items(), *fields.items()]
    except (ValueError, RecursionError, KeyError):
        return True
    for name, value in given:
        values = value.values if isinstance(value, Twice) else [value]
        if name.strip().lower().startswith("batch"):
            return True
        if METHOD.fullmatch(name) and not all(
            isinstance(one, str) and one.upper() == "GET" for one in values
        ):
            return True
    return False


def make_app(upstream: Upstream, note: Callable[[Exchange], None], missed: Callable[[str], None]) -> App:
    """The application. `note` gets each exchange after it was answered, `missed` why a call has no exchange."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        body = await read_body(receive)
        if body is None:
            return
        method, query = scope["method"], scope["query_string"].decode("latin-1")
        target = scope["raw_path"] + (b"?" + scope["query_string"] if scope["query_string"] else b"")
        path = scope["raw_path"].decode("latin-1")
        sent = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        try:
            upstream.check(method, path, query, sent, body)
        except Refused as error:
            missed("calls that the proxy refused")
            return await answer(send, *graph_error(403, str(error)))
        try:
            status, headers, raw = await upstream.ask(method, target, scope["headers"], body)
        except httpx.HTTPError as error:
            missed("calls without an answer")
            reason = f"the proxy got no answer from {upstream.url}: {type(error).__name__}"
            return await answer(send, *graph_error(502, reason))
        await answer(send, status, headers, raw)
        told = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers)
        note(Exchange(method, path, query, sent, body, status, told, decoded(status, headers, raw)))

    return app


async def read_body(receive: Any) -> bytes | None:
    """The whole body; None if the caller went away."""
    parts = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


async def answer(send: Any, status: int, headers: Headers, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def graph_error(status: int, text: str) -> tuple[int, Headers, bytes]:
    """An answer of the proxy's own, in the form that clients of Graph show: nobody repeats a call for code 200."""
    error = {"message": f"(#200) {text}", "type": "OAuthException", "code": 200}
    body = json.dumps({"error": error}, ensure_ascii=False).encode()
    return (
        status,
        [(b"content-type", b"application/json; charset=UTF-8"), (b"content-length", b"%d" % len(body))],
        body,
    )


def decoded(status: int, headers: Headers, raw: bytes) -> bytes | None:
    """A body without its Content-Encoding; None where that is one that cannot be undone here."""
    codings = {
        part.strip() for name, value in headers if name == b"content-encoding" for part in value.split(b",")
    }
    if codings - {b"gzip", b"deflate", b"identity"}:
        return None
    try:
        return httpx.Response(status, headers=headers, content=raw).content
    except httpx.DecodingError:
        return None
