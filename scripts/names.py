"""The fields and edges that Meta's SDK (facebook-business) names for the nodes of the document.

Read from the SDK's source, not by importing it: it is a thousand modules, and not all of them can be imported. What is
read is the form in which the SDK's generator writes a node's class, and the calls of the mixins that some of them have.
"""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from scripts.node import ToolMissing

DISTRIBUTION = "facebook-business"
PACKAGE = "facebook_business"
# The base of each class that has an id, and that of all. Their own calls are for any node, and tell nothing about one.
NODE_BASE = "AbstractCrudObject"
ROOTS = {NODE_BASE, "AbstractObject"}


class NamesError(Exception):
    """The SDK's source is not of the form that is read here; the text says where."""


@dataclass
class Node:
    """What the SDK names for one node. `methods`: the HTTP methods of the node itself, of each edge in `edges`."""

    fields: set[str] = field(default_factory=set)
    methods: set[str] = field(default_factory=set)
    edges: dict[str, set[str]] = field(default_factory=dict)


def graph_names(tree: dict[str, Any]) -> str:
    """The names for the OpenAPI document `tree`, from the installed SDK, as the text of graph_names.json.

    Raises ToolMissing when the SDK is not installed, NamesError.
    """
    spec = find_spec(PACKAGE)
    try:
        release = version(DISTRIBUTION)
    except PackageNotFoundError:
        release = None
    if not (spec and spec.origin and release):
        raise ToolMissing(f"{DISTRIBUTION} is missing (there is no Python package {PACKAGE})")
    about = f"Written by make generate, from {DISTRIBUTION} {release}"
    nodes = Sdk(Path(spec.origin).parent).nodes(set(node_types(tree)))
    content = {
        name: {
            "fields": sorted(node.fields),
            "methods": sorted(node.methods),
            "edges": {edge: sorted(methods) for edge, methods in sorted(node.edges.items())},
        }
        for name, node in nodes.items()
    }
    lines = json.dumps({"about": about, "nodes": content}, indent=1)
    # One line for each field and each edge: lists of methods go into one.
    return re.sub(r'\[[A-Z",\s]*\]', lambda found: f"[{' '.join(found[0][1:-1].split())}]", lines) + "\n"


def node_types(tree: Any) -> Iterator[str]:
    """Each `x-graph-node` in the document, as often as it stands there."""
    if isinstance(tree, dict):
        if isinstance(name := tree.get("x-graph-node"), str):
            yield name
        for value in tree.values():
            yield from node_types(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from node_types(value)


class Sdk:
    """The SDK's source in the folder of its package."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def nodes(self, types: set[str]) -> dict[str, Node]:
        """Node type → what the SDK names for it, sorted; without those that it has no class of a node for.

        Raises NamesError, also when it has none at all: then its classes stand elsewhere now.
        """
        found = {name: node for name in sorted(types) if (node := self._node(name))}
        if types and not found:
            raise NamesError(f"{PACKAGE}/adobjects has no class for any of: {', '.join(sorted(types))}")
        return found

    def classes(self, name: str) -> list[tuple[Path, ast.ClassDef]]:
        """The class of the node `name` and its mixins, each with its file; [] when there is no class of a node.

        Raises NamesError.
        """
        file = self._folder / "adobjects" / f"{name.lower()}.py"
        found = list(self._classes(file, name)) if file.is_file() else []
        # A class without this base is a plain value that has the node's name by chance (Permission).
        if all(one.name != NODE_BASE for _, one in found):
            return []
        return [(place, one) for place, one in found if one.name not in ROOTS]

    def _node(self, name: str) -> Node | None:
        classes = self.classes(name)
        if not classes:
            return None
        node = Node()
        for place, one in classes:
            node.fields |= field_names(one)
            for method, edge in calls(one, place.relative_to(self._folder)):
                (node.edges.setdefault(edge, set()) if edge else node.methods).add(method)
        return node

    def _classes(self, file: Path, name: str) -> Iterator[tuple[Path, ast.ClassDef]]:
        """The class `name` in `file` and its bases, each with its file; the bases of ROOTS are left out."""
        place = f"{PACKAGE}/{file.relative_to(self._folder)}"
        try:
            body = ast.parse(file.read_bytes()).body
        except OSError as error:
            raise NamesError(f"{place} cannot be read: {error.strerror}") from error
        except (SyntaxError, ValueError) as error:
            raise NamesError(f"{place} cannot be read: {error}") from error
        one = next((node for node in body if isinstance(node, ast.ClassDef) and node.name == name), None)
        if one is None:
            raise NamesError(f"{place} has no class {name}")
        yield file, one
        if name in ROOTS:
            return
        modules = {
            alias.name: node.module
            for node in body
            if isinstance(node, ast.ImportFrom) and node.module
            for alias in node.names
        }
        for base in one.bases:
            wanted = ast.unparse(base)
            module = modules.get(wanted, "")
            if module.startswith(f"{PACKAGE}."):
                path = self._folder.joinpath(*module.split(".")[1:]).with_suffix(".py")
                yield from self._classes(path, wanted)
            elif wanted != "object":
                raise NamesError(
                    f"{place}:{base.lineno}: the base {wanted} of {name} is not imported by name from {PACKAGE}"
                )


def field_names(one: ast.ClassDef) -> set[str]:
    """The values in the class `Field` within the class: "timezone_name" of `timezone_name = 'timezone_name'`."""
    return inner_values(one, "Field")


def inner_values(one: ast.ClassDef, name: str) -> set[str]:
    """The texts that the class `name` within the class gives names to."""
    return {
        line.value.value
        for inner in one.body
        if isinstance(inner, ast.ClassDef) and inner.name == name
        for line in inner.body
        if isinstance(line, ast.Assign)
        and isinstance(line.value, ast.Constant)
        and isinstance(line.value.value, str)
    }


def calls(one: ast.ClassDef, place: Path) -> Iterator[tuple[str, str]]:
    """(HTTP method, edge) of each call in the class; the edge is "" for the node itself.

    `place`: its file, for the error. Raises NamesError for a FacebookRequest that tells neither in plain words.
    """
    for call in ast.walk(one):
        match call:
            # FacebookRequest(node_id=…, method='GET', endpoint='/owned_pixels', …), as the SDK's generator writes it
            case ast.Call(func=ast.Name("FacebookRequest"), keywords=keywords):
                named = {keyword.arg: keyword.value for keyword in keywords}
                match named.get("method"), named.get("endpoint"):
                    case ast.Constant(str(method)), ast.Constant(str(path)):
                        yield method, path.strip("/")
                    case _:
                        where = f"{PACKAGE}/{place}:{call.lineno}"
                        raise NamesError(f"{where}: a FacebookRequest without a plain method and endpoint")
            # self.get_api_assured().call('POST', (self.get_id_assured(), 'adlabels'), …), written by hand in mixins;
            # others there make the address as they run, and no name can be read.
            case ast.Call(
                func=ast.Attribute(attr="call"),
                args=[
                    ast.Constant(str(method)),
                    ast.Tuple([ast.Call(func=ast.Attribute(attr="get_id_assured")), ast.Constant(str(path))]),
                ],
            ):
                yield method, path
