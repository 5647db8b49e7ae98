"""Proof that the contract tests bite: each fault planted in a server that keeps the contract is found by them."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest
import requests

from scripts import contract
from scripts.node import ROOT
from tests.contract import suite
from tests.contract.suite import Settings
from tests.support.faulty_server import DOCUMENT, FAULTS, TOKEN, serving

# For these a few of the suite's tests are enough, so that two faults may be planted in one operation, one run after the
# other.
SHORT = {
    "a response header of another form",
    "404 for an invalid parameter",
    "no token in the query",
    "takes digits that are not ASCII",
    "answers too late",
}
FOREIGN = "https://graph.example.com/v26.0"  # never called


def planted(faults: set[str]) -> dict[str, str]:
    """operationId → fault: each fault in an operation of its own, those first that fit into few."""
    found: dict[str, str] = {}
    for fault in sorted(
        faults, key=lambda name: (sum(map(FAULTS[name], DOCUMENT.operations.values())), name)
    ):
        free = [o.id for o in DOCUMENT.operations.values() if o.id not in found and FAULTS[fault](o)]
        found[free[0]] = fault
    return found


LONG_RUN = planted(FAULTS.keys() - SHORT)
SHORT_RUN = planted(SHORT)


@dataclass
class Run:
    """What `python -m scripts.contract` did: exit code, output and report as text, and the names of failed tests."""

    code: int
    output: str
    failed: list[str]
    passed: int


def run(faults: dict[str, str], folder: Path, *options: str) -> Run:
    """The command on a server with these faults (operationId → fault), without the client's tests."""
    report = folder / "report.xml"
    options = (
        "--ignore-glob=*/test_client*",
        "-pno:cacheprovider",
        f"--junitxml={report}",
        *options,
    )
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


@pytest.fixture(scope="module")
def long_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run(LONG_RUN, tmp_path_factory.mktemp("long"))


@pytest.fixture(scope="module")
def short_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run(SHORT_RUN, tmp_path_factory.mktemp("short"), "-kinvalid or elsewhere")


def test_server_without_fault_passes(tmp_path: Path) -> None:
    found = run({}, tmp_path)
    assert (found.code, found.failed) == (0, []), found.output
    assert found.passed > 5 * len(DOCUMENT.operations)
    assert TOKEN not in found.output


def of(operation_id: str, failed: list[str]) -> list[str]:
    """Those of the failed tests that are about this operation alone; a link leads to another one."""
    route = next(r for r in DOCUMENT.routes if operation_id in {o.id for o in r.operations.values()})
    label = f"{DOCUMENT.operations[operation_id].method} {route.template}"
    return [
        name for name in failed if name.endswith((f"[{operation_id}]", f"[{label}]")) and "links" not in name
    ]


@pytest.mark.parametrize(("operation_id", "fault"), LONG_RUN.items(), ids=LONG_RUN.values())
def test_fault_is_found(operation_id: str, fault: str, long_run: Run) -> None:
    assert of(operation_id, long_run.failed), f"{fault} in {operation_id}: not found\n{long_run.output}"


@pytest.mark.parametrize(("operation_id", "fault"), SHORT_RUN.items(), ids=SHORT_RUN.values())
def test_fault_is_found_in_short_run(operation_id: str, fault: str, short_run: Run) -> None:
    assert of(operation_id, short_run.failed), f"{fault} in {operation_id}: not found\n{short_run.output}"


def test_only_operations_with_a_fault_fail(short_run: Run) -> None:
    sound = DOCUMENT.operations.keys() - SHORT_RUN.keys()
    assert [name for operation_id in sound for name in of(operation_id, short_run.failed)] == []


def test_silent_server_is_waited_for_once(short_run: Run) -> None:
    assert short_run.output.count("no answer within 5 seconds") > 0
    assert "no answer before, so this request was not sent" in short_run.output


def test_broken_contract_is_exit_code_1(long_run: Run, short_run: Run) -> None:
    assert (long_run.code, short_run.code) == (1, 1)


def test_no_report_shows_the_token(long_run: Run, short_run: Run) -> None:
    for found in (long_run, short_run):
        assert "[token]" in found.output  # the server did repeat it
        assert TOKEN not in found.output


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
    assert contract.is_loopback(base_url) is expected


@pytest.mark.parametrize(
    ("env", "writes"),
    [
        ({}, True),
        ({"BASE_URL": "http://127.0.0.1:1/v26.0"}, True),
        ({"BASE_URL": FOREIGN}, False),
        ({"BASE_URL": FOREIGN, "WRITES": "no"}, False),
        ({"BASE_URL": FOREIGN, "WRITES": "yes"}, True),
    ],
)
def test_writes_stay_on_this_machine_unless_allowed(env: dict[str, str], writes: bool) -> None:
    settings = Settings.from_environment(env)
    assert settings.writes is writes
    methods = {result.ok().method for result in suite.load(settings).get_all_operations()}
    assert methods == ({"get", "post", "delete"} if writes else {"get"})


def test_unexpected_methods_are_not_sent_to_other_machines() -> None:
    schema = suite.load(Settings.from_environment({"BASE_URL": FOREIGN}))
    assert schema.config.phases.coverage.unexpected_methods == set()


def test_session_refuses_what_must_not_be_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "SETTINGS", Settings.from_environment({"BASE_URL": FOREIGN}))
    with pytest.raises(AssertionError, match="DELETE to a server that is not on this machine was not sent"):
        suite.Session().send(requests.Request("DELETE", f"{FOREIGN}/1").prepare())


def test_exceptions_are_for_the_mock_alone() -> None:
    def checks(base_url: str | None) -> dict[str, bool]:
        found = suite.load(Settings(base_url, TOKEN, writes=True)).config.checks
        names = ("graph_needs_token", "unsupported_method", "allow_header_conformance")
        return {name: found.get_by_name(name=name).enabled for name in names} | {
            "exceptions": bool(found.custom_kwargs)
        }

    assert set(checks(None).items()) == {
        ("graph_needs_token", False),
        ("unsupported_method", False),
        ("allow_header_conformance", False),
        ("exceptions", True),
    }
    assert all(value is (name != "exceptions") for name, value in checks("http://127.0.0.1:1/v26.0").items())


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
    seeds = {contract.settings(options, {})["SEED"] for _ in range(3)}
    assert len(seeds) == 3
    assert contract.settings(options, {"SEED": "7"})["SEED"] == "7"
    assert contract.settings(contract.arguments([]), {})["SEED"] == ""
    with pytest.raises(contract.UsageError, match="SEED=x is not a number"):
        contract.settings(options, {"SEED": "x"})


def test_seed_and_length_reach_schemathesis() -> None:
    settings = Settings.from_environment({"SEED": "7", "DEEP": "yes"})
    config = suite.load(settings).config
    assert (config.seed, config.generation.max_examples) == (7, suite.DEEP_EXAMPLES)
    assert suite.load(Settings.from_environment({})).config.seed == 1
