"""What the README shows runs as it stands there: its curl lines and its Python; and its links lead somewhere."""

import re
import shlex
import shutil
import subprocess
import sys

import pytest
from meta_b2b_sandbox import Sandbox

from scripts.node import ROOT
from tests.support import readme

CURL = re.findall(r"^curl .*$", readme.README, re.M)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed here")
def test_curl_lines(sandbox: Sandbox, subtests: pytest.Subtests) -> None:
    """One test, in the order of the README: the sandbox's lines tell a story."""
    for line in CURL:
        with subtests.test(line):
            here = line.replace(readme.SANDBOX, f"127.0.0.1:{sandbox.port}")
            done = subprocess.run(
                [*shlex.split(here), "--silent", "--max-time", "10", "--write-out", " %{http_code}"],
                capture_output=True,
                text=True,
                check=True,
            )
            assert done.stdout.endswith(" 200"), done.stdout
    assert len(CURL) > 4


def test_client_example(sandbox: Sandbox) -> None:
    code = readme.CLIENT.replace(readme.SANDBOX, f"127.0.0.1:{sandbox.port}")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == readme.CLIENT_PRINTS


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_links_lead_to_files(name: str) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", (ROOT / name).read_text())
    here = [link for link in links if not link.startswith("https://")]
    assert here and [link for link in here if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_commands_are_the_makefiles(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text()
    named = set(re.findall(r"(?m)(?:`|^)make ([a-z-]+)", (ROOT / name).read_text()))
    assert named and named <= set(re.findall(r"^([a-z-]+):", makefile, re.M))
