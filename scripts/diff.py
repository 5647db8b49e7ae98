"""Which changes of the document since BASE break somebody (`make diff`).

Compares openapi/b2b.yaml, which callers of the API follow, and generated/openapi/client.yaml, from which the client is
made. A breaking change needs a new major `info.version` and a line `- **Breaking:** …` in CHANGELOG.md that BASE does
not have. Exit codes: 0 nothing breaks, or it is announced, 1 it is not, 2 wrong usage, or they cannot be compared.

The comparison is Redocly's `diff`, which is experimental. If it goes away: oasdiff (`oasdiff breaking BASE NEW`)
compares the same two files; only `breaking` below has to change, and tests/test_diff.py says what it must find.
"""

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from meta_b2b_sandbox.document import mounted

from scripts.changelog import CHANGELOG, unannounced
from scripts.history import NoHistory, at
from scripts.node import ROOT, ToolMissing, run_node

RULES = "scripts/diff.yaml"
DOCUMENT = "openapi/b2b.yaml"
# File → whom a breaking change in it breaks.
WHOM = {DOCUMENT: "callers of the API", "generated/openapi/client.yaml": "users of the client"}


class DiffError(Exception):
    """Redocly does not compare two documents; the text says what it said."""


def breaking(old: str, new: str) -> list[str]:
    """A line for each breaking change from one OpenAPI document (YAML) to another. Raises DiffError, ToolMissing."""
    with TemporaryDirectory() as folder:
        files = []
        for name, text in (("base", old), ("revision", new)):
            # With the operations of components.pathItems, which Redocly would not compare, at their paths.
            tree = mounted(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
            files.append(Path(folder, f"{name}.json"))
            files[-1].write_text(json.dumps(tree), encoding="utf-8")
        result = run_node("redocly", "diff", "--format=json", f"--config={RULES}", *map(str, files))
    try:
        changes: list[dict[str, Any]] = json.loads(result.stdout)["changes"]
    except (ValueError, KeyError):
        raise DiffError(f"redocly diff failed:\n{result.stdout}{result.stderr}") from None
    return [
        f"{verdict['message']} ({change['path']})"
        for change in changes
        for verdict in change["verdicts"]
        if verdict["impact"] == "major"
    ]


def major(text: str) -> int:
    """The major number of `info.version` of a document (YAML)."""
    return int(yaml.safe_load(text)["info"]["version"].partition(".")[0])


def missing(old: str, new: str, old_log: str, new_log: str) -> list[str]:
    """What a breaking change still needs: a line for each of the two that it has not."""
    found = []
    if major(new) <= major(old):
        found.append(f"info.version of {DOCUMENT} must be {major(old) + 1}.0.0")
    return [*found, *unannounced(old_log, new_log)]


def main() -> int:
    """The command; returns the exit code."""
    parser = argparse.ArgumentParser(
        description="Show which changes of the document since BASE break somebody."
    )
    parser.add_argument("--base", default="origin/main", help="branch, tag or commit of git (%(default)s)")
    base = parser.parse_args().base
    broken = False
    try:
        old = {path: at(ROOT, base, path) for path in (*WHOM, CHANGELOG)}
        new = {path: (ROOT / path).read_text(encoding="utf-8") for path in old}
        for path, whom in WHOM.items():
            found = breaking(old[path], new[path])
            broken = broken or bool(found)
            print(f"diff: {path}: " + (f"breaks {whom}:" if found else "nothing breaks"))
            print("".join(f"- {line}\n" for line in found), end="")
    except NoHistory as error:
        print(
            f"diff: BASE={base}: {error}; name a branch, a tag or a commit that git has here", file=sys.stderr
        )
        return 2
    except (DiffError, ToolMissing, OSError, yaml.YAMLError) as error:
        print(f"diff: {error}", file=sys.stderr)
        return 2
    needs = missing(old[DOCUMENT], new[DOCUMENT], old[CHANGELOG], new[CHANGELOG]) if broken else []
    for need in needs:
        print(f"diff: {need}", file=sys.stderr)
    return 1 if needs else 0


if __name__ == "__main__":
    sys.exit(main())
