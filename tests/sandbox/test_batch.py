"""Several calls in one request: `POST /` with `batch`, and `GET /?ids=`."""

import hashlib
import hmac
import json
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpx
import pytest
from facebook_business.adobjects.adaccount import AdAccount
from facebook_business.adobjects.business import Business
from facebook_business.adobjects.businessownedobjectonbehalfofrequest import (
    BusinessOwnedObjectOnBehalfOfRequest,
)
from facebook_business.adobjects.page import Page
from facebook_business.api import FacebookAdsApi, FacebookAdsApiBatch, FacebookSession
from meta_b2b_sandbox.batch import MAX_QUERY, MAX_REFERENCES, MAX_TEXT
from meta_b2b_sandbox.tokens import APP_SECRET
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, CROWDED, OWNER, PAGE, REVIEWED

from tests.support.graph import BASE, ERRORS, Graph, failure
from tests.support.sandbox import HTTP, WatchedSandbox

FORM = "application/x-www-form-urlencoded"
HOST = BASE.rpartition("/")[0]
OBO, APPROVED, FROM_OWNER = "1111111111", "1111111112", "1111111114"
OTHERS = "9000000001"  # a business that the owner sees, and the agency does not
GET = {"method": "GET", "relative_url": OBO}
GRANT = {"method": "POST", "relative_url": f"{AD_ACCOUNT}/agencies"}
GRANT["body"] = f"business={AGENCY}&permitted_tasks=ADVERTISE"
INVALID = (400, 100, None)


def get(relative_url: str, **more: Any) -> dict[str, Any]:
    """An item that reads."""
    return {"method": "GET", "relative_url": relative_url, **more}


def call(graph: Graph, *items: Any, token: str | None = "agency-token", **params: Any) -> list[Any]:
    """The answers to a batch, as it is sent in a form, with their bodies read."""
    answer = graph("POST", "/", token, data={"batch": json.dumps(items), **params})
    assert answer.status_code == 200, answer.text
    return read(answer)


def read(answer: httpx.Response) -> list[Any]:
    """The answers, as (status, JSON), or null."""
    return [one and (one["code"], json.loads(one["body"])) for one in answer.json()]


def refused(answer: tuple[int, Any], text: str) -> None:
    """An item was answered with an error that says this, and was not called."""
    assert (answer[0], answer[1]["error"]["code"]) == (400, 100), answer
    assert text in answer[1]["error"]["message"]


# Where it may be sent, and how


@pytest.mark.operation("send_batch")
@pytest.mark.parametrize(
    ("url", "version"),
    [
        (f"{HOST}/", "v26.0"),
        (HOST, "v26.0"),
        (f"{HOST}/v24.0", "v24.0"),
        (f"{HOST}/v24.0/", "v24.0"),
        (f"{HOST}/v2.11/", "v20.0"),
        (f"{HOST}/v24.0/me", "v24.0"),
        (f"{HOST}/me/", "v26.0"),
        (f"{HOST}/v24.0/{PAGE}", "v24.0"),
    ],
)
@pytest.mark.parametrize("place", ["query", "form", "multipart", "JSON text", "JSON list"])
def test_where_a_batch_is_sent(graph: Graph, url: str, version: str, place: str) -> None:
    text = json.dumps([GET, {**GET, "relative_url": f"v25.0/{OBO}"}])
    ways: dict[str, dict[str, Any]] = {
        "query": {"params": {"batch": text}},
        "form": {"data": {"batch": text}},
        "multipart": {"files": {"batch": (None, text)}},
        "JSON text": {"json": {"batch": text}},
        "JSON list": {"json": {"batch": json.loads(text)}},
    }
    request = httpx.Request("POST", url, headers={"Authorization": "Bearer agency-token"}, **ways[place])
    headers = [(k.lower(), v) for k, v in request.headers.raw]
    parts = urlsplit(request.url.raw_path)
    answer = graph.raw("POST", parts.path, parts.query, headers, request.read())
    graph.called.add("send_batch")
    assert (answer.status_code, answer.headers["facebook-api-version"]) == (200, version)
    assert [status for status, _ in read(answer)] == [200, 200]
    versions = [
        header["value"]
        for item in answer.json()
        for header in item["headers"]
        if header["name"] == "Facebook-Api-Version"
    ]
    assert versions == [version, "v25.0"]  # an item's own counts


def test_a_post_to_a_node_without_a_batch_is_none(graph: Graph) -> None:
    for body in ("", "x=batch", "batches=1"):
        answer = graph("POST", f"/{OBO}", "agency-token", content=body, headers={"Content-Type": FORM})
        assert failure(answer) == (405, 100, 33)
    answer = graph("POST", f"/{OBO}", "agency-token", content=b"\xffbatch", headers={"Content-Type": FORM})
    assert failure(answer)[0] == 400


@pytest.mark.operation("send_batch")
def test_a_comma_after_the_last_item_is_no_error(graph: Graph) -> None:
    answer = graph("POST", "/", "agency-token", data={"batch": f"[{json.dumps(GET)}, ]\n"})
    assert [status for status, _ in read(answer)] == [200]


