"""Routes and validation, read from an OpenAPI document: there is no second list of paths or parameters."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml

METHODS = ("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE")  # those of OpenAPI
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"


class DocumentError(Exception):
    """The OpenAPI document cannot be served; the text says why."""


@dataclass
class Parameter:
    """A query parameter, or one property of a body."""

    name: str
    schema: dict[str, Any]
    required: bool
    validator: Any
    # The values allowed, of a list's items; in a form the same as in JSON.
    choices: list[str] = field(default_factory=list)

    def parse(self, value: Any) -> Any:
        """The value as its schema's type: query parameters arrive as text. Left alone when it is none."""
        if (
            self.schema.get("type") == "integer"
            and isinstance(value, str)
            and re.fullmatch("-?[0-9]{1,18}", value)
        ):
            return int(value)
        return value


@dataclass
class Operation:
    """One operation: how it is called, and what it takes."""

    id: str
    method: str
    path_parameters: dict[str, Parameter]
    query: dict[str, Parameter]
    # Media type → properties of the body. Empty without a body.
    bodies: dict[str, dict[str, Parameter]] = field(default_factory=dict)


@dataclass
class Route:
    """One path: which text matches it, and the operations on it by HTTP method."""

    template: str
    pattern: re.Pattern[str]
    operations: dict[str, Operation]


@dataclass
class Match:
    """A path that was found, with the texts of its parameters."""

    route: Route
    values: dict[str, str]


class Document:
    """An OpenAPI document, ready to serve. Raises DocumentError when it is broken."""

    def __init__(self, file: Path) -> None:
        try:
            self.tree: dict[str, Any] = yaml.load(
                file.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
            )
            self._validators: dict[str, Any] = {}
            self.routes = sorted(
                (self._route(path, item) for path, item in self.tree["paths"].items()),
                # `/act_{id}/agencies` before `/{id}/agencies`: the longer literal text is the better match.
                key=lambda route: -len(re.sub("{.*?}", "", route.template)),
            )
        except FileNotFoundError:
            raise DocumentError(f"{file} does not exist") from None
        except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
            raise DocumentError(f"{file} is not a usable OpenAPI document: {error!r}") from None
        self._by_tail: dict[tuple[int, str], list[Route]] = {}
        for route in self.routes:
            tail = route.template.rpartition("/")[2]
            key = (route.template.count("/"), "" if "{" in tail else tail)
            self._by_tail.setdefault(key, []).append(route)

    @property
    def operations(self) -> dict[str, Operation]:
        """operationId → operation."""
        return {o.id: o for route in self.routes for o in route.operations.values()}

    def match(self, path: str) -> Match | None:
        """The route of a path without version and without a slash at its end."""
        count = path.count("/")
        tail = path.rpartition("/")[2]
        for key in ((count, tail), (count, "")):
            for route in self._by_tail.get(key, ()):
                if found := route.pattern.fullmatch(path):
                    return Match(route, found.groupdict())
        return None

    def resolve(self, node: Any) -> Any:
        """What a `$ref` within the document leads to; anything else as it is."""
        while isinstance(node, dict) and "$ref" in node:
            target: Any = self.tree
            for key in node["$ref"].removeprefix("#/").split("/"):
                target = target[key.replace("~1", "/").replace("~0", "~")]
            node = target
        return node

    def error_examples(self) -> dict[tuple[int, int | None], tuple[int, dict[str, Any]]]:
        """(code, subcode) → (HTTP status, the error as the document shows it); (code, None) is always there."""
        found: dict[tuple[int, int | None], tuple[int, dict[str, Any]]] = {}
        for item in self.tree["paths"].values():
            for method in METHODS:
                for status, response in item.get(method.lower(), {}).get("responses", {}).items():
                    for media in self.resolve(response).get("content", {}).values():
                        for example in media.get("examples", {}).values():
                            error = self.resolve(example)["value"].get("error")
                            if isinstance(error, dict) and "code" in error:
                                key = (error["code"], error.get("error_subcode"))
                                found.setdefault(key, (int(status), error))
        return {(code, None): shown for (code, _), shown in found.items()} | found

    def _route(self, path: str, item: dict[str, Any]) -> Route:
        shared = item.get("parameters", [])
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]*)", re.escape(path))
        found = {}
        for method in METHODS:
            if method.lower() in item:
                found[method] = self._operation(method, item[method.lower()], shared)
        return Route(path, re.compile(pattern), found)

    def _operation(self, method: str, operation: dict[str, Any], shared: list[Any]) -> Operation:
        parameters = [self.resolve(p) for p in [*shared, *operation.get("parameters", [])]]
        places: dict[str, dict[str, Parameter]] = {"path": {}, "query": {}}
        for p in parameters:
            places[p["in"]][p["name"]] = self._parameter(p["name"], p["schema"], p.get("required", False))
        bodies = {}
        for kind, media in self.resolve(operation.get("requestBody", {})).get("content", {}).items():
            schema = self.resolve(media["schema"])
            bodies[kind] = {
                name: self._parameter(name, value, name in schema.get("required", []))
                for name, value in schema.get("properties", {}).items()
            }
        for properties in bodies.values():
            for name, parameter in properties.items():
                parameter.choices = bodies[JSON][name].choices if name in bodies.get(JSON, {}) else []
        return Operation(operation["operationId"], method, places["path"], places["query"], bodies)

    def _parameter(self, name: str, schema: dict[str, Any], required: bool) -> Parameter:
        key = repr(schema)
        if key not in self._validators:
            # The references are resolved against the whole document.
            self._validators[key] = jsonschema_rs.Draft202012Validator(
                {**schema, "components": self.tree.get("components", {})}
            )
        resolved = self.resolve(schema)
        choices = self.resolve(resolved.get("items", {})).get("enum", [])
        return Parameter(name, resolved, required, self._validators[key], choices)
