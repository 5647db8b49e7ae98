"""Graph's wire conventions: versions, fields, pages, encodings, tokens, headers, refusals."""

import hashlib
import hmac
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import yaml
from facebook_business.adobjects.adaccount import AdAccount as MetaAdAccount
from facebook_business.adobjects.business import Business
from facebook_business.adobjects.page import Page as MetaPage
from facebook_business.adobjects.user import User
from meta_b2b_sandbox.app import HANDLERS, READERS
from meta_b2b_sandbox.document import OPENAPI, Document
from meta_b2b_sandbox.reading import Request
from meta_b2b_sandbox.tokens import APP_SECRET
from meta_b2b_sandbox.wire import Wire
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, CROWD, CROWDED, OWNER, PAGE

from tests.support.document import B2B, ONE_CALL, OPERATIONS, example_call
from tests.support.examples import succeeding_call
from tests.support.graph import BASE, ERRORS, Graph, failure

HOST = BASE.rpartition("/")[0]
INVALID = (400, 100, None)
TASKS = ["ADVERTISE", "ANALYZE"]
GRANT = {"business": AGENCY, "permitted_tasks": TASKS}
every = pytest.mark.parametrize("operation_id", ONE_CALL)


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
    "path", [f"/{OWNER}/agencys", f"/{OWNER}/agencies/1", "/a/b/c/d", f"/{OWNER}/clients/x"]
)
def test_unknown_paths(graph: Graph, path: str) -> None:
    assert failure(graph("GET", path)) == (400, 2500, None)


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
        (
            "page_permissions.limit(2){nmae}",
            "(#100) Tried accessing nonexisting field (nmae) on node type (PagePermission)",
        ),
        ("primary_page{business{x}}", "(#100) Tried accessing nonexisting field (x) on node type (Business)"),
        ("owned_pages{x}", "(#100) Tried accessing nonexisting field (x) on node type (Page)"),
        ("clients", "(#200) Permissions error"),
        ("name{id}", "(#100) Subfields are not supported by name"),
        ("id,", 'Syntax error "Expected name." at character 3: id,'),
        (
            "page_permissions{id",
            'Syntax error "Expected "}" instead of end of string." at character 19: page_permissions{id',
        ),
        ("id name", 'Syntax error "Expected end of string instead of "n"." at character 3: id name'),
        (
            "owned_pages{id}.limit(3)",
            'Syntax error "Expected end of string instead of "."." at character 15: owned_pages{id}.limit(3)',
        ),
        ("id?", 'Syntax error "Expected end of string instead of "?"." at character 2: id?'),
        ("ïd", 'Syntax error "Expected name." at character 0: ïd'),
        ("[1]", "(#100) Param fields must be a list of names"),
        ("owned_pages.limit(-1)", "(#100) Param limit is not valid: -1 is less than the minimum of 1"),
        (
            "id,id",
            'Syntax error "Field id specified more than once. This is only possible before version 2.1" '
            "at character 5: id,id",
        ),
    ],
)
def test_what_is_wrong_with_fields_is_said(graph: Graph, fields: str, message: str) -> None:
    graph("POST", f"/{PAGE}/agencies", "owner-page-token", json=GRANT)
    answer = graph("GET", f"/{AGENCY}/clients", "agency-token", params={"fields": fields})
    expected = {"S": (400, 2500, None), "(#100": INVALID, "(#200": (403, 200, None)}
    assert answer.json()["error"]["message"] == message
    assert failure(answer) == expected.get(message.partition(")")[0], expected["S"])