@pytest.mark.operation("send_batch")
@pytest.mark.parametrize("value", ["false", False, 0, "0"])
def test_without_headers(graph: Graph, value: Any) -> None:
    answer = graph("POST", "/", "agency-token", json={"batch": [GET], "include_headers": value})
    assert [set(item) for item in answer.json()] == [{"code", "body"}]
    if isinstance(value, str):
        url = f"/?include_headers={value}"
        assert "headers" not in graph("POST", url, "agency-token", json={"batch": [GET]}).json()[0]


@pytest.mark.operation("send_batch")
@pytest.mark.parametrize("value", ["true", "1", None])
def test_with_headers(graph: Graph, value: str | None) -> None:
    params = {"include_headers": value} if value else {}
    good, bad = graph("POST", "/", params=params, json={"batch": [GET, get("1")]}).json()
    assert good.keys() == bad.keys() == {"code", "headers", "body"}
    names = {header["name"]: header["value"] for header in bad["headers"]}
    assert names["Content-Type"] == "text/javascript; charset=UTF-8"
    assert (names["Access-Control-Allow-Origin"], names["Cache-Control"]) == ("*", "no-store")
    token = graph("POST", "/", json={"batch": [get(OBO + "?access_token=x")]}).json()[0]
    assert "WWW-Authenticate" in {header["name"] for header in token["headers"]}


# Items


@pytest.mark.operation("send_batch")
def test_each_item_is_answered_as_if_it_came_alone(graph: Graph) -> None:
    got = call(
        graph,
        get(f"/{OBO}?fields=id,status"),
        get("1"),
        GRANT,
        get(f"{AD_ACCOUNT}/agencies/"),
        {"method": "delete", "relative_url": f"v26.0/{AD_ACCOUNT}/agencies", "body": f"business={AGENCY}"},
        get(f"{AD_ACCOUNT}/agencies?fields=id", body=""),
        get(f"{CROWDED}/agencies?limit=1&fields=id"),
        get(f"{OWNER}/agencys"),
        token="owner-token",
    )
    assert [status for status, _ in got] == [200, 400, 200, 200, 200, 200, 200, 400]
    bodies = [body for _, body in got]
    assert bodies[0] == {"id": OBO, "status": "IN_PROGRESS"}
    assert (bodies[1]["error"]["code"], bodies[1]["error"]["error_subcode"]) == (100, 33)
    assert bodies[2] == bodies[4] == {"success": True}
    assert [agency["id"] for agency in bodies[3]["data"]] == [AGENCY]
    assert bodies[5] == {"data": []}
    assert bodies[7]["error"]["code"] == 2500
    following = bodies[6]["paging"]["next"]
    assert following.startswith(f"{HOST}/v26.0/{CROWDED}/agencies?")
    assert "access_token=owner-token" in following
    assert graph("GET", following, None).json()["data"][0]["id"] == "9000000002"


@pytest.mark.operation("send_batch")
@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"method": None}, "Param method must be one of {GET,"),
        ({"method": "FETCH"}, "Param method must be one of {GET,"),
        ({"method": ["GET"]}, "Param method must be one of {GET,"),
        ({"relative_url": None}, "Param relative_url must be a string"),
        ({"relative_url": 1}, "Param relative_url must be a string"),
        ({"relative_url": f"https://graph.facebook.com/v26.0/{OBO}"}, "without scheme and host"),
        ({"relative_url": f"http://sandbox:4020/{OBO}"}, "without scheme and host"),
        ({"relative_url": f"//graph.facebook.com/{OBO}"}, "without scheme and host"),
        ({"relative_url": f"/https://x/{OBO}"}, "without scheme and host"),
        ({"body": {"a": 1}}, "Param body must be a string"),
        ({"name": 1}, "Param name must be a string"),
        ({"depends_on": ["a"]}, "Param depends_on must be a string"),
        ({"attached_files": "file1"}, "no call takes a file"),
        ({"attached_files": {"a": "b"}}, "no call takes a file"),
        ({"relative_url": f"{OBO}?a=" + "x" * MAX_TEXT}, f"relative_url is longer than {MAX_TEXT}"),
        ({"body": "x" * (MAX_TEXT + 1)}, f"body is longer than {MAX_TEXT}"),
        ({"relative_url": f"{OBO}?access_token=%ff"}, "cannot be read"),
        ({"relative_url": f"{OBO}?%ff=1"}, "cannot be read"),
        ({"body": "access_token=%ff"}, "cannot be read"),
        ({"relative_url": f"{OBO}?fields=nmae"}, "nonexisting field (nmae)"),
    ],
)
def test_an_item_that_is_wrong_hinders_no_other(graph: Graph, change: dict[str, Any], text: str) -> None:
    wrong, right = call(graph, {**GET, **change}, GET)
    refused(wrong, text)
    assert right[0] == 200


