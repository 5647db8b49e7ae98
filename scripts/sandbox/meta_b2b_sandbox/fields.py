"""`fields`: which fields a caller wants, and the one place that decides what of a node is shown.

Handlers return whole nodes. What a node has, and what of it shows only when `fields` names it (`x-on-request`), is in
the schema of the answer.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from meta_b2b_sandbox.document import JSON, Document, Operation
from meta_b2b_sandbox.errors import Failure, GraphError

INVALID = Failure("invalid_parameter", __name__)
UNKNOWN_FIELD = Failure("unknown_field", __name__)

# Name of a field → the fields wanted of the object in it; none of them: those that show by default.
Fields = dict[str, Any]


@dataclass(slots=True)
class Shape:
    """What the schema of a node says: its type on Graph, its fields, and those that show only on request.

    `inner`: the shapes of the objects in its fields, or in the lists there.
    """

    node: str
    names: set[str]
    on_request: tuple[str, ...]
    inner: dict[str, "Shape"] = field(default_factory=dict)

    def show(self, nodes: list[dict[str, Any]], wanted: Fields) -> list[dict[str, Any]]:
        """Only these fields of each node, in this order, and its id always; none wanted: those that show by default.

        The nodes may be changed in place.
        """
        if not wanted:
            self._hide(nodes)
            return nodes
        return [self._choose(node, wanted) for node in nodes]

    def _choose(self, node: dict[str, Any], wanted: Fields) -> dict[str, Any]:
        chosen = {}
        for name, inner in wanted.items():
            if name in node:
                value, shape = node[name], self.inner.get(name)
                if shape is not None:
                    value = (
                        shape.show(value, inner) if isinstance(value, list) else shape.show([value], inner)[0]
                    )
                chosen[name] = value
        if "id" in node:
            chosen["id"] = node["id"]
        return chosen

    def _hide(self, nodes: list[dict[str, Any]]) -> None:
        for name in self.on_request:
            for node in nodes:
                node.pop(name, None)
        for name, shape in self.inner.items():
            if shape.on_request or shape.inner:
                for node in nodes:
                    if name in node:
                        value = node[name]
                        shape._hide(value if isinstance(value, list) else [value])


def shape_of(document: Document, operation: Operation) -> Shape:
    """The shape of the node that an operation answers, or of an entry of its list."""
    schema = document.resolve(operation.responses["200"]["content"][JSON]["schema"])
    data = schema.get("properties", {}).get("data")
    return _shape(document, data["items"] if data else schema)


def _shape(document: Document, schema: dict[str, Any]) -> Shape:
    schema = document.resolve(schema)
    shape = Shape(
        schema.get("x-graph-node", ""),
        set(schema.get("properties", {})),
        tuple(schema.get("x-on-request", ())),
    )
    for name, value in schema.get("properties", {}).items():
        one = document.resolve(value)
        one = document.resolve(one.get("items", one))
        if "properties" in one:
            shape.inner[name] = _shape(document, one)
    return shape


@lru_cache(maxsize=1024)
def parse(text: str) -> Fields:
    """`id,page{name}` as {"id": {}, "page": {"name": {}}}. The text is valid by the document's pattern."""
    root: Fields = {}
    stack = [root]
    last = root
    for word in re.findall(r"\w+|[{}]", text):
        if word == "{":
            stack.append(last)
        elif word == "}":
            stack.pop()
        else:
            last = stack[-1].setdefault(word, {})
    return root


def complaint(shape: Shape, text: Any) -> GraphError:
    """What is wrong with a text that is not valid by the document: the first field that does not exist, if any."""
    stack, last = [shape], shape
    for word in re.findall(r"\w+|[{}]", text) if isinstance(text, str) else ():
        if word == "{":
            stack.append(last)
        elif word == "}":
            stack = stack[:-1] or [shape]
        elif word not in stack[-1].names:
            return UNKNOWN_FIELD(field=word[:50], node=stack[-1].node)
        else:
            last = stack[-1].inner.get(word, Shape("", set(), ()))
    return INVALID(detail="Param fields must be a list of field names")
