"""What the tests of the generated client share.

Each operation of the document with the module generated for it, a way to call it, a server that records, and
what the document says about a recorded request.
"""

import asyncio
import inspect
import json
import pkgutil
import re
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from types import ModuleType
from typing import Any, Self
from urllib.parse import parse_qsl, unquote

import jsonschema_rs
import meta_b2b_client.api
from meta_b2b_client import AsyncB2BClient, AuthenticatedClient, B2BClient
from meta_b2b_client.types import Response

from scripts.mock.prism import resolve
from scripts.node import ROOT
from scripts.yaml_io import load_yaml

DOCUMENT = load_yaml(ROOT / "openapi" / "b2b.yaml")
KINDS = ("sync_detailed", "asyncio_detailed")
METHODS = ("get", "post", "delete")


@dataclass(frozen=True)
class Operation:
    """An operation of openapi/b2b.yaml, `$ref`s of its parameters and responses resolved, and its module."""

    id: str
    method: str
    path: str
    parameters: list[dict[str, Any]]
    body: dict[str, Any] | None
    responses: dict[int, dict[str, Any]]
    module: ModuleType

    def names(self, place: str, required: bool = False) -> list[str]:
        """Names of the parameters in "path" or "query"; only the required ones, if `required`."""
        return [
            p["name"] for p in self.parameters if p["in"] == place and (p.get("required") or not required)
        ]

    def example(self, status: int) -> Any:
        """The body of the first example of the answer with this status."""
        examples = self.responses[status]["content"]["application/json"]["examples"]
        return resolve(DOCUMENT, next(iter(examples.values())))["value"]

    def example_body(self) -> Any:
        """The first example of the request's JSON body; None where there is no body."""
        if self.body is None:
            return None
        return resolve(DOCUMENT, next(iter(self.body["content"]["application/json"]["examples"].values())))[
            "value"
        ]


