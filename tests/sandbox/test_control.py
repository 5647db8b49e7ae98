"""The control API: its shapes and its messages, all as openapi/sandbox.yaml describes them."""

import json
import time
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from meta_b2b_sandbox import __version__
from meta_b2b_sandbox.document import METHODS, OPENAPI
from meta_b2b_sandbox.rules import stamp
from meta_b2b_sandbox.tokens import APP_SECRET
from meta_b2b_sandbox.world import (
    AD_ACCOUNT,
    AGENCY,
    AGENCY_AD_ACCOUNT,
    APP,
    CROWD,
    EMPLOYEE,
    OUTSIDER,
    OWNER,
    PAGE,
    REVIEWED,
    SYSTEM_USER,
)
from openapi_spec_validator import OpenAPIV31SpecValidator

from scripts.node import ROOT, run_node
from tests.support.control import CONTROL, DONE, control, refused
from tests.support.document import B2B
from tests.support.graph import Graph, failure

IN_PROGRESS, APPROVED = "1111111111", "1111111112"
GRANT = {"business": AGENCY, "permitted_tasks": ["ADVERTISE"]}


def test_the_description_is_valid_and_served(graph: Graph) -> None:
    status, shown = control(graph, "GET", "/openapi.json")
    assert (status, shown) == (200, CONTROL.tree)
    assert list(OpenAPIV31SpecValidator(shown).iter_errors()) == []
    config = Path(__file__).parent / "redocly.yaml"
    linted = run_node(
        "redocly",
        "lint",
        "--format=json",
        f"--config={config}",
        str((OPENAPI / "sandbox.yaml").relative_to(ROOT)),
    )
    assert json.loads(linted.stdout)["problems"] == []


def test_its_examples_match_their_schemas() -> None:
    for operation in CONTROL.operations.values():
        for media in operation.bodies.values():
            schema = {**media["schema"], "components": CONTROL.tree["components"]}
            for example in media["examples"].values():
                jsonschema_rs.Draft202012Validator(schema).validate(example["value"])


def test_state_has_the_demo_world(graph: Graph) -> None:
    status, state = control(graph, "GET", "/state")
    assert status == 200
    assert {"id": OWNER, "name": "Example Owner"} in state["businesses"]
    assert len(state["businesses"]) == 3 + CROWD
    assert {"id": PAGE, "name": "Random Page", "owner": OWNER, "access_token": "owner-page-token"} in state[
        "pages"
    ]
    accounts = {account["id"]: account for account in state["ad_accounts"]}
    assert accounts[REVIEWED[4:]]["admin_review"] is True
    assert accounts[AD_ACCOUNT[4:]] == {
        "id": AD_ACCOUNT[4:],
        "name": "Example Ad Account",
        "owner": OWNER,
        "admin_review": False,
    }
    tokens = {token["access_token"]: token for token in state["tokens"]}
    assert [name for name, token in tokens.items() if not token["app_access"]] == ["no-access-token"]
    assert {token["business"] for token in state["tokens"]} == {OWNER, AGENCY, OUTSIDER}
    employee = tokens["owner-employee-token"]
    assert (employee["user"], employee["app"], employee["expires"], employee["revoked"]) == (
        EMPLOYEE,
        APP,
        None,
        False,
    )
    assert "business_management" in employee["scopes"]
    users = {user["id"]: user for user in state["users"]}
    assert users[EMPLOYEE] == {
        "id": EMPLOYEE,
        "name": "Employee of Example Owner",
        "business": OWNER,
        "role": "EMPLOYEE",
        "kind": "user",
        "app": None,
    }
    system = users[SYSTEM_USER]
    assert (system["business"], system["role"], system["kind"]) == (AGENCY, "ADMIN", "system_user")
    assert state["apps"] == [
        {"id": APP, "name": "Example App", "business": AGENCY, "secret": APP_SECRET, "require_proof": True}
    ]
    assert state["relationships"] == state["assignments"] == []
    assert (
        max(len([a for a in state["accesses"] if a["asset"] == b["asset"]]) for b in state["accesses"]) > 100
    )
    assert len({request["status"] for request in state["obo_requests"]}) >= 3
    graph("POST", f"/{AD_ACCOUNT}/agencies", json=GRANT)
    (access,) = (a for a in graph.state()["accesses"] if a["asset"] == AD_ACCOUNT)
    assert access.pop("access_requested_time") == access.pop("access_updated_time")
    assert access == {
        "asset": AD_ACCOUNT,
        "business": AGENCY,
        "permitted_tasks": ["ADVERTISE"],
        "access_status": "CONFIRMED",
        "waits_for": None,
        "request_id": None,
    }


