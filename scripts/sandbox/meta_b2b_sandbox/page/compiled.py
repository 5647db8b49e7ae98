"""The page's templates as Python, made by `make generate`: compiling them would be half of the time of a first view."""

import json
from pathlib import Path

import jinja2
import orjson
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

TEMPLATES = Path(__file__).parent / "templates"
# Package data; in a checkout, what was generated there.
COMPILED = Path(__file__).parents[1] / "generated" / "page_templates.json"
# importlib.metadata would take longer than is saved here. A Jinja without it compiles the templates itself.
JINJA = getattr(jinja2, "__version__", None)


class Compiled(BytecodeCache):
    """The templates as Python, from a file that `text_of` made. Jinja compiles what was changed since, and everything
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


def text_of(jinja: Environment) -> str:
    """All templates of this Jinja as the JSON that `Compiled` reads. Raises jinja2.TemplateSyntaxError."""
    assert jinja.loader
    templates = {}
    for name in jinja.list_templates():
        source, file, _ = jinja.loader.get_source(jinja, name)
        templates[name] = {
            "checksum": BytecodeCache().get_source_checksum(source),
            "code": jinja.compile(source, name, file, raw=True).split("\n"),
        }
    return json.dumps({"jinja2": JINJA, "templates": templates}, ensure_ascii=False, indent=0) + "\n"
