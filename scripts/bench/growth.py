"""The sandbox with few and many access entries, in turns. Pages of 5, which even 10 entries fill."""

import json
from contextlib import ExitStack
from pathlib import Path

from meta_b2b_sandbox import world

from scripts.bench.errors import BenchError
from scripts.bench.load import Kind, Load
from scripts.bench.servers import Measured, fetch, memory, run, sandbox
from scripts.bench.turns import Side, measure
from scripts.bench.worlds import ACCOUNT, changes, error, fill, request

ROUNDS, REQUESTS = 5, 2000
ENTRIES = (10, 1_000, 100_000)
LIMIT = 5
STEADY = 0.8  # of the rate with few entries: below it, a page slows down with their number


def grow(load: Load, folder: Path) -> None:
    """Measure and print."""
    with ExitStack() as stack:
        servers: dict[int, Measured] = {}
        sides = []
        for entries in ENTRIES:
            file = folder / f"grow-{entries}.db"
            cursors = fill(file, entries, REQUESTS)
            servers[entries] = stack.enter_context(run(sandbox(file)))
            check_pages(servers[entries].base_url, pages(cursors))
            kinds = {**pages(cursors), **changes(REQUESTS), "error": error()}
            sides.append(Side(servers[entries].base_url, kinds, REQUESTS, keeps=True))
        figures = dict(zip(ENTRIES, measure(load, sides, ROUNDS), strict=True))
        used = {entries: memory(server.pid) for entries, server in servers.items()}

    few, many = figures[ENTRIES[0]], figures[ENTRIES[-1]]
    head = "".join(f"{entries:>10,}" for entries in ENTRIES)
    print(f"\nSandbox, access entries {'requests/s':>42}{'p99 ms':>30}")
    print(f"{'':36}{head}{head}   rate, most to fewest")
    for name in few:
        ratio = many[name].rate / few[name].rate
        rates = "".join(f"{figures[entries][name].rate:>10,.0f}" for entries in ENTRIES)
        p99s = "".join(f"{figures[entries][name].p99:>10.2f}" for entries in ENTRIES)
        verdict = "reached" if ratio >= STEADY else "missed"
        print(f"{name:36}{rates}{p99s}{ratio:>8.2f}   at least {STEADY}: {verdict}")
    print(f"{'start-up s':36}{''.join(f'{servers[entries].start:>10.2f}' for entries in ENTRIES)}")
    print(f"{'memory MB':36}{''.join(f'{used[entries]:>10.0f}' for entries in ENTRIES)}")


def check_pages(base_url: str, kinds: dict[str, Kind]) -> None:
    """Raises BenchError when a page that is to be measured is not full."""
    for name, kind in kinds.items():
        shown = len(json.loads(fetch(base_url, kind.requests[0]).body)["data"])
        if shown != LIMIT:
            raise BenchError(f"{name} has {shown} entries, not {LIMIT}")


def pages(cursors: list[str]) -> dict[str, Kind]:
    """Pages at the start and in the middle of each long list, with and without summary."""
    kinds = {}
    for name, token, edge, after in (
        ("ad account's agencies", "owner-token", f"{ACCOUNT}/agencies", cursors[0]),
        ("owner's agencies", "owner-token", f"{world.OWNER}/agencies", cursors[1]),
        ("agency's ad accounts", "agency-token", f"{world.AGENCY}/client_ad_accounts", cursors[2]),
        ("agency's clients", "agency-token", f"{world.AGENCY}/clients", cursors[3]),
    ):
        first = f"/{edge}?limit={LIMIT}"
        kinds[f"{name}, first page"] = Kind([request("GET", first, token)])
        kinds[f"{name}, middle page"] = Kind([request("GET", f"{first}&after={after}", token)])
        if not edge.startswith("act_"):  # where the edge has a summary
            summary = f"{first}&after={after}&summary=true"
            kinds[f"{name}, summary"] = Kind([request("GET", summary, token)])
    return kinds
