"""The sandbox in this process, with a fresh demo world for each test."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.support.graph import Graph


@pytest.fixture(scope="session")
def shared_graph() -> Iterator[Graph]:
    graph = Graph()
    with graph.runner, closing(graph.store):
        yield graph


@pytest.fixture
def graph(shared_graph: Graph) -> Graph:
    """The demo world as it is at the start: loading it again is cheaper than reading the document again."""
    assert shared_graph.sandbox("POST", "/reset").json() == {"success": True}
    return shared_graph
