"""The client as code: strict types, nothing for ruff to find, and types that the user's type checker sees."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.node import ROOT, node_command, node_env, run_node
from tests.support.environment import Environment, output

pytestmark = pytest.mark.xdist_group("wheel")

PACKAGE = ROOT / "generated" / "meta_b2b_client"
# Programs of users: good.py, and bad.py, which says which rules of mypy and of pyright find each mistake.
SAMPLES = ROOT / "tests" / "samples" / "types"
Found = list[tuple[str, int, str]]  # file, line, rule


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """A copy, away from this checkout and its settings."""
    return Path(shutil.copytree(SAMPLES, tmp_path / "samples"))


def wanted(checker: int) -> Found:
    """What bad.py says that the first or the second checker finds."""
    lines = enumerate((SAMPLES / "bad.py").read_text(encoding="utf-8").splitlines(), 1)
    return [
        ("bad.py", number, line.split("# bad: ")[1].split(", ")[checker])
        for number, line in lines
        if "# bad: " in line
    ]


def test_code_is_clean() -> None:
    # UP028 wants `yield from`, which the half for asyncio cannot have; and the halves are equal.
    for command in (["check", "--ignore=UP028"], ["format", "--check"]):
        ruff = ("ruff", *command, "--isolated", "--no-cache", "--target-version=py311", "--line-length=110")
        output(sys.executable, "-m", *ruff, PACKAGE, cwd=PACKAGE.parent)


def test_mypy_sees_the_installed_types(plain: Environment, samples: Path) -> None:
    """In strict mode it finds nothing in the package itself and in good.py, and the mistakes of bad.py."""
    mypy = (
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file=",
        "--cache-dir",
        samples.parent / "cache",
    )
    result = subprocess.run(
        [
            *mypy,
            "--python-executable",
            plain.programs / "python",
            "-p",
            "meta_b2b_client",
            "-m",
            "good",
            "-m",
            "bad",
        ],
        cwd=samples,
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.findall(r"^(.*?):(\d+): error: .*\[([a-z-]+)\]$", result.stdout, re.M)
    modules = len([*PACKAGE.rglob("*.py"), *samples.glob("*.py")])
    assert f"(checked {modules} source files)" in result.stdout
    assert sorted({(file, int(line), rule) for file, line, rule in found}) == wanted(0), result.stdout


def test_pyright_sees_the_installed_types(plain: Environment, samples: Path) -> None:
    """The same in its strict mode."""
    settings = {"include": ["."], "strict": ["."]}
    (samples / "pyrightconfig.json").write_text(json.dumps(settings))
    result = run_node(
        "pyright", "--outputjson", "--pythonpath", str(plain.programs / "python"), "--project", str(samples)
    )
    told = json.loads(result.stdout)
    assert told["summary"]["filesAnalyzed"] == len([*samples.glob("*.py")]), result.stdout
    found = {
        (Path(one["file"]).name, one["range"]["start"]["line"] + 1, one["rule"])
        for one in told["generalDiagnostics"]
    }
    # What a mistake gives has no known type; strict mode says so at the same place, and that is no mistake of its own.
    mistakes = {place[:2] for place in found if not place[2].startswith("reportUnknown")}
    found = {
        place for place in found if not place[2].startswith("reportUnknown") or place[:2] not in mistakes
    }
    assert sorted(found) == wanted(1), result.stdout


def test_every_public_name_has_a_type(plain: Environment) -> None:
    """As pyright counts it for libraries: no argument, result or field of the client is of unknown type."""
    env = {**node_env(), "PATH": str(plain.programs)}  # where it looks for Python, whatever --pythonpath says
    command = node_command("pyright", "--outputjson", "--verifytypes", "meta_b2b_client", "--ignoreexternal")
    result = subprocess.run(command, cwd=plain.folder, env=env, capture_output=True, text=True, check=False)
    told = json.loads(result.stdout)["typeCompleteness"]
    assert told["exportedSymbolCounts"]["withKnownType"] > 400
    assert told["exportedSymbolCounts"]["withUnknownType"] == 0
