"""`SandboxWorld` has every operation of openapi/sandbox.yaml, with its arguments, and sends what it describes."""

import inspect
import json
from collections.abc import Callable, Mapping
from typing import Any, Literal, get_type_hints
from urllib.parse import unquote

import httpx
import pytest
from meta_b2b_sandbox import Call, ClockTime, SandboxError, SandboxWorld, WholeCall
from meta_b2b_sandbox.document import JSON, OPENAPI, Document, Operation

CONTROL = Document.load(OPENAPI / "sandbox.yaml")
SEED = {"$ref": "#/components/schemas/Seed"}
METHODS = {
    method.operation: method
    for method in vars(SandboxWorld).values()
    if callable(method) and hasattr(method, "operation")
}
BASE_URL, CONTROL_URL = "http://127.0.0.1:1/w/mine/v26.0", "http://127.0.0.1:1/w/mine/_sandbox"


def wanted(operation: Operation) -> dict[str, tuple[dict[str, Any], bool]]:
    """The document's name → (schema, whether it must be given) of all that a caller of the operation says."""
    found = {p["name"]: (p["schema"], bool(p.get("required"))) for p in operation.parameters}
    if operation.id == "end_world":  # it knows its own name
        del found["name"]
    for media in operation.bodies.values():
        schema = media["schema"]
        if schema == SEED:  # it is one thing
            return {**found, "seed": (schema, True)}
        required = CONTROL.resolve(schema).get("required", [])
        found |= {
            name: (one, name in required)
            for name, one in {**CONTROL.properties(schema), **schema.get("properties", {})}.items()
        }
    return found


def kind(schema: dict[str, Any]) -> Any:
    """The type of an argument whose value has this schema."""
    if "$ref" in schema:
        return kind(CONTROL.resolve(schema))
    if "enum" in schema:
        return Literal[tuple(schema["enum"])]
    if schema["type"] == "array":
        return list[kind(schema["items"])]  # type: ignore[misc]
    return {"string": str, "integer": int, "boolean": bool, "object": Mapping[str, Any]}[schema["type"]]


def sample(schema: dict[str, Any]) -> Any:
    """A value of about this schema; a text has what must be quoted in an address."""
    if "$ref" in schema:
        schema = CONTROL.resolve(schema)
    if "anyOf" in schema:
        return sample(schema["anyOf"][0])
    if "enum" in schema:
        return schema["enum"][0]
    one = schema["type"][0] if isinstance(schema["type"], list) else schema["type"]
    if one == "array":
        return [sample(schema["items"])]
    if one == "object":
        properties, required = CONTROL.properties(schema), list(schema.get("required", []))
        for part in schema.get("allOf", []):
            required += CONTROL.resolve(part).get("required", [])
        return {name: sample(properties[name]) for name in required}
    return {"string": "a/b ä?", "integer": 7, "number": 0.5, "boolean": True}[one]


def argument(name: str) -> str:
    """The name in Python."""
    return f"{name}_" if name == "for" else name


def recorded(answer: Callable[[httpx.Request], httpx.Response]) -> SandboxWorld:
    """A world, made by another one, whose calls are answered by this function."""
    first = SandboxWorld("http://127.0.0.1:1/v26.0", "http://127.0.0.1:1/_sandbox")
    first._http = httpx.Client(transport=httpx.MockTransport(answer))
    world = SandboxWorld(BASE_URL, CONTROL_URL, "mine")
    world._parent = first
    return world


def sent_by(operation: Operation, arguments: dict[str, Any]) -> httpx.Request:
    """What the method of the operation sends, which must be one request."""
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, json=sample(operation.responses["200"]["content"][JSON]["schema"]))

    METHODS[operation.id](recorded(answer), **{argument(name): value for name, value in arguments.items()})
    (request,) = sent
    return request


def test_there_is_a_method_for_each_operation() -> None:
    assert METHODS.keys() == CONTROL.operations.keys()


