"""Requests made from the document: each documented example, and from it everything that can be wrong with a request.

Schemathesis finds wrong requests at random; these are there in each run, among them some that it never makes (a line
feed after an id, digits that are not ASCII).
"""

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

from meta_b2b_sandbox.document import JSON

from tests.support.document import OPERATIONS, field_lists, resolve, validator

NON_ASCII_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
TOO_LONG = 2000  # characters, where the document sets no limit
Labelled = tuple[str, Any]


def parameters(operation: Any) -> list[dict[str, Any]]:
    """The parameters of an operation of a Schemathesis schema, path-level ones included, as the document has them; but
    for `fields`, see with_names."""
    id = operation.definition.raw["operationId"]
    return [with_names(one, id) for one in OPERATIONS[id].parameters]


def with_names(parameter: dict[str, Any], operation_id: str) -> dict[str, Any]:
    """A parameter of an operation. As `fields` it takes names of the operation's answer: the document has it as free
    text, of which next to nothing is good for a call."""
    if parameter["name"] != "fields":
        return parameter
    return {
        **parameter,
        "schema": {"type": "string", "enum": [parameter["example"], *field_lists(operation_id)]},
    }


def bodies(operation: Any) -> dict[str, dict[str, Any]]:
    """Media type → its entry in the operation's request body."""
    return OPERATIONS[operation.definition.raw["operationId"]].bodies


def example_cases(operation: Any, token: str) -> Iterator[Labelled]:
    """Each documented example: (label, request). Parameters that may be left out come one by one."""
    place: dict[str, dict[str, Any]] = {"path": {}, "query": {}}
    optional = {}
    for one in parameters(operation):
        if one.get("required"):
            place[one["in"]][one["name"]] = one["example"]
        else:
            optional[one["name"]] = one["example"]
    base = {
        "path_parameters": place["path"],
        "query": place["query"],
        "headers": {"Authorization": f"Bearer {token}"},
    }
    if not bodies(operation):
        yield "the example", operation.Case(**base)
        for name, value in optional.items():
            yield f"with {name}", operation.Case(**{**base, "query": {**place["query"], name: value}})
    for media_type, media in bodies(operation).items():
        for name, example in media["examples"].items():
            body = copy.deepcopy(resolve(example)["value"])
            yield f"{media_type}, {name}", operation.Case(**base, body=body, media_type=media_type)


def invalid_cases(operation: Any, token: str) -> Iterator[Labelled]:
    """Requests that the document does not allow, each wrong in one thing: (label, request)."""
    for one in parameters(operation):
        name, where = one["name"], f"{one['in']} {one['name']}"
        if one["in"] == "query" and one.get("required"):
            case = first_example(operation, token)
            del case.query[name]
            yield f"{where}: missing", case
        for label, value in wrong_texts(one["schema"], str(one["example"])):
            if one["in"] == "path" and value == "":
                continue  # that is another path
            case = first_example(operation, token)
            (case.path_parameters if one["in"] == "path" else case.query)[name] = value
            yield f"{where}: {label}", case
    for media_type, media in bodies(operation).items():
        for label, body in wrong_bodies(media_type, media):
            case = first_example(operation, token)
            case.media_type, case.body = media_type, body
            yield f"{media_type}, {label}", case


def first_example(operation: Any, token: str) -> Any:
    return next(example_cases(operation, token))[1]


def wrong_bodies(media_type: str, media: dict[str, Any]) -> Iterator[Labelled]:
    schema = resolve(media["schema"])
    example = resolve(next(iter(media["examples"].values())))["value"]
    for name in schema["required"]:
        yield f"{name}: missing", {key: value for key, value in example.items() if key != name}
    wrong = wrong_values if media_type == JSON else wrong_texts
    for name, subschema in schema["properties"].items():
        if name in example:
            for label, value in wrong(subschema, example[name]):
                yield f"{name}: {label}", {**example, name: value}
    if media_type == JSON:
        for value in ([], [example], "text", 1, True, None, json.dumps(example)):
            yield f"{json.dumps(value)} instead of an object", value
        yield "an empty object", {}


