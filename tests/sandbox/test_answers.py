"""What the other side answers by itself: openapi/sandbox.yaml, `put_answer`."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from meta_b2b_sandbox.answers import Answers
from meta_b2b_sandbox.routing import Routes
from meta_b2b_sandbox.store import Store
from meta_b2b_sandbox.world import (
    AD_ACCOUNT,
    AGENCY,
    AGENCY_AD_ACCOUNT,
    OUTSIDER,
    OWNER,
    PAGE,
    REVIEWED,
)

from tests.support.document import B2B
from tests.support.graph import Graph, failure

TASKS = ["ADVERTISE"]
SENT_TO_OWNER, SENT_TO_AGENCY = "1111111111", "1111111114"  # OBO requests in progress
ASSETS = {PAGE: "pages", AD_ACCOUNT: "ad_accounts"}
DONE = (200, {"success": True})


def tell(graph: Graph, answer: str = "approve", /, **rule: Any) -> None:
    told = graph.sandbox("PUT", "/answers", json={"answer": answer, **rule})
    assert (told.status_code, told.json()) == DONE


def ask(graph: Graph, asset: str, business: str = AGENCY, token: str = "agency-token") -> None:
    name = "page_id" if asset == PAGE else "adaccount_id"
    body = {name: asset, "permitted_tasks": TASKS}
    assert graph("POST", f"/{business}/client_{ASSETS[asset]}", token, json=body).status_code == 200


def grant(graph: Graph, business: str = AGENCY) -> None:
    body = {"business": business, "permitted_tasks": TASKS}
    answer = graph("POST", f"/{REVIEWED}/agencies", json=body).json()
    assert answer == {"success": True, "requires_admin_approval": True}


def read(graph: Graph, path: str, token: str = "agency-token") -> list[Any]:
    """One read, as the API counts them."""
    entries: list[Any] = graph("GET", path, token).json()["data"]
    return entries


def access(graph: Graph, asset: str, business: str = AGENCY) -> dict[str, Any] | None:
    """The access as the state has it: no read."""
    found = (one for one in graph.state()["accesses"] if (one["asset"], one["business"]) == (asset, business))
    return next(found, None)


def status(graph: Graph, asset: str, business: str = AGENCY) -> str | None:
    found = access(graph, asset, business)
    return None if found is None else str(found["access_status"])


def obo_status(graph: Graph, id: str) -> str:
    (found,) = (one for one in graph.state()["obo_requests"] if one["id"] == id)
    return str(found["status"])


def obo_request(graph: Graph, receiver: str) -> str:
    """The id of a new one of the owner."""
    body = {
        "business_owned_object": AD_ACCOUNT[4:],
        "requesting_business": OWNER,
        "receiving_business": receiver,
    }
    return str(graph.sandbox("POST", "/obo_requests", json=body).json()["id"])


def clock(graph: Graph, **put: Any) -> None:
    assert graph.sandbox("PUT", "/clock", json=put).status_code == 200


# After reads

OF_THE_PAGE = [
    (f"/{PAGE}/agencies", "owner-page-token"),
    (f"/{OWNER}/agencies", "owner-token"),
    (f"/{OWNER}/pending_owned_pages", "owner-token"),
    (f"/{OWNER}/owned_pages", "owner-token"),
    (f"/{AGENCY}/clients", "agency-token"),
    (f"/{AGENCY}/client_pages", "agency-token"),
    (f"/{AGENCY}/pending_client_pages", "agency-token"),
    ("/me/accounts", "agency-system-token"),
]
OF_THE_AD_ACCOUNT = [
    (f"/{AD_ACCOUNT}/agencies", "owner-token"),
    (f"/{OWNER}/agencies", "owner-token"),
    (f"/{OWNER}/pending_owned_ad_accounts", "owner-token"),
    (f"/{AGENCY}/clients", "agency-token"),
    (f"/{AGENCY}/client_ad_accounts", "agency-token"),
    (f"/{AGENCY}/pending_client_ad_accounts", "agency-token"),
    ("/me/adaccounts", "agency-token"),
]


@pytest.mark.parametrize(
    ("asset", "path", "token"),
    [
        *((PAGE, *one) for one in OF_THE_PAGE),
        *((AD_ACCOUNT, *one) for one in OF_THE_AD_ACCOUNT),
    ],
)
@pytest.mark.parametrize("reads", [0, 1, 3])
def test_so_many_reads_show_it_waiting_and_the_next_one_the_answer(
    graph: Graph, asset: str, path: str, token: str, reads: int
) -> None:
    tell(graph, after_reads=reads)
    ask(graph, asset)
    asked = read(graph, path, token) if reads else None
    for _ in range(reads - 1):
        assert read(graph, path, token) == asked
    if reads:
        assert status(graph, asset) == "PENDING"
    shown = read(graph, path, token)
    assert status(graph, asset) == "CONFIRMED"
    assert "PENDING" not in json.dumps(shown)
    assert (asset in json.dumps(shown)) == ("pending" not in path and f"/{asset}/" not in path)


def test_a_poll_of_the_ad_account_itself_is_a_read_though_it_is_refused(graph: Graph) -> None:
    tell(graph, after_reads=2)
    ask(graph, AD_ACCOUNT)
    for _ in range(2):
        assert failure(graph("GET", f"/{AD_ACCOUNT}", "agency-token")) == (400, 100, 33)
    assert graph("GET", f"/{AD_ACCOUNT}", "agency-token").json()["id"] == AD_ACCOUNT


def test_reads_of_both_sides_are_counted_together(graph: Graph) -> None:
    tell(graph, after_reads=2)
    ask(graph, PAGE)
    assert read(graph, f"/{PAGE}/agencies", "owner-page-token")[0]["access_status"] == "PENDING"
    (client,) = read(graph, f"/{AGENCY}/clients")
    assert client["page_permissions"][0]["access_status"] == "CLIENT_RESPONSE_PENDING"
    assert read(graph, f"/{PAGE}/agencies", "owner-page-token")[0]["access_status"] == "CONFIRMED"


@pytest.mark.parametrize(
    ("path", "token"),
    [
        (f"/{PAGE}/agencies", "owner-page-token"),  # of another asset
        (f"/{AGENCY}/client_pages", "agency-token"),  # of assets of another kind
        (f"/{OUTSIDER}/clients", "outsider-token"),  # of another business
        (f"/{AD_ACCOUNT}", "outsider-token"),
        ("/me", "agency-token"),
        (f"/{OWNER}", "agency-token"),
        (f"/{AD_ACCOUNT}/assigned_users?business={OWNER}", "owner-token"),
        (f"/{AGENCY}/sent_inprogress_onbehalf_requests", "agency-token"),
        (f"/{AGENCY}/clients", "no-token"),
        (f"/{AGENCY}/clients?fields=nothing", "agency-token"),
        (f"/{AGENCY}/clients?limit=x", "agency-token"),
    ],
)
def test_no_read_of_it(graph: Graph, path: str, token: str) -> None:
    tell(graph, after_reads=1)
    ask(graph, AD_ACCOUNT)
    for _ in range(3):
        graph("GET", path, token)
    assert status(graph, AD_ACCOUNT) == "PENDING"


def test_a_write_is_no_read(graph: Graph) -> None:
    tell(graph, after_reads=1)
    ask(graph, AD_ACCOUNT)
    body = {"adaccount_id": AD_ACCOUNT, "permitted_tasks": TASKS}
    for _ in range(3):
        again = graph("POST", f"/{AGENCY}/client_ad_accounts", "agency-token", json=body)
        assert failure(again) == (400, 3936, None)
    assert status(graph, AD_ACCOUNT) == "PENDING"


def test_a_call_that_meets_a_fault_is_no_read(graph: Graph) -> None:
    tell(graph, after_reads=1)
    ask(graph, PAGE)
    graph.sandbox("POST", "/faults", json={"operation": "list_clients", "times": 3, "code": 2})
    for _ in range(3):
        assert graph("GET", f"/{AGENCY}/clients", "agency-token").status_code == 500
    read(graph, f"/{AGENCY}/clients")
    assert status(graph, PAGE) == "PENDING"


def test_each_call_of_a_batch_is_a_read(graph: Graph) -> None:
    tell(graph, after_reads=2)
    ask(graph, PAGE)
    items = [{"method": "GET", "relative_url": f"{AGENCY}/pending_client_pages"}] * 3
    answers = graph("POST", "/", "agency-token", json={"batch": items}).json()
    assert [len(json.loads(one["body"])["data"]) for one in answers] == [1, 1, 0]


def test_two_requests_at_once_are_counted_each_for_itself(graph: Graph) -> None:
    tell(graph, after_reads=2)
    ask(graph, PAGE)
    read(graph, f"/{AGENCY}/clients")
    ask(graph, AD_ACCOUNT)
    read(graph, f"/{AGENCY}/clients")
    read(graph, f"/{AGENCY}/clients")
    assert (status(graph, PAGE), status(graph, AD_ACCOUNT)) == ("CONFIRMED", "PENDING")
    read(graph, f"/{AGENCY}/clients")
    assert status(graph, AD_ACCOUNT) == "CONFIRMED"


@pytest.mark.parametrize("by_hand", [False, True])
def test_declined_is_gone_and_what_is_asked_anew_is_counted_anew(graph: Graph, by_hand: bool) -> None:
    tell(graph, "decline", after_reads=2)
    for _ in range(2):
        ask(graph, PAGE)
        assert len(read(graph, f"/{OWNER}/pending_owned_pages", "owner-token")) == 1
        if by_hand:
            path = f"/accesses/{PAGE}/{AGENCY}/decline"
            assert graph.sandbox("POST", path).status_code == 200
        else:
            assert len(read(graph, f"/{OWNER}/pending_owned_pages", "owner-token")) == 1
            assert read(graph, f"/{OWNER}/pending_owned_pages", "owner-token") == []
        assert access(graph, PAGE) is None


@pytest.mark.parametrize("answer", ["approve", "decline"])
def test_an_admin_review(graph: Graph, answer: str) -> None:
    tell(graph, answer, **{"for": "admin_review"}, after_reads=1)
    clock(graph, at="2026-03-01T09:00:00+0000")  # what is given anew was given at the same time
    for _ in range(2):
        grant(graph)
        (shown,) = read(graph, f"/{REVIEWED}/agencies", "owner-token")
        assert shown["access_status"] == "PENDING"
        body = {"business": AGENCY}
        assert graph("DELETE", f"/{REVIEWED}/agencies", json=body).status_code == 200
    grant(graph)
    for expected in (["PENDING"], ["CONFIRMED"] if answer == "approve" else []):
        shown = read(graph, f"/{REVIEWED}/agencies", "owner-token")
        assert [one["access_status"] for one in shown] == expected


@pytest.mark.parametrize(
    ("id", "path", "token"),
    [
        (SENT_TO_OWNER, f"/{OWNER}/received_inprogress_onbehalf_requests", "owner-token"),
        (SENT_TO_OWNER, f"/{AGENCY}/sent_inprogress_onbehalf_requests", "agency-token"),
        (SENT_TO_OWNER, f"/{AGENCY_AD_ACCOUNT}/onbehalf_requests", "agency-token"),
        (SENT_TO_OWNER, f"/{AGENCY_AD_ACCOUNT}/onbehalf_requests", "owner-token"),
        (SENT_TO_AGENCY, f"/{AD_ACCOUNT}/onbehalf_requests", "owner-token"),
        (SENT_TO_AGENCY, f"/{AGENCY}/received_inprogress_onbehalf_requests", "agency-token"),
        (SENT_TO_OWNER, f"/{SENT_TO_OWNER}", "owner-token"),
        (SENT_TO_AGENCY, f"/{SENT_TO_AGENCY}", "owner-token"),
    ],
)
@pytest.mark.parametrize("answer", ["approve", "decline"])
def test_an_obo_request(graph: Graph, id: str, path: str, token: str, answer: str) -> None:
    tell(graph, answer, **{"for": "obo_request"}, after_reads=2)
    ask(graph, PAGE)
    for _ in range(2):
        graph("GET", path, token)
        assert obo_status(graph, id) == "IN_PROGRESS"
    graph("GET", path, token)
    assert obo_status(graph, id) == answer.upper()
    assert status(graph, PAGE) == "PENDING"


@pytest.mark.parametrize(
    ("path", "token"),
    [
        (f"/{SENT_TO_AGENCY}", "agency-token"),
        (f"/{'9' * 20}", "agency-token"),
        (f"/{AD_ACCOUNT}/onbehalf_requests", "agency-token"),
        (f"/{AGENCY}/clients", "agency-token"),
        (f"/{SENT_TO_OWNER}", "outsider-token"),
    ],
)
def test_no_read_of_an_obo_request(graph: Graph, path: str, token: str) -> None:
    tell(graph, after_reads=1)
    for _ in range(3):
        graph("GET", path, token)
    assert obo_status(graph, SENT_TO_OWNER) == "IN_PROGRESS"


def test_an_obo_request_to_oneself_is_read_once_by_each_read(graph: Graph) -> None:
    created = obo_request(graph, OWNER)
    tell(graph, after_reads=2)
    for _ in range(2):
        graph("GET", f"/{created}")
    assert obo_status(graph, created) == "IN_PROGRESS"
    graph("GET", f"/{created}")
    assert obo_status(graph, created) == "APPROVE"


# At once, and after seconds


@pytest.mark.parametrize("rule", [{}, {"after_reads": 0}, {"after_seconds": 0}])
@pytest.mark.parametrize("first", [True, False])
def test_at_once(graph: Graph, rule: dict[str, int], first: bool) -> None:
    if first:
        tell(graph, **rule)
    ask(graph, AD_ACCOUNT)
    if not first:
        tell(graph, **rule)
    # Of an edge that the sandbox does not have, whoever sees the ad account gets an empty one.
    assert read(graph, f"/{AD_ACCOUNT}/insights") == []
    assert status(graph, AD_ACCOUNT) == "CONFIRMED"
    assert obo_status(graph, SENT_TO_OWNER) == obo_status(graph, SENT_TO_AGENCY) == "APPROVE"


@pytest.mark.parametrize("by", ["state", "approve", "graph"])
def test_after_seconds_it_was_answered_when_it_fell_due(graph: Graph, by: str) -> None:
    clock(graph, at="2026-03-01T09:00:00+0000")
    tell(graph, after_seconds=60)
    ask(graph, PAGE)
    created = obo_request(graph, OUTSIDER)
    clock(graph, forward_seconds=59)
    read(graph, f"/{AGENCY}/clients")
    assert (status(graph, PAGE), obo_status(graph, created)) == ("PENDING", "IN_PROGRESS")
    clock(graph, forward_seconds=100)
    if by == "approve":
        path = f"/accesses/{PAGE}/{AGENCY}/approve"
        assert graph.sandbox("POST", path).status_code == 404
    elif by == "graph":
        (client,) = read(graph, f"/{AGENCY}/clients")
        assert client["page_permissions"][0]["access_updated_time"] == "2026-03-01T09:01:00+0000"
    found = access(graph, PAGE)
    assert found is not None and found["access_status"] == "CONFIRMED"
    assert found["access_requested_time"] == "2026-03-01T09:00:00+0000"
    assert found["access_updated_time"] == "2026-03-01T09:01:00+0000"
    assert obo_status(graph, created) == "APPROVE"


def test_an_answer_after_reads_was_given_now(graph: Graph) -> None:
    tell(graph, after_reads=1)
    clock(graph, at="2026-03-01T09:00:00+0000")
    ask(graph, PAGE)
    clock(graph, forward_seconds=100)
    for time in ("2026-03-01T09:00:00+0000", "2026-03-01T09:01:40+0000"):
        assert read(graph, f"/{PAGE}/agencies", "owner-page-token")[0]["access_updated_time"] == time


# Which rule


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({}, {"page", "account", "review", "to_owner", "to_agency"}),
        ({"for": "all"}, {"page", "account", "review", "to_owner", "to_agency"}),
        ({"for": "access_request"}, {"page", "account"}),
        ({"for": "admin_review"}, {"review"}),
        ({"for": "obo_request"}, {"to_owner", "to_agency"}),
        ({"asset": PAGE}, {"page"}),
        ({"asset": AD_ACCOUNT}, {"account", "to_agency"}),
        ({"asset": AD_ACCOUNT, "for": "obo_request"}, {"to_agency"}),
        ({"asset": AD_ACCOUNT[4:]}, set()),  # without its act_ it is no ad account
        ({"asset": REVIEWED, "business": OUTSIDER}, {"review"}),
        ({"asset": REVIEWED, "business": AGENCY}, set()),
        ({"business": AGENCY}, {"page", "to_agency"}),
        ({"business": OUTSIDER}, {"account", "review"}),
        ({"business": OWNER}, {"to_owner"}),
        ({"business": OWNER, "for": "access_request"}, set()),
    ],
)
@pytest.mark.parametrize("when", [{}, {"after_reads": 1}, {"after_seconds": 60}])
def test_what_a_rule_is_about(
    graph: Graph, rule: dict[str, str], expected: set[str], when: dict[str, int]
) -> None:
    ask(graph, PAGE)
    ask(graph, AD_ACCOUNT, OUTSIDER, "outsider-token")
    grant(graph, OUTSIDER)
    tell(graph, **rule, **when)
    clock(graph, forward_seconds=60)
    for _ in range(2):
        read(graph, f"/{OWNER}/agencies", "owner-token")
        read(graph, f"/{OWNER}/received_inprogress_onbehalf_requests", "owner-token")
    answered = {
        "page": status(graph, PAGE) == "CONFIRMED",
        "account": status(graph, AD_ACCOUNT, OUTSIDER) == "CONFIRMED",
        "review": status(graph, REVIEWED, OUTSIDER) == "CONFIRMED",
        "to_owner": obo_status(graph, SENT_TO_OWNER) == "APPROVE",
        "to_agency": obo_status(graph, SENT_TO_AGENCY) == "APPROVE",
    }
    assert {name for name, yes in answered.items() if yes} == expected


def test_of_those_that_fit_the_last_one_counts(graph: Graph) -> None:
    tell(graph, "decline", asset=PAGE)
    tell(graph, "approve", after_reads=1000)
    ask(graph, PAGE)
    read(graph, f"/{AGENCY}/clients")
    assert status(graph, PAGE) == "PENDING"
    tell(graph, "decline", asset=PAGE)
    assert access(graph, PAGE) is None
    tell(graph, "approve", business=AGENCY)
    ask(graph, PAGE)
    assert status(graph, PAGE) == "CONFIRMED"


def test_one_for_the_same_is_replaced(graph: Graph) -> None:
    tell(graph, "decline", asset=PAGE, after_reads=3)
    tell(graph, "approve", **{"for": "access_request"}, asset=PAGE, after_seconds=5)
    tell(graph, "approve", **{"for": "all"}, asset=PAGE, after_reads=1)
    last = [
        {"answer": "approve", "for": "access_request", "asset": PAGE, "after_seconds": 5},
        {"answer": "approve", "for": "all", "asset": PAGE, "after_reads": 1},
    ]
    assert graph.sandbox("GET", "/answers").json() == {"answers": last}


@pytest.mark.parametrize("end", ["clear", "reset"])
def test_nobody_answers_any_more(graph: Graph, end: str) -> None:
    tell(graph, after_reads=1)
    if end == "clear":
        assert graph.sandbox("DELETE", "/answers").json() == {"success": True}
    else:
        graph.sandbox("POST", "/reset")
    assert graph.sandbox("GET", "/answers").json() == {"answers": []}
    ask(graph, PAGE)
    for _ in range(5):
        read(graph, f"/{AGENCY}/clients")
    assert status(graph, PAGE) == "PENDING"


def test_without_rules_nothing_is_looked_for(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    def unwanted(*_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(Answers, "before", unwanted)
    monkeypatch.setattr(Answers, "settle", unwanted)
    ask(graph, PAGE)
    read(graph, f"/{AGENCY}/clients")
    assert status(graph, PAGE) == "PENDING"
    assert obo_status(graph, SENT_TO_OWNER) == "IN_PROGRESS"


def test_another_state_is_counted_anew(graph: Graph) -> None:
    tell(graph, after_reads=1)
    ask(graph, PAGE)
    graph.sandbox("POST", "/snapshots/asked")
    for _ in range(2):
        read(graph, f"/{AGENCY}/clients")
        assert status(graph, PAGE) == "PENDING"
        graph.sandbox("POST", "/snapshots/asked/restore")
    read(graph, f"/{AGENCY}/clients")
    state = graph.state()
    assert graph.sandbox("PUT", "/state", json=state).status_code == 200
    read(graph, f"/{AGENCY}/clients")
    assert status(graph, PAGE) == "PENDING"
    read(graph, f"/{AGENCY}/clients")
    assert status(graph, PAGE) == "CONFIRMED"
    # What is due at once is due in another state too.
    tell(graph)
    graph.sandbox("POST", "/snapshots/asked/restore")
    assert status(graph, PAGE) == "CONFIRMED"


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ({}, "answer is missing"),
        ({"answer": "maybe"}, 'answer: "maybe" is not one of'),
        (
            {"answer": "approve", "after_reads": 1, "after_seconds": 1},
            "after_reads and after_seconds: an answer has one of them, or none",
        ),
        ({"answer": "approve", "after_reads": -1}, "after_reads: -1 is less than"),
        ({"answer": "approve", "asset": "x"}, 'asset: "x" does not match'),
        ({"answer": "approve", "for": "x"}, 'for: "x" is not one of'),
        ({"answer": "approve", "assets": PAGE}, "Additional properties are not allowed ('assets'"),
    ],
)
def test_a_rule_that_is_none_is_refused(graph: Graph, rule: dict[str, Any], text: str) -> None:
    refused = graph.sandbox("PUT", "/answers", json=rule)
    assert refused.status_code == (422 if rule.keys() >= {"after_reads", "after_seconds"} else 400)
    assert refused.json()["error"]["message"][: len(text)] == text
    assert graph.sandbox("GET", "/answers").json() == {"answers": []}


@pytest.mark.parametrize(
    "rule",
    [
        {"asset": PAGE},
        {"business": AGENCY},
        {"business": AGENCY, "for": "access_request"},
        {"asset": PAGE, "business": AGENCY, "for": "admin_review"},
        {"business": AGENCY, "for": "obo_request"},
    ],
)
@pytest.mark.parametrize("when", [{}, {"after_reads": 5}, {"after_seconds": 60}])
def test_a_rule_that_names_something_is_looked_for_by_an_index(
    rule: dict[str, Any], when: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    queries: list[tuple[str, tuple[Any, ...]]] = []
    read = Store.read

    def noted(store: Store, sql: str, *values: Any) -> list[Any]:
        queries.append((sql, values))
        return read(store, sql, *values)

    monkeypatch.setattr(Store, "read", noted)
    endpoint = Routes(B2B).endpoints
    answers, store = Answers(), Store(":memory:")
    answers.put({"answer": "approve", **rule, **when})
    for operation in ("list_clients", "list_sent_obo_requests"):
        answers.before(store, endpoint[operation], AGENCY, AGENCY)
    assert queries
    for sql, values in queries:
        plan = [str(row[3]) for row in store._db.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
        assert any(step.startswith("SEARCH") for step in plan), plan
        assert not any(step.startswith(("SCAN accesses", "SCAN obo_requests")) for step in plan), plan
    store.close()


# Many steps, held against a model


@dataclass
class Expected:
    """What is to be: rules as (asset or None for all, reads, what has been counted by it), the last one last, and the
    status of what was asked for."""

    rules: list[tuple[str | None, int, dict[str, int]]] = field(default_factory=list)
    statuses: dict[str, str] = field(default_factory=dict)

    def rule(self, asset: str) -> tuple[int, dict[str, int]] | None:
        fitting = [(reads, counted) for named, reads, counted in self.rules if named in (None, asset)]
        return fitting[-1] if fitting else None

    def settle(self) -> None:
        for asset, one in self.statuses.items():
            rule = self.rule(asset)
            if one == "PENDING" and rule is not None and rule[0] == 0:
                self.statuses[asset] = "CONFIRMED"

    def read(self, asset: str) -> None:
        rule = self.rule(asset)
        if self.statuses.get(asset) != "PENDING" or rule is None:
            return
        reads, counted = rule
        if counted.get(asset, 0) < reads:
            counted[asset] = counted.get(asset, 0) + 1
        else:
            self.statuses[asset] = "CONFIRMED"

    def forget(self, asset: str) -> None:
        self.statuses.pop(asset, None)
        for _, _, counted in self.rules:
            counted.pop(asset, None)


STEPS = st.one_of(
    st.tuples(st.just("tell"), st.sampled_from([None, *ASSETS]), st.integers(0, 3)),
    st.tuples(st.sampled_from(["ask", "give back"]), st.sampled_from(list(ASSETS))),
    st.tuples(st.just("read"), st.sampled_from([*OF_THE_PAGE, *OF_THE_AD_ACCOUNT])),
)


@given(st.lists(STEPS, max_size=25))
def test_any_steps(shared_graph: Graph, steps: list[Any]) -> None:
    graph, expected = shared_graph, Expected()
    graph.sandbox("POST", "/reset")
    for what, *how in steps:
        if what == "tell":
            asset, reads = how
            tell(graph, after_reads=reads, **({"asset": asset} if asset else {}))
            expected.rules = [rule for rule in expected.rules if rule[0] != asset] + [(asset, reads, {})]
        elif what == "ask" and how[0] not in expected.statuses:
            ask(graph, how[0])
            expected.statuses[how[0]] = "PENDING"
        elif what == "give back" and how[0] in expected.statuses:
            kind, name = ("pages", "page_id") if how[0] == PAGE else ("ad_accounts", "adaccount_id")
            given_back = graph("DELETE", f"/{AGENCY}/{kind}", "agency-token", json={name: how[0]})
            assert given_back.status_code == 200
            expected.forget(how[0])
        elif what == "read":
            (read_path,) = how
            read(graph, *read_path)
            for asset, reads_of_it in ((PAGE, OF_THE_PAGE), (AD_ACCOUNT, OF_THE_AD_ACCOUNT)):
                if read_path in reads_of_it:
                    expected.read(asset)
        expected.settle()
        assert {asset: one for asset in ASSETS if (one := status(graph, asset))} == expected.statuses
