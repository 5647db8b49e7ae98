"""The pictures of the sandbox's page in README and documentation: taken by the tests of the page, when it has changed.

They are in sources/<language>/pictures/. Beside them, in sources/pictures.txt, is of which page they are.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.node import ROOT

SOURCES = ROOT / "scripts" / "docs" / "sources"
MADE_OF = SOURCES / "pictures.txt"
SANDBOX = ROOT / "scripts" / "sandbox" / "meta_b2b_sandbox"
TEST = "tests/page/test_page.py::test_axe_finds_nothing"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
VIEWS = ("businesses", "access", "waiting", "call", "try")
LOOKS = ("light", "dark")


class PicturesError(Exception):
    """No pictures were taken; the text says why."""


def names() -> list[str]:
    """The pictures of a language: "access-dark.webp", …"""
    return [f"{view}-{look}.webp" for view in VIEWS for look in LOOKS]


def page() -> str:
    """A text that is another one for another page, or another world in it."""
    files = [SANDBOX / "demo.yaml", *(SANDBOX / "page").rglob("*"), ROOT / "tests" / "page" / "test_page.py"]
    digest = hashlib.sha256()
    for file in sorted(files):
        if file.suffix in (".py", ".html", ".css", ".js", ".svg", ".yaml"):
            digest.update(file.read_bytes())
    return digest.hexdigest() + "\n"


def take(languages: list[str]) -> str:
    """Take the pictures anew if the page is not the one in them. Returns a line about it, "" if nothing is to be said.

    Raises PicturesError when the page's test fails, OSError.
    """
    now = page()
    if MADE_OF.exists() and MADE_OF.read_text(encoding="utf-8") == now:
        return ""
    if CHROMIUM is None:
        return (
            "the pictures are those of an earlier page, since there is no Chromium: apt-get install chromium"
        )
    with TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", TEST],
            cwd=ROOT,
            env={**os.environ, "PICTURES": folder},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise PicturesError(f"no pictures of the page, since its test fails:\n{done.stdout}{done.stderr}")
        for language in languages:
            target = SOURCES / language / "pictures"
            target.mkdir(exist_ok=True)
            for name in names():
                shutil.copyfile(Path(folder, language, name), target / name)
    MADE_OF.write_text(now, encoding="utf-8")
    return f"the page has changed: took {len(names())} pictures in each language"