def wrong_texts(schema: dict[str, Any], valid: str) -> Iterator[Labelled]:
    """Texts that are not as the schema says, for a path, a query or a form: (what is wrong, text)."""
    resolved = resolve(schema)
    limit = resolved.get("maxLength", TOO_LONG)
    candidates = {
        "empty": "",
        "letters": "abc",
        "a letter after it": valid + "x",
        "a letter before it": "x" + valid,
        "a line feed after it": valid + "\n",
        "a line feed before it": "\n" + valid,
        "a carriage return after it": valid + "\r",
        "NUL after it": valid + "\0",
        "a space after it": valid + " ",
        "a space before it": " " + valid,
        "digits that are not ASCII": valid.translate(NON_ASCII_DIGITS),
        "full-width digits": valid.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"}),
        "negative": "-1",
        "a fraction": "1.5",
        "an underscore among the digits": "1_0",
        "an unknown value": "NO_SUCH_VALUE",
        "an unknown value in a list": '["NO_SUCH_VALUE"]',
        "an unknown value at the end of a list": '["ADVERTISE","NO_SUCH_VALUE"]',
        "an empty list": "[]",
        "values with commas between": "ADVERTISE,ANALYZE",
        "a list without its end": valid.rstrip("]") if valid.endswith("]") else valid,
        "an object": "{}",
        "in lower case": valid.lower(),
        "in upper case": valid.upper(),
        "a comma after it": valid + ",",
        "too small": str(resolved.get("minimum", 0) - 1),
        "too large": str(resolved.get("maximum", 0) + 1),
        "too long": (valid * (limit // len(valid) + 1))[: limit + 1],
    }
    yield from distinct((label, text) for label, text in candidates.items() if not allows_text(schema, text))


def wrong_values(schema: dict[str, Any], valid: Any) -> Iterator[Labelled]:
    """JSON values that are not as the schema says: (what is wrong, value)."""
    resolved = resolve(schema)
    found: list[Labelled] = [
        (f"{json.dumps(value)} instead", value)
        for value in (None, True, False, 0, -1, 1, 1.5, 2**53, "", "abc", [], {}, {"a": 1}, [valid])
    ]
    if isinstance(valid, str):
        found += wrong_texts(schema, valid)
    if isinstance(valid, list):
        found += [("a list in a string", json.dumps(valid)), ("one value, not a list", valid[0])]
        for label, item in wrong_values(resolved["items"], valid[0]):
            found += [(f"first item {label}", [item]), (f"last item {label}", [*valid, item])]
    yield from distinct((label, value) for label, value in found if not validator(schema).is_valid(value))


def distinct(found: Iterator[Labelled]) -> Iterator[Labelled]:
    seen = set()
    for label, value in found:
        key = json.dumps(value)
        if key not in seen:
            seen.add(key)
            yield label, value


def allows_text(schema: dict[str, Any], text: str) -> bool:
    """Whether the schema allows what this text stands for in a path, a query or a form."""
    is_integer = resolve(schema).get("type") == "integer"
    value = int(text) if is_integer and re.fullmatch("-?[0-9]+", text, re.ASCII) else text
    return bool(validator(schema).is_valid(value))


def is_as_documented(case: Any, **body: Any) -> bool:
    """Whether a request that Schemathesis made as a valid one is valid by the whole document; `body`: with these fields
    in its body.

    It does not know the limits that server.py takes out, and a link may take an id of 7.0 out of a JSON body.
    """
    for one in OPERATIONS[case.operation.definition.raw["operationId"]].parameters:
        values = case.path_parameters if one["in"] == "path" else case.query
        if one["name"] in values and not allows_text(one["schema"], str(values[one["name"]])):
            return False
    media = bodies(case.operation).get(case.media_type)
    if media is None or not isinstance(case.body, dict):
        return True
    given = {**case.body, **body}
    properties = resolve(media["schema"])["properties"]
    return all(
        validator(schema).is_valid(given[name]) for name, schema in properties.items() if name in given
    )
