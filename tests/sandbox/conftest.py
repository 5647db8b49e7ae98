"""The sandbox in this process, with a fresh demo world for each test."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.support.graph import Graph
from tests.support.sandbox import WatchedSandbox


@pytest.fixture(scope="session")
def shared_graph() -> Iterator[Graph]:
    graph = Graph()
    with graph.runner, closing(graph.worlds):
        yield graph


@pytest.fixture
def graph(shared_graph: Graph, request: pytest.FixtureRequest) -> Iterator[Graph]:
    """The demo world as it is at the start: loading it again is cheaper than reading the document again.

    A test that claims to prove rules of an operation must have called it.
    """
    assert shared_graph.sandbox("POST", "/reset").json() == {"success": True}
    shared_graph.called.clear()
    yield shared_graph
    if mark := request.node.get_closest_marker("operation"):
        assert shared_graph.called & set(mark.args), f"none of {mark.args} was called"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[WatchedSandbox]:
    """One process for all tests of a module: it must outlive them all, and say nothing."""
    with WatchedSandbox() as running:
        yield running
        assert running.running
        assert running.end() == (0, "", [])
