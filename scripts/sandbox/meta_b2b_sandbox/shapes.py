"""What the schemas of answers say about nodes: type, fields, those that show by default, and what is inside a field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from meta_b2b_sandbox.document import JSON, Document, Operation


@dataclass(slots=True, eq=False)
class Shape:
    """A node as its schema has it.

    `node`: its type on Graph (`x-graph-node`). `fields`: name → the shape of the object in it, or of those in its list;
    None for a value. `default`: those that show without `fields` (`x-default-fields`; without this all of them).
    `wrapped`: the objects are in `data`, as in an edge.
    """

    node: str
    fields: dict[str, "Shape | None"] = field(default_factory=dict)
    default: tuple[str, ...] = ()
    wrapped: bool = False
    schema: dict[str, Any] = field(default_factory=dict)


class Shapes:
    """The shapes of a document's schemas, each made once: schemas lead to each other in circles."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[int, Shape] = {}
        schemas = document.tree.get("components", {}).get("schemas", {})
        # Names of fields whose values are times, for `date_format`.
        self.times = {
            name
            for schema in schemas.values()
            for name, value in document.properties(schema).items()
            if document.resolve(value).get("x-graph-type") == "datetime"
        }

    def of(self, operation: Operation) -> Shape:
        """The shape of the node that an operation answers, or of an entry of its list."""
        shape = self._of(operation.responses["200"]["content"][JSON]["schema"])
        inner = shape.fields.get("data")
        return inner if inner is not None else shape

    def complete(self, nodes: Mapping[str, Shape]) -> None:
        """Every shape of a node's type has the fields of the node itself, too, whatever else an edge adds.

        `nodes`: type → the shape of the answer of the operation that reads it.
        """
        for shape in self._known.values():
            if whole := nodes.get(shape.node):
                shape.fields = {**whole.fields, **shape.fields}

    def _of(self, schema: dict[str, Any]) -> Shape:
        schema = self._document.resolve(schema)
        if id(schema) in self._known:
            return self._known[id(schema)]
        shape = self._known[id(schema)] = Shape(schema.get("x-graph-node", ""), schema=schema)
        for name, value in self._document.properties(schema).items():
            one = self._document.resolve(value)
            one = self._document.resolve(one.get("items", one))
            shape.fields[name] = self._of(one) if self._document.properties(one) else None
        shape.default = tuple(schema.get("x-default-fields", shape.fields))
        shape.wrapped = not shape.node and shape.fields.keys() == {"data"}
        return shape
