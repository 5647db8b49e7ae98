"""Calls of the control API, with every answer held against its description."""

from typing import Any

import jsonschema_rs
from meta_b2b_sandbox.document import OPENAPI, Document
from meta_b2b_sandbox.routing import Routes

from tests.support.graph import Graph

CONTROL = Document.load(OPENAPI / "sandbox.yaml")
ROUTES = Routes(CONTROL)
DONE = (200, {"success": True})


def control(graph: Graph, method: str, path: str, **kwargs: Any) -> tuple[int, Any]:
    """(status, JSON) of a call, held against the description."""
    answer = graph.sandbox(method, path, **kwargs)
    assert answer.headers["content-type"] == "application/json"
    match = ROUTES.match(f"/_sandbox{path}")
    operation = match and CONTROL.tree["paths"][match.route.template].get(method.lower())
    if operation:
        documented = CONTROL.resolve(operation["responses"][str(answer.status_code)])
        schema = documented["content"]["application/json"]["schema"]
        jsonschema_rs.Draft202012Validator({**schema, "components": CONTROL.tree["components"]}).validate(
            answer.json()
        )
    return answer.status_code, answer.json()


def refused(graph: Graph, method: str, path: str, **kwargs: Any) -> tuple[int, str]:
    """(status, message) of a refused call."""
    status, shown = control(graph, method, path, **kwargs)
    assert set(shown) == {"error"} and set(shown["error"]) == {"message"}
    return status, shown["error"]["message"]
