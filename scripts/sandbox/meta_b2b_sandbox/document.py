"""The OpenAPI documents, read in one place: load, `$ref`, operations, error examples and the server's address.

Everything that needs the document starts here: routes and validation of the sandbox, the client's generator, the
contract suite and the tests.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

# Package data; in a checkout a link to the folder that is edited, so that an edit counts without a build.
OPENAPI = Path(__file__).parent / "openapi"
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")  # those of OpenAPI
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"


class DocumentError(Exception):
    """The OpenAPI document cannot be used; the text says which and why."""


@dataclass(frozen=True)
class Operation:
    """One operation as the document has it, with what it refers to.

    `parameters`: those of the path and its own, resolved. `bodies`: media type → media type object of the request;
    empty without a body. `responses`: HTTP status as text → response object, resolved.
    """

    id: str
    method: str  # as in the document: in small letters
    path: str
    definition: dict[str, Any]
    parameters: list[dict[str, Any]]
    bodies: dict[str, dict[str, Any]]
    responses: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class ErrorExample:
    """A failure that the document shows.

    `message` has a `{name}` for each part that is another one in each case (`x-message` beside the example's value);
    without such parts it is the example's own text.
    """

    name: str
    status: int
    error: dict[str, Any]
    message: str


class Document:
    """An OpenAPI document as a tree, and the questions that its readers ask it."""

    def __init__(self, tree: dict[str, Any], name: str = "the document") -> None:
        """`name` is for error texts. `tree` is kept as spelled_out() gives it. Raises DocumentError for what has no
        operations as OpenAPI 3 has them."""
        self.name = name
        try:
            self.tree = spelled_out(tree)
            self.operations: dict[str, Operation] = {o.id: o for o in self._operations()}
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise DocumentError(f"{name} is not a usable OpenAPI document: {error!r}") from None

    @classmethod
    def load(cls, file: Path) -> "Document":
        """The document in a YAML (or JSON) file. Raises DocumentError when there is none."""
        try:
            tree = yaml.load(file.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except OSError as error:
            raise DocumentError(f"{file} cannot be read: {error.strerror}") from None
        except (yaml.YAMLError, ValueError) as error:
            raise DocumentError(f"{file} is not YAML: {error}") from None
        return cls(tree, str(file))

    def properties(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The properties of an object's schema, name → schema, with those of the schemas in its `allOf`."""
        schema = self.resolve(schema)
        found: dict[str, Any] = {}
        for part in schema.get("allOf", ()):
            found |= self.properties(part)
        found |= schema.get("properties", {})
        return found

    def resolve(self, node: Any) -> Any:
        """What a `$ref` within the document leads to; anything else as it is."""
        while isinstance(node, dict) and "$ref" in node:
            target: Any = self.tree
            for key in node["$ref"].removeprefix("#/").split("/"):
                target = target[key.replace("~1", "/").replace("~0", "~")]
            node = target
        return node

    @property
    def version(self) -> str:
        """`info.version`."""
        return str(self.tree["info"]["version"])

    @property
    def server_url(self) -> str:
        """The first server's address with the defaults of its variables: "https://graph.facebook.com/v26.0"."""
        server = self.tree["servers"][0]
        defaults = {name: variable["default"] for name, variable in server.get("variables", {}).items()}
        return str(server["url"].format(**defaults))

    @property
    def base_path(self) -> str:
        """The path part of it, "" when it has none: "/v26.0"."""
        return urlsplit(self.server_url).path.rstrip("/")

    @cached_property
    def errors(self) -> dict[str, ErrorExample]:
        """The named error examples of all operations. Raises DocumentError when one name means two failures."""
        found: dict[str, ErrorExample] = {}
        for operation in self.operations.values():
            for status, response in operation.responses.items():
                for media in response.get("content", {}).values():
                    for name, reference in media.get("examples", {}).items():
                        example = self.resolve(reference)
                        value = example["value"]
                        error = value.get("error") if isinstance(value, dict) else None
                        if isinstance(error, dict):
                            message = example.get("x-message", error["message"])
                            one = ErrorExample(name, int(status), error, message)
                            if identity(found.setdefault(name, one)) != identity(one):
                                raise DocumentError(f"{self.name}: two errors have the name {name}")
        return found

    def _operations(self) -> Iterator[Operation]:
        for path, item in mounted(self.tree)["paths"].items():
            for method in METHODS:
                if method in item:
                    one = item[method]
                    yield Operation(
                        one["operationId"],
                        method,
                        path,
                        one,
                        [self.resolve(p) for p in [*item.get("parameters", []), *one.get("parameters", [])]],
                        self.resolve(one.get("requestBody", {})).get("content", {}),
                        {status: self.resolve(answer) for status, answer in one["responses"].items()},
                    )


@cache
def packaged(name: str) -> Document:
    """The package's own document in this file ("b2b.yaml"), read once: nobody may change it. Raises DocumentError."""
    return Document.load(OPENAPI / name)


def mounted(tree: dict[str, Any]) -> dict[str, Any]:
    """A new tree whose `paths` have the path items of `components` too, each at its `x-path`, behind the path of the
    same form.

    OpenAPI allows only one of the paths that differ in the names of their parameters; these consumers do not mind.
    """
    items = tree.get("components", {}).get("pathItems", {}).values()
    paths: dict[str, Any] = {}
    for path, item in tree["paths"].items():
        paths[path] = item
        for other in items:
            if form(other["x-path"]) == form(path):
                paths[other["x-path"]] = {key: value for key, value in other.items() if key != "x-path"}
    components = {key: value for key, value in tree.get("components", {}).items() if key != "pathItems"}
    return {**tree, "paths": paths, "components": components} if items else tree


def spelled_out(tree: dict[str, Any]) -> dict[str, Any]:
    """A new tree in which each pattern beside `x-items` has the values of that enum in place of `[A-Z_]+`.

    So the document has a list of values once, and a pattern that can be read; validators need the whole one.
    """
    schemas = tree.get("components", {}).get("schemas", {})
    whole = {}
    for name, schema in schemas.items():
        if "x-items" in schema:
            values = schemas[schema["x-items"]["$ref"].rpartition("/")[2]]["enum"]
            whole[name] = {
                **schema,
                "pattern": schema["pattern"].replace("[A-Z_]+", f"(?:{'|'.join(values)})"),
            }
    return {**tree, "components": {**tree["components"], "schemas": {**schemas, **whole}}} if whole else tree


def form(path: str) -> str:
    """A path without the names of its parameters."""
    return re.sub("{[^}]*}", "{}", path)


def identity(example: ErrorExample) -> tuple[Any, ...]:
    """What all examples of one name have in common: everything but the text of the case that is shown."""
    error = {name: value for name, value in example.error.items() if name != "message"}
    return example.status, error, example.message
