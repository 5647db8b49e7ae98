"""Faults and the budget of the control API: whom they hit, what callers get, and what was done then."""

import json
import subprocess
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import requests
from meta_b2b_client import AsyncB2BClient, B2BClient
from meta_b2b_client.errors import (
    ConnectionFailed,
    GraphError,
    RateLimited,
    TemporaryFailure,
    UnexpectedAnswer,
)
from meta_b2b_sandbox.clock import stamp
from meta_b2b_sandbox.tokens import APP_SECRET
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, APP, OWNER, PAGE

from tests.support.client_calls import Twin
from tests.support.control import DONE, control, refused
from tests.support.document import B2B, DOCUMENT, OPERATIONS, example_call
from tests.support.graph import Graph, failure
from tests.support.sandbox import HTTP, WatchedSandbox

CLIENTS = f"/{AGENCY}/clients"
GRANT = {"business": AGENCY, "permitted_tasks": ["ADVERTISE"]}
GRANT_OF_ACCOUNT = {"adaccount_id": AD_ACCOUNT, "permitted_tasks": ["ADVERTISE"]}
ANSWERS = ("html_502", "empty", "error_in_200", "cut_json", "cut_connection")
NOON = 1_772_539_200  # seconds since 1970


def add(graph: Graph, fault: dict[str, Any]) -> str:
    """The id of a fault that was added."""
    status, shown = control(graph, "POST", "/faults", json=fault)
    assert (status, shown["success"]) == (200, True)
    return str(shown["id"])


def left(graph: Graph) -> list[dict[str, Any]]:
    """The faults that wait."""
    found: list[dict[str, Any]] = control(graph, "GET", "/faults")[1]["faults"]
    return found


def ask(graph: Graph, path: str = CLIENTS, token: str = "agency-token", query: str = "") -> httpx.Response:
    """A GET whose answer need not be one of Graph's."""
    return graph.raw("GET", f"/v26.0{path}".encode(), f"access_token={token}{query}".encode())


def send(graph: Graph, path: str, token: str, content: Any) -> httpx.Response:
    """A POST, likewise."""
    body = json.dumps(content).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    return graph.raw("POST", f"/v26.0{path}".encode(), f"access_token={token}".encode(), headers, body)


def granted(state: dict[str, Any]) -> bool:
    """Whether the agency has access to the ad account."""
    return (AD_ACCOUNT, AGENCY) in [(one["asset"], one["business"]) for one in state["accesses"]]


def statuses(graph: Graph, times: int, path: str = CLIENTS, token: str = "agency-token") -> list[int]:
    return [ask(graph, path, token).status_code for _ in range(times)]


# Codes and delays


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_the_next_calls_of_an_operation_fail(graph: Graph, operation_id: str) -> None:
    method, path, query, body = example_call(operation_id)
    token = "owner-page-token" if path.startswith(f"/{PAGE}") else "agency-token"

    def codes(times: int) -> list[int]:
        answers = [graph(method, path, token, params=query, json=body) for _ in range(times)]
        return [failure(answer)[1] if answer.status_code >= 400 else 0 for answer in answers]

    (normal,) = codes(1)
    before = graph.state()
    fault = {"operation": operation_id, "times": 2, "code": 613}
    add(graph, fault)
    others = "list_clients" if operation_id != "list_clients" else "list_client_pages"
    other = example_call(others)
    assert graph(other[0], other[1], "agency-token").status_code == 200
    assert codes(2) == [613, 613]
    assert graph.state() == before
    assert codes(1)[0] in (normal, 3936, 3944, 3989, 100)


CODES = [c for c in DOCUMENT["components"]["schemas"]["GraphError"]["x-graph-codes"] if "subcode_of" not in c]


