"""Graph's wire conventions: versions, fields, pages, encodings, tokens, headers, refusals."""

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import yaml
from meta_b2b_sandbox import world
from meta_b2b_sandbox.document import METHODS, OPENAPI, Document
from meta_b2b_sandbox.reading import Request
from meta_b2b_sandbox.rules import HANDLERS
from meta_b2b_sandbox.store import Store
from meta_b2b_sandbox.tokens import APP_SECRET
from meta_b2b_sandbox.wire import Wire
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, CROWD, CROWDED, OWNER, PAGE

from tests.support.document import B2B, DOCUMENT, OPERATIONS, example_call
from tests.support.graph import BASE, ERRORS, Graph, failure

HOST = BASE.rpartition("/")[0]
INVALID = (400, 100, None)
TASKS = ["ADVERTISE", "ANALYZE"]
GRANT = {"business": AGENCY, "permitted_tasks": TASKS}
every = pytest.mark.parametrize("operation_id", OPERATIONS)


def held(graph: Graph) -> list[tuple[str, list[str]]]:
    """(asset, tasks) of the agency."""
    accesses = graph.state()["accesses"]
    return [(a["asset"], a["permitted_tasks"]) for a in accesses if a["business"] == AGENCY]


def fetch(graph: Graph, url: str) -> httpx.Response:
    """Follow an address as it stands, with nothing added."""
    parts = urlsplit(url)
    assert f"{parts.scheme}://{parts.netloc}" == HOST
    return graph.raw("GET", parts.path.encode(), parts.query.encode())


# Versions


@pytest.mark.parametrize(
    ("prefix", "served"),
    [
        ("/v26.0", "v26.0"),
        ("/v24.0", "v24.0"),
        ("/v20.0", "v20.0"),
        ("/v19.0", "v20.0"),  # expired: by the oldest that is usable
        ("/v2.11", "v20.0"),
        ("", "v26.0"),
    ],
)
def test_the_version_that_serves(graph: Graph, prefix: str, served: str) -> None:
    # [A2]
    answer = graph("GET", f"{HOST}{prefix}/{CROWDED}/agencies")
    assert (answer.status_code, answer.headers["facebook-api-version"]) == (200, served)
    assert f"/{served}/{CROWDED}/agencies?" in answer.json()["paging"]["next"]
    assert graph("GET", f"{HOST}{prefix}/1/agencies").headers["facebook-api-version"] == served


@pytest.mark.parametrize(
    "prefix", ["/v26.1", "/v27.0", "/v25.3", "/v999.0", "/v026", "/v26", "/V26.0", "/v26.0\n"]
)
def test_versions_that_do_not_exist_are_unknown_paths(graph: Graph, prefix: str) -> None:
    # [A2]
    answer = graph("GET", f"{HOST}{prefix}/{OWNER}/agencies".replace("\n", "%0A"))
    assert failure(answer) == (400, 2500, None)
    assert answer.json()["error"]["message"].startswith("Unknown path components: /")


@pytest.mark.parametrize(
    "path", ["", "/", f"/{OWNER}/agencys", f"/{OWNER}/agencies/1", "/a/b/c/d", f"/{OWNER}//clients"]
)
def test_unknown_paths(graph: Graph, path: str) -> None:
    expected = (404, 803, None) if path == "/" else (400, 2500, None)
    assert failure(graph("GET", path)) == expected


# Fields


