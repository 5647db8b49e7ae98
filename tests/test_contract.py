"""Proof that the contract tests bite: each fault planted in a server that keeps the contract is found by them."""

import os
import random
import re
import shlex
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import ClassVar
from xml.etree import ElementTree

import pytest
import requests
from meta_b2b_sandbox import Sandbox
from schemathesis.core.failures import FailureGroup

from scripts import contract
from scripts.mock.prism import Mock
from scripts.node import ROOT
from tests.contract import kinds, prism
from tests.contract.cases import first_example
from tests.contract.findings import Finding, curl_of, grouped
from tests.contract.plan import DEFAULT, Plan, Target, elsewhere, is_loopback, packed, unpacked
from tests.contract.reports import page_of
from tests.contract.server import DEEP_EXAMPLES, TRIES, RateLimited, Server, Servers
from tests.contract.tally import Tally
from tests.contract.walks import Walks
from tests.support.delaying_proxy import delaying
from tests.support.document import ONE_CALL, ROUTES
from tests.support.faulty_server import FAULTS, TOKEN, serving
from tests.support.recorder import Recorder, Request, recorder

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
# One of them in several operations, for one failure in the report.
REPEATED = "no token in the query"
SHORT_RUN = planted(SHORT)
SHORT_RUN |= dict.fromkeys(
    [
        one.id
        for one in ROUTES.endpoints.values()
        if one.id in ONE_CALL.keys() - SHORT_RUN and FAULTS[REPEATED](one)
    ][:3],
    REPEATED,
)
# One of each method, in which nothing is planted: with every kind of test.
SOUND = ("list_clients", "grant_page_access", "remove_agency")


@dataclass
class Run:
    """What `python -m scripts.contract` did: exit code, what it printed, all that it showed or wrote as one text, and
    the names of failed tests. `repeated`: what curl got from the server by the line for REPEATED, "" without one."""

    code: int
    printed: str
    output: str
    failed: list[str]
    passed: int
    repeated: str = ""


def run(base_url: str, folder: Path, selected: str = "", processes: int | None = None) -> Run:
    """The command on a server, with the tests that `selected` (-k) says, in as many processes as it takes itself.

    Without those of the client, which know nothing of faults.
    """
    options = ["--ignore-glob=*/test_client*", "-pno:cacheprovider", f"-k{selected}"]
    env = {**os.environ, "BASE_URL": base_url, "ACCESS_TOKEN": TOKEN, "REPORT": str(folder)}
    env["PYTEST_ADDOPTS"] = " ".join(f"'{option}'" for option in options)
    limit = "" if processes is None else f"contract.processes = lambda addresses: {processes}; "
    command = f"import sys; from scripts import contract; {limit}sys.exit(contract.main([]))"
    done = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    printed = done.stdout + done.stderr
    written = [(folder / name).read_text(encoding="utf-8") for name in ("junit.xml", "index.html")]
    cases = list(ElementTree.parse(folder / "junit.xml").iter("testcase"))
    failed = [c.attrib["name"] for c in cases if c.find("failure") is not None or c.find("error") is not None]
    return Run(done.returncode, printed, "\n".join([printed, *written]), failed, len(cases) - len(failed))


def run_with(faults: dict[str, str], folder: Path, selected: str, processes: int | None = None) -> Run:
    """The command on a server with these faults (operationId → fault)."""
    with serving(faults) as server:
        found = run(server.base_url, folder, selected, processes)
        if line := next((one for one in lines_for_curl(found.printed) if "access_token=" in one), None):
            env = {**os.environ, "ACCESS_TOKEN": TOKEN}
            found.repeated = subprocess.run(
                ["sh", "-c", line], env=env, capture_output=True, text=True, check=True
            ).stdout
    return found


def lines_for_curl(printed: str) -> list[str]:
    return [line.strip() for line in printed.splitlines() if " -g --path-as-is " in line]


