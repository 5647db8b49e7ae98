"""`python -m meta_b2b_sandbox` as a process, over real sockets: start, stop, kill, and hostile input."""

import contextlib
import json
import os
import random
import re
import shlex
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from meta_b2b_sandbox import __main__ as command
from meta_b2b_sandbox import app, rules, world
from meta_b2b_sandbox.store import Store
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, CROWDED, OWNER

from scripts.node import ROOT
from tests.support.graph import ERRORS, Graph, failure

STARTED = "/agencies?limit="  # in the last line that is printed at the start
# One for all: a client that reads the certificates of the system first takes longer than many calls.
HTTP = httpx.Client(verify=False, limits=httpx.Limits(max_keepalive_connections=0))
TOKENS = [b"owner-token", b"agency-token", b"owner-page-token", b"no-access-token"]


class Sandbox:
    """The command, running. What it prints to stderr is in `errors` after `stop`."""

    def __init__(self, db: str | Path = ":memory:", **env: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "meta_b2b_sandbox"],
            cwd=ROOT,
            env={**os.environ, "PORT": "0", "DB": str(db), **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self.process.stdout
        self.printed: list[str] = []
        for line in self.process.stdout:
            self.printed.append(line.decode().rstrip())
            if STARTED in self.printed[-1]:
                break
        else:
            raise AssertionError(self.process.communicate()[1].decode())
        self.base_url = self.printed[0].split()[2]
        self.port = int(self.base_url.split(":")[2].split("/")[0])

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop(signal.SIGKILL)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, bytes, bytes]:
        """(exit code, what it printed after the start to stdout, and to stderr)."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        out, errors = self.process.communicate(timeout=10)
        return self.process.returncode, out, errors

    def rss(self) -> int:
        """Memory, in bytes."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=5)

    def send(self, data: bytes) -> bytes:
        """All that comes back until the server closes."""
        with self.connect() as sock:
            with contextlib.suppress(OSError):  # closed while we were sending
                sock.sendall(data)
            return received(sock)


def received(sock: socket.socket, seconds: float = 5) -> bytes:
    """All that comes until the other side closes, which it must within this time."""
    sock.settimeout(seconds)
    found = b""
    with contextlib.suppress(ConnectionResetError):
        while part := sock.recv(65536):
            found += part
    return found