@pytest.mark.parametrize(
    ("path", "token", "fields", "expected"),
    [
        (f"/{PAGE}/agencies", "owner-page-token", "name", {"id": AGENCY, "name": "Example Agency"}),
        (
            f"/{PAGE}/agencies",
            "owner-page-token",
            "permitted_tasks,id",
            {"id": AGENCY, "permitted_tasks": TASKS},
        ),
        (
            f"/{PAGE}/agencies",
            "owner-page-token",
            "verification_status",
            {"id": AGENCY, "verification_status": "verified"},
        ),
        (
            f"/{AGENCY}/clients",
            "agency-token",
            "page_permissions{access_status},shared_ca_count",
            {
                "id": OWNER,
                "page_permissions": [{"id": PAGE, "access_status": "CONFIRMED"}],
                "shared_ca_count": 0,
            },
        ),
        (
            f"/{AGENCY}/clients",
            "agency-token",
            "application_permissions",
            {"id": OWNER},  # what has no value is left out
        ),
        (
            f"/{AGENCY}/client_pages",
            "agency-token",
            "id,permitted_tasks",
            {"id": PAGE, "permitted_tasks": TASKS},
        ),
        (
            f"/{AGENCY}/client_pages",
            "agency-token",
            "link",
            {"id": PAGE, "link": f"https://www.facebook.com/{PAGE}"},
        ),
        (
            f"/{AGENCY}/pending_client_ad_accounts",
            "agency-token",
            "ad_account{name,currency}",
            {"id": "*", "ad_account": {"id": AD_ACCOUNT, "name": "Example Ad Account", "currency": "EUR"}},
        ),
        (
            f"/{AGENCY}/sent_inprogress_onbehalf_requests",
            "agency-token",
            "status,receiving_business{id}",
            {"id": "1111111111", "status": "IN_PROGRESS", "receiving_business": {"id": OWNER}},
        ),
        (
            "/1111111111",
            "agency-token",
            "requesting_business{name}",
            {"id": "1111111111", "requesting_business": {"id": AGENCY, "name": "Example Agency"}},
        ),
    ],
)
def test_fields_choose_with_braces_inside_and_the_id_always(
    graph: Graph, path: str, token: str, fields: str, expected: dict[str, Any]
) -> None:
    # [A24]
    graph("POST", f"/{PAGE}/agencies", "owner-page-token", json=GRANT)
    graph(
        "POST",
        f"/{AGENCY}/client_ad_accounts",
        "agency-token",
        json={"adaccount_id": AD_ACCOUNT, "permitted_tasks": TASKS},
    )
    answer = graph("GET", path, token, params={"fields": fields}).json()
    (node,) = answer.get("data", [answer])
    assert node | ({"id": "*"} if expected["id"] == "*" else {}) == expected


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("nmae", "(#100) Tried accessing nonexisting field (nmae) on node type (Business)"),
        (
            "id,page_permissions{nmae}",
            "(#100) Tried accessing nonexisting field (nmae) on node type (PagePermission)",
        ),
        ("id,", "(#100) Param fields must be a list of field names"),
        ("page_permissions{id", "(#100) Param fields must be a list of field names"),
        ("id name", "(#100) Param fields must be a list of field names"),
        ("", "(#100) Param fields must be a list of field names"),
        ("id\n", "(#100) Param fields must be a list of field names"),
        ("ïd", "(#100) Tried accessing nonexisting field (ïd) on node type (Business)"),
    ],
)
def test_fields_that_do_not_exist_are_named(graph: Graph, fields: str, message: str) -> None:
    answer = graph("GET", f"/{AGENCY}/clients", "agency-token", params={"fields": fields})
    assert (failure(answer), answer.json()["error"]["message"]) == (INVALID, message)


# Pages of the ad account with 120 agencies


def crowd(graph: Graph, start: str, direction: str) -> list[list[str]]:
    """The ids on each page, following its own `next` (or `previous`) as it stands."""
    pages: list[list[str]] = []
    url = start
    while url and len(pages) < CROWD + 1:
        answer = fetch(graph, url)
        assert answer.status_code == 200, answer.text
        pages.append([entry["id"] for entry in answer.json()["data"]])
        url = answer.json().get("paging", {}).get(direction)
    return pages


