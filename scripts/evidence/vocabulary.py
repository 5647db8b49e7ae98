"""What of a call may be written down: words of the interface, never what stands in it.

Nothing passes because it does not look like a secret. A word passes because the document knows it, or because of the
place where it stood and its form: a name is one of small letters, a value one of letters only, and only where the
document has a list of such values.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from meta_b2b_sandbox.document import Document, mounted
from meta_b2b_sandbox.graph_names import GraphNames

# A value: no digits, so no id, time or token of Meta's; all letters large or all small, so no name as people write it.
WORD = re.compile("[A-Z][A-Z_]{0,39}|[a-z][a-z_]{0,39}")
NAME = re.compile("[a-z][a-z0-9_]{0,39}")
HEADER = re.compile("[a-z][a-z-]{0,39}")
MEDIA_TYPE = re.compile("(application|audio|font|image|message|model|multipart|text|video)/[a-z+.-]{1,30}")
ERROR_TYPE = re.compile("[A-Z][A-Za-z]{0,30}(?:Exception|Error)")
MOST_DIGITS = 2  # in a name; an id has more
LARGEST_CODE = 9_999_999  # subcodes have seven digits
LONGEST_SHAPE = 40
BACKTICKED = re.compile(r"`(\w+)`")
HIDDEN = "…"


class Vocabulary:
    """The words of a document, and of Meta's SDK beside it. `values`: name of a field or parameter → its values."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.names = GraphNames.load()
        self.values: dict[str, set[str]] = {}
        self._known = {name for node in self.names.nodes.values() for name in (*node.fields, *node.edges)}
        self.error_types = {example.error["type"] for example in document.errors.values()}
        fields: dict[int, set[str]] = {}  # a schema → the names of what it describes
        self._known |= {
            part for path in mounted(document.tree)["paths"] for part in path.split("/") if "{" not in part
        }
        for name, schema in _named(document):
            self._known.add(name)
            for one in (schema, document.resolve(schema.get("items", {}))):
                said = [*one.get("enum", ()), *one.get("examples", ())]
                said += BACKTICKED.findall(str(one.get("description", "")))
                self.values.setdefault(name, set()).update(v for v in said if isinstance(v, str))
                fields.setdefault(id(one), set()).add(name)
        for example in document.tree["components"].get("examples", {}).values():
            for name, value in _leaves(example.get("value")):
                if isinstance(value, str) and WORD.fullmatch(value):
                    self.values.setdefault(name, set()).add(value)
        for alike in fields.values():  # such as `tasks` and `permitted_tasks`
            together = set().union(*(self.values[name] for name in alike))
            for name in alike:
                self.values[name] = self.values[name] | together

    def is_listed(self, schema: dict[str, Any]) -> bool:
        """Whether the values of a schema are a list of words, closed (`enum`) or open (`examples`): no secrets."""
        said = listed(schema)
        plain = schema.get("type") == "string" and "pattern" not in schema and "format" not in schema
        return plain and bool(said) and all(isinstance(v, str) and WORD.fullmatch(v) for v in said)

    def name(self, text: str) -> str:
        """The name of a field, a parameter or an edge; HIDDEN for what is hardly one."""
        if text in self._known:
            return text
        digits = sum(character.isdigit() for character in text)
        return text if NAME.fullmatch(text) and digits <= MOST_DIGITS else HIDDEN

    def knows(self, name: str) -> bool:
        """Whether the document or Meta's SDK has this name."""
        return name in self._known

    def value(self, text: object, listed: Iterable[str]) -> str:
        """A value from where the document lists others; its form if it is no word, or not written like these."""
        is_word = isinstance(text, str) and WORD.fullmatch(text)
        is_alike = is_word and str(text).isupper() in {one.isupper() for one in listed}
        return str(text) if is_alike else form(text)

    def error_type(self, text: object) -> str:
        """The `type` of an error."""
        known = isinstance(text, str) and (text in self.error_types or ERROR_TYPE.fullmatch(text))
        return str(text) if known else HIDDEN


def listed(schema: dict[str, Any]) -> list[Any]:
    """The values that a schema lists, of a closed list or an open one."""
    return list(schema.get("enum") or schema.get("examples") or ())


def code(value: object) -> int | None:
    """A code or subcode of an error; None for what is none."""
    is_one = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_CODE
    return value if is_one else None  # type: ignore[return-value]  # an int


def header(name: str) -> str:
    """The name of a header, in small letters; HIDDEN for one that might carry more."""
    return name if HEADER.fullmatch(name) else HIDDEN


def media_type(text: str) -> str:
    """The media type of a Content-Type, without its parameters."""
    media = text.partition(";")[0].strip().lower()
    return media if MEDIA_TYPE.fullmatch(media) else HIDDEN


def kind(value: object) -> str:
    """The type of a value of JSON, in the words of JSON Schema."""
    if value is None or isinstance(value, bool):
        return "null" if value is None else "boolean"
    kinds = {str: "string", int: "integer", float: "number", list: "array", dict: "object"}
    return kinds.get(type(value), "unknown")


def form(value: object) -> str:
    """What a value looks like: its type, and of a text that is not long each letter as `a` and each digit as `9`."""
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_SHAPE:
        return kind(value) if value != "" else "empty string"
    shape = "".join(
        "9" if c.isdigit() else "a" if c.isalpha() else c if c in "-+:.,_/ []\"'" else "?" for c in value
    )
    return f"string like {shape}"


def _named(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """(name, schema) of each property and each parameter of the document."""
    for schema in document.tree["components"]["schemas"].values():
        for name, one in document.properties(schema).items():
            yield name, document.resolve(one)
    for operation in document.operations.values():
        for parameter in operation.parameters:
            yield parameter["name"], document.resolve(parameter["schema"])


def _leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """(name, value) of what is in a value of JSON; what is in a list has the list's name."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _leaves(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one, name)
    else:
        yield name, value
