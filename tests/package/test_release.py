"""`make release-check`: what keeps a version from being released, and what is attached."""

import shutil
import sys
from pathlib import Path

import pytest
from meta_b2b_sandbox import __version__

from scripts import build, generate, release
from scripts.release import ReleaseError, check, notes

pytestmark = pytest.mark.xdist_group("wheel")
LOG = "# Changelog\n\nThe format.\n\n## 1.2.3 - 2026-01-31\n\n### Added\n\n- x\n\n## 1.2.2 - 2026-01-01\n\n- y\n"


def test_the_notes_are_the_topmost_entry() -> None:
    assert notes(LOG, "1.2.3") == "### Added\n\n- x\n"


@pytest.mark.parametrize(
    ("log", "told"),
    [
        (
            LOG.replace("1.2.3 - 2026-01-31", "Unreleased"),
            'begins with "## Unreleased" and not with "## 1.2.3 - 20',
        ),
        (LOG.replace("1.2.3", "1.2.4"), 'begins with "## 1.2.4 - 2026-01-31" and not with "## 1.2.3 - 20'),
        (LOG.replace("01-31", "02-31"), "has no date like 2026-01-31"),
        (LOG.replace(" - 2026-01-31", ""), "has no date like 2026-01-31"),
        (LOG.replace("### Added\n\n- x\n", ""), "nothing stands under"),
        ("", 'begins with "## "'),
    ],
)
def test_a_changelog_without_the_release_is_told(log: str, told: str) -> None:
    with pytest.raises(ReleaseError) as caught:
        notes(log, "1.2.3")
    assert told in str(caught.value)


def test_the_tag_is_the_version() -> None:
    check("v1.2.3", "1.2.3")
    for tag in ("1.2.3", "v1.2.4", "v1.2.3-rc1"):
        with pytest.raises(ReleaseError, match=f"the tag {tag} is not v1.2.3"):
            check(tag, "1.2.3")


@pytest.fixture
def dist(dist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dist/ of its own, with a site; and the build that all tests share instead of another one."""
    folder = tmp_path / "dist"
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "index.html").write_text("<p>")

    def copy(target: Path) -> None:
        for name in (f"meta_b2b-{__version__}-py3-none-any.whl", f"meta_b2b-{__version__}.tar.gz"):
            shutil.copy(dist / name, target)

    monkeypatch.setattr(build, "DIST", folder)
    monkeypatch.setattr(build, "build", copy)
    monkeypatch.setattr(build, "bills", lambda target: (target / "meta_b2b-npm.cdx.json").write_text("{}"))
    monkeypatch.setattr(generate, "drift", list)
    monkeypatch.setattr(release, "ROOT", tmp_path)
    for document in release.DOCUMENTS:
        (tmp_path / document).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / document).write_text(document)
    return folder


def run(monkeypatch: pytest.MonkeyPatch, *tag: str) -> int:
    monkeypatch.setattr(sys, "argv", ["release", *tag])
    return release.main()


def test_all_that_is_attached(
    dist: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (dist.parent / "CHANGELOG.md").write_text(LOG.replace("1.2.3", __version__))
    assert run(monkeypatch) == 0, capsys.readouterr().err
    assert {path.name for path in (dist / "release").iterdir()} == {
        f"meta_b2b-{__version__}-py3-none-any.whl",
        f"meta_b2b-{__version__}.tar.gz",
        "meta_b2b-npm.cdx.json",
        "b2b.yaml",
        "sandbox.yaml",
        "stories.arazzo.yaml",
        "b2b.client.yaml",
        "b2b.de.yaml",
        "docs.zip",
    }
    assert (dist / "notes.md").read_text() == "### Added\n\n- x\n"


def test_nothing_is_attached_of_what_is_no_release(
    dist: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (dist.parent / "CHANGELOG.md").write_text(LOG.replace("1.2.3", __version__))
    monkeypatch.setattr(generate, "drift", lambda: ["generated/x differs from its sources"])
    assert run(monkeypatch, f"v{__version__}") == 1
    assert "generated/x differs from its sources\nrun: make generate" in capsys.readouterr().err
    assert run(monkeypatch, "v0.0.0") == 1
    assert not (dist / "release").exists() and not (dist / "notes.md").exists()