@pytest.mark.parametrize("entry", CODES, ids=lambda entry: entry["code"])
def test_a_fault_looks_as_the_document_shows_it(graph: Graph, entry: dict[str, Any]) -> None:
    # [A14] [A23]
    add(graph, {"operation": "list_clients", "code": entry["code"]})
    answer = graph("GET", f"/{AGENCY}/clients", "agency-token")
    shown = {key: value for key, value in answer.json()["error"].items() if key != "fbtrace_id"}
    example = next(one for one in B2B.errors.values() if one.error.get("code") == entry["code"])
    assert (answer.status_code, shown) == (
        example.status,
        {key: value for key, value in example.error.items() if key != "fbtrace_id"},
    )
    assert (answer.status_code == 429 or entry["code"] == 4) == entry["class"].startswith("rate_limit")
    assert graph("GET", f"/{AGENCY}/clients", "agency-token").status_code == 200


def test_faults_of_all_operations_of_unknown_codes_and_in_turn(graph: Graph) -> None:
    add(graph, {"operation": "all", "code": 4, "times": 2})
    add(graph, {"operation": "list_clients", "code": 99999})
    clients, pages = f"/{AGENCY}/clients", f"/{AGENCY}/client_pages"
    codes = [failure(graph("GET", path, "agency-token"))[1] for path in (pages, clients, clients)]
    assert codes == [4, 4, 99999]
    assert graph("GET", clients, "agency-token").status_code == 200


def test_a_fault_may_say_when_to_try_again(graph: Graph) -> None:
    # [A22]
    fault = {"operation": "list_clients", "code": 80004, "retry_after": 30, "regain_access_minutes": 2}
    add(graph, fault)
    answer = graph("GET", f"/{AGENCY}/clients", "agency-token")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "30")
    ((use,),) = json.loads(answer.headers["x-business-use-case-usage"]).values()
    assert use["estimated_time_to_regain_access"] == 2
    assert "retry-after" not in graph("GET", f"/{AGENCY}/clients", "agency-token").headers


def test_delays(graph: Graph) -> None:
    add(graph, {"operation": "list_clients", "times": 2, "delay_ms": 60})
    add(graph, {"operation": "list_clients", "delay_ms": 60, "code": 2})
    took = []
    for expected in (200, 200, 500, 200):
        start = time.monotonic()
        assert graph("GET", f"/{AGENCY}/clients", "agency-token").status_code == expected
        took.append(time.monotonic() - start >= 0.06)
    assert took == [True, True, True, False]


def test_delete_clears_faults(graph: Graph) -> None:
    add(graph, {"operation": "all", "code": 2, "times": 1_000_000})
    assert failure(graph("GET", f"/{AGENCY}/clients", "agency-token"))[0] == 500
    assert control(graph, "DELETE", "/faults") == DONE
    assert graph("GET", f"/{AGENCY}/clients", "agency-token").status_code == 200


# Whom they hit


def test_the_list_shows_what_is_left_to_do(graph: Graph) -> None:
    first = add(
        graph,
        {
            "operation": "list_clients",
            "times": 3,
            "after": 1,
            "answer": "html_502",
            "access_token": "agency-token",
        },
    )
    second = add(graph, {"operation": "all", "delay_ms": 1, "access_token": "x9", "asset": PAGE, "every": 2})
    assert int(second) == int(first) + 1
    shown = {"id": first, "operation": "list_clients", "times": 3, "after": 1, "every": 1}
    shown |= {"answer": "html_502", "access_token": "…oken"}
    other = {
        "id": second,
        "operation": "all",
        "times": 1,
        "after": 0,
        "every": 2,
        "asset": PAGE,
        "delay_ms": 1,
    }
    other["access_token"] = "…"  # the end of a short one is all of it
    assert left(graph) == [shown, other]
    assert statuses(graph, 2) == [200, 502]
    assert left(graph) == [shown | {"times": 2, "after": 0}, other]
    assert statuses(graph, 3) == [502, 502, 200]
    assert left(graph) == [other]


