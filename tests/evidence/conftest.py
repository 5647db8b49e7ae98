"""The sandbox in this process, with a fresh demo world and fresh notes for each test."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from scripts.evidence.notes import Notes
from tests.support.document import B2B
from tests.support.evidence import NotedGraph


@pytest.fixture(scope="module")
def shared_graph() -> Iterator[NotedGraph]:
    graph = NotedGraph()
    with graph.runner, closing(graph.worlds):
        yield graph


@pytest.fixture
def graph(shared_graph: NotedGraph) -> NotedGraph:
    assert shared_graph.sandbox("POST", "/reset").json() == {"success": True}
    shared_graph.notes = Notes(B2B)
    return shared_graph