@every
def test_an_unknown_field_is_refused_by_its_name_wherever_fields_are_taken(
    graph: Graph, operation_id: str
) -> None:
    method, path, query, _ = example_call(operation_id)
    if not any(p["name"] == "fields" for p in OPERATIONS[operation_id].parameters):
        return
    tokens = {PAGE: "owner-page-token", AD_ACCOUNT: "owner-token"}
    token = tokens.get(path.split("/")[1], "agency-token")
    answer = graph(method, path, token, params={**query, "fields": "id,no_such_field"})
    assert failure(answer) == INVALID
    assert "nonexisting field (no_such_field) on node type (" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "fields",
    ["id,name", "id, name", " id ,name ", '["id","name"]', '["id,name"]', '[ "id", "name" ]', "\nid,name"],
)
def test_fields_as_people_write_them(graph: Graph, fields: str) -> None:
    path, expected = f"/{OWNER}", {"id": OWNER, "name": "Example Owner"}
    assert graph("GET", path, params={"fields": fields}).json() == expected
    assert graph("POST", path, meant="GET", data={"method": "get", "fields": fields}).json() == expected
    for params in (
        {"fields[0]": "id", "fields[1]": "name"},
        {"fields[]": ["id", "name"]},
        {"fields": ["id", "name"]},
    ):
        assert graph("GET", path, params=params).json() == expected
    sent = {"method": "get", "fields": ["id", "name"]}
    assert graph("POST", path, meant="GET", json=sent).json() == expected
    assert graph("GET", f"{path}?&fields=name&").json() == expected
    assert graph("GET", path, params={"fields": ""}).json() == expected


def test_an_edge_among_the_fields_is_whole(graph: Graph) -> None:
    """Down and up, with the parameters of the edge, its pages and its number."""
    fields = "name,owned_ad_accounts.limit(2).summary(true){name,business{owned_pages{picture{url}}}}"
    shown = graph("GET", f"/{OWNER}", params={"fields": fields}).json()
    edge = shown["owned_ad_accounts"]
    picture = {"data": {"url": f"{BASE}/{PAGE}/picture"}}
    (page,) = edge["data"][0]["business"]["owned_pages"]["data"]
    assert page == {"picture": picture, "id": PAGE}
    assert ([one["id"] for one in edge["data"]], edge["summary"]) == (
        [AD_ACCOUNT, CROWDED],
        {"total_count": 3},
    )
    url = edge["paging"]["next"]
    assert urlsplit(url).path == f"/v26.0/{OWNER}/owned_ad_accounts"
    following = fetch(graph, url).json()
    assert [one["name"] for one in following["data"]] == ["Ad Account Under Review"]
    assert following["summary"] == {"total_count": 3}
    assert following["data"][0]["business"]["owned_pages"]["data"] == [page]
    # The same by `fields()` instead of braces, and from where another page begins.
    after = edge["paging"]["cursors"]["after"]
    fields = f"owned_ad_accounts.after({after}).limit(2).fields(name)"
    again = graph("GET", f"/{OWNER}", params={"fields": fields}).json()["owned_ad_accounts"]
    assert [one["name"] for one in again["data"]] == ["Ad Account Under Review"]


def test_edges_of_me_three_levels_deep(graph: Graph) -> None:
    fields = "name,businesses{name,owned_ad_accounts.limit(2){agencies.limit(1){name}}}"
    for path in ("/me", "/122002222222222"):
        (business,) = graph("GET", path, params={"fields": fields}).json()["businesses"]["data"]
        assert business["name"] == "Example Owner"
        alone, crowded = business["owned_ad_accounts"]["data"]
        assert alone == {"id": AD_ACCOUNT}  # nobody has access to it: an empty edge is left out
        assert crowded["agencies"]["data"] == [{"name": "Agency 1", "id": "9000000001"}]


def test_the_number_of_entries_alone(graph: Graph) -> None:
    fields = "owned_ad_accounts.limit(0).summary(1),agencies.limit(0).summary(true),owned_pages.limit(0)"
    assert graph("GET", f"/{OWNER}", params={"fields": fields}).json() == {
        "owned_ad_accounts": {"data": [], "summary": {"total_count": 3}},
        "agencies": {"data": [], "summary": {"total_count": CROWD}},
        "id": OWNER,
    }