def test_a_fault_is_removed(graph: Graph) -> None:
    ids = [add(graph, {"operation": "list_clients", "code": code}) for code in (4, 17)]
    assert control(graph, "DELETE", f"/faults/{ids[0]}") == DONE
    assert [one["id"] for one in left(graph)] == ids[1:]
    for gone in (ids[0], "99999"):
        text = f"there is no fault {gone}, or not any more"
        assert refused(graph, "DELETE", f"/faults/{gone}") == (404, text)
    assert refused(graph, "DELETE", "/faults/x") == (400, "id is not valid: x")
    assert failure(ask(graph))[1] == 17
    assert control(graph, "DELETE", f"/faults/{ids[1]}")[0] == 404


@pytest.mark.parametrize(
    ("fault", "hit"),
    [
        ({}, [1]),
        ({"times": 2}, [1, 2]),
        ({"after": 2}, [3]),
        ({"after": 2, "times": 2}, [3, 4]),
        ({"every": 3, "times": 2}, [3, 6]),
        ({"every": 2, "after": 1, "times": 9}, [3, 5, 7]),
        ({"times": 2.0, "after": 1.0}, [2, 3]),  # JSON has no other integers
    ],
)
def test_which_calls_are_hit(graph: Graph, fault: dict[str, Any], hit: list[int]) -> None:
    add(graph, {"operation": "list_clients", "code": 2, **fault})
    got = statuses(graph, 8)
    assert [number for number, status in enumerate(got, 1) if status == 500] == hit


def test_each_fault_counts_the_calls_that_fit_it(graph: Graph) -> None:
    add(graph, {"operation": "all", "code": 4, "after": 1})
    add(graph, {"operation": "list_clients", "code": 17, "after": 2})
    add(graph, {"operation": "list_client_pages", "code": 613, "after": 1})
    answers = [ask(graph) for _ in range(4)]
    codes = [failure(one)[1] if one.status_code != 200 else 0 for one in answers]
    assert codes == [0, 4, 17, 0]
    assert [one["after"] for one in left(graph)] == [1]  # of the operation that was not called


@pytest.mark.parametrize(
    ("asset", "hit"),
    [(AD_ACCOUNT, [True, True, False, False]), (PAGE, [False, False, True, False])],
)
def test_the_asset_is_in_the_path_or_in_a_parameter(graph: Graph, asset: str, hit: list[bool]) -> None:
    add(graph, {"operation": "all", "asset": asset, "times": 9, "code": 613})
    answers = [
        graph("GET", f"/{AD_ACCOUNT}", "owner-token"),
        graph("POST", f"/{AGENCY}/client_ad_accounts", "agency-token", json=GRANT_OF_ACCOUNT),
        graph("GET", f"/{PAGE}", "owner-page-token"),
        graph("GET", f"/{OWNER}", "owner-token"),
    ]
    assert [one.status_code == 429 for one in answers] == hit


def test_the_calls_with_one_token(graph: Graph) -> None:
    add(graph, {"operation": "get_me", "access_token": "owner-token", "times": 2, "code": 613})
    tokens = ("agency-token", "owner-token", "agency-token", "owner-token", "owner-token")
    assert [ask(graph, "/me", token).status_code for token in tokens] == [200, 429, 200, 429, 200]


def test_calls_without_an_operation_or_a_good_token_meet_none(graph: Graph) -> None:
    add(graph, {"operation": "all", "code": 613})
    assert failure(ask(graph, token="wrong"))[1] == 190
    assert failure(ask(graph, f"/{AGENCY}/nothing"))[1] == 2500
    assert failure(ask(graph))[1] == 613


def test_a_reset_and_other_worlds(graph: Graph) -> None:
    add(graph, {"operation": "list_clients", "code": 613})
    control(graph, "PUT", "/budget", json={"budget": 1, "per_seconds": 60})
    made = control(graph, "POST", "/worlds", json={})[1]
    path = made["base_url"].partition("sandbox:4020")[2]
    for _ in range(3):
        answer = graph.raw("GET", f"{path}{CLIENTS}".encode(), b"access_token=agency-token")
        assert answer.status_code == 200 and "x-app-usage" not in answer.headers
    control(graph, "DELETE", f"/worlds/{made['name']}")
    assert control(graph, "POST", "/reset") == DONE
    assert left(graph) == [] and control(graph, "GET", "/budget") == (200, {"budget": None})
    assert statuses(graph, 3) == [200, 200, 200]


