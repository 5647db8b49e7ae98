"""The document agrees with itself, and with the guide where the guide shows an answer."""

import copy
import re
import string
from typing import Any

import pytest
from meta_b2b_sandbox.document import Document, DocumentError, Operation
from meta_b2b_sandbox.fields import Fields, parse
from meta_b2b_sandbox.shapes import Shape

from tests.support import guide
from tests.support.document import B2B, DOCUMENT, OPERATIONS, ROUTES, resolve, validator


def media_types() -> list[tuple[str, dict[str, Any]]]:
    """Each media type of each operation, with a name for the test."""
    found = []
    for name, operation in OPERATIONS.items():
        for kind, media in operation.bodies.items():
            found.append((f"{name} request {kind}", media))
        for status, response in operation.responses.items():
            for kind, media in resolve(response)["content"].items():
                found.append((f"{name} {status} {kind}", media))
    return found


@pytest.mark.parametrize(("name", "media"), [pytest.param(n, m, id=n) for n, m in media_types()])
def test_examples_match_their_schema(name: str, media: dict[str, Any]) -> None:
    assert media["examples"], name
    for key, example in media["examples"].items():
        errors = [e.message for e in validator(media["schema"]).iter_errors(resolve(example)["value"])]
        assert not errors, f"{name}, example {key}: {errors}"


def test_examples_of_parameters_and_headers_match_their_schema() -> None:
    parameters = [p for operation in OPERATIONS.values() for p in operation.parameters]
    for part in [*parameters, *DOCUMENT["components"]["headers"].values()]:
        assert validator(part["schema"]).is_valid(part["example"]), part


@pytest.mark.parametrize(("operation_id", "answer"), guide.ANSWERS.items())
def test_the_guides_answers_match_the_document(operation_id: str, answer: dict[str, Any]) -> None:
    media = OPERATIONS[operation_id].responses["200"]["content"]["application/json"]
    assert [e.message for e in validator(media["schema"]).iter_errors(answer)] == []
    shown = [resolve(example)["value"] for example in media["examples"].values()]
    # The mock's paging is ours: the guide cuts its example off before it.
    assert answer in [{k: v for k, v in value.items() if k != "paging"} for value in shown]


@pytest.mark.parametrize(
    "operation_id", [n for n, o in OPERATIONS.items() if any(p["name"] == "fields" for p in o.parameters)]
)
def test_examples_of_fields_name_fields_of_the_answer(operation_id: str) -> None:
    def check(fields: Fields, shape: Shape | None) -> None:
        assert shape is not None
        assert fields.keys() <= shape.fields.keys()
        for name, wanted in fields.items():
            if wanted.fields:
                check(wanted.fields, shape.fields[name])

    operation = OPERATIONS[operation_id]
    (parameter,) = (p for p in operation.parameters if p["name"] == "fields")
    check(parse(parameter["example"]), ROUTES.endpoints[operation_id].shape)
    assert parameter["schema"] == {"$ref": "#/components/schemas/FieldList"}


def test_what_shows_by_default_is_among_the_fields() -> None:
    schemas = {name: s for name, s in DOCUMENT["components"]["schemas"].items() if "x-default-fields" in s}
    assert schemas
    for name, schema in schemas.items():
        assert set(schema["x-default-fields"]) <= B2B.properties(schema).keys(), name
    shown = {id: e for id, e in ROUTES.endpoints.items() if e.by_default is not None}
    assert shown
    for id, endpoint in shown.items():
        assert set(endpoint.by_default or ()) <= endpoint.shape.fields.keys(), id


@pytest.mark.parametrize(
    ("enum", "field"), [("AdAccountTask", "AdAccountTaskField"), ("PageTask", "PageTaskField")]
)
def test_tasks_in_a_form_are_the_tasks(enum: str, field: str) -> None:
    schemas = DOCUMENT["components"]["schemas"]
    tasks = schemas[enum]["enum"]
    accepts = validator(schemas[field]).is_valid
    assert set(re.findall("[A-Z_]+", schemas[field]["pattern"])) == set(tasks)
    for task in tasks:
        for text in (
            task,
            f"['{task}']",
            f'["{task}"]',
            f"['{tasks[0]}', '{task}']",
            f'["{tasks[0]}","{task}"]',
        ):
            assert accepts(text), text
    for wrong in (
        "",
        "[]",
        "NO_TASK",
        "['NO_TASK']",
        f"[{tasks[0]}]",
        f"['{tasks[0]}'",
        f"{tasks[0]},{tasks[1]}",
        f"['{tasks[0]}',]",
    ):
        assert not accepts(wrong), wrong


