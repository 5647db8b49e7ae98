"""Access tokens, proofs and secrets hidden, in what is shown of a call."""

import re
from collections.abc import Iterable
from typing import Any

HIDDEN = "[secret]"
NAMES = ("access_token", "appsecret_proof", "client_secret", "fb_exchange_token", "input_token", "secret")
_NAMED = "|".join(NAMES)
# In an address or a form, in JSON (also as text within JSON), in a header, in a part of a multipart body.
_SECRET = re.compile(
    rf"""((?:{_NAMED})(?:=|%3d|\\*["']\s*:\s*\\*["']|%22(?:%20|\+)*%3a(?:%20|\+)*%22)"""
    rf"""|(?:bearer|oauth)\s+(?!")|name="(?:{_NAMED})"[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n)[^\s&"'\\%]+(?:%7c[^\s&"'\\%]+)?""",
    re.IGNORECASE,
)
_LOOKS_LIKE_ONE = re.compile(
    r"\bEAA[A-Za-z0-9]{10,}|\bpage-token-[0-9]+-[0-9]+|\b[0-9]{6,}(?:\||%7C)[A-Za-z0-9_-]{6,}"
)
SHORTEST = 6  # characters: shorter ones are found in plain words too


class Redaction:
    """Hides secrets by the name of what they are the value of, by their look, and known ones by their text."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        """`known`: tokens and secrets of a world."""
        texts = sorted({text for text in known if len(text) >= SHORTEST}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, texts))) if texts else None

    def text(self, text: str) -> str:
        """The text without secrets."""
        text = _SECRET.sub(rf"\1{HIDDEN}", text)
        text = _LOOKS_LIKE_ONE.sub(HIDDEN, text)
        return self._known.sub(HIDDEN, text) if self._known else text

    def value(self, value: Any, name: str = "") -> Any:
        """A copy of a value of JSON without secrets; `name` is that of the value."""
        if isinstance(value, dict):
            return {key: self.value(one, key) for key, one in value.items()}
        if isinstance(value, list):
            return [self.value(one, name) for one in value]
        if not isinstance(value, str):
            return value
        return HIDDEN if name in NAMES else self.text(value)