@dataclass(frozen=True)
class Request:
    """A recorded request; `target` is path and query as they were sent, header names are in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


def modules() -> dict[str, list[ModuleType]]:
    """The modules of meta_b2b_client.api that call an operation, by their last name."""
    found: dict[str, list[ModuleType]] = {}
    for info in pkgutil.walk_packages(meta_b2b_client.api.__path__, "meta_b2b_client.api."):
        module = import_module(info.name)
        if hasattr(module, KINDS[0]):
            found.setdefault(info.name.rpartition(".")[2], []).append(module)
    return found


def documented() -> list[str]:
    """The operationIds of the document."""
    return [
        item[method]["operationId"]
        for item in DOCUMENT["paths"].values()
        for method in METHODS
        if method in item
    ]


def operations() -> list[Operation]:
    """The operations that the document and the package both have."""
    generated = modules()
    return [
        Operation(
            id=operation["operationId"],
            method=method.upper(),
            path=path,
            parameters=[
                resolve(DOCUMENT, p) for p in [*item.get("parameters", []), *operation.get("parameters", [])]
            ],
            body=operation.get("requestBody"),
            responses={int(s): resolve(DOCUMENT, answer) for s, answer in operation["responses"].items()},
            module=generated[operation["operationId"]][0],
        )
        for path, item in DOCUMENT["paths"].items()
        for method in METHODS
        if (operation := item.get(method)) and operation["operationId"] in generated
    ]


OPERATIONS = operations()


class Caller:
    """Calls operations with one client, closed at the end: `with Caller(client) as call: call(…)`."""

    def __init__(self, client: AuthenticatedClient) -> None:
        self.client = client
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.get_httpx_client().close()
        self._runner.run(self.client.get_async_httpx_client().aclose())
        self._runner.close()

    def __call__(
        self, operation: Operation, kind: str, given: dict[str, Any], body: Any = None
    ) -> Response[Any]:
        """The answer. `kind` is one of KINDS, `given` the parameters, `body` the JSON body, if any."""
        function = getattr(operation.module, kind)
        if operation.body is not None:
            given = {
                **given,
                "body": inspect.signature(function).parameters["body"].annotation.from_dict(body),
            }
        answer = function(client=self.client, **given)
        return self._runner.run(answer) if inspect.iscoroutine(answer) else answer


TLS = ssl.create_default_context()  # one for all clients: making it takes longer than many calls


class Twin:
    """A B2BClient or an AsyncB2BClient, called alike. It does not wait between tries, but notes how long it would."""

    def __init__(self, kind: type[B2BClient | AsyncB2BClient], token: str, **settings: Any) -> None:
        self.b2b: Any = kind(token, **{"verify": TLS, **settings})
        self.waits: list[float] = []
        self._runner = asyncio.Runner()

        async def note(seconds: float) -> None:
            self.waits.append(seconds)

        sleep = note if kind is AsyncB2BClient else self.waits.append
        self.b2b._retrying = self.b2b._retrying.copy(sleep=sleep)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.done(self.b2b.aclose() if isinstance(self.b2b, AsyncB2BClient) else self.b2b.close())
        self._runner.close()

    def __call__(self, name: str, *arguments: Any, **named: Any) -> Any:
        """The answer of a method; all entries where it gives a list."""
        answer = getattr(self.b2b, name)(*arguments, **named)
        return self.all(answer) if hasattr(answer, "pages") else self.done(answer)

    def done(self, answer: Any) -> Any:
        """The answer, awaited if it must be."""
        return self._runner.run(answer) if inspect.iscoroutine(answer) else answer

    def each(self, iterable: Any) -> Iterator[Any]:
        """What is in it, one by one."""
        if hasattr(iterable, "__iter__"):
            yield from iterable
            return
        iterator = aiter(iterable)

        async def following() -> Any:
            return await anext(iterator, self)

        while (item := self._runner.run(following())) is not self:
            yield item

    def all(self, iterable: Any) -> list[Any]:
        """All that is in it."""
        return list(self.each(iterable))


TWINS = (B2BClient, AsyncB2BClient)


class Recorder(ThreadingHTTPServer):
    """A server on a free port of 127.0.0.1 that keeps each request.

    `answer` makes status, headers and body of an answer; `reply` makes it answer all alike.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.requests: list[Request] = []
        self.answer: Callable[[Request], tuple[int, dict[str, str], bytes]]
        self.reply(200, {})

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v26.0"

    def reply(self, status: int, body: Any, content_type: str = "application/json", **headers: str) -> None:
        """What to answer from now on: bytes as they are, anything else as JSON. `a_b=c` is the header `a-b: c`."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answer = lambda request: (status, {"Content-Type": content_type, **named}, content)

    def last(self) -> Request:
        """The only request since the last call of this function."""
        request, *more = self.requests
        assert not more
        self.requests.clear()
        return request


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # otherwise each answer waits 40 ms for the client's delayed ACK
    server: Recorder

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        assert len(headers) == len(self.headers)
        request = Request(self.command, self.path, headers, body)
        self.server.requests.append(request)
        status, answered, content = self.server.answer(request)
        self.send_response(status)
        for name, value in answered.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_DELETE = do_GET

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def recorder() -> Iterator[Recorder]:
    """A Recorder that answers while the block runs."""
    with Recorder() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def violations(operation: Operation, request: Request, base_path: str, token: str) -> list[str]:
    """What the document does not allow in the request; nothing for one that is right.

    Written by hand, as Schemathesis validates answers only.
    """
    path, _, query = request.target.partition("?")
    template = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(operation.path))
    match = re.fullmatch(re.escape(base_path) + template, path)
    if request.method != operation.method or not match:
        return [f"{request.method} {path} is not {operation.method} {base_path}{operation.path}"]
    pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True) if query else []
    given = {**{name: unquote(value) for name, value in match.groupdict().items()}, **dict(pairs)}
    known = {p["name"]: p for p in operation.parameters}
    found = [f"{name} is not a parameter" for name in given.keys() - known.keys()]
    found += [f"{name} is missing" for name, p in known.items() if p.get("required") and name not in given]
    found += ["a parameter occurs twice"] if len(pairs) + len(match.groupdict()) != len(given) else []
    for name in given.keys() & known.keys():
        schema = known[name]["schema"]
        value = int(given[name]) if resolve(DOCUMENT, schema).get("type") == "integer" else given[name]
        found += [f"{name}: {error.message}" for error in validator(json.dumps(schema)).iter_errors(value)]
    if request.headers.get("authorization") != f"Bearer {token}":
        found.append("the token is not in the Authorization header")
    if operation.body is None:
        found += ["has a body"] if request.body or "content-type" in request.headers else []
    elif media := operation.body["content"].get(request.headers.get("content-type")):
        body = json.loads(request.body)
        found += [
            f"body: {error.message}" for error in validator(json.dumps(media["schema"])).iter_errors(body)
        ]
    else:
        found.append(f"has a body of type {request.headers.get('content-type')}")
    return found


@cache
def validator(schema: str) -> Any:
    """The validator of a schema of the document, given as JSON."""
    return jsonschema_rs.Draft202012Validator({**json.loads(schema), "components": DOCUMENT["components"]})