def error_codes(operation: Operation) -> set[tuple[int, int | None]]:
    """(code, subcode) of every error that the operation's responses show."""
    found = set()
    for status, response in operation.responses.items():
        if status != "200":
            for example in resolve(response)["content"]["application/json"]["examples"].values():
                error = resolve(example)["value"]["error"]
                found.add((error["code"], error.get("error_subcode")))
    return found


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_each_documented_code_has_an_example_and_a_meaning(operation_id: str) -> None:
    operation = OPERATIONS[operation_id]
    shown = {code for code, _ in error_codes(operation)}
    assert set(operation.definition["x-graph-codes"]) <= shown
    known = {entry["code"] for entry in DOCUMENT["components"]["schemas"]["GraphError"]["x-graph-codes"]}
    assert shown <= known


TEMPLATES = {name: e for name, e in DOCUMENT["components"]["examples"].items() if "x-message" in e}


def instances(template: str) -> re.Pattern[str]:
    """What an `x-message` can become: a format string, with a name in braces for each part that changes."""
    parts = []
    for text, name, _, _ in string.Formatter().parse(template):
        parts.append(re.escape(text))
        if name is not None:
            parts.append("(.+)")
    return re.compile("".join(parts))


@pytest.mark.parametrize("name", TEMPLATES)
def test_an_errors_text_is_an_instance_of_its_template(name: str) -> None:
    template, shown = TEMPLATES[name]["x-message"], TEMPLATES[name]["value"]["error"]["message"]
    assert instances(template).groups, f"nothing changes in {template!r}: leave x-message out"
    assert instances(template).fullmatch(shown), f"{shown!r} is not {template!r}"


def test_an_instance_keeps_what_does_not_change() -> None:
    pattern = instances("(#100) Param {place} must be one of {{{choices}}}")
    assert pattern.fullmatch("(#100) Param a[0] must be one of {A, B}")
    for text in (
        "(#100) Param a must be one of A, B",
        "(#100) Param must be one of {A}",
        "(#200) Param a must be {A}",
    ):
        assert not pattern.fullmatch(text)


def test_every_example_of_a_failure_is_shown_by_an_operation() -> None:
    used = {
        id(resolve(e)) for o in OPERATIONS.values() for r in o.responses.values() for e in shown_examples(r)
    }
    failures = {n: e for n, e in DOCUMENT["components"]["examples"].items() if "error" in e["value"]}
    assert [name for name, example in failures.items() if id(example) not in used] == []


def shown_examples(response: dict[str, Any]) -> list[Any]:
    return [e for media in response["content"].values() for e in media["examples"].values()]


@pytest.mark.parametrize(
    ("name", "component", "changed", "same"),
    [
        ("missing_parameter", "MissingParameter", {"code": 190}, False),
        ("missing_parameter", "MissingParameter", {"type": "GraphMethodException"}, False),
        ("missing_parameter", "MissingParameter", {"error_subcode": 33}, False),
        ("missing_parameter", "MissingParameter", {"is_transient": True}, False),
        ("no_token", "NoToken", {"message": "Give a token."}, False),
        ("permission_error", "PermissionError", {}, False),  # its status is 403, and here 400
        ("missing_parameter", "MissingParameter", {"message": "(#100) The parameter x is required"}, True),
    ],
)
def test_one_name_of_an_error_means_one_failure(
    name: str, component: str, changed: dict[str, Any], same: bool
) -> None:
    """Only the part of its text that is another one in each case may differ."""
    tree = copy.deepcopy(DOCUMENT)
    example = tree["components"]["examples"][component]
    refused = tree["components"]["responses"]["PageGrantRefused"]["content"]["application/json"]
    refused["examples"][name] = {**example, "value": {"error": {**example["value"]["error"], **changed}}}
    if same:
        assert Document(tree).errors.keys() == B2B.errors.keys()
    else:
        with pytest.raises(DocumentError, match=f"two errors have the name {name}"):
            _ = Document(tree).errors


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_links_lead_to_operations_and_name_their_parameters(operation_id: str) -> None:
    links = OPERATIONS[operation_id].responses["200"].get("links")
    assert links, "nothing can follow this operation?"
    for link in map(resolve, links.values()):
        target = OPERATIONS[link["operationId"]]
        named = {p["name"] for p in target.parameters}
        required = {p["name"] for p in target.parameters if p.get("required")}
        assert required <= set(link["parameters"]) <= named
