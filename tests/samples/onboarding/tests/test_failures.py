"""What Graph does on a bad day, and what the program makes of it."""

from collections.abc import Callable

import pytest
from meta_b2b_sandbox import SandboxWorld
from onboarding import Graph, GraphFailure, Onboarding, act_for, assign, proof_of, stop_acting_for

AGENCY, BAKERY, APP = "1000000001", "1000000002", "400000000000001"
BREAD, BAKERY_PAGE = "act_4000000001", "1900000000001"
pytestmark = pytest.mark.b2b_world("../worlds/agency.yaml")


@pytest.mark.parametrize("answer", ["html_502", "cut_json"])
def test_a_list_is_read_again(agency: Onboarding, b2b_sandbox: SandboxWorld, answer: str) -> None:
    agency.ask([BREAD])
    fault = b2b_sandbox.fault("list_clients", answer=answer, times=2)  # type: ignore[arg-type]
    assert [access["id"] for access in agency.accesses()] == [BREAD]
    assert [call.fault for call in b2b_sandbox.calls("list_clients")] == [fault, fault, None]


def test_a_lost_answer_does_not_ask_twice(agency: Onboarding, b2b_sandbox: SandboxWorld) -> None:
    b2b_sandbox.fault("request_ad_account_access", asset=BREAD, answer="cut_connection")
    agency.ask([BREAD])
    assert [call.code for call in b2b_sandbox.calls("request_ad_account_access")] == [None, 3936]
    assert len(b2b_sandbox.state()["accesses"]) == 1


def test_a_budget_of_calls_is_waited_for(
    agency: Onboarding, b2b_sandbox: SandboxWorld, waits: list[float]
) -> None:
    b2b_sandbox.clock("2026-03-01T09:00:00+0000")
    b2b_sandbox.budget(2, per_seconds=60)
    for _ in range(3):
        assert list(agency.accesses()) == []
    assert [call.code for call in b2b_sandbox.calls()] == [None, None, 80004, None]
    assert waits == [60.0]


def test_it_gives_up_after_four_tries(
    agency: Onboarding, b2b_sandbox: SandboxWorld, waits: list[float]
) -> None:
    b2b_sandbox.fault(code=80004, times=100, retry_after=30)
    with pytest.raises(GraphFailure) as caught:
        agency.ask([BREAD])
    assert caught.value.code == 80004
    assert len(b2b_sandbox.calls(status=429)) == 4
    assert waits == [30.0, 30.0, 30.0]


def test_acting_for_a_client(b2b_sandbox: SandboxWorld, graph: Callable[[str], Graph]) -> None:
    owner, token = graph(b2b_sandbox.tokens["Corner Bakery"]), "bright-robot-token"
    proof = proof_of(token, "bright-secret")
    acting = graph(act_for(owner, graph(token), AGENCY, BAKERY, APP, proof))
    assert acting.call("GET", "/me/accounts")["data"] == []
    assign(owner, BAKERY_PAGE, acting.call("GET", "/me")["id"])
    assert [page["id"] for page in acting.call("GET", "/me/accounts")["data"]] == [BAKERY_PAGE]
    stop_acting_for(owner, AGENCY, BAKERY)
    with pytest.raises(GraphFailure):
        acting.call("GET", "/me/accounts")
