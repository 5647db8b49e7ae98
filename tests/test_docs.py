"""The documentation: what `make docs` writes, and that the guide to the client is true."""

import contextlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from meta_b2b_client import B2BClient
from meta_b2b_sandbox import Sandbox
from meta_b2b_sandbox.document import Document

from scripts.docs import build as docs
from scripts.node import ROOT, ToolMissing

LANGUAGES = tuple(docs.DOCUMENTS)
HOST_AND_PORT = "127.0.0.1:4020"  # of the sandbox, in the guide


def summaries(language: str) -> list[str]:
    operations = Document.load(docs.DOCUMENTS[language]).operations.values()
    return [operation.definition["summary"] for operation in operations]


def blocks(language: str) -> list[tuple[str, str]]:
    """(kind, text) of each fenced block of the guide: kind is python, text (what is printed) or sh."""
    text = (docs.SOURCES / f"client.{language}.md").read_text()
    return [(token.info, token.content) for token in MarkdownIt().parse(text) if token.type == "fence"]


def snippets(language: str) -> Iterator[tuple[str, str]]:
    """(code, what it prints) of each Python snippet of the guide, in order."""
    found = [*blocks(language), ("", "")]
    for (kind, text), (after, printed) in pairwise(found):
        assert after != "text" or kind == "python", f"what prints this? {printed}"
        if kind == "python":
            yield text, printed if after == "text" else ""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("dist") / "docs"
    docs.build(target)
    return target


class Page(HTMLParser):
    """What a page loads, its links, its ids and its policy. The texts of scripts are not HTML, and are not read."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.policy = self.language = ""
        self.feed(path.read_text())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.loads += [given[name] for name in ("src", "srcset", "data", "poster") if name in given]
        if "href" in given:
            (self.links if tag == "a" else self.loads).append(given["href"])
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "html":
            self.language = given["lang"]
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]


def test_pages(site: Path) -> None:
    wanted = {f"{kind}.{language}.html" for kind in ("reference", "client") for language in LANGUAGES}
    assert {path.name for path in site.iterdir()} == {*wanted, "index.html"}
    for name in wanted:
        assert Page(site / name).language == name.split(".")[1]
    assert wanted <= set(Page(site / "index.html").links)


@pytest.mark.parametrize("language", LANGUAGES)
def test_reference_has_every_operation_in_its_language(site: Path, language: str) -> None:
    text = (site / f"reference.{language}.html").read_text()
    own = summaries(language)
    assert len(own) == len(set(own)) > 0
    assert [summary for summary in own if f'"summary":"{summary}"' not in text] == []
    # As a path, also where the document has it among its components, which Redoc does not show.
    operations = Document.load(docs.DOCUMENTS[language]).operations.values()
    assert [one.path for one in operations if f'"{one.path}":{{' not in text] == []
    for other in set(LANGUAGES) - {language}:
        assert [summary for summary in summaries(other) if summary in text] == []


def test_links_lead_somewhere(site: Path) -> None:
    pages = {path.name: Page(path) for path in site.iterdir()}
    for name, page in pages.items():
        # Those of the reference are Redoc's, which routes them by script.
        for link in page.links if not name.startswith("reference") else []:
            file, _, anchor = link.partition("#")
            assert file.startswith("https://") or (file or name) in pages, f"{name}: {link}"
            assert not anchor or anchor in pages[file or name].ids, f"{name}: {link}"


def test_no_network(site: Path) -> None:
    for path in site.iterdir():
        page = Page(path)
        assert [place for place in page.loads if not place.startswith(("data:", "#"))] == [], path.name
        # Browsers hold scripts to it, too: nothing may come from another place than the page itself.
        directives = dict(directive.split(maxsplit=1) for directive in page.policy.split(";"))
        assert directives.pop("default-src") == "'none'", path.name
        assert set(" ".join(directives.values()).split()) <= {"'unsafe-inline'", "blob:", "data:"}, path.name
        if path.name.startswith("reference"):
            assert '"disableTelemetry":true' in path.read_text()


def test_same_bytes_again(site: Path) -> None:
    before = {path.name: path.read_bytes() for path in site.iterdir()}
    docs.build(site)
    assert {path.name: path.read_bytes() for path in site.iterdir()} == before
    assert [path.name for path in site.parent.iterdir()] == [site.name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_guide_is_true(sandbox: Sandbox, language: str) -> None:
    """Each snippet runs after those before it, and prints what stands below it."""
    names: dict[str, object] = {"__name__": "__main__"}
    try:
        for code, expected in snippets(language):
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(
                    compile(code.replace(HOST_AND_PORT, f"127.0.0.1:{sandbox.port}"), "snippet", "exec"),
                    names,
                )
            assert printed.getvalue() == expected, code
    finally:
        for value in names.values():
            if isinstance(value, B2BClient):
                value.close()


def test_guide_suits_type_checkers(tmp_path: Path) -> None:
    """The snippets, in one file, are without a complaint of mypy's strictest."""
    (tmp_path / "guide.py").write_text("\n".join(code for code, _ in snippets(LANGUAGES[0])))
    mypy = (sys.executable, "-m", "mypy", "--strict", "--config-file=", "--cache-dir", tmp_path / "cache")
    env = {**os.environ, "MYPYPATH": str(ROOT / "generated")}
    result = subprocess.run(
        [*mypy, "guide.py"], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_guides_are_the_same() -> None:
    """In each language the same snippets, which print the same; shell blocks have comments in the language."""
    first, *others = ([block for block in blocks(language) if block[0] != "sh"] for language in LANGUAGES)
    assert first and others
    for other in others:
        assert other == first


@pytest.mark.parametrize(
    ("document", "text", "message"),
    [
        ("missing.yaml", None, "missing.yaml cannot be read: No such file or directory"),
        ("broken.yaml", "openapi: [", "broken.yaml is not YAML: "),
        ("empty.yaml", "paths: {}", "redocly cannot show empty.yaml: "),
    ],
)
def test_failure_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, document: str, text: str | None, message: str
) -> None:
    target = tmp_path / "docs"
    target.mkdir()
    (target / "index.html").write_text("before")
    if text is not None:
        (tmp_path / document).write_text(text)
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    monkeypatch.setattr(docs, "DOCUMENTS", {"en": tmp_path / document})
    monkeypatch.chdir(tmp_path)
    with pytest.raises(docs.DocsError, match=re.escape(message)):
        docs.build(target)
    assert (target / "index.html").read_text() == "before"
    assert {path.name for path in tmp_path.iterdir()} - {document} == {"docs"}


@pytest.mark.parametrize(
    ("error", "mend"),
    [
        (docs.DocumentUnusable("de.yaml does not exist"), "; run: make generate check"),
        (ToolMissing("redocly is missing"), "; run: make setup"),
        (docs.DocsError("client.en.md has no title"), ""),
    ],
)
def test_the_command_names_what_mends_it(
    error: Exception, mend: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def build() -> list[str]:
        raise error

    monkeypatch.setattr(docs, "build", build)
    assert docs.main() == 1
    assert capsys.readouterr().err == f"docs: {error}{mend}\n"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"No title", "has no title"),
        (b"# Title\n```pyhton\n1\n```", "pyhton"),
        (b"# \xff", "can't decode byte 0xff"),
    ],
)
def test_broken_source(tmp_path: Path, source: bytes, message: str) -> None:
    path = tmp_path / "client.en.md"
    path.write_bytes(source)
    with pytest.raises(docs.DocsError, match=message) as raised:
        docs.page(path, "en")
    assert "client.en.md" in str(raised.value)
