"""What `fields` costs: a text that was never seen is read and looked up, one that was is only looked up."""

import statistics
import timeit
from collections.abc import Callable
from contextlib import closing

from meta_b2b_sandbox import fields, world
from meta_b2b_sandbox.app import READERS
from meta_b2b_sandbox.document import OPENAPI, Document
from meta_b2b_sandbox.expansion import Expansion
from meta_b2b_sandbox.graph_names import GraphNames
from meta_b2b_sandbox.routing import Routes
from meta_b2b_sandbox.store import Store

# As programs ask: the businesses, what each owns and holds.
TEXT = (
    "id,name,owned_ad_accounts.limit(50){id,account_id,name},client_ad_accounts.limit(50){id,account_id,name}"
)
ROUNDS, CALLS = 7, 2000
MOST = 50.0  # microseconds


def compare() -> None:
    """Measure and print."""
    with closing(Store(":memory:")) as store:
        world.load(store)
        routes = Routes(Document.load(OPENAPI / "b2b.yaml"))
        expansion = Expansion(routes, GraphNames.load(), READERS)
        shape = routes.reads["Business"].shape
        read = microseconds(lambda: fields.parse_anew(TEXT))
        chosen = microseconds(lambda: expansion.select_anew(shape, None, TEXT))
        known = microseconds(lambda: expansion.selection(shape, None, TEXT))
    verdict = "reached" if read < MOST else "missed"
    print(f"\nfields, {len(TEXT)} characters, µs")
    print(f"{'never seen: read':32}{read:>10.1f}   under {MOST:.0f}: {verdict}")
    print(f"{'never seen: read and looked up':32}{chosen:>10.1f}")
    print(f"{'seen before':32}{known:>10.2f}")


def microseconds(call: Callable[[], object]) -> float:
    """The median time of one call."""
    times = timeit.repeat(call, number=CALLS, repeat=ROUNDS)
    return statistics.median(times) / CALLS * 1e6
