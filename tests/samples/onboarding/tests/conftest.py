"""The program against the sandbox, without a second of real waiting; and tests in another order each time."""

import os
import random
from collections.abc import Callable, Iterator

import pytest
from meta_b2b_sandbox import SandboxWorld
from onboarding import Graph, Onboarding

AGENCY = "1000000001"


class Waits(list[float]):
    """What the program waited for, in seconds: the world's clock goes on instead."""

    def __init__(self, world: SandboxWorld) -> None:
        super().__init__()
        self._world = world

    def __call__(self, seconds: float) -> None:
        self.append(seconds)
        self._world.clock(forward_seconds=int(seconds))


@pytest.fixture
def waits(b2b_sandbox: SandboxWorld) -> Waits:
    return Waits(b2b_sandbox)


@pytest.fixture
def graph(b2b_sandbox: SandboxWorld, waits: Waits) -> Iterator[Callable[[str], Graph]]:
    """Graph, as the bearer of a token."""
    made: list[Graph] = []

    def graph(token: str) -> Graph:
        made.append(Graph(token, b2b_sandbox.base_url, sleep=waits))
        return made[-1]

    yield graph
    for one in made:
        one.__exit__()


@pytest.fixture
def agency(b2b_sandbox: SandboxWorld, graph: Callable[[str], Graph], waits: Waits) -> Onboarding:
    return Onboarding(graph(b2b_sandbox.tokens["Bright Agency"]), AGENCY, sleep=waits)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--shuffle", type=int, help="the order of an earlier run")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the workers of pytest-xdist must all have the same order
        order = config.option.shuffle
        os.environ["SHUFFLE"] = str(random.randrange(10000) if order is None else order)


def pytest_report_header() -> str:
    return f"shuffled by {os.environ['SHUFFLE']}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    random.Random(os.environ["SHUFFLE"]).shuffle(items)
