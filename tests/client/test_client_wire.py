"""What the generated client puts on the wire (a socket) for every operation, and how it reads answers."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote

import pytest
from meta_b2b_client import B2BClient, GraphError
from meta_b2b_sandbox.document import Document

from scripts.node import ROOT
from tests.support.client_calls import EVERY, OPERATIONS, TWINS, Operation, Twin
from tests.support.recorder import Recorder, recorder

# What overlays/client.yaml makes of the document: operations that the client leaves out are gone there.
CLIENT = Document.load(ROOT / "generated" / "openapi" / "client.yaml")
TOKEN = "EAAtokenThatMustStaySecret"
HOSTILE = "a&b=c#d é+%2F?"  # what a URL must quote
HOSTILE_IDS = [
    "1/2",
    "../1",
    "1/..",
    "/",
    "//evil.example",
    "@evil.example",
    ":",
    "%2F",
    "%2e%2e",
    "%",
    "...",
]
HOSTILE_IDS += ["1?fields=id", "?", "1#2", "1;2", "&", "+", "\\..\\", "é", "¹", "💩", "act_1"]
HOSTILE_IDS += ["1 2", "1\n", "1\r\nX-Injected: 1", "\0"]
HEADERS = {"host", "accept", "accept-encoding", "connection", "user-agent", "authorization"}
BODY_HEADERS = {"content-type", "content-length"}


@pytest.fixture(scope="module")
def server() -> Iterator[Recorder]:
    with recorder() as running:
        yield running


@pytest.fixture(scope="module", params=TWINS)
def twin(request: pytest.FixtureRequest, server: Recorder) -> Iterator[Twin]:
    with Twin(request.param, TOKEN, base_url=server.base_url, max_retries=0) as twin:
        yield twin


def ids(operation: Operation, value: str = "1234567890") -> dict[str, Any]:
    return dict.fromkeys(operation.names("path"), value)


def query(operation: Operation, required: bool) -> dict[str, Any]:
    """The examples of the query's parameters, HOSTILE for free texts; if `required`, only the required."""
    names = operation.names("query", required)
    chosen = {p["name"]: (p["example"], p["schema"]) for p in operation.parameters if p["name"] in names}
    free = {
        name for name, (_, schema) in chosen.items() if not schema.keys() - {"type", "minLength", "maxLength"}
    }
    return {name: HOSTILE if name in free else example for name, (example, _) in chosen.items()}


def required(operation: Operation) -> dict[str, Any]:
    return {**ids(operation), **query(operation, required=True)}


def test_the_package_has_the_operations_of_its_document_and_no_others() -> None:
    assert {name for name in vars(B2BClient) if not name.startswith("_")} - {"with_raw_response"} == set(
        CLIENT.operations
    )


@EVERY
@pytest.mark.parametrize("everything", [False, True], ids=["required", "everything"])
def test_request(server: Recorder, twin: Twin, operation: Operation, everything: bool) -> None:
    given = query(operation, required=not everything)
    server.reply(200, operation.example())
    answer = twin.raw(operation, {**ids(operation), **given}, operation.example_body())
    sent = server.last()

    path, _, sent_query = sent.target.partition("?")
    assert sent.method == operation.method.upper()
    assert path == "/v26.0" + operation.path.format(**ids(operation))
    pairs = parse_qsl(sent_query, strict_parsing=True) if sent_query else []
    assert sorted(pairs) == sorted((name, str(value)) for name, value in given.items())
    assert sent.headers["authorization"] == f"Bearer {TOKEN}"
    assert TOKEN not in sent.target
    assert TOKEN.encode() not in sent.body
    if not operation.bodies:
        assert sent.body == b""
        assert sent.headers.keys() == HEADERS
    else:
        assert sent.headers["content-type"] == "application/json"
        assert json.loads(sent.body) == operation.example_body()
        assert sent.headers.keys() == HEADERS | BODY_HEADERS
    assert answer.status == 200
    assert answer.parse().to_dict() == operation.example()