@pytest.mark.operation("send_batch")
def test_fields_of_an_item_may_be_null_or_empty(graph: Graph) -> None:
    empty: dict[str, Any] = {
        "name": None,
        "body": None,
        "depends_on": None,
        "attached_files": {},
        "headers": None,
    }
    headers = [{"name": "Content-Type", "value": "x"}]
    got = call(graph, {**GET, **empty}, {**GET, "attached_files": None, "headers": headers, "body": ""})
    assert [status for status, _ in got] == [200, 200]


@pytest.mark.operation("send_batch")
@pytest.mark.parametrize("url", ["", "/", "v25.0", "/v25.0/", "me?batch=[]", f"{PAGE}?batch=[]"])
def test_a_batch_in_a_batch_is_refused(graph: Graph, url: str) -> None:
    inner = "batch=" + quote(json.dumps([GRANT]))
    got = call(graph, {"method": "POST", "relative_url": url, "body": inner}, token="owner-token")
    refused(got[0], "A batch cannot hold another batch")
    assert graph.state()["accesses"][0]["business"] != AGENCY


# Tokens


@pytest.mark.operation("send_batch")
def test_an_items_own_token_counts(graph: Graph) -> None:
    own = get(f"{OTHERS}?access_token=owner-token")
    in_body = {"method": "GET", "relative_url": OTHERS, "body": "access_token=owner-token"}
    got = call(graph, get(OTHERS), own, in_body, get(f"{OTHERS}?access_token="), get(f"{OBO}?access_token=x"))
    assert [status for status, _ in got] == [400, 200, 200, 400, 400]
    assert [body["error"]["code"] for status, body in got if status == 400] == [100, 100, 190]


@pytest.mark.operation("send_batch")
@pytest.mark.parametrize("way", ["header", "query", "form"])
def test_the_batchs_token_is_read_as_of_every_call(graph: Graph, way: str) -> None:
    body = {"batch": json.dumps([GET])}
    wrong = {"access_token": "outsider-token"}
    if way == "header":
        headers = {"Authorization": "Bearer agency-token"}
        answer = graph("POST", "/", None, headers=headers, params=wrong, data={**body, **wrong})
    elif way == "query":
        answer = graph("POST", "/", "agency-token", data={**body, **wrong})
    else:
        answer = graph("POST", "/", None, data={**body, "access_token": "agency-token"})
    assert [status for status, _ in read(answer)] == [200]


@pytest.mark.operation("send_batch")
def test_the_batch_needs_a_token_even_if_each_item_has_one(graph: Graph) -> None:
    # [A31]
    item = get(f"{OBO}?access_token=agency-token")
    for token, expected in (
        (None, (400, 104, None)),
        ("x", (400, 190, None)),
        ("no-access-token", (400, 3, None)),
    ):
        assert failure(graph("POST", "/", token, json={"batch": [item]})) == expected


@pytest.mark.operation("send_batch")
def test_the_proof_of_the_batch_is_of_its_own_token(graph: Graph) -> None:
    proof = hmac.new(APP_SECRET.encode(), b"agency-token", hashlib.sha256).hexdigest()
    got = call(graph, GET, get(f"{OTHERS}?access_token=owner-token"), appsecret_proof=proof)
    assert [status for status, _ in got] == [200, 200]
    answer = graph("POST", "/", "owner-token", json={"batch": [GET], "appsecret_proof": proof})
    assert failure(answer) == INVALID
    assert call(graph, get(f"{OBO}?appsecret_proof=x"), appsecret_proof=proof)[0][0] == 400


# References, and what depends on what

SENT = get(f"{AGENCY}/sent_inprogress_onbehalf_requests", name="sent")


@pytest.mark.operation("send_batch")
@pytest.mark.parametrize("quoted", [False, True])
def test_a_result_in_a_query(graph: Graph, quoted: bool) -> None:
    reference = "{result=sent:$.data.*.id}"
    url = f"?ids={quote(reference) if quoted else reference}&fields=id"
    assert call(graph, SENT, get(url)) == [None, (200, {OBO: {"id": OBO}})]


@pytest.mark.operation("send_batch")
def test_many_results_are_joined_by_commas(graph: Graph) -> None:
    first = get(f"?ids={OBO},{FROM_OWNER}&fields=id", name="two")
    second = get("?ids={result=two:$.*.id}&fields=id")
    assert call(graph, first, second)[1] == (200, {OBO: {"id": OBO}, FROM_OWNER: {"id": FROM_OWNER}})


@pytest.mark.operation("send_batch")
def test_a_result_in_a_path_and_in_a_body(graph: Graph) -> None:
    asked = get(f"{CROWDED}/agencies?limit=1", name="agencies")
    grant = {**GRANT, "body": "business={result=agencies:$.data[0].id}&permitted_tasks=ANALYZE"}
    cancel = {"method": "DELETE", "relative_url": "{result=obo:$.id}"}
    got = call(graph, asked, grant, get(OBO, name="obo"), cancel, token="owner-token")
    assert got == [None, (200, {"success": True}), None, (200, {"success": "true"})]
    assert graph("GET", f"/{AD_ACCOUNT}/agencies").json()["data"][0]["id"] == "9000000001"


