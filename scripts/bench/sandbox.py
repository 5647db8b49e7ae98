"""Measure the sandbox and the mock (Prism) side by side: `make bench`. It judges nothing but prints targets.

Both get the same requests from one load generator, in turns, so that both see the same machine; each figure is the
median of the rounds. The sandbox writes to a file. Takes about two minutes.
Exit codes: 0 measured (whatever the figures), 1 it could not measure.
"""

import contextlib
import http.client
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

from meta_b2b_sandbox import world
from meta_b2b_sandbox.paging import cursor
from meta_b2b_sandbox.store import Asset, Store

from scripts.contract import LEASHED_SANDBOX
from scripts.mock.prism import Mock, MockError
from scripts.node import NODE, ROOT, ToolMissing, node_command, node_env

SIGNALS = (signal.SIGINT, signal.SIGTERM)
CONNECTIONS = 10
ROUNDS, STARTS, GROWTH_ROUNDS = 6, 5, 5
# Requests of one kind in one round: about half a second each.
SANDBOX_REQUESTS, PRISM_REQUESTS, GROWTH_REQUESTS = 3000, 1000, 2000
ENTRIES = 100
GROWTH = (10, 1_000, 100_000)
STEADY = 0.8  # of the rate with few entries: below it, a page slows down with their number

ACCOUNT = "act_7000000000"
TASKS = ["ADVERTISE", "ANALYZE"]
Call = dict[str, Any]


class BenchError(Exception):
    """It cannot be measured; the text says why."""


@dataclass
class Server:
    """One that runs. `start`: seconds from its start to its first answer."""

    name: str
    base_url: str
    pid: int
    start: float


@dataclass
class Side:
    """A server and what it gets: name of the kind → (requests, the status they must get), `amount` of each kind.

    `keeps`: it has state, so that grants and removals can be counted.
    """

    server: Server
    calls: dict[str, tuple[list[Call], int]]
    amount: int
    keeps: bool


@dataclass
class Figures:
    """Requests per second, and milliseconds that half and 99 of 100 of them took at the most."""

    rate: float
    p50: float
    p99: float