def test_server_without_fault_passes(tmp_path: Path) -> None:
    found = run_with({}, tmp_path, " or ".join(SOUND))
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
    check(LONG_RUN, run_with(LONG_RUN, tmp_path, "not walks and not invalid"), subtests)


def test_faults_are_found_in_short_run(tmp_path: Path, subtests: pytest.Subtests) -> None:
    found = run_with(SHORT_RUN, tmp_path, f"elsewhere or invalid and ({' or '.join(SHORT_RUN)})")
    check(SHORT_RUN, found, subtests)
    repeated = [id for id, fault in SHORT_RUN.items() if fault == REPEATED]
    with subtests.test("the same failure in several operations is one, with a line for curl that shows it"):
        groups = re.findall(
            r"^[0-9]+\. server: (.*)\n   [0-9]+ operations: (.*)$", found.printed, re.MULTILINE
        )
        listed = [cause for cause, ids in groups if set(repeated) <= set(ids.split(", "))]
        assert listed == ["the token in the request was not seen"], groups
        assert '"code": 104' in found.repeated, found.printed
    with subtests.test("the page has each failure and each operation"):
        page = Reader((tmp_path / "index.html").read_text(encoding="utf-8"))
        assert len(page.texts["h2"]) == len(groups) + 1
        assert set(repeated) <= set(page.texts["summary"])
    with subtests.test("a program reads the line for curl as well"):
        texts = [one.text or "" for one in ElementTree.parse(tmp_path / "junit.xml").iter("failure")]
        assert any(f'access_token="{"$ACCESS_TOKEN"}"' in text.replace("'", "") for text in texts)
    with subtests.test("operations without a fault pass"):
        sound = ONE_CALL.keys() - SHORT_RUN.keys()
        assert [name for operation_id in sound for name in of(operation_id, found.failed)] == []
        assert found.passed >= len(sound)
    with subtests.test("a silent server is waited for once"):
        assert found.output.count("no answer within 5 seconds") > 0
        assert "no answer before, so this request was not sent" in found.output


def test_seed_repeats_requests_and_failures_whatever_the_number_of_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEED", "20260101")
    faulty, _, sound = SOUND  # a failure ends the test of its operation, so the other one is sent everything

    def run_again(processes: int) -> tuple[list[str], list[str]]:
        """The requests, sorted, and the lines of the report."""
        with serving({faulty: "an entry without its id"}) as server:
            found = run(
                server.base_url, tmp_path, f"test_generated_requests and ({faulty} or {sound})", processes
            )
        assert found.code == 1
        assert "make contract SEED=20260101" in found.printed
        text = found.printed.partition("different failures")[2].partition("contract: the report")[0]
        lines = re.sub("127.0.0.1:[0-9]+", "host", text).splitlines()
        # A boundary of multipart is never the same, and what each process asks at its start says nothing.
        sent = {re.sub("[0-9a-f]{32}", "boundary", repr(one)) for one in server.requests}
        return sorted(sent), [line for line in lines if line[:1].isdigit() or line.startswith("   ")]

    alone = run_again(1)
    assert len(alone[0]) > 30
    assert any("curl" in line for line in alone[1])
    assert run_again(2) == alone


# What is reported