@pytest.mark.operation("send_batch")
def test_a_result_cannot_become_more_than_a_value(graph: Graph) -> None:
    business = {"id": "7", "name": "A&B=C#D é+%"}
    graph.store.add_business("7", business["name"])
    graph("POST", f"/{AD_ACCOUNT}/agencies", json={"business": "7", "permitted_tasks": ["ANALYZE"]})
    first = get(f"{AD_ACCOUNT}/agencies", name="a")
    second = get(
        f"{AGENCY}/client_ad_accounts?search_query={{result=a:$.data[0].name}}&limit=1&access_token=agency-token"
    )
    nothing, found = call(graph, first, second, token="owner-token")
    assert (nothing, found) == (None, (200, {"data": []}))
    third = {**GRANT, "body": "business={result=a:$.data[0].name}&permitted_tasks=ANALYZE"}
    refused(call(graph, first, third, token="owner-token")[1], "Param business must be a valid ID string")


@pytest.mark.operation("send_batch")
@pytest.mark.parametrize("told", [None, True, False, "true", "false"])
@pytest.mark.parametrize("used", [False, True])
def test_when_null_stands_for_an_answer(graph: Graph, told: Any, used: bool) -> None:
    first = {**GET, "name": "first"}
    if told is not None:
        first["omit_response_on_success"] = told
    second = {**GET, "depends_on": "first"} if used else GET
    got = call(graph, first, second)
    omitted = used if told is None else told in (True, "true")
    assert (got[0] is None) == omitted
    assert got[1][0] == 200
    # A failure is told always, and what has no name too.
    assert call(graph, {**first, "relative_url": "1"})[0][0] == 400
    assert call(graph, {**first, "name": None})[0][0] == 200


@pytest.mark.operation("send_batch")
@pytest.mark.parametrize("reference", [{"depends_on": "f"}, {"relative_url": "{result=f:$.id}"}])
@pytest.mark.parametrize("later", [False, True])
def test_a_name_that_is_unknown_or_comes_later(graph: Graph, reference: dict[str, str], later: bool) -> None:
    items = [{**GET, **reference}, {**GRANT, "name": "f" if later else "g"}]
    answer = graph("POST", "/", json={"batch": items})
    assert answer.status_code == 400
    error = answer.json()["error"]
    del error["fbtrace_id"]
    assert error == {
        "message": "Request 0 cannot depend on an  unresolved request with  name f."
        " Requests can only depend on preceding requests",
        "type": "GraphBatchException",
    }
    assert graph("GET", f"/{AD_ACCOUNT}/agencies").json() == {"data": []}  # nothing was called


@pytest.mark.operation("send_batch")
@pytest.mark.parametrize(
    "items",
    [
        [{**GET, "name": "a", "depends_on": "a"}],
        [{**GET, "name": "a", "depends_on": "b"}, {**GET, "name": "b", "depends_on": "a"}],
        [{**GET, "name": "a", "body": "x={result=a:$.id}"}],
    ],
)
def test_cycles_are_names_that_come_later(graph: Graph, items: list[Any]) -> None:
    answer = graph("POST", "/", json={"batch": items})
    assert answer.json()["error"]["type"] == "GraphBatchException"


@pytest.mark.operation("send_batch")
def test_what_depends_on_a_failure_is_not_called(graph: Graph) -> None:
    # [A32]
    failing = get("1", name="failing")
    dependent = {**GRANT, "name": "dependent", "depends_on": "failing"}
    got = call(graph, failing, dependent, {**GET, "depends_on": "dependent"}, GET, token="owner-token")
    assert [status for status, _ in got] == [400, 400, 400, 200]
    refused(got[1], "Request 1 depends on the request with name failing, which failed")
    refused(got[2], "Request 2 depends on the request with name dependent, which failed")
    assert graph("GET", f"/{AD_ACCOUNT}/agencies").json() == {"data": []}


@pytest.mark.operation("send_batch")
@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("$.nothing", "finds nothing"),
        ("$.data[7].id", "finds nothing"),
        ("", "cannot be read"),
        ("data.id", "cannot be read"),
        ("$.data[", "cannot be read"),
        ("$[99999999999999999999]", "cannot be read"),
        ("$.data[?@.id == '1']", "has a filter"),
        ("$.data[0,0]", "list of selectors"),
        ("$..*..*", "too long"),
        ("$" + ".a" * 100, "too long"),
    ],
)
def test_a_path_that_is_wrong_or_finds_nothing(graph: Graph, path: str, text: str) -> None:
    # [A32]
    _, wrong, right = call(graph, SENT, {**GET, "body": f"x={{result=sent:{path}}}"}, GET)
    refused(wrong, text)
    assert right[0] == 200


# What fails as a whole


@pytest.mark.operation("send_batch")
def test_more_than_fifty(graph: Graph) -> None:
    # [A33]
    assert len(call(graph, *[GET] * 50)) == 50
    answer = graph("POST", "/", json={"batch": [GET] * 51})
    assert answer.status_code == 400
    error = answer.json()["error"]
    del error["fbtrace_id"]
    text = "Too many requests in batch message. Maximum batch size is 50"
    assert error == {"message": text, "type": "GraphBatchException"}


