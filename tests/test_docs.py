"""The documentation: what `make docs` writes, what the package has of it, and what the sandbox serves."""

import http.client
import re
import subprocess
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from meta_b2b_sandbox import Sandbox
from meta_b2b_sandbox import docs as served
from meta_b2b_sandbox.document import Document

from scripts.assumptions import in_texts
from scripts.docs import build as docs
from scripts.docs import pages as generated
from scripts.docs import pictures
from scripts.node import ROOT, ToolMissing
from tests.support import guides, readme

LANGUAGES = guides.LANGUAGES
OTHERS = [language for language in LANGUAGES if language != "en"]


def document(language: str) -> Document:
    return Document.load(docs.DOCUMENTS[language])


def summaries(language: str) -> list[str]:
    return [operation.definition["summary"] for operation in document(language).operations.values()]


def html_pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


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
    """In each language the same ones, each in Markdown too but for Redoc's."""
    tags = [generated.slug(tag["name"]) for tag in document("en").tree["tags"]]
    markdown = {*guides.PAGES, "assumptions.md", "changes.md", "stories.md"}
    markdown |= {f"reference/{name}.md" for name in ("index", *tags)}
    wanted = {"redoc.html", *markdown, *(re.sub("md$", "html", name) for name in markdown)}
    for language in LANGUAGES:
        folder = site / docs.place(language)
        found = {
            path.relative_to(folder).as_posix()
            for path in folder.rglob("*")
            if path.suffix in (".html", ".md")
        }
        assert {name for name in found if not name.startswith("de/")} == wanted
        for page in html_pages(folder):
            own = page.relative_to(site).parts[0] == "de"
            assert Page(page).language == ("de" if own else "en"), page


def test_one_navigation_over_all(site: Path) -> None:
    """Every page leads to every other one of its language, and to the same one in the other languages."""
    for language in LANGUAGES:
        folder = site / docs.place(language)
        pages = [path for path in html_pages(folder) if path.name != "redoc.html"]
        pages = [path for path in pages if language != "en" or "de" not in path.relative_to(site).parts]
        for page in pages:
            reached = {(page.parent / link.partition("#")[0]).resolve() for link in Page(page).links}
            same = {(site / docs.place(other) / page.relative_to(folder)).resolve() for other in LANGUAGES}
            assert ({path.resolve() for path in pages} | same) - {page.resolve()} <= reached, page


def test_search_finds_all_pages(site: Path) -> None:
    for language in LANGUAGES:
        folder = site / docs.place(language)
        index = (folder / "search" / "search_index.json").read_text()
        assert f'"lang":["{language}"]' in index
        for name in docs.pages(language):
            assert f'"location":"{re.sub("md$", "html", name)}' in index, name
        assert list(folder.glob(f"assets/javascripts/lunr/min/lunr.{language}.min.js")) or language == "en"


