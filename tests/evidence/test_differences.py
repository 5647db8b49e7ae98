"""Each difference from the document is reported, and nothing else: through the proxy, with the sandbox behind it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from meta_b2b_sandbox import Sandbox
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, CROWDED, OWNER

from scripts.evidence.comparing import Comparison
from scripts.evidence.exchange import Exchange
from scripts.evidence.forwarding import decoded
from scripts.evidence.notes import Notes
from tests.support.document import B2B, ONE_CALL, field_lists
from tests.support.evidence import Answer, Came, NotedGraph, Proxy, exchange, upstream
from tests.support.examples import succeeding_call

COMPARISON = Comparison(B2B)
AGENCIES = f"/{CROWDED}/agencies"
OWNED = f"/{OWNER}/owned_ad_accounts"
MISSING = "/9999999999/clients"


@dataclass
class Told:
    """An answer on its way, for a plant to change."""

    status: int
    headers: dict[str, str]
    body: Any
    text: str | None = None  # in place of the body

    @property
    def entry(self) -> dict[str, Any]:
        """The first entry of the list."""
        found: dict[str, Any] = self.body["data"][0]
        return found

    @property
    def error(self) -> dict[str, Any]:
        found: dict[str, Any] = self.body["error"]
        return found


@dataclass
class Plant:
    """A call, what is planted in its answer, and the difference that must be reported: kind and place."""

    call: str
    plant: Callable[[Told], object]
    kind: str
    place: str
    operation: str
    body: dict[str, Any] = field(default_factory=dict)


def succeed(told: Told) -> None:
    told.status, told.body = 200, {"success": True}


def refuse_field(told: Told) -> None:
    told.status = 400
    message = "(#100) Tried accessing nonexisting field (permitted_tasks) on node type (Business)"
    told.body = {"error": {"message": message, "type": "OAuthException", "code": 100, "fbtrace_id": "A"}}


def take_field(told: Told) -> None:
    told.status, told.body = 200, {"data": []}


LISTING, GRANTING = "list_ad_account_agencies", "grant_ad_account_access"
GRANT = {"business": AGENCY, "permitted_tasks": ["ADVERTISE"]}
FLY = {"business": AGENCY, "permitted_tasks": ["FLY"]}
NO_BUSINESS = {"permitted_tasks": ["ADVERTISE"]}
ERROR = {"error": {"message": "(#1) An error", "type": "OAuthException", "code": 1}}


def got(
    what: str, plant: Callable[[Told], object], kind: str, place: str, call: str = AGENCIES
) -> tuple[str, Plant]:
    """A plant in the answer to a GET."""
    return what, Plant(f"GET {call}", plant, kind, place, "list_clients" if call == MISSING else LISTING)


PLANTS = dict(
    [
        got("a field of an entry", lambda t: t.entry.update(fresh_field="x"), "field", "data[].fresh_field"),
        got("a field beside the entries", lambda t: t.body.update(fresh_list=[]), "field", "fresh_list"),
        got("a field inside", lambda t: t.body["paging"].update(total=1), "field", "paging.total"),
        got("a field that is missing", lambda t: t.entry.pop("id"), "field", "data[].id"),
        got(
            "a status of access",
            lambda t: t.entry.update(access_status="MUTED"),
            "value",
            "data[].access_status",
        ),
        got("a task", lambda t: t.entry.update(permitted_tasks=["FLY"]), "value", "data[].permitted_tasks[]"),
        got("an id as a number", lambda t: t.entry.update(id=3333333333), "type", "data[].id"),
        got("null for a name", lambda t: t.entry.update(name=None), "type", "data[].name"),
        got("an object for a list", lambda t: t.body.update(data={"0": t.entry}), "type", "data"),
        got("a text for an object", lambda t: t.body.update(paging="next"), "type", "paging"),
        got(
            *("a colon in a time", lambda t: t.entry.update(access_updated_time="2026-01-07T23:26:09+00:00")),
            *("type", "data[].access_updated_time"),
        ),
        got("an id with letters", lambda t: t.entry.update(id="abc"), "type", "data[].id"),
        got("no JSON", lambda t: setattr(t, "text", "<html>"), "type", "body"),
        got("a status", lambda t: setattr(t, "status", 202), "status", "202"),
        got("an error in a 200", lambda t: setattr(t, "body", ERROR), "status", "200"),
        got(
            "a header of another form",
            lambda t: t.headers.update({"facebook-api-version": "new"}),
            *("header", "facebook-api-version"),
        ),
        got("a header", lambda t: t.headers.update({"X-Fresh-Budget": "1"}), "header", "x-fresh-budget"),
        got(
            "a media type",
            lambda t: t.headers.update({"Content-Type": "text/plain"}),
            "header",
            "content-type",
        ),
        got("a code", lambda t: t.error.update(code=4711), "code", "4711", MISSING),
        got("a subcode", lambda t: t.error.update(error_subcode=4712), "code", "100", MISSING),
        got("a status of an error", lambda t: setattr(t, "status", 404), "status", "code 100", MISSING),
        got(
            "a type of error", lambda t: t.error.update(type="FreshException"), "value", "error.type", MISSING
        ),
        got(
            "a field of an error",
            lambda t: t.error.update(fresh_hint=1),
            "field",
            "error.fresh_hint",
            MISSING,
        ),
        got("an error without envelope", lambda t: setattr(t, "body", t.error), "type", "body", MISSING),
        got(
            "a documented field is refused",
            refuse_field,
            "field",
            "permitted_tasks",
            f"{AGENCIES}?fields=permitted_tasks",
        ),
        got(
            "a field that is asked for",
            take_field,
            *("field", "fresh_wish", f"{AGENCIES}?fields=id,fresh_wish"),
        ),
        got("a parameter", lambda _: None, "parameter", "fresh_option", f"{AGENCIES}?fresh_option=1"),
        (
            "a task that is taken",
            Plant(f"POST /{AD_ACCOUNT}/agencies", succeed, "value", "permitted_tasks", GRANTING, FLY),
        ),
        (
            "a required parameter that is not",
            Plant(f"POST /{AD_ACCOUNT}/agencies", succeed, "parameter", "business", GRANTING, NO_BUSINESS),
        ),
        (
            "success that is none",
            Plant(
                f"POST /{AD_ACCOUNT}/agencies",
                lambda t: t.body.update(success=False),
                "value",
                "success",
                GRANTING,
                GRANT,
            ),
        ),
        (
            "an operation",
            Plant(
                f"GET {AGENCIES[:-9]}/fresh_edge",
                succeed,
                "operation",
                "GET /act_{id}/fresh_edge",
                "GET /act_{id}/fresh_edge",
            ),
        ),
        (
            "a method",
            Plant(
                f"DELETE {OWNED}",
                succeed,
                "operation",
                "DELETE /{id}/owned_ad_accounts",
                "DELETE /{id}/owned_ad_accounts",
            ),
        ),
    ]
)
SENT = "x-plant"  # says which plant the server between proxy and sandbox must use


@pytest.fixture(scope="module")
def report(shared_sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """The report of a proxy through which each of PLANTS was called."""
    sandbox = shared_sandbox.base_url.rpartition("/")[0]
    assert httpx.post(f"{sandbox}/_sandbox/reset").is_success

    def planted(came: Came) -> Answer:
        headers = {name.lower(): value for name, value in came.headers}
        answer = httpx.request(
            came.method,
            sandbox + came.target,
            headers={
                name: value for name, value in headers.items() if name in ("authorization", "content-type")
            },
            content=came.body,
        )
        told = Told(answer.status_code, {}, answer.json())
        told.headers |= {"Content-Type": "application/json; charset=UTF-8", "facebook-api-version": "v26.0"}
        PLANTS[headers[SENT]].plant(told)
        text = told.text if told.text is not None else json.dumps(told.body)
        return told.status, list(told.headers.items()), text.encode()

    folder = tmp_path_factory.mktemp("report")
    with upstream(planted) as server, Proxy(server.url, folder, WRITES="yes") as proxy:
        for what, one in PLANTS.items():
            method, target = one.call.split(" ")
            headers = {"Authorization": "Bearer owner-token", SENT: what}
            httpx.request(method, f"{proxy.url}/v26.0{target}", headers=headers, json=one.body or None)
        assert proxy.end()[2] == ""
        yield proxy.report()


@pytest.mark.parametrize("what", PLANTS)
def test_what_is_planted_is_reported(report: dict[str, Any], what: str) -> None:
    one = PLANTS[what]
    found = [(d["kind"], d["place"]) for d in report["operations"][one.operation]["differences"]]
    assert (one.kind, one.place) in found


def test_nothing_else_is_reported(report: dict[str, Any]) -> None:
    """An error in place of what was asked for lacks nothing that it should have, and so on."""
    found = {
        (label, d["kind"], d["place"])
        for label, one in report["operations"].items()
        for d in one["differences"]
    }
    assert found == {(one.operation, one.kind, one.place) for one in PLANTS.values()}


def test_the_sandbox_is_as_the_document_says(graph: NotedGraph) -> None:
    """Every operation's example, with each of its fields, and with tokens that may not: no false alarm."""
    for operation_id in ONE_CALL:
        graph.sandbox("POST", "/reset")
        method, path, token, query, body = succeeding_call(graph, operation_id)
        sent: dict[str, Any] = {"json": body} if body else {}
        for params in [{}, *({"fields": text} for text in field_lists(operation_id))]:
            graph(method, path, token, params={**query, **params}, **sent)
        for other in ("agency-token", "owner-page-token", "bad", None):
            graph(method, path, other, params=query, **sent)
    assert graph.notes.calls > 600
    assert {operation for label in graph.notes.operations for operation in label.split(" or ")} == set(
        ONE_CALL
    )
    assert not graph.notes.examples