class Load:
    """The load generator, autocannon, as one process for all runs: it is warm and costs both sides the same."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(self, server: Server, calls: list[Call], amount: int, status: int) -> Figures:
        """Send `amount` requests over all connections. Raises BenchError unless each is answered by `status`."""
        assert self._process.stdin and self._process.stdout
        order = {"url": server.base_url, "connections": CONNECTIONS, "amount": amount, "requests": calls}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise BenchError("the load generator ended (its reason is above)")
        result = json.loads(line)
        if result["failures"] or result["statuses"] != {str(status): amount}:
            raise BenchError(
                f"{server.name} answered {amount} times {calls[0]['method']} {calls[0]['path']} by "
                f"{result['statuses']}, {result['failures']} failed; {status} was expected each time"
            )
        latencies = sorted(result["latencies"])
        return Figures(
            amount / result["seconds"], latencies[len(latencies) // 2], latencies[len(latencies) * 99 // 100]
        )


# Servers


@contextlib.contextmanager
def running(command: list[str], env: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """A process, with pipes to its stdin and from its stdout, that does not outlive the block."""
    came: list[int] = []
    # A signal that comes while it starts has to wait: nobody would know of the process yet.
    before = {number: signal.signal(number, lambda number, _: came.append(number)) for number in SIGNALS}
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=env,
        cwd=ROOT,
        encoding="utf-8",
        process_group=0,  # Ctrl-C is for this process, which ends the others
    )
    try:
        for number, handler in before.items():
            signal.signal(number, handler)
        for late in came:
            signal.raise_signal(late)
        yield process
    finally:
        stop(process)


@contextlib.contextmanager
def load_generator() -> Iterator[Load]:
    node_command("autocannon")  # says so when it is missing
    with running([str(NODE), str(ROOT / "scripts" / "bench" / "load.cjs")], node_env()) as process:
        yield Load(process)


@contextlib.contextmanager
def sandbox(file: Path) -> Iterator[Server]:
    """The sandbox as `make sandbox` runs it, on a free port."""
    begin = time.perf_counter()
    env = {**os.environ, "PORT": "0", "HOST": "127.0.0.1", "DB": str(file)}
    with running([sys.executable, "-c", LEASHED_SANDBOX], env) as process:
        assert process.stdout
        found = re.search(r"http://\S+", process.stdout.readline())
        if not found:
            raise BenchError("the sandbox did not start (its reason is above)")
        yield Server("the sandbox", found[0], process.pid, first_answer(found[0], begin))


@contextlib.contextmanager
def prism() -> Iterator[Server]:
    """Prism as `make mock` runs it, on a free port."""
    mock = Mock()
    begin = time.perf_counter()
    with mock:
        yield Server("Prism", mock.base_url, mock.pid, first_answer(mock.base_url, begin))


def first_answer(base_url: str, begin: float) -> float:
    """Seconds from `begin` to the first answer. Raises BenchError when there is none within 30."""
    while time.perf_counter() - begin < 30:
        try:
            get(base_url, call("GET", f"/{world.AD_ACCOUNT}/agencies"))
            return time.perf_counter() - begin
        except OSError:
            time.sleep(0.002)
    raise BenchError(f"{base_url} does not answer")


def get(base_url: str, call: Call) -> Any:
    """The JSON that a call is answered by."""
    url = urlsplit(base_url)
    connection = http.client.HTTPConnection(str(url.hostname), url.port, timeout=10)
    try:
        connection.request(call["method"], call["path"], headers=call["headers"])
        return json.load(connection.getresponse())
    finally:
        connection.close()


def stop(process: "subprocess.Popen[str]") -> None:
    """End a process; returns when it is gone."""
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()


def memory(pid: int) -> float:
    """Megabytes that a process and its children hold (resident set)."""
    listed = subprocess.run(["ps", "-axo", "pid=,ppid=,rss="], capture_output=True, text=True, check=True)
    rows = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    family = {pid}
    for _ in rows:  # a child may stand before its parent
        family |= {child for child, parent, _ in rows if parent in family}
    return sum(kilobytes for child, _, kilobytes in rows if child in family) * 1024 / 1e6


# The world and the requests


def agency(number: int) -> str:
    return str(8_000_000_000 + number)


def fill(file: Path, entries: int, spare: int) -> list[str]:
    """Write a world to the file; returns cursors in the middle of its four long lists.

    `entries` agencies on one ad account, of which each has an ad account of its own that one agency has access to;
    and `spare` businesses with nothing, to be granted access.
    """
    store = Store(str(file))
    try:
        world.load(store)
        with store.change():
            account = Asset(ACCOUNT, "ad_account", "Ad Account", world.OWNER, None, 0)
            store.add_asset(account)
            for number in range(spare + entries):
                store.add_business(agency(number), f"Business {number}")
            for number in range(spare, spare + entries):
                store.put_access(account, agency(number), TASKS, None)
            for number in range(spare, spare + entries):
                own = Asset(
                    f"act_{agency(number)}", "ad_account", f"Ad Account {number}", agency(number), None, 0
                )
                store.add_asset(own)
                store.put_access(own, world.AGENCY, TASKS, None)
        middle = agency(spare + entries // 2 - 1)
        return [cursor(key) for key in (middle, middle, f"act_{middle}", middle)]
    finally:
        store.close()


def call(method: str, path: str, token: str = "owner-token", body: dict[str, Any] | None = None) -> Call:
    headers = {"Authorization": f"Bearer {token}"}
    if body is None:
        return {"method": method, "path": f"/v26.0{path}", "headers": headers}
    headers["Content-Type"] = "application/json"
    return {"method": method, "path": f"/v26.0{path}", "headers": headers, "body": json.dumps(body)}


def kinds(amount: int) -> dict[str, tuple[list[Call], int]]:
    """Name → (requests, the status they must get). Each grant is a new one, and removed by the next run."""
    edge = f"/{ACCOUNT}/agencies"
    return {
        # As many entries as Prism's answer has, which is the document's example; and a page as it is by default.
        "list": ([call("GET", f"{edge}?limit=2")], 200),
        "list 25": ([call("GET", edge)], 200),
        "grant": (
            [
                call("POST", edge, body={"business": agency(number), "permitted_tasks": TASKS})
                for number in range(amount)
            ],
            200,
        ),
        "remove": ([call("DELETE", f"{edge}?business={agency(number)}") for number in range(amount)], 200),
        "error": ([call("GET", f"{edge}?limit=none")], 400),
    }


def measure(load: Load, sides: list[Side]) -> list[dict[str, Figures]]:
    """One round: each kind of request to each side in turn. Returns the figures of each side by kind."""
    figures: list[dict[str, Figures]] = [{} for _ in sides]
    for name in sides[0].calls:
        for side, found in zip(sides, figures, strict=True):
            requests, status = side.calls[name]
            before = agencies(side.server) if side.keeps else 0
            found[name] = load.run(side.server, requests, side.amount, status)
            wanted = before + {"grant": side.amount, "remove": -side.amount}.get(name, 0)
            if side.keeps and (after := agencies(side.server)) != wanted:
                raise BenchError(f"after {side.amount} times {name} there are {after} agencies, not {wanted}")
    return figures


def agencies(server: Server) -> int:
    """How many agencies the owner of the ad account has."""
    answer = get(server.base_url, call("GET", f"/{world.OWNER}/agencies?limit=1&summary=total_count"))
    return int(answer["summary"]["total_count"])


def middle(rounds: list[dict[str, Figures]]) -> dict[str, Figures]:
    """The median of each figure over the rounds."""
    return {
        name: Figures(
            *(
                statistics.median(getattr(one[name], part) for one in rounds)
                for part in ("rate", "p50", "p99")
            )
        )
        for name in rounds[0]
    }


# The two measurements


def compare(load: Load, folder: Path) -> None:
    """Sandbox and Prism, in turns."""
    starts: dict[str, list[float]] = {"the sandbox": [], "Prism": []}
    for number in range(STARTS):
        # An empty file: it makes the demo world too.
        for server in (partial(sandbox, folder / f"start-{number}.db"), prism):
            with server() as running:
                starts[running.name].append(running.start)
    fill(folder / "compare.db", ENTRIES, SANDBOX_REQUESTS)
    with sandbox(folder / "compare.db") as one, prism() as other:
        sides = [
            Side(one, kinds(SANDBOX_REQUESTS), SANDBOX_REQUESTS, keeps=True),
            Side(other, kinds(PRISM_REQUESTS), PRISM_REQUESTS, keeps=False),
        ]
        rounds = [measure(load, sides) for _ in range(ROUNDS + 1)][1:]  # the first warms up
        our_memory, their_memory = memory(one.pid), memory(other.pid)
    a, b = (middle([one[side] for one in rounds]) for side in (0, 1))

    print(f"\n{'':22}{'sandbox':>10}{'Prism':>10}{'ratio':>8}   target")
    for name in a:
        ratio, p99 = a[name].rate / b[name].rate, a[name].p99 / b[name].p99
        wanted = 2.5 if name in ("grant", "remove") else 4.0
        judged = name != "list 25"  # not the same answer
        row(
            f"{name:8}requests/s",
            a[name].rate,
            b[name].rate,
            judged and f"at least {wanted}",
            ratio >= wanted,
            digits=0,
        )
        row("        p50 ms", a[name].p50, b[name].p50)
        row("        p99 ms", a[name].p99, b[name].p99, judged and "below 0.33", p99 < 1 / 3)
    start, their_start = (statistics.median(starts[name]) for name in ("the sandbox", "Prism"))
    row("start-up s", start, their_start, "under 0.6 s", start < 0.6)
    row("memory MB", our_memory, their_memory, "under 120 MB", our_memory < 120, digits=0)
    print(
        "list: 2 entries, as Prism answers; list 25: a page of the sandbox's, beside the same 2 of Prism's."
    )


def row(
    name: str,
    ours: float,
    theirs: float,
    target: str | bool = False,
    reached: bool = True,
    *,
    digits: int = 2,
) -> None:
    verdict = f"   {target}: {'reached' if reached else 'missed'}" if target else ""
    print(f"{name:22}{ours:>10,.{digits}f}{theirs:>10,.{digits}f}{ours / theirs:>8.2f}{verdict}")


def grow(load: Load, folder: Path) -> None:
    """The sandbox with few and many access entries, in turns. Pages of 5, which even 10 entries fill."""
    with contextlib.ExitStack() as stack:
        servers: dict[int, Server] = {}
        sides = []
        for entries in GROWTH:
            file = folder / f"grow-{entries}.db"
            cursors = fill(file, entries, GROWTH_REQUESTS)
            servers[entries] = stack.enter_context(sandbox(file))
            check_pages(servers[entries], cursors)
            sides.append(Side(servers[entries], growth_calls(cursors), GROWTH_REQUESTS, keeps=True))
        rounds = [measure(load, sides) for _ in range(GROWTH_ROUNDS + 1)][1:]
        used = {entries: memory(server.pid) for entries, server in servers.items()}

    figures = {entries: middle([one[side] for one in rounds]) for side, entries in enumerate(GROWTH)}
    few, many = GROWTH[0], GROWTH[-1]
    head = "".join(f"{entries:>10,}" for entries in GROWTH)
    print(f"\nSandbox, access entries {'requests/s':>42}{'p99 ms':>30}")
    print(f"{'':36}{head}{head}   rate, most to fewest")
    for name in figures[few]:
        ratio = figures[many][name].rate / figures[few][name].rate
        rates = "".join(f"{figures[entries][name].rate:>10,.0f}" for entries in GROWTH)
        p99s = "".join(f"{figures[entries][name].p99:>10.2f}" for entries in GROWTH)
        print(
            f"{name:36}{rates}{p99s}{ratio:>8.2f}   at least {STEADY}: {'reached' if ratio >= STEADY else 'missed'}"
        )
    print(f"{'start-up s':36}{''.join(f'{servers[entries].start:>10.2f}' for entries in GROWTH)}")
    print(f"{'memory MB':36}{''.join(f'{used[entries]:>10.0f}' for entries in GROWTH)}")


def check_pages(server: Server, cursors: list[str]) -> None:
    """Raises BenchError when a page that is to be measured is not full."""
    for name, (requests, status) in growth_calls(cursors).items():
        if status == 200 and requests[0]["method"] == "GET":
            found = len(get(server.base_url, requests[0])["data"])
            if found != 5:
                raise BenchError(f"{name} has {found} entries, not 5")


def growth_calls(cursors: list[str]) -> dict[str, tuple[list[Call], int]]:
    """The other calls, and pages at the start and in the middle of each long list, with and without summary."""
    found = kinds(GROWTH_REQUESTS)
    del found["list"], found["list 25"]
    pages = {}
    for name, token, edge, after in (
        ("ad account's agencies", "owner-token", f"{ACCOUNT}/agencies", cursors[0]),
        ("owner's agencies", "owner-token", f"{world.OWNER}/agencies", cursors[1]),
        ("agency's ad accounts", "agency-token", f"{world.AGENCY}/client_ad_accounts", cursors[2]),
        ("agency's clients", "agency-token", f"{world.AGENCY}/clients", cursors[3]),
    ):
        pages[f"{name}, first page"] = call("GET", f"/{edge}?limit=5", token)
        pages[f"{name}, middle page"] = call("GET", f"/{edge}?limit=5&after={after}", token)
        if not edge.startswith("act_"):  # where the edge has a summary
            pages[f"{name}, summary"] = call("GET", f"/{edge}?limit=5&after={after}&summary=true", token)
    return {**{name: ([one], 200) for name, one in pages.items()}, **found}


def leave(_number: int, _frame: FrameType | None) -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not cut the clean-up short
    sys.exit("bench: stopped")


def main() -> int:
    for number in SIGNALS:
        signal.signal(number, leave)
    try:
        with TemporaryDirectory(prefix="bench-") as folder, load_generator() as load:
            print(
                f"{CONNECTIONS} connections, median of {ROUNDS} rounds in turns; takes about two minutes …",
                flush=True,
            )
            compare(load, Path(folder))
            grow(load, Path(folder))
    except (BenchError, MockError, ToolMissing, OSError, subprocess.SubprocessError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
