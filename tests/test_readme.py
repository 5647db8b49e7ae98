"""What the README shows runs as it stands there: its curl lines and its Python."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from meta_b2b_sandbox import Sandbox

from scripts.mock.prism import Mock

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
CURL = re.findall(r"^curl .*$", README, re.M)
(CLIENT,) = (code for code in re.findall(r"```python\n(.*?)```", README, re.S) if "meta_b2b_client" in code)


@pytest.fixture(scope="module")
def mock() -> Iterator[Mock]:
    with Mock() as running:
        yield running


@pytest.fixture(scope="module")
def sandbox() -> Iterator[str]:
    """Its host and port."""
    with Sandbox() as running:
        yield urlsplit(running.base_url).netloc


# In the order of the README: the sandbox's lines tell a story.
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed here")
@pytest.mark.parametrize("line", CURL)
def test_curl_line(line: str, mock: Mock, sandbox: str) -> None:
    line = line.replace("127.0.0.1:4010", f"127.0.0.1:{mock.port}").replace("127.0.0.1:4020", sandbox)
    words = shlex.split(line)
    done = subprocess.run(
        [*words, "--silent", "--max-time", "10", "--write-out", " %{http_code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith(" 403" if "code=403" in line else " 200"), done.stdout


def test_client_example(sandbox: str) -> None:
    assert httpx.post(f"http://{sandbox}/_sandbox/reset").is_success  # the curl lines change it
    code = CLIENT.replace("127.0.0.1:4020", sandbox)
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT / "generated")},
    )
    assert done.stdout.splitlines() == [
        "Example Agency CONFIRMED ['ADVERTISE', 'ANALYZE']",
        "1 [['ANALYZE']]",
        "Not our business: (#200) Permissions error",
    ]


def test_commands_are_the_makefiles() -> None:
    makefile = (ROOT / "Makefile").read_text()
    named = set(re.findall(r"make ([a-z-]+)", README))
    assert {"mock", "test", "check"} <= named <= set(re.findall(r"^([a-z-]+):", makefile, re.M))
