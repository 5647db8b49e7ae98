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
    every = measure_rounds(load, sides, rounds)
    return [
        {name: median([one[number][name] for one in every]) for name in side.kinds}
        for number, side in enumerate(sides)
    ]


def measure_rounds(load: Load, sides: list[Side], rounds: int) -> list[list[dict[str, Figures]]]:
    """The figures of each round: for each side, by kind; one round more warms up. Raises BenchError."""
    return [measure_round(load, sides, number) for number in range(rounds + 1)][1:]


def measure_round(load: Load, sides: list[Side], number: int) -> list[dict[str, Figures]]:
    """Each kind of request to each side in turn, with another side first in the round with the next number.

    Raises BenchError when a grant or a removal did not happen.
    """
    figures: list[dict[str, Figures]] = [{} for _ in sides]
    pairs = list(zip(sides, figures, strict=True))
    first = number % len(pairs)
    for name in sides[0].kinds:
        for side, measured in pairs[first:] + pairs[:first]:
            before = agencies(side.base_url) if side.keeps else 0
            measured[name] = load.run(side.base_url, side.kinds[name], side.amount)
            wanted = before + {"grant": side.amount, "remove": -side.amount}.get(name, 0)
            if side.keeps and (after := agencies(side.base_url)) != wanted:
                raise BenchError(f"after {side.amount} times {name} there are {after} agencies, not {wanted}")
    return figures
