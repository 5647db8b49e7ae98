"""The journal: every call of Graph as it was understood and answered, bounded, and no secret in it."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from meta_b2b_sandbox.answering import Response
from meta_b2b_sandbox.journal import LONGEST_BODY, MOST_BYTES, Entry, Journal
from meta_b2b_sandbox.reading import Request
from meta_b2b_sandbox.redaction import HIDDEN, Redaction
from meta_b2b_sandbox.store import IN_MEMORY, Store
from meta_b2b_sandbox.tokens import APP_SECRET
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, APP, CROWDED, OWNER, PAGE, load

from tests.support.graph import Graph

SECRETS = ("owner-token", "agency-token", "owner-page-token", APP_SECRET, "agency-system-token")


def calls(graph: Graph, **filters: Any) -> list[Any]:
    answer = graph.sandbox("GET", "/calls", params=filters)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["calls"])


def last(graph: Graph) -> Any:
    """The last call, with request and answer."""
    return graph.sandbox("GET", f"/calls/{calls(graph)[-1]['id']}").json()


def test_a_call_is_noted_as_it_was_understood(graph: Graph) -> None:
    body = {"business": AGENCY, "permitted_tasks": "['ADVERTISE','ANALYZE']"}
    graph("POST", f"/{AD_ACCOUNT}/agencies", data=body)
    (noted,) = calls(graph)
    assert isinstance(noted.pop("ms"), float)
    assert noted == {
        "id": noted["id"],
        "at": noted["at"],
        "operation": "grant_ad_account_access",
        "method": "POST",
        "path": f"/{AD_ACCOUNT}/agencies",
        "params": {"business": AGENCY, "permitted_tasks": ["ADVERTISE", "ANALYZE"]},
        "business": OWNER,
        "status": 200,
        "code": None,
        "fault": None,
    }
    whole = last(graph)
    assert whole["request"]["method"] == "POST"
    assert whole["request"]["path"] == f"/v26.0/{AD_ACCOUNT}/agencies"
    assert whole["request"]["body"].startswith(f"business={AGENCY}&permitted_tasks=")
    assert whole["answer"]["body"] == '{"success":true}'
    assert whole["answer"]["headers"]["facebook-api-version"] == "v26.0"
    assert whole["reason"] is None


def test_a_failure_has_its_code_and_reason(graph: Graph) -> None:
    graph("GET", f"/{AGENCY}/clients", "owner-token")
    noted = last(graph)
    assert (noted["status"], noted["code"], noted["operation"]) == (403, 200, "list_clients")
    assert noted["reason"] == json.loads(noted["answer"]["body"])["error"]["message"]


@pytest.mark.parametrize(
    ("method", "path", "token", "operation", "business"),
    [
        ("GET", f"/{AD_ACCOUNT}/nonsense", "owner-token", None, OWNER),
        ("GET", "/no/such/path/anywhere", "owner-token", None, OWNER),
        ("POST", f"/{AD_ACCOUNT}/campaigns", "owner-token", None, OWNER),
        ("GET", f"/{AGENCY}/clients", "wrong-token-text", "list_clients", None),
        ("GET", f"/{AGENCY}/clients", None, "list_clients", None),
        ("PUT", f"/{AGENCY}/clients", "owner-token", None, None),
    ],
)
def test_what_is_no_call_is_noted_with_the_reason(
    graph: Graph, method: str, path: str, token: str | None, operation: str | None, business: str | None
) -> None:
    query = b"" if token is None else f"access_token={token}".encode()
    answer = graph.raw(method, f"/v26.0{path}".encode(), query)
    noted = last(graph)
    assert answer.status_code == noted["status"] >= 400
    assert (noted["operation"], noted["business"], noted["path"]) == (operation, business, path)
    assert noted["code"] == answer.json()["error"]["code"]
    assert noted["reason"]


def test_what_is_not_modelled_is_noted(graph: Graph) -> None:
    graph("GET", f"/{AD_ACCOUNT}/campaigns")
    noted = last(graph)
    assert (noted["operation"], noted["status"]) == (None, 200)
    assert noted["reason"] == "the sandbox does not have this: campaigns"


def test_the_method_that_counts_is_noted(graph: Graph) -> None:
    graph("GET", f"/{AD_ACCOUNT}/agencies?method=delete&business={AGENCY}", meant="DELETE")
    noted = last(graph)
    assert (noted["method"], noted["operation"]) == ("DELETE", "remove_ad_account_agency")
    assert noted["request"]["method"] == "GET"


def test_each_call_of_a_batch_is_noted(graph: Graph) -> None:
    batch = [
        {"method": "GET", "relative_url": "me"},
        {"method": "GET", "relative_url": f"{AGENCY}/clients"},
    ]
    body = json.dumps({"batch": batch}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    graph.raw("POST", b"/", b"access_token=agency-token", headers, body)
    assert [call["operation"] for call in calls(graph)] == ["get_me", "list_clients", "send_batch"]


# Filters


@pytest.fixture
def called(graph: Graph) -> Iterator[Graph]:
    graph("GET", f"/{CROWDED}/agencies?limit=1")
    graph(
        "POST",
        f"/{AGENCY}/client_ad_accounts",
        "agency-token",
        json={"adaccount_id": AD_ACCOUNT, "permitted_tasks": ["ANALYZE"]},
    )
    graph("GET", f"/{AGENCY}/clients", "owner-token")
    graph("GET", f"/{PAGE}?fields=name")
    yield graph


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({}, [0, 1, 2, 3]),
        ({"operation": "list_clients"}, [2]),
        ({"asset": CROWDED}, [0]),
        ({"asset": AD_ACCOUNT}, [1]),
        ({"asset": PAGE}, [3]),
        ({"business": AGENCY}, [1]),
        ({"business": OWNER}, [0, 2, 3]),
        ({"status": 403}, [2]),
        ({"business": OWNER, "status": 200}, [0, 3]),
        ({"operation": "nothing"}, []),
    ],
)
def test_filters(called: Graph, filters: dict[str, Any], numbers: list[int]) -> None:
    all_calls = calls(called)
    assert calls(called, **filters) == [all_calls[number] for number in numbers]


def test_since_an_id(called: Graph) -> None:
    ids = [call["id"] for call in calls(called)]
    assert ids == list(range(ids[0], ids[0] + 4))
    assert [call["id"] for call in calls(called, since=ids[1])] == ids[2:]
    assert called.sandbox("DELETE", "/calls").json() == {"success": True}
    assert calls(called) == []
    called("GET", "/me")
    assert [call["id"] for call in calls(called)] == [ids[-1] + 1]
    assert called.sandbox("GET", f"/calls/{ids[0]}").status_code == 404


@pytest.mark.parametrize(
    "query", ["status=ok", "since=-1", "nonsense=1", "business=x", "status=200&status=400"]
)
def test_a_filter_that_is_none_is_refused(graph: Graph, query: str) -> None:
    answer = graph.sandbox("GET", f"/calls?{query}")
    assert (answer.status_code, query.partition("=")[0] in answer.text) == (400, True)


# Bounds


def test_it_keeps_so_many_and_so_much() -> None:
    journal = Journal(3)
    for number in range(5):
        request = Request("POST", "/", "", {}, bytes(LONGEST_BODY + number))
        journal.add(Entry("POST", "/"), 0, 0, request, Response(200, [], bytes(2 * LONGEST_BODY)))
    kept = list(journal.entries())
    assert [entry.id for entry in kept] == [3, 4, 5]
    assert {len(entry.request.body) for entry in kept} == {LONGEST_BODY}
    assert {len(entry.response.body) for entry in kept} == {LONGEST_BODY}
    assert not Journal(0).on


def test_it_keeps_so_much_in_all() -> None:
    journal = Journal(1000)
    for _ in range(600):
        request = Request("POST", "/", "", {}, bytes(LONGEST_BODY))
        journal.add(Entry("POST", "/"), 0, 0, request, Response(200, [], bytes(LONGEST_BODY)))
    kept = list(journal.entries())
    assert kept[-1].id == 600
    assert len(kept) == MOST_BYTES // (2 * LONGEST_BODY + 1)
    journal.clear()
    journal.add(Entry("GET", "/"), 0, 0, Request("GET", "/", "", {}), Response(200, [], b""))
    assert len(list(journal.entries())) == 1


# Secrets


def everything(graph: Graph) -> str:
    noted = calls(graph)
    return json.dumps([noted, *(graph.sandbox("GET", f"/calls/{call['id']}").json() for call in noted)])


def test_no_secret_of_the_world_is_in_it(graph: Graph) -> None:
    """In whatever place it came, and in whatever answer it went."""
    form = [(b"content-type", b"application/x-www-form-urlencoded")]
    inner = [{"method": "GET", "relative_url": "me?access_token=agency-token"}]
    batch = urlencode({"batch": json.dumps(inner), "access_token": "owner-token"})
    graph("GET", f"/{PAGE}?fields=access_token,name")
    graph("GET", "/me/accounts", "agency-token")
    graph("GET", "/debug_token?input_token=agency-token", f"{APP}|{APP_SECRET}")
    exchange = f"grant_type=fb_exchange_token&client_id={APP}&client_secret={APP_SECRET}"
    exchange += "&fb_exchange_token=agency-token"
    graph("GET", f"/oauth/access_token?{exchange}", None)
    graph.raw("GET", b"/v26.0/me", b"", [(b"authorization", b"Bearer owner-token")])
    graph.raw("GET", b"/v26.0/me", b"", [(b"authorization", b"OAuth owner-page-token")])
    for kind, body in (
        (form, b"access_token=owner-token&business=1"),
        ([(b"content-type", b"application/json")], b'{"access_token": "owner-token", "business": "1"}'),
        (
            [(b"content-type", b"multipart/form-data; boundary=x")],
            b'--x\r\nContent-Disposition: form-data; name="access_token"\r\n\r\nowner-token\r\n--x--\r\n',
        ),
        (
            form,
            batch.encode(),
        ),
    ):
        headers = [*kind, (b"content-length", b"%d" % len(body))]
        graph.raw("POST", b"/v26.0/", b"", headers, body)
        graph.raw("POST", f"/v26.0/{AD_ACCOUNT}/agencies".encode(), b"", headers, body)
    graph("GET", "/me?appsecret_proof=0123456789abcdef0123456789abcdef")
    shown = everything(graph)
    assert len(calls(graph)) > 12
    for secret in SECRETS:
        assert secret not in shown
    assert "0123456789abcdef" not in shown
    assert HIDDEN in shown


@pytest.mark.parametrize(
    "text",
    [
        "access_token=EAABsecret&x=1",
        "x=1&access_token=top-secret",
        '{"access_token": "top-secret"}',
        '{"access_token":"top-secret"}',
        '{"body":"{\\"access_token\\":\\"top-secret\\"}"}',
        "relative_url%22%3A%22me%3Faccess_token%3Dtop-secret%22",
        "%7B%22access_token%22%3A%22top-secret%22%7D",
        "Bearer top-secret",
        "OAuth top-secret",
        "client_secret=top-secret",
        "input_token=123456789012345%7Ctop-secret",
        'name="access_token"\r\n\r\ntop-secret\r\n--x',
        'name="access_token"\r\nContent-Type: text/plain\r\n\r\ntop-secret\r\n--x',
        "EAABwzLixnjYBAO0123456789",
        "page-token-1900952844321-3333333333",
        "400000000000001|sandbox-app-secret",
    ],
)
def test_what_looks_like_a_secret_is_hidden(text: str) -> None:
    shown = Redaction().text(text)
    assert HIDDEN in shown
    for secret in ("top-secret", "secret&", "EAAB", "3333333333", "sandbox-app-secret"):
        assert secret not in shown


@pytest.mark.parametrize(
    "text",
    [
        'OAuth "Facebook Platform" "invalid_token" "Error validating access token"',
        "fields=access_token,name",
        f"/{AD_ACCOUNT}/agencies?business={AGENCY}",
        '{"data":[{"id":"act_4444444444"}]}',
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    with_store = Store(IN_MEMORY)
    load(with_store)
    assert Redaction(with_store.secrets()).text(text) == text
    with_store.close()