# Wrong faults


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ({"code": 1}, "operation is missing"),
        (
            {"operation": "list_client", "code": 1},
            "operation: there is no list_client; an operationId, or all",
        ),
        ({"operation": "all"}, "a fault needs a code, an answer or a delay_ms"),
        ({"operation": "all", "times": 3}, "a fault needs a code, an answer or a delay_ms"),
        ({"operation": "all", "code": "1"}, 'code: "1" is not of type "integer"'),
        ({"operation": "all", "code": 1, "times": 0}, "times: 0 is less than the minimum of 1"),
        ({"operation": "all", "code": 1, "every": 0}, "every: 0 is less than the minimum of 1"),
        ({"operation": "all", "delay_ms": 60001}, "delay_ms: 60001 is greater than the maximum of 60000"),
        ({"operation": "all", "answer": "html"}, 'answer: "html" is not one of '),
        (
            {"operation": "all", "answer": "empty", "code": 4},
            "code: goes with no answer but error_in_200, unlike empty",
        ),
        ({"operation": "all", "code": 4, "asset": "x"}, 'asset: "x" does not match '),
        (
            {"operation": "all", "delay_ms": 1, "retry_after": 1},
            "retry_after and regain_access_minutes need a code",
        ),
        (
            {"operation": "all", "answer": "html_502", "regain_access_minutes": 1},
            "retry_after and regain_access_minutes need a code",
        ),
        (
            {"operation": "all", "code": 1, "time": 1},
            "Unevaluated properties are not allowed ('time' was unexpected)",
        ),
    ],
)
def test_a_wrong_fault_is_refused(graph: Graph, fault: dict[str, Any], text: str) -> None:
    status, message = refused(graph, "POST", "/faults", json=fault)
    assert message[: len(text)] == text
    assert status in (400, 404, 422)
    assert left(graph) == []


# Answers that are none


@pytest.mark.parametrize("answer", ["html_502", "empty", "error_in_200", "cut_json"])
def test_what_is_answered_and_whether_it_is_done(graph: Graph, answer: str) -> None:
    fault = add(graph, {"operation": "grant_ad_account_access", "asset": AD_ACCOUNT, "answer": answer})
    assert not granted(graph.state())
    got = send(graph, f"/{AD_ACCOUNT}/agencies", "owner-token", GRANT)
    assert granted(graph.state()) == (answer == "cut_json")
    call = control(graph, "GET", "/calls")[1]["calls"][-1]
    assert (call["fault"], call["status"]) == (fault, got.status_code)
    if answer == "html_502":
        assert (got.status_code, got.headers["content-type"]) == (502, "text/html; charset=utf-8")
        assert got.text.startswith("<!DOCTYPE html>") and call["code"] is None
    elif answer == "empty":
        assert (got.status_code, got.content, call["code"]) == (200, b"", None)
    elif answer == "error_in_200":
        assert (got.status_code, got.json()["error"]["code"], call["code"]) == (200, 2, 2)
    else:
        assert (got.status_code, got.content) == (200, b'{"success":true}'[:8])


def test_a_code_in_a_200(graph: Graph) -> None:
    add(graph, {"operation": "all", "answer": "error_in_200", "code": 80004, "retry_after": 7})
    got = ask(graph)
    assert (failure(got)[:2], got.headers["retry-after"]) == ((200, 80004), "7")


def test_a_failure_is_cut_too(graph: Graph) -> None:
    whole = ask(graph, "/1")
    add(graph, {"operation": "all", "answer": "cut_json"})
    cut = ask(graph, "/1")
    assert cut.status_code == whole.status_code == 400
    assert len(cut.content) == len(whole.content) // 2