def run(**env: str) -> subprocess.CompletedProcess[str]:
    """The command where it is expected to stop by itself."""
    return subprocess.run(
        [sys.executable, "-m", "meta_b2b_sandbox"],
        cwd=ROOT,
        env={**os.environ, "PORT": "0", "DB": ":memory:", **env},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


def refusal(**env: str) -> tuple[int, str]:
    """(exit code, the one line on stderr) of a start that is refused."""
    done = run(**env)
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    return done.returncode, done.stderr.rstrip()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One for the hostile calls: it must outlive them all, and say nothing."""
    with Sandbox() as running:
        yield running
        assert running.process.poll() is None
        assert running.stop() == (0, b"", b"")


# Start


def test_the_start_prints_the_world_and_three_curl_lines_that_work(tmp_path: Path) -> None:
    with Sandbox(tmp_path / "a.db") as first:
        lines = [line.strip() for line in first.printed if line.strip().startswith("curl ")]
        assert len(lines) == 3
        table = "\n".join(first.printed[: -len(lines)])
        for name in ("Example Owner", "Example Agency", "Example Outsider", "Random Page", "act_4444444446"):
            assert name in table
        for token in json.loads(HTTP.get(f"{first.base_url[:-6]}/_sandbox/state").text)["tokens"]:
            assert token["access_token"] in table and token["business"] in table
        for _ in range(2):  # pasted twice
            answers = [
                json.loads(subprocess.run(shlex.split(f"{line} -s"), capture_output=True, check=True).stdout)
                for line in lines
            ]
            assert answers[0] == {"success": True}
            assert answers[1]["data"][0]["id"] == OWNER
            assert len(answers[2]["data"]) == 3
        assert first.stop()[0] == 0
    # The world stays, and the lines still work.
    with Sandbox(tmp_path / "a.db") as second:
        assert [x for x in second.printed if "http:" not in x] == [
            x for x in first.printed if "http:" not in x
        ]
        clients = HTTP.get(f"{second.base_url}/{AGENCY}/clients", params={"access_token": "agency-token"})
        assert clients.json()["data"][0]["id"] == OWNER


def test_a_handler_that_is_missing_or_needless_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "0")
    monkeypatch.setenv("DB", ":memory:")
    fewer = {name: handler for name, handler in rules.HANDLERS.items() if name != "list_clients"}
    for handlers, named in (
        (fewer, "operations without a handler in rules.py: ['list_clients']"),
        (
            rules.HANDLERS | {"list_nothing": rules.HANDLERS["list_clients"]},
            "openapi/b2b.yaml: ['list_nothing']",
        ),
    ):
        monkeypatch.setattr(app, "HANDLERS", handlers)
        assert command.main() == 1
        printed = capsys.readouterr()
        assert named in printed.err and printed.out == ""


@pytest.mark.parametrize("port", ["abc", "-1", "65536", "1.5", "80 ", "٣"])
def test_a_port_that_is_none_is_wrong_usage(port: str) -> None:
    message = f"sandbox: PORT={port} is not a port: a whole number from 0 to 65535"
    assert refusal(PORT=port) == (2, message)


def test_a_port_that_is_taken(sandbox: Sandbox) -> None:
    code, message = refusal(PORT=str(sandbox.port))
    assert code == 1
    assert message.startswith(f"sandbox: cannot listen on 127.0.0.1:{sandbox.port} (Address already in use)")
    assert message.endswith("make sandbox PORT=…")
    assert refusal(HOST="no such host")[0] == 1


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
        assert (code, str(file) in message, "make sandbox DB=…" in message) == (1, True, True), message
        assert file.read_bytes() == before
        assert sorted(p.name for p in tmp_path.iterdir()) == ["foreign.db", "text.db", "version.db"]


def test_a_file_of_another_version(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    Store(str(file)).close()
    with sqlite3.connect(file) as db:
        db.execute("PRAGMA user_version = 2")
    db.close()
    before = file.read_bytes()
    text = "is of another version of the sandbox; remove it, or name another: make sandbox DB=…"
    assert refusal(DB=str(file)) == (1, f"sandbox: {file} {text}")
    assert file.read_bytes() == before


@pytest.mark.parametrize("db", ["/dev/null/x.db", "/proc/x.db", "/no/such/folder/x.db", "/"])
def test_a_place_that_cannot_be_written(db: str) -> None:
    code, message = refusal(DB=db)
    assert code == 1
    assert message.startswith(f"sandbox: {db} cannot be opened (")


def test_a_broken_file_of_the_sandboxs(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    Store(str(file)).close()
    content = file.read_bytes()
    for broken in (content[:5000], content[:4096] + b"\xff" * (len(content) - 4096)):
        file.write_bytes(broken)
        code, message = refusal(DB=str(file))
        assert (code, message.startswith(f"sandbox: {file} ")) == (1, True), message


def test_of_two_sandboxes_on_one_file_the_second_says_so_and_stops(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    link = tmp_path / "link.db"
    with Sandbox(file) as first:
        link.symlink_to(file)
        for name in (file, link):
            code, message = refusal(DB=str(name))
            assert (code, message) == (
                1,
                f"sandbox: {name} is in use by another sandbox; stop it, or: make sandbox DB=…",
            )
        answer = HTTP.get(f"{first.base_url}/{AGENCY}/clients", params={"access_token": "agency-token"})
        assert answer.json() == {"data": []}
    with Sandbox(file):
        pass  # free again, even after a kill


# Stop


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_stops_at_once_whatever_goes_on(number: signal.Signals) -> None:
    with Sandbox() as sandbox:
        url = sandbox.base_url[:-6]
        fault = {"operation": "grant_ad_account_access", "delay_ms": 60_000}
        HTTP.post(f"{url}/_sandbox/faults", json=fault)
        idle, waiting, slow = (sandbox.connect() for _ in range(3))
        with idle, waiting, slow:
            waiting.sendall(request(GOOD))
            slow.sendall(b"POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx")
            listed = f"{sandbox.base_url}/{AD_ACCOUNT}/agencies?access_token=owner-token"
            while HTTP.get(listed).json() == {"data": []}:
                pass  # it is done before it is delayed
            start = time.monotonic()
            assert sandbox.stop(number) == (0, b"", b"")
            assert time.monotonic() - start < 2
            assert [received(sock) for sock in (idle, waiting, slow)] == [b"", b"", b""]
        with pytest.raises(OSError):
            sandbox.connect()


# Durability


def write_until_it_dies(base_url: str, writer: int, acknowledged: dict[str, str | None]) -> None:
    """Grant and remove at random, and note for each asset and agency what the server last acknowledged.

    A call whose answer never came may have been done or not: it is noted as None, unknown.
    """
    chance = random.Random()
    owner = {"Authorization": "Bearer owner-token"}
    with httpx.Client(base_url=base_url, headers=owner, verify=False) as client:
        while True:
            agency = str(9000000001 + writer * 10 + chance.randrange(10))
            tasks = chance.choice(["ADVERTISE", "ANALYZE", ""])
            was = acknowledged[agency]
            acknowledged[agency] = None
            try:
                if tasks:
                    body = {"business": agency, "permitted_tasks": [tasks]}
                    answer = client.post(f"/{AD_ACCOUNT}/agencies", json=body)
                    assert answer.json() == {"success": True}
                else:
                    answer = client.delete(f"/{AD_ACCOUNT}/agencies", params={"business": agency})
                    assert (answer.status_code == 200) == (was != "") or was is None
            except httpx.TransportError:
                return
            acknowledged[agency] = tasks


def check_that_nothing_is_torn(file: Path) -> dict[str, str]:
    """Tables and indexes agree with each other. Returns the tasks by agency, of the ad account.

    Looks at a copy: the sandbox itself must be able to take up what the killed one left.
    """
    copy = file.with_name("copy.db")
    for suffix in ("", "-wal"):
        Path(f"{copy}{suffix}").unlink(missing_ok=True)
        with contextlib.suppress(FileNotFoundError):
            shutil.copy(f"{file}{suffix}", f"{copy}{suffix}")
    db = sqlite3.connect(copy)
    try:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        rows = db.execute("SELECT business, permitted_tasks FROM accesses WHERE asset = ?", (AD_ACCOUNT,))
        return {business: json.loads(tasks)[0] for business, tasks in rows}
    finally:
        db.close()


def test_what_was_acknowledged_survives_kill_9_at_any_moment(tmp_path: Path) -> None:
    """50 rounds of four writers, killed after 0.05 to 0.15 seconds. The restart of one is the start of the next."""
    file = tmp_path / "a.db"
    chance = random.Random()
    expected: dict[str, str | None] = {str(9000000001 + n): "" for n in range(40)}
    survived = 0
    for _ in range(50):
        with Sandbox(file) as sandbox:
            # The server itself knows what it had acknowledged …
            answer = HTTP.get(
                f"{sandbox.base_url}/{AD_ACCOUNT}/agencies?limit=100&access_token=owner-token"
            ).json()
            served = {entry["id"]: entry["permitted_tasks"][0] for entry in answer["data"]}
            known = {agency: tasks for agency, tasks in expected.items() if tasks is not None}
            assert {agency: served.get(agency, "") for agency in known} == known
            survived += sum(tasks != "" for tasks in known.values())
            expected = {agency: served.get(agency, "") for agency in expected}
            writers = [
                threading.Thread(target=write_until_it_dies, args=(sandbox.base_url, n, expected))
                for n in range(4)
            ]
            for writer in writers:
                writer.start()
            time.sleep(chance.uniform(0.05, 0.15))  # how long the writes go on, and no wait for anything
            assert sandbox.stop(signal.SIGKILL)[0] == -signal.SIGKILL
            for writer in writers:
                writer.join(10)
        # … and so does the file, before any restart has mended it.
        stored = check_that_nothing_is_torn(file)
        assert {a: stored.get(a, "") for a, t in expected.items() if t is not None} == {
            a: t for a, t in expected.items() if t is not None
        }
    assert survived > 200  # else nothing was written


KILLED_AT = """
import os, signal, sys
from meta_b2b_sandbox.store import Store
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, OWNER, load

file, change, left = sys.argv[1], sys.argv[2], int(sys.argv[3])

def before_each_statement(_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

store = Store(file)
store._db.set_trace_callback(before_each_statement)
if change == "reset":
    load(store)
else:
    with store.change():
        if change == "grant":
            store.put_access(store.asset(AD_ACCOUNT), AGENCY, ["ADVERTISE"], None)
        else:
            store.remove_partner(OWNER, "9000000001")
"""


@pytest.mark.parametrize("change", ["grant", "remove", "reset"])
def test_a_kill_between_any_two_statements_tears_nothing(tmp_path: Path, change: str) -> None:
    """The moments that a kill at random seldom hits."""
    start = tmp_path / "start.db"
    store = Store(str(start))
    world.load(store)
    if change == "reset":
        with store.change():
            store.remove_partner(OWNER, "9000000001")
    before = world.state(store)["accesses"]
    store.close()
    killed_at = 0
    while True:
        # A reset has hundreds of statements: a few of them will do.
        killed_at += 1 if change != "reset" or killed_at < 12 else 97
        file = tmp_path / "a.db"
        for name in tmp_path.glob("a.db*"):
            name.unlink()
        shutil.copy(start, file)
        done = subprocess.run(
            [sys.executable, "-c", KILLED_AT, str(file), change, str(killed_at)], cwd=ROOT, check=False
        )
        check_that_nothing_is_torn(file)
        store = Store(str(file))
        after = world.state(store)["accesses"]
        store.close()
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        assert after == before
    assert killed_at > 4
    assert after != before


# Hostile input


def head(method: str = "POST", path: str = f"/v26.0/{AD_ACCOUNT}/agencies", *lines: str) -> bytes:
    """The head of a request with a good token, without the empty line at its end."""
    return "\r\n".join(
        [
            f"{method} {path} HTTP/1.1",
            "Host: x",
            "Authorization: Bearer owner-token",
            "Connection: close",
            *lines,
            "",
        ]
    ).encode("latin-1")


def request(body: bytes, media: str = "application/json", length: int | None = None) -> bytes:
    """A grant with this body, and with a wrong length if one is given."""
    size = len(body) if length is None else length
    return head(
        "POST", f"/v26.0/{AD_ACCOUNT}/agencies", f"Content-Type: {media}", f"Content-Length: {size}"
    ) + (b"\r\n" + body)


def get(target: bytes) -> bytes:
    return head().replace(b"POST", b"GET").replace(f"/v26.0/{AD_ACCOUNT}/agencies".encode(), target) + b"\r\n"


def answers(data: bytes) -> list[tuple[int, bytes]]:
    """(status, body) of each answer in what came back."""
    found = []
    while data:
        top, _, data = data.partition(b"\r\n\r\n")
        if b" 100 Continue" in top:
            continue
        length = re.search(rb"content-length: ([0-9]+)", top)
        size = int(length[1]) if length else 0
        found.append((int(top.split()[1]), data[:size]))
        data = data[size:]
    return found


FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"
PART = b'--b\r\nContent-Disposition: form-data; name="business"\r\n\r\n3333333333\r\n'
TASKS_PART = b'--b\r\nContent-Disposition: form-data; name="permitted_tasks"\r\n\r\nADVERTISE\r\n'
GOOD = b'{"business":"3333333333","permitted_tasks":["ADVERTISE"]}'
# In two chunks, which lack their end
CHUNKED = head(
    "POST",
    f"/v26.0/{AD_ACCOUNT}/agencies",
    "Content-Type: application/json",
    "Transfer-Encoding: chunked",
) + b"\r\n9\r\n%b\r\n%x\r\n%b\r\n" % (GOOD[:9], len(GOOD) - 9, GOOD[9:])
# What is HTTP is answered with a Graph error envelope
HOSTILE = {
    # Cut off, or of another length than was said
    "truncated JSON": request(GOOD[:-5]),
    "body longer than said": request(GOOD + GOOD, length=len(GOOD) - 1),
    "chunks that are none": head("POST", "/v26.0/1", "Transfer-Encoding: chunked")
    + b"\r\nzz\r\nabc\r\n0\r\n\r\n",
    "length and chunks": head("POST", "/v26.0/1", "Content-Length: 3", "Transfer-Encoding: chunked")
    + b"\r\n0\r\n\r\n",
    # Large
    "10 MB JSON": request(b'{"business":"' + b"3" * 10_000_000 + b'"}'),
    "10 MB form": request(b"business=" + b"3" * 10_000_000, FORM),
    "10 MB multipart": request(PART + b"x" * 10_000_000, MULTIPART),
    "10 MB to nobody": head("POST", "/nothing/there", "Content-Length: 10000000")
    + b"\r\n"
    + b"x" * 10_000_000,
    "10 MB of chunks": head("POST", "/v26.0/1", "Transfer-Encoding: chunked")
    + b"\r\n"
    + (b"10000\r\n" + b"x" * 65536 + b"\r\n") * 160,
    "almost 1 MB of names": request(b"&".join(b"%d=" % n for n in range(120_000)), FORM),
    "almost 1 MB of parts": request(PART * 12_000 + b"--b--\r\n", MULTIPART),
    "almost 1 MB of fields": request(b"fields=" + b"id," * 300_000 + b"id&method=get", FORM),
    "almost 1 MB of tasks": request(
        b'{"business":"1","permitted_tasks":[' + b'"ADVERTISE",' * 70_000 + b"1]}"
    ),
    "long path": get(b"/v26.0/" + b"1" * 60_000),
    "thousands of query parameters": get(b"/v26.0/1?" + b"&".join(b"a%d=1" % n for n in range(5000))),
    "the same query parameter thousands of times": get(b"/v26.0/1/clients?" + b"limit=1&" * 5000),
    "long token": head("GET", "/v26.0/1").replace(b"owner-token", b"x" * 60_000) + b"\r\n",
    "huge number": request(b'{"business":' + b"9" * 900_000 + b',"permitted_tasks":["ADVERTISE"]}'),
    "huge exponent": request(b'{"business":1e999999999,"permitted_tasks":["ADVERTISE"]}'),
    # Deep
    "100,000 lists": request(b'{"business":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "100,000 objects": request(b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "500 lists": request(b'{"permitted_tasks":["ADVERTISE"],"business":' + b"[" * 500 + b"]" * 500 + b"}"),
    "100,000 open braces": request(b"{" * 100_000),
    # Not UTF-8, NUL, surrogates
    "invalid UTF-8 in the path": get(b"/v26.0/%ff%fe/clients"),
    "overlong UTF-8 in the path": get(b"/v26.0/%c0%af/clients"),
    "a surrogate in the path": get(b"/v26.0/%ed%a0%80/clients"),
    "invalid UTF-8 in the query": get(f"/v26.0/{AGENCY}/client_ad_accounts?search_query=%ff".encode()),
    "invalid UTF-8 in a name": get(f"/v26.0/{AGENCY}/client_ad_accounts?%ff=1".encode()),
    "broken escapes": get(b"/v26.0/%zz%/clients?%=1&%1=2"),
    "invalid UTF-8 in a form": request(b"business=%ff&permitted_tasks=ADVERTISE", FORM),
    "raw bytes in a form": request(b"business=\xff&permitted_tasks=ADVERTISE", FORM),
    "invalid UTF-8 in JSON": request(b'{"business":"\xff","permitted_tasks":["ADVERTISE"]}'),
    "UTF-16 JSON": request(GOOD.decode().encode("utf-16")),
    "invalid UTF-8 in a part": request(PART.replace(b"333", b"\xff") + TASKS_PART + b"--b--\r\n", MULTIPART),
    "invalid UTF-8 in a part's name": request(PART.replace(b"business", b"\xff") + b"--b--\r\n", MULTIPART),
    "invalid UTF-8 in a token": head("GET", "/v26.0/1").replace(b"owner-token", b"\xff") + b"\r\n",
    "invalid UTF-8 in a header": head("GET", "/v26.0/1").replace(b"Host: x", b"Host: \xff\xfe") + b"\r\n",
    "NUL in the path": get(b"/v26.0/1%00/clients"),
    "NUL in JSON": request(GOOD.replace(b"333", b"\\u0000")),
    "NUL in a form": request(b"business=333%00&permitted_tasks=ADVERTISE", FORM),
    "NULs for a body": request(b"\0" * 1000),
    "a lone surrogate in a value": request(GOOD.replace(b"333", b"\\ud800")),
    "a lone surrogate in a name": request(b'{"\\ud800":1,"business":"1","permitted_tasks":["ADVERTISE"]}'),
    "a lone surrogate in the tasks": request(GOOD.replace(b"ADVERTISE", b"\\udfff")),
    "a lone surrogate in the method": request(b'{"method":"\\ud800"}'),
    "a lone surrogate in the token": request(b'{"access_token":"\\ud800"}').replace(
        b"Authorization", b"X-No"
    ),
    "a lone surrogate in the proof": request(b'{"appsecret_proof":"\\ud800"}'),
    "a lone surrogate in fields": request(b'{"method":"get","fields":"\\ud800"}'),
    "a lone surrogate in after": request(b'{"method":"get","after":"\\ud800"}'),
    # Multipart that is none
    "no boundary": request(PART + b"--b--\r\n", "multipart/form-data"),
    "an empty boundary": request(PART + b"--b--\r\n", "multipart/form-data; boundary="),
    "another boundary": request(PART.replace(b"--b", b"--c") + b"--c--\r\n", MULTIPART),
    "no end": request(PART + TASKS_PART, MULTIPART),
    "cut in a header": request(PART[:30], MULTIPART),
    "only the end": request(b"--b--\r\n", MULTIPART),
    "no name": request(PART.replace(b'; name="business"', b"") + b"--b--\r\n", MULTIPART),
    "no header": request(b"--b\r\n\r\nx\r\n--b--\r\n", MULTIPART),
    "a header that is none": request(b"--b\r\nnonsense\r\n\r\nx\r\n--b--\r\n", MULTIPART),
    "a file": request(
        PART.replace(b'"business"', b'"business"; filename="f"') + TASKS_PART + b"--b--\r\n", MULTIPART
    ),
    "a broken base64 part": request(
        PART.replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: base64\r\n\r\n", 1).replace(b"333", b"!")
        + b"--b--\r\n",
        MULTIPART,
    ),
    "an unknown transfer encoding": request(
        PART.replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: owner-token\r\n\r\n", 1) + b"--b--\r\n",
        MULTIPART,
    ),
    "a boundary of a megabyte": request(PART, "multipart/form-data; boundary=" + "b" * 100_000),
    # Twice
    "a JSON name twice": request(b'{"business":"3333333333","business":"1","permitted_tasks":["ADVERTISE"]}'),
    "a form field twice": request(b"business=1&business=3333333333&permitted_tasks=ADVERTISE", FORM),
    "a part twice": request(PART + PART + TASKS_PART + b"--b--\r\n", MULTIPART),
    "a query parameter twice": get(f"/v26.0/{OWNER}/agencies?limit=1&limit=2".encode()),
    "a token twice": get(f"/v26.0/{OWNER}/agencies?access_token=a&access_token=b".encode()).replace(
        b"Authorization", b"X-No"
    ),
    # Not HTTP, or not this one
    "a websocket": head(
        "GET", "/v26.0/1", "Upgrade: websocket", "Sec-WebSocket-Key: eA==", "Sec-WebSocket-Version: 13"
    )
    + b"\r\n",
    "CONNECT": b"CONNECT x:80 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "OPTIONS *": b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "no host": b"GET /v26.0/1 HTTP/1.1\r\nConnection: close\r\n\r\n",
    "HTTP/1.0": b"GET /v26.0/1 HTTP/1.0\r\n\r\n",
}
# What is not even HTTP, or beyond the limits of its heads, ends the connection, with a bare 4xx or with nothing
NOT_HTTP = {
    "two lengths": head("POST", "/v26.0/1", "Content-Length: 3", "Content-Length: 4") + b"\r\nabcd",
    "negative length": head("POST", "/v26.0/1", "Content-Length: -1") + b"\r\n",
    "endless length": head("POST", "/v26.0/1", "Content-Length: 99999999999999999999999") + b"\r\n",
    "huge header": head("GET", "/v26.0/1", "X-Big: " + "x" * 1_000_000) + b"\r\n",
    "10,000 headers": head("GET", "/v26.0/1", *(f"X-{n}: {n}" for n in range(10_000))) + b"\r\n",
    "huge path": get(b"/v26.0/" + b"1" * 1_000_000),
    "deep fields": get(f"/v26.0/{OWNER}/agencies?fields=".encode() + b"page_permissions%7B" * 5_000),
    "raw bytes in the path": get(b"/v26.0/\xff\xfe/clients"),
    "raw bytes in the query": get(f"/v26.0/{AGENCY}/client_ad_accounts?search_query=".encode() + b"\xff"),
    "a raw NUL in the path": get(b"/v26.0/1\0/clients"),
    "not HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 100,
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/0.9": b"GET /\r\n\r\n",
    "a folded header": head("GET", "/v26.0/1", "X-A: 1\r\n 2") + b"\r\n",
}
# What is not all there, and then the client closes its side
CUT = {
    "body shorter than said": request(GOOD, length=len(GOOD) + 9),
    "chunks that end early": head("POST", "/v26.0/1", "Transfer-Encoding: chunked") + b"\r\n5\r\nab",
    "good chunks without an end": CHUNKED,
    "empty lines": b"\r\n" * 1000,
    "a good body that is cut": request(GOOD, length=len(GOOD) + 1),
    "half a head": head()[:60],
    "no head": b"",
}


def still_serves(sandbox: Sandbox) -> None:
    answer = HTTP.get(f"{sandbox.base_url}/{CROWDED}/agencies?limit=1&access_token=owner-token")
    assert answer.json()["data"][0]["id"] == "9000000001"


@pytest.fixture
def unimpressed(sandbox: Sandbox) -> Iterator[Sandbox]:
    """The sandbox, which serves afterwards as it did before, from the same world."""
    yield sandbox
    still_serves(sandbox)
    url = f"{sandbox.base_url}/{AD_ACCOUNT}/agencies?access_token=owner-token"
    assert HTTP.get(url).json() == {"data": []}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_gets_a_graph_error_envelope(unimpressed: Sandbox, name: str) -> None:
    got = answers(unimpressed.send(HOSTILE[name]))
    if name.startswith("10 MB") and not got:
        return  # the connection is closed before all is sent; then the answer may be lost
    ((status, body),) = got
    assert status == 413 if name.startswith("10 MB") else 400 <= status < 500
    assert ERRORS.is_valid(json.loads(body)), body


@pytest.mark.parametrize("name", NOT_HTTP)
def test_what_is_not_http_ends_the_connection(unimpressed: Sandbox, name: str) -> None:
    for status, body in answers(unimpressed.send(NOT_HTTP[name])):  # which returns when it is closed
        assert (400 <= status < 500, body) == (True, b"")


@pytest.mark.parametrize("name", CUT)
def test_what_is_cut_off_does_nothing(unimpressed: Sandbox, name: str) -> None:
    with unimpressed.connect() as sock:
        sock.sendall(CUT[name])
        sock.shutdown(socket.SHUT_WR)
        for status, body in answers(received(sock)):
            assert (status, ERRORS.is_valid(json.loads(body))) == (400, True)


def test_a_body_in_chunks() -> None:
    with Sandbox() as sandbox:
        ((status, body),) = answers(sandbox.send(CHUNKED + b"0\r\n\r\n"))
        assert (status, json.loads(body)) == (200, {"success": True})


def test_pipelined_calls_are_answered_in_order(sandbox: Sandbox) -> None:
    one = b"GET /v26.0/1111111111?fields=id HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer owner-token\r\n\r\n"
    got = answers(
        sandbox.send(one + one.replace(b"1111111111", b"1") + one * 48 + get(b"/v26.0/1111111112?fields=id"))
    )
    assert [status for status, _ in got] == [200, 400, *[200] * 49]
    assert json.loads(got[-1][1]) == {"id": "1111111112"}


def test_slow_clients_are_cut_off_and_hinder_nobody() -> None:
    """With the command's own limits this takes ten seconds: all at once, while others are served."""
    with Sandbox() as sandbox, contextlib.ExitStack() as stack:
        slow = [stack.enter_context(sandbox.connect()) for _ in range(60)]
        for number, sock in enumerate(slow):
            sock.sendall((b"", head("GET", "/v26.0/1"), request(GOOD, length=1000))[number % 3])
        start = time.monotonic()
        still_serves(sandbox)
        assert time.monotonic() - start < 2
        for number, sock in enumerate(slow):
            got = received(sock, 15)
            if number % 3 == 2:
                ((status, body),) = answers(got)
                assert (status, b"took longer than" in body) == (408, True)
            else:
                assert all(400 <= status < 500 for status, _ in answers(got))
        assert 8 < time.monotonic() - start < 25
        still_serves(sandbox)
        assert sandbox.stop() == (0, b"", b"")


def test_memory_is_bounded() -> None:
    """The hostile calls over and over do not make it grow."""
    with Sandbox() as sandbox:

        def round_of_calls() -> int:
            for sent in [*HOSTILE.values(), *NOT_HTTP.values()]:
                sandbox.send(sent)
            return sandbox.rss()

        for _ in range(2):
            warm = round_of_calls()
        assert warm < 200_000_000
        for _ in range(5):
            last = round_of_calls()
        assert last - warm < 15_000_000
        still_serves(sandbox)
        assert sandbox.stop() == (0, b"", b"")


def test_tokens_are_printed_by_nobody(tmp_path: Path) -> None:
    """After the table at the start: neither good calls nor bad ones print anything at all."""
    with Sandbox(tmp_path / "a.db") as sandbox:
        for token in [token.decode() for token in TOKENS]:
            for path in (
                f"/{AGENCY}/clients",
                f"/{CROWDED}/agencies",
                "/nothing/here",
                f"/{AGENCY}/clients?limit=x",
            ):
                for way in (
                    {"params": {"access_token": token}},
                    {"headers": {"Authorization": f"Bearer {token}"}},
                ):
                    HTTP.get(f"{sandbox.base_url}{path}", **way)
                HTTP.post(f"{sandbox.base_url}{path}", data={"access_token": token})
        assert sandbox.stop() == (0, b"", b"")


def test_a_failure_of_its_own_is_graphs_envelope_and_is_told_without_the_token(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], graph: Graph
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Store, "business", full)
    answer = graph("GET", f"/{AGENCY}/clients", "agency-token")
    assert failure(answer) == (500, 2, None)
    assert answer.json()["error"]["is_transient"] is True
    printed = capsys.readouterr()
    assert "database or disk is full" in printed.err
    assert "agency-token" not in printed.err + printed.out


def test_a_change_that_fails_in_the_middle_leaves_nothing_and_the_next_works(
    monkeypatch: pytest.MonkeyPatch, graph: Graph
) -> None:
    def full(self: Store, *_: object) -> None:
        self.add_business("1", "Half")
        raise sqlite3.OperationalError("database or disk is full")

    before = graph.state()
    grant = {"business": AGENCY, "permitted_tasks": ["ADVERTISE"]}
    with monkeypatch.context() as patched:
        patched.setattr(Store, "put_access", full)
        assert failure(graph("POST", f"/{AD_ACCOUNT}/agencies", json=grant)) == (500, 2, None)
    assert graph.state() == before
    assert graph("POST", f"/{AD_ACCOUNT}/agencies", json=grant).json() == {"success": True}