def test_reset_brings_the_demo_world_back(graph: Graph) -> None:
    def without_times(state: dict[str, Any]) -> dict[str, Any]:
        for access in state["accesses"]:
            del access["access_requested_time"], access["access_updated_time"]
        return state

    before = without_times(graph.state())
    graph("POST", f"/{AD_ACCOUNT}/agencies", json=GRANT)
    graph("DELETE", f"/{IN_PROGRESS}")
    control(graph, "POST", "/obo_requests", json=obo())
    control(graph, "POST", "/faults", json={"operation": "all", "code": 4})
    assert control(graph, "POST", "/reset") == DONE
    assert without_times(graph.state()) == before
    assert graph("GET", f"/{AD_ACCOUNT}/agencies").json() == {"data": []}


# Answers to what waits


@pytest.mark.parametrize("asset", [PAGE, AD_ACCOUNT, REVIEWED])
def test_approve_and_decline(graph: Graph, asset: str) -> None:
    path = f"/accesses/{asset}/{AGENCY}"
    for answer, statuses in (("decline", []), ("approve", ["CONFIRMED"])):
        if asset == REVIEWED:
            graph("POST", f"/{asset}/agencies", json=GRANT)
        else:
            kind = ("client_pages", "page_id") if asset == PAGE else ("client_ad_accounts", "adaccount_id")
            body = {kind[1]: asset, "permitted_tasks": ["ADVERTISE"]}
            graph("POST", f"/{AGENCY}/{kind[0]}", "agency-token", json=body)
        assert control(graph, "POST", f"{path}/{answer}") == DONE
        found = [a["access_status"] for a in graph.state()["accesses"] if a["business"] == AGENCY]
        assert found == statuses
        assert len(graph("GET", f"/{AGENCY}/clients", "agency-token").json()["data"]) == len(statuses)
        for again in ("approve", "decline"):
            nothing = f"nothing waits between {asset} and {AGENCY}"
            assert refused(graph, "POST", f"{path}/{again}") == (404, nothing)


def obo(**changes: Any) -> dict[str, Any]:
    return {
        "business_owned_object": AGENCY_AD_ACCOUNT[4:],
        "requesting_business": AGENCY,
        "receiving_business": OWNER,
        **changes,
    }


@pytest.mark.parametrize(("answer", "status"), [("approve", "APPROVE"), ("decline", "DECLINE")])
def test_obo_requests(graph: Graph, answer: str, status: str) -> None:
    created, shown = control(graph, "POST", "/obo_requests", json=obo())
    assert (created, set(shown)) == (200, {"id"})
    path = f"/{shown['id']}"
    assert graph("GET", path).json()["status"] == "IN_PROGRESS"
    before = stamp(int(time.time()) - 60)
    (made,) = (one for one in graph.state()["obo_requests"] if one["id"] == shown["id"])
    assert before < made.pop("created_time") <= stamp(int(time.time()))
    assert made == {"id": shown["id"], **obo(), "status": "IN_PROGRESS"}
    assert control(graph, "POST", f"/obo_requests{path}/{answer}") == DONE
    assert graph("GET", path).json()["status"] == status
    nothing = f"there is no OBO request {shown['id']} in progress"
    assert refused(graph, "POST", f"/obo_requests{path}/{answer}") == (404, nothing)


# People, apps and tokens


def app(**changes: Any) -> dict[str, Any]:
    return {"name": "Another App", "business": OUTSIDER, "secret": "another-secret", **changes}


