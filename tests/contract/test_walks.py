"""Walks along the document's links from each operation, and how far they led together."""

from collections import Counter, defaultdict

import pytest

from tests.contract.plan import Plan
from tests.contract.server import Server
from tests.contract.walks import Walks

MORE = 10  # along each link that no walk followed yet


# One test: how far they led is known when all were made.
def test_walks_along_links(server: Server, plan: Plan, subtests: pytest.Subtests) -> None:
    """Each link of the document led from a success to a success, what was created was read and removed, and what was
    removed was looked for."""
    # Only a server whose ids are known lets a walk get anywhere.
    count = (100 if plan.deep else 8) if server.world else (10 if plan.deep else 1)
    starts = [operation for operation in server.operations.values() if operation.method != "delete"]
    made = []
    for operation in starts:
        with subtests.test(operation.label):
            made.append(walks := Walks(server, operation))
            walks.run(count)
            assert walks.made >= count, "walks were left out"
    followed = sum((walks.followed for walks in made), Counter[str]())
    # What is drawn decides which links are followed; then each one that was not, from where it begins.
    left = defaultdict(list)
    for link in sorted(server.links - followed.keys()) if server.world else ():
        left[link.partition(" -> ")[0]].append(link)
    for operation in server.operations.values():
        for link in left[operation.label]:
            with subtests.test(link):
                made.append(walks := Walks(server, operation, [link]))
                walks.run(MORE)
    followed = sum((walks.followed for walks in made), Counter[str]())
    ways = sum((walks.ways for walks in made), Counter[str]())
    total = sum(walks.made for walks in made)
    read_and_removed = sum(times for way, times in ways.items() if way.endswith("POST GET DELETE"))
    read_again = sum(times for way, times in ways.items() if way.endswith("DELETE GET"))
    server.remarks.append(
        f"{total} walks, {followed.total()} steps along {len(followed)} of {len(server.links)} links; "
        f"{read_and_removed} times created, read and removed; {read_again} times read after a removal"
    )
    if server.world:
        assert not server.links - followed.keys(), server.links - followed.keys()
        assert read_and_removed and read_again
    # Other servers may know none of the ids, or answer with empty lists, from which nothing leads on.
    assert followed or not server.successes(), "no link was followed"
