"""openapi/b2b.yaml as the tests see it: read once, with a validator for each of its schemas."""

import json
from functools import cache
from typing import Any

import jsonschema_rs
from meta_b2b_sandbox.document import JSON, OPENAPI, Document, mounted
from meta_b2b_sandbox.routing import Endpoint, Routes
from meta_b2b_sandbox.shapes import Shape

B2B = Document.load(OPENAPI / "b2b.yaml")
DOCUMENT = B2B.tree
# With all operations among its paths.
MOUNTED = mounted(DOCUMENT)
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


def field_lists(operation_id: str) -> list[str]:
    """Texts for `fields` that the schema of the operation's answer allows, without one for another operation.

    Its values one by one and together, with blanks, and as JSON; all its names; what is inside each; and each edge of
    the node, with parameters and with an edge inside.
    """
    endpoint = ROUTES.endpoints[operation_id]
    if "fields" not in endpoint.query:
        return []
    names = list(endpoint.shape.fields)
    values = values_of(endpoint.shape)
    inside = [
        f"{name}{{{','.join(values_of(inner))}}}" for name, inner in endpoint.shape.fields.items() if inner
    ]
    edges = [as_field(edge) for edge in ROUTES.edges.get(endpoint.shape.node, {}).values()]
    together = [
        ",".join(names),
        " , ".join(reversed(values)),
        json.dumps(values[:3]),
        ",".join(values[:1] + inside),
    ]
    return list(dict.fromkeys([*values[:2], *together, *inside, *edges]))


def values_of(shape: Shape) -> list[str]:
    """The names of a node's fields with no objects in them."""
    inner = shape.fields["data"] if shape.wrapped else None
    return [name for name, one in (inner or shape).fields.items() if one is None]


def as_field(edge: Endpoint) -> str:
    """An edge as a field, with the parameters that it takes, and in it an edge of its nodes."""
    parameters = {"limit": ".limit(2)", "summary": ".summary(true)"}
    modifiers = "".join(text for name, text in parameters.items() if name in edge.query)
    for one in OPERATIONS[edge.id].parameters:
        if one["in"] == "query" and one.get("required"):
            modifiers += f".{one['name']}({one['example']})"
    # Of a Page there is only one that takes the token of that Page alone.
    inner = {} if edge.shape.node == "Page" else ROUTES.edges.get(edge.shape.node, {})
    names = [*values_of(edge.shape)[:4], *list(inner)[-1:]]
    return f"{edge.edge}{modifiers}{{{','.join(names)}}}"
