"""Which operation a request is for, and what it takes: routes and validators, both made from the document."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import jsonschema_rs

from meta_b2b_sandbox.document import JSON, Document, Operation, form
from meta_b2b_sandbox.shapes import Shape, Shapes

ONE_IN_A_LIST = re.compile(r'^\["(\w+)"\]$', re.ASCII)
LONG = 200  # characters: longer paths are not kept, or a caller could fill the memory


@dataclass
class Parameter:
    """A parameter of the path or the query, or one property of a body.

    `choices`: the values allowed, of a list's items; `default`: the value without one. Of a form, those of the JSON.
    """

    name: str
    schema: dict[str, Any]
    required: bool
    validator: Any
    choices: list[str] = field(default_factory=list)
    default: Any = None

    def __post_init__(self) -> None:
        self.is_id = self.name in ("business", "user") or self.name.endswith("_id")
        self.is_scope = self.name == "scope"
        self.is_integer = self.schema.get("type") == "integer"
        self.cut_to: int | None = self.schema.get("x-cut-to")
        self.is_true = "true" in self.schema.get("enum", ())  # other names stand beside it: `summary`

    def parse(self, value: Any) -> Any:
        """The value as its schema's type: query parameters arrive as text. What cannot be read stays as it is."""
        if self.is_integer and isinstance(value, str) and re.fullmatch("-?[0-9]{1,1000}", value):
            return int(value)
        if self.is_true and isinstance(value, str):
            return {"True": "true"}.get(value, ONE_IN_A_LIST.sub(r"\1", value))
        return value


@dataclass
class Endpoint:
    """One operation, ready to be served. `bodies`: media type → properties of the body; empty without a body.

    `nodes`: the types of the nodes that the id in its path may lead to. `id_name`: that of the id. `edge`: what stands
    behind the id, "" for the node itself. `shape`: of the node that it answers. `by_default`: the names that show
    without `fields`, where they are not those of the shape. `public`: it takes no token. `scope`: the permission that
    it takes, "" for none. `without`: the name of the failure without it. `defaults` and `required` are of the query.
    """

    id: str
    method: str  # as on the wire: in capitals
    nodes: tuple[str, ...]
    id_name: str
    edge: str
    query: dict[str, Parameter]
    bodies: dict[str, dict[str, Parameter]]
    shape: Shape
    by_default: tuple[str, ...] | None
    public: bool = False
    scope: str = ""
    without: str = ""

    def __post_init__(self) -> None:
        schemas = {name: parameter.schema for name, parameter in self.query.items()}
        self.defaults = {name: schema["default"] for name, schema in schemas.items() if "default" in schema}
        self.required = [name for name, parameter in self.query.items() if parameter.required]


@dataclass
class Route:
    """One path: which text matches it, its parameters, and the endpoints on it by HTTP method.

    `nodes`: the types of the nodes that the id in it may lead to. `others`: the routes of the same form, whose ids lead
    to nodes of other types.
    """

    template: str
    pattern: re.Pattern[str]
    parameters: dict[str, Parameter]
    nodes: tuple[str, ...]
    endpoints: dict[str, Endpoint] = field(default_factory=dict)
    others: list["Route"] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Whether the type of the node counts: the id of an ad account is one by its `act_`.
        self.typed = bool(self.nodes) and self.nodes != ("AdAccount",)


@dataclass
class Match:
    """The route of a path, with the texts of its parameters by name.

    `invalid`: name and text of the first that is not as the document says.
    """

    route: Route
    values: Mapping[str, str]
    invalid: tuple[str, str] | None


