"""`Sandbox`, the sandbox as a process of its own: started, ended, and never left behind."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from meta_b2b_sandbox import Sandbox, SandboxError, __version__

from tests.support.document import B2B
from tests.support.sandbox import HTTP


def test_it_answers_at_once_and_ends_with_the_block() -> None:
    with Sandbox() as sandbox:
        assert sandbox.base_url == f"http://127.0.0.1:{sandbox.port}/v26.0"
        assert sandbox.control_url == f"http://127.0.0.1:{sandbox.port}/_sandbox"
        health = HTTP.get(f"{sandbox.control_url}/health").json()
        assert health == {"status": "ok", "version": __version__, "document": B2B.version}
        pid = sandbox.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", sandbox.port))
    sandbox.stop()  # does nothing the second time


def test_a_file_keeps_the_state(tmp_path: Path) -> None:
    for wanted in ([], ["3333333333"]):
        with Sandbox(db=tmp_path / "a.db") as sandbox:
            url = f"{sandbox.base_url}/act_4444444444/agencies?access_token=owner-token"
            assert [entry["id"] for entry in HTTP.get(url).json()["data"]] == wanted
            HTTP.post(url, json={"business": "3333333333", "permitted_tasks": ["ANALYZE"]})


def test_a_start_that_fails_says_why_and_leaves_nothing() -> None:
    sandbox = Sandbox(db="/no/such/folder/a.db")
    with pytest.raises(SandboxError, match=r"/no/such/folder/a\.db cannot be opened"), sandbox:
        pass
    with pytest.raises(ProcessLookupError):
        os.kill(sandbox.pid, 0)
    with pytest.raises(SandboxError, match="was not started"):
        _ = Sandbox().pid


def test_its_stderr_is_ours(capfd: pytest.CaptureFixture[str]) -> None:
    class Talking(Sandbox):
        command = (
            *(sys.executable, "-c"),
            "import sys; print('Sandbox on http://127.0.0.1:1/v26.0', flush=True); sys.stdin.read();"
            "print('last words', file=sys.stderr)",
        )

    with Talking() as talking:
        assert talking._process is not None and talking._process.stdin is not None
        talking._process.stdin.close()
        talking._process.wait(10)
    assert capfd.readouterr().err == "last words\n"


STARTER = """
import sys, time
from meta_b2b_sandbox import Sandbox
with Sandbox() as sandbox:
    print(sandbox.port, flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_it_does_not_outlive_the_process_that_started_it(number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STARTER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as starter:
        assert starter.stdout
        port = int(starter.stdout.readline())
        with socket.create_connection(("127.0.0.1", port)) as connection:
            starter.send_signal(number)
            connection.settimeout(10)
            # It ended, and so its connections did, in either way.
            with contextlib.suppress(ConnectionResetError):
                assert connection.recv(1) == b""
