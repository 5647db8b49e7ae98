"""Write the documentation into dist/docs/ (`make docs`): pages that need no network and no server.

For each language the reference, by Redocly from the document, and the guide to the client, from
scripts/docs/sources/client.<language>.md; and an index of them. Exit codes: 0 done, 1 not, and nothing was changed.
"""

import json
import os
import sys
import time
from itertools import pairwise
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

from markdown_it import MarkdownIt
from mdit_py_plugins.anchors import anchors_plugin
from meta_b2b_sandbox.document import Document, DocumentError, mounted
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from scripts.files import replacing
from scripts.node import ROOT, ToolMissing, run_node

SOURCES = ROOT / "scripts" / "docs" / "sources"
TARGET = ROOT / "dist" / "docs"
# Redoc's own labels ("Request", "Responses", …) stay English in every language: Redoc 3.0 has no option for them.
DOCUMENTS = {"en": ROOT / "openapi" / "b2b.yaml", "de": ROOT / "generated" / "openapi" / "de.yaml"}


class DocsError(Exception):
    """Nothing was written; the text says why."""


class DocumentUnusable(DocsError):
    """A document is missing, or Redocly cannot show it."""


def reference(language: str, target: Path) -> None:
    """Write the page that shows the document of this language. Raises DocumentUnusable, ToolMissing, OSError."""
    document = DOCUMENTS[language]
    name = document.relative_to(ROOT)
    try:
        tree = mounted(Document.load(document).tree)  # Redoc shows no path items of `components`
    except DocumentError as error:
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


def highlighted(code: str, language: str, _: str) -> str:
    """The code as HTML, its words in classes; raises ValueError for a language that Pygments does not know."""
    return highlight(code, get_lexer_by_name(language), HtmlFormatter(nowrap=True)) if language else ""


def page(source: Path, language: str) -> str:
    """The HTML of a Markdown file, with its level 1 heading as the title. Raises DocsError, OSError."""
    markdown = MarkdownIt("commonmark", {"highlight": highlighted}).enable("table")
    anchors_plugin(markdown, min_level=2, max_level=2, permalink=True, permalinkSymbol="#")
    try:
        text = source.read_text(encoding="utf-8")
        body = markdown.render(text)
    except ValueError as error:  # not UTF-8, or code in a language that Pygments does not know
        raise DocsError(f"{source}: {error}") from error
    titles = [after.content for token, after in pairwise(markdown.parse(text)) if token.tag == "h1"]
    if not titles:
        raise DocsError(f"{source} has no title: a line that begins with #")
    template = Template((SOURCES / "page.html").read_text(encoding="utf-8"))
    colours = {
        name: HtmlFormatter(style=style).get_style_defs("pre")  # type: ignore[no-untyped-call]
        for name, style in {"light": "friendly", "dark": "github-dark"}.items()
    }
    return template.substitute(language=language, title=titles[0], body=body, **colours)


def build(target: Path = TARGET) -> list[str]:
    """Replace the folder `target` by the documentation, all of it or nothing.

    Returns the names of its files. Raises DocsError, ToolMissing.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with replacing(target) as new:
            for language in DOCUMENTS:
                reference(language, new / f"reference.{language}.html")
                guide = page(SOURCES / f"client.{language}.md", language)
                (new / f"client.{language}.html").write_text(guide, encoding="utf-8")
            (new / "index.html").write_text(page(SOURCES / "index.md", "en"), encoding="utf-8")
    except OSError as error:
        raise DocsError(f"{error.filename}: {error.strerror}") from error
    return sorted(path.name for path in target.iterdir())


def main() -> int:
    """The command; returns the exit code."""
    start = time.monotonic()
    try:
        files = build()
    except DocumentUnusable as error:
        print(f"docs: {error}; run: make generate check", file=sys.stderr)
        return 1
    except ToolMissing as error:
        print(f"docs: {error}; run: make setup", file=sys.stderr)
        return 1
    except DocsError as error:
        print(f"docs: {error}", file=sys.stderr)
        return 1
    seconds = time.monotonic() - start
    print(f"{TARGET.relative_to(ROOT)}/index.html and {len(files) - 1} more pages in {seconds:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