class Routes:
    """All routes of a document."""

    def __init__(self, document: Document) -> None:
        self._document, self._shapes = document, Shapes(document)
        self.times = self._shapes.times
        self._validators: dict[str, Any] = {}
        routes: dict[str, Route] = {}
        for operation in document.operations.values():
            if operation.path not in routes:
                pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]*)", re.escape(operation.path))
                parameters = self._parameters(operation, "path")
                nodes = nodes_of(operation)
                routes[operation.path] = Route(operation.path, re.compile(pattern), parameters, nodes)
            endpoint = self._endpoint(operation)
            routes[operation.path].endpoints[endpoint.method] = endpoint
        # `/act_{id}/agencies` before `/{id}/agencies`: the longer literal text is the better match.
        self.routes = sorted(routes.values(), key=lambda route: -len(re.sub("{.*?}", "", route.template)))
        self.endpoints = {e.id: e for route in self.routes for e in route.endpoints.values()}
        for route in self.routes:
            alike = [one for one in self.routes if form(one.template) == form(route.template)]
            route.others = [one for one in alike if one is not route]
        # Type of a node → its edges by name, and the endpoint that reads it.
        self.edges: dict[str, dict[str, Endpoint]] = {}
        self.reads: dict[str, Endpoint] = {}
        for endpoint in self.endpoints.values():
            for node in endpoint.nodes if endpoint.method == "GET" else ():
                if endpoint.edge:
                    self.edges.setdefault(node, {})[endpoint.edge] = endpoint
                else:
                    self.reads[node] = endpoint
        self._shapes.complete({node: endpoint.shape for node, endpoint in self.reads.items()})
        self._known = lru_cache(maxsize=4096)(self._match)
        self._by_tail: dict[tuple[int, str], list[Route]] = {}
        for route in self.routes:
            tail = route.template.rpartition("/")[2]
            key = (route.template.count("/"), "" if "{" in tail else tail)
            self._by_tail.setdefault(key, []).append(route)

    def match(self, path: str) -> Match | None:
        """The route of a path without version and without a slash at its end; None for an unknown path."""
        return self._known(path) if len(path) <= LONG else self._match(path)

    def _match(self, path: str) -> Match | None:
        count = path.count("/")
        tail = path.rpartition("/")[2]
        for key in ((count, tail), (count, "")):
            for route in self._by_tail.get(key, ()):
                if fits := route.pattern.fullmatch(path):
                    values = fits.groupdict()
                    wrong = (
                        (name, value)
                        for name, value in values.items()
                        if not route.parameters[name].validator.is_valid(route.parameters[name].parse(value))
                    )
                    return Match(route, values, next(wrong, None))
        return None

    def _endpoint(self, operation: Operation) -> Endpoint:
        bodies = {}
        for kind, media in operation.bodies.items():
            schema = self._document.resolve(media["schema"])
            bodies[kind] = {
                name: self._parameter(name, value, name in schema.get("required", []))
                for name, value in schema.get("properties", {}).items()
            }
        for properties in bodies.values():
            for name, parameter in properties.items():
                if twin := bodies.get(JSON, {}).get(name):
                    parameter.choices, parameter.default = twin.choices, twin.schema.get("default")
        by_default = operation.definition.get("x-default-fields")
        return Endpoint(
            operation.id,
            operation.method.upper(),
            nodes_of(operation),
            next((p["name"] for p in operation.parameters if p["in"] == "path"), ""),
            operation.path.rpartition("/")[2] if operation.path.count("/") > 1 else "",
            self._parameters(operation, "query"),
            bodies,
            self._shapes.of(operation),
            None if by_default is None else tuple(by_default),
            operation.definition.get("security") == [],
            **operation.definition.get("x-scope", {}),
        )

    def _parameters(self, operation: Operation, place: str) -> dict[str, Parameter]:
        """The parameters in the path or in the query."""
        return {
            p["name"]: self._parameter(p["name"], p["schema"], p.get("required", False))
            for p in operation.parameters
            if p["in"] == place
        }

    def _parameter(self, name: str, schema: dict[str, Any], required: bool) -> Parameter:
        key = json.dumps(schema)
        if key not in self._validators:
            # What references lead to, and no more: each validator reads all of it.
            schemas = self._document.tree.get("components", {}).get("schemas", {})
            whole = {**schema, "components": {"schemas": schemas}}
            self._validators[key] = jsonschema_rs.Draft202012Validator(whole)
        resolved = self._document.resolve(schema)
        choices = self._document.resolve(resolved.get("items", {})).get("enum", [])
        return Parameter(name, resolved, required, self._validators[key], choices)


def nodes_of(operation: Operation) -> tuple[str, ...]:
    """The types of the nodes that the id in an operation's path may lead to (`x-graph-node` of the parameter)."""
    for parameter in operation.parameters:
        if parameter["in"] == "path" and "x-graph-node" in parameter:
            nodes = parameter["x-graph-node"]
            return (nodes,) if isinstance(nodes, str) else tuple(nodes)
    return ()
