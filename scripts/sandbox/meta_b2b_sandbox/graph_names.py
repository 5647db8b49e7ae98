"""The fields and edges that Meta's SDK names for Graph's nodes: what a program may ask for though no operation has it.

A node is named as `x-graph-node` does in the document. Source of the names: facebook-business.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson

from meta_b2b_sandbox.document import DocumentError

# Package data; in a checkout, what was generated there.
FILE = Path(__file__).parent / "generated" / "graph_names.json"
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class NodeNames:
    """`fields`: names. `edges`: name → HTTP methods in capital letters."""

    fields: frozenset[str]
    edges: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class GraphNames:
    """Node → its names. A node or an edge that the SDK does not have is no error, but has nothing."""

    nodes: Mapping[str, NodeNames]

    @classmethod
    def load(cls, file: Path = FILE) -> "GraphNames":
        """Raises DocumentError when the file cannot be used."""
        try:
            nodes = orjson.loads(file.read_bytes())["nodes"]
            return cls(
                {
                    name: NodeNames(
                        frozenset(node["fields"]),
                        {edge: frozenset(methods) for edge, methods in node["edges"].items()},
                    )
                    for name, node in nodes.items()
                }
            )
        except OSError as error:
            raise DocumentError(f"{file} cannot be read: {error.strerror}") from None
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise DocumentError(f"{file} does not hold Graph's names: {error!r}") from None

    def fields(self, node: str) -> frozenset[str]:
        """The names of its fields: {"id", "timezone_name", …}."""
        return self.nodes[node].fields if node in self.nodes else NOTHING

    def edges(self, node: str) -> frozenset[str]:
        """The names of its edges: {"owned_pixels", …}."""
        return frozenset(self.nodes[node].edges) if node in self.nodes else NOTHING

    def has(self, node: str, name: str) -> bool:
        """Whether the node has a field of this name, or an edge, which is a field too."""
        return name in self.fields(node) or name in self.edges(node)

    def methods_of_edge(self, node: str, edge: str) -> frozenset[str]:
        """The HTTP methods that the edge takes: {"GET", "POST"}."""
        return self.nodes[node].edges.get(edge, NOTHING) if node in self.nodes else NOTHING
