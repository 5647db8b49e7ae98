"""The language of `fields`: `id,business{name},owned_pages.limit(5).summary(true){id}`, or a list as JSON.

Sources: Graph API, guides/field-expansion; what programs send (graph-companion-facts.md, C.3).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NoReturn

from meta_b2b_sandbox.errors import Failure

INVALID = Failure("invalid_parameter", __name__)
SYNTAX = Failure("field_syntax", __name__)
TWICE = Failure("field_twice", __name__)

MAX_DEPTH, MAX_NAMES = 20, 1000  # [A39]
LONG, KEPT = 1000, 128  # characters, and texts: more are not kept, or a caller could fill the memory
SHOWN = 200  # characters of the text that an error repeats

_NAME = re.compile(r"\s*(\w+)\s*", re.ASCII)
_SPACE = re.compile(r"\s*")
_ARGUMENT = re.compile(r"[^()]*")
_JSON = json.JSONDecoder()


@dataclass(slots=True)
class Wanted:
    """What is wanted of a field: the fields of what is inside (none: those that show by default), and the parameters
    of an edge, name → text. `text` is how the inner fields were written."""

    fields: "Fields" = field(default_factory=dict)
    params: dict[str, str] = field(default_factory=dict)
    text: str = ""


# Name of a field → what is wanted of it.
Fields = dict[str, Wanted]
_LEAF = Wanted()  # most names; never changed


def parse(text: str) -> Fields:
    """The fields that a text names. Raises GraphError: it cannot be read, or names too many, or one twice."""
    return _known(text) if len(text) <= LONG else parse_anew(text)


def parse_anew(text: str) -> Fields:
    """The same, whether the text was seen before or not."""
    return _Parser(text).read() if text and not text.isspace() else {}


_known = lru_cache(maxsize=KEPT)(parse_anew)


class _Parser:
    """Reads one text from left to right. Not a parser library: those tried take ten times as long for the five rules,
    and Graph's texts of errors need the place."""

    def __init__(self, text: str, names: Iterator[int] | None = None) -> None:
        self.text, self.place = text, 0
        self._names = names or iter(range(MAX_NAMES))

    def read(self) -> Fields:
        fields: Fields = {}
        self.fields_until("", fields, 0)
        return fields

    def fields_until(self, end: str, into: Fields, depth: int) -> None:
        """The names up to the character `end`, which is read too ("": up to the end of the text)."""
        if depth > MAX_DEPTH:
            raise INVALID(detail=f"Param fields is nested deeper than {MAX_DEPTH}")
        self.place = _SPACE.match(self.text, self.place).end()  # type: ignore[union-attr]  # always matches
        if self.text.startswith("[", self.place):
            self.json_list(into, depth)
        else:
            while True:
                self.one(into, depth)
                if not self.text.startswith(",", self.place):
                    break
                self.place += 1
        if end and self.text.startswith(end, self.place):
            self.place += 1
        elif end or self.place < len(self.text):
            self.fail(f'"{end}"' if end else "end of string")

    def one(self, into: Fields, depth: int) -> None:
        """A name, its parameters, and the names in its braces."""
        match = _NAME.match(self.text, self.place)
        if match is None:
            self.fail("name")
        name, self.place = match[1], match.end()
        if name in into:
            raise TWICE(field=name[:50], position=str(self.place), text=self.text[:SHOWN])
        if next(self._names, None) is None:
            raise INVALID(detail=f"Param fields names more than {MAX_NAMES} fields")
        if self.text[self.place : self.place + 1] not in {".", "{"}:
            into[name] = _LEAF
            return
        wanted = into[name] = Wanted()
        while self.text.startswith(".", self.place):
            self.parameter(wanted, depth)
        if self.text.startswith("{", self.place):
            self.inside(wanted, "}", depth)

    def parameter(self, wanted: Wanted, depth: int) -> None:
        """`.limit(5)`; `.fields(id,name)` is the same as braces."""
        self.place += 1
        match = _NAME.match(self.text, self.place)
        if match is None:
            self.fail("name")
        self.place = match.end()
        if not self.text.startswith("(", self.place):
            self.fail('"("')
        if match[1] == "fields":
            self.inside(wanted, ")", depth)
            return
        start, open_ones = self.place + 1, 0
        while True:
            self.place = _ARGUMENT.match(self.text, self.place).end()  # type: ignore[union-attr]  # always matches
            if self.place == len(self.text):
                self.fail('")"')
            open_ones += 1 if self.text[self.place] == "(" else -1
            self.place += 1
            if open_ones == 0:
                break
        wanted.params[match[1]] = self.text[start : self.place - 1].strip()
        self.place = _SPACE.match(self.text, self.place).end()  # type: ignore[union-attr]  # always matches

    def inside(self, wanted: Wanted, end: str, depth: int) -> None:
        start = self.place = self.place + 1
        self.fields_until(end, wanted.fields, depth + 1)
        wanted.text = self.text[start : self.place - 1]
        self.place = _SPACE.match(self.text, self.place).end()  # type: ignore[union-attr]  # always matches

    def json_list(self, into: Fields, depth: int) -> None:
        """`["id","business{name}"]`, or one text with commas in such a list."""
        try:
            found, self.place = _JSON.raw_decode(self.text, self.place)
        except (ValueError, RecursionError):
            self.fail("a list of names")
        if not all(isinstance(item, str) for item in found):
            raise INVALID(detail="Param fields must be a list of names")
        for item in found:
            if item.strip():
                inner = _Parser(item, self._names)
                inner.fields_until("", into, depth + 1)
        self.place = _SPACE.match(self.text, self.place).end()  # type: ignore[union-attr]  # always matches

    def fail(self, expected: str) -> NoReturn:
        found = f'"{self.text[self.place]}"' if self.place < len(self.text) else "end of string"
        problem = "Expected name." if expected == "name" else f"Expected {expected} instead of {found}."
        raise SYNTAX(problem=problem, position=str(self.place), text=self.text[:SHOWN])
