"""The measuring itself: that every request counts, and that a wrong answer ends it. No figure is judged here."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.bench import sandbox as bench
from scripts.node import ROOT


def test_a_round_measures_each_kind_and_a_refused_request_ends_it(tmp_path: Path) -> None:
    cursors = bench.fill(tmp_path / "a.db", 10, 20)
    with bench.load_generator() as load, bench.sandbox(tmp_path / "a.db") as server:
        bench.check_pages(server, cursors)
        side = bench.Side(server, bench.kinds(20), 20, keeps=True)
        (figures,) = bench.measure(load, [side])
        assert list(figures) == list(side.calls)
        assert all(one.rate > 0 and one.p99 >= one.p50 > 0 for one in figures.values())
        assert server.start > 0
        assert 10 < bench.memory(server.pid) < 1000

        removed = side.calls["remove"][0]
        with pytest.raises(
            bench.BenchError, match=r"answered 20 times DELETE .* by {'400': 20}, 0 failed; 200"
        ):
            load.run(server, removed, 20, 200)
        one = side.calls["list"][0]
        side.calls = {"grant": (one, 200)}  # what does not grant
        with pytest.raises(bench.BenchError, match="after 20 times grant there are 130 agencies, not 150"):
            bench.measure(load, [side])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_when_it_is_stopped(number: signal.Signals, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "scripts.bench.sandbox"],
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


def living() -> dict[int, int]:
    """Process id → that of its parent, of all that are more than an entry in the table of processes."""
    listed = subprocess.check_output(["ps", "-axo", "pid=,ppid=,stat="], text=True).splitlines()
    rows = [line.split() for line in listed]
    return {int(pid): int(parent) for pid, parent, state in rows if not state.startswith("Z")}


def test_no_process_is_left_when_it_is_killed(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "scripts.bench.sandbox"],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 20
        # The load generator and a server
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
