"""Set-up fails with one clear message, and leaves nothing half-installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


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
    assert "install the Python packages (requirements.txt) failed" in done.stderr
    assert "run: make setup" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["requirements.txt", "scripts"]


def test_make_names_its_commands() -> None:
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "make mock" in done.stdout
    assert "make test" in done.stdout