@pytest.mark.operation("send_batch")
@pytest.mark.parametrize(
    "batch",
    [
        *("", " ", "x", "{}", "[]", "[,]", "[1]", "null", '"[]"', "[null]", '[{"method":"GET"} {}]', "[NaN]"),
        json.dumps([GET, []]),
        json.dumps([GET]) + "x",
        "[" * 100_000,
        "[" * 900 + "]" * 900,
        '[{"method":"GET","relative_url":"\\ud800"}]',
        "[" + "{}," * 100 + "1]",
    ],
)
def test_what_is_no_list_of_items_is_refused(graph: Graph, batch: str) -> None:
    answer = graph("POST", "/", data={"batch": batch})
    expected = "GraphBatchException" if batch.count("{},") == 100 else "OAuthException"
    assert (answer.status_code, answer.json()["error"]["type"]) == (400, expected)
    if expected == "OAuthException":
        assert failure(answer) == INVALID


@pytest.mark.operation("send_batch")
@pytest.mark.parametrize("batch", [[], {}, 1, None, True, [1], [[]], [GET, None]])
def test_json_that_is_no_list_of_items_is_refused(graph: Graph, batch: Any) -> None:
    assert failure(graph("POST", "/", json={"batch": batch})) == INVALID


@pytest.mark.operation("send_batch")
def test_a_batch_that_is_missing_or_given_twice(graph: Graph) -> None:
    # [A16]
    answer = graph("POST", "/")
    assert failure(answer) == INVALID
    assert answer.json()["error"]["message"] == "(#100) The parameter batch is required"
    answer = graph("POST", "/", content="batch=[]&batch=[]", headers={"Content-Type": FORM})
    assert answer.json()["error"]["message"] == "(#100) Param batch must have one value"
    # A name that stands twice in an item is this item's mistake.
    twice = '[{"method":"GET","relative_url":"1","relative_url":"2"}]'
    refused(read(graph("POST", "/", data={"batch": twice}))[0], "Param relative_url must be a string")


def test_other_methods_at_the_root(graph: Graph) -> None:
    answer = graph("DELETE", "/")
    assert failure(answer) == (405, 100, 33)
    assert answer.headers["allow"] == "GET, POST"


# What would be too much


@pytest.mark.operation("send_batch")
def test_too_many_references(graph: Graph) -> None:
    reference = "{result=sent:$.data}"
    for count, length in ((10_000, MAX_TEXT - 10), (MAX_REFERENCES + 1, MAX_TEXT)):
        url = (reference * count)[:length]
        answer = graph("POST", "/", "agency-token", json={"batch": [SENT, get(f"?ids={url}")]})
        assert failure(answer) == INVALID
        assert f"more than {MAX_REFERENCES} references" in answer.json()["error"]["message"]


@pytest.mark.operation("send_batch")
def test_results_that_multiply(graph: Graph) -> None:
    crowd = get(f"{CROWDED}/agencies?limit=100", name="crowd")
    many = get("?ids=" + "{result=crowd:$}" * MAX_REFERENCES)
    refused(call(graph, crowd, many, token="owner-token")[1], "longer than")
    everything = get("?ids={result=crowd:$..*}")
    refused(call(graph, crowd, everything, token="owner-token")[1], "longer than")