def test_lists_and_the_business_to_remove_are_among_the_requests() -> None:
    """What the requests above are about is there: without this they could pass on an emptied document."""
    lists = {
        one.id for one in OPERATIONS if any(isinstance(v, list) for v in (one.example_body() or {}).values())
    }
    verbs = ("request", "grant", "assign")
    assert lists == {one.id for one in OPERATIONS if one.method == "post" and one.id.startswith(verbs)}
    assert {id.partition("_")[0] for id in lists} == set(verbs)
    removals = [one.id for one in OPERATIONS if one.method == "delete" and one.names("query", required=True)]
    assert all(id.startswith("remove_") for id in removals) and removals


@EVERY
def test_an_id_stays_one_segment_of_the_path(server: Recorder, twin: Twin, operation: Operation) -> None:
    server.reply(200, operation.example())
    template = f"/v26.0{operation.path}".split("/")
    for value in HOSTILE_IDS:
        twin.raw(operation, {**required(operation), **ids(operation, value)}, operation.example_body())
        sent = server.last()
        path = sent.target.partition("?")[0]
        assert path.isascii() and path.isprintable() and " " not in path
        wanted = [part.format(**ids(operation, value)) if "{" in part else part for part in template]
        assert [unquote(part) for part in path.split("/")] == wanted
        assert sent.headers["host"] == server.base_url.split("/")[2]


@pytest.mark.parametrize(
    "operation", [one for one in OPERATIONS if one.names("path")], ids=lambda operation: operation.id
)
@pytest.mark.parametrize("value", ["", ".", "..", "\ud800"])
def test_an_id_that_cannot_be_a_segment_is_refused(
    server: Recorder, twin: Twin, operation: Operation, value: str
) -> None:
    with pytest.raises(ValueError):
        twin.raw(operation, {**required(operation), **ids(operation, value)}, operation.example_body())
    assert server.requests == []


@EVERY
def test_documented_failures_are_raised(server: Recorder, twin: Twin, operation: Operation) -> None:
    assert len(operation.failures) >= 4
    for status in operation.failures:
        server.reply(status, operation.example(status))
        with pytest.raises(GraphError) as caught:
            twin.raw(operation, required(operation), operation.example_body())
        server.last()
        error = operation.example(status)["error"]
        found = caught.value
        assert (found.status, found.code, found.message) == (status, error["code"], error["message"])
        assert (found.subcode, found.fbtrace_id) == (error.get("error_subcode"), error.get("fbtrace_id"))


@EVERY
@pytest.mark.parametrize("status", [202, 299, 418, 460, 502, 599])
def test_a_status_that_the_document_does_not_have(
    server: Recorder, twin: Twin, operation: Operation, status: int
) -> None:
    server.reply(status, b"<html>no JSON</html>", "text/html")
    with pytest.raises(GraphError, match="<html>no JSON</html>") as caught:
        twin.raw(operation, required(operation), operation.example_body())
    server.last()
    assert (caught.value.status, caught.value.code) == (status, None)


@EVERY
def test_values_and_fields_that_the_client_does_not_know_are_kept(
    server: Recorder, twin: Twin, operation: Operation
) -> None:
    body = unfamiliar(operation.example())
    server.reply(200, body)
    answer = twin.raw(operation, required(operation), operation.example_body())
    server.last()
    assert answer.parse().to_dict() == body


def unfamiliar(value: Any) -> Any:
    """The JSON value with a new field in each object, and each text replaced by one that nobody has seen."""
    if isinstance(value, dict):
        return {**{k: unfamiliar(v) for k, v in value.items()}, "new_field": {"a": [None, 1]}}
    if isinstance(value, list):
        return [*map(unfamiliar, value)]
    return f"NEW_{value}" if isinstance(value, str) else value


@pytest.mark.parametrize(
    "token", ["", f"{TOKEN}\n", f" {TOKEN}", f"{TOKEN}\r\nX: y", f"{TOKEN}é", f"{TOKEN}\0"]
)
def test_a_token_that_no_header_can_carry_is_refused_and_not_shown(token: str) -> None:
    with pytest.raises(ValueError, match="The token must be") as caught:
        B2BClient(token)
    assert TOKEN not in str(caught.value)