CALLS: dict[str, dict[str, Any]] = {
    f"GET /{AGENCY}/clients?summary=true&id={AGENCY}": {},
    f"GET {AGENCIES}?limit=500&after=": {},
    "GET /me?metadata=1&debug=all": {},
    "GET /me/adaccounts?date_format=U&fields=created_time": {},
    "GET /me?callback=seen": {},
    "GET /9999999999?suppress_http_code=1": {},
    f"GET /?ids={OWNER},{AD_ACCOUNT}&fields=name": {},
    f"GET /agencies?ids={AD_ACCOUNT},{CROWDED}": {},
    f"POST /{AD_ACCOUNT}/agencies": {"data": {**GRANT, "permitted_tasks": '["ADVERTISE"]'}},
    f"POST /{AD_ACCOUNT}/agencies?method=delete": {"data": {"business": AGENCY}},
    f"POST /{CROWDED}/agencies": {
        "files": {"business": (None, AGENCY), "permitted_tasks": (None, "['ANALYZE']")}
    },
    f"POST /{CROWDED}/agencies?": {"data": {"business": AGENCY, "permitted_tasks[0]": "ANALYZE"}},
    f"DELETE /{CROWDED}/agencies": {"data": {"business": AGENCY}},
}


@pytest.mark.parametrize("call", CALLS)
def test_other_ways_to_call_are_no_differences(graph: NotedGraph, call: str) -> None:
    """Lists in every form, what every call takes, several calls in one."""
    for asset in (AD_ACCOUNT, CROWDED):
        graph("POST", f"/{asset}/agencies", json=GRANT)
    method, target = call.split(" ")
    request = httpx.Request(method, f"http://sandbox:4020/v26.0{target}", **CALLS[call])
    request.headers["authorization"] = f"Bearer {'agency' if AGENCY in target else 'owner'}-token"
    path, _, query = request.url.raw_path.partition(b"?")
    answer = graph.raw(method, path, query, [(k.lower(), v) for k, v in request.headers.raw], request.read())
    assert answer.status_code == 200, answer.text
    assert graph.notes.examples == {} and graph.notes.calls > 2


