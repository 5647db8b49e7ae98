"""`make upstream`: what document and SDK say, in the same words; what differs; and what the known differences hide."""

import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from meta_b2b_sandbox.document import Document

from scripts import upstream
from scripts.names import NamesError
from scripts.upstream import UpstreamError, changes, differences, document_facts, news, sdk_facts

THING = """
from facebook_business.adobjects.abstractobject import AbstractObject
from facebook_business.adobjects.abstractcrudobject import AbstractCrudObject

class Thing(AbstractCrudObject):
    class Field(AbstractObject.Field):
        id = 'id'
        status = 'status'

    class Status:
        on = 'ON'

    class Tasks:
        look = 'LOOK'
        change = 'CHANGE'

    def create_part(self, fields=None):
        param_types = {'tasks': 'list<tasks_enum>', 'mode': 'mode_enum', 'name': 'string'}
        enums = {'tasks_enum': Thing.Tasks.__dict__.values(), 'mode_enum': ['FAST']}
        FacebookRequest(node_id=self['id'], method='POST', endpoint='/parts')

    def get_parts(self, fields=None):
        param_types = {}
        FacebookRequest(node_id=self['id'], method='GET', endpoint='/parts')

    _field_types = {'id': 'string', 'status': 'Status'}
"""
BASES = {
    "abstractcrudobject": "from facebook_business.adobjects.abstractobject import AbstractObject\n"
    "class AbstractCrudObject(AbstractObject): pass\n",
    "abstractobject": "class AbstractObject: pass\n",
}
SDK_FACTS = {
    ("default version v26.0",),
    ("Thing",),
    ("Thing", "field id"),
    ("Thing", "field status"),
    ("Thing", "field status", "value ON"),
    ("Thing", "edge parts"),
    ("Thing", "edge parts", "GET"),
    ("Thing", "edge parts", "POST"),
    ("Thing", "edge parts", "POST", "parameter mode"),
    ("Thing", "edge parts", "POST", "parameter mode", "value FAST"),
    ("Thing", "edge parts", "POST", "parameter name"),
    ("Thing", "edge parts", "POST", "parameter tasks"),
    ("Thing", "edge parts", "POST", "parameter tasks", "value LOOK"),
    ("Thing", "edge parts", "POST", "parameter tasks", "value CHANGE"),
}


def package(folder: Path, thing: str = THING) -> Path:
    """A package of the SDK's form with one node."""
    root = folder / "facebook_business"
    (root / "adobjects").mkdir(parents=True)
    (root / "apiconfig.py").write_text("ads_api_config = {\n  'API_VERSION': 'v26.0',\n}\n")
    for name, text in {**BASES, "thing": thing}.items():
        (root / "adobjects" / f"{name}.py").write_text(text)
    return root


def test_what_the_sdk_says(tmp_path: Path) -> None:
    assert sdk_facts(package(tmp_path), {"Thing", "Unknown"}) == SDK_FACTS


def test_an_sdk_without_a_version_is_told(tmp_path: Path) -> None:
    root = package(tmp_path)
    (root / "apiconfig.py").write_text("ads_api_config = {}\n")
    with pytest.raises(NamesError, match=r"apiconfig\.py names no API_VERSION"):
        sdk_facts(root, {"Thing"})


def test_what_the_document_says_in_the_same_words() -> None:
    tasks = {"type": "array", "items": {"enum": ["LOOK", "CHANGE"]}}
    body = {"type": "object", "properties": {"tasks": tasks, "mode": {"enum": ["FAST"]}, "name": {}}}
    parameter = {"in": "path", "name": "thing_id", "x-graph-node": ["Thing"], "schema": {}}
    tree: dict[str, Any] = {
        "servers": [{"url": "https://graph.example/v26.0"}],
        "components": {
            "schemas": {
                "Thing": {
                    "x-graph-node": "Thing",
                    "properties": {"id": {}, "status": {"anyOf": [{"enum": ["ON"]}, {"type": "string"}]}},
                }
            }
        },
        "paths": {
            "/thing_{thing_id}/parts": {
                "parameters": [parameter],
                "get": {"operationId": "list_parts", "responses": {}},
                "post": {
                    "operationId": "create_part",
                    "requestBody": {"content": {"application/json": {"schema": body}}},
                    "responses": {},
                },
            },
            "/search": {"get": {"operationId": "search", "responses": {}}},
        },
    }
    assert document_facts(Document(tree)) == SDK_FACTS


CALL = ("Thing", "edge parts", "POST")


@pytest.mark.parametrize(
    ("fact", "line"),
    [
        (("default version v27.0",), "default version v27.0"),
        (("Thing", "edge parts", "DELETE"), "Thing edge parts DELETE"),
        ((*CALL, "parameter new"), "Thing edge parts POST parameter new"),
        ((*CALL, "parameter tasks", "value NEW"), "Thing edge parts POST parameter tasks value NEW"),
        (("Thing", "field status", "value OFF"), "Thing field status value OFF"),
    ],
)
def test_a_difference_in_what_the_document_describes_is_told(fact: upstream.Fact, line: str) -> None:
    assert differences(SDK_FACTS, SDK_FACTS | {fact}) == [f"only in the SDK: {line}"]
    assert differences(SDK_FACTS | {fact}, SDK_FACTS) == [f"only in the document: {line}"]


