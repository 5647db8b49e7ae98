"""Each way in which programs write a call, on each operation of a server whose world is known: it answers as to the
plain call, and does the same.

Sources: Graph API guides; openapi/b2b.yaml, "Requests"; what SDKs put on the wire.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
import requests
from meta_b2b_sandbox.world import OWNER

from tests.contract.server import Server
from tests.support.document import ONE_CALL, example_call

FORM = "application/x-www-form-urlencoded"
BOUNDARY = "x"
Pairs = list[tuple[str, str]]


@dataclass
class Wire:
    """A call as it goes over the wire. The token goes into the header, unless `pairs` or `query` have it."""

    method: str
    query: Pairs = field(default_factory=list)
    body: bytes = b""
    content_type: str | None = None
    in_header: bool = True


@dataclass
class Plain:
    """A call of an operation: its parameters as in the query, its body as in JSON."""

    method: str
    query: dict[str, Any]
    body: dict[str, Any]
    token: str

    def pairs(self, as_text: Callable[[list[str]], str] = json.dumps) -> Pairs:
        """The body as fields of a form, a list as text."""
        return [(k, as_text(v) if isinstance(v, list) else str(v)) for k, v in self.body.items()]

    def each(self, name: Callable[[str, int], str]) -> Pairs:
        """The body as fields of a form, a list as a field for each of its values, with this name."""
        found: Pairs = []
        for key, value in self.body.items():
            items = [(name(key, n), one) for n, one in enumerate(value)] if isinstance(value, list) else None
            found += items or [(key, str(value))]
        return found

    @property
    def parameters(self) -> Pairs:
        return [(name, str(value)) for name, value in self.query.items()]


def form(plain: Plain, pairs: Pairs, content_type: str | None = FORM) -> Wire:
    return Wire(plain.method, plain.parameters, urlencode(pairs).encode(), content_type)


def multipart(plain: Plain, pairs: Pairs) -> Wire:
    head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
    parts = "".join(f'{head}"{name}"\r\n\r\n{value}\r\n' for name, value in pairs)
    body = f"{parts}--{BOUNDARY}--\r\n".encode()
    return Wire(plain.method, plain.parameters, body, f"multipart/form-data; boundary={BOUNDARY}")


def as_json(plain: Plain, body: dict[str, Any], content_type: str | None = "application/json") -> Wire:
    return Wire(plain.method, plain.parameters, json.dumps(body).encode(), content_type)


def quoted(items: list[str]) -> str:
    return f"[{', '.join(repr(item) for item in items)}]"


def with_lists(plain: Plain, change: Callable[[list[str]], Any]) -> dict[str, Any]:
    return {key: change(value) if isinstance(value, list) else value for key, value in plain.body.items()}


# Of calls with a body.
BODIES: dict[str, Callable[[Plain], Wire]] = {
    "a form, lists as JSON": lambda p: form(p, p.pairs()),
    "a form, lists in single quotes": lambda p: form(p, p.pairs(quoted)),
    "a form, lists with commas": lambda p: form(p, p.pairs(",".join)),
    "a form, lists with commas and blanks": lambda p: form(p, p.pairs(" , ".join)),
    "a form, lists as a repeated key": lambda p: form(p, p.each(lambda name, n: name)),
    "a form, lists as name[0]": lambda p: form(p, p.each(lambda name, n: f"{name}[{n}]")),
    "a form, lists as name[]": lambda p: form(p, p.each(lambda name, n: f"{name}[]")),
    "a form in capitals and with a charset": lambda p: form(p, p.pairs(), f"{FORM.upper()}; charset=UTF-8"),
    "multipart, lists as JSON": lambda p: multipart(p, p.pairs()),
    "multipart, lists in single quotes": lambda p: multipart(p, p.pairs(quoted)),
    "multipart, lists with commas": lambda p: multipart(p, p.pairs(",".join)),
    "multipart, lists as a repeated key": lambda p: multipart(p, p.each(lambda name, n: name)),
    "multipart, lists as name[0]": lambda p: multipart(p, p.each(lambda name, n: f"{name}[{n}]")),
    "multipart, lists as name[]": lambda p: multipart(p, p.each(lambda name, n: f"{name}[]")),
    "JSON with a charset": lambda p: as_json(p, p.body, "application/json; charset=utf-8"),
    "JSON, lists as JSON in a text": lambda p: as_json(p, with_lists(p, json.dumps)),
    "JSON, lists in single quotes": lambda p: as_json(p, with_lists(p, quoted)),
    "JSON, lists with commas": lambda p: as_json(p, with_lists(p, ",".join)),
    "JSON, lists as JSON in a list": lambda p: as_json(p, with_lists(p, lambda items: [json.dumps(items)])),
    "JSON as text/plain": lambda p: as_json(p, p.body, "text/plain;charset=UTF-8"),
    "JSON without a content type": lambda p: as_json(p, p.body, None),
    "a form as text/plain": lambda p: form(p, p.pairs(), "text/plain"),
    "a form without a content type": lambda p: form(p, p.pairs(), None),
    "all in the query": lambda p: Wire(p.method, [*p.parameters, *p.pairs()]),
    "all in the query, lists as name[0]": lambda p: Wire(
        p.method, [*p.parameters, *p.each(lambda name, n: f"{name}[{n}]")]
    ),
    "half in the query": lambda p: Wire(
        p.method, [*p.parameters, *p.pairs()[:1]], urlencode(p.pairs()[1:]).encode(), FORM
    ),
    "the token in a form": lambda p: Wire(
        p.method, p.parameters, urlencode([*p.pairs(), ("access_token", p.token)]).encode(), FORM, False
    ),
    "the token in multipart": lambda p: Wire(
        **{**vars(multipart(p, [*p.pairs(), ("access_token", p.token)])), "in_header": False}
    ),
    "the token in JSON": lambda p: Wire(
        **{**vars(as_json(p, {**p.body, "access_token": p.token})), "in_header": False}
    ),
    "a GET with method": lambda p: Wire("GET", [*p.parameters, *p.pairs(), ("method", p.method.lower())]),
}
# Of every call, if it has no body.
ANY: dict[str, Callable[[Plain], Wire]] = {
    "the token in the query": lambda p: Wire(
        p.method, [*p.parameters, ("access_token", p.token)], in_header=False
    ),
    "an empty JSON body": lambda p: as_json(p, {}),
    "a POST with method in the query": lambda p: Wire("POST", [*p.parameters, ("method", p.method.lower())]),
    "a POST with method in capitals": lambda p: Wire("POST", [*p.parameters, ("method", p.method)]),
    "a POST with method in a form": lambda p: Wire(
        "POST", [], urlencode([*p.parameters, ("method", p.method)]).encode(), FORM
    ),
    "a POST with method in JSON": lambda p: as_json(
        Plain("POST", {}, {}, p.token), {**p.query, "method": p.method.lower()}
    ),
    "a POST with everything in a form": lambda p: Wire(
        *("POST", [], urlencode([*p.parameters, ("method", p.method), ("access_token", p.token)]).encode()),
        *(FORM, False),
    ),
    "a GET with method": lambda p: Wire("GET", [*p.parameters, ("method", p.method.lower())]),
    "all in a form": lambda p: Wire(p.method, [], urlencode(p.parameters).encode(), FORM),
    "all in multipart": lambda p: multipart(Plain(p.method, {}, {}, p.token), p.parameters),
    "all in JSON": lambda p: as_json(Plain(p.method, {}, {}, p.token), p.query),
}


def answer(server: Server, wire: Wire, url: str, token: str) -> tuple[int, Any, Any]:
    """(status, JSON, what of the state callers change) of a call in a world that no call before has changed."""
    assert server.world is not None
    server.tally.sent += 1
    request = requests.Request(wire.method, url, params=wire.query, data=wire.body or None)
    prepared = request.prepare()
    if wire.content_type is not None:
        prepared.headers["Content-Type"] = wire.content_type
    if wire.in_header:
        prepared.headers["Authorization"] = f"Bearer {token}"
    sent = server.session.send(prepared, timeout=server.schema.config.request_timeout)
    server.changed()
    state = server.world.state()
    accesses = [
        (a["asset"], a["business"], a["permitted_tasks"], a["access_status"]) for a in state["accesses"]
    ]
    changed = [state[name] for name in ("obo_requests", "relationships", "assignments", "users")]
    told = {one["access_token"]: (one["user"], one["app"], one["scopes"]) for one in state["tokens"]}
    body = without_what_is_never_the_same(sent.json(), token)
    if "access_token" in body:  # a new one each time: whose it is, and what it may do
        body["access_token"] = told[body["access_token"]]
    return sent.status_code, body, (accesses, sorted(told.values()), *changed)


def without_what_is_never_the_same(body: Any, token: str) -> Any:
    """An answer without times, and with addresses as their paths: they repeat all parameters of the call."""
    if isinstance(body, list):
        return [without_what_is_never_the_same(one, token) for one in body]
    if not isinstance(body, dict):
        return body
    return {
        key: urlsplit(value).path
        if key in ("next", "previous")
        else without_what_is_never_the_same(value, token)
        for key, value in body.items()
        if not key.endswith("_time")
    }


@pytest.mark.sends_requests
@pytest.mark.parametrize("operation_id", ONE_CALL)
def test_each_encoding_is_read_alike(operation_id: str, server: Server, subtests: pytest.Subtests) -> None:
    if server.world is None:
        pytest.skip("the server has no control API to begin each call with the same world")
    method, path, query, body = example_call(operation_id)
    if operation_id == "remove_client":
        query["business"] = OWNER
    token = server.token_for(method, server.base_url + path)
    # Also where the method stands elsewhere.
    url = server.proven(method, server.base_url + path)
    whole = Plain(method, query, body, token)
    # A list of one is a bare text where others have commas.
    for plain in (
        [whole, Plain(method, query, with_lists(whole, lambda items: items[:1]), token)] if body else [whole]
    ):
        server.fresh(operation_id)
        as_described = as_json(plain, plain.body) if body else Wire(method, plain.parameters)
        expected = answer(server, as_described, url, token)
        assert expected[0] == 200, expected[1]
        for name, encode in (BODIES if body else ANY).items():
            with subtests.test(name, operation=operation_id, body=plain.body):
                server.fresh(operation_id)
                assert answer(server, encode(plain), url, token) == expected
