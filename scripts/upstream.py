"""Compare openapi/b2b.yaml with a release of Meta's SDK for Python (`make upstream`).

Prints what Meta added, removed or renamed since the release that pyproject.toml pins, among the nodes of the document;
and where document and SDK differ, as far as scripts/upstream.yaml does not know it. Exit codes: 0 no news, 1 news, 2
wrong usage or no such release.
"""

import argparse
import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from fnmatch import fnmatchcase
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

from meta_b2b_sandbox.document import Document, DocumentError, Operation

from scripts.names import DISTRIBUTION, PACKAGE, NamesError, Sdk, calls, field_names, inner_values, node_types
from scripts.node import ROOT
from scripts.yaml_io import YamlError, load_yaml

DOCUMENT = ROOT / "openapi" / "b2b.yaml"
KNOWN = ROOT / "scripts" / "upstream.yaml"

# One thing that document or SDK says, from the whole to the part:
# ("Page", "edge agencies", "POST", "parameter permitted_tasks", "value ADVERTISE"). The node itself is the edge "".
Fact = tuple[str, ...]
VERSION = "default version"
ITSELF = "itself"


class UpstreamError(Exception):
    """The release or the file of known differences cannot be used; the text says why."""


def sdk_facts(folder: Path, types: Iterable[str]) -> set[Fact]:
    """What the SDK in the folder of its package says about the nodes `types`. Raises NamesError."""
    sdk = Sdk(folder)
    sdk.nodes(set(types))  # raises when there is none of them at all
    found: set[Fact] = {(f"{VERSION} {default_version(folder)}",)}
    for name in types:
        classes = sdk.classes(name)
        found |= {(name,)} if classes else set()
        for file, one in classes:
            found |= {(name, f"field {field}") for field in field_names(one)}
            for field, kind in assigned(one, "_field_types").items():
                found |= values((name, f"field {field}"), inner_values(one, kind))
            for method, edge in calls(one, file.relative_to(folder)):
                found |= {(name, place(edge)), (name, place(edge), method)}
            for function in (node for node in one.body if isinstance(node, ast.FunctionDef)):
                for method, edge in calls(wrapped(function), file.relative_to(folder)):
                    found |= parameters(function, (name, place(edge), method), classes)
    return found


def place(edge: str) -> str:
    return f"edge {edge}" if edge else ITSELF


def wrapped(function: ast.FunctionDef) -> ast.ClassDef:
    """A class with this function alone."""
    one = ast.parse("class One: pass").body[0]
    assert isinstance(one, ast.ClassDef)
    one.body = [function]
    return one


def values(parent: Fact, names: Iterable[str]) -> set[Fact]:
    return {(*parent, f"value {name}") for name in names}


def parameters(function: ast.FunctionDef, call: Fact, classes: list[tuple[Path, ast.ClassDef]]) -> set[Fact]:
    """The parameters of the call that a method of the SDK makes, and the values of those that have a list of them."""
    found: set[Fact] = set()
    enums = assigned(function, "enums")
    for name, kind in assigned(function, "param_types").items():
        fact = (*call, f"parameter {name}")
        found.add(fact)
        allowed = enums.get(re.sub(r"^list<(.*)>$", r"\1", kind), "")
        # `Page.PermittedTasks.__dict__.values()`, or a list of texts
        if inner := re.fullmatch(r"\w+\.(\w+)\.__dict__\.values\(\)", allowed):
            for _, one in classes:
                found |= values(fact, inner_values(one, inner[1]))
        elif allowed.startswith("["):
            found |= values(fact, ast.literal_eval(allowed))
    return found


def assigned(code: ast.ClassDef | ast.FunctionDef, name: str) -> dict[str, str]:
    """Key → value of the dictionary that `code` gives the name: a text as it is, anything else as its source."""
    found = {}
    for line in code.body:
        match line:
            case ast.Assign([ast.Name(target)], ast.Dict(keys, entries)) if target == name:
                for key, value in zip(keys, entries, strict=True):
                    if isinstance(key, ast.Constant):
                        text = isinstance(value, ast.Constant) and isinstance(value.value, str)
                        found[str(key.value)] = str(value.value) if text else ast.unparse(value)  # type: ignore[attr-defined]
    return found


