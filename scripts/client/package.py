"""The generated Python client: the package that openapi-python-client writes with the templates beside this file."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from meta_b2b_sandbox.document import Document, DocumentError, mounted

from scripts.node import ToolMissing

PACKAGE = "meta_b2b_client"


class PackageError(Exception):
    """The client cannot be generated; the text says which source is wrong, and how."""


def build_client(file: Path, target: Path, room: Path) -> None:
    """Write the package for the OpenAPI document in `file` into the folder `target`, which is not there yet.

    `room`: the folder with the templates and the generator's configuration, scripts/client. Raises PackageError, and
    ToolMissing without ruff.
    """
    programs = Path(sys.executable).parent
    if not (programs / "ruff").exists():  # the generator would go on without it, and write something else
        raise ToolMissing(f"ruff is missing ({programs / 'ruff'} does not exist)")
    try:
        document = for_templates(Document.load(file))
    except DocumentError as error:
        raise PackageError(str(error)) from error
    with TemporaryDirectory() as folder:
        source = Path(folder, "client.json")
        source.write_text(json.dumps(document), encoding="utf-8")
        result = subprocess.run(
            [
                *(sys.executable, "-m", "openapi_python_client", "generate"),
                *("--path", source, "--output-path", target, "--meta", "none", "--fail-on-warning"),
                *("--config", room / "openapi-python-client.yaml"),
                *("--custom-template-path", room / "templates"),
            ],
            env={
                **os.environ,
                "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}",
                "_TYPER_STANDARD_TRACEBACK": "1",
            },
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
