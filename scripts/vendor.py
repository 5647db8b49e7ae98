"""Copy what comes from others into the package, and write their licences: `python -m scripts.vendor`.

Writes page/static/ of the sandbox, as far as it is from npm, and THIRD-PARTY.md. Exit codes: 0 done, 1 a package is not
installed.
"""

import json
import shutil
import sys
from importlib.metadata import PackageNotFoundError, distribution

from scripts.node import ROOT

STATIC = ROOT / "scripts" / "sandbox" / "meta_b2b_sandbox" / "page" / "static"
NOTICES = ROOT / "THIRD-PARTY.md"
# Name in STATIC → file in node_modules.
FILES = {"htmx.min.js": "htmx.org/dist/htmx.min.js", "htmx-LICENSE.txt": "htmx.org/LICENSE"}
# Where the wheel has something of a package: of npm, and of Python.
NPM = {
    "htmx.org": "`meta_b2b_sandbox/page/static/htmx.min.js`",
    "iframe-worker": "`javascripts/iframe-worker.js` of the documentation, `meta_b2b_sandbox/docs.zip`",
}
# What mkdocs-material has bundled into its scripts, as their source maps say, and its word stems. It ships no
# licences of them, so they come from npm, where the version may be another one.
BUNDLED = [
    "clipboard",
    "tiny-emitter",  # which clipboard has bundled, with three packages of its own author and licence
    "escape-html",
    "focus-visible",
    "lunr",
    "lunr-languages",
    "rxjs",
    "tslib",
]
PYTHON = {
    "mkdocs-material": "the styles, icons and scripts of the documentation, `meta_b2b_sandbox/docs.zip`",
    "facebook-business": "names of fields and edges, read from it: `meta_b2b_sandbox/generated/graph_names.json`",
}
HEAD = """# What comes from others

The wheel holds parts of these packages. What it needs to run is not in it; pip installs that. Written by
`python -m scripts.vendor`.
"""


def notices() -> str:
    """The text of THIRD-PARTY.md, from what is installed. Raises FileNotFoundError, PackageNotFoundError."""
    parts = [HEAD]
    for name, place in NPM.items():
        version, kind, licence = of_npm(name)
        parts.append(section(f"{name} {version}", kind, place, licence))
    for name, place in PYTHON.items():
        package = distribution(name)
        kind = package.metadata["License-Expression"] or "its own licence"
        # Its own, and those of what it has from others, such as sets of icons.
        files = sorted(file for file in package.files or () if file.name.startswith("LICENSE"))
        if not files:
            raise FileNotFoundError(f"the licence of {name}")
        licence = "\n\n".join(file.read_text(encoding="utf-8") for file in files)
        parts.append(section(f"{name} {package.version}", kind, place, licence))
    for name in BUNDLED:
        _, kind, licence = of_npm(name)
        place = "inside the scripts of mkdocs-material, `meta_b2b_sandbox/docs.zip`"
        parts.append(section(name, kind, place, licence))
    return "\n".join(parts)


def of_npm(name: str) -> tuple[str, str, str]:
    """(version, kind of licence, its text) of an installed package. Raises FileNotFoundError."""
    folder = ROOT / "node_modules" / name
    about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    files = sorted(folder.glob("LICENSE*"))
    if not files:
        raise FileNotFoundError(f"the licence of {name}")
    return about["version"], about["license"], files[0].read_text(encoding="utf-8")


def section(title: str, kind: str, place: str, licence: str) -> str:
    text = "\n".join(line.rstrip() for line in licence.strip().splitlines())
    return f"## {title}\n\nIn the wheel: {place}. Licence: {kind}.\n\n```\n{text}\n```\n"


def main() -> None:
    try:
        for name, source in FILES.items():
            shutil.copyfile(ROOT / "node_modules" / source, STATIC / name)
        NOTICES.write_text(notices(), encoding="utf-8")
    except (FileNotFoundError, PackageNotFoundError) as error:
        sys.exit(f"vendor: something is missing ({error}); run: make setup")


if __name__ == "__main__":
    main()
