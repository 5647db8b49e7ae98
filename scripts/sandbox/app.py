"""The sandbox as an ASGI application."""

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from scripts.sandbox.control import Control
from scripts.sandbox.document import Document
from scripts.sandbox.rules import HANDLERS
from scripts.sandbox.store import Store
from scripts.sandbox.wire import MAX_BODY_BYTES, GraphError, Request, Response, Wire, decode_path

OPENAPI = Path(__file__).resolve().parent.parent.parent / "openapi"
BODY_SECONDS = 10  # a body that takes longer ends the connection

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class BodyRefused(Exception):
    """The body is too large, too slow, or not all there; `status` is the HTTP status."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


def make_app(store: Store) -> Callable[[dict[str, Any], Receive, Send], Awaitable[None]]:
    """The ASGI application on a store. Raises ValueError when an operation has no handler, DocumentError."""
    wire = Wire(Document(OPENAPI / "b2b.yaml"), store, HANDLERS)
    control = Control(Document(OPENAPI / "sandbox.yaml"), store, set(wire.document.operations))
    wire.before_call = control.before_call

    def answer(request: Request) -> Response:
        if request.path.startswith("/_sandbox/"):
            return control.answer(request)
        return wire.answer(request)

    async def app(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers = dict(scope["headers"])
        path = scope.get("raw_path") or scope["path"].encode()
        request = Request(scope["method"], "", scope["query_string"], headers)
        try:
            if b"content-length" in headers or b"transfer-encoding" in headers:
                request.body = await read_body(receive)
            request.path = decode_path(path)
            response = answer(request)
        except BodyRefused as error:
            response = wire.refuse(GraphError(100, None, f"(#100) {error}", status=error.status))
            response.headers.append((b"connection", b"close"))
        except UnicodeError:
            response = wire.refuse(GraphError(100, None, "(#100) The path is not UTF-8"))
        except Exception:
            # A fault of the sandbox's own, or a full disk: callers get what Graph says then, the terminal the reason.
            traceback.print_exc()
            response = wire.refuse(GraphError(2))
        if control.delay:
            delay, control.delay = control.delay, 0.0
            await asyncio.sleep(delay)
        await send({"type": "http.response.start", "status": response.status, "headers": response.headers})
        await send({"type": "http.response.body", "body": response.body})

    return app


async def read_body(receive: Receive) -> bytes:
    """The whole body. Raises BodyRefused for one that is too large, too slow, or cut off."""
    parts, size = [], 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise BodyRefused(400, "The body is not complete")
                part = message.get("body", b"")
                size += len(part)
                if size > MAX_BODY_BYTES:
                    raise BodyRefused(413, f"The body is larger than {MAX_BODY_BYTES} bytes")
                parts.append(part)
                if not message.get("more_body"):
                    return b"".join(parts)
    except TimeoutError:
        raise BodyRefused(408, f"The body took longer than {BODY_SECONDS} seconds") from None