def test_limits_of_fields(graph: Graph) -> None:
    # [A39]
    def message(fields: str, path: str = f"/{OWNER}") -> str:
        answer = graph("POST", path, meant="GET", data={"method": "get", "fields": fields})
        return str(answer.json().get("error", {}).get("message", ""))

    def nested(depth: int) -> str:
        return "owned_pages{business{" * (depth // 2) + "id" + "}}" * (depth // 2)

    assert message(nested(20)) == ""
    assert message(nested(22)) == "(#100) Param fields is nested deeper than 20"
    assert "(f0)" in message(",".join(f"f{n}" for n in range(1000)))
    assert (
        message(",".join(f"f{n}" for n in range(1001))) == "(#100) Param fields names more than 1000 fields"
    )
    chain = "id"
    for _ in range(6):
        chain = f"owned_ad_accounts{{agencies{{id}},business{{{chain}}}}}"
    assert message(chain).startswith("(#100) Param fields reads more than 500 edges")


SDK_CLASSES = {"/me": User, f"/{OWNER}": Business, f"/{PAGE}": MetaPage, f"/{AD_ACCOUNT}": MetaAdAccount}


@pytest.mark.parametrize("path", SDK_CLASSES)
def test_all_fields_of_metas_sdk_may_be_asked_for(graph: Graph, path: str) -> None:
    """What the SDKs call "request all fields"."""
    names = [value for key, value in vars(SDK_CLASSES[path].Field).items() if not key.startswith("_")]
    answer = graph("GET", path, params={"fields": ",".join(names)})
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert shown["id"] and set(shown) <= set(names) | {"id"}
    assert {"/me": "name", f"/{AD_ACCOUNT}": "timezone_name"}.get(path, "link") in shown


# What the sandbox does not model


def test_an_edge_that_metas_sdk_reads_is_empty_and_says_so(graph: Graph) -> None:
    # [A37]
    for path, edge in ((f"/{OWNER}", "owned_pixels"), (f"/{AD_ACCOUNT}", "campaigns"), (f"/{PAGE}", "feed")):
        answer = graph("GET", f"{path}/{edge}")
        assert answer.json() == {"data": []}
        assert answer.headers["x-sandbox-not-modelled"] == edge
        answer = graph("GET", path, params={"fields": f"name,{edge}.limit(5){{id,name}}"})
        assert answer.status_code == 200
        assert edge not in answer.json() and answer.json()["name"]
        assert answer.headers["x-sandbox-not-modelled"] == edge
    me = graph(
        "GET", "/me/businesses", params={"fields": "owned_pixels{id},owned_ad_accounts{id},owned_apps"}
    )
    assert me.headers["x-sandbox-not-modelled"] == "owned_pixels,owned_apps"
    assert len(me.json()["data"][0]["owned_ad_accounts"]["data"]) == 3
    # Only for who sees the node, and has a token.
    assert failure(graph("GET", f"/{OWNER}/owned_pixels", "outsider-token")) == (400, 100, 33)
    assert failure(graph("GET", f"/{OWNER}/owned_pixels", None)) == (400, 104, None)


def test_a_write_to_what_is_not_modelled_is_refused_in_plain_words(graph: Graph) -> None:
    # [A37]
    for method, path, call in (
        ("POST", f"/{AD_ACCOUNT}/campaigns", "POST AdAccount/campaigns"),
        ("POST", f"/{PAGE}/feed", "POST Page/feed"),
        ("DELETE", f"/{AD_ACCOUNT}/adimages", "DELETE AdAccount/adimages"),
    ):
        answer = graph(method, path, data={"name": "x"})
        assert failure(answer) == INVALID
        message = answer.json()["error"]["message"]
        assert message.startswith(f"(#100) The sandbox does not model {call};")
        address = message.rpartition(" ")[2]
        assert address == f"{HOST}/_sandbox/graph.json"
        described = graph.sandbox("GET", "/graph.json").json()
        assert "/{page_id}" in described["paths"]


def test_what_nobody_knows_is_an_unknown_path(graph: Graph) -> None:
    # [A37]
    for path in (f"/{OWNER}/no_such_edge", f"/{AD_ACCOUNT}/clientss", f"/{PAGE}/x/y", "/me/nothing"):
        answer = graph("GET", path)
        assert failure(answer) == (400, 2500, None)
        edge = path.rpartition("/")[2]
        assert answer.json()["error"]["message"] == f"Unknown path components: /{edge}"
    answer = graph("GET", f"/{AD_ACCOUNT}/owned_pages")
    text = "(#100) Tried accessing nonexisting field (owned_pages) on node type (AdAccount)"
    assert answer.json()["error"]["message"] == text


# Switches


def test_suppress_http_code(graph: Graph) -> None:
    failed = graph("GET", f"/{OWNER}", "outsider-token")
    suppressed = graph.raw(
        "GET", f"/v26.0/{OWNER}".encode(), b"access_token=outsider-token&suppress_http_code=1"
    )
    assert (failed.status_code, suppressed.status_code) == (400, 200)
    assert suppressed.json()["error"]["code"] == 100
    sent = b"method=get&access_token=nobody&suppress_http_code=1"
    head = [(b"content-type", b"application/x-www-form-urlencoded"), (b"content-length", b"%d" % len(sent))]
    assert graph.raw("POST", b"/v26.0/me", b"", head, sent).status_code == 200
    off = b"access_token=outsider-token&suppress_http_code=0"
    assert graph.raw("GET", f"/v26.0/{OWNER}".encode(), off).status_code == 400


def test_metadata(graph: Graph) -> None:
    shown = graph("GET", f"/{OWNER}", params={"metadata": "1"}).json()
    assert shown["name"] == "Example Owner"
    metadata = shown["metadata"]
    assert metadata["type"] == "business"
    assert {
        "name": "created_time",
        "description": "A time, with no colon in the offset.",
        "type": "datetime",
    } in (metadata["fields"])
    assert metadata["connections"]["owned_pages"] == f"{BASE}/{OWNER}/owned_pages"
    shown = graph("GET", f"/{AD_ACCOUNT}", params={"fields": "metadata{type}"}).json()
    assert shown["metadata"]["type"] == "adaccount"
    assert "metadata" not in graph("GET", f"/{OWNER}", params={"metadata": "0"}).json()


def test_debug_and_date_format(graph: Graph) -> None:
    assert graph("GET", f"/{OWNER}", params={"debug": "all"}).json()["__debug__"] == {}
    fields = {"fields": "agencies.limit(1){access_updated_time},business{created_time}", "date_format": "U"}
    answer = graph.raw(
        "GET", f"/v26.0/{CROWDED}".encode(), f"{httpx.QueryParams(fields)}&access_token=owner-token".encode()
    )
    shown = answer.json()
    assert shown["business"] == {"created_time": 1389137169, "id": OWNER}
    assert isinstance(shown["agencies"]["data"][0]["access_updated_time"], int)


def test_a_callback_makes_it_a_script(graph: Graph) -> None:
    def script(callback: str) -> httpx.Response:
        query = httpx.QueryParams({"access_token": "owner-token", "callback": callback})
        return graph.raw("GET", b"/v26.0/me", str(query).encode())

    answer = script("jQuery.cb_1")
    assert answer.headers["content-type"] == "text/javascript; charset=UTF-8"
    assert answer.text == '/**/jQuery.cb_1({"name":"Admin of Example Owner","id":"122002222222222"});'
    for bad in ("alert(1)//", "<b>", "a\nb", "", "x" * 101, "é"):
        assert script(bad).json()["id"] == "122002222222222"


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
    assert first == page(after="")[0] == page(before="")[0] == ["001", "002", "003"]  # [A47]
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
    for wrong in ("a b", "ä", "x" * 201, "MTA\n"):
        assert failure(graph("GET", f"/{CROWDED}/agencies", params={"after": wrong})) == INVALID


@pytest.mark.parametrize("limit", ["0", "-1", "-" + "9" * 30, "1.5", "abc", "", "1e1", " 5", "٣"])
def test_limits_that_are_not_valid(graph: Graph, limit: str) -> None:
    # [A21]
    answer = graph("GET", f"/{CROWDED}/agencies", params={"limit": limit})
    assert failure(answer) == INVALID
    assert answer.json()["error"]["message"].startswith("(#100) Param limit ")


@pytest.mark.parametrize("limit", ["101", "200", "5000", "100000000", "9" * 30])
def test_a_limit_above_the_greatest_is_cut_to_it(graph: Graph, limit: str) -> None:
    # [A21]
    shown = graph("GET", f"/{CROWDED}/agencies", params={"limit": limit}).json()
    assert len(shown["data"]) == 100
    rest = fetch(graph, shown["paging"]["next"]).json()
    assert (len(rest["data"]), "next" in rest["paging"]) == (CROWD - 100, False)


@pytest.mark.parametrize("summary", ["true", "1", "total_count", "True", '["total_count"]'])
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
    method, path, token, query, body = succeeding_call(graph, operation_id)
    plain = graph(method, path, token, params=query, json=body or None)
    assert plain.status_code == 200, plain.text
    graph.sandbox("POST", "/reset")
    succeeding_call(graph, operation_id)
    stray = {"id": path.split("/")[1]}
    if method == "POST":
        answer = graph(method, f"{path}/", token, params=query, json=body | stray)
    else:
        answer = graph(method, f"{path}/", token, params=query | stray | {"summary": "true"}, json={})
    shown, expected = answer.json(), plain.json()
    shown.pop("summary", None)
    if "system_user" in operation_id or operation_id == "create_access_token":
        assert shown.keys() == expected.keys()
        shown.pop("access_token", None), expected.pop("access_token", None)  # each is a new one
    assert shown == expected


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
    # [A38] callers of JSONP can send nothing but GET
    graph("POST", path, json=GRANT)
    answer = graph("GET", path, meant="DELETE", params={"method": "delete", "business": AGENCY})
    assert answer.json() == {"success": True}
    params = {"method": "post", "business": AGENCY, "permitted_tasks": "ADVERTISE"}
    assert graph("GET", path, meant="POST", params=params).json() == {"success": True}
    graph("DELETE", path, params={"business": AGENCY})
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
        ({"json": {**GRANT, "permitted_tasks": COMPACT}}, TASKS),
        ({"json": {**GRANT, "permitted_tasks": "ADVERTISE, ANALYZE"}}, TASKS),
        ({"data": {"business": AGENCY, "permitted_tasks": "ADVERTISE,ANALYZE"}}, TASKS),
        ({"data": {"business": AGENCY, "permitted_tasks": TASKS}}, TASKS),
        ({"data": {"business": AGENCY, "permitted_tasks[]": TASKS}}, TASKS),
        (
            {"data": {"business": AGENCY, "permitted_tasks[1]": TASKS[1], "permitted_tasks[0]": TASKS[0]}},
            TASKS,
        ),
        ({"data": {"business": AGENCY, "permitted_tasks[]": COMPACT}}, TASKS),
        ({"params": {"business": AGENCY, "permitted_tasks[0]": "ADVERTISE"}}, ["ADVERTISE"]),
        ({"json": {"business": AGENCY, "permitted_tasks[0]": "ADVERTISE"}}, ["ADVERTISE"]),
        ({"files": [("business", (None, AGENCY)), *(("permitted_tasks", (None, t)) for t in TASKS)]}, TASKS),
        ({"content": f"business={AGENCY}&permitted_tasks={COMPACT}"}, TASKS),
        ({"content": json.dumps(GRANT)}, TASKS),
        ({"content": json.dumps(GRANT), "headers": {"Content-Type": "text/plain;charset=UTF-8"}}, TASKS),
        (
            {
                "content": f"business={AGENCY}&permitted_tasks=ANALYZE",
                "headers": {"Content-Type": "text/plain"},
            },
            ["ANALYZE"],
        ),
        (
            {"content": json.dumps(GRANT), "headers": {"Content-Type": "Application/JSON; charset=utf-8"}},
            TASKS,
        ),
    ],
)
def test_every_encoding(graph: Graph, sent: dict[str, Any], tasks: list[str]) -> None:
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
        (json_text("{}", "text/html"), "The request cannot be read: the body must be application/json"),
        (json_text("{", "text/plain"), "The request cannot be read: unexpected end of data"),
        ({"content": b"a=1"}, "The parameter business is required"),
        ({"json": [GRANT]}, "The request cannot be read: the body must be a JSON object"),
        ({"json": "x"}, "The request cannot be read: the body must be a JSON object"),
        (json_text('{"business": "\\ud800"}'), "The request cannot be read: "),
        (form([AGENCY, AGENCY]), ONE_VALUE),
        ({"params": {"business": [AGENCY, OWNER], "permitted_tasks": SINGLE}}, ONE_VALUE),
        (json_text(f'{{"business":"{AGENCY}","business":"1"}}'), ONE_VALUE),
        (json_text('{"business":{"a":1,"a":2}}'), VALID_ID),
        (json_text('{"business":[{"a":1,"a":2}]}'), VALID_ID),
        ({"files": {"business": ("b.txt", AGENCY), "permitted_tasks": (None, SINGLE)}}, ONE_VALUE),
        (form(permitted_tasks="ADVERTISE,X"), "Param permitted_tasks[1] must be one of {MANAGE"),
        (form(permitted_tasks=["ADVERTISE", "X"]), "Param permitted_tasks[1] must be one of {MANAGE"),
        (form(permitted_tasks=""), "Param permitted_tasks must be an array"),
        (form(permitted_tasks="[]"), "Param permitted_tasks must be an array"),
        (form(permitted_tasks="['ADVERTISE'"), "Param permitted_tasks must be an array"),
        (form(permitted_tasks="['ADVERTISE\"]"), "Param permitted_tasks must be an array"),
        (form(permitted_tasks='{"0":"ADVERTISE"}'), "Param permitted_tasks[0] must be one of {MANAGE"),
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
    "a name": "you",
}


