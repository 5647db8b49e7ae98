"""Rounds in turns: every server sees the same machine, be it quiet or busy."""

from dataclasses import dataclass

from scripts.bench.errors import BenchError
from scripts.bench.load import Figures, Kind, Load, median
from scripts.bench.servers import agencies


@dataclass
class Side:
    """A server, and what it gets: name → kind of request, `amount` of each in a round.

    `keeps`: it has state, so that grants and removals can be counted.
    """

    base_url: str
    kinds: dict[str, Kind]
    amount: int
    keeps: bool


def measure(load: Load, sides: list[Side], rounds: int) -> list[dict[str, Figures]]:
    """The median of the rounds for each side, by kind; one round more warms up. Raises BenchError."""
    every = [measure_round(load, sides) for _ in range(rounds + 1)][1:]
    return [
        {name: median([one[number][name] for one in every]) for name in side.kinds}
        for number, side in enumerate(sides)
    ]


def measure_round(load: Load, sides: list[Side]) -> list[dict[str, Figures]]:
    """Each kind of request to each side in turn. Raises BenchError when a grant or a removal did not happen."""
    figures: list[dict[str, Figures]] = [{} for _ in sides]
    for name in sides[0].kinds:
        for side, measured in zip(sides, figures, strict=True):
            before = agencies(side.base_url) if side.keeps else 0
            measured[name] = load.run(side.base_url, side.kinds[name], side.amount)
            wanted = before + {"grant": side.amount, "remove": -side.amount}.get(name, 0)
            if side.keeps and (after := agencies(side.base_url)) != wanted:
                raise BenchError(f"after {side.amount} times {name} there are {after} agencies, not {wanted}")
    return figures
