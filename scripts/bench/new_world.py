"""What a world for a test costs: to make it, to reset it, and the memory that it takes."""

import gc
import resource
import statistics
import timeit
from contextlib import closing

from meta_b2b_sandbox import world
from meta_b2b_sandbox.store import IN_MEMORY, Store
from meta_b2b_sandbox.worlds import Worlds

COUNT, ROUNDS = 200, 5
MOST_MS, MOST_KB = 2.0, 1024.0


def compare() -> None:
    """Measure and print."""
    beginning = Store(IN_MEMORY)
    world.load(beginning)
    with closing(Worlds(Store(IN_MEMORY, beginning), beginning, most=COUNT * ROUNDS + 1)) as worlds:
        made = worlds.create(None, None, None, 0)
        before = memory()
        times = timeit.repeat(lambda: worlds.create(None, None, None, 0), number=COUNT, repeat=ROUNDS)
        each = (memory() - before) / (COUNT * ROUNDS)
        resets = timeit.repeat(made.reset, number=COUNT, repeat=ROUNDS)
    print("\na world like the demo world")
    for name, value, most in (
        ("made, ms", statistics.median(times) / COUNT * 1000, MOST_MS),
        ("reset, ms", statistics.median(resets) / COUNT * 1000, MOST_MS),
        ("memory, KB", each, MOST_KB),
    ):
        verdict = "reached" if value < most else "missed"
        print(f"{name:32}{value:>10.2f}   under {most:.0f}: {verdict}")


def memory() -> float:
    """Kilobytes that this process has in use."""
    gc.collect()
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1024
