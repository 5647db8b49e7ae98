"""Set-up fails with one clear message, and leaves nothing half-installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import setup
from scripts.node import ROOT

WORKS = [sys.executable, "-c", "open('done', 'w')"]
FAILS = [sys.executable, "-c", "exit('no such package')"]


def test_no_network(tmp_path: Path) -> None:
    for name in ("scripts/setup.py", "requirements.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    # Nothing listens on port 9 of this machine: what pip sees without a network, but at once.
    closed = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PIP_")}
    done = subprocess.run(
        [sys.executable, "scripts/setup.py"],
        cwd=tmp_path,
        env={**kept, **closed, "PIP_NO_CACHE_DIR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "install uv, the installer of Python packages failed" in done.stderr
    assert "run: make setup" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["requirements.txt", "scripts"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where set-up believes that the project is, half installed."""
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    for name, path in (("VENV", tmp_path / ".venv"), ("NODE_MODULES", tmp_path / "node_modules")):
        path.mkdir()
        monkeypatch.setattr(setup, name, path)
    return tmp_path


def test_where_one_installer_fails_the_next_one_does_it(folder: Path) -> None:
    setup.run("install it", FAILS, WORKS)
    assert sorted(path.name for path in folder.iterdir()) == [".venv", "done", "node_modules"]


def test_where_all_fail_nothing_is_left_and_the_reason_is_said(folder: Path) -> None:
    with pytest.raises(SystemExit, match=r"install it failed \(exit code 1\):\n  no such package\nNothing"):
        setup.run("install it", FAILS, FAILS)
    assert list(folder.iterdir()) == []


def test_uv_is_pinned_with_its_hashes() -> None:
    first, *hashes = setup.pinned("uv").splitlines()
    assert first.startswith("uv==") and hashes
    assert all(line.startswith("    --hash=sha256:") for line in hashes)


def test_make_names_its_commands() -> None:
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "make mock" in done.stdout
    assert "make test" in done.stdout
