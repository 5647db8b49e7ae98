"""`batch()`: several calls in one request, their results or failures in order."""

import json
from typing import Any

import httpx
import pytest
from meta_b2b_client import (
    AsyncB2BClient,
    B2BClient,
    GraphError,
    InvalidParameter,
    NotFound,
    RateLimited,
    TimedOut,
    UnexpectedAnswer,
    prepare,
)
from meta_b2b_client.models import Business, GrantResult
from meta_b2b_sandbox import Sandbox
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, CROWDED, OWNER

from tests.support.client_calls import EVERY, OPERATIONS, TWINS, Operation, Twin, as_written

BOTH = pytest.mark.parametrize("kind", TWINS)
TOKEN = "EAAtokenThatMustStaySecret"


def mocked(kind: Any, answer: Any, requests: list[httpx.Request], **settings: Any) -> Twin:
    def respond(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(200, json=answer) if not isinstance(answer, int) else httpx.Response(answer)

    transport = httpx.MockTransport(respond)
    own: Any = httpx.AsyncClient if kind is AsyncB2BClient else httpx.Client
    return Twin(
        kind, TOKEN, base_url="http://127.0.0.1:1/v26.0", http_client=own(transport=transport), **settings
    )


@BOTH
def test_results_and_failures_come_in_order(kind: type, sandbox: Sandbox, control: httpx.Client) -> None:
    assert control.put("/budget", json={"budget": 100, "per_seconds": 600}).is_success
    with Twin(kind, "owner-token", base_url=sandbox.base_url) as one:
        business, missing, granted, wrong, page = one(
            "batch",
            [
                prepare.get_business(OWNER, fields="id,name"),
                prepare.get_obo_request("404"),
                prepare.grant_ad_account_access(
                    AD_ACCOUNT[4:], business=AGENCY, permitted_tasks=["ANALYZE", "DRAFT"]
                ),
                prepare.list_clients(OWNER, limit=-1),
                prepare.list_ad_account_agencies(CROWDED[4:], limit=2),
            ],
        )
        assert isinstance(business, Business) and business.name == "Example Owner" and business.fbtrace_id
        assert business.usage.percent > 0
        assert type(missing) is NotFound and (missing.operation, missing.code) == ("get_obo_request", 100)
        assert isinstance(granted, GrantResult) and granted.success
        assert type(wrong) is InvalidParameter and wrong.operation == "list_clients"
        assert [agency.id for agency in page.data] == ["9000000001", "9000000002"]
        assert "access_token" not in page.paging.next_ and "after=" in page.paging.next_
        (agency,) = one("list_ad_account_agencies", AD_ACCOUNT[4:])
        assert sorted(agency.permitted_tasks) == ["ANALYZE", "DRAFT"]


@EVERY
def test_each_operation_can_be_in_a_batch(operation: Operation) -> None:
    """With the document's examples: the request's parts arrive as in a call of its own."""
    examples = {p["name"]: p["example"] for p in operation.parameters if p["name"] != "before"}
    call = getattr(prepare, operation.id)(**examples, **(operation.example_body() or {}))
    requests: list[httpx.Request] = []
    answer = [{"code": 200, "headers": [], "body": json.dumps(operation.example())}]
    with mocked(B2BClient, answer, requests) as one:
        (result,) = one("batch", [call])
    assert as_written(result.to_dict()) == as_written(operation.example())
    (item,) = json.loads(requests[0].content)["batch"]
    url = httpx.URL(item["relative_url"])
    assert item["method"] == operation.method.upper()
    assert url.path == operation.path.format(**examples)
    assert dict(url.params) == {
        name: str(examples[name]) for name in operation.names("query") if name in examples
    }
    body = {name: read(value) for name, value in httpx.QueryParams(item.get("body", "")).items()}
    assert body == (operation.example_body() or {})


def read(text: str) -> Any:
    """Lists and booleans are JSON in a form; ids stay texts."""
    return json.loads(text) if text.startswith("[") or text in ("true", "false") else text


def test_all_operations_can_be_prepared() -> None:
    assert set(vars(prepare)) == {operation.id for operation in OPERATIONS} | {
        "get",
        "post",
        "delete",
        "get_items",
    }
    assert repr(prepare.post("/1/things", {"a": 1})) == "<Call post: POST /1/things>"
    assert repr(prepare.get_business("1")) == "<Call get_business: GET /1>"
    for call in (prepare.get_me, prepare.list_pages):
        with pytest.raises(ValueError, match="the calls of a batch have one timeout"):
            call(timeout=3)
    with pytest.raises(ValueError, match="max_items has no effect in a batch"):
        prepare.list_pages(max_items=3)


HEADERS = [{"name": "Content-Encoding", "value": "gzip"}, {"name": "X-FB-Trace-Id", "value": "T"}]
FAILED = {"error": {"message": f"No {TOKEN}", "code": 4}}


@BOTH
def test_what_one_answer_of_a_batch_may_be(kind: type) -> None:
    answers = [
        {"code": 200, "headers": HEADERS, "body": '{"id":"1"}'},
        None,
        {"code": 400, "body": json.dumps(FAILED)},
        {"code": 200, "body": "{"},
        {"code": 200},
        {"code": "x", "body": "{}"},
        7,
    ]
    requests: list[httpx.Request] = []
    with mocked(kind, answers, requests, app_secret="secret") as one:
        results = one("batch", [prepare.get_business(str(number)) for number in range(len(answers))])
    assert results[0].fbtrace_id == "T"
    kinds = [TimedOut, RateLimited, UnexpectedAnswer, UnexpectedAnswer, UnexpectedAnswer, UnexpectedAnswer]
    assert [type(error) for error in results[1:]] == kinds
    assert all(error.operation == "get_business" for error in results[1:])
    assert TOKEN not in str(results[2])
    (request,) = requests
    assert (request.method, request.url.path) == ("POST", "/v26.0/")
    assert request.url.params.keys() == {"appsecret_proof"}


@BOTH
def test_a_batch_that_fails_as_a_whole(kind: type) -> None:
    get, post = prepare.get_me(), prepare.create_managed_business("1", existing_client_business_id="2")
    for calls, answer, failed, tries in (
        ([get], 503, GraphError, 2),
        ([get, post], 503, GraphError, 1),  # it may have been carried out
        ([get], [], UnexpectedAnswer, 1),
        ([get], {}, UnexpectedAnswer, 1),
    ):
        requests: list[httpx.Request] = []
        with mocked(kind, answer, requests, max_retries=1) as one, pytest.raises(failed, match="batch: "):
            one("batch", calls)
        assert len(requests) == tries


@BOTH
def test_the_size_of_a_batch(kind: type) -> None:
    requests: list[httpx.Request] = []
    with mocked(kind, [], requests) as one:
        assert one("batch", []) == []
        with pytest.raises(ValueError, match="a batch holds 50 calls at most, not 51"):
            one("batch", [prepare.get_me()] * 51)
    assert requests == []