@pytest.mark.operation("send_batch")
def test_answers_that_are_too_large_together(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meta_b2b_sandbox.batch.MAX_ANSWER", 30_000)
    got = call(graph, *[get(f"{CROWDED}/agencies?limit=100")] * 50, token="owner-token")
    assert [status for status, _ in got[:2]] == [200, 200]
    refused(got[-1], "larger than 30000 bytes")


# Faults


@pytest.mark.operation("send_batch")
def test_faults_of_items_and_of_the_batch(graph: Graph) -> None:
    faults = [
        {"operation": "get_obo_request", "code": 4},
        {"operation": "send_batch", "times": 1, "code": 2},
    ]
    for fault in faults:
        assert graph.sandbox("POST", "/faults", json=fault).status_code == 200
    assert failure(graph("POST", "/", "agency-token", json={"batch": [GET]}))[1] == 2
    assert [status for status, _ in call(graph, GET, GET)] == [403, 200]


@pytest.mark.operation("send_batch")
def test_delays_add_up(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("meta_b2b_sandbox.app.asyncio.sleep", sleep)
    graph.sandbox("POST", "/faults", json={"operation": "get_obo_request", "times": 4, "delay_ms": 2000})
    graph.sandbox("POST", "/faults", json={"operation": "send_batch", "delay_ms": 1000})
    call(graph, GET, get(f"?ids={OBO},{FROM_OWNER}"), get("1"))
    assert waited == [9.0]


# ids


@pytest.mark.operation("get_nodes")
@pytest.mark.parametrize("url", [f"{BASE}/", BASE, f"{HOST}/", f"{HOST}", f"{HOST}/v24.0"])
def test_nodes_by_their_ids(graph: Graph, url: str) -> None:
    answer = graph(
        "GET", url, "agency-token", params={"ids": f"{FROM_OWNER},{OBO},{FROM_OWNER}", "fields": "id,status"}
    )
    # In the order asked for, and the one that stands there twice once.
    assert list(answer.json().items()) == [
        (id, {"id": id, "status": "IN_PROGRESS"}) for id in (FROM_OWNER, OBO)
    ]
    for id in (OBO, FROM_OWNER):
        alone = graph("GET", f"/{id}", "agency-token").json()
        assert graph("GET", url, "agency-token", params={"ids": id}).json() == {id: alone}


def edge(graph: Graph, path: str, token: str, **params: Any) -> httpx.Response:
    """`GET /{edge}?ids=`, which the document describes in words only."""
    query = urlencode({"access_token": token, **params})
    graph.called.add("get_nodes")
    return graph.raw("GET", path.encode(), query.encode())


@pytest.mark.operation("get_nodes")
@pytest.mark.parametrize("prefix", ["/v26.0", "", "/v24.0"])
def test_an_edge_of_several_ids(graph: Graph, prefix: str) -> None:
    for slash in ("", "/"):
        answer = edge(
            graph, f"{prefix}/agencies{slash}", "owner-token", ids=f"{AD_ACCOUNT},{CROWDED}", limit=2
        )
        assert answer.status_code == 200
        assert answer.headers["facebook-api-version"] == (prefix or "/v26.0")[1:]
        assert answer.json()[AD_ACCOUNT] == {"data": []}
        crowd = answer.json()[CROWDED]
        assert len(crowd["data"]) == 2
        address = urlsplit(crowd["paging"]["next"])
        assert address.path == f"{prefix or '/v26.0'}/{CROWDED}/agencies"
        assert "ids" not in address.query
    following = graph("GET", crowd["paging"]["next"], None).json()["data"]
    assert [agency["id"] for agency in following] == ["9000000003", "9000000004"]
    answer = edge(graph, "/onbehalf_requests", "owner-token", ids=AD_ACCOUNT, fields="id")
    assert answer.json()[AD_ACCOUNT] == graph("GET", f"/{AD_ACCOUNT}/onbehalf_requests?fields=id").json()
    answer = edge(graph, "/pending_owned_pages", "owner-token", ids=OWNER, summary="true")
    assert answer.json() == {OWNER: {"data": [], "summary": {"total_count": 0}}}


@pytest.mark.operation("get_nodes")
def test_what_is_no_edge_is_an_alias_as_without_ids(graph: Graph) -> None:
    for path in ("/agencys", f"/{OBO}x"):
        assert failure(edge(graph, path, "owner-token", ids=OBO)) == (404, 803, None)
    # `ids` means nothing to a node.
    assert graph("GET", f"/{OBO}?ids={FROM_OWNER}", "agency-token").json()["id"] == OBO


@pytest.mark.operation("get_nodes")
@pytest.mark.parametrize("count", [51, 54, 4_000])
def test_more_than_fifty_ids(graph: Graph, count: int) -> None:
    ids = ",".join([OBO] * count)
    answer = graph("GET", "/", "agency-token", params={"ids": ids})
    assert failure(answer) == INVALID
    assert answer.json()["error"]["message"] == f"(#100) Too many IDs. Maximum: 50. Provided: {count}."
    assert graph("GET", "/", "agency-token", params={"ids": ",".join([OBO] * 50)}).status_code == 200
    assert edge(graph, "/agencies", "owner-token", ids=ids).json()["error"]["message"].endswith(f"{count}.")


@pytest.mark.operation("get_nodes")
@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (f"{OBO},1", (400, 100, 33)),
        (f"1,{OBO}", (400, 100, 33)),
        (f"{OBO},abc", (404, 803, None)),
        (f"{OBO},{OTHERS}", (400, 100, 33)),  # not the agency's
        (f"{OBO}, {FROM_OWNER},x", (404, 803, None)),
        (OBO + ",1%00", (404, 803, None)),
    ],
)
def test_one_id_that_fails_fails_all(graph: Graph, ids: str, expected: Any) -> None:
    # [A34]
    assert failure(graph("GET", "/", "agency-token", params={"ids": ids})) == expected


@pytest.mark.operation("get_nodes")
@pytest.mark.parametrize(
    "ids", ["", ",", f"{OBO},", f",{OBO}", f"{OBO},,{FROM_OWNER}", f"{OBO}/agencies", " "]
)
def test_ids_that_are_no_list(graph: Graph, ids: str) -> None:
    answer = graph("GET", "/", "agency-token", params={"ids": ids})
    assert failure(answer) == INVALID
    assert "Param ids must be a list of ids" in answer.json()["error"]["message"]


