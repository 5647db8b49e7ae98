"""The pages of the documentation that are written by hand, and the blocks of code in them."""

import re
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

from scripts.docs.build import DOCUMENTS, SOURCES, parted

LANGUAGES = tuple(DOCUMENTS)
PAGES = sorted(path.name for path in (SOURCES / "en").glob("*.md"))
SANDBOX, MOCK = "127.0.0.1:4020", "127.0.0.1:4010"  # where they expect the two


@dataclass(frozen=True)
class Block:
    """One fenced block: its kind is python, sh, json, text, …"""

    kind: str
    text: str


def path(page: str, language: str = "en") -> Path:
    return SOURCES / language / page


def text(page: str, language: str = "en") -> str:
    """What the page says, without its description."""
    return parted(path(page, language).read_text(encoding="utf-8"))[1]


def blocks(page: str, language: str = "en") -> list[Block]:
    """The blocks of a page, in their order."""
    tokens = MarkdownIt().parse(text(page, language))
    return [Block(token.info, token.content) for token in tokens if token.type == "fence"]


def headings(page: str, language: str = "en") -> list[str]:
    """The level of each heading of a page: h1, h2, …"""
    return [one.tag for one in MarkdownIt().parse(text(page, language)) if one.type == "heading_open"]


def tests() -> list[str]:
    """The modules of tests that the pages show."""
    return [
        block.text for page in PAGES for block in blocks(page) if block.kind == "python" and is_test(block)
    ]


def is_test(block: Block) -> bool:
    """Whether it is a module of tests for pytest."""
    return "def test_" in block.text


def without_comments(shell: str) -> str:
    """Lines for a shell without their comments, which are in the language of the page."""
    return re.sub(r"[ ]+#.*$", "", shell, flags=re.M)
