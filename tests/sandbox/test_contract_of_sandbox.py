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


@pytest.mark.parametrize(
    ("operation", "answer"),
    [("remove_ad_account_agency", {"success": True}), ("cancel_obo_request", {"success": "true"})],
)
def test_the_walks_notice_a_sandbox_that_forgets(
    operation: str,
    answer: dict[str, object],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """What the suite does not accept of Schemathesis' use_after_free hides nothing."""
    fault = f"from meta_b2b_sandbox import rules; rules.HANDLERS[{operation!r}] = lambda call: {answer!r}"
    monkeypatch.setattr(contract, "LEASHED_SANDBOX", f"{fault}\n{contract.LEASHED_SANDBOX}")
    monkeypatch.setenv("PYTEST_ADDOPTS", "-x -k walks -p no:cacheprovider")
    with contract.sandbox() as base_url:
        code = contract.main([base_url])
    printed = capfd.readouterr().out
    assert code == 1, printed
    assert "Deleted resource still available" in printed, printed


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
            # It ended, and so its connections did, in either way.
            with contextlib.suppress(ConnectionResetError):
                assert connection.recv(1) == b""
