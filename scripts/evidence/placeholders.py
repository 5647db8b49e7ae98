"""An exchange as an example for a report: its shape, with a placeholder for everything that somebody might not want to
tell. The same id is the same placeholder in all of one report, so that one sees which are the same."""

import re
from typing import Any
from urllib.parse import unquote

from meta_b2b_sandbox import fields
from meta_b2b_sandbox.document import METHODS
from meta_b2b_sandbox.errors import GraphError

from scripts.evidence import vocabulary
from scripts.evidence.exchange import Exchange
from scripts.evidence.vocabulary import HIDDEN, Vocabulary, kind

IDS = re.compile(r"(act_)?[0-9]+(?:_[0-9]+)*")
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?")
SECRET = re.compile("token|secret|proof|cursor|after|before|trace")
ADDRESS = re.compile("[a-z]+://", re.IGNORECASE)
SHORT_NUMBER = 4  # digits; longer ones may be ids or times
DEEPEST, ENTRIES = 8, 2


class Placeholders:
    """Those of one report. They know what they stand for, and end with the process."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self._numbers: dict[tuple[str, str], int] = {}
        self._counts: dict[str, int] = {}

    def example(self, exchange: Exchange) -> dict[str, Any]:
        """The exchange as {"call": "GET /v26.0/<id 1>/clients?fields=id", "status": 200, "answer": {…}}."""
        found: dict[str, Any] = {"call": self._call(exchange), "status": exchange.status}
        found["answer"] = (
            self.value(exchange.value) if exchange.is_json else "not JSON" if exchange.answer else HIDDEN
        )
        return found

    def value(self, value: Any, name: str = "", depth: int = 0) -> Any:
        """A value of JSON with placeholders in it; `name` is that of its field."""
        if isinstance(value, dict):
            return self._object(value, depth) if depth < DEEPEST else HIDDEN
        if isinstance(value, list):
            shown = [self.value(one, name, depth + 1) for one in value[:ENTRIES]] if depth < DEEPEST else []
            return [*shown, HIDDEN] if len(value) > len(shown) else shown
        if value is None or isinstance(value, bool):
            return value
        if name in ("code", "error_subcode") and depth == 2:
            code = vocabulary.code(value)
            return HIDDEN if code is None else code
        if (
            isinstance(value, str)
            and value in self._words.values.get(name, ())
            and vocabulary.WORD.fullmatch(value)
        ):
            return value
        return self._placeholder(str(value), name, not isinstance(value, str))

    def _object(self, value: dict[str, Any], depth: int) -> dict[str, Any]:
        shown: dict[str, Any] = {}
        for key, one in value.items():
            if key == "type" and "message" in value:
                shown[key] = self._words.error_type(one)
            elif self._words.knows(key):
                shown[key] = self.value(one, key, depth + 1)
            elif IDS.fullmatch(key):  # in the answer to `ids`
                shown[self._placeholder(key, "", False)] = self.value(one, "", depth + 1)
            else:  # what stands in it, nobody has described
                shown[self._name(key)] = f"<{kind(one)}>"
        return shown

    def _call(self, exchange: Exchange) -> str:
        method = exchange.method if exchange.method.lower() in METHODS else HIDDEN
        parts = [] if exchange.version == "" else [exchange.version]
        for part in exchange.call.strip("/").split("/")[:4]:
            known = self._words.knows(part) and not part.isdigit()
            parts += [part if known or part == "me" else self._placeholder(part, "", False)] if part else []
        shown = [f"{self._name(n)}={self._parameter(n, v)}" for n, v in exchange.given.items()]
        return f"{method} /{'/'.join(parts)}{'?' if shown else ''}{'&'.join(shown)}"

    def _name(self, text: str) -> str:
        """A name in an example: one that is known. Where a difference is about another, it names that itself."""
        bare = text.partition("[")[0]
        return bare if self._words.knows(bare) else f"<name {self._number('name', bare)}>"

    def _parameter(self, name: str, value: Any) -> str:
        if name == "fields" and isinstance(value, str):
            try:
                return ",".join(self._name(one) for one in fields.parse(value))
            except GraphError:
                return HIDDEN
        if isinstance(value, list):
            return ",".join(str(self.value(one, name)) for one in value[:ENTRIES])
        return str(self.value(value, name)) if isinstance(value, str | int | float | None) else HIDDEN

    def _placeholder(self, text: str, name: str, is_number: bool) -> str:
        text = unquote(text)
        if match := IDS.fullmatch(text):
            if is_number and len(text) <= SHORT_NUMBER:
                return "<number>"
            digits = text.removeprefix("act_").split("_")
            return (match[1] or "") + "_".join(f"<id {self._number('id', one)}>" for one in digits)
        if is_number:
            return "<number>"
        if SECRET.search(name):
            what = "secret"
        elif TIME.fullmatch(text):
            what = "time"
        else:
            what = "address" if ADDRESS.match(text) else "text"
        return f"<{what} {self._number(what, text)}>"

    def _number(self, what: str, text: str) -> int:
        if (what, text) not in self._numbers:
            self._counts[what] = self._numbers[what, text] = self._counts.get(what, 0) + 1
        return self._numbers[what, text]
