"""The generated package alone: strict types, clean code, and a wheel that works in an empty environment."""

import json
import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from scripts.mock.prism import Mock
from scripts.node import ROOT

PACKAGE = ROOT / "generated" / "meta_b2b_client"
# One for each way of running it, kept between runs: mypy reads the standard library's types only once.
CACHES = ROOT / ".mypy_cache"

# Imports every module, and calls the mock. Prints where the package is, and the answer.
USE = """
import importlib, json, pkgutil, sys
import meta_b2b_client
from meta_b2b_client import B2BClient

for module in pkgutil.walk_packages(meta_b2b_client.__path__, "meta_b2b_client."):
    importlib.import_module(module.name)
with B2BClient("any", base_url=sys.argv[1]) as b2b:
    entries = [entry.to_dict() for entry in b2b.list_clients("3333333333", limit=5)]
print(json.dumps([meta_b2b_client.__file__, entries]))
"""

# What a user's type checker must see: an error of the kind that a line names, and no other.
TYPED = """
import httpx
from meta_b2b_client import AsyncB2BClient, AuthenticatedClient, B2BClient, GraphError, RateLimited
from meta_b2b_client.api.view_client_access import list_clients
from meta_b2b_client.models import AssetAgency, AssetAgencyList, ClientList, GrantResult
from meta_b2b_client.types import Unset

client = AuthenticatedClient(base_url="http://127.0.0.1", token="any")
answer = list_clients.sync("1", client=client)
if isinstance(answer, ClientList):
    names: list[str] = [entry.id for entry in answer.data]
list_clients.sync(client=client)  # bad: call-arg

b2b = B2BClient("any", app_secret="any", base_url="http://127.0.0.1", timeout=httpx.Timeout(5), max_retries=0)
result: GrantResult = b2b.grant_ad_account_access("1", business="2", permitted_tasks=["ADVERTISE"])
agency: AssetAgency
for agency in b2b.list_ad_account_agencies("1", limit=5, max_items=None):
    name: str | Unset = agency.name
page: AssetAgencyList
for page in b2b.list_ad_account_agencies("1").pages():
    first: str = page.data[0].id
count: int = b2b.list_clients("1", summary="total_count").total_count()
try:
    b2b.cancel_obo_request("1")
except RateLimited as error:
    seconds: float | None = error.retry_after
except GraphError as error:
    code: int | None = error.code

B2BClient()  # bad: call-arg
B2BClient(access_token=1)  # bad: arg-type
B2BClient("any", retries=1)  # bad: call-arg
b2b.grant_ad_account_access("1", business="2", permitted_tasks=["MODERATE"])  # bad: list-item
b2b.grant_ad_account_access("1", business="2", permitted_tasks="ADVERTISE")  # bad: arg-type
b2b.grant_ad_account_access("1", permitted_tasks=["ADVERTISE"])  # bad: call-arg
b2b.grant_ad_account_access("1", "2", ["ADVERTISE"])  # bad: call-arg
b2b.list_ad_account_obo_requests("1", status="NEW")  # bad: arg-type
b2b.list_clients("1", summary="all")  # bad: arg-type
b2b.get_obo_request(1)  # bad: arg-type
b2b.list_ad_account_agencies("1").total_count()  # bad: attr-defined
b2b.grant_everything("1")  # bad: attr-defined
result.granted  # bad: attr-defined
agency.name.upper()  # bad: union-attr


async def main() -> None:
    async with AsyncB2BClient("any") as b2b:
        done: GrantResult = await b2b.grant_ad_account_access("1", business="2", permitted_tasks=["DRAFT"])
        names = [agency.name async for agency in b2b.list_ad_account_agencies("1")]
        async for page in b2b.list_clients("1").pages():
            data: list[str] = [client.id for client in page.data]
        count: int = await b2b.list_clients("1").total_count()
        for agency in b2b.list_ad_account_agencies("1"):  # bad: attr-defined
            pass
        b2b.cancel_obo_request("1").success  # bad: attr-defined
        with AsyncB2BClient("any"):  # bad: attr-defined
            pass
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


def test_types_are_strict() -> None:
    mypy = (sys.executable, "-m", "mypy", "--strict", "--config-file=", "--cache-dir", CACHES / "package")
    run(*mypy, PACKAGE, cwd=PACKAGE.parent)


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


def test_the_wheel_works_alone(python: Path, mock: Mock, tmp_path: Path) -> None:
    file, entries = json.loads(run(python, "-I", "-c", USE, mock.base_url, cwd=tmp_path))
    assert Path(file).is_relative_to(python.parent.parent)
    assert entries[0]["id"]


def test_type_checkers_see_the_installed_types(python: Path, tmp_path: Path) -> None:
    (tmp_path / "use.py").write_text(TYPED)
    mypy = (sys.executable, "-m", "mypy", "--strict", "--config-file=", "--cache-dir", CACHES / "user")
    result = subprocess.run(
        [*mypy, "--python-executable", python, "use.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    found: dict[int, set[str]] = {}
    for line, code in re.findall(r"^use\.py:(\d+): error: .*\[([a-z-]+)\]$", result.stdout, re.M):
        found.setdefault(int(line), set()).add(code)
    wanted = {
        number: {line.split("# bad: ")[1]}
        for number, line in enumerate(TYPED.splitlines(), 1)
        if "# bad: " in line
    }
    assert found == wanted, result.stdout + result.stderr


def test_the_sdist_gives_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    # Neither --sdist nor --wheel: the wheel is made from the sdist.
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", tmp_path, ROOT, cwd=tmp_path)
    assert list(tmp_path.glob("*.tar.gz"))
    (again,) = tmp_path.glob("*.whl")
    assert {n: ZipFile(again).read(n) for n in ZipFile(again).namelist()} == {
        n: ZipFile(wheel).read(n) for n in ZipFile(wheel).namelist()
    }


def test_the_package_needs_few_others() -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.split(r"[<>=]", one)[0] for one in needed}
    assert {"attrs", "httpx"} < names and len(names) <= 4
