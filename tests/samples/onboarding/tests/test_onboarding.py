"""Asking, waiting, listing, leaving."""

from collections.abc import Callable
from typing import Any

import pytest
from meta_b2b_sandbox import SandboxWorld
from onboarding import Graph, GraphFailure, Onboarding

AGENCY, BAKERY, HOTEL = "1000000001", "1000000002", "1000000003"
BREAD, ROOMS, WEDDINGS = "act_4000000001", "act_4000000002", "act_4000000003"
BAKERY_PAGE, HOTEL_PAGE = "1900000000001", "1900000000002"
pytestmark = pytest.mark.b2b_world("../worlds/agency.yaml")


def test_asking_is_one_call_for_each_asset(agency: Onboarding, b2b_sandbox: SandboxWorld) -> None:
    agency.ask([BREAD, BAKERY_PAGE])
    first, second = b2b_sandbox.calls()
    assert (first.operation, first.params["adaccount_id"]) == ("request_ad_account_access", BREAD)
    assert (second.operation, second.params["page_id"]) == ("request_page_access", BAKERY_PAGE)
    assert (first.business, first.status, first.code) == (AGENCY, 200, None)


def test_the_client_sees_what_was_asked_for(agency: Onboarding, b2b_sandbox: SandboxWorld) -> None:
    agency.ask([BREAD], tasks=["ANALYZE"])
    with b2b_sandbox.client("Corner Bakery") as bakery:
        (request,) = bakery.list_pending_owned_ad_accounts(BAKERY)
    assert request.permitted_tasks == ["ANALYZE"]


def test_asking_again_changes_nothing(agency: Onboarding, b2b_sandbox: SandboxWorld) -> None:
    agency.ask([BREAD])
    agency.ask([BREAD])
    assert [call.code for call in b2b_sandbox.calls("request_ad_account_access")] == [None, 3936]
    assert len(b2b_sandbox.state()["accesses"]) == 1


def test_an_approval_at_the_third_look(
    agency: Onboarding, b2b_sandbox: SandboxWorld, waits: list[float]
) -> None:
    b2b_sandbox.answers("approve", after_reads=2)
    agency.ask([BREAD])
    assert agency.wait([BREAD]) == {BREAD: "granted"}
    assert len(b2b_sandbox.calls("list_clients")) == 3
    assert waits == [60.0, 60.0]


def test_a_decline_at_the_second_look(agency: Onboarding, b2b_sandbox: SandboxWorld) -> None:
    b2b_sandbox.answers("decline", after_reads=1)
    agency.ask([BAKERY_PAGE])
    assert agency.wait([BAKERY_PAGE]) == {BAKERY_PAGE: "declined"}
    assert len(b2b_sandbox.calls("list_clients")) == 2


def test_nobody_answers(agency: Onboarding, b2b_sandbox: SandboxWorld) -> None:
    agency.ask([BREAD])
    assert agency.wait([BREAD], polls=5) == {BREAD: "waiting"}
    assert len(b2b_sandbox.calls("list_clients")) == 5


def test_one_is_granted_and_one_is_declined(agency: Onboarding, b2b_sandbox: SandboxWorld) -> None:
    agency.ask([BREAD, BAKERY_PAGE])
    b2b_sandbox.approve(BREAD, AGENCY)
    b2b_sandbox.decline(BAKERY_PAGE, AGENCY)
    assert agency.wait([BREAD, BAKERY_PAGE]) == {BREAD: "granted", BAKERY_PAGE: "declined"}


def test_an_answer_after_half_an_hour(
    agency: Onboarding, b2b_sandbox: SandboxWorld, waits: list[float]
) -> None:
    b2b_sandbox.clock("2026-03-01T09:00:00+0000")
    b2b_sandbox.answers("approve", for_="access_request", after_seconds=1800)
    agency.ask([ROOMS])
    assert agency.wait([ROOMS]) == {ROOMS: "granted"}
    assert sum(waits) == 1800
    (access,) = agency.accesses()
    assert access["access_requested_time"] == "2026-03-01T09:00:00+0000"


