"""Jinja for the page's templates. `make generate` has compiled them: that would be half of the time of a first view."""

import html
import json
import re
from pathlib import Path

import jinja2
import orjson
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from meta_b2b_sandbox.clock import stamp

TEMPLATES = Path(__file__).parent / "templates"
# Package data; in a checkout, what was generated there.
COMPILED = Path(__file__).parents[1] / "generated" / "page_templates.json"
# importlib.metadata would take longer than is saved here. A Jinja without it compiles the templates itself.
JINJA = getattr(jinja2, "__version__", None)


class Compiled(BytecodeCache):
    """The templates as Python, from a file that `compiled` gave. Jinja compiles what was changed since, and everything
    if it is another version than the one that made the file: no Jinja promises to run the Python of another."""

    def __init__(self, file: Path = COMPILED) -> None:
        made = orjson.loads(file.read_bytes())
        self._templates = made["templates"] if made["jinja2"] == JINJA else {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The template's name, by which it stands in the file."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code of the template with this name and content, if the file has it."""
        made = self._templates.get(bucket.key)
        if made and made["checksum"] == bucket.checksum:
            bucket.code = compile("\n".join(made["code"]), str(TEMPLATES / bucket.key), "exec")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep nothing: only `make generate` writes the file."""


def environment(folder: Path = TEMPLATES, cache: BytecodeCache | None = None) -> Environment:
    """Jinja with the options and filters of the page, for the templates in a folder."""
    made = Environment(
        loader=FileSystemLoader(folder),
        bytecode_cache=cache,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"when": stamp, "tasks": json.loads, "pretty": pretty, "prose": prose}
    return made


def compiled(folder: Path = TEMPLATES) -> str:
    """The templates in a folder as the JSON that `Compiled` reads. Raises jinja2.TemplateSyntaxError."""
    jinja, templates = environment(folder), {}
    for file in sorted(folder.glob("*.html")):
        source = file.read_text(encoding="utf-8")
        templates[file.name] = {
            "checksum": BytecodeCache().get_source_checksum(source),
            "code": jinja.compile(source, file.name, str(file), raw=True).split("\n"),
        }
    return json.dumps({"jinja2": JINJA, "templates": templates}, ensure_ascii=False, indent=0) + "\n"


def prose(text: str) -> str:
    """A text of the document, which is Markdown, as HTML: code and what is emphasized; all else as it stands there."""
    shown = re.sub(r"`([^`\n]+)`", r"<code>\1</code>", html.escape(text))
    return re.sub(r"\*\*([^*\n]+)\*\*", r"<strong>\1</strong>", shown)


def pretty(text: str) -> str:
    """JSON with a line for each value; what is none as it is."""
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return text
