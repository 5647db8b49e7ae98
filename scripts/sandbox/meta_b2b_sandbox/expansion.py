"""What is shown of the nodes that handlers answer: the fields that a caller wants, and the edges among them.

Names are checked against the schema of the answer. An edge of a node is a field of it: it is read as the operation of
the edge would be, and is whole, with its own `paging` (Graph API, guides/field-expansion).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from meta_b2b_sandbox import fields
from meta_b2b_sandbox.document import JSON
from meta_b2b_sandbox.errors import Failure, GraphError
from meta_b2b_sandbox.graph_names import GraphNames
from meta_b2b_sandbox.reading import read_params
from meta_b2b_sandbox.routing import Endpoint, Routes
from meta_b2b_sandbox.shapes import Shape

if TYPE_CHECKING:
    from meta_b2b_sandbox.wire import Call

INVALID = Failure("invalid_parameter", __name__)
MISSING_IN_FIELD = Failure("missing_in_field", __name__)
UNKNOWN_FIELD = Failure("unknown_field", __name__)

MAX_EDGES = 500  # that one call reads [A39]
_ABSENT = object()


@dataclass(slots=True, eq=False)
class Choice:
    """A field to show. `inner`: what to show of the objects in it, None for a value.

    `edge`: the endpoint that reads it, with its parameters, and the text that chose `inner`.
    """

    name: str
    inner: "Selection | None" = None
    wrapped: bool = False
    edge: Endpoint | None = None
    params: dict[str, Any] = field(default_factory=dict)
    text: str = ""


@dataclass(slots=True, eq=False)
class Selection:
    """Which fields of a node to show, in this order. `whole`: those that a handler answers anyhow."""

    node: str
    choices: list[Choice]
    whole: bool = False


class Expansion:
    """Selects and shows. Knows the document's nodes and edges, and the names of all others that Graph has."""

    def __init__(
        self,
        routes: Routes,
        names: GraphNames,
        readers: Mapping[str, Callable[["Call", str], dict[str, Any]]],
    ) -> None:
        """`readers`: type of a node → what reads the fields that a handler's answer does not have."""
        self._routes, self._names, self._readers = routes, names, readers
        self._known = lru_cache(maxsize=fields.KEPT)(self.select_anew)
        self._defaults: dict[Shape, Selection] = {}

    def selection(self, shape: Shape, by_default: tuple[str, ...] | None, text: str) -> tuple[Selection, str]:
        """What a text chooses of a node, and what of it is not modelled, with commas between.

        `by_default`: names for an empty text, where they are not those of the shape. Raises GraphError.
        """
        return (self._known if len(text) <= fields.LONG else self.select_anew)(shape, by_default, text)

    def select_anew(
        self, shape: Shape, by_default: tuple[str, ...] | None, text: str
    ) -> tuple[Selection, str]:
        """The same, whether the text was seen before or not."""
        wanted = fields.parse_anew(text)
        if not wanted:
            if by_default is None:
                return self._default(shape), ""
            wanted = dict.fromkeys(by_default, fields.Wanted())
        absent: list[str] = []
        selection = self._select(shape, wanted, absent)
        return selection, ",".join(dict.fromkeys(absent))

    def _default(self, shape: Shape) -> Selection:
        if shape not in self._defaults:
            known = self._defaults[shape] = Selection(shape.node, [], whole=True)
            for name in shape.default:
                inner = shape.fields[name]
                known.choices.append(Choice(name, self._default(inner) if inner else None))
        return self._defaults[shape]

    def _select(self, shape: Shape, wanted: fields.Fields, absent: list[str]) -> Selection:
        """`absent` gets the names that Graph has and the sandbox has not."""
        selection = Selection(shape.node, [])
        for name, one in wanted.items():
            if name in shape.fields:
                inner = shape.fields[name]
                if inner is None and one.fields:
                    raise INVALID(detail=f"Subfields are not supported by {name}")
                choice = Choice(name)
                if inner is not None:
                    choice.wrapped = inner.wrapped
                    inside = inner.fields["data"] if inner.wrapped else inner
                    assert inside is not None
                    choice.inner = (
                        self._select(inside, one.fields, absent) if one.fields else self._default(inside)
                    )
                selection.choices.append(choice)
            elif edge := self._routes.edges.get(shape.node, {}).get(name):
                selection.choices.append(self._edge(name, edge, one, absent))
            elif name == "metadata" and shape.node in self._routes.reads:
                selection.choices.append(Choice(name))
            elif self._names.has(shape.node, name):
                absent.append(name)
            else:
                raise UNKNOWN_FIELD(field=name[:50], node=shape.node)
        return selection

    def _edge(self, name: str, edge: Endpoint, wanted: fields.Wanted, absent: list[str]) -> Choice:
        given = dict(wanted.params)
        none = given.get("limit") == "0"  # `.limit(0).summary(true)`: the number of entries alone
        if none:
            del given["limit"]
        if "summary" in given:
            given["summary"] = "true"  # true or 1, as the guide has it
        try:
            params = read_params(edge, given, JSON, {})
        except GraphError as error:
            if error.example == "missing_parameter" and error.values:
                raise MISSING_IN_FIELD(field=name, name=error.values["name"]) from None
            raise
        if none:
            params["limit"] = 0
        if wanted.fields:
            inner = self._select(edge.shape, wanted.fields, absent)
        elif edge.by_default is None:
            inner = self._default(edge.shape)
        else:
            inner = self._select(edge.shape, dict.fromkeys(edge.by_default, fields.Wanted()), absent)
        return Choice(name, inner, False, edge, params, wanted.text)

    def show(self, call: "Call", selection: Selection, nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What is selected of each node, and its id always. Raises GraphError as the edges in it do."""
        if selection.whole:
            return nodes
        return [self._show(call, selection, node) for node in nodes]

    def _show(self, call: "Call", selection: Selection, node: dict[str, Any]) -> dict[str, Any]:
        shown: dict[str, Any] = {}
        more: dict[str, Any] | None = None
        for choice in selection.choices:
            if choice.edge is not None:
                value = call.expand(choice, node["id"])
            elif (value := node.get(choice.name, _ABSENT)) is _ABSENT:
                if more is None:
                    reader = self._readers.get(selection.node)
                    more = reader(call, node["id"]) if reader is not None else {}
                value = more.get(choice.name)
            if choice.name == "metadata":
                value = call.metadata(selection.node, node["id"])
            if value is None:
                continue  # Graph leaves out what has no value
            if choice.inner is not None and choice.edge is None:
                value = self._inside(call, choice, choice.inner, value)
            shown[choice.name] = value
        if "id" in node:
            shown.setdefault("id", node["id"])
        return shown

    def _inside(self, call: "Call", choice: Choice, inner: Selection, value: Any) -> Any:
        if isinstance(value, list):
            return self.show(call, inner, value)
        if choice.wrapped:
            return {"data": self.show(call, inner, [value["data"]])[0]}
        return self.show(call, inner, [value])[0]
