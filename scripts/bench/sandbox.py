"""The sandbox beside Prism: the same requests from one load generator, in turns. The sandbox writes to a file."""

import statistics
from pathlib import Path

from scripts.bench.load import CONNECTIONS, Kind, Load
from scripts.bench.servers import memory, run, sandbox
from scripts.bench.turns import Side, measure
from scripts.bench.worlds import changes, error, fill, page
from scripts.mock.prism import Mock

ROUNDS, STARTS = 6, 5
# Requests of one kind in one round: about half a second each.
SANDBOX_REQUESTS, PRISM_REQUESTS = 3000, 1000
ENTRIES = 100


def kinds(amount: int) -> dict[str, Kind]:
    """What both get. Prism answers each list by the document's example, of two entries."""
    return {"list": page(2), "list 25": page(25), **changes(amount), "error": error()}


def compare(load: Load, folder: Path) -> None:
    """Measure and print."""
    our_starts, their_starts = [], []
    for number in range(STARTS):
        # An empty file: it makes the demo world too.
        with run(sandbox(folder / f"start-{number}.db")) as ours:
            our_starts.append(ours.start)
        with run(Mock()) as theirs:
            their_starts.append(theirs.start)
    fill(folder / "compare.db", ENTRIES, SANDBOX_REQUESTS)
    with run(sandbox(folder / "compare.db")) as ours, run(Mock()) as theirs:
        our_side = Side(ours.base_url, kinds(SANDBOX_REQUESTS), SANDBOX_REQUESTS, keeps=True)
        their_side = Side(theirs.base_url, kinds(PRISM_REQUESTS), PRISM_REQUESTS, keeps=False)
        our_figures, their_figures = measure(load, [our_side, their_side], ROUNDS)
        our_memory, their_memory = memory(ours.pid), memory(theirs.pid)

    print(f"\n{f'{CONNECTIONS} connections':22}{'sandbox':>10}{'Prism':>10}{'ratio':>8}   target")
    for name, one in our_figures.items():
        other = their_figures[name]
        least = 2.5 if name in ("grant", "remove") else 4.0
        judged = name != "list 25"  # not the same answer
        rate_target = f"at least {least}" if judged else ""
        row(
            f"{name:8}requests/s", one.rate, other.rate, rate_target, one.rate / other.rate >= least, digits=0
        )
        row("        p50 ms", one.p50, other.p50)
        row("        p99 ms", one.p99, other.p99, "below 0.33" if judged else "", one.p99 / other.p99 < 1 / 3)
    start, their_start = statistics.median(our_starts), statistics.median(their_starts)
    row("start-up s", start, their_start, "under 0.6 s", start < 0.6)
    row("memory MB", our_memory, their_memory, "under 120 MB", our_memory < 120, digits=0)
    print(
        "list: 2 entries, as Prism answers; list 25: a page of the sandbox's, beside the same 2 of Prism's. "
        "Start-up: from the start of the process to its first answer."
    )


def row(
    name: str, ours: float, theirs: float, target: str = "", reached: bool = True, *, digits: int = 2
) -> None:
    """Print one line; no target, no verdict."""
    verdict = f"   {target}: {'reached' if reached else 'missed'}" if target else ""
    print(f"{name:22}{ours:>10,.{digits}f}{theirs:>10,.{digits}f}{ours / theirs:>8.2f}{verdict}")
