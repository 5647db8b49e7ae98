"""The sandbox as an RSGI application: granian's own interface."""

import asyncio
import contextlib
import time
import traceback
from collections.abc import Callable, Coroutine
from functools import cache
from typing import TYPE_CHECKING, Any

from granian.rsgi import ProtocolClosed, ProtocolError  # type: ignore[attr-defined]  # public, but not in an __all__

from meta_b2b_sandbox import address, answering, docs, people, rules
from meta_b2b_sandbox.answering import Response
from meta_b2b_sandbox.control import Control, refusal
from meta_b2b_sandbox.document import Document, ErrorExample, packaged
from meta_b2b_sandbox.errors import Failure, GraphError
from meta_b2b_sandbox.reading import Request
from meta_b2b_sandbox.wire import Wire
from meta_b2b_sandbox.worlds import Worlds

if TYPE_CHECKING:
    from meta_b2b_sandbox.page import Page

INVALID = Failure("invalid_parameter", __name__)
UNAVAILABLE = Failure("service_unavailable", __name__)

HANDLERS = rules.REGISTRY.handlers | people.REGISTRY.handlers
READERS = rules.REGISTRY.readers | people.REGISTRY.readers
MAX_BODY_BYTES = 1_000_000
MAX_SEED_BYTES = 64_000_000  # of a call of the control API: a world of 100,000 accesses has 30 MB
BODY_SECONDS = 10  # a body that takes longer ends the connection

PAGE = "/_sandbox/ui"  # and what is below it

App = Callable[[Any, Any], Coroutine[Any, Any, None]]  # of granian's scope and protocol


class BodyRefused(Exception):
    """The body is too large, too slow, or not all there; `status` is the HTTP status."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


def make_app(graph: Document, worlds: Worlds, doors: address.Doors) -> App:
    """The RSGI application on worlds, for Graph's operations in the document and those whom the doors let in.

    Raises ValueError when an operation has no handler, DocumentError when the document lacks an error that is raised.
    """
    wire = Wire(graph, HANDLERS, READERS)
    control = Control(packaged("sandbox.yaml"), graph, worlds)

    @cache
    def page() -> "Page":
        from meta_b2b_sandbox.page import Page

        return Page(graph, control, wire, worlds)

    def answer(request: Request) -> Response:
        world, name = worlds.first, ""
        if beside := request.path.startswith("/w/"):
            name, _, path = request.path[3:].partition("/")
            request.path = f"/{path}"
        if request.path == "/" and is_view(request):
            request.path = PAGE
        controls = request.path.startswith("/_sandbox/")
        if reason := doors.refusal(request.headers, request.origin, controls):
            return refusal(403, reason) if controls else wire.refuse(stranger(reason))
        if beside:
            found = worlds.get(name, time.monotonic())
            if found is None:
                return control.no_world(name)
            world = found
            request.origin += f"/w/{name}"
        if f"{request.path}/".startswith(f"{PAGE}/"):
            return page().answer(request, world)
        if docs.under(request.path) and not beside:
            return docs.answer(request.method, request.path)
        if controls:
            return control.answer(request, world)
        asks = request.method == "OPTIONS"
        return answering.preflight(request.headers) if asks else wire.answer(request, world)

    async def app(scope: Any, protocol: Any) -> None:
        if scope.proto != "http":
            return
        # The path is decoded; what is not UTF-8 in it stands there as U+FFFD, which is in no id.
        request = Request(
            scope.method, scope.path, scope.query_string, scope.headers, origin=origin_of(scope)
        )
        try:
            if "content-length" in request.headers or "transfer-encoding" in request.headers:
                request.body = await read_body(request, protocol)
            response = answer(request)
        except BodyRefused as error:
            response = wire.refuse(INVALID(error.status, [("connection", "close")], detail=str(error)))
        except Exception:
            # A fault of the sandbox's own, or a full disk: callers get what Graph says then, the terminal the reason.
            traceback.print_exc()
            response = wire.refuse(UNAVAILABLE())
        if response.delay:
            await asyncio.sleep(response.delay)
        if response.cut:
            await send_and_cut(response, protocol)
        else:
            protocol.response_bytes(response.status, response.headers, response.body)

    return app


def is_view(request: Request) -> bool:
    """Whether a request for / comes from somebody who looks at it in a browser, and wants no node of Graph's."""
    return (
        request.method == "GET"
        and "text/html" in (request.headers.get("accept") or "")
        and "ids" not in request.query
    )


def stranger(reason: str) -> GraphError:
    """The failure of a call of Graph that is not let in, in the form in which SDKs show its reason. Graph has none like
    it; with code 200 nobody repeats the call, or asks for another token."""
    error = {"message": reason, "type": "OAuthException", "code": 200}
    return GraphError(ErrorExample("stranger", 403, error, reason))


def origin_of(scope: Any) -> str:
    """The origin by which the caller of granian's scope reached the sandbox, "http://127.0.0.1:4020".

    Only a proxy on this machine is believed what it says in X-Forwarded-…: anybody can send these headers.
    """
    said = scope.headers.get
    host = said("host") or ""  # HTTP/1.0 has none
    proto, forwarded, port = said("x-forwarded-proto"), said("x-forwarded-host"), said("x-forwarded-port")
    if (proto or forwarded or port) and address.is_loopback(scope.client):
        return address.callers_origin(
            scope.scheme, scope.server, host, proto or "", forwarded or "", port or ""
        )
    return address.callers_origin(scope.scheme, scope.server, host)


async def send_and_cut(response: Response, protocol: Any) -> None:
    """Send a body that is shorter than the headers say: granian closes the connection, since no more of it comes."""
    stream = protocol.response_stream(response.status, response.headers)
    with contextlib.suppress(ProtocolClosed):  # by the caller
        await stream.send_bytes(response.body)


async def read_body(request: Request, protocol: Any) -> bytes:
    """The whole body. Raises BodyRefused for one that is too large, too slow, or cut off."""
    length = request.headers.get("content-length")
    most = MAX_SEED_BYTES if "/_sandbox/" in request.path else MAX_BODY_BYTES
    try:
        async with asyncio.timeout(BODY_SECONDS):
            if length is None:
                return await read_chunks(protocol, most)
            if int(length) > most:
                raise BodyRefused(413, f"The body is larger than {most} bytes")
            body: bytes = await protocol()
    except TimeoutError:
        raise BodyRefused(408, f"The body took longer than {BODY_SECONDS} seconds") from None
    except (ProtocolClosed, ProtocolError):
        raise BodyRefused(400, "The body is not complete") from None
    if len(body) != int(length):
        raise BodyRefused(400, "The body is not complete")
    return body


async def read_chunks(protocol: Any, most: int) -> bytes:
    """A body whose length is not told before, of `most` bytes."""
    parts, size, ends = [], 0, 0
    async for part in protocol:
        ends += not part
        size += len(part)
        if size > most:
            raise BodyRefused(413, f"The body is larger than {most} bytes")
        parts.append(part)
    # Granian tells of the end by an empty part, of a cut by one more (and of trailers, which nobody sends).
    if ends != 1:
        raise BodyRefused(400, "The body is not complete")
    return b"".join(parts)