@pytest.mark.parametrize(
    ("edge", "label"), [("/", "get_ad_account"), ("/agencies", "list_ad_account_agencies")]
)
def test_several_ids_count_as_their_calls(edge: str, label: str) -> None:
    notes = Notes(B2B)
    one = {"data": [], "id": "act_1", "fresh_list": 1}
    new = notes.add(
        exchange("GET", f"/v26.0{edge}?ids=act_1,act_2&limit=2", 200, {"act_1": one, "act_2": one})
    )
    assert {name: found.calls for name, found in notes.operations.items()} == {"get_nodes": 1, label: 2}
    assert (label, "fresh_list") in [(name, found.place) for name, found in new]


def test_a_batch_counts_as_its_calls() -> None:
    items = [
        {"method": "GET", "relative_url": f"{AGENCY}/clients?limit=1"},
        {"method": "POST", "relative_url": f"{AD_ACCOUNT}/agencies", "body": f"business={AGENCY}"},
        {"method": "GET", "relative_url": "{result=first:$.id}"},
        {"method": "GET", "relative_url": "me"},
    ]
    told = [
        {"code": 200, "body": '{"data": [], "fresh_list": 1}'},
        {"code": 200, "body": '{"success": true}'},
    ]
    answers = [*told, {"code": 200, "body": "{}"}, None]
    form = {"content-type": "application/x-www-form-urlencoded"}
    body = str(httpx.QueryParams({"batch": json.dumps(items)})).encode()
    notes = Notes(B2B)
    new = notes.add(exchange("POST", "/v26.0/", 200, answers, sent=form, body=body))
    assert {label: one.calls for label, one in notes.operations.items()} == {
        "send_batch": 1,
        "list_clients": 1,
        "grant_ad_account_access": 1,
    }
    assert [(label, one.place) for label, one in new] == [("list_clients", "fresh_list")]


