"""Walks along the document's links from each operation, and how far they led together."""

from collections import Counter, defaultdict
from typing import Any

import pytest

from tests.contract.plan import Plan
from tests.contract.server import Server, id_of
from tests.contract.walks import Walks
from tests.support.document import OPERATIONS

# The last test needs the walks of all others, made by the same process.
pytestmark = pytest.mark.xdist_group("walks")
STARTS = [id for id, operation in OPERATIONS.items() if operation.method != "delete"]


@pytest.fixture(scope="module")
def all_walks() -> dict[str, dict[str, Walks]]:
    """Target's name → operationId → the walks that began there."""
    return defaultdict(dict)


@pytest.mark.sends_requests
@pytest.mark.parametrize("operation_id", STARTS)
def test_walks_along_links(
    operation: Any, server: Server, plan: Plan, all_walks: dict[str, dict[str, Walks]]
) -> None:
    # Only a server whose ids are known lets a walk get anywhere.
    count = (100 if plan.deep else 8) if server.world else (10 if plan.deep else 2)
    walks = all_walks[server.target.name][id_of(operation)] = Walks(server, operation)
    walks.run(count)
    assert walks.made >= count, "walks were left out"


def test_walks_went_far(server: Server, all_walks: dict[str, dict[str, Walks]]) -> None:
    """Each link of the document led from a success to a success, what was created was read and removed, and what was
    removed was looked for."""
    made = all_walks[server.target.name]
    left_out = set(STARTS) & server.operations.keys() - made.keys()
    assert left_out == set(), "this needs all walks, made before it in the same process (--dist loadgroup)"
    followed = sum((walks.followed for walks in made.values()), Counter[str]())
    ways = sum((walks.ways for walks in made.values()), Counter[str]())
    links = server.links
    read_and_removed = sum(count for way, count in ways.items() if way.endswith("POST GET DELETE"))
    read_again = sum(count for way, count in ways.items() if way.endswith("DELETE GET"))
    total = sum(walks.made for walks in made.values())
    server.remarks.append(
        f"{total} walks, {followed.total()} steps along {len(followed)} of {len(links)} links; "
        f"{read_and_removed} times created, read and removed; {read_again} times read after a removal"
    )
    if server.world:
        assert followed.keys() == links
        assert read_and_removed and read_again
    # Other servers may know none of the ids, or answer with empty lists, from which nothing leads on.
    assert followed or not server.successes(), "no link was followed"
