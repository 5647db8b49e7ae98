"""The texts of the page, in English and German, from one table: texts.yaml."""

import re
from functools import cache
from pathlib import Path

import yaml

LANGUAGES = ("en", "de")
TEXTS = Path(__file__).with_name("texts.yaml")
_ACCEPTED = re.compile(r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]{1,30})?\s*(?:;\s*q=([01](?:\.[0-9]{0,3})?))?\s*")


@cache
def texts() -> dict[str, dict[str, str]]:
    """Name of a text → language → the text, with `{name}` where a value stands."""
    table: dict[str, dict[str, str]] = yaml.load(
        TEXTS.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    return table


def language(accepted: str) -> str:
    """The one of the languages that the header Accept-Language likes best, English if it knows none of them."""
    best, most = LANGUAGES[0], 0.0
    for part in accepted[:500].split(","):
        match = _ACCEPTED.fullmatch(part)
        if match and match[1].lower() in LANGUAGES and float(match[2] or 1) > most:
            best, most = match[1].lower(), float(match[2] or 1)
    return best


class Speaker:
    """Says the texts in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, name: str, /, **values: object) -> str:
        """The text of this name. Raises KeyError without one."""
        return texts()[name][self.language].format(**values)
