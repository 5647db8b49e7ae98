"""openapi/b2b.yaml as the tests see it: read once, with a validator for each of its schemas."""

import json
from functools import cache
from typing import Any

import jsonschema_rs
from meta_b2b_sandbox.document import JSON, OPENAPI, Document
from meta_b2b_sandbox.routing import Routes

B2B = Document.load(OPENAPI / "b2b.yaml")
DOCUMENT = B2B.tree
OPERATIONS = B2B.operations
# Those that make one call. Whether several at once are as the document says depends on the calls in them, which no
# schema can tell, and the client has none of them: tests/sandbox/test_batch.py is theirs.
ONE_CALL = {id: operation for id, operation in OPERATIONS.items() if operation.path != "/"}
ROUTES = Routes(B2B)
resolve = B2B.resolve


def validator(schema: dict[str, Any]) -> Any:
    """The validator of a schema of the document, formats included."""
    return _compiled(json.dumps(schema))


@cache
def _compiled(schema: str) -> Any:
    return jsonschema_rs.Draft202012Validator(
        {**json.loads(schema), "components": DOCUMENT["components"]}, validate_formats=True
    )


def example_call(operation_id: str) -> tuple[str, str, dict[str, Any], dict[str, Any]]:
    """(method, path, required query parameters, JSON body) of an operation, from the document's examples."""
    operation = OPERATIONS[operation_id]
    path, query = operation.path, {}
    for parameter in operation.parameters:
        path = path.replace(f"{{{parameter['name']}}}", str(parameter["example"]))
        if parameter["in"] == "query" and parameter.get("required"):
            query[parameter["name"]] = parameter["example"]
    body: dict[str, Any] = {}
    if operation.bodies:
        body = dict(resolve(next(iter(operation.bodies[JSON]["examples"].values())))["value"])
    return operation.method.upper(), path, query, body