class Reader(HTMLParser):
    """What is in a page: the texts by their element, and whatever would be loaded."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: dict[str, list[str]] = {}
        self.loaded: list[str] = []
        self._open = [""]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "img"):
            self._open.append(tag)
        if tag in ("script", "link", "img", "iframe", "object") or {"src", "href"} & dict(attrs).keys():
            self.loaded.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.setdefault(self._open[-1], []).append(data.strip())


FINDINGS = [
    Finding("server", "an invalid request got 200", detail, f"curl http://127.0.0.1/v26.0/{id}", id, test)
    for id in ("list_clients", "grant_page_access", "remove_agency")
    for detail, test in (("<script>alert(1)</script> & more", "a"), ("limit: empty", "b"))
] + [Finding("server", "no answer", "", "", "", "c")]


def test_failures_are_grouped_by_cause_and_operation() -> None:
    expected = grouped(FINDINGS, ONE_CALL)
    assert [(group.cause, group.operations, group.count) for group in expected] == [
        ("an invalid request got 200", ["list_clients", "grant_page_access", "remove_agency"], 6),
        ("no answer", [], 1),
    ]
    for seed in range(5):  # as they come from several processes
        shuffled = random.Random(seed).sample(FINDINGS, len(FINDINGS))
        assert grouped(shuffled, ONE_CALL) == expected


def test_page_stands_alone_and_shows_what_a_server_wrote_as_text() -> None:
    page = page_of(grouped(FINDINGS, ONE_CALL), [Tally("http://127.0.0.1/v26.0?<b>")])
    found = Reader(page)
    assert found.loaded == []
    assert "url(" not in page
    assert "<script>alert(1)</script> & more" in found.texts["pre"]
    assert "http://127.0.0.1/v26.0/list_clients" in " ".join(found.texts["code"])


@pytest.mark.parametrize(
    ("method", "path", "headers", "body"),
    [
        ("GET", "/1?fields=id{name},x[0]&status='a'&q=%00", {}, None),
        ("GET", "/../1/./2", {"Authorization": f"Bearer {TOKEN}"}, None),
        ("DELETE", f"/1?access_token={TOKEN}", {}, None),
        ("POST", "/1", {"Content-Type": "application/json"}, b'{"a": "it\'s $HOME `x` \\\\n"}'),
        ("POST", "/1", {"Content-Type": "application/json"}, '@"ä"'.encode()),
        (
            "POST",
            "/1",
            {"Content-Type": "multipart/form-data; boundary=x"},
            b"--x\r\n\r\n%41\\1\r\n--x--\r\n",
        ),
        ("POST", "/1", {}, b"\x00\xff\n" + TOKEN.encode() + b"0\n"),
        ("DELETE", "/1", {"Content-Type": "application/x-www-form-urlencoded"}, b"a=1"),
    ],
)
def test_line_for_curl_sends_the_same_request(
    method: str, path: str, headers: dict[str, str], body: bytes | None
) -> None:
    with recorder() as there:
        request = requests.Request(method, "http://127.0.0.1:1/v26.0/1", headers=headers, data=body).prepare()
        request.url = f"http://127.0.0.1:1/v26.0{path}"
        line = curl_of(request, {TOKEN}, ("http://127.0.0.1:1/v26.0", there.base_url))
        assert TOKEN not in line
        assert "\n" not in line
        env = {**os.environ, "ACCESS_TOKEN": TOKEN}
        subprocess.run(["sh", "-c", line], env=env, check=True, capture_output=True)
        sent = there.last()
    assert (sent.method, sent.target, sent.body) == (method, f"/v26.0{path}", body or b"")
    for name in ("Authorization", "Content-Type"):
        assert sent.headers.get(name.lower()) == headers.get(name)


def test_no_line_for_curl_is_too_long_for_a_shell() -> None:
    request = requests.Request("POST", "http://127.0.0.1:1/v26.0/1", data=b"[" * 100_000).prepare()
    assert curl_of(request, set(), ("", "")) == ""
    request = requests.Request("POST", "http://127.0.0.1:1/v26.0/1", data=b"[]").prepare()
    assert shlex.split(curl_of(request, set(), ("", "")))[0] == "curl"


@pytest.mark.parametrize(
    ("kind", "ways", "statuses", "expected"),
    [
        ("server", {}, {400: 3}, "No request at all was answered with a success"),
        ("server", {}, {200: 3}, "No link of the document led"),
        ("sandbox", {"GET DELETE GET": 1}, {200: 3}, "Nothing was created, read and removed"),
        ("sandbox", {"POST GET DELETE": 1}, {200: 3}, "Nothing was read after its removal"),
    ],
)
def test_run_that_proves_nothing(
    kind: str, ways: dict[str, int], statuses: dict[int, int], expected: str
) -> None:
    tally, other = Tally(HERE), Tally(HERE)
    tally.kind, tally.walks = kind, 1
    tally.answers["list_clients"].update(statuses)
    tally.ways.update(ways)
    tally.followed.update(dict.fromkeys(ways, 1))
    other.add(tally.packed())  # as from another process
    assert [problem for problem in other.problems() if expected in problem], other.problems()
    other.add({**tally.packed(), "answers": {"get_page": {200: 1}}, "followed": {"a": 1}})
    other.add({**tally.packed(), "ways": {"POST GET DELETE": 1, "DELETE GET": 1}})
    assert other.problems() == []


# What a server is


@contextmanager
def recognised(base_url: str, writes: bool = True) -> Generator[Server]:
    """The server at this address, after it was asked what it is."""
    with Servers(Plan(())) as servers:
        yield servers.of(replace(elsewhere(base_url, TOKEN, True), writes=writes))


def test_servers_are_told_apart_behind_a_proxy(
    mock: Mock, shared_sandbox: Sandbox, subtests: pytest.Subtests
) -> None:
    with serving({}) as faulty:
        for running, expected in (
            (mock, kinds.MOCK),
            (shared_sandbox, kinds.SANDBOX),
            (faulty, kinds.SERVER),
        ):
            with (
                subtests.test(expected.name),
                delaying(running.base_url, 0.05) as address,
                recognised(address) as behind,
                recognised(running.base_url) as plain,
            ):
                assert behind.kind is plain.kind is expected
                assert behind.address == address
                assert (behind.world is not None) == (expected is kinds.SANDBOX)
                # Not past the proxy.
                assert behind.base_url.startswith(address.rpartition("/")[0])


def test_worlds_of_a_sandbox_are_made_and_ended(shared_sandbox: Sandbox) -> None:
    def worlds() -> list[str]:
        found = requests.get(f"{shared_sandbox.control_url}/worlds", timeout=5).json()["worlds"]
        return [world["name"] for world in found]

    before = worlds()
    with recognised(shared_sandbox.base_url) as first, recognised(shared_sandbox.base_url) as second:
        assert first.base_url != second.base_url
        assert len(worlds()) == len(before) + 2
    assert worlds() == before


def test_questions_to_a_server_of_somebody_else_change_nothing() -> None:
    def refuse(request: Request) -> tuple[int, dict[str, str], bytes]:
        return 400, {}, prism.PROBLEM.encode() if "/no/such/path" in request.target else b"{}"

    with recorder() as there:
        # Prism in its words, but before another server that looks at tokens.
        there.answer = refuse
        for writes in (False, True):
            with recognised(there.base_url, writes) as found:
                assert found.kind is kinds.SERVER
        assert {request.method for request in there.requests} == {"GET"}
        assert sum("/_sandbox/" in request.target for request in there.requests) == 1


# A server that limits calls


def limiting(there: Recorder, **headers: str) -> None:
    there.reply(429, {"error": {"message": "(#17)", "code": 17}}, **headers)


def test_server_that_limits_calls_is_asked_again_and_then_left_alone() -> None:
    with recorder() as there:
        limiting(there, retry_after="0")
        found = server(there.base_url)
        with pytest.raises(
            RateLimited, match=r"limits calls \(HTTP 429, code 17\), so nothing more was sent"
        ):
            found.session.get(f"{there.base_url}/me")
        assert len(there.requests) == TRIES
        with pytest.raises(RateLimited):
            found.session.get(f"{there.base_url}/me")
        assert len(there.requests) == TRIES
        # Longer than anybody waits.
        there.requests.clear()
        limiting(there, retry_after="3600")
        with pytest.raises(RateLimited):
            server(there.base_url).session.get(f"{there.base_url}/me")
        assert len(there.requests) == 1


def test_run_on_a_server_that_limits_calls_ends(tmp_path: Path) -> None:
    with recorder() as there:
        limiting(there, retry_after="0")
        found = run(there.base_url, tmp_path, "test_generated or test_requests", 2)
        assert found.code == 1
        assert "limits calls (HTTP 429, code 17), so nothing more was sent" in found.printed
        # For each process: what it is, and the tries of a test. No process goes on to its other tests.
        assert len(there.requests) < 2 * 10


# How many processes test


def test_more_processes_for_a_server_that_is_far_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    for seconds, expected in (
        (0.0, 2),
        (0.01, 4),
        (0.05, contract.MOST_PROCESSES),
        (5.0, contract.MOST_PROCESSES),
    ):
        monkeypatch.setattr(contract, "seconds_to_answer", lambda _, found=seconds: found)
        assert contract.processes([HERE]) == expected


def test_time_to_answer_is_that_of_a_call_on_an_open_connection() -> None:
    with recorder() as there, delaying(there.base_url, 0.05) as address:
        assert contract.seconds_to_answer(address) >= 0.05
    assert contract.seconds_to_answer(HERE) == 0


def test_plan_is_the_same_in_another_process() -> None:
    plan = Plan((elsewhere(FOREIGN, TOKEN, False),), seed=7, deep=True)
    found = unpacked(packed(plan, {"server": FOREIGN}))
    (target,) = found.targets
    with target.start() as running:
        assert running.base_url == FOREIGN
    assert (target.name, target.token, target.writes) == ("server", TOKEN, False)
    assert (found.seed, found.deep) == (7, True)


# Walks, on a sandbox that forgets


class Forgetful(Sandbox):
    """A sandbox that says it did what three of its calls ask for, and does not."""

    command: ClassVar[list[str]] = [sys.executable, "-m", "tests.support.forgetful_sandbox"]


def test_walks_notice_a_sandbox_that_forgets(subtests: pytest.Subtests) -> None:
    """What the suite does not count of Schemathesis' use_after_free hides nothing, and where that does not look, the
    walks do."""
    target = Target("forgetful sandbox", Forgetful)
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


def test_walk_counts_a_link_only_where_the_answer_has_what_it_takes(shared_sandbox: Sandbox) -> None:
    """From an empty list Schemathesis goes on with an id that it draws, often to a success."""
    link = "GET /{business_id}/owned_pages -> [200] page -> GET /{page_id}"
    with recognised(shared_sandbox.base_url) as server:
        operation = server.operations["list_owned_pages"]

        def first(business: str) -> object:
            case = first_example(operation, server.token)
            case.path_parameters["business_id"] = business
            return case

        for business, led in (
            ("3333333333", False),
            ("2222222222", True),
        ):  # the one without a Page, and the other
            walks = Walks(server, operation, [link], partial(first, business))
            walks.run(10)
            assert server.successes("get_page") > 0
            assert bool(walks.followed[link]) == led


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
    assert not set(kinds.SERVER.takes) & set(kinds.MOCK.takes)
    assert kinds.SANDBOX.takes == kinds.SERVER.takes

    def checks(kind: kinds.Kind) -> list[bool]:
        tested = server(HERE)
        tested.kind = kind
        found = tested.schema.config.checks
        names = ("unsupported_method", "allow_header_conformance")
        return [found.get_by_name(name=name).enabled for name in names]

    assert not any(checks(kinds.MOCK))
    for kind in (kinds.SERVER, kinds.SANDBOX):
        assert all(checks(kind))
        assert not kind.takes_any_token and not kind.cannot_be_sent and not kind.knows_every_id


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


def test_folder_that_cannot_be_written_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(contract.UsageError, match=r"REPORT=.*file cannot be written to \(File exists\)"):
        contract.report_folder({"REPORT": str(tmp_path / "file")})
    assert contract.report_folder({}) is None


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
