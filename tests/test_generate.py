"""`make generate` and its check: the same bytes each time, all or nothing, and every difference found."""

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import openapi_python_client
import pytest
from meta_b2b_sandbox.document import Document
from openapi_spec_validator import OpenAPIV31SpecValidator

from scripts import generate
from scripts.client.package import PackageError, for_templates
from scripts.files import snapshot
from scripts.mock.mounting import mount
from scripts.node import ROOT, ToolMissing
from scripts.overlays import overlay
from scripts.yaml_io import load_yaml

TEMPLATES = ROOT / "scripts" / "client" / "templates"
# An action after which the generator can only warn: a body of a type that it does not know.
XML_BODY = """
  - target: $.paths[*].post.requestBody.content
    update:
      application/xml: {schema: {type: string}}
"""
# An example that the mock could not tell from that of another node.
SAME_NAME = """
  - target: $.components.pathItems.Page.get.responses['200'].content['application/json'].examples
    update:
      guide: {value: {id: '1'}}
"""


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the sources give now; not ROOT/generated, whose state is for `make check` to tell."""
    folder = tmp_path_factory.mktemp("build") / "generated"
    generate.build(folder, ROOT)
    return folder


@pytest.fixture
def root(tmp_path: Path, generated: Path) -> Path:
    """A copy of the sources and of what they give, in a folder that ruff leaves out unless told otherwise."""
    copy = tmp_path / "dist"
    for name in ("openapi", "overlays", "scripts"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(generated, copy / "generated")
    (copy / "pyproject.toml").write_text("[tool.ruff]\nline-length = 40\nfix = false\n")
    (copy / ".gitignore").write_text("*\n")
    subprocess.run(["git", "init", "-q", copy], check=True)
    return copy


def run(root: Path, *arguments: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scripts.generate", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_same_bytes_each_time(root: Path, generated: Path) -> None:
    results = []
    for seed in ("1", "2"):
        shutil.rmtree(root / "generated")
        result = run(root, seed=seed)
        assert (result.returncode, result.stderr) == (0, "")
        results.append(snapshot(root / "generated"))
    # Neither the folder, its .gitignore, its ruff configuration nor the hash seed show in the result.
    assert results == [snapshot(generated)] * 2
    assert {f"openapi/{path.name}" for path in (root / "overlays").glob("*.yaml")} <= results[0].keys()
    assert {"meta_b2b_client/py.typed", "sandbox/graph_names.json"} <= results[0].keys()
    assert not any(str(root).encode() in content for content in results[0].values())
    assert not list(root.glob(".generated-*"))


def test_each_document_is_valid_openapi_that_our_reader_takes(generated: Path) -> None:
    files = sorted((generated / "openapi").iterdir())
    assert files
    for file in files:
        problems = [error.message for error in OpenAPIV31SpecValidator(load_yaml(file)).iter_errors()]
        assert (file.name, problems) == (file.name, [])
        assert Document.load(file).operations


def test_only_prisms_document_is_mounted(generated: Path) -> None:
    for file in (generated / "openapi").iterdir():
        derived = overlay.derive(ROOT / "openapi" / "b2b.yaml", ROOT / "overlays" / file.name)
        wanted = mount(derived) if file.name == "prism.yaml" else derived
        assert json.dumps(load_yaml(file)) == json.dumps(wanted)  # in this order, too


def test_every_difference_is_found_and_mended(root: Path) -> None:
    package = root / "generated" / "meta_b2b_client"
    with (package / "_models.py").open("a") as file:
        file.write("# changed by hand\n")
    (package / "models.py").unlink()
    (root / "generated" / "openapi" / "client.yaml").unlink()
    (root / "generated" / "notes.txt").write_text("mine")
    names = root / "generated" / "sandbox" / "graph_names.json"
    names.write_text(names.read_text().replace("timezone_name", "time_zone"))
    (package / "_sync" / "link.py").symlink_to("nowhere")
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "client.cpython-311.pyc").write_text("not counted")
    result = run(root, "--check")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "generated/meta_b2b_client/_models.py differs from its sources",
        "generated/meta_b2b_client/_sync/link.py is not generated",
        "generated/meta_b2b_client/models.py is missing",
        "generated/notes.txt is not generated",
        "generated/openapi/client.yaml is missing",
        "generated/sandbox/graph_names.json differs from its sources",
        "run: make generate",
    ]
    assert run(root).returncode == 0
    result = run(root, "--check")
    assert (result.returncode, result.stdout, result.stderr) == (0, "generated/ is up to date\n", "")


def test_a_change_of_any_source_is_a_difference(root: Path) -> None:
    """All at once, since each run of the generator takes seconds; each shows in a file of its own."""
    for file, old, new in (
        ("openapi/b2b.yaml", "summary: Cancel an OBO request", "summary: Cancel a request"),
        ("openapi/b2b.yaml", "x-graph-node: BusinessPageRequest", "x-graph-node: ProductCatalog"),
        ("overlays/client.yaml", "description: Its role.", "description: What it may do."),
        ("scripts/client/templates/package_init.py.jinja", "Both have a method", "Each has a method"),
        ("scripts/client/runtime/_retries.py", "LONGEST = 30.0", "LONGEST = 31.0"),
        ("scripts/client/runtime/_async/_paging.py", "go round in circles", "go round"),
        ("scripts/sandbox/meta_b2b_sandbox/page/templates/count.html", "every 2s", "every 3s"),
    ):
        path = root / file
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))
    differences = generate.drift(root)
    for changed in (
        "generated/openapi/prism.yaml differs from its sources",  # the document
        "generated/meta_b2b_client/models.py differs from its sources",  # the overlay
        "generated/meta_b2b_client/__init__.py differs from its sources",  # the template
        "generated/meta_b2b_client/_retries.py differs from its sources",  # the runtime
        "generated/meta_b2b_client/_sync/_paging.py differs from its sources",  # its half for asyncio
        "generated/sandbox/graph_names.json differs from its sources",  # the document's nodes
        "generated/sandbox/page_templates.json differs from its sources",  # the page's templates
    ):
        assert changed in differences


@pytest.mark.parametrize(
    "file, text, message",
    [
        ("openapi/b2b.yaml", "openapi: [", "openapi/b2b.yaml"),
        (
            "overlays/client.yaml",
            "\n  - target: $.nowhere\n    remove: true\n",
            "target $.nowhere: matches nothing",
        ),
        ("overlays/prism.yaml", "\n  - target: $.nowhere\n    remove: true\n", "overlays/prism.yaml: action"),
        ("overlays/client.yaml", XML_BODY, "application/xml"),
        ("overlays/prism.yaml", SAME_NAME, "get_obo_request and get_page both have an example named guide"),
        (
            "scripts/client/templates/client.py.jinja",
            "{% if %}",
            'scripts/client/templates/client.py.jinja", line ',
        ),
        ("scripts/client/templates/client.py.jinja", "\ndef (", "give no Python, says ruff"),
        ("scripts/client/runtime/_retries.py", "\ndef (", "give no Python, says ruff"),
        (
            "scripts/sandbox/meta_b2b_sandbox/page/templates/count.html",
            "{% if %}",
            "scripts/sandbox/meta_b2b_sandbox/page/templates/count.html, line ",
        ),
        ("scripts/client/openapi-python-client.yaml", "\nno: [", "Unable to parse config"),
    ],
)
def test_a_mistake_in_a_source_is_told_and_changes_nothing(
    root: Path, file: str, text: str, message: str
) -> None:
    before = snapshot(root / "generated")
    with (root / file).open("a") as opened:
        opened.write(text)
    result = run(root)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("generate: ")
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert str(root) not in result.stderr
    assert snapshot(root / "generated") == before
    assert not list(root.glob(".generated-*"))


def test_a_missing_document_is_told(root: Path) -> None:
    (root / "overlays" / "client.yaml").unlink()
    with pytest.raises(generate.GenerateError, match=r"overlays/client\.yaml does not exist"):
        generate.generate(root)


def test_a_missing_ruff_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The generator itself would go on, and another ruff on PATH would write something else."""
    monkeypatch.setattr(sys, "executable", str(root / "python"))
    with pytest.raises(ToolMissing, match="ruff is missing"):
        generate.drift(root)


