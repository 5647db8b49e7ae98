"""The names of Graph's fields and edges, as the sandbox reads them."""

import dataclasses
import re
from pathlib import Path

import pytest
from meta_b2b_sandbox.document import DocumentError
from meta_b2b_sandbox.graph_names import GraphNames

NAMES = GraphNames.load()


def test_what_no_operation_models_has_a_name() -> None:
    assert {"id", "timezone_name"} <= NAMES.fields("AdAccount")
    assert "timezone_name" not in NAMES.fields("Page")
    assert {"agencies", "campaigns"} <= NAMES.edges("AdAccount")
    assert "agencies" not in NAMES.fields("AdAccount")
    assert NAMES.methods_of_edge("AdAccount", "campaigns") == {"DELETE", "GET", "POST"}
    assert NAMES.methods_of_edge("Page", "agencies") == {"DELETE", "GET", "POST"}


@pytest.mark.parametrize("node", ["Nothing", "AdAccountPermission", ""])
def test_an_unknown_node_has_nothing(node: str) -> None:
    assert NAMES.fields(node) == NAMES.edges(node) == NAMES.methods_of_edge(node, "agencies") == frozenset()


def test_an_unknown_edge_has_no_methods() -> None:
    assert NAMES.methods_of_edge("Page", "campaigns") == frozenset()


def test_it_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        NAMES.nodes = {}  # type: ignore[misc]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"nodes": []}', '{"nodes": {"Page": {"fields": []}}}']
)
def test_a_file_of_another_form_is_told(text: str, tmp_path: Path) -> None:
    file = tmp_path / "graph_names.json"
    file.write_text(text)
    with pytest.raises(DocumentError, match=re.escape(f"{file} does not hold Graph's names: ")):
        GraphNames.load(file)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"graph_names\.json cannot be read: No such file"):
        GraphNames.load(tmp_path / "graph_names.json")