def default_version(folder: Path) -> str:
    """The version of the Graph API that the SDK calls: "v26.0". Raises NamesError."""
    file = folder / "apiconfig.py"
    found = re.search(r"'API_VERSION': '(v[0-9.]+)'", file.read_text("utf-8")) if file.is_file() else None
    if not found:
        raise NamesError(f"{PACKAGE}/apiconfig.py names no API_VERSION")
    return found[1]


def document_facts(document: Document) -> set[Fact]:
    """What the document says, in the same words."""
    found: set[Fact] = {(f"{VERSION} {document.base_path.strip('/')}",)}
    for schema in document.tree["components"]["schemas"].values():
        for name in node_types({"x-graph-node": schema.get("x-graph-node")}):
            found.add((name,))
            for field, one in document.properties(schema).items():
                found |= {(name, f"field {field}"), *values((name, f"field {field}"), enum(document, one))}
    for operation in document.operations.values():
        for name, edge in nodes_and_edge(operation):
            call = (name, place(edge), operation.method.upper())
            found |= {(name,), call[:2], call}
            for parameter, one in inputs(document, operation):
                fact = (*call, f"parameter {parameter}")
                found |= {fact, *values(fact, enum(document, one))}
    return found


def nodes_and_edge(operation: Operation) -> Iterator[tuple[str, str]]:
    """(node type, edge) of each node that the first part of the operation's path may be."""
    first, _, edge = operation.path.strip("/").partition("/")
    for parameter in operation.parameters:
        if parameter["in"] == "path" and f"{{{parameter['name']}}}" in first:
            types = parameter.get("x-graph-node", [])
            for name in [types] if isinstance(types, str) else types:
                yield name, edge


def inputs(document: Document, operation: Operation) -> Iterator[tuple[str, Any]]:
    """(name, schema) of each parameter of the query and of each field of a body."""
    for parameter in operation.parameters:
        if parameter["in"] == "query":
            yield parameter["name"], parameter["schema"]
    for media in operation.bodies.values():
        yield from document.properties(media["schema"]).items()


def enum(document: Document, schema: Any) -> set[str]:
    """The texts that a schema lists, its own or those of its items or of one of its alternatives."""
    schema = document.resolve(schema)
    if not isinstance(schema, dict):
        return set()
    found = {value for value in schema.get("enum", []) if isinstance(value, str)}
    for part in [
        schema.get("items"),
        *schema.get("anyOf", []),
        *schema.get("oneOf", []),
        *schema.get("allOf", []),
    ]:
        found |= enum(document, part)
    return found


def differences(document: set[Fact], sdk: set[Fact]) -> list[str]:
    """A line for each difference in what the document describes; not for the parts of what is missing as a whole.

    The document describes some fields and edges of its nodes; what else the SDK has of them is no difference.
    """
    lists = {
        side: {fact[:-1] for fact in facts if fact[-1].startswith("value ")}
        for side, facts in (("document", document), ("SDK", sdk))
    }

    def told(fact: Fact, other: set[Fact], other_lists: set[Fact]) -> bool:
        parent = fact[:-1]
        if fact[-1].startswith("value "):
            return parent in other_lists
        return not parent or parent in other

    return sorted(
        [
            f"only in the document: {' '.join(fact)}"
            for fact in document - sdk
            if told(fact, sdk, lists["SDK"])
        ]
        + [
            f"only in the SDK: {' '.join(fact)}"
            for fact in sdk - document
            if (len(fact) > 2 or fact[0].startswith(VERSION)) and told(fact, document, lists["document"])
        ]
    )


def news(found: list[str], known: dict[str, Any]) -> list[str]:
    """A line for each difference that is not known, and for each known one that is no longer there.

    Raises UpstreamError for a known one without its reason.
    """
    if bad := [key for key, reason in known.items() if not isinstance(reason, str) or not reason.strip()]:
        raise UpstreamError(f"{KNOWN.name}: no reason beside: {', '.join(bad)}")
    unknown = [line for line in found if not any(fnmatchcase(line, pattern) for pattern in known)]
    gone = [pattern for pattern in known if not any(fnmatchcase(line, pattern) for line in found)]
    return unknown + [f"no longer so, remove it from {KNOWN.name}: {pattern}" for pattern in gone]


