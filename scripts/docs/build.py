"""Write the documentation into dist/docs/ (`make docs`): pages that need no network and no server.

A site in English, and below de/ in German, by MkDocs from scripts/docs/sources/ and from what pages.py makes of the
document; with the reference by Redocly, each page in Markdown as well, and llms.txt, which lists those. Exit codes: 0
done, 1 not, and nothing was changed.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from meta_b2b_sandbox.document import Document, DocumentError, mounted

from scripts.docs import pages as generated
from scripts.docs import pictures
from scripts.files import replacing
from scripts.node import ROOT, ToolMissing, run_node
from scripts.overlays import overlay
from scripts.overlays.translation import TRANSLATIONS
from scripts.stories import STORIES as ARAZZO
from scripts.yaml_io import YamlError, load_yaml

SOURCES = pictures.SOURCES
TARGET = ROOT / "dist" / "docs"
# What the package has of the site, and the sandbox serves: all but what a server does not need or what is large.
PACKED = ROOT / "scripts" / "sandbox" / "meta_b2b_sandbox" / "docs.zip"
NOT_PACKED = ("redoc.html", "search_index.js")
# Redoc's own labels ("Request", "Responses", …) stay English in every language: Redoc 3.0 has no option for them.
DOCUMENTS = {"en": ROOT / "openapi" / "b2b.yaml", "de": ROOT / "generated" / "openapi" / "de.yaml"}
# The stories in each language.
STORIES = {"en": lambda: load_yaml(ARAZZO), "de": lambda: overlay.derive(ARAZZO, TRANSLATIONS[ARAZZO])}

CHANGES = {"en": ROOT / "CHANGELOG.md", "de": SOURCES / "CHANGELOG.de.md"}

# What lets the search run in pages that are opened as files; MkDocs would fetch it from elsewhere.
SHIM = Path("node_modules", "iframe-worker", "shim", "index.js")
# What MkDocs writes for sites with an address of their own, and maps for debugging. The theme asks for sitemap.xml.
UNUSED = ("404.html", "sitemap.xml.gz", "assets/**/*.map")


class DocsError(Exception):
    """Nothing was written; the text says why."""


class DocumentUnusable(DocsError):
    """A document is missing, or Redocly cannot show it."""


def reference(language: str, target: Path) -> None:
    """Write the page that shows the document of this language. Raises DocumentUnusable, ToolMissing, OSError."""
    document = DOCUMENTS[language]
    name = document.relative_to(ROOT)
    try:
        tree = mounted(load_yaml(document))  # Redoc shows no path items of `components`
    except YamlError as error:
        raise DocumentUnusable(str(error).replace(f"{ROOT}{os.sep}", "")) from error
    with TemporaryDirectory() as folder:
        shown = Path(folder, "document.json")
        shown.write_text(json.dumps(tree), encoding="utf-8")
        result = run_node(
            *("redocly", "build-docs", str(shown), "--output", str(target), "--inlineBundle"),
            *("--template", str(SOURCES / "reference.hbs"), f"--templateOptions.lang={language}"),
        )
    if result.returncode or not target.exists():
        reason = result.stderr.strip().rpartition("\n\n")[2]  # what stands before it are announcements
        raise DocumentUnusable(f"redocly cannot show {name}: {reason}")


def words(language: str) -> dict[str, Any]:
    """The words of a language that stand on no page of it. Raises DocsError."""
    try:
        found: dict[str, Any] = load_yaml(SOURCES / f"{language}.yaml")
    except YamlError as error:
        raise DocsError(str(error)) from error
    return found


def pages(language: str) -> dict[str, str]:
    """Path → text of each page in Markdown: those of sources/<language>/, and those made of other files.

    Raises DocumentUnusable, DocsError, OSError.
    """
    said = words(language)
    try:
        english, document = (Document.load(DOCUMENTS[one]) for one in ("en", language))
        control = Document.load(ROOT / "openapi" / "sandbox.yaml")
        told = STORIES[language]()
    except (DocumentError, YamlError) as error:
        raise DocumentUnusable(str(error).replace(f"{ROOT}{os.sep}", "")) from error
    written = {path.name: written_page(path) for path in sorted((SOURCES / language).glob("*.md"))}
    return {
        **written,
        **generated.reference(english, document, said["reference"]),
        "assumptions.md": generated.assumed(document, said["assumptions"]),
        "stories.md": generated.stories(english, control, told, said["stories"]),
        "changes.md": generated.changes(CHANGES[language].read_text(encoding="utf-8"), said["changes"]),
    }


def written_page(path: Path) -> str:
    """The text of a page. Raises DocsError for one that is not UTF-8, or has no title or description, OSError."""
    try:
        text = path.read_text(encoding="utf-8")
    except ValueError as error:
        raise DocsError(f"{path}: {error}") from error
    about, body = parted(text)
    if not about:
        raise DocsError(f"{path} does not begin with ---, a line with its description, and ---")
    if not body.startswith("# "):
        raise DocsError(f"{path} has no title: a line that begins with #")
    return text


def parted(page: str) -> tuple[str, str]:
    """The description of a page in Markdown, "" without one, and what it says."""
    found = re.match(r"---\ndescription: (.*)\n---\n+", page)
    return (str(yaml.safe_load(found[1])), page[found.end() :]) if found else ("", page)


def navigation(said: dict[str, Any], made: dict[str, str]) -> list[dict[str, Any]]:
    """The navigation, for MkDocs: the titles of pages are their own, but for the first."""
    sections = said["sections"]
    return [
        {sections["start"]: "index.md"},
        {sections["stories"]: ["stories.md", "story-access.md", "story-obo.md", "story-acting.md"]},
        {
            sections["guides"]: [
                "client.md",
                "sandbox.md",
                "testing.md",
                "mock.md",
                "contract.md",
                "evidence.md",
            ]
        },
        {sections["reference"]: [name for name in made if name.startswith("reference/")]},
        {sections["project"]: ["assumptions.md", "changes.md"]},
    ]


def place(language: str) -> str:
    """The folder of a language in the site, "" for the first one: "de/"."""
    return "" if language == next(iter(DOCUMENTS)) else f"{language}/"


def site(language: str, target: Path) -> dict[str, str]:
    """Write the site of a language into the folder `target`, and each page as Markdown beside it. Returns the pages.

    Raises DocsError, DocumentUnusable, ToolMissing,
    OSError.
    """
    said = words(language)
    with TemporaryDirectory() as folder:
        docs = Path(folder, "docs")
        (docs / "javascripts").mkdir(parents=True)
        reference(language, docs / "redoc.html")
        made = pages(language)
        for name, text in made.items():
            path = docs / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        shutil.copytree(SOURCES / language / "pictures", docs / "pictures")
        shutil.copy(ROOT / SHIM, docs / "javascripts" / "iframe-worker.js")
        root = ".." if place(language) else "."
        config = {
            "INHERIT": str(SOURCES / "mkdocs.yml"),
            "site_name": said["name"],
            "docs_dir": str(docs),
            "site_dir": str(target),
            "nav": navigation(said, made),
            "theme": {"language": language, "custom_dir": str(SOURCES / "theme")},
            "plugins": {"search": {"lang": [language]}},
            "extra": {
                "alternate": [
                    {"name": words(one)["language"], "lang": one, "link": f"{root}/{place(one)}index.html"}
                    for one in DOCUMENTS
                ]
            },
        }
        file = Path(folder, "mkdocs.yml")
        file.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
        command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(file)]
        env = {**os.environ, "SOURCE_DATE_EPOCH": "0", "NO_MKDOCS_2_WARNING": "true"}
        result = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    if result.returncode:
        told = [line for line in result.stderr.splitlines() if not line.startswith("INFO ")]
        raise DocsError("\n  ".join(["mkdocs:", *told]))
    for name, text in made.items():
        (target / name).write_text(parted(text)[1], encoding="utf-8")
    stemmers = {f"lunr.{name}.min.js" for name in ("stemmer.support", language)}
    lunr = [path for path in target.glob("assets/javascripts/lunr/**/*.js") if path.name not in stemmers]
    for path in [*lunr, *(path for unused in UNUSED for path in target.glob(unused))]:
        path.unlink()
    return made


def contents(made: dict[str, dict[str, str]]) -> str:
    """llms.txt: language → its pages, as a list of links to them in Markdown, with a line about each."""
    lines = ["# meta-b2b", "", f"> {parted(made['en']['index.md'])[0]}"]
    for language, texts in made.items():
        said = words(language)
        lines += ["", f"## {said['language']}", ""]
        for section in navigation(said, texts):
            for names in section.values():
                for name in [names] if isinstance(names, str) else names:
                    about, body = parted(texts[name])
                    title = body.splitlines()[0].removeprefix("# ")
                    lines.append(f"- [{title}]({place(language)}{name}): {about}")
    return "\n".join(lines) + "\n"


def build(target: Path = TARGET) -> list[str]:
    """Replace the folder `target` by the documentation, all of it or nothing.

    Returns the names of its files. Raises DocsError, ToolMissing.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with replacing(target) as new:
            made = {language: site(language, new / place(language)) for language in DOCUMENTS}
            (new / "llms.txt").write_text(contents(made), encoding="utf-8")
    except OSError as error:
        raise DocsError(f"{error.filename}: {error.strerror}") from error
    return sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())


