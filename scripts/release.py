"""All of a release but the upload (`make release-check TAG=v1.2.3`).

The tag, the package's version and the changelog's topmost entry name the same version; wheel, sdist, SBOM, documents
and documentation are built and checked; dist/release/ has what the release workflow attaches, dist/notes.md its text.
Exit codes: 0 done, 1 something does not fit, 2 wrong usage.
"""

import argparse
import shutil
import sys
from datetime import date
from pathlib import Path

from meta_b2b_sandbox import __version__

from scripts import build, generate
from scripts.changelog import CHANGELOG, topmost
from scripts.files import replacing
from scripts.node import ROOT, ToolMissing

DOCUMENTS = [
    "openapi/b2b.yaml",
    "openapi/sandbox.yaml",
    "openapi/stories.arazzo.yaml",
    "generated/openapi/client.yaml",
    "generated/openapi/de.yaml",
]


class ReleaseError(Exception):
    """It is no release yet; the text says what is missing, and where."""


def notes(log: str, version: str) -> str:
    """The text of the changelog's topmost entry: "## 1.2.3 - 2026-01-31". Raises ReleaseError when it is another."""
    title, text = topmost(log)
    name, _, day = title.partition(" - ")
    if name != version:
        raise ReleaseError(
            f'{CHANGELOG} begins with "## {title}" and not with "## {version} - {date.today().isoformat()}"'
        )
    try:
        date.fromisoformat(day)
    except ValueError:
        raise ReleaseError(f'{CHANGELOG}: "## {title}" has no date like 2026-01-31') from None
    if not text:
        raise ReleaseError(f'{CHANGELOG}: nothing stands under "## {title}"')
    return text + "\n"


def check(tag: str, version: str) -> None:
    """Raises ReleaseError when the tag is not that of the version."""
    if tag != f"v{version}":
        raise ReleaseError(
            f"the tag {tag} is not v{version}, and {version} is the version in "
            "scripts/sandbox/meta_b2b_sandbox/__init__.py"
        )


def assemble(target: Path) -> list[Path]:
    """Build and check all that is attached, into the folder `target`; returns the files.

    Raises ReleaseError, build.BuildError, generate.GenerateError, ToolMissing.
    """
    if stale := generate.drift():
        raise ReleaseError("\n".join([*stale, "run: make generate"]))
    site = build.DIST / "docs"
    if not (site / "index.html").is_file():
        raise ReleaseError("dist/docs/index.html is missing; run: make docs")
    with replacing(target) as new:
        build.build(new)
        build.bills(new)
        for document in DOCUMENTS:
            folder = "" if document.startswith("openapi/") else "b2b."
            shutil.copy(ROOT / document, new / f"{folder}{Path(document).name}")
        shutil.make_archive(str(new / "docs"), "zip", site)
    return sorted(target.iterdir())


def main() -> int:
    """The command; returns the exit code."""
    parser = argparse.ArgumentParser(description="Do all of a release but the upload.")
    parser.add_argument(
        "tag", nargs="?", default=f"v{__version__}", help="the tag of the release (default: %(default)s)"
    )
    tag = parser.parse_args().tag
    try:
        check(tag, __version__)
        text = notes((ROOT / CHANGELOG).read_text(encoding="utf-8"), __version__)
        files = assemble(build.DIST / "release")
        (build.DIST / "notes.md").write_text(text, encoding="utf-8")
    except (ReleaseError, build.BuildError, generate.GenerateError, ToolMissing) as error:
        print(f"release: {error}", file=sys.stderr)
        return 1
    for path in files:
        print(f"release: {path.relative_to(ROOT)}  {path.stat().st_size / 1000:.0f} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
