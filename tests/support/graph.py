"""Calls of the sandbox in this process, with every answer held against the document."""

import asyncio
import re
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx
import jsonschema_rs
from meta_b2b_sandbox import world
from meta_b2b_sandbox.address import Doors
from meta_b2b_sandbox.app import make_app
from meta_b2b_sandbox.store import IN_MEMORY, Store
from meta_b2b_sandbox.worlds import Worlds

from tests.support.document import B2B, DOCUMENT, OPERATIONS, ROUTES, validator

BASE = "http://sandbox:4020/v26.0"
ERRORS = jsonschema_rs.Draft202012Validator(
    {"$ref": "#/components/schemas/ErrorResponse", "components": DOCUMENT["components"]}
)
ANSWERS = {
    name: validator(operation.responses["200"]["content"]["application/json"]["schema"])
    for name, operation in OPERATIONS.items()
}


class Protocol:
    """Granian's side of one call: what the application reads the body from, and answers to."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.answer: httpx.Response | None = None

    async def __call__(self) -> bytes:
        return self.body

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.answer = httpx.Response(status, headers=headers, content=body)


class Graph:
    """Calls of the RSGI application. A path is one of v26.0, unless it begins with http:."""

    def __init__(self) -> None:
        self.store, beginning = Store(IN_MEMORY), Store(IN_MEMORY)
        world.load(beginning)
        self.worlds = Worlds(self.store, beginning)
        self.called: set[str] = set()  # operationIds
        self.app = make_app(B2B, self.worlds, Doors("127.0.0.1", "127.0.0.1", ["sandbox"]))
        self.runner = asyncio.Runner()

    def __call__(
        self,
        method: str,
        path: str,
        token: str | None = "owner-token",
        meant: str | None = None,
        **kwargs: Any,
    ) -> httpx.Response:
        """`token` goes into the query, None: nowhere. `meant`: the method, where `method` is overridden by a parameter.

        The rest is httpx.Request's. Checks the answer.
        """
        request = httpx.Request(method, path if path.startswith("http:") else BASE + path, **kwargs)
        if token is not None:
            request.url = request.url.copy_merge_params({"access_token": token})
        headers = [(k.lower(), v) for k, v in request.headers.raw]
        url = urlsplit(request.url.raw_path)
        answer = self.raw(method, url.path, url.query, headers, request.read())
        called = re.sub(r"^/v[0-9]+\.[0-9]+(?=/|$)|/$", "", url.path.decode()) or "/"
        self.check(answer, ROUTES.match(called), meant or method)
        return answer

    def raw(
        self,
        method: str,
        path: bytes,
        query: bytes = b"",
        headers: list[tuple[bytes, bytes]] | None = None,
        body: bytes = b"",
    ) -> httpx.Response:
        """The same with bytes as they are on the wire, and without a check."""
        headers = headers or [(b"host", b"sandbox:4020"), (b"content-length", b"%d" % len(body))]
        scope = SimpleNamespace(
            proto="http",
            scheme="http",
            client="127.0.0.1:50000",
            server="127.0.0.1:4020",
            method=method,
            path=unquote(path.decode()),
            query_string=query.decode(),
            headers={name.decode(): value.decode("latin-1") for name, value in headers},
        )
        protocol = Protocol(body)
        self.runner.run(self.app(scope, protocol))
        assert protocol.answer is not None
        return protocol.answer

    def check(self, answer: httpx.Response, match: Any, method: str) -> None:
        """Hold an answer of Graph's against the document."""
        if "x-sandbox-not-modelled" in answer.headers:
            return  # the document has no such edge, or no such field
        endpoint = match and self.route(match).endpoints.get(method)
        if endpoint:
            self.called.add(endpoint.id)
        if answer.status_code >= 400:
            assert ERRORS.is_valid(answer.json()), answer.text
            assert answer.json()["error"]["fbtrace_id"] == answer.headers["x-fb-trace-id"]
            documented = OPERATIONS[endpoint.id].responses if endpoint else {"400", "404", "405"}
            assert str(answer.status_code) in documented, answer.text
        else:
            assert endpoint
            assert ANSWERS[endpoint.id].is_valid(answer.json()), answer.text

    def route(self, match: Any) -> Any:
        """The route of a path: of those of the same form, the one for what its id is."""
        node = self.store.node_type(next(iter(match.values.values()), ""))
        return next((other for other in match.route.others if node in other.nodes), match.route)

    def sandbox(self, method: str, path: str, **kwargs: Any) -> httpx.Response:
        """A call of the control API, unchecked."""
        request = httpx.Request(method, f"http://sandbox:4020/_sandbox{path}", **kwargs)
        headers = [(k.lower(), v) for k, v in request.headers.raw]
        url = urlsplit(request.url.raw_path)
        return self.raw(method, url.path, url.query, headers, request.read())

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = self.sandbox("GET", "/state").json()
        return state


def failure(answer: httpx.Response) -> tuple[int, int, int | None]:
    """(HTTP status, code, subcode) of a failure."""
    error = answer.json()["error"]
    return answer.status_code, error["code"], error.get("error_subcode")