@pytest.mark.operation("get_nodes")
def test_ids_that_are_missing_or_given_twice(graph: Graph) -> None:
    # [A16]
    assert graph("GET", "/").json()["error"]["message"] == "(#100) The parameter ids is required"
    answer = graph("GET", "/?ids=1&ids=2")
    assert answer.json()["error"]["message"] == "(#100) Param ids must have one value"
    assert failure(edge(graph, "/agencies", "owner-token")) == (404, 803, None)
    twice = graph.raw("GET", b"/agencies", b"ids=1&ids=2&access_token=owner-token")
    assert twice.json()["error"]["message"] == "(#100) Param ids must have one value"
    for query in (b"ids=%ff", b"%ff=1&ids=1"):
        assert failure(graph.raw("GET", b"/agencies", query + b"&access_token=owner-token"))[0] in (400, 404)
    # Parameters of each call that are given twice are each call's mistake.
    answer = graph("GET", f"/?ids={OBO}&fields=id&fields=id", "agency-token")
    assert answer.json()["error"]["message"].startswith('Syntax error "Field id specified more than once.')


@pytest.mark.operation("get_nodes")
def test_a_long_query_beside_ids(graph: Graph) -> None:
    answer = graph("GET", "/", "agency-token", params={"ids": OBO, "x": "x" * MAX_QUERY})
    assert failure(answer) == INVALID
    assert f"longer than {MAX_QUERY} characters" in answer.json()["error"]["message"]


@pytest.mark.operation("get_nodes")
def test_ids_of_a_token_in_the_header_and_by_another_method(graph: Graph) -> None:
    headers = {"Authorization": "Bearer agency-token"}
    wanted = {OBO: {"id": OBO}}
    assert graph("GET", f"/?ids={OBO}&fields=id", None, headers=headers).json() == wanted
    assert failure(graph("GET", f"/?ids={OBO}", None)) == (400, 104, None)
    data = {"method": "get", "ids": OBO, "fields": "id", "access_token": "agency-token"}
    assert graph("POST", "/", None, meant="GET", data=data).json() == wanted
    assert graph("POST", f"/?ids={OBO}&method=GET&fields=id", "agency-token", meant="GET").json() == wanted


# Wire forms of Meta's Ruby and Java SDKs, as their source writes them


@pytest.mark.operation("send_batch")
def test_metas_ruby_sdk(graph: Graph) -> None:
    """To the version with a slash, the token in the query; each item with a random name and a body."""

    def item(method: str, url: str, body: str = "") -> dict[str, Any]:
        return {
            "name": str(uuid.uuid4()),
            "method": method,
            "relative_url": url,
            "body": body,
            "omit_response_on_success": False,
        }

    proof = hmac.new(APP_SECRET.encode(), b"owner-token", hashlib.sha256).hexdigest()
    tasks = quote('["ADVERTISE"]')
    items = [
        item("POST", f"{AD_ACCOUNT}/agencies", f"business={AGENCY}&permitted_tasks={tasks}"),
        item("GET", f"{AD_ACCOUNT}/agencies?fields=id"),
        item("DELETE", f"{AD_ACCOUNT}/agencies?business={AGENCY}"),
        item("GET", f"{AD_ACCOUNT}/agencies"),
    ]
    query = {"access_token": "owner-token", "appsecret_proof": proof}
    answer = graph("POST", f"{HOST}/v25.0/", None, params=query, data={"batch": json.dumps(items)})
    assert [body for _, body in read(answer)] == [
        {"success": True},
        {"data": [{"id": AGENCY}], "paging": read(answer)[1][1]["paging"]},
        {"success": True},
        {"data": []},
    ]
    assert all({"name", "value"} == header.keys() for one in answer.json() for header in one["headers"])


@pytest.mark.operation("send_batch")
def test_metas_java_sdk(graph: Graph) -> None:
    """To the root without a version, as multipart; the version stands in each item."""
    proof = hmac.new(APP_SECRET.encode(), b"owner-token", hashlib.sha256).hexdigest()
    items = [
        {"method": "GET", "relative_url": f"v25.0/{OBO}?fields=id", "name": None, "attached_files": {}},
        {
            "method": "POST",
            "relative_url": f"v25.0/{AD_ACCOUNT}/agencies",
            "body": f"business={AGENCY}&permitted_tasks={quote(json.dumps(['ADVERTISE']))}",
            "name": "grant",
            "attached_files": {},
        },
        {
            "method": "GET",
            "relative_url": f"v25.0/{CROWDED}/agencies?limit=1",
            "depends_on": "grant",
            "attached_files": {},
        },
    ]
    given = {"access_token": "owner-token", "appsecret_proof": proof, "include_headers": "false"}
    boundary = "--------------------------" + "-7046029254386353131"
    parts = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {**given, "batch": json.dumps(items)}.items()
    )
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    answer = graph("POST", f"{HOST}/", None, content=f"{parts}--{boundary}--\r\n", headers=headers)
    assert [one and one.keys() for one in answer.json()] == [{"code", "body"}, None, {"code", "body"}]
    got = read(answer)
    assert got[0] == (200, {"id": OBO})
    assert f"{HOST}/v25.0/{CROWDED}/agencies?" in got[2][1]["paging"]["next"]