@pytest.mark.parametrize(
    ("answer", "label"),
    [
        ({"id": "1", "status": "IN_PROGRESS", "receiving_business": {"id": "2"}}, "get_obo_request"),
        ({"id": "1", "verification_status": "verified"}, "get_business or get_page"),
        ({"id": "1", "fan_count": 1}, "get_page"),
        ({"id": "1"}, "get_obo_request or get_business or get_page or get_user"),
    ],
)
def test_what_the_answer_fits_tells_paths_of_one_form_apart(answer: Any, label: str) -> None:
    assert COMPARISON.observe(exchange("GET", "/v26.0/1", 200, answer)).label == label


@pytest.mark.parametrize(("coding", "content"), [("br", b"\x0b\x02"), ("gzip", b"no gzip")])
def test_a_body_that_cannot_be_read_is_no_difference(coding: str, content: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-encoding", coding.encode())]
    answer = decoded(200, headers, content)
    assert answer is None
    found = COMPARISON.observe(Exchange("GET", f"/v26.0{AGENCIES}", "", {}, b"", 200, (), answer))
    assert found.operations == (LISTING,) and found.differences == []


@pytest.mark.parametrize(
    "answer", [b"", b"[]", b"7", b"null", b'{"error": 1}', b'{"data": [7, null]}', b"[" * 9999, b"\xff"]
)
@pytest.mark.parametrize("status", [200, 400, 599])
def test_no_answer_is_too_strange(status: int, answer: bytes) -> None:
    """It is a difference, and no exception."""
    notes = Notes(B2B)
    targets = (
        "/",
        "/v26.0",
        "/%00/%ff",
        "//",
        "/v26.0/1/clients?fields=((&limit=x&batch=&ids=1",
        "/v26.0/?ids=1,2",
    )
    for target in targets:
        notes.add(exchange("GET", target, status, answer))
    assert notes.differences