def pack(site: Path, target: Path) -> None:
    """Write the site into one file, for the package: for the same site the same bytes. Raises OSError."""
    new = target.with_suffix(".new")
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(site.rglob("*")):
            if path.is_file() and path.name not in NOT_PACKED:
                entry = zipfile.ZipInfo(
                    path.relative_to(site).as_posix()
                )  # of 1980, and of no system in particular
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                entry.create_system = 3
                archive.writestr(entry, path.read_bytes())
    new.replace(target)


def main() -> int:
    """The command; returns the exit code."""
    start = time.monotonic()
    try:
        if said := pictures.take([*DOCUMENTS]):
            print(f"docs: {said}", flush=True)
        files = build()
        pack(TARGET, PACKED)
    except DocumentUnusable as error:
        print(f"docs: {error}; run: make generate check", file=sys.stderr)
        return 1
    except ToolMissing as error:
        print(f"docs: {error}; run: make setup", file=sys.stderr)
        return 1
    except (DocsError, pictures.PicturesError) as error:
        print(f"docs: {error}", file=sys.stderr)
        return 1
    seconds = time.monotonic() - start
    count = sum(file.endswith(".html") for file in files)
    print(f"{TARGET.relative_to(ROOT)}/index.html and {count - 1} more pages in {seconds:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