def test_a_grant_waits_for_a_second_admin_of_the_client(
    agency: Onboarding, b2b_sandbox: SandboxWorld
) -> None:
    b2b_sandbox.answers("approve", for_="admin_review", after_reads=1)
    with b2b_sandbox.client("Harbour Hotel") as hotel:
        hotel.grant_ad_account_access(WEDDINGS[4:], business=AGENCY, permitted_tasks=["ANALYZE"])
    assert agency.wait([WEDDINGS]) == {WEDDINGS: "granted"}
    assert len(b2b_sandbox.calls("list_clients")) == 2


def test_two_clients_of_one_agency(agency: Onboarding, b2b_sandbox: SandboxWorld) -> None:
    b2b_sandbox.answers("approve", asset=BREAD)
    b2b_sandbox.answers("approve", asset=HOTEL_PAGE)
    agency.ask([BREAD, HOTEL_PAGE, ROOMS])
    assert agency.wait([BREAD, HOTEL_PAGE, ROOMS], polls=1) == {
        BREAD: "granted",
        HOTEL_PAGE: "granted",
        ROOMS: "waiting",
    }
    assert agency.leave(BAKERY) == [BREAD]
    assert {access["client"] for access in agency.accesses()} == {HOTEL}


def test_leaving_is_seen_by_the_client(agency: Onboarding, b2b_sandbox: SandboxWorld) -> None:
    b2b_sandbox.answers("approve")
    agency.ask([BREAD, BAKERY_PAGE])
    assert agency.wait([BREAD, BAKERY_PAGE]) == {BREAD: "granted", BAKERY_PAGE: "granted"}
    with b2b_sandbox.client(BAKERY) as bakery:
        assert [one.name for one in bakery.list_ad_account_agencies(BREAD[4:])] == ["Bright Agency"]
        assert sorted(agency.leave(BAKERY)) == sorted([BREAD, BAKERY_PAGE])
        assert list(bakery.list_ad_account_agencies(BREAD[4:])) == []
    assert b2b_sandbox.state()["accesses"] == []


def crowd() -> dict[str, Any]:
    """An agency with access to one ad account of each of 23 clients."""
    clients = [f"Client {number}" for number in range(1, 24)]
    return {
        "businesses": [{"id": AGENCY, "name": "Bright Agency"}, *({"name": name} for name in clients)],
        "ad_accounts": [{"name": f"Ad account of {name}", "owner": name} for name in clients],
        "accesses": [
            {"asset": f"Ad account of {name}", "business": AGENCY, "permitted_tasks": ["ANALYZE"]}
            for name in clients
        ],
    }


@pytest.mark.b2b_world(crowd())
def test_many_clients_are_listed_page_by_page(agency: Onboarding, b2b_sandbox: SandboxWorld) -> None:
    assert len({access["client"] for access in agency.accesses(limit=10)}) == 23
    calls = b2b_sandbox.calls("list_clients")
    assert len(calls) == 3 and "after" not in calls[0].params and "after" in calls[2].params


def test_an_asset_that_is_not_there(agency: Onboarding, b2b_sandbox: SandboxWorld) -> None:
    with pytest.raises(GraphFailure) as caught:
        agency.ask(["act_4999999999"])
    assert caught.value.code == 100
    assert len(b2b_sandbox.calls()) == 1


def test_an_expired_token_is_not_tried_again(
    b2b_sandbox: SandboxWorld, graph: Callable[[str], Graph]
) -> None:
    admin = b2b_sandbox.state()["users"][0]["id"]
    token = b2b_sandbox.add_token(admin, expires_in=3600)
    bearer = graph(token)
    assert bearer.call("GET", "/me")["id"] == admin
    b2b_sandbox.clock(forward_seconds=3601)
    with pytest.raises(GraphFailure) as caught:
        bearer.call("GET", "/me")
    assert caught.value.code == 190
    assert [call.status for call in b2b_sandbox.calls("get_me")] == [200, 400]