@pytest.mark.parametrize("switch", ["&debug=all", "&callback=f", "&suppress_http_code=1"])
@pytest.mark.parametrize("answer", ANSWERS[:4])
def test_parameters_that_change_any_answer(
    graph: Graph, capfd: pytest.CaptureFixture[str], answer: str, switch: str
) -> None:
    add(graph, {"operation": "list_clients", "answer": answer})
    got = ask(graph, query=switch)
    assert got.status_code == (502 if answer == "html_502" else 200)
    assert "2" in got.text or answer in ("empty", "cut_json")
    assert capfd.readouterr() == ("", "")


# Of calls in a batch


def batch(graph: Graph, *urls: str) -> list[dict[str, Any]]:
    """The answers to a batch of GETs."""
    items = [{"method": "GET", "relative_url": url} for url in urls]
    shown: list[dict[str, Any]] = send(graph, "/", "agency-token", {"batch": items}).json()
    return shown


def test_items_of_a_batch_get_what_they_would_alone(graph: Graph) -> None:
    for answer in ANSWERS:
        add(graph, {"operation": "list_clients", "answer": answer})
    got = batch(graph, *[CLIENTS] * 3)
    assert [one["code"] for one in got] == [502, 200, 200]
    assert got[0]["body"].startswith("<!DOCTYPE html>")
    assert json.loads(got[1]["body"])["error"]["code"] == 2
    assert "data" in json.loads(got[2]["body"])
    assert [one["answer"] for one in left(graph)] == ["empty", "cut_json", "cut_connection"]


