"""`make check` finds what breaks for programs since the last release, and asks for its announcement."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import build, check, python_api
from scripts.changelog import CHANGELOG, MARK
from scripts.node import ROOT

PROJECT = '[tool.hatch.build.targets.wheel]\npackages = ["lib/things"]\n'
BEFORE = {
    "lib/things/__init__.py": 'from ._client import Client\nfrom . import models\n__all__ = ("Client", "models")\n',
    "lib/things/_client.py": (
        "class Base:\n    def close(self) -> None: ...\n"
        "class Client(Base):\n    def list(self, owner: str, *, limit: int = 5) -> None: ...\n"
        "    def _send(self) -> None: ...\n"
    ),
    "lib/things/models.py": ("class Thing:\n    id: str\n    name: str | None = None\n"),
}


def git(root: Path, *args: str) -> None:
    user = ("-c", "user.name=any", "-c", "user.email=any@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", root, *user, *args], capture_output=True, check=True)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A checkout whose branch `main` is a project with one package, version 0.3.0."""
    files = {"pyproject.toml": PROJECT, CHANGELOG: "# Changes\n", **BEFORE}
    files[python_api.VERSION] = '__version__ = "0.3.0"\n'
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    commit(tmp_path)
    return tmp_path


def commit(root: Path) -> None:
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "any")


def change(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text()
    assert old in text
    (root / path).write_text(text.replace(old, new))


BREAKS: list[tuple[str, str, str, str]] = [
    (
        "lib/things/__init__.py",
        "from ._client import Client\n",
        "",
        "things.Client: Public object was removed",
    ),
    ("lib/things/_client.py", "def list(", "def lists(", "things.Client.list: Public object was removed"),
    ("lib/things/_client.py", "def close(", "def closes(", "things.Base.close: Public object was removed"),
    ("lib/things/_client.py", "owner: str", "of: str", "things.Client.list(owner): Parameter was removed"),
    (
        "lib/things/_client.py",
        ", *, limit",
        ", *, kind: str, limit",
        "things.Client.list(kind): Parameter was added as required",
    ),
    ("lib/things/_client.py", "int = 5", "int", "things.Client.list(limit): Parameter is now required"),
    (
        "lib/things/models.py",
        "    name: str | None = None\n",
        "",
        "things.models.Thing.name: Public object was removed",
    ),
]


@pytest.mark.parametrize("path, old, new, told", BREAKS, ids=[told for *_, told in BREAKS])
def test_a_break_is_named(release: Path, path: str, old: str, new: str, told: str) -> None:
    change(release, path, old, new)
    summary, findings = python_api.report(release)
    assert told in findings
    assert "breaks since" in summary and MARK in findings[-1]


@pytest.mark.parametrize(
    "path, old, new",
    [
        ("lib/things/_client.py", "limit: int = 5", "limit: int = 5, after: str | None = None"),
        ("lib/things/_client.py", "_send", "_sent"),
        ("lib/things/models.py", "    id: str", "    id: str\n    more: str | None = None"),
    ],
    ids=["argument", "private", "field"],
)
def test_more_breaks_nothing(release: Path, path: str, old: str, new: str) -> None:
    change(release, path, old, new)
    summary, findings = python_api.report(release)
    assert findings == [] and summary.startswith("nothing breaks since ")


def test_a_break_that_is_announced_passes(release: Path) -> None:
    change(release, "lib/things/_client.py", "owner", "of")
    change(release, CHANGELOG, "# Changes\n", f"# Changes\n\n{MARK}\n")
    assert python_api.report(release)[1], "a line that says nothing announces nothing"
    change(release, CHANGELOG, MARK, f"{MARK}`owner` is `of`.")
    summary, findings = python_api.report(release)
    assert findings == [] and summary.endswith("announced in CHANGELOG.md")
    # What main has announced already is no announcement of the next break.
    commit(release)
    change(release, "lib/things/_client.py", "limit", "most")
    assert MARK in python_api.report(release)[1][-1]


def test_from_version_1_on_a_break_needs_a_new_major_version(release: Path) -> None:
    change(release, python_api.VERSION, "0.3.0", "1.4.0")
    commit(release)
    change(release, "lib/things/_client.py", "owner", "of")
    change(release, CHANGELOG, "# Changes\n", f"# Changes\n\n{MARK}`owner` is `of`.\n")
    assert python_api.report(release)[1][-1] == f"{python_api.VERSION} needs the version 2.0.0"
    change(release, python_api.VERSION, "1.4.0", "2.0.0")
    assert python_api.report(release)[1] == []


def test_the_last_tag_counts_and_not_main(release: Path) -> None:
    git(release, "tag", "v0.3.0")
    change(release, "lib/things/_client.py", "owner", "of")
    commit(release)
    summary, findings = python_api.report(release)
    assert findings and summary.endswith("breaks since v0.3.0")
    git(release, "tag", "v0.4.0")
    assert python_api.report(release) == (summary, findings), "a release is compared with the one before"


def test_on_a_branch_it_is_where_it_left_main(release: Path) -> None:
    """What main got meanwhile is not missing here."""
    git(release, "checkout", "--quiet", "-b", "mine")
    git(release, "checkout", "--quiet", "main")
    change(release, "lib/things/models.py", "class Thing", "class More: ...\nclass Thing")
    commit(release)
    git(release, "checkout", "--quiet", "mine")
    assert python_api.report(release)[1] == []


def remove_history(root: Path) -> None:
    git(root, "checkout", "--quiet", "--detach")
    git(root, "branch", "--delete", "--force", "main")


@pytest.mark.parametrize(
    "leave, why",
    [
        (lambda root: (root / ".git").rename(root / "elsewhere"), "not a git repository"),
        (remove_history, "git has no tag and no main here"),
    ],
    ids=["an archive", "no branch main"],
)
def test_without_history_it_says_so_and_passes(
    release: Path, monkeypatch: pytest.MonkeyPatch, leave: Callable[[Path], object], why: str
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(release.parent))
    change(release, "lib/things/_client.py", "owner", "of")
    leave(release)
    summary, findings = python_api.report(release)
    assert findings == [] and summary.startswith("not compared: ") and why in summary


def test_without_git_it_says_so_and_passes(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    summary, findings = python_api.report(release)
    assert findings == [] and "git is not installed" in summary


def test_both_packages_are_compared(tmp_path: Path) -> None:
    """The real ones: a copy without one name of each is short of that name."""
    assert check.CHECKS["Python API"] is check.public_api
    for package, path in build.packages(ROOT).items():
        copy = tmp_path / package
        copy.mkdir()
        for file in (ROOT / path).glob("**/*.py"):
            to = copy / file.relative_to(ROOT / path)
            to.parent.mkdir(parents=True, exist_ok=True)
            text = file.read_text()
            to.write_text(
                text.replace("class RateLimited", "class Gone").replace("class SandboxError", "class Gone")
            )
        assert any("was removed" in line for line in python_api.breaking(ROOT / path, copy)), package
        assert python_api.breaking(ROOT / path, ROOT / path) == []
