"""The measuring itself: that every request counts, and that a wrong answer ends it. No figure is judged here."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.bench import bare, growth, servers, turns, worlds
from scripts.bench.errors import BenchError
from scripts.bench.load import load_generator
from scripts.bench.sandbox import kinds
from scripts.node import ROOT

COMMAND = [sys.executable, "-m", "scripts.bench"]
needs_wrk = pytest.mark.skipif(
    shutil.which("wrk") is None, reason="wrk is not installed: apt-get install wrk"
)


def test_a_round_measures_each_kind_and_a_refused_request_ends_it(tmp_path: Path) -> None:
    cursors = worlds.fill(tmp_path / "a.db", 10, 20)
    with load_generator() as load, servers.run(servers.sandbox(tmp_path / "a.db")) as server:
        growth.check_pages(server.base_url, growth.pages(cursors))
        side = turns.Side(server.base_url, kinds(20), 20, keeps=True)
        (figures,) = turns.measure(load, [side], 1)
        assert list(figures) == list(side.kinds)
        assert all(one.rate > 0 and one.p99 >= one.p50 > 0 for one in figures.values())
        assert server.start > 0
        assert 10 < servers.memory(server.pid) < 1000

        with pytest.raises(BenchError, match=r"answered 20 times DELETE .* by {'400': 20}, 0 failed; 200"):
            load.run(server.base_url, side.kinds["remove"], 20)
        side.kinds = {"grant": side.kinds["list"]}  # what does not grant
        with pytest.raises(BenchError, match="after 20 times grant there are 130 agencies, not 150"):
            turns.measure_round(load, [side], 0)


def test_a_page_that_is_not_full_ends_it(tmp_path: Path) -> None:
    cursors = worlds.fill(tmp_path / "a.db", 4, 0)
    with (
        servers.run(servers.sandbox(tmp_path / "a.db")) as server,
        pytest.raises(BenchError, match="ad account's agencies, first page has 4 entries, not 5"),
    ):
        growth.check_pages(server.base_url, growth.pages(cursors))


def test_the_bare_server_gives_the_sandbox_s_answers(tmp_path: Path) -> None:
    worlds.fill(tmp_path / "a.db", 10, 10)
    with servers.run(servers.sandbox(tmp_path / "a.db")) as ours:
        for name, part in bare.parts().items():
            part.first = {"grant": 0, "remove": 10}.get(name)
            answer = bare.first_answer(ours.base_url, part)
            assert (answer.status, b'"data"' in answer.body) == (part.kind.status, "of" in name)
            with servers.run(bare.bare_server(answer, tmp_path)) as theirs:
                again = servers.fetch(theirs.base_url, part.kind.requests[0])
            assert (again.status, again.body) == (answer.status, answer.body)
            assert dict(again.headers) | {"date": ""} == dict(answer.headers) | {"date": ""}


@needs_wrk
def test_a_wrong_answer_to_wrk_ends_it(tmp_path: Path) -> None:
    worlds.fill(tmp_path / "a.db", 10, 0)
    with servers.run(servers.sandbox(tmp_path / "a.db")) as ours:
        parts = bare.parts()
        assert bare.rate(ours.base_url, parts["error"]) > 0
        parts["error"].kind.status = 200
        with pytest.raises(BenchError, match=r"did not answer each GET .* by 200: .*'refused': [1-9]"):
            bare.rate(ours.base_url, parts["error"])
        parts["remove"].first = 0  # 10 of them can be removed, once
        with pytest.raises(BenchError, match=r"did not answer each DELETE .* by 200: .*'refused': [1-9]"):
            bare.rate(ours.base_url, parts["remove"])
        parts["list of 2"].kind.status = 400
        with pytest.raises(BenchError, match=r"answered GET .* by 200, not 400"):
            bare.first_answer(ours.base_url, parts["list of 2"])


def test_without_wrk_the_bare_server_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    bare.compare_with_bare(tmp_path)
    assert capsys.readouterr().out.strip().endswith("left out, it needs wrk; get it by: apt-get install wrk")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_when_it_is_stopped(number: signal.Signals, tmp_path: Path) -> None:
    process = subprocess.Popen(
        COMMAND,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    process.stdout.readline()
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (1, "bench: stopped\n")
    assert list(tmp_path.iterdir()) == []


def test_the_client_s_server_ends_with_the_process_that_started_it() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "scripts.bench.client"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin and process.stdout
        try:
            assert process.stdout.readline().startswith("http://127.0.0.1:")
            process.stdin.close()
            assert process.wait(10) == 0
        finally:
            process.kill()


def living() -> dict[int, int]:
    """Process id → that of its parent, of all that are more than an entry in the table of processes."""
    listed = subprocess.check_output(["ps", "-axo", "pid=,ppid=,stat="], text=True).splitlines()
    rows = [line.split() for line in listed]
    return {int(pid): int(parent) for pid, parent, state in rows if not state.startswith("Z")}


def test_no_process_is_left_when_it_is_killed(tmp_path: Path) -> None:
    process = subprocess.Popen(
        COMMAND,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 20
        # The load generator and a server: children of this one process, whatever other tests start meanwhile.
        while len(children := {pid for pid, parent in living().items() if parent == process.pid}) < 2:
            assert time.monotonic() < until
            time.sleep(0.05)
    finally:
        process.kill()
        process.wait()
    until = time.monotonic() + 10
    while children & living().keys():
        assert time.monotonic() < until
        time.sleep(0.05)
