"""Calls of the sandbox in this process, with every answer held against the document."""

import asyncio
import re
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx
import jsonschema_rs

from scripts.sandbox.app import OPENAPI, make_app
from scripts.sandbox.document import Document, Operation
from scripts.sandbox.store import Store
from tests.test_document import DOCUMENT, METHODS, OPERATIONS, resolve, validator

BASE = "http://sandbox:4020/v26.0"
B2B = Document(OPENAPI / "b2b.yaml")
ERRORS = jsonschema_rs.Draft202012Validator(
    {"$ref": "#/components/schemas/ErrorResponse", "components": DOCUMENT["components"]}
)
ANSWERS = {
    name: validator(resolve(operation["responses"]["200"])["content"]["application/json"]["schema"])
    for name, operation in OPERATIONS.items()
}


def example_call(operation_id: str) -> tuple[str, str, dict[str, Any], dict[str, Any]]:
    """(method, path, required query parameters, JSON body) of an operation, from the document's examples."""
    ((path, method),) = (
        (path, method)
        for path, item in DOCUMENT["paths"].items()
        for method in METHODS
        if item.get(method, {}).get("operationId") == operation_id
    )
    operation = OPERATIONS[operation_id]
    query = {}
    for parameter in operation["parameters"]:
        path = path.replace(f"{{{parameter['name']}}}", str(parameter["example"]))
        if parameter["in"] == "query" and parameter.get("required"):
            query[parameter["name"]] = parameter["example"]
    body: dict[str, Any] = {}
    if "requestBody" in operation:
        examples = operation["requestBody"]["content"]["application/json"]["examples"]
        body = dict(resolve(next(iter(examples.values())))["value"])
    return method.upper(), path, query, body


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
        self.store = Store(":memory:")
        self.app = make_app(self.store)
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
        self.check(
            answer, B2B.match(re.sub(r"^/v[0-9]+\.[0-9]+(?=/)|/$", "", url.path.decode())), meant or method
        )
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
        operation: Operation | None = match and match.route.operations.get(method)
        if answer.status_code >= 400:
            assert ERRORS.is_valid(answer.json()), answer.text
            assert answer.json()["error"]["fbtrace_id"] == answer.headers["x-fb-trace-id"]
            documented = OPERATIONS[operation.id]["responses"] if operation else {"400", "404", "405"}
            assert str(answer.status_code) in documented, answer.text
        else:
            assert operation
            assert ANSWERS[operation.id].is_valid(answer.json()), answer.text

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