@pytest.mark.parametrize("limit", [None, 1, 7, 25, 40, 100])
def test_next_and_previous_lead_to_every_entry_once(graph: Graph, limit: int | None) -> None:
    # [A12] [A21]
    everyone = [a["business"] for a in graph.state()["accesses"]]
    query = "?access_token=owner-token&fields=id" + (f"&limit={limit}" if limit else "")
    pages = crowd(graph, f"{BASE}/{CROWDED}/agencies{query}", "next")
    assert [id for page in pages for id in page] == everyone
    assert [len(page) for page in pages[:-1]] == [limit or 25] * (len(pages) - 1)
    # Back from the last page.
    last = graph(
        "GET",
        f"/{CROWDED}/agencies",
        params={"before": "OTk5OTk5OTk5OTk", "limit": limit or 25, "fields": "id"},
    )
    pages = [
        [e["id"] for e in last.json()["data"]],
        *crowd(graph, last.json()["paging"]["previous"], "previous"),
    ]
    assert [id for page in pages[::-1] for id in page] == everyone


def test_paging_addresses_hold_every_parameter_wherever_it_came_from(graph: Graph) -> None:
    wanted = {"fields": ["id"], "limit": ["2"], "access_token": ["owner-token"]}
    ways: tuple[dict[str, Any], ...] = (
        {"token": "owner-token", "params": {"fields": "id", "limit": 2}},
        {"params": {"fields": "id", "limit": 2}, "headers": {"Authorization": "Bearer owner-token"}},
        {
            "meant": "GET",
            "data": {"method": "get", "fields": "id", "limit": 2, "access_token": "owner-token"},
        },
        {
            "meant": "GET",
            "json": {"method": "get", "fields": "id", "limit": 2, "access_token": "owner-token"},
        },
    )
    for kwargs in ways:
        method = "POST" if "meant" in kwargs else "GET"
        first = graph(method, f"/{CROWDED}/agencies", **{"token": None, **kwargs}).json()
        assert "previous" not in first["paging"]
        asked = parse_qs(urlsplit(first["paging"]["next"]).query)
        assert asked.pop("after") == [first["paging"]["cursors"]["after"]]
        assert asked == wanted
        second = fetch(graph, first["paging"]["next"]).json()
        assert [len(second["data"]), second["data"][0]["id"]] == [2, "9000000003"]
        assert fetch(graph, second["paging"]["previous"]).json()["data"] == first["data"]
    # What is unknown stands there too, as on Graph; what came twice does not.
    url = graph("GET", f"/{CROWDED}/agencies?x=1&y=1&y=2").json()["paging"]["next"]
    assert set(parse_qs(urlsplit(url).query)) == {"x", "access_token", "limit", "after"}