@pytest.mark.parametrize("id", CONTROL.operations)
def test_its_arguments_are_those_of_the_document(id: str) -> None:
    parameters = inspect.signature(METHODS[id]).parameters
    hints = get_type_hints(METHODS[id])
    arguments = wanted(CONTROL.operations[id])
    assert parameters.keys() - {"self"} == {argument(name) for name in arguments}
    for name, (schema, required) in arguments.items():
        parameter = parameters[argument(name)]
        if required or parameter.default is not None:  # what has a default is always sent
            assert hints[parameter.name] == kind(schema), name
        else:
            assert hints[parameter.name] == kind(schema) | None, name
        if not required:
            assert parameter.default is None, name


@pytest.mark.parametrize("id", CONTROL.operations)
def test_it_sends_what_the_document_describes(id: str) -> None:
    operation = CONTROL.operations[id]
    arguments = {name: sample(schema) for name, (schema, _) in wanted(operation).items()}
    request = sent_by(operation, arguments)
    path = operation.path
    for parameter in operation.parameters:
        if parameter["in"] == "path":
            value = arguments.pop(parameter["name"], "mine")
            path = path.replace(f"{{{parameter['name']}}}", f"<{value}>")
    root = "/_sandbox" if path.startswith("/_sandbox/worlds") else "/w/mine/_sandbox"
    raw = request.url.raw_path.decode().partition("?")[0]
    parts = [unquote(part) for part in raw.removeprefix(root).split("/")]
    assert request.method == operation.method.upper()
    assert raw.startswith(f"{root}/")
    assert "/".join(parts) == path.removeprefix("/_sandbox").replace("<", "").replace(">", "")
    if operation.bodies:
        assert request.headers["content-type"] == JSON
        assert json.loads(request.content) == arguments.get("seed", arguments)
    else:
        assert request.content == b""
        assert dict(request.url.params) == {name: str(value) for name, value in arguments.items()}


@pytest.mark.parametrize("id", CONTROL.operations)
def test_what_is_not_given_is_not_sent(id: str) -> None:
    operation = CONTROL.operations[id]
    needed = {name: sample(schema) for name, (schema, required) in wanted(operation).items() if required}
    request = sent_by(operation, needed)
    assert request.url.query == b""
    if operation.bodies:
        for parameter in operation.parameters:
            needed.pop(parameter["name"], None)
        assert json.loads(request.content) == needed.get("seed", needed)


@pytest.mark.parametrize(
    ("shown", "schema"), [(Call, "Call"), (WholeCall, "WholeCall"), (ClockTime, None)], ids=str
)
def test_what_it_answers_has_the_fields_of_the_document(shown: type, schema: str | None) -> None:
    if schema is None:
        documented = CONTROL.operations["get_clock"].responses["200"]["content"][JSON]["schema"]
    else:
        documented = CONTROL.tree["components"]["schemas"][schema]
    properties, hints = CONTROL.properties(documented), get_type_hints(shown)
    assert hints.keys() == properties.keys()
    for name, one in properties.items():
        kinds = CONTROL.resolve(one)["type"]
        python = {"string": str, "integer": int, "number": float, "boolean": bool, "null": type(None)}
        for text in [kinds] if isinstance(kinds, str) else kinds:
            expected = dict[str, Any] if text == "object" else python[text]
            assert expected in (hints[name], *getattr(hints[name], "__args__", ())), name


def test_a_refusal_is_told_in_the_words_of_the_sandbox() -> None:
    world = recorded(lambda request: httpx.Response(404, json={"error": {"message": "nothing waits"}}))
    with pytest.raises(SandboxError, match=r"^nothing waits$"):
        world.approve("act_1", "2")


@pytest.mark.parametrize(
    "answer", [httpx.Response(200, text="<html>"), httpx.ConnectError("refused")], ids=type
)
def test_no_sandbox_there(answer: httpx.Response | Exception) -> None:
    def answers(request: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    with pytest.raises(
        SandboxError,
        match=r"^GET http://127\.0\.0\.1:1/w/mine/_sandbox/state: the sandbox does not answer \(",
    ):
        recorded(answers).state()


def test_a_world_ends_once_and_the_first_not_at_all() -> None:
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, json={"success": True})

    with recorded(answer) as world:
        world.end()
    assert len(sent) == 1
    with pytest.raises(SandboxError, match="ends with its sandbox"):
        SandboxWorld(BASE_URL, CONTROL_URL).end()
