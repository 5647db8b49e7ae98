"""The generated package alone: strict types, clean code, and a wheel that works in an empty environment."""

import json
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from scripts.mock import Mock
from scripts.node import ROOT

PACKAGE = ROOT / "generated" / "meta_b2b_client"

# Imports every module, and calls the mock. Prints where the package is, and the answer.
USE = """
import importlib, json, pkgutil, sys
import meta_b2b_client
from meta_b2b_client import AuthenticatedClient
from meta_b2b_client.api.view_client_access import list_clients

for module in pkgutil.walk_packages(meta_b2b_client.__path__, "meta_b2b_client."):
    importlib.import_module(module.name)
with AuthenticatedClient(base_url=sys.argv[1], token="any") as client:
    answer = list_clients.sync_detailed("3333333333", client=client, limit=5)
print(json.dumps([meta_b2b_client.__file__, answer.status_code, answer.parsed.to_dict()]))
"""

# What a user's type checker must see: the second call lacks its id.
TYPED = """
from meta_b2b_client import AuthenticatedClient
from meta_b2b_client.api.view_client_access import list_clients
from meta_b2b_client.models import ClientList

client = AuthenticatedClient(base_url="http://127.0.0.1", token="any")
answer = list_clients.sync("1", client=client)
if isinstance(answer, ClientList):
    names: list[str] = [entry.id for entry in answer.data]
list_clients.sync(client=client)
"""


def run(*command: str | Path, cwd: Path) -> str:
    """What the command prints; a failure is told with all of it."""
    result = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (path,) = folder.iterdir()
    return path


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment in which pip installed the wheel, what it asks for, and nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    path = folder / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", path, "install", "--quiet", wheel, cwd=folder)
    return path


def test_types_are_strict(tmp_path: Path) -> None:
    run(
        *(sys.executable, "-m", "mypy", "--strict", "--config-file=", "--cache-dir", tmp_path, PACKAGE),
        cwd=PACKAGE.parent,
    )


def test_code_is_clean() -> None:
    run(sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", PACKAGE, cwd=PACKAGE.parent)
    run(
        sys.executable,
        "-m",
        "ruff",
        "format",
        "--check",
        "--isolated",
        "--no-cache",
        PACKAGE,
        cwd=PACKAGE.parent,
    )


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    files = {path.relative_to(PACKAGE.parent).as_posix() for path in PACKAGE.rglob("*") if path.is_file()}
    assert {name for name in names if ".dist-info/" not in name} == {
        f for f in files if "__pycache__" not in f
    }
    assert "meta_b2b_client/py.typed" in names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_the_wheel_works_alone(python: Path, tmp_path: Path) -> None:
    with Mock() as mock:
        file, status, answer = json.loads(run(python, "-I", "-c", USE, mock.base_url, cwd=tmp_path))
    assert Path(file).is_relative_to(python.parent.parent)
    assert status == 200
    assert answer["data"][0]["id"]


def test_type_checkers_see_the_installed_types(python: Path, tmp_path: Path) -> None:
    (tmp_path / "use.py").write_text(TYPED)
    mypy = (sys.executable, "-m", "mypy", "--strict", "--config-file=", "--cache-dir", tmp_path)
    result = subprocess.run(
        [*mypy, "--python-executable", python, "use.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    errors = [line for line in result.stdout.splitlines() if ": error:" in line]
    assert len(errors) == 1, result.stdout + result.stderr
    assert errors[0].startswith("use.py:10: ") and errors[0].endswith("[call-arg]")
