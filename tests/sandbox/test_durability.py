"""What was acknowledged survives: kill -9 at any moment, and failures of the disk."""

import contextlib
import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest
from meta_b2b_sandbox import seeds, world
from meta_b2b_sandbox.store import Store
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, OWNER

from tests.support.graph import Graph, failure
from tests.support.sandbox import HTTP, WatchedSandbox


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
        with WatchedSandbox(file) as sandbox:
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
            assert sandbox.end(signal.SIGKILL)[0] == -signal.SIGKILL
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
            store.remove_between(OWNER, "9000000001")
"""


@pytest.mark.parametrize("change", ["grant", "remove", "reset"])
def test_a_kill_between_any_two_statements_tears_nothing(tmp_path: Path, change: str) -> None:
    """The moments that a kill at random seldom hits."""
    start = tmp_path / "start.db"
    store = Store(str(start))
    world.load(store)
    if change == "reset":
        with store.change():
            store.remove_between(OWNER, "9000000001")
    before = seeds.state(store)["accesses"]
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
            [sys.executable, "-c", KILLED_AT, str(file), change, str(killed_at)], check=False
        )
        check_that_nothing_is_torn(file)
        store = Store(str(file))
        after = seeds.state(store)["accesses"]
        store.close()
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        assert after == before
    assert killed_at > 3  # the beginning, a change and the end
    assert after != before


def test_a_failure_of_its_own_is_graphs_envelope_and_is_told_without_the_token(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], graph: Graph
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(graph.store, "clients", full)
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