def test_add_user(graph: Graph) -> None:
    status, person = control(graph, "POST", "/users", json={"name": "Somebody", "business": OWNER})
    made = {**person, "name": "Somebody", "business": OWNER, "role": "EMPLOYEE", "kind": "user", "app": None}
    assert status == 200 and made in graph.state()["users"]
    assert graph("GET", f"/{OWNER}/business_users").json()["data"][-1]["id"] == f"7{person['id']}"
    body = {"name": "Robot", "business": AGENCY, "role": "ADMIN", "kind": "system_user"}
    _, robot = control(graph, "POST", "/users", json=body)
    assert int(robot["id"]) == int(person["id"]) + 1
    listed = graph("GET", f"/{AGENCY}/system_users", "agency-token").json()["data"]
    assert listed[-1] == {"id": robot["id"], "name": "Robot", "role": "ADMIN"}


def test_put_app(graph: Graph) -> None:
    status, first = control(graph, "POST", "/apps", json=app())
    assert status == 200 and first["id"] != APP
    assert {**first, **app(), "require_proof": True} in graph.state()["apps"]
    changed = app(id=first["id"], name="Renamed", secret="new", require_proof=False)
    assert control(graph, "POST", "/apps", json=changed) == (200, first)
    assert changed in graph.state()["apps"] and len(graph.state()["apps"]) == 2
    chosen = app(id="77", require_proof=True)
    assert control(graph, "POST", "/apps", json=chosen) == (200, {"id": "77"})
    assert chosen in graph.state()["apps"]
    for token, valid in ((f"{first['id']}|new", True), (f"{first['id']}|another-secret", False)):
        shown = graph("GET", "/debug_token", "outsider-token", params={"input_token": token}).json()
        assert shown["data"]["is_valid"] is valid


def test_an_id_after_the_longest_is_still_one(graph: Graph) -> None:
    control(graph, "POST", "/apps", json=app(id="9" * 20))
    status, shown = control(graph, "POST", "/apps", json=app())
    assert status == 200 and shown["id"] != "9" * 20


def test_add_token(graph: Graph) -> None:
    status, shown = control(graph, "POST", "/tokens", json={"user": EMPLOYEE})
    token = shown["access_token"]
    assert status == 200 and graph("GET", "/me", token).json()["id"] == EMPLOYEE
    (made,) = (one for one in graph.state()["tokens"] if one["access_token"] == token)
    (known,) = (one for one in graph.state()["tokens"] if one["access_token"] == "owner-employee-token")
    assert {**known, "access_token": token} == made
    _, other = control(graph, "POST", "/apps", json=app())
    body = {"user": SYSTEM_USER, "app": other["id"], "access_token": "mine", "scopes": [], "expires_in": 60}
    assert control(graph, "POST", "/tokens", json=body) == (200, {"access_token": "mine"})
    (made,) = (one for one in graph.state()["tokens"] if one["access_token"] == "mine")
    assert (made["app"], made["scopes"], made["business"]) == (other["id"], [], AGENCY)
    assert made["expires"] > stamp(int(time.time()))
    assert graph("GET", "/me", "mine").json()["id"] == SYSTEM_USER
    assert graph("GET", "/me/permissions", "mine").json() == {"data": []}


