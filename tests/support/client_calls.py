"""What the tests of the client share: each operation of the document that it has, one way to call both clients, and
what the document says about a recorded request."""

import asyncio
import inspect
import json
import re
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from urllib.parse import parse_qsl, unquote

import pytest
from meta_b2b_client import AsyncB2BClient, B2BClient
from meta_b2b_sandbox import document
from meta_b2b_sandbox.document import JSON

from tests.support.document import B2B, resolve, validator
from tests.support.recorder import Request

TLS = ssl.create_default_context()  # one for all clients: making it takes longer than many calls


@dataclass(frozen=True)
class Operation(document.Operation):
    """An operation of openapi/b2b.yaml."""

    def names(self, place: str, required: bool = False) -> list[str]:
        """Names of the parameters in "path" or "query"; only the required ones, if `required`."""
        return [
            p["name"] for p in self.parameters if p["in"] == place and (p.get("required") or not required)
        ]

    @property
    def failures(self) -> list[int]:
        """The HTTP statuses of its answers other than 200."""
        return [int(status) for status in self.responses if status != "200"]

    def example(self, status: int = 200) -> Any:
        """The body of the first example of the answer with this HTTP status."""
        return first_example(self.responses[str(status)]["content"][JSON])

    @property
    def example_name(self) -> str:
        """The name of the first example of the answer with status 200."""
        return str(next(iter(self.responses["200"]["content"][JSON]["examples"])))

    def example_body(self) -> Any:
        """The first example of the request's JSON body; None where there is no body."""
        return first_example(self.bodies[JSON]) if self.bodies else None


def first_example(media: dict[str, Any]) -> Any:
    """The value of a media type object's first example."""
    return resolve(next(iter(media["examples"].values())))["value"]


# Those that the document and the client both have: test_client_wire.py proves that these are all of both.
OPERATIONS = [Operation(**vars(one)) for one in B2B.operations.values() if hasattr(B2BClient, one.id)]
EVERY = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.id)


class Twin:
    """A B2BClient or an AsyncB2BClient, called alike. It does not wait between tries, but notes how long it would."""

    def __init__(self, kind: Any, token: str | None = None, **settings: Any) -> None:
        # An http_client of the test's verifies in its own way.
        verify = {} if "http_client" in settings else {"verify": TLS}
        self.b2b: Any = kind(token, **{**verify, **settings})
        self.waits: list[float] = []
        self._runner = asyncio.Runner()

        async def note(seconds: float) -> None:
            self.waits.append(seconds)

        self.b2b._sleep = note if issubclass(kind, AsyncB2BClient) else self.waits.append

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.done(self.b2b.aclose() if isinstance(self.b2b, AsyncB2BClient) else self.b2b.close())
        self._runner.close()

    def __call__(self, name: str, /, *arguments: Any, **named: Any) -> Any:
        """The answer of a method; all entries where it gives a list."""
        answer = getattr(self.b2b, name)(*arguments, **named)
        return self.all(answer) if hasattr(answer, "pages") else self.done(answer)

    def raw(self, operation: Operation, given: dict[str, Any], body: dict[str, Any] | None = None) -> Any:
        """The whole answer, of a list its first page. `given`: the parameters by name; `body`: the JSON, if any."""
        method = getattr(self.b2b.with_raw_response, operation.id)
        return self.done(method(**given, **(body or {})))

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


def violations(operation: Operation, request: Request, base_path: str, token: str) -> list[str]:
    """What the document does not allow in the request; nothing for one that is right.

    Written by hand, as Schemathesis validates answers only.
    """
    path, _, query = request.target.partition("?")
    template = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(operation.path))
    match = re.fullmatch(re.escape(base_path) + template, path)
    if request.method != operation.method.upper() or not match:
        return [f"{request.method} {path} is not {operation.method.upper()} {base_path}{operation.path}"]
    pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True) if query else []
    given = {**{name: unquote(value) for name, value in match.groupdict().items()}, **dict(pairs)}
    known = {p["name"]: p for p in operation.parameters}
    found = [f"{name} is not a parameter" for name in given.keys() - known.keys()]
    found += [f"{name} is missing" for name, p in known.items() if p.get("required") and name not in given]
    found += ["a parameter occurs twice"] if len(pairs) + len(match.groupdict()) != len(given) else []
    for name in given.keys() & known.keys():
        schema = known[name]["schema"]
        value = int(given[name]) if resolve(schema).get("type") == "integer" else given[name]
        found += [f"{name}: {error.message}" for error in validator(schema).iter_errors(value)]
    if request.headers.get("authorization") != f"Bearer {token}":
        found.append("the token is not in the Authorization header")
    if not operation.bodies:
        found += ["has a body"] if request.body or "content-type" in request.headers else []
    elif media := operation.bodies.get(request.headers.get("content-type", "")):
        errors = validator(media["schema"]).iter_errors(json.loads(request.body))
        found += [f"body: {error.message}" for error in errors]
    else:
        found.append(f"has a body of type {request.headers.get('content-type')}")
    return found


def as_written(value: Any) -> Any:
    """The JSON value with times as Graph writes them; another form of the same time counts as the same."""
    if isinstance(value, dict):
        return {name: as_written(one) for name, one in value.items()}
    if isinstance(value, list):
        return [as_written(one) for one in value]
    if isinstance(value, str) and re.match(r"[0-9]{4}-", value):
        with suppress(ValueError):
            return f"{datetime.fromisoformat(value).isoformat(timespec='seconds')}"
    return value