def test_cursors(graph: Graph) -> None:
    # [A13]
    def page(**params: Any) -> tuple[list[str], dict[str, Any]]:
        answer = graph("GET", f"/{CROWDED}/agencies", params={"limit": 3, **params}).json()
        return [entry["id"][-3:] for entry in answer["data"]], answer.get("paging", {})

    first, paging = page()
    assert first == ["001", "002", "003"]
    cursors = paging["cursors"]
    second, paging = page(after=cursors["after"])
    assert second == ["004", "005", "006"]
    assert page(before=paging["cursors"]["before"])[0] == first
    assert page(before=cursors["before"]) == ([], {})
    # A removal while somebody pages neither hides an entry nor shows one twice.
    graph("DELETE", f"/{CROWDED}/agencies", params={"business": "9000000003"})
    graph("DELETE", f"/{CROWDED}/agencies", params={"business": "9000000004"})
    assert page(after=cursors["after"])[0] == ["005", "006", "007"]
    for unknown in ("MTA", "x", "____", "=", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"):
        assert graph("GET", f"/{CROWDED}/agencies", params={"after": unknown}).status_code == 200
    assert page(after="OTk5OTk5OTk5OTk5OTk5OTk5OTk5") == ([], {})
    for wrong in ("", "a b", "ä", "x" * 201, "MTA\n"):
        assert failure(graph("GET", f"/{CROWDED}/agencies", params={"after": wrong})) == INVALID


@pytest.mark.parametrize("limit", ["0", "101", "-1", "1.5", "abc", "", "1e1", " 5", "٣", "9" * 30])
def test_limits_that_are_not_valid(graph: Graph, limit: str) -> None:
    # [A21]
    answer = graph("GET", f"/{CROWDED}/agencies", params={"limit": limit})
    assert failure(answer) == INVALID
    assert answer.json()["error"]["message"].startswith("(#100) Param limit ")


@pytest.mark.parametrize("summary", ["true", "total_count"])
def test_summary(graph: Graph, summary: str) -> None:
    answer = graph("GET", f"/{OWNER}/agencies", params={"summary": summary, "limit": 2}).json()
    assert (len(answer["data"]), answer["summary"]) == (2, {"total_count": CROWD})
    # Meta's Python SDK sends it everywhere. On edges without one it changes nothing.
    for path, token in ((f"/{CROWDED}/agencies", "owner-token"), (f"/{PAGE}/agencies", "owner-page-token")):
        assert "summary" not in graph("GET", path, token, params={"summary": summary}).json()
    assert "summary" not in graph("GET", f"/{OWNER}/agencies").json()


# What Meta's SDKs send besides


@every
def test_trailing_slash_stray_id_and_summary_and_an_empty_body(graph: Graph, operation_id: str) -> None:
    method, path, query, body = example_call(operation_id)
    token = "owner-page-token" if path.startswith(f"/{PAGE}") else "agency-token"
    if path.startswith("/act_"):
        token = "owner-token"
    if method == "DELETE" and query:
        graph("POST", f"/{PAGE}/agencies", "owner-page-token", json=GRANT)
        graph("POST", f"/{AD_ACCOUNT}/agencies", json=GRANT)
        query = {"business": OWNER} if path.endswith("clients") else query
    plain = graph(method, path, token, params=query, json=body or None)
    assert plain.status_code == 200, plain.text
    graph.sandbox("POST", "/reset")
    if method == "DELETE" and query:
        graph("POST", f"/{PAGE}/agencies", "owner-page-token", json=GRANT)
        graph("POST", f"/{AD_ACCOUNT}/agencies", json=GRANT)
    stray = {"id": path.split("/")[1]}
    if method == "POST":
        answer = graph(method, f"{path}/", token, json=body | stray)
    else:
        answer = graph(method, f"{path}/", token, params=query | stray | {"summary": "true"}, json={})
    shown = answer.json()
    shown.pop("summary", None)
    assert shown == plain.json()


def test_method_override_in_the_query_and_in_the_body(graph: Graph) -> None:
    path = f"/{AD_ACCOUNT}/agencies"
    ways: tuple[dict[str, Any], ...] = (
        {"params": {"method": "delete", "business": AGENCY}},
        {"params": {"method": "DELETE"}, "data": {"business": AGENCY}},
        {"data": {"method": "delete", "business": AGENCY}},
        {"json": {"method": "delete", "business": AGENCY}},
        {"json": {"method": "delete", "business": int(AGENCY)}},
        {"files": {"method": (None, "delete"), "business": (None, AGENCY)}},
    )
    for number, kwargs in enumerate(ways):
        graph("POST", path, json=GRANT)
        assert graph("POST", path, meant="DELETE", **kwargs).json() == {"success": True}, number
        assert held(graph) == []
    assert graph("POST", path, meant="GET", data={"method": "get"}).json() == {"data": []}
    assert graph(
        "POST", f"/{OWNER}/agencies", meant="GET", json={"method": "get", "limit": 1, "summary": True}
    ).json()["summary"]
    assert graph("GET", path, params={"method": "delete", "business": AGENCY}).json() == {"data": []}
    # An unknown method must not become a grant.
    for kwargs in (
        {"params": {"method": "gte"}},
        {"json": GRANT | {"method": "remove"}},
        {"json": GRANT | {"method": 1}},
    ):
        assert failure(graph("POST", path, **kwargs)) == INVALID
    assert failure(graph("POST", path, meant="PATCH", json=GRANT | {"method": "patch"})) == (405, 100, 33)
    assert held(graph) == []


# Encodings

SINGLE, COMPACT = "['ADVERTISE', 'ANALYZE']", '["ADVERTISE","ANALYZE"]'


@pytest.mark.parametrize(
    ("sent", "tasks"),
    [
        ({"json": GRANT}, TASKS),
        ({"data": {"business": AGENCY, "permitted_tasks": COMPACT}}, TASKS),
        ({"data": {"business": AGENCY, "permitted_tasks": SINGLE}}, TASKS),
        ({"data": {"business": AGENCY, "permitted_tasks": "['ADVERTISE','ANALYZE']"}}, TASKS),
        ({"data": {"business": AGENCY, "permitted_tasks": "ADVERTISE"}}, ["ADVERTISE"]),
        ({"data": {"business": AGENCY, "permitted_tasks": "[ 'ANALYZE' ]"}}, ["ANALYZE"]),
        ({"files": {"business": (None, AGENCY), "permitted_tasks": (None, SINGLE)}}, TASKS),
        ({"files": {"business": (None, AGENCY), "permitted_tasks": (None, COMPACT)}}, TASKS),
        ({"files": {"business": (None, AGENCY), "permitted_tasks": (None, "ANALYZE")}}, ["ANALYZE"]),
        ({"params": {"business": AGENCY, "permitted_tasks": "ADVERTISE"}}, ["ADVERTISE"]),
        ({"params": {"business": AGENCY, "permitted_tasks": COMPACT}}, TASKS),
        ({"params": {"business": AGENCY}, "data": {"permitted_tasks": SINGLE}}, TASKS),
        ({"json": {**GRANT, "business": int(AGENCY)}}, TASKS),
        ({"json": {**GRANT, "business": float(AGENCY)}}, TASKS),
        (
            {"content": json.dumps(GRANT), "headers": {"Content-Type": "Application/JSON; charset=utf-8"}},
            TASKS,
        ),
    ],
)
def test_all_three_encodings(graph: Graph, sent: dict[str, Any], tasks: list[str]) -> None:
    assert graph("POST", f"/{AD_ACCOUNT}/agencies", **sent).json() == {"success": True}
    assert held(graph) == [(AD_ACCOUNT, tasks)]


def form(business: Any = AGENCY, permitted_tasks: Any = SINGLE) -> dict[str, Any]:
    return {"data": {"business": business, "permitted_tasks": permitted_tasks}}


def json_text(content: str, media: str = "application/json") -> dict[str, Any]:
    return {"content": content, "headers": {"Content-Type": media}}


ONE_VALUE, VALID_ID = "Param business must have one value", "Param business must be a valid ID string"


@pytest.mark.parametrize(
    ("kwargs", "complaint"),
    [
        (json_text("{"), "The request cannot be read: unexpected end of data"),
        (json_text('{"business": NaN}'), "The request cannot be read: unexpected character"),
        (json_text("{}", "text/plain"), "The request cannot be read: the body must be application/json"),
        ({"content": b"a=1"}, "The request cannot be read: the body must be application/json"),
        ({"json": [GRANT]}, "The request cannot be read: the body must be a JSON object"),
        ({"json": "x"}, "The request cannot be read: the body must be a JSON object"),
        (json_text('{"business": "\\ud800"}'), "The request cannot be read: "),
        (form([AGENCY, AGENCY]), ONE_VALUE),
        ({"params": {"business": [AGENCY, OWNER], "permitted_tasks": SINGLE}}, ONE_VALUE),
        (json_text(f'{{"business":"{AGENCY}","business":"1"}}'), ONE_VALUE),
        (json_text('{"business":{"a":1,"a":2}}'), VALID_ID),
        (json_text('{"business":[{"a":1,"a":2}]}'), VALID_ID),
        ({"files": {"business": ("b.txt", AGENCY), "permitted_tasks": (None, SINGLE)}}, ONE_VALUE),
        (form(permitted_tasks=TASKS), "Param permitted_tasks must have one value"),
        (form(permitted_tasks="ADVERTISE,ANALYZE"), "Param permitted_tasks must be one of {MANAGE"),
        (form(permitted_tasks="[]"), "Param permitted_tasks must be one of {MANAGE"),
        (form(permitted_tasks="['ADVERTISE'"), "Param permitted_tasks must be one of {MANAGE"),
        (form(permitted_tasks="['ADVERTISE', 'X']"), "Param permitted_tasks[1] must be one of {MANAGE"),
        (form(""), VALID_ID),
        ({"json": {**GRANT, "business": True}}, VALID_ID),
        ({"json": {**GRANT, "business": None}}, VALID_ID),
        ({"json": {**GRANT, "business": [AGENCY]}}, VALID_ID),
        ({"json": {**GRANT, "business": 2**53}}, VALID_ID),
        ({"json": {**GRANT, "business": 1.5}}, VALID_ID),
    ],
)
def test_bodies_that_are_refused_say_why(graph: Graph, kwargs: dict[str, Any], complaint: str) -> None:
    # [A16]
    answer = graph("POST", f"/{AD_ACCOUNT}/agencies", **kwargs)
    assert failure(answer) == INVALID
    assert answer.json()["error"]["message"].startswith(f"(#100) {complaint}"), answer.text
    assert held(graph) == []


def test_a_name_that_stands_twice_in_an_object_is_said(graph: Graph) -> None:
    # [A16]
    for value in ('{"a":1,"a":2}', '[{"a":1,"a":2}]'):
        sent = json_text(f'{{"method":"get","limit":{value}}}')
        answer = graph("POST", f"/{AGENCY}/clients", "agency-token", meant="GET", **sent)
        text = "(#100) The request cannot be read: a name stands twice in an object"
        assert (failure(answer), answer.json()["error"]["message"]) == (INVALID, text)


# Ids, in the path and as parameters

BAD_IDS = {
    "trailing LF": "3333333333%0A",
    "trailing CR LF": "3333333333%0D%0A",
    "Unicode digits": "%D9%A3%D9%A3%D9%A3",
    "fullwidth digits": "%EF%BC%93",
    "superscript": "%C2%B2",
    "encoded slash": "3333333333%2F1",
    "dot segment": "..",
    "encoded dot segment": "%2e%2e",
    "dot": ".",
    "empty": "",
    "sign": "-3333333333",
    "plus": "+3333333333",
    "space": "3333333333%20",
    "NUL": "3333333333%00",
    "hex": "0x1",
    "too long": "3" * 21,
    "a name": "me",
}


@pytest.mark.parametrize("id", BAD_IDS.values(), ids=BAD_IDS)
@every
def test_ids_that_are_not_valid(graph: Graph, operation_id: str, id: str) -> None:
    template, method = OPERATIONS[operation_id].path, OPERATIONS[operation_id].method.upper()
    path = "/".join(part[: part.index("{")] + id if "{" in part else part for part in template.split("/"))
    answer = graph.raw(method, f"/v26.0{path}".encode(), b"access_token=owner-token")
    assert ERRORS.is_valid(answer.json())
    # The server decodes the path: a slash separates, however it is written.
    assert failure(answer) == ((400, 2500, None) if "%2F" in id else (404, 803, None))


@pytest.mark.parametrize("id", BAD_IDS.values(), ids=BAD_IDS)
def test_ids_that_are_not_valid_as_parameters(graph: Graph, id: str) -> None:
    value = httpx.QueryParams(f"v={id}")["v"]
    for answer in (
        graph("POST", f"/{AD_ACCOUNT}/agencies", json={**GRANT, "business": value}),
        graph("POST", f"/{AD_ACCOUNT}/agencies", data={"business": value, "permitted_tasks": SINGLE}),
        graph(
            "POST",
            f"/{AD_ACCOUNT}/agencies",
            files={"business": (None, value), "permitted_tasks": (None, SINGLE)},
        ),
        graph("DELETE", f"/{AD_ACCOUNT}/agencies", params={"business": value}),
        graph(
            "POST",
            f"/{AGENCY}/client_pages",
            "agency-token",
            json={"page_id": value, "permitted_tasks": TASKS},
        ),
        graph(
            "POST",
            f"/{AGENCY}/client_ad_accounts",
            "agency-token",
            json={"adaccount_id": f"act_{value}", "permitted_tasks": TASKS},
        ),
    ):
        assert failure(answer) == INVALID
        assert answer.json()["error"]["message"].endswith(" must be a valid ID string")


# Tokens and proofs


def test_a_token_in_the_header_the_query_or_a_form(graph: Graph) -> None:
    # [A3]
    path = f"/{AD_ACCOUNT}/agencies"
    for kwargs in (
        {"headers": {"Authorization": "Bearer owner-token"}},
        {"headers": {"Authorization": "bearer owner-token"}},
        {"headers": {"Authorization": "OAuth owner-token"}},
        {"params": {"access_token": "owner-token"}},
        {"data": {"access_token": "owner-token"}},
        {"files": {"access_token": (None, "owner-token")}},
        {"json": {"access_token": "owner-token"}},
    ):
        assert graph("GET", path, None, **kwargs).json() == {"data": []}, kwargs
        missing = graph("DELETE", path, None, **kwargs)
        assert missing.json()["error"]["message"] == "(#100) The parameter business is required", kwargs
    # Each place counts before the next.
    agency, owner = {"Authorization": "Bearer agency-token"}, {"Authorization": "Bearer owner-token"}
    assert failure(graph("GET", path, "owner-token", headers=agency)) == (400, 100, 33)
    assert graph("GET", path, "agency-token", headers=owner).status_code == 200
    assert graph("GET", path, "owner-token", data={"access_token": "agency-token"}).status_code == 200
    for header in (
        "Basic b3duZXItdG9rZW46",
        "Bearer",
        "Bearer ",
        "owner-token",
        "Bearer owner-token x",
        "Bearer  owner-token",
    ):
        answer = graph("GET", path, None, headers={"Authorization": header})
        assert (failure(answer), answer.json()["error"]["message"]) == (
            (400, 190, None),
            "Invalid OAuth access token - Cannot parse access token",
        )
    assert failure(graph("GET", f"{path}?access_token=owner-token&access_token=owner-token", None)) == (
        400,
        190,
        None,
    )


def test_appsecret_proof(graph: Graph) -> None:
    right = hmac.new(APP_SECRET.encode(), b"owner-token", hashlib.sha256).hexdigest()
    path = f"/{AD_ACCOUNT}/agencies"
    assert graph("GET", path, params={"appsecret_proof": right}).status_code == 200
    assert (
        graph(
            "POST", path, data={"appsecret_proof": right, "business": AGENCY, "permitted_tasks": "ANALYZE"}
        ).status_code
        == 200
    )
    for wrong in (right[:-1], right.upper(), "", "ä", right + "0"):
        answer = graph("GET", path, params={"appsecret_proof": wrong})
        assert failure(answer) == INVALID
        error = answer.json()["error"]
        assert (error["message"], error["type"]) == (
            "Invalid appsecret_proof provided in the API argument",
            "GraphMethodException",
        )
    assert failure(graph("GET", path, "agency-token", params={"appsecret_proof": right})) == INVALID


# Headers


def test_headers_of_every_answer(graph: Graph) -> None:
    good = graph("GET", f"/{OWNER}/agencies")
    bad = graph("GET", f"/{OWNER}/agencies", None)
    for answer in (good, bad, graph("GET", "/nothing/here")):
        assert answer.headers["content-type"] == "application/json; charset=UTF-8"
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["facebook-api-version"] == "v26.0"
        assert answer.headers["x-fb-request-id"] and answer.headers["x-fb-trace-id"]
        assert "no-store" in answer.headers["cache-control"]
    assert good.headers["x-fb-trace-id"] != bad.headers["x-fb-trace-id"]
    assert "www-authenticate" not in good.headers


@pytest.mark.parametrize(
    ("path", "token", "kind", "text"),
    [
        ("/1/clients", None, "invalid_token", "An access token is required to request this resource."),
        ("/1/clients", "nobody", "invalid_token", "Invalid OAuth access token - Cannot parse access token"),
        (f"/{AGENCY}/clients", "owner-token", "invalid_request", "(#200) Permissions error"),
        (f"/{OWNER}/clients?limit=0", "owner-token", "invalid_request", "(#100) Param limit is not valid: "),
        (
            "/%22%0D%0Aevil:%201",
            "owner-token",
            "invalid_request",
            "(#803) Some of the aliases you requested do not ",
        ),
    ],
)
def test_www_authenticate(graph: Graph, path: str, token: str | None, kind: str, text: str) -> None:
    answer = graph("GET", path, token)
    header = answer.headers["www-authenticate"]
    assert header.startswith(f'OAuth "Facebook Platform" "{kind}" "{text}')
    message = answer.json()["error"]["message"]
    assert header.endswith("".join(c if " " <= c <= "~" and c not in '"\\' else "?" for c in message) + '"')
    # It accompanies OAuthExceptions only.
    assert "www-authenticate" not in graph("GET", "/1").headers


# Methods


@pytest.mark.parametrize("path", DOCUMENT["paths"])
def test_other_methods_get_405_with_exactly_what_the_path_allows(graph: Graph, path: str) -> None:
    # [A17]
    allowed = {method.upper() for method in METHODS if method in DOCUMENT["paths"][path]}
    concrete = re.sub("{.*}", "1", path)
    every = {
        "GET",
        "POST",
        "DELETE",
        "PUT",
        "PATCH",
        "HEAD",
        "TRACE",  # but not OPTIONS [A30]
        "CONNECT",
        "PROPFIND",
        "get",
        "X" * 200,
    }
    for method in sorted(every - allowed):
        for token in ("owner-token", None):
            answer = graph(method, concrete, token)
            assert failure(answer) == (405, 100, 33)
            assert set(answer.headers["allow"].split(", ")) == allowed
    for method in allowed:
        assert graph(method, concrete, None).status_code == 400


# The document drives


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(Store(":memory:")) as store:
        yield store


def test_an_operation_without_a_handler_and_a_handler_without_an_operation_are_named(store: Store) -> None:
    fewer = {name: handler for name, handler in HANDLERS.items() if name != "list_clients"}
    with pytest.raises(ValueError, match=r"without a handler in rules\.py: \['list_clients'\]"):
        Wire(B2B, store, fewer)
    with pytest.raises(ValueError, match=r"without an operation in .*openapi/b2b\.yaml: \['list_nothing'\]"):
        Wire(B2B, store, {**HANDLERS, "list_nothing": HANDLERS["list_clients"]})


def test_an_operation_more_needs_no_change_to_routing(tmp_path: Path, store: Store) -> None:
    tree = yaml.safe_load((OPENAPI / "b2b.yaml").read_bytes())
    edge = tree["paths"]["/{business_id}/clients"]
    tree["paths"]["/{business_id}/things"] = {
        "parameters": edge["parameters"],
        "put": {**edge["get"], "operationId": "put_things"},
    }
    file = tmp_path / "more.yaml"
    file.write_text(yaml.safe_dump(tree))
    world.load(store)
    wire = Wire(
        Document.load(file), store, {**HANDLERS, "put_things": lambda call: {"put": call.path["business_id"]}}
    )
    for method, expected in (("PUT", (200, {"put": "1"})), ("GET", (405, None))):
        answer = wire.answer(Request(method, "/v26.0/1/things", "access_token=owner-token", {}))
        assert answer.status == expected[0]
        assert expected[1] is None or json.loads(answer.body) == expected[1]
