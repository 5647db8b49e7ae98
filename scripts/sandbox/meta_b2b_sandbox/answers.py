"""What the other side answers by itself: the rules that the control API was told, and the reads of those who wait."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from meta_b2b_sandbox.routing import Endpoint
from meta_b2b_sandbox.store import Access, Condition, OboRequest, Store

OBO_NODE = "BusinessOwnedObjectOnBehalfOfRequest"
KINDS = {"AdAccount": "ad_account", "Page": "page"}  # type of an asset's node → what the store calls it
OF_ACCESS = {"access_status", "permitted_tasks"}  # fields that only an access, or a request for one, has
STATUSES = {"approve": "APPROVE", "decline": "DECLINE"}

Row = Access | OboRequest
Key = tuple[Any, ...]  # see `key_of`


@dataclass(slots=True)
class Waiting:
    """What waits for an answer. `kind`: as in a rule's `for`. `business`: who asks, is given, or, of an OBO request, is
    asked. `since`: when it was asked, in seconds since 1970."""

    kind: str
    asset: str
    business: str
    since: int
    row: Row


def waiting(row: Row) -> Waiting:
    """An access that waits, or an OBO request that is in progress, as rules see it."""
    if isinstance(row, OboRequest):
        asset = f"act_{row.business_owned_object}"
        return Waiting("obo_request", asset, row.receiving_business, row.created, row)
    kind = "access_request" if row.waits_for == "owner" else "admin_review"
    return Waiting(kind, row.asset, row.business, row.updated, row)


def key_of(row: Row) -> Key:
    """What is the same as long as the same thing waits."""
    if isinstance(row, OboRequest):
        return str(row.id), row.status
    return row.asset, row.business, row.waits_for, row.request_id


def give(store: Store, row: Row, answer: str, at: int | None = None) -> None:
    """Answer what waits. Within `store.change`. `answer`: "approve" or "decline"; `at`: when, in seconds since 1970,
    now without it."""
    if isinstance(row, OboRequest):
        store.set_obo_status(row.id, STATUSES[answer])
    elif answer == "approve":
        store.confirm(row, at)
    else:
        store.remove_access(row)


@dataclass(slots=True)
class Rule:
    """What is answered, to what, and when. `reads`: of what waits by this rule, how many reads showed it waiting."""

    answer: str
    kind: str
    asset: str | None
    business: str | None
    after_reads: int
    after_seconds: int | None
    told: Mapping[str, Any]  # as it was told
    reads: dict[Key, int] = field(default_factory=dict)

    def fits(self, one: Waiting) -> bool:
        """Whether it is about this."""
        return (
            self.kind in ("all", one.kind)
            and self.asset in (None, one.asset)
            and self.business in (None, one.business)
        )

    def accesses(self) -> list[Condition] | None:
        """Which waiting accesses it may be about, None for no access."""
        if self.kind == "obo_request":
            return None
        return conditions({"asset = ?": self.asset, "business = ?": self.business})

    def obo_requests(self) -> list[Condition] | None:
        """Which OBO requests in progress it may be about, None for none."""
        if self.kind not in ("all", "obo_request"):
            return None
        asset = self.asset and self.asset.removeprefix("act_")
        return conditions({"business_owned_object = ?": asset, "receiving_business = ?": self.business})


def conditions(named: Mapping[str, str | None]) -> list[Condition]:
    """Those that have a value."""
    return [(condition, value) for condition, value in named.items() if value is not None]


@dataclass(slots=True)
class Scope:
    """Which accesses and which OBO requests: those of which all conditions of one of the lists hold."""

    accesses: list[list[Condition]] = field(default_factory=list)
    obo_requests: list[list[Condition]] = field(default_factory=list)


def read_by(store: Store, endpoint: Endpoint, id: str, business: str) -> Scope:
    """Of what a valid call of an operation, with a token of this business, is a read. `id`: of the node in its path, ""
    without one.

    It is one of what waits between the business and others: of accesses where the answer's schema shows assets, or
    what is permitted on them, and of OBO requests where it shows these. Where the path leads to an asset or an OBO
    request, it is a read of that alone; where the answer shows assets of one kind, of these.
    """
    if endpoint.method != "GET" or not business:
        return Scope()
    shape, where = endpoint.shape, list[Condition]()
    shapes = [shape, *(inner for name in shape.default if (inner := shape.fields[name]) is not None)]
    asset = store.asset(id)
    if shape.node == OBO_NODE:
        if asset is not None:
            where.append(("business_owned_object = ?", id.removeprefix("act_")))
        elif not endpoint.edge:
            row = store.obo_request(id)
            where.append(("id = ?", row.id if row is not None else 0))
        parties = ("requesting_business = ?", "receiving_business = ?")
        return Scope(obo_requests=[[(party, business), *where] for party in parties])
    kinds = {KINDS[one.node] for one in shapes if one.node in KINDS}
    if not kinds and not any(OF_ACCESS & set(one.default) for one in shapes):
        return Scope()
    if asset is not None:
        where.append(("asset = ?", id))
    elif len(kinds) == 1:
        where.append(("kind = ?", kinds.pop()))
    return Scope(accesses=[[(party, business), *where] for party in ("owner = ?", "business = ?")])


def found(
    read: Callable[[list[Condition]], Sequence[Row]],
    by_rule: list[Condition] | None,
    by_scope: list[list[Condition]],
) -> Iterator[Row]:
    """What the store has of which the conditions of a rule hold, and those of one of the lists."""
    if by_rule is not None:
        for one in by_scope:
            yield from read([*by_rule, *one])


def still_waits(store: Store, key: Key) -> bool:
    """Whether what waited under this key (see `key_of`) still does."""
    row = store.obo_request(key[0]) if len(key) == 2 else store.access(key[0], key[1])
    return row is not None and key_of(row) == key


class Answers:
    """The rules of a world, in the order in which they were told: of those that fit, the last one counts."""

    def __init__(self) -> None:
        self._rules: dict[tuple[str, str | None, str | None], Rule] = {}
        self._settled: tuple[int, int] | None = None  # after which change, and when, nothing was due any more

    def __bool__(self) -> bool:
        return bool(self._rules)

    def put(self, told: Mapping[str, Any]) -> None:
        """Take a rule, as the control API has it, in place of the one for the same kind, asset and business."""
        told = {"for": "all", **told}
        seconds = told.get("after_seconds")
        rule = Rule(
            told["answer"],
            told["for"],
            told.get("asset"),
            told.get("business"),
            int(told.get("after_reads", 0)),
            None if seconds is None else int(seconds),
            told,
        )
        key = rule.kind, rule.asset, rule.business
        self._rules.pop(key, None)
        self._rules[key] = rule
        self._settled = None

    def told(self) -> list[Mapping[str, Any]]:
        """The rules as the control API has them."""
        return [rule.told for rule in self._rules.values()]

    def clear(self) -> None:
        """Forget them."""
        self._rules.clear()

    def count_anew(self) -> None:
        """What waits is something else now, though it may look alike."""
        for rule in self._rules.values():
            rule.reads.clear()
        self._settled = None

    def before(self, store: Store, endpoint: Endpoint, id: str, business: str) -> None:
        """Give the answers that a valid call of Graph is to find, and count it where it is a read; see `read_by`."""
        self.settle(store)
        counting = [rule for rule in self._rules.values() if rule.after_reads]
        if not counting:
            return
        scope = read_by(store, endpoint, id, business)
        due: list[tuple[Rule, Waiting]] = []
        for rule in counting:
            for one in self._waiting(store, rule, scope):
                key = key_of(one.row)
                seen = rule.reads.get(key, 0)
                if seen < rule.after_reads:
                    rule.reads[key] = seen + 1
                else:
                    due.append((rule, one))
        self._give(store, due)

    def settle(self, store: Store) -> None:
        """Give the answers that are due without a read."""
        now = int(store.clock.now())
        if self._settled == (store.changes, now):
            return
        due: list[tuple[Rule, Waiting]] = []
        for rule in self._rules.values():
            if rule.after_reads:
                continue
            scope = Scope([[]], [[]])
            if rule.after_seconds is not None:
                latest = now - rule.after_seconds
                scope = Scope([[("updated <= ?", latest)]], [[("created <= ?", latest)]])
            due += [(rule, one) for one in self._waiting(store, rule, scope)]
        self._give(store, due)
        for rule in self._rules.values():
            rule.reads = {key: seen for key, seen in rule.reads.items() if still_waits(store, key)}
        self._settled = store.changes, now

    def _waiting(self, store: Store, rule: Rule, scope: Scope) -> Iterator[Waiting]:
        """What waits by this rule, of all in the scope."""
        rows: dict[Key, Row] = {}  # by key: a business may send an OBO request to itself
        for row in (
            *found(store.waiting, rule.accesses(), scope.accesses),
            *found(store.obo_in_progress, rule.obo_requests(), scope.obo_requests),
        ):
            rows[key_of(row)] = row
        return (one for one in map(waiting, rows.values()) if self._rule_for(one) is rule)

    def _rule_for(self, one: Waiting) -> Rule | None:
        return next((rule for rule in reversed(self._rules.values()) if rule.fits(one)), None)

    @staticmethod
    def _give(store: Store, due: list[tuple[Rule, Waiting]]) -> None:
        if not due:
            return
        with store.change():
            for rule, one in due:
                at = None if rule.after_seconds is None else one.since + rule.after_seconds
                give(store, one.row, rule.answer, at)
