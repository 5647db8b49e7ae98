"""The documentation under /docs: the site that `make build` puts into the package, as one file."""

import mimetypes
import zipfile
from functools import cache
from pathlib import Path

from meta_b2b_sandbox.answering import Response

# Written by `make docs`; a checkout has none before.
SITE = Path(__file__).parent / "docs.zip"
MISSING = (
    "This sandbox was installed without its documentation. In the repository, `make docs` writes it, and `make build` "
    "a package that has it."
)
_types = mimetypes.MimeTypes(filenames=())  # the same on every machine
_types.add_type("image/webp", ".webp")
_types.add_type("text/markdown", ".md")
_types.add_type("text/javascript", ".js")


def under(path: str) -> bool:
    """Whether this path is one of the documentation."""
    return path == "/docs" or path.startswith("/docs/")


def answer(method: str, path: str, site: Path = SITE) -> Response:
    """The response to a call of a path under /docs: a file of the site. A folder is its index.html.

    A path is a name in the archive `site`, and so leads to no other file. Raises OSError when that cannot be read.
    """
    if method not in ("GET", "HEAD"):
        return _text(405, "Only GET and HEAD.", method, [("allow", "GET, HEAD")])
    if path == "/docs":
        return Response(308, [("location", "docs/"), ("content-length", "0")], b"")
    if not site.exists():
        return _text(404, MISSING, method)
    name = path.removeprefix("/docs/")
    name += "index.html" if not name or name.endswith("/") else ""
    try:
        body = _archive(site).read(name)
    except KeyError:
        return _text(404, "There is no such page in the documentation. It begins at /docs/", method)
    kind = _types.guess_type(name)[0] or "application/octet-stream"
    return _sent(200, kind, body, method, [("cache-control", "no-cache")])


@cache
def _archive(site: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(site)


def _text(status: int, text: str, method: str, headers: list[tuple[str, str]] | None = None) -> Response:
    return _sent(status, "text/plain", f"{text}\n".encode(), method, headers or [])


def _sent(status: int, kind: str, body: bytes, method: str, headers: list[tuple[str, str]]) -> Response:
    """The answer to a GET, or its head to a HEAD."""
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    length = ("content-length", str(len(body)))
    given = [("content-type", kind + charset), ("x-content-type-options", "nosniff"), length, *headers]
    return Response(status, given, b"" if method == "HEAD" else body)
