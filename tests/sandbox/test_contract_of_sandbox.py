"""The contract tests hold for the sandbox, as `make contract` runs them. They run by themselves: which server they test
is settled when they are collected, and here they are collected for the mock."""

import contextlib
import signal
import socket
import subprocess
import sys

import pytest

from scripts import contract
from scripts.node import ROOT


def test_the_sandbox_keeps_the_contract(capfd: pytest.CaptureFixture[str]) -> None:
    with contract.sandbox() as base_url:
        code = contract.main([base_url])
    printed = capfd.readouterr().out
    assert code == 0, printed
    with capfd.disabled():  # the figures, as if these tests had run here
        print(printed[printed.index("== requests to") :])


def test_the_sandbox_does_not_outlive_the_one_that_started_it() -> None:
    code = (
        "import time\nfrom scripts import contract\n"
        "with contract.sandbox() as base_url:\n print(base_url, flush=True)\n time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as starter:
        assert starter.stdout
        port = int(starter.stdout.readline().rpartition(":")[2].partition("/")[0])
        with socket.create_connection(("127.0.0.1", port)) as connection:
            starter.send_signal(signal.SIGKILL)
            connection.settimeout(10)
            with contextlib.suppress(
                ConnectionResetError
            ):  # it ended, and so its connections did, in either way
                assert connection.recv(1) == b""
