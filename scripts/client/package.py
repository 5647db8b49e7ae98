"""The package of the Python client: the runtime beside this file, and what openapi-python-client writes with the
templates; its sync half is derived from the async one."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import unasync
from meta_b2b_sandbox.document import Document, DocumentError, mounted

from scripts.node import ToolMissing

PACKAGE = "meta_b2b_client"
# What the templates make, and where it goes: the generator has its own names, and makes more than is needed.
RENDERED = {
    "__init__.py": "__init__.py",
    "client.py": "_async/_client.py",
    "errors.py": "_document.py",
    "models/__init__.py": "models.py",
    "types.py": "_prepare.py",
}
ASYNC = """from ._client import AsyncB2BClient
from ._paging import AsyncCountedItems, AsyncItems

__all__ = ["AsyncB2BClient", "AsyncCountedItems", "AsyncItems"]
"""
# Beside what unasync replaces by itself.
WORDS = {
    "AsyncB2BClient": "B2BClient",
    "AsyncB2BClientWithRawResponse": "B2BClientWithRawResponse",
    "AsyncCalls": "Calls",
    "AsyncClient": "Client",
    "AsyncCountedItems": "CountedItems",
    "AsyncItems": "Items",
    "AsyncMethod": "Method",
    "AsyncOnUsage": "OnUsage",
    "AsyncRaw": "Raw",
    "_AsyncRaw": "_Raw",
    "aclose": "close",
    "anyio": "time",
}


class PackageError(Exception):
    """The client cannot be generated; the text says which source is wrong, and how."""


def build_client(file: Path, target: Path, room: Path) -> None:
    """Write the package for the OpenAPI document in `file` into the folder `target`, which is not there yet.

    `room`: the folder with the templates, the runtime and the generator's configuration, scripts/client. Raises
    PackageError, and ToolMissing without ruff.
    """
    programs = Path(sys.executable).parent
    if not (programs / "ruff").exists():
        raise ToolMissing(f"ruff is missing ({programs / 'ruff'} does not exist)")
    try:
        document = for_templates(Document.load(file))
    except DocumentError as error:
        raise PackageError(str(error)) from error
    with TemporaryDirectory() as folder:
        source, rendered = Path(folder, "client.json"), Path(folder, "rendered")
        source.write_text(json.dumps(document), encoding="utf-8")
        render(source, rendered, room)
        ignored = shutil.ignore_patterns("__pycache__", "__init__.py")
        shutil.copytree(room / "runtime", target, ignore=ignored)
        for name, place in RENDERED.items():
            shutil.copy(rendered / name, target / place)
    (target / "py.typed").touch()
    (target / "_async" / "__init__.py").write_text(ASYNC, encoding="utf-8")
    run_ruff(programs / "ruff", "format", folder=target)  # it tells what is no Python, and where
    derive_sync(target)
    for command in (("check", "--fix-only", "--extend-select=I"), ("format",)):
        run_ruff(programs / "ruff", *command, folder=target)


def render(source: Path, target: Path, room: Path) -> None:
    """Write what the generator makes of the document `source`. Raises PackageError."""
    result = subprocess.run(
        [
            *(sys.executable, "-m", "openapi_python_client", "generate"),
            *("--path", source, "--output-path", target, "--meta", "none", "--fail-on-warning"),
            *("--config", room / "openapi-python-client.yaml"),
            *("--custom-template-path", room / "templates"),
        ],
        env={**os.environ, "_TYPER_STANDARD_TRACEBACK": "1"},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if result.returncode:
        raise PackageError(
            "openapi-python-client cannot go on with overlays/client.yaml, scripts/client/templates/ and "
            f"scripts/client/openapi-python-client.yaml:\n  {complaint(result.stderr)}"
        )


def derive_sync(package: Path) -> None:
    """Write package/_sync, which is package/_async with other words."""
    files = [str(path) for path in sorted((package / "_async").rglob("*.py"))]
    rule = unasync.Rule("/_async/", "/_sync/", additional_replacements=WORDS)
    unasync.unasync_files(files, [rule])


def run_ruff(ruff: Path, *command: str, folder: Path) -> None:
    """Run ruff in the folder, whatever configuration and .gitignore lie above it. Raises PackageError."""
    options = (
        "--isolated",
        "--no-cache",
        "--no-respect-gitignore",
        "--target-version=py311",
        "--line-length=110",
    )
    result = subprocess.run(
        [ruff, *command, *options, "."], cwd=folder, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise PackageError(
            f"scripts/client/templates/ or runtime/ give no Python, says ruff:\n{result.stderr.strip()}"
        )


def for_templates(document: Document) -> dict[str, Any]:
    """The document's tree with all operations among its paths, and, where templates can see it, what the generator
    keeps from them.

    They see the extensions of schemas, but neither the server, nor the descriptions of parameters, nor the
    extensions of operations. So the schema with `x-graph-codes` gets `x-client`: {"server": address, "operations":
    {operationId: {"codes": [its codes], "arguments": {parameter's name: its description}}}}. Raises PackageError.
    """
    if not document.tree.get("servers"):
        raise PackageError("openapi/b2b.yaml has no servers; the client takes its address from there")
    schemas = document.tree.get("components", {}).get("schemas", {}).values()
    carrier = next((schema for schema in schemas if "x-graph-codes" in schema), None)
    if carrier is None:
        raise PackageError("overlays/client.yaml leaves no schema with x-graph-codes, the classes of errors")
    extra = {
        "server": document.server_url,
        "operations": {
            operation.id: {
                "codes": operation.definition.get("x-graph-codes", []),
                "arguments": {p["name"]: p.get("description", "") for p in operation.parameters},
            }
            for operation in document.operations.values()
        },
    }
    carrier["x-client"] = extra
    return mounted(document.tree)


def complaint(stderr: str) -> str:
    """What the generator says is wrong, without its advice; of a broken template, where it is and what."""
    lines = [line for line in stderr.splitlines() if line.strip()]
    if any(line.startswith("Traceback") for line in lines):
        lines = [line for line in lines if '.jinja", line' in line][-1:] + lines[-1:]
    return "\n  ".join(line for line in lines if not line.startswith("If you believe this was a mistake"))
