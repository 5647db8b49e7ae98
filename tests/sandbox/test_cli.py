"""The command meta-b2b-sandbox: its options, what it prints, how it is refused, and how it stops."""

import json
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from meta_b2b_sandbox import Sandbox, __version__, app, cli
from meta_b2b_sandbox.store import Store
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, CROWDED, DEMO, OWNER, PAGE

from tests.support.http import GOOD, request
from tests.support.sandbox import HTTP, WatchedSandbox, received, refusal, run, run_story

needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed here")
TOKENS = ["owner-token", "agency-token", "owner-page-token", "no-access-token"]


# Start


def test_the_start_prints_the_world_and_three_curl_lines_that_work(tmp_path: Path) -> None:
    with WatchedSandbox(tmp_path / "a.db") as first:
        lines = first.calls
        assert len(lines) == 3 and all(line.startswith("curl ") for line in lines)
        table = "\n".join(first.printed[: first.printed.index("Try:")])
        (page,) = (line.partition(": ")[2] for line in first.printed if "In a browser:" in line)
        assert "<html" in HTTP.get(page, headers={"accept": "text/html"}).text
        for name in ("Example Owner", "Example Agency", "Example Outsider", "Random Page", "act_4444444446"):
            assert name in table
        for token in json.loads(HTTP.get(f"{first.control_url}/state").text)["tokens"]:
            assert token["access_token"] in table and token["business"] in table
            assert token["user"] in table or not token["app_access"]
        for _ in range(2):  # pasted twice
            answers = [
                json.loads(subprocess.run(shlex.split(f"{line} -s"), capture_output=True, check=True).stdout)
                for line in lines
            ]
            assert answers[0] == {"success": True}
            assert answers[1]["data"][0]["id"] == OWNER
            assert len(answers[2]["data"]) == 3
        assert first.end()[0] == 0
    # The world stays, and the lines still work.
    with WatchedSandbox(tmp_path / "a.db") as second:
        assert [x for x in second.printed if "http:" not in x] == [
            x for x in first.printed if "http:" not in x
        ]
        clients = HTTP.get(f"{second.base_url}/{AGENCY}/clients", params={"access_token": "agency-token"})
        assert clients.json()["data"][0]["id"] == OWNER


@needs_curl
def test_the_start_prints_the_steps_of_acting_for_a_client_which_work_when_pasted(tmp_path: Path) -> None:
    with WatchedSandbox(tmp_path / "a.db") as first:
        one = run_story(first)
        assert one[0] == {"id": OWNER, "name": "Example Owner"}
        assert one[1] == one[2] == one[-1] == {"success": True}
        assert [(page["id"], page["tasks"]) for page in one[3]["data"]] == [(PAGE, ["ADVERTISE", "ANALYZE"])]
        assert [account["user_tasks"] for account in one[4]["data"]] == [["ADVERTISE", "ANALYZE"]]
        assert len(one) == 6 and len(first.story) == 8
        two = run_story(first)  # pasted twice
        assert (two[0], len(two)) == (one[0], len(one))
        assert first.end()[0] == 0
    with WatchedSandbox(tmp_path / "a.db") as second:
        assert run_story(second)[-1] == {"success": True}


def test_a_handler_that_is_missing_or_needless_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "0")
    monkeypatch.setenv("DB", ":memory:")
    fewer = {name: handler for name, handler in app.HANDLERS.items() if name != "list_clients"}
    for handlers, named in (
        (fewer, "operations without a handler: ['list_clients']"),
        (
            app.HANDLERS | {"list_nothing": app.HANDLERS["list_clients"]},
            "openapi/b2b.yaml: ['list_nothing']",
        ),
    ):
        monkeypatch.setattr(app, "HANDLERS", handlers)
        assert cli.main([]) == 1
        printed = capsys.readouterr()
        assert named in printed.err and printed.out == ""