def test_a_missing_tool_names_make_setup(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def drift() -> list[str]:
        raise ToolMissing("ruff is missing")

    monkeypatch.setattr(generate, "drift", drift)
    monkeypatch.setattr(sys, "argv", ["generate", "--check"])
    assert generate.main() == 1
    assert capsys.readouterr().err == "generate: ruff is missing; run: make setup\n"


@pytest.mark.parametrize(
    ("tree", "message"),
    [
        ({"paths": {}}, "openapi/b2b.yaml has no servers"),
        ({"paths": {}, "servers": [{"url": "/"}]}, "leaves no schema with x-graph-codes"),
    ],
)
def test_what_the_client_needs_of_the_document_is_told(tree: dict[str, Any], message: str) -> None:
    with pytest.raises(PackageError, match=message):
        for_templates(Document(tree))


def test_a_failed_swap_puts_the_old_files_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshot(root / "generated")
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError(28, "No space left on device", str(target))
        return rename(self, target)

    monkeypatch.setattr(generate, "build", lambda target, root: None)
    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(generate.GenerateError, match="generated: cannot be written: No space left on device"):
        generate.generate(root)
    assert snapshot(root / "generated") == before
    assert not list(root.glob(".generated-*"))


def test_wrong_usage() -> None:
    result = run(ROOT, "--chekc")
    assert result.returncode == 2
    assert "--chekc" in result.stderr


NEW_OPERATIONS = """paths:

  /{business_id}/things:
    parameters:
      - $ref: '#/components/parameters/BusinessId'
    get:
      operationId: list_things
      tags: [Things]
      summary: List the things
      description: All of them.
      parameters:
        - $ref: '#/components/parameters/Summary'
        - {name: kind, in: query, required: true, description: Of this kind, schema: {type: string, enum: [a, b]}}
      responses:
        '200':
          description: Done.
          content: {application/json: {schema: {$ref: '#/components/schemas/PageList'}}}
    post:
      operationId: make_thing
      tags: [Things]
      summary: Make a thing
      description: One of them.
      x-graph-codes: [100]
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties:
                name: {type: string}
                sizes: {type: array, items: {type: integer}}
      responses:
        '200':
          description: Done.
          content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}
"""
NEW_CALLS = """
import asyncio, json
import httpx
from meta_b2b_client import AsyncB2BClient, B2BClient

def answer(request: httpx.Request) -> httpx.Response:
    print(request.method, request.url.raw_path.decode(), request.content.decode())
    return httpx.Response(200, json={"id": "7"} if request.method == "POST" else {"data": [{"id": "7"}]})

transport = httpx.MockTransport(answer)
b2b = B2BClient("any", base_url="http://127.0.0.1", http_client=httpx.Client(transport=transport))
print(b2b.make_thing("1", name="x").id, b2b.make_thing("1", name="x", sizes=[1]).id)
print([thing.id for thing in b2b.list_things("1", kind="a")])

async def twin() -> None:
    http_client = httpx.AsyncClient(transport=transport)
    b2b = AsyncB2BClient("any", base_url="http://127.0.0.1", http_client=http_client)
    print((await b2b.make_thing("1", name="x")).id, [thing.id async for thing in b2b.list_things("1", kind="b")])

asyncio.run(twin())
assert "Invalid parameter (100)" in (B2BClient.make_thing.__doc__ or "")
"""


def test_a_new_operation_becomes_a_method_of_both_clients(root: Path) -> None:
    document = root / "openapi" / "b2b.yaml"
    document.write_text(document.read_text().replace("paths:\n", NEW_OPERATIONS, 1))
    (root / "overlays" / "de.yaml").unlink()  # it has no German for them
    result = run(root)
    assert (result.returncode, result.stderr) == (0, "")
    (root / "generated" / "use.py").write_text(NEW_CALLS)
    mypy = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "use.py"]
    for command in ([sys.executable, "use.py"], mypy):
        done = subprocess.run(command, cwd=root / "generated", capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        if command is not mypy:
            assert done.stdout.splitlines() == [
                'POST /1/things {"name":"x"}',
                'POST /1/things {"name":"x","sizes":[1]}',
                "7 7",
                "GET /1/things?kind=a ",
                "['7']",
                'POST /1/things {"name":"x"}',
                "GET /1/things?kind=b ",
                "7 ['7']",
            ]


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.jinja")), ids=lambda path: path.name)
def test_each_template_replaces_one_of_this_version_of_the_generator(path: Path) -> None:
    """After an update of the generator the templates must be made anew from its own."""
    if f'{{% from "{path.name}" import' in "".join(other.read_text() for other in TEMPLATES.glob("*.jinja")):
        return  # macros of others
    assert path.read_text().startswith(
        f"{{# From openapi-python-client {version('openapi-python-client')}, changed: "
    )
    original = Path(openapi_python_client.__file__).parent / "templates" / path.relative_to(TEMPLATES)
    assert original.is_file()