def test_the_calls_of_ids(graph: Graph) -> None:
    add(graph, {"operation": "get_business", "answer": "empty"})
    add(graph, {"operation": "get_business", "answer": "html_502", "after": 1})
    got = ask(graph, "/", query=f"&ids={AGENCY},{OWNER}")
    assert (got.status_code, got.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert ask(graph, "/", query=f"&ids={AGENCY},{OWNER}").json().keys() == {AGENCY, OWNER}
    add(graph, {"operation": "get_nodes", "answer": "cut_json"})
    with pytest.raises(json.JSONDecodeError):
        ask(graph, "/", query=f"&ids={AGENCY},{OWNER}").json()


def test_a_batch_is_cut_as_a_whole(graph: Graph) -> None:
    add(graph, {"operation": "send_batch", "answer": "cut_json"})
    with pytest.raises(json.JSONDecodeError):
        batch(graph, CLIENTS)
    assert [one["operation"] for one in control(graph, "GET", "/calls")[1]["calls"][-2:]] == [
        "list_clients",
        "send_batch",
    ]


# The header that says when to come back


def test_whose_usage_is_told(graph: Graph) -> None:
    add(graph, {"operation": "all", "code": 80004, "times": 9, "regain_access_minutes": 3})
    told = {}
    for path, token in (
        ("/me", "agency-token"),
        ("/me", "owner-token"),
        ("/debug_token", f"{APP}|{APP_SECRET}"),
    ):
        told[token] = json.loads(ask(graph, path, token).headers["x-business-use-case-usage"])
    (agency, owner, app) = told.values()
    assert (list(agency), list(owner), list(app)) == ([AGENCY], [OWNER], ["0"])
    assert agency[AGENCY] == [
        {
            "type": "ads_management",
            "call_count": 100,
            "total_cputime": 100,
            "total_time": 100,
            "estimated_time_to_regain_access": 3,
        }
    ]


# The budget


def usage(answer: httpx.Response, business: str = AGENCY) -> tuple[int, int]:
    """(percent, minutes to wait) of an answer."""
    (use,) = json.loads(answer.headers["x-business-use-case-usage"])[business]
    assert use.keys() == {
        *("type", "call_count", "total_cputime", "total_time", "estimated_time_to_regain_access"),
    }
    assert use["type"] == "ads_management"
    percent = use["call_count"]
    assert use["total_cputime"] == use["total_time"] == percent
    app = json.loads(answer.headers["x-app-usage"])
    assert app == {"call_count": percent, "total_time": percent, "total_cputime": percent}
    return percent, use["estimated_time_to_regain_access"]


def test_a_budget_is_used_up_and_comes_back(graph: Graph) -> None:
    assert "x-app-usage" not in ask(graph).headers
    control(graph, "PUT", "/clock", json={"at": stamp(NOON)})
    budget = {"budget": 4, "per_seconds": 90}
    assert control(graph, "PUT", "/budget", json=budget) == (200, {"budget": budget})
    assert control(graph, "GET", "/budget") == (200, {"budget": budget})
    answers = [ask(graph) for _ in range(4)]
    assert [one.status_code for one in answers] == [200] * 4
    assert [usage(one) for one in answers] == [(25, 0), (50, 0), (75, 0), (100, 0)]
    refusals = [graph("GET", CLIENTS, "agency-token") for _ in range(2)]
    assert [failure(one)[:2] for one in refusals] == [(429, 80004)] * 2
    example = next(one for one in B2B.errors.values() if one.error.get("code") == 80004)
    assert refusals[0].json()["error"]["message"] == example.error["message"]
    assert [usage(one) for one in refusals] == [(125, 2), (150, 2)]
    assert usage(ask(graph, "/me", "owner-token"), OWNER) == (25, 0)  # another's
    control(graph, "PUT", "/clock", json={"forward_seconds": 31})
    assert usage(ask(graph)) == (175, 1)
    control(graph, "PUT", "/clock", json={"forward_seconds": 58})
    assert ask(graph).status_code == 429
    control(graph, "PUT", "/clock", json={"forward_seconds": 1})
    assert usage(ask(graph)) == (25, 0)
    assert control(graph, "DELETE", "/budget") == (200, {"budget": None})
    assert control(graph, "GET", "/budget") == (200, {"budget": None})
    assert "x-business-use-case-usage" not in ask(graph).headers


@pytest.mark.parametrize("seconds", [1, 59, 60, 61, 3600, 86400])
def test_the_budget_is_free_after_the_minutes_that_are_told(graph: Graph, seconds: int) -> None:
    control(graph, "PUT", "/clock", json={"at": stamp(NOON)})
    control(graph, "PUT", "/budget", json={"budget": 1, "per_seconds": seconds})
    assert statuses(graph, 2) == [200, 429]
    _, minutes = usage(ask(graph))
    assert 60 * (minutes - 1) < seconds <= 60 * minutes
    control(graph, "PUT", "/clock", json={"forward_seconds": 60 * minutes})
    assert statuses(graph, 2) == [200, 429]


def test_a_clock_put_back_begins_anew(graph: Graph) -> None:
    control(graph, "PUT", "/clock", json={"at": stamp(NOON)})
    control(graph, "PUT", "/budget", json={"budget": 1, "per_seconds": 60})
    assert statuses(graph, 2) == [200, 429]
    control(graph, "PUT", "/clock", json={"at": stamp(NOON - 86400)})
    assert statuses(graph, 2) == [200, 429]
    assert usage(ask(graph))[1] == 1


def test_failures_count_and_refusals_do_nothing(graph: Graph) -> None:
    control(graph, "PUT", "/budget", json={"budget": 2, "per_seconds": 60})
    add(graph, {"operation": "list_clients", "answer": "html_502"})
    assert ask(graph).status_code == 502
    failed = ask(graph, "/1")
    assert (failed.status_code, usage(failed)) == (400, (100, 0))
    before = graph.state()
    add(graph, {"operation": "all", "code": 4})
    refused_call = graph("DELETE", f"/{AD_ACCOUNT}/agencies", "agency-token", json={"business": AGENCY})
    assert failure(refused_call)[:2] == (429, 80004)
    assert graph.state() == before
    assert [one["code"] for one in left(graph)] == [4]  # it waits for a call that is answered


def test_each_call_of_a_batch_counts_and_the_batch_does_not(graph: Graph) -> None:
    control(graph, "PUT", "/budget", json={"budget": 2, "per_seconds": 60})
    got = batch(graph, CLIENTS, CLIENTS, CLIENTS)
    assert [one["code"] for one in got] == [200, 200, 429]
    counts = [
        json.loads(value["value"])["call_count"]
        for one in got
        for value in one["headers"]
        if value["name"].lower() == "x-app-usage"
    ]
    assert counts == [50, 100, 150]
    answer = ask(graph, "/", query=f"&ids={AGENCY}")
    assert (answer.status_code, usage(answer)) == (429, (200, 1))


def test_the_usage_of_a_fault_stands_before_that_of_the_budget(graph: Graph) -> None:
    control(graph, "PUT", "/budget", json={"budget": 10, "per_seconds": 60})
    add(graph, {"operation": "all", "code": 80004, "regain_access_minutes": 9})
    answer = ask(graph)
    ((use,),) = json.loads(answer.headers["x-business-use-case-usage"]).values()
    assert use["estimated_time_to_regain_access"] == 9
    assert json.loads(answer.headers["x-app-usage"])["call_count"] == 10


def test_calls_of_no_business_are_free(graph: Graph) -> None:
    control(graph, "PUT", "/budget", json={"budget": 1, "per_seconds": 60})
    for _ in range(3):
        answer = ask(graph, "/debug_token", f"{APP}|{APP_SECRET}", "&input_token=owner-token")
        assert answer.status_code == 200 and "x-app-usage" not in answer.headers


@pytest.mark.parametrize(
    ("budget", "text"),
    [
        ({"budget": 1}, "per_seconds is missing"),
        ({"budget": 0, "per_seconds": 1}, "budget: 0 is less than the minimum of 1"),
        ({"budget": 1, "per_seconds": 86401}, "per_seconds: 86401 is greater than the maximum of 86400"),
        ({"budget": 1, "per_seconds": 1, "per_minute": 1}, "Additional properties are not allowed"),
    ],
)
def test_a_wrong_budget_is_refused(graph: Graph, budget: dict[str, Any], text: str) -> None:
    status, message = refused(graph, "PUT", "/budget", json=budget)
    assert (status, message[: len(text)]) == (400, text)
    assert control(graph, "GET", "/budget") == (200, {"budget": None})


# On the wire


@pytest.fixture
def served(sandbox: WatchedSandbox) -> Iterator[WatchedSandbox]:
    """The process, as it is at the start. It prints nothing, whatever a test does."""
    assert HTTP.post(f"{sandbox.control_url}/reset").is_success
    yield sandbox


def tell(sandbox: WatchedSandbox, fault: dict[str, Any]) -> None:
    assert HTTP.post(f"{sandbox.control_url}/faults", json=fault).is_success


CUT = {"operation": "list_clients", "answer": "cut_connection"}
TOKEN = {"access_token": "agency-token"}


def test_a_connection_that_breaks(served: WatchedSandbox) -> None:
    url = f"{served.base_url}{CLIENTS}"
    whole = HTTP.get(url, params=TOKEN)
    tell(served, {**CUT, "times": 3})
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
        HTTP.get(url, params=TOKEN)
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        requests.get(url, params=TOKEN, timeout=10)
    done = subprocess.run(
        ["curl", "-s", f"{url}?access_token=agency-token"], capture_output=True, check=False
    )
    assert done.returncode == 18  # partial file
    assert done.stdout == whole.content[: len(whole.content) // 2]
    assert HTTP.get(url, params=TOKEN).content == whole.content


def test_the_connection_ends_within_the_body(served: WatchedSandbox) -> None:
    tell(served, CUT)
    request = f"GET /v26.0{CLIENTS}?access_token=agency-token HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n"
    head, _, body = served.send(request.encode()).partition(b"\r\n\r\n")  # returns when the server closes
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")]
    assert head.startswith(b"HTTP/1.1 200 ")
    assert len(lengths) == 1 and int(lengths[0].partition(b":")[2]) // 2 == len(body) > 0


def test_what_was_called_is_done_before_the_connection_breaks(served: WatchedSandbox) -> None:
    tell(served, {"operation": "grant_ad_account_access", "answer": "cut_connection"})
    url = f"{served.base_url}/{AD_ACCOUNT}/agencies"
    with pytest.raises(httpx.RemoteProtocolError):
        HTTP.post(url, params={"access_token": "owner-token"}, json=GRANT)
    assert granted(HTTP.get(f"{served.control_url}/state").json())


def test_a_caller_who_is_gone_before_the_connection_breaks(served: WatchedSandbox) -> None:
    tell(served, {**CUT, "delay_ms": 200})
    with pytest.raises(httpx.ReadTimeout):
        HTTP.get(f"{served.base_url}{CLIENTS}", params=TOKEN, timeout=0.05)
    tell(served, {"operation": "get_me", "delay_ms": 400})
    assert HTTP.get(f"{served.base_url}/me", params=TOKEN).status_code == 200


# As the project's client sees them


BOTH = pytest.mark.parametrize("kind", [B2BClient, AsyncB2BClient])
READ, WRITE = "list_clients", "grant_ad_account_access"


def outcome(twin: Twin, operation: str) -> Any:
    """What a call gives or raises."""
    try:
        if operation == READ:
            return twin(READ, AGENCY)
        return twin(WRITE, AD_ACCOUNT[4:], business=AGENCY, permitted_tasks=["ADVERTISE"])
    except GraphError as error:
        return error


@BOTH
@pytest.mark.parametrize(
    ("answer", "expected", "repeats_reads"),
    [
        ("html_502", TemporaryFailure, True),
        ("empty", UnexpectedAnswer, False),
        ("error_in_200", TemporaryFailure, True),
        ("cut_json", UnexpectedAnswer, False),
        ("cut_connection", ConnectionFailed, True),
    ],
)
def test_answers_that_are_none(
    served: WatchedSandbox, kind: type, answer: str, expected: type[GraphError], repeats_reads: bool
) -> None:
    with Twin(kind, "agency-token", base_url=served.base_url) as twin:
        whole = outcome(twin, READ)
        tell(served, {"operation": READ, "answer": answer})
        got = outcome(twin, READ)
        assert got == whole if repeats_reads else type(got) is expected
        assert len(twin.waits) == repeats_reads
    with Twin(kind, "owner-token", base_url=served.base_url) as twin:
        tell(served, {"operation": WRITE, "answer": answer})
        assert type(outcome(twin, WRITE)) is expected
        assert twin.waits == []  # it may have been done
    assert granted(HTTP.get(f"{served.control_url}/state").json()) == answer.startswith("cut")


@BOTH
def test_a_rate_limit_with_a_wait(served: WatchedSandbox, kind: type) -> None:
    tell(
        served, {"operation": "all", "code": 80004, "times": 2, "retry_after": 30, "regain_access_minutes": 1}
    )
    with Twin(kind, "owner-token", base_url=served.base_url) as twin:
        assert not isinstance(outcome(twin, WRITE), GraphError)
        assert twin.waits == [60.0, 60.0]


@BOTH
def test_a_budget_that_the_client_waits_for(served: WatchedSandbox, kind: type) -> None:
    HTTP.put(f"{served.control_url}/clock", json={"at": stamp(NOON)})
    HTTP.put(f"{served.control_url}/budget", json={"budget": 1, "per_seconds": 60})
    with Twin(kind, "agency-token", base_url=served.base_url, max_retries=0) as twin:
        outcome(twin, READ)
        error = outcome(twin, READ)
    assert type(error) is RateLimited
    assert (error.code, error.retry_after) == (80004, 60.0)
    HTTP.put(f"{served.control_url}/clock", json={"forward_seconds": 60})
    with Twin(kind, "agency-token", base_url=served.base_url, max_retries=0) as twin:
        assert not isinstance(outcome(twin, READ), GraphError)