def test_a_list_for_language_models(site: Path) -> None:
    links = re.findall(r"^- \[(.+)\]\((.+)\): (.+)$", (site / "llms.txt").read_text(), re.M)
    assert {link for _, link, _ in links} == {
        path.relative_to(site).as_posix() for path in site.rglob("*.md")
    }
    for title, link, about in links:
        assert (site / link).read_text().startswith(f"# {title}\n") and len(about) > 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_redoc_has_every_operation_in_its_language(site: Path, language: str) -> None:
    text = (site / docs.place(language) / "redoc.html").read_text()
    own = summaries(language)
    assert len(own) == len(set(own)) > 0
    assert [summary for summary in own if f'"summary":"{summary}"' not in text] == []
    # As a path, also where the document has it among its components, which Redoc does not show.
    operations = document(language).operations.values()
    assert [one.path for one in operations if f'"{one.path}":{{' not in text] == []
    for other in set(LANGUAGES) - {language}:
        assert [summary for summary in summaries(other) if summary in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_reference_has_every_operation(language: str) -> None:
    pages = docs.pages(language)
    for one in document(language).operations.values():
        (page,) = (text for text in pages.values() if f"\n## {one.id}\n" in text)
        section = page.partition(f"\n## {one.id}\n")[2].partition("\n## ")[0]
        assert f"**{one.definition['summary']}:** `{one.method.upper()} {one.path}`" in section
        assert all(f"| `{parameter['name']}` |" in section for parameter in one.parameters)
        assert one.id in pages["reference/index.md"]
        for media in one.bodies.values():
            names = document(language).properties(media["schema"])
            assert all(f"| `{name}` |" in section for name in names), one.id
            break


@pytest.mark.parametrize("language", LANGUAGES)
def test_assumptions_are_one_table(language: str) -> None:
    word = docs.words(language)["assumptions"]["word"]
    table = docs.pages(language)["assumptions.md"]
    rows = [re.split(r"(?<!\\) \| ", row.strip("| ")) for row in re.findall(r"^\| A\d+ .*$", table, re.M)]
    wanted = in_texts(document(language).tree, word)
    assert [(id, text) for id, _, text, _ in rows] == [
        (id, generated.cell(text)) for id, (_, text) in wanted.items()
    ]
    assert all(about and "::test_" in check for _, about, _, check in rows)
    texts = str(document(language).tree)
    assert len(rows) == texts.count(f"**{word} [A") > 50


def outline(changelog: str) -> list[tuple[str, int, list[str]]]:
    """Of each version and each kind of change: the version's number, how many entries, and what is code in them."""
    found: list[tuple[str, int, list[str]]] = []
    for line in re.split(r"\n(?=- |#)", changelog):
        if line.startswith("#"):
            found.append((" ".join(re.findall(r"\d[\w.-]*", line)), 0, []))
        elif line.startswith("- "):
            number, count, code = found[-1]
            found[-1] = (number, count + 1, code + sorted(re.findall(r"`([^`]+)`", line)))
    return found


def test_changes_are_told_in_each_language() -> None:
    """Version by version, entry by entry: each names the same code."""
    said = {language: outline(path.read_text()) for language, path in docs.CHANGES.items()}
    for language, (own, english) in {one: (said[one], said["en"]) for one in OTHERS}.items():
        name = docs.CHANGES[language].relative_to(ROOT)
        told = f"{name} and CHANGELOG.md differ: an entry of one is to be translated into the other, at the same place"
        assert [one[:2] for one in own] == [one[:2] for one in english], told
        for (*_, theirs), (*_, ours) in zip(english, own, strict=True):
            assert ours == theirs, told


def test_pictures_of_the_page() -> None:
    """Each is there, of modest size, and shown; where one is shown the dark one is too."""
    for language in LANGUAGES:
        folder = docs.SOURCES / language / "pictures"
        assert sorted(path.name for path in folder.iterdir()) == sorted(pictures.names())
        assert max(path.stat().st_size for path in folder.iterdir()) < 60_000
        shown = set()
        for page in guides.PAGES:
            shown |= {*re.findall(r'(?:src|srcset)="pictures/([^"]+)"', guides.text(page, language))}
        assert shown == {*pictures.names()}
    shown = {*re.findall(r'(?:src|srcset)="([^"]+)"', readme.README)}
    assert shown and all((ROOT / path).is_file() for path in shown)
    assert {path.replace("-light.", "-dark.") for path in shown} <= shown


def test_pictures_are_taken_when_the_page_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the test of the page: here something else takes its place."""
    taken = []

    def run(command: list[str], env: dict[str, str], **rest: object) -> subprocess.CompletedProcess[str]:
        taken.append(command[-1])
        for name in pictures.names():
            (Path(env["PICTURES"]) / "en").mkdir(exist_ok=True)
            (Path(env["PICTURES"]) / "en" / name).write_text("taken")
        return subprocess.CompletedProcess(command, len(taken) - 1, "one failed", "")

    (tmp_path / "en").mkdir()
    monkeypatch.setattr(pictures, "SOURCES", tmp_path)
    monkeypatch.setattr(pictures, "MADE_OF", tmp_path / "pictures.txt")
    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(pictures, "CHROMIUM", None)
    assert "apt-get install chromium" in pictures.take(["en"])
    monkeypatch.setattr(pictures, "CHROMIUM", "chromium")
    assert "took" in pictures.take(["en"])
    assert {path.name for path in (tmp_path / "en" / "pictures").iterdir()} == {*pictures.names()}
    assert pictures.take(["en"]) == "" and len(taken) == 1
    monkeypatch.setattr(pictures, "page", lambda: "another")
    with pytest.raises(pictures.PicturesError, match="one failed"):
        pictures.take(["en"])
    assert pictures.MADE_OF.read_text() != "another"


@pytest.mark.parametrize("language", LANGUAGES)
def test_stories_have_every_step(language: str) -> None:
    page = docs.pages(language)["stories.md"]
    told = docs.STORIES[language]()
    assert [story["summary"] for story in told["workflows"]] == re.findall("^## (.*)$", page, re.M)
    steps = [step for story in told["workflows"] for step in story["steps"]]
    rows = re.findall(r"^\| \d+ \| (.*?) \| (.*?) \| (.*) \|$", page, re.M)
    for step, (said, call, back) in zip(steps, rows, strict=True):
        assert said == step["description"]
        _, source, id = step["operationId"].split(".")
        assert source == "sandbox" or f"[`{id}`](reference/" in call
        assert back.count("<br>") + 1 == len(step["successCriteria"])


def test_links_lead_somewhere(site: Path) -> None:
    pages = {path.resolve(): Page(path) for path in html_pages(site)}
    for path, page in pages.items():
        # Those of Redoc's pages are its own, which routes them by script.
        for link in page.links if path.name != "redoc.html" else []:
            file, _, anchor = link.partition("#")
            target = (path.parent / file).resolve() if file else path
            assert file.startswith("https://") or target in pages, f"{path}: {link}"
            assert not anchor or file.startswith("https://") or anchor in pages[target].ids, f"{path}: {link}"


def test_no_network(site: Path) -> None:
    for path in html_pages(site):
        page = Page(path)
        for loaded in page.loads:
            here = loaded.startswith(("data:", "#")) or (path.parent / loaded).resolve().is_relative_to(
                site.resolve()
            )
            assert here and "://" not in loaded, f"{path}: {loaded}"
        # Browsers hold scripts to it, too: nothing may come from another place than the site itself.
        directives = dict(directive.split(maxsplit=1) for directive in page.policy.split(";"))
        assert directives.pop("default-src") == "'none'", path
        allowed = {"'unsafe-inline'", "'none'", "'self'", "blob:", "data:"}
        assert set(" ".join(directives.values()).split()) <= allowed, path
        if path.name == "redoc.html":
            assert '"disableTelemetry":true' in path.read_text()
    for path in site.rglob("*.css"):
        assert re.findall(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//", path.read_text()) == [], path


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_same_bytes_again(site: Path, tmp_path: Path) -> None:
    before = files(site)
    docs.pack(site, tmp_path / "one.zip")
    docs.build(site)
    docs.pack(site, tmp_path / "two.zip")
    assert files(site) == before
    assert [path.name for path in site.parent.iterdir()] == [site.name]
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.zip", "two.zip"]


def test_nothing_tells_of_this_machine(site: Path) -> None:
    for name, data in files(site).items():
        assert str(ROOT).encode() not in data and str(Path.home() / "").encode() not in data, name


def test_what_is_served(site: Path, tmp_path: Path) -> None:
    packed = tmp_path / "docs.zip"
    docs.pack(site, packed)
    assert packed.stat().st_size < 1_600_000  # the package has it; half of it are the pictures
    for path, file, kind in (
        ("/docs/", "index.html", "text/html; charset=utf-8"),
        ("/docs/de/", "de/index.html", "text/html; charset=utf-8"),
        ("/docs/client.md", "client.md", "text/markdown; charset=utf-8"),
        ("/docs/llms.txt", "llms.txt", "text/plain; charset=utf-8"),
        ("/docs/assets/images/favicon.png", "assets/images/favicon.png", "image/png"),
        (
            "/docs/javascripts/iframe-worker.js",
            "javascripts/iframe-worker.js",
            "text/javascript; charset=utf-8",
        ),
        ("/docs/search/search_index.json", "search/search_index.json", "application/json"),
    ):
        got, head = (served.answer(method, path, packed) for method in ("GET", "HEAD"))
        assert (got.status, dict(got.headers)["content-type"], got.body) == (
            200,
            kind,
            (site / file).read_bytes(),
        )
        assert (head.status, head.headers, head.body) == (200, got.headers, b"")
    names = zipfile.ZipFile(packed).namelist()
    assert {*files(site)} - {*names} == {
        *("redoc.html", "de/redoc.html", "search/search_index.js", "de/search/search_index.js")
    }
    for outside in (
        "/docs/../docs.py",
        "/docs//etc/passwd",
        "/docs/nothing.html",
        "/docs/assets",
        "/docs/\0",
    ):
        assert served.answer("GET", outside, packed).status == 404, outside
    refused = served.answer("POST", "/docs/", packed)
    assert refused.status == 405 and ("allow", "GET, HEAD") in refused.headers


def test_without_the_documentation_it_says_how_to_get_it(tmp_path: Path) -> None:
    missing = served.answer("GET", "/docs/", tmp_path / "docs.zip")
    assert missing.status == 404 and b"`make docs`" in missing.body


def test_the_sandbox_has_it(sandbox: Sandbox) -> None:
    """As far as it is there: this checkout may have none."""
    connection = http.client.HTTPConnection("127.0.0.1", sandbox.port, timeout=10)
    found = {}
    for path in ("/docs", "/docs/", "/docs/%2e%2e/docs.py", "/docsx", "/w/none/docs/"):
        connection.request("GET", path)
        answer = connection.getresponse()
        found[path] = (answer.status, answer.getheader("location"), answer.read())
    connection.close()
    assert found["/docs"][:2] == (308, "docs/")
    assert found["/docs/"][0] == (200 if served.SITE.exists() else 404)
    assert found["/docs/%2e%2e/docs.py"][0] == 404
    assert b"OAuthException" in found["/docsx"][2]  # Graph's
    assert b"world" in found["/w/none/docs/"][2]


@pytest.mark.parametrize(
    ("document", "text", "message"),
    [
        ("missing.yaml", None, "missing.yaml: cannot be read: No such file or directory"),
        ("broken.yaml", "openapi: [", "broken.yaml:2:1: "),
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
    monkeypatch.setattr(docs, "pack", lambda site, target: pytest.fail("there is nothing to pack"))
    assert docs.main() == 1
    assert capsys.readouterr().err == f"docs: {error}{mend}\n"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"# Title", "does not begin with ---"),
        (b"---\ndescription: About\n---\n\nNo title", "has no title"),
        (b"# \xff", "can't decode byte 0xff"),
    ],
)
def test_broken_page(tmp_path: Path, source: bytes, message: str) -> None:
    path = tmp_path / "client.md"
    path.write_bytes(source)
    with pytest.raises(docs.DocsError, match=message) as raised:
        docs.written_page(path)
    assert "client.md" in str(raised.value)


def test_a_link_to_nowhere_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = docs.pages("en")
    made["index.md"] += "\n[Nowhere](nowhere.md)\n"
    monkeypatch.setattr(docs, "reference", lambda language, target: target.write_text(""))
    monkeypatch.setattr(docs, "pages", lambda language: made)
    with pytest.raises(docs.DocsError, match=r"mkdocs:\n  WARNING .*nowhere\.md"):
        docs.site("en", tmp_path / "site")