@pytest.mark.parametrize("port", ["abc", "65536", "1.5", "80 ", "٣"])
def test_a_port_that_is_none_is_wrong_usage(
    port: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"meta-b2b-sandbox: {port} is not a port: a whole number from 0 (any free one) to 65535"
    assert (cli.main(["--port", port]), capsys.readouterr().err) == (2, f"{text} (see --port and --host)\n")
    monkeypatch.setenv("PORT", port)
    assert (cli.main([]), capsys.readouterr().err) == (2, f"{text} (see --port and --host)\n")


def test_a_port_that_is_taken(sandbox: WatchedSandbox) -> None:
    text = f"port {sandbox.port} of 127.0.0.1 is taken; choose another, or 0 for any free one"
    wanted = (1, f"meta-b2b-sandbox: {text} (see --port and --host)")
    assert refusal(PORT=str(sandbox.port)) == refusal("--port", str(sandbox.port)) == wanted


def test_a_host_that_is_none() -> None:
    code, message = refusal(HOST="no such host")
    assert (code, "no such host is not an address of this machine" in message) == (1, True)


@pytest.mark.parametrize(("host", "shown"), [("::1", "[::1]"), ("localhost", "localhost")])
def test_ipv6_addresses_and_host_names(host: str, shown: str) -> None:
    with WatchedSandbox(host=host) as sandbox:
        assert sandbox.base_url == f"http://{shown}:{sandbox.port}/v26.0"
        assert HTTP.get(f"{sandbox.control_url}/health").json()["status"] == "ok"


def test_help_and_version() -> None:
    shown = run("--help")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "examples:" in shown.stdout and "--db :memory:" in shown.stdout
    for name in (
        "--host",
        "--port",
        "--db",
        "--world",
        "--tls",
        "--allowed-host",
        "ALLOWED_HOSTS",
        "HOST",
        "PORT",
        "DB",
        "WORLD",
        "TLS",
    ):
        assert name in shown.stdout
    assert run("--version").stdout == f"meta-b2b-sandbox {__version__}\n"


def test_options_count_before_the_environment(tmp_path: Path) -> None:
    code, message = refusal("--db", f"{tmp_path}/no/such.db", DB=":memory:")
    assert (code, f"{tmp_path}/no/such.db cannot be opened" in message) == (1, True)
    wrong = run("--nothing")
    assert (wrong.returncode, "unrecognized arguments: --nothing" in wrong.stderr) == (2, True)


def test_a_package_of_the_extra_that_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "granian.constants", None)
    monkeypatch.delitem(sys.modules, "meta_b2b_sandbox.serving", raising=False)
    monkeypatch.delattr("meta_b2b_sandbox.serving", raising=False)
    assert cli.main([]) == 1
    text = "a package is missing (granian.constants); run: pip install 'meta-b2b[sandbox]'"
    assert text in capsys.readouterr().err


def test_a_file_that_is_not_the_sandboxs_is_left_alone(tmp_path: Path) -> None:
    text, foreign, version = tmp_path / "text.db", tmp_path / "foreign.db", tmp_path / "version.db"
    text.write_text("This is a text, and no database, although it is longer than a header of SQLite's." * 20)
    for file, statement in ((foreign, "CREATE TABLE t (x)"), (version, "PRAGMA user_version = 1")):
        with sqlite3.connect(file) as db:
            db.execute("CREATE TABLE businesses (id)")
            db.execute(statement)
        db.close()
    for file in (text, foreign, version):
        before = file.read_bytes()
        code, message = refusal(DB=str(file))
        assert (code, str(file) in message, "name another file (see --db)" in message) == (1, True, True), (
            message
        )
        assert file.read_bytes() == before
        assert sorted(p.name for p in tmp_path.iterdir()) == ["foreign.db", "text.db", "version.db"]


