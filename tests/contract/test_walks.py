"""Walks along the document's links from each operation. What must have been met on all of them together, Tally says."""

from itertools import product

import pytest

from tests.contract.plan import Plan
from tests.contract.server import Server, id_of
from tests.contract.walks import Walks, first_requests
from tests.support.document import ONE_CALL

# Walks from each first request along a link that none from its operation followed yet; the second number if no such
# request led on with the first one.
MORE = (3, 30)
TO_REMOVE = 10  # along each two links that read and remove what was made


def removals(server: Server, links: list[str]) -> list[list[str]]:
    """Each link that leads to a GET, with each that leads on from there to a DELETE."""
    return [
        [link, further]
        for link in links
        for further in server.links.get(link.rpartition(" -> ")[2], [])
        if " -> GET " in link and " -> DELETE " in further
    ]


@pytest.mark.parametrize("operation_id", ONE_CALL)
def test_walks_along_links(operation_id: str, server: Server, plan: Plan, subtests: pytest.Subtests) -> None:
    """Walks as far as any links lead; on a server whose ids are known, each link from the operation led from a success
    to a success."""
    if operation_id not in server.operations:
        pytest.skip("changes data, and the server is not on this machine")
    operation = server.operations[operation_id]
    links = server.links.get(operation.label, [])
    server.tally.links.update(links)
    made = []
    if operation.method != "delete":
        # Only a server whose ids are known lets a walk get anywhere.
        count = (100 if plan.deep else 8) if server.world else (10 if plan.deep else 1)
        with subtests.test(operation.label):
            made.append(walks := Walks(server, operation))
            walks.run(count)
            assert walks.made >= count, "walks were left out"
    # What is drawn decides which links are followed; then each one that was not.
    for link in links if server.world else ():
        if not any(walks.followed[link] for walks in made):
            with subtests.test(link):
                for count, first in product(MORE, first_requests(server, operation)):
                    made.append(walks := Walks(server, operation, [link], first))
                    walks.run(count)
                    if walks.followed[link]:
                        break
                else:
                    pytest.fail(f"{id_of(operation)}: the link {link} led nowhere")
    # What is made, read and removed: few of the walks that are drawn come so far, and Tally wants one.
    if server.world and operation.method == "post":
        for way in removals(server, links):
            with subtests.test(" and ".join(way)):
                made.append(walks := Walks(server, operation, way, next(first_requests(server, operation))))
                walks.run(TO_REMOVE)
    for walks in made:
        server.tally.walks += walks.made
        server.tally.followed.update(walks.followed)
        server.tally.ways.update(walks.ways)
