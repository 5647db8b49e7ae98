"""Where the assumptions of the document are: in its texts, in the code that makes them, and in the tests of them."""

import ast
import re
from pathlib import Path
from typing import Any

from scripts.node import ROOT
from scripts.overlays.translation import ASSUMPTION, texts

CODE = (ROOT / "scripts" / "sandbox", ROOT / "scripts" / "client" / "runtime")
TESTS = ROOT / "tests"


def in_texts(document: dict[str, Any], word: str) -> dict[str, tuple[tuple[str | int, ...], str]]:
    """Id → (place in the OpenAPI document, text) of each assumption in it, by id.

    `word` is "Assumption" in the language of the document. The text goes to the end of its paragraph or list item, and
    begins with the sentence before the mark, if there is one.
    """
    mark = re.compile(rf"\*\*{word} \[(A\d+)\]:\*\*\s")
    found: dict[str, tuple[tuple[str | int, ...], str]] = {}
    for place, whole in texts(document).items():
        for part in re.split(r"\n\s*\n|\n\s*- ", whole):
            before, *marked = mark.split(" ".join([*part.removeprefix("- ").split(), ""]))
            sentence = re.split(r"(?<=[^\d][.!?]) ", before.strip())[-1]
            for id, text in zip(marked[::2], marked[1::2], strict=True):
                follows = f"{sentence} {text[0].upper()}{text[1:]}" if sentence else text
                found[id] = (place, follows.strip())
                sentence = ""
    return {id: found[id] for id in sorted(found, key=lambda id: int(id[1:]))}


def in_code(*folders: Path) -> dict[str, set[str]]:
    """Id → the files below the folders, those of the sandbox and of the client without any, that name it."""
    found: dict[str, set[str]] = {}
    for file in (file for folder in folders or CODE for file in folder.rglob("*.py")):
        for id in ASSUMPTION.findall(file.read_text(encoding="utf-8")):
            found.setdefault(id, set()).add(file.name)
    return found


def in_tests(folder: Path = TESTS) -> dict[str, set[str]]:
    """Id → the tests that name it, as pytest does, below `folder`: "sandbox/test_rules.py::test_one".

    They name it in their decorators, their docstring or a comment inside them.
    """
    found: dict[str, set[str]] = {}
    for file in folder.rglob("test_*.py"):
        text = file.read_text(encoding="utf-8")
        lines = text.splitlines()
        for test in ast.walk(ast.parse(text, str(file))):
            if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
                first = min([test.lineno, *(decorator.lineno for decorator in test.decorator_list)])
                for id in ASSUMPTION.findall("\n".join(lines[first - 1 : test.end_lineno])):
                    name = f"{file.relative_to(folder).as_posix()}::{test.name}"
                    found.setdefault(id, set()).add(name)
    return found