def test_a_file_of_another_version(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    Store(str(file)).close()
    with sqlite3.connect(file) as db:
        db.execute("PRAGMA user_version = 2")
    db.close()
    before = file.read_bytes()
    text = "is of another version of the sandbox; remove it, or name another file (see --db)"
    assert refusal(DB=str(file)) == (1, f"meta-b2b-sandbox: {file} {text}")
    assert file.read_bytes() == before


@pytest.mark.parametrize("db", ["/dev/null/x.db", "/proc/x.db", "/no/such/folder/x.db", "/"])
def test_a_place_that_cannot_be_written(db: str) -> None:
    code, message = refusal(DB=db)
    assert code == 1
    assert message.startswith(f"meta-b2b-sandbox: {db} cannot be opened (")


def test_a_broken_file_of_the_sandboxs(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    Store(str(file)).close()
    content = file.read_bytes()
    for broken in (content[:5000], content[:4096] + b"\xff" * (len(content) - 4096)):
        file.write_bytes(broken)
        code, message = refusal(DB=str(file))
        assert (code, message.startswith(f"meta-b2b-sandbox: {file} ")) == (1, True), message


def test_of_two_sandboxes_on_one_file_the_second_says_so_and_stops(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    link = tmp_path / "link.db"
    with WatchedSandbox(file) as first:
        link.symlink_to(file)
        for name in (file, link):
            code, message = refusal(DB=str(name))
            assert (code, message) == (
                1,
                f"meta-b2b-sandbox: {name} is in use by another sandbox; stop it, or name another file (see --db)",
            )
        answer = HTTP.get(f"{first.base_url}/{AGENCY}/clients", params={"access_token": "agency-token"})
        assert answer.json() == {"data": []}
    with WatchedSandbox(file):
        pass  # free again, even after a kill


# Another world

MINE = """
businesses: [{name: Example Agency}, {name: Example Client}]
pages: [{name: Random Page, owner: Example Client}]
accesses: [{asset: Random Page, business: Example Agency, permitted_tasks: [ANALYZE]}]
"""


class SandboxWithWorld(WatchedSandbox):
    """A sandbox that begins with the world in a file. What it prints is not read at the start."""

    def __enter__(self) -> "SandboxWithWorld":
        Sandbox.__enter__(self)
        return self


def with_world(file: Path) -> type[SandboxWithWorld]:
    command = (*WatchedSandbox.command, "--world", str(file))
    return type("SandboxWithThisWorld", (SandboxWithWorld,), {"command": command})


def test_the_demo_world_is_printed_and_is_one_to_begin_with(tmp_path: Path) -> None:
    shown = run("world", PORT="no port", DB="/no/such/folder/x.db")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout == DEMO.read_text()
    file = tmp_path / "my-world.yaml"
    file.write_text(shown.stdout)
    with WatchedSandbox() as demo, with_world(file)() as mine:
        assert HTTP.get(f"{mine.control_url}/state").json() == HTTP.get(f"{demo.control_url}/state").json()


def test_a_world_of_ones_own_is_the_beginning_and_what_a_reset_brings_back(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(MINE)
    kind = with_world(file)
    with kind(tmp_path / "a.db") as first:
        state = HTTP.get(f"{first.control_url}/state").json()
        assert [one["name"] for one in state["businesses"]] == ["Example Agency", "Example Client"]
        token = {"access_token": "example-agency-token"}
        clients = HTTP.get(f"{first.base_url}/1000000001/clients", params=token).json()["data"]
        assert [one["id"] for one in clients] == ["1000000002"]
        gone = {**token, "business": "1000000002"}
        assert HTTP.delete(f"{first.base_url}/1000000001/clients", params=gone).json() == {"success": True}
        code, printed, errors = first.end()
        assert (code, errors) == (0, [])
        # Of the demo world's lines none would work.
        assert f"Try:\n  curl '{first.base_url}/me?access_token=example-agency-token'" in printed
        assert "owner-token" not in printed
    with kind(tmp_path / "a.db") as second:  # where there is a state, that counts
        assert HTTP.get(f"{second.control_url}/state").json()["accesses"] == []
        assert HTTP.post(f"{second.control_url}/reset").json() == {"success": True}
        assert HTTP.get(f"{second.control_url}/state").json() == state


def test_a_file_that_makes_no_world(tmp_path: Path) -> None:
    nothing = tmp_path / "no.yaml"
    text = f"meta-b2b-sandbox: there is no file {nothing} (see --world)"
    assert refusal("--world", str(nothing)) == refusal(WORLD=str(nothing)) == (2, text)
    file = tmp_path / "bad.yaml"
    file.write_text("businesses: [{name: A}]\npages: [{name: P, owner: B}]\n")
    db = tmp_path / "a.db"
    text = f"meta-b2b-sandbox: {file}: pages[0].owner: there is no business B (see --world)"
    assert refusal("--world", str(file), "--db", str(db)) == (1, text)
    assert not db.exists()
    file.write_text("businesses: [")
    code, message = refusal("--world", str(file))
    assert (code, message.startswith(f"meta-b2b-sandbox: {file}, line ")) == (1, True)
    code, message = refusal("--world", str(tmp_path))
    assert (code, message) == (
        1,
        f"meta-b2b-sandbox: {tmp_path} cannot be read: Is a directory (see --world)",
    )


# Stop


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_stops_at_once_whatever_goes_on(number: signal.Signals) -> None:
    with WatchedSandbox() as sandbox:
        url = sandbox.control_url.rpartition("/")[0]
        fault = {"operation": "grant_ad_account_access", "delay_ms": 60_000}
        HTTP.post(f"{url}/_sandbox/faults", json=fault)
        idle, waiting, slow = (sandbox.connect() for _ in range(3))
        with idle, waiting, slow:
            waiting.sendall(request(GOOD))
            slow.sendall(b"POST /1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nx")
            listed = f"{sandbox.base_url}/{AD_ACCOUNT}/agencies?access_token=owner-token"
            while HTTP.get(listed).json() == {"data": []}:
                pass  # it is done before it is delayed
            start = time.monotonic()
            assert sandbox.end(number) == (0, "", [])
            assert time.monotonic() - start < 2
            assert [received(sock) for sock in (idle, waiting, slow)] == [b"", b"", b""]
        with pytest.raises(OSError):
            sandbox.connect()


def test_tokens_are_printed_by_nobody(tmp_path: Path) -> None:
    """After the table at the start: neither good calls nor bad ones print anything at all."""
    with WatchedSandbox(tmp_path / "a.db") as sandbox:
        for token in TOKENS:
            for path in (
                f"/{AGENCY}/clients",
                f"/{CROWDED}/agencies",
                "/nothing/here",
                f"/{AGENCY}/clients?limit=x",
            ):
                HTTP.get(f"{sandbox.base_url}{path}", params={"access_token": token})
                HTTP.get(f"{sandbox.base_url}{path}", headers={"Authorization": f"Bearer {token}"})
                HTTP.post(f"{sandbox.base_url}{path}", data={"access_token": token})
        assert sandbox.end() == (0, "", [])