# Meta's Python SDK, unmodified but for the host


@pytest.fixture
def api(sandbox: WatchedSandbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Makes the SDK's API object for a token; it signs its calls with the app secret."""
    url = sandbox.base_url.rpartition("/")[0]
    assert httpx.post(f"{url}/_sandbox/reset").status_code == 200
    monkeypatch.setattr(FacebookSession, "GRAPH", url)
    monkeypatch.setattr(FacebookAdsApi, "_default_api", None)
    yield lambda token: FacebookAdsApi(FacebookSession(app_secret=APP_SECRET, access_token=token))


def test_metas_python_sdk_sends_a_batch(api: Any) -> None:
    owner = api("owner-token")
    good: list[Any] = []
    bad: list[Any] = []
    callbacks = {
        "success": lambda answer: good.append(answer.json()),
        "failure": lambda a: bad.append(a.error()),
    }
    batch = FacebookAdsApiBatch(owner)
    grant = {"business": AGENCY, "permitted_tasks": ["ADVERTISE", "ANALYZE"]}
    for account in (AD_ACCOUNT, REVIEWED):
        AdAccount(account, api=owner).create_agency(params=grant, batch=batch, **callbacks)
    AdAccount(AD_ACCOUNT, api=owner).get_agencies(fields=["id", "name"], batch=batch, **callbacks)
    Page(PAGE, api=owner).get_agencies(batch=batch, **callbacks)
    AdAccount(AD_ACCOUNT, api=owner).delete_agencies(params={"business": AGENCY}, batch=batch, **callbacks)
    Business(OWNER, api=owner).get_agencies(params={"limit": 1}, batch=batch, **callbacks)
    BusinessOwnedObjectOnBehalfOfRequest(OBO, api=owner).api_get(fields=["id"], batch=batch, **callbacks)
    assert batch.execute() is None  # nothing is to be sent again
    assert good[:2] == [{"success": True}, {"success": True, "requires_admin_approval": True}]
    assert good[2]["data"] == [{"id": AGENCY, "name": "Example Agency"}]
    assert good[3] == {"success": True}
    assert len(good[4]["data"]) == 1
    assert good[5] == {"id": OBO}
    assert [error.api_error_code() for error in bad] == [190]


def test_metas_python_sdk_refers_to_an_item(api: Any) -> None:
    agency = api("agency-token")
    good: list[Any] = []
    batch = FacebookAdsApiBatch(agency)
    sent = batch.add("GET", (AGENCY, "sent_inprogress_onbehalf_requests"))
    sent |= {"name": "sent", "omit_response_on_success": False}
    ids = {"ids": "{result=sent:$.data.*.id}", "fields": "id"}
    batch.add("GET", "", ids, success=lambda answer: good.append(answer.json()))
    assert batch.execute() is None
    assert good == [{OBO: {"id": OBO}}]


# A process: hostile input does no harm


HOSTILE = {
    "almost 1 MB of text": "x" * 900_000,
    "almost 1 MB of lists": "[" * 450_000 + "]" * 450_000,
    "almost 1 MB of items": "[" + "{}," * 300_000 + "{}]",
    "almost 1 MB of blanks": "[" + " " * 900_000 + ",",
    "50 items of 18,000 characters": json.dumps([get(f"{OBO}?x=" + "y" * 17_900)] * 50),
    "opening references": json.dumps([get("{result=" * 2_400)] * 45),
    "quoted references": json.dumps([get("%7Bresult%3D" * 1_600)] * 45),
    "commas and blanks": ", " * 450_000 + "]",
    "quotes, each with a backslash": "[" + '"' * 400_000,
    "paths that visit everything": json.dumps(
        [get(f"{CROWDED}/agencies?limit=100", name="c"), *[get("{result=c:$..x[*][*][*]}" * 4)] * 24]
    ),
    "paths with many segments": json.dumps(
        [get(f"{CROWDED}/agencies?limit=100", name="c"), *[get("{result=c:$..*" + "[*]" * 60 + "}")] * 49]
    ),
    "50 times 50 ids": json.dumps([get("agencies?limit=100&ids=" + ",".join([CROWDED] * 50))] * 50),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_batches_get_an_envelope_or_items(sandbox: WatchedSandbox, name: str) -> None:
    body = {"access_token": "owner-token", "batch": HOSTILE[name]}
    answer = HTTP.post(f"{sandbox.base_url}/", json=body, timeout=20)
    if answer.status_code == 200:
        given = [one for one in answer.json() if one is not None]
        assert all(ERRORS.is_valid(json.loads(one["body"])) or one["code"] == 200 for one in given)
    else:
        assert ERRORS.is_valid(answer.json()), answer.text
        assert answer.status_code == 400
    following = HTTP.get(f"{sandbox.base_url}/{CROWDED}/agencies?limit=1&access_token=owner-token")
    assert following.json()["data"][0]["id"] == "9000000001"
    assert sandbox.rss() < 300_000_000
