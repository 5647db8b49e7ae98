"""Proof that the contract tests bite: each fault planted in a server that keeps the contract is found by them."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from xml.etree import ElementTree

import pytest
import requests
from meta_b2b_sandbox import Sandbox
from schemathesis.core.failures import FailureGroup

from scripts import contract
from scripts.node import ROOT
from tests.contract.plan import (
    DEFAULT,
    GRAPH,
    MOCK,
    SANDBOX,
    Exceptions,
    Plan,
    Target,
    elsewhere,
    is_loopback,
)
from tests.contract.server import DEEP_EXAMPLES, Server, Servers
from tests.contract.walks import Walks
from tests.support.document import ONE_CALL, ROUTES
from tests.support.faulty_server import FAULTS, TOKEN, serving

# For these the tests of invalid requests and of tokens elsewhere are enough; for all others those tests are not needed.
# So two faults may be planted in one operation, one run after the other.
SHORT = {
    "takes an unknown task",
    "a response header of another form",
    "404 for an invalid parameter",
    "no token in the query",
    "takes digits that are not ASCII",
    "answers too late",
}
HERE = "http://127.0.0.1:1/v26.0"  # nothing listens there
FOREIGN = "https://graph.example.com/v26.0"  # never called


def planted(faults: set[str]) -> dict[str, str]:
    """operationId → fault: each fault in an operation of its own, those first that fit into few."""
    found: dict[str, str] = {}
    endpoints = [one for one in ROUTES.endpoints.values() if one.id in ONE_CALL]
    for fault in sorted(faults, key=lambda name: (sum(map(FAULTS[name], endpoints)), name)):
        free = [one.id for one in endpoints if one.id not in found and FAULTS[fault](one)]
        found[free[0]] = fault
    return found


LONG_RUN = planted(FAULTS.keys() - SHORT)
SHORT_RUN = planted(SHORT)
# One of each method, in which nothing is planted: with every kind of test.
SOUND = ("list_clients", "grant_page_access", "remove_agency")


@dataclass
class Run:
    """What `python -m scripts.contract` did: exit code, output and report as text, and the names of failed tests."""

    code: int
    output: str
    failed: list[str]
    passed: int


def run(faults: dict[str, str], folder: Path, selected: str) -> Run:
    """The command on a server with these faults (operationId → fault), with the tests that `selected` (-k) says.

    Without those of the client, which know nothing of faults.
    """
    report = folder / "report.xml"
    options = ("--ignore-glob=*/test_client*", "-pno:cacheprovider", f"--junitxml={report}", f"-k{selected}")
    with serving(faults) as server:
        env = {**os.environ, "BASE_URL": server.base_url, "ACCESS_TOKEN": TOKEN}
        env["PYTEST_ADDOPTS"] = " ".join(f"'{option}'" for option in options)
        done = subprocess.run(
            [sys.executable, "-m", "scripts.contract"],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
    output = done.stdout + done.stderr + report.read_text(encoding="utf-8")
    cases = list(ElementTree.parse(report).iter("testcase"))
    failed = [c.attrib["name"] for c in cases if c.find("failure") is not None or c.find("error") is not None]
    return Run(done.returncode, output, failed, len(cases) - len(failed))


def test_server_without_fault_passes(tmp_path: Path) -> None:
    found = run({}, tmp_path, " or ".join(SOUND))
    assert (found.code, found.failed) == (0, []), found.output
    assert found.passed > 5 * len(SOUND)
    assert TOKEN not in found.output


def of(operation_id: str, failed: list[str]) -> list[str]:
    """Those of the failed tests that are about this operation alone; a link leads to another one."""
    return [name for name in failed if name.endswith(f"-{operation_id}]") and "links" not in name]


def check(planted: dict[str, str], found: Run, subtests: pytest.Subtests) -> None:
    """Each fault is found, the run failed, and nowhere does it show the token, which the server repeated."""
    for operation_id, fault in planted.items():
        with subtests.test(fault, operation=operation_id):
            assert of(operation_id, found.failed), f"not found:\n{found.output}"
    assert found.code == 1
    assert "[token]" in found.output
    assert TOKEN not in found.output


# A run is long, so all that is said about it stands in one test: two processes would make it twice.


def test_faults_are_found(tmp_path: Path, subtests: pytest.Subtests) -> None:
    # Walks lead from one operation to others, and find nothing more.
    check(LONG_RUN, run(LONG_RUN, tmp_path, "not walks and not invalid"), subtests)


def test_faults_are_found_in_short_run(tmp_path: Path, subtests: pytest.Subtests) -> None:
    found = run(SHORT_RUN, tmp_path, f"elsewhere or invalid and ({' or '.join(SHORT_RUN)})")
    check(SHORT_RUN, found, subtests)
    with subtests.test("operations without a fault pass"):
        sound = ONE_CALL.keys() - SHORT_RUN.keys()
        assert [name for operation_id in sound for name in of(operation_id, found.failed)] == []
        assert found.passed >= len(sound)
    with subtests.test("a silent server is waited for once"):
        assert found.output.count("no answer within 5 seconds") > 0
        assert "no answer before, so this request was not sent" in found.output


# Walks, on a sandbox that forgets


class Forgetful(Sandbox):
    """A sandbox that says it did what three of its calls ask for, and does not."""

    command: ClassVar[list[str]] = [sys.executable, "-m", "tests.support.forgetful_sandbox"]


def test_walks_notice_a_sandbox_that_forgets(subtests: pytest.Subtests) -> None:
    """What the suite does not count of Schemathesis' use_after_free hides nothing, and where that does not look, the
    walks do."""
    target = Target("forgetful sandbox", Forgetful, exceptions=SANDBOX.exceptions)
    with Servers(Plan((target,))) as servers:
        server = servers.of(target)
        for operation_id in ("list_ad_account_agencies", "list_received_obo_requests"):
            with (
                subtests.test(operation_id),
                pytest.raises(FailureGroup, match="Deleted resource still available"),
            ):
                Walks(server, server.operations[operation_id]).run(60)
        with (
            subtests.test("remove_client_page"),
            pytest.raises(AssertionError, match="lists what was removed"),
        ):
            links = (
                "GET /{business_id}/client_pages -> [200] give_up -> DELETE /{business_id}/pages",
                "DELETE /{business_id}/pages -> [200] client_pages -> GET /{business_id}/client_pages",
            )
            Walks(server, server.operations["list_client_pages"], links).run(60)


# Which server, and what may be sent to it


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        ("http://127.0.0.1:4010/v26.0", True),
        ("http://127.8.9.1/v26.0", True),
        ("http://localhost:4010/v26.0", True),
        ("http://[::1]:4010/v26.0", True),
        ("https://graph.facebook.com/v26.0", False),
        ("http://localhost.example.com/v26.0", False),
        ("http://127.0.0.1.example.com/v26.0", False),
        ("http://127.0.0.1@example.com/v26.0", False),
        ("http://192.168.1.1/v26.0", False),
        ("http://0.0.0.0/v26.0", False),
    ],
)
def test_loopback(base_url: str, expected: bool) -> None:
    assert is_loopback(base_url) is expected


def server(base_url: str, allow_writes: bool = False) -> Server:
    return Server(elsewhere(base_url, TOKEN, allow_writes), base_url, Plan(()))


@pytest.mark.parametrize(
    ("base_url", "argv", "writes"),
    [
        (HERE, [], True),
        (FOREIGN, [], False),
        (FOREIGN, ["--allow-writes"], True),
    ],
)
def test_writes_stay_on_this_machine_unless_allowed(base_url: str, argv: list[str], writes: bool) -> None:
    plan = contract.planned(contract.arguments([base_url, *argv]), {"ACCESS_TOKEN": TOKEN})
    assert [target.writes for target in plan.targets] == [writes]
    assert all(target.writes for target in DEFAULT.targets)


def test_only_get_is_made_for_other_machines() -> None:
    foreign = server(FOREIGN)
    assert foreign.operations.keys() == {id for id, o in ONE_CALL.items() if o.method == "get"}
    assert foreign.schema.config.phases.coverage.unexpected_methods == set()
    assert server(HERE).operations.keys() == ONE_CALL.keys()


def test_session_refuses_what_must_not_be_sent() -> None:
    with pytest.raises(AssertionError, match="DELETE to a server that is not on this machine was not sent"):
        server(FOREIGN).session.send(requests.Request("DELETE", f"{FOREIGN}/1").prepare())


def test_exceptions_of_the_mock_are_for_it_alone() -> None:
    assert [target for target in DEFAULT.targets if target.exceptions != GRAPH] == [MOCK]
    assert elsewhere(HERE, TOKEN, True).exceptions == GRAPH
    assert Exceptions(takes=GRAPH.takes) == GRAPH
    assert not set(GRAPH.takes) & set(MOCK.exceptions.takes)

    def checks(target: Target) -> dict[str, bool]:
        found = Server(target, HERE, Plan(())).schema.config.checks
        names = ("unsupported_method", "allow_header_conformance")
        return {name: found.get_by_name(name=name).enabled for name in names}

    assert not any(checks(MOCK).values())
    assert all(checks(elsewhere(HERE, TOKEN, True)).values())


# The command


@pytest.mark.parametrize(
    ("base_url", "message"),
    [
        (
            "127.0.0.1:4010/v26.0",
            "is not the address of a server; for example: make contract BASE_URL=http://127.0.0.1:4010/v26.0",
        ),
        ("ftp://127.0.0.1/v26.0", "is not the address of a server"),
        ("http://", "is not the address of a server"),
        ("http://[::1/v26.0", "is not the address of a server"),
        ("http://127.0.0.1:99999/v26.0", "is not the address of a server"),
        ("http://127.0.0.1:4010", "does not end in the version of the API"),
        ("http://127.0.0.1:4010/26.0", "does not end in the version of the API"),
        ("http://127.0.0.1:4010/v26.0/me", "does not end in the version of the API"),
        ("http://127.0.0.1:4010/v26.0?access_token=x", "the token goes into ACCESS_TOKEN"),
        ("http://user:secret@127.0.0.1/v26.0", "the token goes into ACCESS_TOKEN"),
        (FOREIGN, "needs a token"),
    ],
)
def test_unusable_address(
    base_url: str, message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("ACCESS_TOKEN", raising=False)
    assert contract.main([base_url]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
    assert "secret" not in error


def test_no_server_there(capsys: pytest.CaptureFixture[str]) -> None:
    with serving({}) as server:
        base_url = server.base_url
    assert contract.main([base_url]) == 2
    assert (
        capsys.readouterr().err == f"contract: no server at {base_url} (Connection refused); is it running?\n"
    )


def test_deep_run_has_a_new_seed_each_time_unless_one_is_given() -> None:
    options = contract.arguments(["--deep"])
    assert len({contract.planned(options, {}).seed for _ in range(3)}) == 3
    assert contract.planned(options, {"SEED": "7"}).seed == 7
    assert contract.planned(contract.arguments([]), {}).seed is None
    with pytest.raises(contract.UsageError, match="SEED=x is not a number"):
        contract.planned(options, {"SEED": "x"})


def test_seed_and_length_reach_schemathesis() -> None:
    config = Server(elsewhere(HERE, TOKEN, True), HERE, Plan((), seed=7, deep=True)).schema.config
    assert (config.seed, config.generation.max_examples) == (7, DEEP_EXAMPLES)
    assert server(HERE).schema.config.seed == 1


def test_plan_does_not_show_the_token() -> None:
    assert TOKEN not in repr(Plan((elsewhere(HERE, TOKEN, True),)))
