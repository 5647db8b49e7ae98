"""What git knows of an earlier state of the project."""

import subprocess
from pathlib import Path


class NoHistory(Exception):
    """There is nothing to compare with; the text says why."""


def git(root: Path, *args: str) -> bytes:
    """What git prints. Raises NoHistory."""
    try:
        done = subprocess.run(["git", "-C", str(root), *args], capture_output=True, check=False)
    except OSError:
        raise NoHistory("git is not installed") from None
    if done.returncode:
        raise NoHistory(done.stderr.decode(errors="replace").strip())
    return done.stdout


def at(root: Path, revision: str, path: str) -> str:
    """The text of a file at a revision: a branch, a tag or a commit. Raises NoHistory."""
    return git(root, "show", f"{revision}:{path}").decode()
