"""The document agrees with itself, and with the guide where the guide shows an answer."""

import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from scripts.yaml_io import load_yaml

DOCUMENT = load_yaml(Path(__file__).parent.parent / "openapi" / "b2b.yaml")
METHODS = ("get", "post", "delete")


def resolve(node: Any) -> Any:
    """What a `$ref` of the document points to; anything else as it is."""
    while isinstance(node, dict) and "$ref" in node:
        target: Any = DOCUMENT
        for key in node["$ref"].removeprefix("#/").split("/"):
            target = target[key]
        node = target
    return node


def validator(schema: dict[str, Any]) -> Any:
    return jsonschema_rs.Draft202012Validator(
        {**schema, "components": DOCUMENT["components"]}, validate_formats=True
    )


def operations() -> dict[str, dict[str, Any]]:
    """operationId → operation, with the path's parameters resolved into `parameters`."""
    found = {}
    for item in DOCUMENT["paths"].values():
        for method in METHODS:
            if method in item:
                operation = dict(item[method])
                parameters = item.get("parameters", []) + operation.get("parameters", [])
                operation["parameters"] = [resolve(p) for p in parameters]
                found[operation["operationId"]] = operation
    return found


OPERATIONS = operations()


def media_types() -> list[tuple[str, dict[str, Any]]]:
    """Each media type of each operation, with a name for the test."""
    found = []
    for name, operation in OPERATIONS.items():
        for kind, media in resolve(operation.get("requestBody", {})).get("content", {}).items():
            found.append((f"{name} request {kind}", media))
        for status, response in operation["responses"].items():
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
    parameters = [p for operation in OPERATIONS.values() for p in operation["parameters"]]
    for part in [*parameters, *DOCUMENT["components"]["headers"].values()]:
        assert validator(part["schema"]).is_valid(part["example"]), part


# As the guide prints them, and where that is not JSON (single quotes, trailing commas), as it means them.
GUIDE = {
    "list_clients": {
        "data": [
            {
                "name": "Random Page",
                "page_permissions": [
                    {
                        "id": "1900952844321",
                        "permitted_tasks": ["MANAGE", "CREATE_CONTENT", "MODERATE", "ADVERTISE", "ANALYZE"],
                        "access_status": "CLIENT_RESPONSE_PENDING",
                        "access_requested_time": "2014-01-07T23:26:09+0000",
                        "access_updated_time": "2014-01-07T23:26:09+0000",
                    }
                ],
                "id": "190137931178903",
            }
        ]
    },
    "grant_ad_account_access": {"success": True, "requires_admin_approval": True},
    "get_obo_request": {
        "id": "1111111111",
        "receiving_business": {"id": "2222222222", "name": "Example Business Name"},
        "requesting_business": {"id": "3333333333", "name": "Example Business Name"},
        "status": "IN_PROGRESS",
        "business_owned_object": "1111111111",
    },
    "cancel_obo_request": {"success": "true"},
    "list_ad_account_obo_requests": {
        "data": [
            {
                "id": "1111111111",
                "status": "IN_PROGRESS",
                "receiving_business": {"id": "2222222222", "name": "Example Business Name"},
                "requesting_business": {"id": "3333333333", "name": "Example Business Name"},
            }
        ]
    },
    "list_received_obo_requests": {
        "data": [{"id": "1111111111"}, {"id": "2222222222"}, {"id": "3333333333"}]
    },
    "list_sent_obo_requests": {"data": [{"id": "1111111111"}, {"id": "2222222222"}, {"id": "3333333333"}]},
}


@pytest.mark.parametrize(("operation_id", "answer"), GUIDE.items())
def test_the_guides_answers_match_the_document(operation_id: str, answer: dict[str, Any]) -> None:
    media = resolve(OPERATIONS[operation_id]["responses"]["200"])["content"]["application/json"]
    assert [e.message for e in validator(media["schema"]).iter_errors(answer)] == []
    shown = [resolve(example)["value"] for example in media["examples"].values()]
    # The mock's paging is ours: the guide cuts its example off before it.
    assert answer in [{k: v for k, v in value.items() if k != "paging"} for value in shown]


def item_schema(schema: dict[str, Any]) -> dict[str, Any]:
    """The node that an answer holds: itself, or an entry of its `data`."""
    schema = resolve(schema)
    data = schema["properties"].get("data")
    return resolve(data["items"]) if data else schema


@pytest.mark.parametrize(
    "operation_id", [n for n, o in OPERATIONS.items() if any(p["name"] == "fields" for p in o["parameters"])]
)
def test_fields_are_the_fields_of_the_answer(operation_id: str) -> None:
    operation = OPERATIONS[operation_id]
    (fields,) = (p for p in operation["parameters"] if p["name"] == "fields")
    accepts = validator(fields["schema"]).is_valid
    node = item_schema(resolve(operation["responses"]["200"])["content"]["application/json"]["schema"])
    names = set(node["properties"])
    for name, value in node["properties"].items():
        assert accepts(name), name
        inner = resolve(resolve(value).get("items", value))
        for inner_name in inner.get("properties", {}):
            assert accepts(f"id,{name}{{id,{inner_name}}}"), f"{name}{{{inner_name}}}"
            names.add(inner_name)
    for wrong in ("", "nmae", "id,", ",id", "id,,name", "id name", "id{id}", "id\n"):
        assert not accepts(wrong), wrong
    words = set(
        re.findall(
            "[a-z_]+",
            fields["schema"]["pattern"]
            .replace("(adaccount|page|application|productcatalog)_permissions", "")
            .replace("(receiving|requesting)_business", ""),
        )
    )
    assert words <= names, f"the pattern knows fields that the answer has not: {words - names}"


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


def error_codes(operation: dict[str, Any]) -> set[tuple[int, int | None]]:
    """(code, subcode) of every error that the operation's responses show."""
    found = set()
    for status, response in operation["responses"].items():
        if status != "200":
            for example in resolve(response)["content"]["application/json"]["examples"].values():
                error = resolve(example)["value"]["error"]
                found.add((error["code"], error.get("error_subcode")))
    return found


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_each_documented_code_has_an_example_and_a_meaning(operation_id: str) -> None:
    operation = OPERATIONS[operation_id]
    shown = {code for code, _ in error_codes(operation)}
    assert set(operation["x-graph-codes"]) <= shown
    known = {entry["code"] for entry in DOCUMENT["components"]["schemas"]["GraphError"]["x-graph-codes"]}
    assert shown <= known


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_links_lead_to_operations_and_name_their_parameters(operation_id: str) -> None:
    links = resolve(OPERATIONS[operation_id]["responses"]["200"]).get("links")
    assert links, "nothing can follow this operation?"
    for link in map(resolve, links.values()):
        target = OPERATIONS[link["operationId"]]
        named = {p["name"] for p in target["parameters"]}
        required = {p["name"] for p in target["parameters"] if p.get("required")}
        assert required <= set(link["parameters"]) <= named
