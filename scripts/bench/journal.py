"""What the journal costs: the same sandbox with it and without, by wrk."""

import shutil
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from meta_b2b_sandbox import Sandbox

from scripts.bench.bare import ROUNDS, parts, rate
from scripts.bench.servers import run
from scripts.bench.worlds import fill

ENTRIES = 100  # on the ad account; nothing is changed
LEAST = 0.95  # of the rate without it


class WithoutJournal(Sandbox):
    """A sandbox that notes no call."""

    command: ClassVar[Sequence[str]] = (*Sandbox.command, "--journal", "0")


def compare_journal(folder: Path) -> None:
    """Measure and print, or say how to get wrk."""
    if shutil.which("wrk") is None:
        print("\nThe journal: left out, it needs wrk; get it by: apt-get install wrk")
        return
    for name in ("noting", "silent"):
        fill(folder / f"{name}.db", ENTRIES, 0)
    print(f"\n{'journal, requests/s':32}{'on':>10}{'off':>10}{'ratio':>8}   target")
    with (
        run(Sandbox(folder / "noting.db")) as noting,
        run(WithoutJournal(folder / "silent.db")) as silent,
    ):
        for name, part in parts().items():
            if part.first is not None:
                continue
            both = [
                (rate(noting.base_url, part), rate(silent.base_url, part)) for _ in range(2 * ROUNDS + 1)
            ][1:]  # the first warms up
            on, off = (statistics.median(rates) for rates in zip(*both, strict=True))
            verdict = "reached" if on / off >= LEAST else "missed"
            print(
                f"{name:32}{on:>10,.0f}{off:>10,.0f}{on / off:>8.2f}   at least {LEAST}: {verdict}",
                flush=True,
            )
