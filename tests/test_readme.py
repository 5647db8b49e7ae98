"""What the README shows runs as it stands there: its curl lines and its Python."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from meta_b2b_sandbox import Sandbox

from scripts.mock.prism import Mock
from scripts.node import NODE, ROOT, node_env
from tests.support import readme

CURL = re.findall(r"^curl .*$", readme.README, re.M)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed here")
def test_curl_lines(mock: Mock, sandbox: Sandbox, subtests: pytest.Subtests) -> None:
    """One test, in the order of the README: the sandbox's lines tell a story."""
    for line in CURL:
        with subtests.test(line):
            here = line.replace("127.0.0.1:4010", f"127.0.0.1:{mock.port}")
            here = here.replace(readme.SANDBOX, f"127.0.0.1:{sandbox.port}")
            done = subprocess.run(
                [*shlex.split(here), "--silent", "--max-time", "10", "--write-out", " %{http_code}"],
                capture_output=True,
                text=True,
                check=True,
            )
            assert done.stdout.endswith(" 403" if "code=403" in line else " 200"), done.stdout
    assert len(CURL) > 10


def test_node_example(sandbox: Sandbox, tmp_path: Path) -> None:
    file = tmp_path / "one.test.mjs"
    file.write_text(readme.NODE.replace(readme.SANDBOX, f"127.0.0.1:{sandbox.port}"))
    done = subprocess.run([NODE, "--test", file], env=node_env(), capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "pass 1" in done.stdout, done.stdout + done.stderr


def test_client_example(sandbox: Sandbox) -> None:
    code = readme.CLIENT.replace(readme.SANDBOX, f"127.0.0.1:{sandbox.port}")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == readme.CLIENT_PRINTS


def test_a_sandbox_without_pytest() -> None:
    done = subprocess.run([sys.executable, "-c", readme.START], capture_output=True, text=True, check=True)
    assert done.stdout == "2\n"


def test_commands_are_the_makefiles() -> None:
    makefile = (ROOT / "Makefile").read_text()
    named = set(re.findall(r"make ([a-z-]+)", readme.README))
    assert {"mock", "test", "check"} <= named <= set(re.findall(r"^([a-z-]+):", makefile, re.M))
