"""What breaks for programs that use the installed packages, since the last release (a part of `make check`).

Compares the public names, fields and arguments of meta_b2b_client and meta_b2b_sandbox with those of the last tag of
git, or of `main` while there is no tag. A planned break takes what it takes in the document: a line
`- **Breaking:** …` in CHANGELOG.md that the release does not have, and from version 1.0 on a new major version.
Griffe does not compare types: what becomes narrower is found by `make diff` and by the sample programs of
tests/package/test_types.py.
"""

import re
import tarfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import griffe

from scripts.build import packages
from scripts.changelog import CHANGELOG, unannounced
from scripts.history import NoHistory, at, git
from scripts.node import ROOT

VERSION = "scripts/sandbox/meta_b2b_sandbox/__init__.py"


def base(root: Path) -> str:
    """The last tag before this commit, else where it left `main`. Raises NoHistory."""
    for command in (
        ("describe", "--tags", "--abbrev=0", "HEAD^"),  # not HEAD: a release is compared with the one before
        ("merge-base", "HEAD", "origin/main"),
        ("merge-base", "HEAD", "main"),
    ):
        try:
            return git(root, *command).decode().strip()
        except NoHistory as error:
            reason = str(error).partition("\n")[0]
    raise NoHistory(f"git has no tag and no main here ({reason})")


def unpack(root: Path, revision: str, paths: list[str], folder: Path) -> None:
    """Write these folders into `folder` as they were at a revision. Raises NoHistory."""
    with tarfile.open(fileobj=BytesIO(git(root, "archive", "--format=tar", revision, *paths))) as archive:
        archive.extractall(folder, filter="data")


def breaking(old: Path, new: Path) -> list[str]:
    """A line for each break from one folder of a package to another, each thing that is inherited once."""
    before, after = (
        griffe.load(one.name, search_paths=[one.parent], resolve_aliases=True, allow_inspection=False)
        for one in (old, new)
    )
    assert isinstance(before, griffe.Object) and isinstance(after, griffe.Object)
    found: dict[str, None] = {}
    for breakage in griffe.find_breaking_changes(before, after):
        found[told(breakage, old.name)] = None
    return list(found)


def told(breakage: griffe.Breakage, package: str) -> str:
    """`meta_b2b_client.B2BClient.get_me(fields): Parameter was removed`, without the names of private modules."""
    _, *parts = breakage.obj.canonical_path.split(".")
    name = ".".join([package, *(part for part in parts if not re.match(r"_[a-z]", part))])
    parameter = getattr(breakage.new_value or breakage.old_value, "name", None)
    if (
        isinstance(breakage.obj, griffe.Function)
        and isinstance(parameter, str)
        and parameter != breakage.obj.name
    ):
        name += f"({parameter})"
    return f"{name}: {breakage.kind.value}"


def missing(old_log: str, new_log: str, old_version: str, new_version: str) -> list[str]:
    """What a break still needs: a line for each of the two that it has not."""
    found = unannounced(old_log, new_log)
    old, new = (int(version.partition(".")[0]) for version in (old_version, new_version))
    if 0 < old >= new:  # before 1.0 anything may change, says Semantic Versioning
        found.append(f"{VERSION} needs the version {old + 1}.0.0")
    return found


def version(text: str) -> str:
    """The version that a module's text has."""
    (found,) = re.findall(r'^__version__ = "([^"]+)"', text, re.M)
    return str(found)


def report(root: Path = ROOT) -> tuple[str, list[str]]:
    """(what was found, in one line; the breaks and what they need, as lines: none if all is well)"""
    try:
        since = base(root)
        folders = packages(root)
        found = []
        with TemporaryDirectory() as folder:
            unpack(root, since, list(folders.values()), Path(folder))
            for path in folders.values():
                found += breaking(Path(folder, path), root / path)
        if not found:
            return f"nothing breaks since {since[:12]}", []
        needs = missing(
            at(root, since, CHANGELOG),
            (root / CHANGELOG).read_text(encoding="utf-8"),
            version(at(root, since, VERSION)),
            version((root / VERSION).read_text(encoding="utf-8")),
        )
    except NoHistory as reason:
        return f"not compared: {reason}", []
    summary = f"{len(found)} breaks since {since[:12]}"
    return (summary, [*found, *needs]) if needs else (f"{summary}, announced in {CHANGELOG}", [])