def changes(old: set[Fact], new: set[Fact], document: set[Fact]) -> list[str]:
    """What Meta added, removed or renamed from one release to another, without the parts of what came or went whole.

    All fields and edges of the nodes; but methods, parameters and values of those only that the document describes.
    """
    old, new = (
        {fact for fact in facts if len(fact) < 3 or fact[: min(len(fact) - 1, 3)] in document}
        for facts in (old, new)
    )
    added = {fact for fact in new - old if len(fact) == 1 or fact[:-1] in old}
    removed = {fact for fact in old - new if len(fact) == 1 or fact[:-1] in new}
    found = []
    for fact in sorted(removed):
        kind = fact[-1].partition(" ")[0]
        beside = {one[-1]: one for one in added if one[:-1] == fact[:-1] and one[-1].startswith(f"{kind} ")}
        if len(fact) > 1 and (close := get_close_matches(fact[-1], beside, n=1, cutoff=0.85)):
            added.remove(beside[close[0]])
            found.append(f"renamed, by the look of it: {' '.join(fact)} → {close[0]}")
        else:
            found.append(f"removed: {' '.join(fact)}")
    return found + [f"added: {' '.join(fact)}" for fact in sorted(added)]


def download(release: str | None, folder: Path) -> tuple[str, Path]:
    """(version, folder of the package) of a release, the newest for None, from the registry that pip knows.

    Raises UpstreamError.
    """
    wanted = f"{DISTRIBUTION}=={release}" if release else DISTRIBUTION
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest"]
    result = subprocess.run([*pip, str(folder), wanted], capture_output=True, text=True, check=False)
    wheels = list(folder.glob("*.whl"))
    if result.returncode or len(wheels) != 1:
        raise UpstreamError(f"pip cannot download {wanted}:\n{result.stderr.strip()}")
    with ZipFile(wheels[0]) as wheel:
        wheel.extractall(folder)
    return wheels[0].name.split("-")[1], folder / PACKAGE


def installed() -> tuple[str, Path]:
    """(version, folder of the package) of the release that is installed here. Raises UpstreamError."""
    spec = find_spec(PACKAGE)
    if not (spec and spec.origin):
        raise UpstreamError(
            f"{DISTRIBUTION} is missing (there is no Python package {PACKAGE}); run: make setup"
        )
    return version(DISTRIBUTION), Path(spec.origin).parent


def report(release: str, folder: Path) -> tuple[list[str], list[str]]:
    """(what Meta changed since the installed release, where document and SDK differ unknown to us), a line each.

    Raises UpstreamError, NamesError, DocumentError, YamlError.
    """
    document = Document.load(DOCUMENT)
    # Those of its schemas and those that only a path leads to.
    types = sorted(
        set(node_types(document.tree))
        | {n for o in document.operations.values() for n, _ in nodes_and_edge(o)}
    )
    sdk = sdk_facts(folder, types)
    pinned, here = installed()
    described = document_facts(document)
    changed = [] if pinned == release else changes(sdk_facts(here, types), sdk, described)
    return changed, news(differences(described, sdk), load_yaml(KNOWN))


def main() -> int:
    """The command; returns the exit code."""
    parser = argparse.ArgumentParser(
        description="Compare openapi/b2b.yaml with a release of facebook-business."
    )
    parser.add_argument("--version", metavar="VERSION", help="the release; the newest without")
    wanted = parser.parse_args().version
    try:
        with TemporaryDirectory() as folder:
            release, package = download(wanted, Path(folder))
            changed, unknown = report(release, package)
        pinned, _ = installed()
    except (UpstreamError, NamesError, DocumentError, YamlError) as error:
        print(f"upstream: {error}", file=sys.stderr)
        return 2
    if changed:
        print(f"## Meta's changes from {DISTRIBUTION} {pinned} to {release}\n")
        print("\n".join(f"- {line}" for line in changed), end="\n\n")
    if unknown:
        print(
            f"## Differences of document and {DISTRIBUTION} {release} that scripts/upstream.yaml does not know\n"
        )
        print("\n".join(f"- {line}" for line in unknown), end="\n\n")
    if changed or unknown:
        print(
            f"upstream: {len(changed)} changes, {len(unknown)} differences. Change the document, or say in "
            "scripts/upstream.yaml why it differs; then pin this release in pyproject.toml.",
        )
        return 1
    print(f"upstream: nothing new in {DISTRIBUTION} {release}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