@pytest.mark.parametrize("id", BAD_IDS.values(), ids=BAD_IDS)
@pytest.mark.parametrize("operation_id", [one.id for one in OPERATIONS.values() if "{" in one.path])
def test_ids_that_are_not_valid(graph: Graph, operation_id: str, id: str) -> None:
    template, method = OPERATIONS[operation_id].path, OPERATIONS[operation_id].method.upper()
    path = "/".join(part[: part.index("{")] + id if "{" in part else part for part in template.split("/"))
    answer = graph.raw(method, f"/v26.0{path}".encode(), b"access_token=owner-token")
    assert ERRORS.is_valid(answer.json())
    # The server decodes the path: a slash separates, however it is written.
    expected: tuple[int, int, int | None] = (400, 2500, None) if "%2F" in id else (404, 803, None)
    if path == "/":  # without an id it is another one
        expected = (400, 100, None) if method == "GET" else (405, 100, 33)
    assert failure(answer) == expected


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
        (f"/{OWNER}/clients?limit=-1", "owner-token", "invalid_request", "(#100) Param limit is not valid: "),
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


PATHS = {operation.path for operation in OPERATIONS.values()}


@pytest.mark.parametrize("path", sorted(PATHS))
def test_other_methods_get_405_with_exactly_what_the_path_allows(graph: Graph, path: str) -> None:
    # [A17]
    # Where several operations have one form of path, the id tells them apart.
    ids = {"{business_id}": OWNER, "{page_id}": PAGE, "{user_id}": "122002222222222"}
    several = ("", "/business_users")
    allowed = {one.method.upper() for one in OPERATIONS.values() if one.path == path}
    node, slash, edge = path[1:].partition("/")
    id = ids.get(node, "1") if slash + edge in several else "1"
    concrete = re.sub("{.*}", id, path)
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