@pytest.mark.parametrize(("way", "subcode"), [("expire", 463), ("revoke", 460)])
def test_expire_and_revoke_a_token(graph: Graph, way: str, subcode: int) -> None:
    assert graph("GET", "/me", "owner-employee-token").status_code == 200
    for _ in range(2):
        body = {"access_token": "owner-employee-token"}
        assert control(graph, "POST", f"/tokens/{way}", json=body) == DONE
        assert failure(graph("GET", "/me", "owner-employee-token")) == (400, 190, subcode)
    (token,) = (one for one in graph.state()["tokens"] if one["access_token"] == "owner-employee-token")
    assert token["revoked"] is (way == "revoke")
    assert (token["expires"] is None) is (way == "revoke")
    assert graph("GET", "/me", "owner-token").status_code == 200
    assert control(graph, "POST", "/reset") == DONE
    assert graph("GET", "/me", "owner-employee-token").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("GET", "/nothing", None, (404, "there is no /_sandbox/nothing; see /_sandbox/openapi.json")),
        ("GET", "/", None, (404, "there is no /_sandbox/; see")),
        ("DELETE", "/state", None, (405, "/_sandbox/state takes GET, PUT")),
        ("PUT", "/faults", None, (405, "/_sandbox/faults takes GET, POST, DELETE")),
        ("POST", "/accesses/x/1/approve", None, (400, "asset is not valid: x")),
        ("POST", "/accesses/1%0A/1/approve", None, (400, "asset is not valid: 1\n")),
        ("POST", "/accesses/1/%D9%A3/decline", None, (400, "business is not valid: ٣")),
        ("POST", f"/accesses/{PAGE}/1/decline", None, (404, f"nothing waits between {PAGE} and 1")),
        ("POST", "/accesses/1/1/approve", None, (404, "nothing waits between 1 and 1")),
        (
            "POST",
            f"/obo_requests/{APPROVED}/approve",
            None,
            (404, f"there is no OBO request {APPROVED} in progress"),
        ),
        ("POST", "/obo_requests/1/decline", None, (404, "there is no OBO request 1 in progress")),
        (
            "POST",
            f"/obo_requests/{'9' * 20}/decline",
            None,
            (404, f"there is no OBO request {'9' * 20} in progress"),
        ),
        ("POST", "/obo_requests", {}, (400, "business_owned_object is missing")),
        (
            "POST",
            "/obo_requests",
            obo(receiving_business="1"),
            (404, "receiving_business: there is no business 1"),
        ),
        ("POST", "/obo_requests", obo(requesting_business=1), (400, "requesting_business: 1 is not of type")),
        ("POST", "/users", {"name": "x"}, (400, "business is missing")),
        ("POST", "/users", {"business": OWNER}, (400, "name is missing")),
        ("POST", "/users", {"name": "x", "business": "1"}, (404, "business: there is no business 1")),
        ("POST", "/users", {"name": "", "business": OWNER}, (400, 'name: "" is shorter than 1')),
        (
            "POST",
            "/users",
            {"name": "x", "business": OWNER, "role": "OWNER"},
            (400, 'role: "OWNER" is not one'),
        ),
        (
            "POST",
            "/users",
            {"name": "x", "business": OWNER, "kind": "page"},
            (400, 'kind: "page" is not one'),
        ),
        ("POST", "/apps", {"name": "x", "business": OWNER}, (400, "secret is missing")),
        ("POST", "/apps", app(business="1"), (404, "business: there is no business 1")),
        ("POST", "/apps", app(id=1), (400, "id: 1 is not of type")),
        ("POST", "/apps", app(id=OWNER), (422, f"id: {OWNER} is the id of a Business")),
        ("POST", "/apps", app(require_proof=1), (400, "require_proof: 1 is not of type")),
        ("POST", "/tokens", {}, (400, "user is missing")),
        ("POST", "/tokens", {"user": "1"}, (404, "user: there is no user 1")),
        ("POST", "/tokens", {"user": f"7{EMPLOYEE}"}, (404, f"user: there is no user 7{EMPLOYEE}")),
        ("POST", "/tokens", {"user": EMPLOYEE, "app": "1"}, (404, "app: there is no app 1")),
        (
            "POST",
            "/tokens",
            {"user": EMPLOYEE, "access_token": "owner-token"},
            (422, "access_token: there is one with this text"),
        ),
        (
            "POST",
            "/tokens",
            {"user": EMPLOYEE, "access_token": "owner-page-token"},
            (422, "access_token: there is one with this text"),
        ),
        ("POST", "/tokens", {"user": EMPLOYEE, "scopes": ["A"]}, (400, 'scopes[0]: "A" does not match')),
        ("POST", "/tokens", {"user": EMPLOYEE, "scopes": "ads_read"}, (400, 'scopes: "ads_read" is not of')),
        ("POST", "/tokens", {"user": EMPLOYEE, "expires_in": 0}, (400, "expires_in: 0 is less than")),
        ("POST", "/tokens", {"user": EMPLOYEE, "expires_in": 10**30}, (400, "expires_in: ")),
        ("POST", "/tokens/expire", {}, (400, "access_token is missing")),
        ("POST", "/tokens/expire", {"access_token": "x"}, (404, "there is no such access token of a user")),
        (
            "POST",
            "/tokens/revoke",
            {"access_token": "owner-page-token"},
            (404, "there is no such access token of a user"),
        ),
        ("POST", "/faults", [], (400, "the body cannot be read: the body must be a JSON object")),
    ],
)
def test_what_cannot_be_done_is_said(
    graph: Graph, method: str, path: str, body: Any, expected: tuple[int, str]
) -> None:
    before = graph.state()
    status, text = refused(graph, method, path, json=body)
    assert (status, text[: len(expected[1])]) == expected
    assert graph.state() == before