def test_what_the_document_leaves_out_as_a_whole_is_no_difference_but_what_it_invents_is() -> None:
    more = {
        ("Thing", "field new"),
        ("Thing", "edge new"),
        ("Thing", "edge new", "GET"),
        (*CALL, "parameter name", "value X"),  # a list of values for what is free text in the document
    }
    assert differences(SDK_FACTS, SDK_FACTS | more) == []
    assert differences(SDK_FACTS | more, SDK_FACTS) == [
        "only in the document: Thing edge new",
        "only in the document: Thing field new",
    ]


def test_known_differences_need_a_reason_and_must_still_be_there() -> None:
    found = ["only in the SDK: Thing edge parts DELETE", "only in the SDK: Thing edge parts PUT"]
    assert news(found, {"* DELETE": "because", "* PUT": "because"}) == []
    assert news(found, {"* DELETE": "because"}) == ["only in the SDK: Thing edge parts PUT"]
    assert news(found, {"* parts *": "because", "* GET": "because"}) == [
        "no longer so, remove it from upstream.yaml: * GET"
    ]
    with pytest.raises(UpstreamError, match=r"no reason beside: \* PUT"):
        news(found, {"* DELETE": "because", "* PUT": " "})


def test_what_meta_added_removed_and_renamed() -> None:
    old = SDK_FACTS | {("Thing", "edge other"), ("Thing", "edge other", "GET")}
    new = (SDK_FACTS - {("Thing", "field status"), ("Thing", "field status", "value ON")}) | {
        ("Thing", "field statuses"),
        ("Thing", "edge other"),
        ("Thing", "edge other", "POST"),  # of an edge that the document does not describe
        ("Thing", "edge new"),
        ("Thing", "edge new", "GET"),
        (*CALL, "parameter tasks", "value NEW"),
    }
    assert changes(old, new, SDK_FACTS) == [
        "renamed, by the look of it: Thing field status → field statuses",
        "added: Thing edge new",
        "added: Thing edge parts POST parameter tasks value NEW",
    ]
    assert changes(
        SDK_FACTS | {("default version v27.0",)}, SDK_FACTS - {("Thing", "edge parts", "GET")}, SDK_FACTS
    ) == [
        "removed: Thing edge parts GET",
        "removed: default version v27.0",
    ]


def test_the_installed_sdk_differs_only_where_we_know_it() -> None:
    assert upstream.report(*upstream.installed()) == ([], [])


def test_each_call_that_left_the_sdk_would_have_been_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """As facebook-business 11.0.0 did with two of the guide's calls."""
    _, folder = upstream.installed()
    reading = upstream.sdk_facts
    gone = ("AdAccount", "edge agencies", "POST")

    def without(package: Path, types: Any) -> set[upstream.Fact]:
        facts = reading(package, types)
        return facts if package == folder else {fact for fact in facts if fact[:3] != gone}

    monkeypatch.setattr(upstream, "sdk_facts", lambda path, types: without(Path(path), types))
    elsewhere = folder / "." / ".." / folder.name  # the same files, as those of another release
    assert upstream.report("99.0.0", elsewhere) == (
        ["removed: AdAccount edge agencies POST"],
        ["only in the document: AdAccount edge agencies POST"],
    )


def test_the_command_downloads_by_pip_and_says_what_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """pip is replaced: it would ask a registry."""
    asked = []

    def pip(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        asked.append(command[-1])
        if command[-1].endswith("==0.0"):
            return subprocess.CompletedProcess(command, 1, "", "No matching distribution")
        with ZipFile(Path(command[-2], "facebook_business-99.0.0-py3-none-any.whl"), "w") as wheel:
            for file in package(tmp_path / str(len(asked))).rglob("*.py"):
                wheel.write(file, file.relative_to(tmp_path / str(len(asked))))
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", pip)
    monkeypatch.setattr(sys, "argv", ["upstream", "--version", "0.0"])
    assert upstream.main() == 2
    assert "pip cannot download facebook-business==0.0:\nNo matching distribution" in capsys.readouterr().err
    monkeypatch.setattr(sys, "argv", ["upstream"])
    monkeypatch.setattr(upstream, "report", lambda release, folder: (["added: x"], [folder.name]))
    assert upstream.main() == 1
    out = capsys.readouterr().out
    assert "to 99.0.0\n\n- added: x\n" in out and "- facebook_business\n" in out
    monkeypatch.setattr(upstream, "report", lambda release, folder: ([], []))
    assert upstream.main() == 0
    assert capsys.readouterr().out == "upstream: nothing new in facebook-business 99.0.0\n"
    assert asked == ["facebook-business==0.0", "facebook-business", "facebook-business"]