def test_an_operation_without_a_handler_and_a_handler_without_an_operation_are_named() -> None:
    fewer = {name: handler for name, handler in HANDLERS.items() if name != "list_clients"}
    with pytest.raises(ValueError, match=r"without a handler: \['list_clients'\]"):
        Wire(B2B, fewer, READERS)
    with pytest.raises(ValueError, match=r"without an operation in .*openapi/b2b\.yaml: \['list_nothing'\]"):
        Wire(B2B, {**HANDLERS, "list_nothing": HANDLERS["list_clients"]}, READERS)


def test_an_operation_more_needs_no_change_to_routing(tmp_path: Path, graph: Graph) -> None:
    tree = yaml.safe_load((OPENAPI / "b2b.yaml").read_bytes())
    edge = tree["paths"]["/{business_id}/clients"]
    tree["paths"]["/{business_id}/things"] = {
        "parameters": edge["parameters"],
        "put": {**edge["get"], "operationId": "put_things"},
    }
    file = tmp_path / "more.yaml"
    file.write_text(yaml.safe_dump(tree))
    wire = Wire(
        Document.load(file),
        {**HANDLERS, "put_things": lambda call: {"put": call.path["business_id"]}},
        READERS,
    )
    for method, expected in (("PUT", (200, {"put": "1"})), ("GET", (405, None))):
        answer = wire.answer(
            Request(method, "/v26.0/1/things", "access_token=owner-token", {}), graph.worlds.first
        )
        assert answer.status == expected[0]
        assert expected[1] is None or json.loads(answer.body) == expected[1]