def test_a_body_that_is_no_json_is_said(graph: Graph) -> None:
    for kwargs, message in (
        (
            {"content": b"{", "headers": {"Content-Type": "application/json"}},
            "the body cannot be read: unexpected end of data",
        ),
        (
            {"content": b"\xff", "headers": {"Content-Type": "application/json"}},
            "the body cannot be read: str is not valid UTF-8",
        ),
        (
            {"content": b"[" * 100_000, "headers": {"Content-Type": "application/json"}},
            "the body cannot be read: depth limit exceeded",
        ),
        (
            {"data": {"operation": "all", "code": "1"}},
            "the body must be JSON, with the header Content-Type: app",
        ),
        ({"content": b"{}"}, "the body must be JSON, with the header Content-Type: app"),
        ({}, "operation is missing"),
        (
            {
                "content": b'{"operation":"all","operation":"all","code":1}',
                "headers": {"Content-Type": "application/json"},
            },
            "operation is given twice",
        ),
        (
            {
                "content": b'{"operation":{"a":1,"a":2},"code":1}',
                "headers": {"Content-Type": "application/json"},
            },
            "a name in the body is given twice",
        ),
    ):
        status, text = refused(graph, "POST", "/faults", **kwargs)
        assert (status, text[: len(message)]) == (400, message)


def test_other_methods_get_405_with_allow(graph: Graph) -> None:
    for path, item in CONTROL.tree["paths"].items():
        allowed = {method.upper() for method in METHODS if method in item}
        for method in {"GET", "POST", "DELETE", "PUT", "OPTIONS", "TRACE"} - allowed:
            concrete = path.removeprefix("/_sandbox").replace("{", "").replace("}", "")
            answer = graph.sandbox(method, concrete)
            assert (answer.status_code, set(answer.headers["allow"].split(", "))) == (405, allowed)


def test_health_needs_no_world(graph: Graph) -> None:
    status, shown = control(graph, "GET", "/health")
    assert (status, shown) == (200, {"status": "ok", "version": __version__, "document": B2B.version})


def test_add_business(graph: Graph) -> None:
    status, made = control(graph, "POST", "/businesses", json={"name": "Another Agency"})
    assert status == 200
    named = graph("GET", f"/{made['id']}?fields=name", made["access_token"]).json()
    assert named == {"name": "Another Agency", "id": made["id"]}
    assert control(graph, "POST", "/businesses", json={"name": "Named", "id": "777"})[1]["id"] == "777"
    for id in ("777", OWNER, APP, PAGE):
        status, shown = control(graph, "POST", "/businesses", json={"name": "Again", "id": id})
        assert status == 422
        assert shown["error"]["message"].startswith(f"id: {id} is the id of a")


def test_add_page_and_ad_account(graph: Graph) -> None:
    page = control(graph, "POST", "/pages", json={"name": "Another Page", "business": OWNER})[1]["id"]
    asked = {"name": "Another", "business": OWNER, "admin_review": True}
    account = control(graph, "POST", "/ad_accounts", json=asked)[1]["id"]
    state = control(graph, "GET", "/state")[1]
    assert [one["owner"] for one in state["pages"] if one["id"] == page] == [OWNER]
    assert [one["admin_review"] for one in state["ad_accounts"] if one["id"] == account] == [True]
    assert control(graph, "PUT", "/state", json=state) == DONE  # what was made is a whole world
    for path in ("/pages", "/ad_accounts"):
        assert control(graph, "POST", path, json={"name": "x", "business": "1"})[0] == 404
    assert control(graph, "POST", "/ad_accounts", json={**asked, "id": account})[0] == 422
    twice = {"name": "x", "business": OWNER, "access_token": "owner-token"}
    assert control(graph, "POST", "/pages", json=twice)[0] == 422
