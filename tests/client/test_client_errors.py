"""What B2BClient and AsyncB2BClient raise, what they try again, and how long they wait: mostly with faults of the
sandbox. Nothing really waits: Twin notes the seconds."""

import asyncio
import pickle
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest
from meta_b2b_client import (
    AsyncB2BClient,
    B2BClient,
    ConnectionFailed,
    GraphError,
    NotFound,
    RateLimited,
    TemporaryFailure,
    TimedOut,
    UnexpectedAnswer,
    Usage,
    errors,
)
from meta_b2b_sandbox import Sandbox
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, OWNER

from tests.support.client_calls import TLS, TWINS, Twin
from tests.support.document import DOCUMENT
from tests.support.recorder import Recorder, recorder

CODES = DOCUMENT["components"]["schemas"]["GraphError"]["x-graph-codes"]
BOTH = pytest.mark.parametrize("kind", TWINS)
TOKEN = "owner-token"
# Calls of each method that may be repeated for a different reason, and that work in the demo world.
GET: tuple[str, list[str], dict[str, Any]] = ("list_clients", [OWNER], {})
POST = ("grant_ad_account_access", [AD_ACCOUNT[4:]], {"business": AGENCY, "permitted_tasks": ["ANALYZE"]})
DELETE = ("remove_ad_account_agency", [AD_ACCOUNT[4:]], {"business": AGENCY})
Fault = Callable[..., None]


def class_of(kind: str) -> type[GraphError]:
    """permission_denied → PermissionDenied"""
    found: type[GraphError] = getattr(errors, "".join(word.capitalize() for word in kind.split("_")))
    return found


@pytest.fixture
def fault(sandbox: Sandbox, control: httpx.Client) -> Fault:
    """Makes the next calls fail: the body of the control API's add_fault, for all operations."""
    with Twin(B2BClient, TOKEN, base_url=sandbox.base_url) as twin:
        twin(POST[0], *POST[1], **POST[2])  # for DELETE

    def add(**body: Any) -> None:
        assert control.post("/faults", json={"operation": "all", **body}).is_success

    return add


@pytest.fixture(scope="module")
def server() -> Iterator[Recorder]:
    with recorder() as running:
        yield running


def outcome(twin: Twin, call: tuple[str, list[str], dict[str, Any]]) -> Any:
    """The answer, or the failure."""
    try:
        return twin(call[0], *call[1], **call[2])
    except GraphError as error:
        assert error.operation == call[0]
        assert str(error).startswith(f"{call[0]}: ")
        # What people store or send to another process keeps all of it.
        copy = pickle.loads(pickle.dumps(error))
        assert (type(copy), vars(copy), str(copy)) == (type(error), vars(error), str(error))
        return error


# Classes


@BOTH
@pytest.mark.parametrize(
    "entry", [one for one in CODES if "subcode_of" not in one], ids=lambda one: one["code"]
)
def test_each_code_of_the_document_has_its_class(
    sandbox: Sandbox, fault: Fault, kind: type, entry: dict[str, Any]
) -> None:
    fault(code=entry["code"])
    with Twin(kind, TOKEN, base_url=sandbox.base_url, max_retries=0) as twin:
        error = outcome(twin, GET)
    assert type(error) is class_of(entry["class"])
    assert error.code == entry["code"]
    assert error.status is not None and error.status >= 400
    assert error.message and error.type and error.fbtrace_id


@BOTH
def test_subcodes_and_unknown_codes(sandbox: Sandbox, fault: Fault, kind: type) -> None:
    fault(code=999_999)
    with Twin(kind, TOKEN, base_url=sandbox.base_url) as twin:
        error = outcome(twin, GET)
        assert (type(error), error.code) == (GraphError, 999_999)
        error = outcome(twin, ("get_obo_request", ["404"], {}))
    assert (type(error), error.code, error.subcode, error.status) == (NotFound, 100, 33, 400)
    assert [one["code"] for one in CODES if "subcode_of" in one] == [33]
    assert twin.waits == []


def envelope(code: Any = 200, **fields: Any) -> dict[str, Any]:
    return {"error": {"message": "No", "type": "OAuthException", "code": code, **fields}}


HTML = b"<html>\n <h1>Bad gateway</h1></html>"
ANSWERS: list[tuple[int, Any, type[GraphError], str]] = [
    (200, envelope(), errors.PermissionDenied, "No (code 200, HTTP status 200)"),
    (200, {**envelope(), "success": True}, errors.PermissionDenied, "No (code 200, HTTP status 200)"),
    (200, envelope(999), GraphError, "No (code 999"),
    (400, envelope(999, is_transient=True), TemporaryFailure, "No"),
    (400, envelope(100, is_transient=True), errors.InvalidParameter, "No"),
    (500, envelope(999), TemporaryFailure, "No"),
    (429, envelope(999), RateLimited, "No"),
    (403, envelope(4), RateLimited, "No"),  # not a permission
    (400, envelope(190, error_subcode=463), errors.AuthenticationFailed, "No (code 190, subcode 463,"),
    (200, b"", UnexpectedAnswer, "not an answer of Graph's: Expecting value"),
    (200, HTML, UnexpectedAnswer, "text/html: '<html> <h1>Bad gateway</h1></html>' (HTTP status 200)"),
    (200, b"\xff", UnexpectedAnswer, "'utf-8' codec can't decode"),
    (200, b"[" * 100_000, UnexpectedAnswer, "recursion"),
    (200, {"success": False}, UnexpectedAnswer, "it says that it was not done"),
    (200, {"success": "false"}, UnexpectedAnswer, "it says that it was not done"),
    (200, {"unknown": 1}, UnexpectedAnswer, "lacks 'success'"),
    (302, b"", UnexpectedAnswer, "HTTP status 302"),
    (404, HTML, UnexpectedAnswer, "no error code"),
    (400, {"error": "text"}, UnexpectedAnswer, '{"error": "text"}'),
    (400, {"error": {"message": "no code"}}, UnexpectedAnswer, "no code"),
    (400, envelope("100"), UnexpectedAnswer, "no error code"),
    (400, envelope(None), UnexpectedAnswer, "no error code"),
    (429, HTML, RateLimited, "Bad gateway"),
    (502, HTML, TemporaryFailure, "Bad gateway"),
    (599, b"[" * 100_000, TemporaryFailure, "[[["),
]


@BOTH
@pytest.mark.parametrize("case", ANSWERS)
def test_any_answer_becomes_a_clear_error(server: Recorder, kind: type, case: Any) -> None:
    status, body, kind_of_error, text = case
    server.reply(status, body, "text/html" if isinstance(body, bytes) else "application/json")
    with Twin(kind, TOKEN, base_url=server.base_url, max_retries=0) as twin:
        error = outcome(twin, DELETE)
    assert type(error) is kind_of_error
    assert error.status == status
    assert text in str(error)


def test_all_that_graph_says_is_kept(server: Recorder) -> None:
    more = {"error_user_title": "Title", "error_user_msg": "Message", "fbtrace_id": "A1", "error_subcode": 7}
    server.reply(400, envelope(100, error_data='{"a":1}', **more), Retry_After="3")
    with Twin(B2BClient, TOKEN, base_url=server.base_url) as twin:
        error = outcome(twin, GET)
    assert vars(error) == {
        **{"message": "No", "operation": GET[0], "status": 400, "code": 100, "subcode": 7},
        **{"type": "OAuthException", "user_title": "Title", "user_message": "Message", "fbtrace_id": "A1"},
        **{"is_transient": False, "retry_after": 3.0, "usage": Usage()},
    }
    assert str(error).endswith(
        "(code 100, subcode 7, HTTP status 400, retry after seconds 3.0, fbtrace_id A1)"
    )


def test_one_base_for_all() -> None:
    kinds = [value for value in vars(errors).values() if isinstance(value, type)]
    raised = {kind for kind in kinds if issubclass(kind, GraphError)}
    assert {class_of(entry["class"]) for entry in CODES} < raised
    assert raised == {kind for kind in kinds if issubclass(kind, Exception)}


# Tries and waits

FEW = {"times": 2}
MANY = {"times": 99}
REPEATED = sorted(one["code"] for one in CODES if one["class"] in ("rate_limited", "temporary_failure"))
RETRIES: list[tuple[dict[str, Any], Any, list[float] | int, type | None]] = [
    # fault, call, the waits or how many, and what is raised in the end
    *(({"code": code}, GET, 1, None) for code in REPEATED),
    ({"code": 2, **FEW}, GET, 2, None),
    ({"code": 2, **FEW}, DELETE, 2, None),
    ({"code": 2, **MANY}, GET, 3, TemporaryFailure),
    ({"code": 2}, POST, 0, TemporaryFailure),  # it may have been carried out
    ({"code": 1}, POST, 0, TemporaryFailure),
    ({"code": 4, **FEW}, POST, 2, None),  # it was refused
    ({"code": 4, "retry_after": 7, **FEW}, GET, [7, 7], None),
    ({"code": 80004, "regain_access_minutes": 1}, GET, [60], None),
    ({"code": 80001, "regain_access_minutes": 1, "retry_after": 90}, GET, [90], None),
    ({"code": 32, "regain_access_minutes": 1, "retry_after": 30}, POST, [60], None),
    ({"code": 2, "retry_after": 5}, GET, [5], None),
    ({"code": 613, "retry_after": 0, "regain_access_minutes": 0}, GET, 1, None),
    ({"code": 17, "retry_after": 600, **MANY}, GET, [], RateLimited),  # longer than max_seconds
    ({"code": 80004, "regain_access_minutes": 60, **MANY}, GET, [], RateLimited),
    *(({"code": code, **MANY}, GET, [], GraphError) for code in (3, 100, 190, 200, 999_999)),
]


@BOTH
@pytest.mark.parametrize("case", RETRIES)
def test_what_is_tried_again_and_when(sandbox: Sandbox, fault: Fault, kind: type, case: Any) -> None:
    body, call, waits, raised = case
    fault(**body)
    with Twin(kind, TOKEN, base_url=sandbox.base_url) as twin:
        answer = outcome(twin, call)
    assert isinstance(answer, GraphError) == (raised is not None)
    assert raised is None or isinstance(answer, raised)
    if isinstance(waits, list):
        assert twin.waits == waits
    else:
        assert len(twin.waits) == waits
        assert all(2**n <= wait <= 2**n + 1 for n, wait in enumerate(twin.waits))  # 1 to 2, 2 to 3, 4 to 5
    if waits == []:
        wanted = body.get("retry_after") or 60 * body.get("regain_access_minutes", 0) or None
        assert answer.retry_after == wanted


def test_the_codes_that_must_be_repeated_are() -> None:
    assert {1, 2, 4, 17, 32, 613, 80001, 80004} <= set(REPEATED)


@BOTH
def test_retries_can_be_off_or_more(sandbox: Sandbox, fault: Fault, kind: type) -> None:
    fault(code=4, times=6)
    for most, raised in ((0, True), (5, False)):
        with Twin(kind, TOKEN, base_url=sandbox.base_url, max_retries=most) as twin:
            assert isinstance(outcome(twin, POST), RateLimited) == raised
            assert len(twin.waits) == most


class Clock:
    """Time that passes only in waits."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@BOTH
def test_the_time_is_bounded(
    sandbox: Sandbox, fault: Fault, kind: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    fault(code=4, retry_after=4, times=99)
    with Twin(kind, TOKEN, base_url=sandbox.base_url, max_retries=99, max_seconds=10) as twin:
        monkeypatch.setattr(sys.modules[kind.__mro__[1].__module__], "monotonic", clock.monotonic)
        note = twin.b2b._sleep

        def sleep(seconds: float) -> Any:
            clock.now += seconds
            return note(seconds)

        twin.b2b._sleep = sleep
        assert isinstance(outcome(twin, GET), RateLimited)
    assert twin.waits == [4, 4]  # the next try would come after 12 seconds


DATE = format_datetime(datetime.now(UTC) + timedelta(hours=5), usegmt=True)
PAST = format_datetime(datetime.now(UTC) - timedelta(hours=5), usegmt=True)
USAGE = '{"1": [{"estimated_time_to_regain_access": 0}], "2": [{}, {"estimated_time_to_regain_access": 2}]}'
HEADERS: list[tuple[dict[str, str], tuple[float, float] | None]] = [
    ({"Retry_After": "5"}, (5, 5)),
    ({"Retry_After": DATE}, (4 * 3600, 5 * 3600)),
    ({"Retry_After": PAST}, None),
    *(({"Retry_After": text}, None) for text in ("", "soon", "-5", "nan", "inf", "0", "5 s", "Mon, 99 Foo")),
    ({"x_business_use_case_usage": USAGE}, (120, 120)),
    ({"x_business_use_case_usage": USAGE, "Retry_After": "5"}, (120, 120)),
    *(
        ({"x_business_use_case_usage": text}, None)
        for text in ("", "{", "[]", "1", "null", '{"1": 2}', '{"1": [2]}', '{"1": [{}]}')
    ),
    ({"x_business_use_case_usage": '{"1": [{"estimated_time_to_regain_access": null}]}'}, None),
    ({"x_business_use_case_usage": '{"1": [{"estimated_time_to_regain_access": "3"}]}'}, None),
]


@pytest.mark.parametrize("headers, wait", HEADERS)
def test_any_header_that_says_how_long_to_wait(server: Recorder, headers: Any, wait: Any) -> None:
    server.reply(429, envelope(4), **headers)
    with Twin(B2BClient, TOKEN, base_url=server.base_url, max_retries=0) as twin:
        error = outcome(twin, GET)
    assert error.retry_after is None if wait is None else wait[0] <= error.retry_after <= wait[1]


@BOTH
@pytest.mark.parametrize("call, tries", [(GET, 4), (DELETE, 4), (POST, 1)])
def test_a_server_that_fails_is_tried_again_but_not_with_a_post(
    server: Recorder, kind: type, call: Any, tries: int
) -> None:
    for status, body in ((502, HTML), (400, envelope(999, is_transient=True)), (503, envelope(200))):
        server.requests.clear()
        server.reply(status, body)
        with Twin(kind, TOKEN, base_url=server.base_url) as twin:
            assert outcome(twin, call).status == status
        assert len(server.requests) == tries


# No answer

NOT_SENT = [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError]
SENT = [httpx.ReadTimeout, httpx.WriteTimeout, httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError]


@BOTH
@pytest.mark.parametrize("failed", [*NOT_SENT, *SENT], ids=lambda failed: failed.__name__)
@pytest.mark.parametrize("call", [GET, POST, DELETE], ids=lambda call: call[0])
def test_a_post_is_repeated_only_if_it_was_not_sent(kind: Any, failed: Any, call: Any) -> None:
    tries = []

    def fail(request: httpx.Request) -> httpx.Response:
        tries.append(request)
        raise failed("reason", request=request)

    http_client = (httpx.AsyncClient if kind is AsyncB2BClient else httpx.Client)(
        transport=httpx.MockTransport(fail)
    )
    with Twin(kind, TOKEN, http_client=http_client) as twin:
        error = outcome(twin, call)
    assert isinstance(error, ConnectionFailed)
    assert isinstance(error, TimedOut) == issubclass(failed, httpx.TimeoutException)
    assert error.may_have_been_sent == (failed in SENT)
    assert (error.status, error.code) == (None, None)
    assert f"{failed.__name__} reason" in str(error)
    assert len(tries) == (1 if call is POST and failed in SENT else 4)
    assert len(twin.waits) == len(tries) - 1


@BOTH
def test_nobody_listens(kind: type) -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))  # without listening; and nobody else can listen there meanwhile
        base_url = f"http://127.0.0.1:{deaf.getsockname()[1]}/v26.0"
        with Twin(kind, TOKEN, base_url=base_url) as twin:
            error = outcome(twin, POST)
    assert type(error) is ConnectionFailed
    assert f"{base_url}/act_" in str(error) and "ConnectError" in str(error)
    assert len(twin.waits) == 3


@BOTH
@pytest.mark.parametrize("call, tries", [(GET, 2), (POST, 1)])
def test_a_server_that_is_too_slow(sandbox: Sandbox, fault: Fault, kind: type, call: Any, tries: int) -> None:
    fault(delay_ms=400, times=1)
    with Twin(kind, TOKEN, base_url=sandbox.base_url, timeout=0.1) as twin:
        answer = outcome(twin, call)
    assert isinstance(answer, TimedOut) == (call is POST)
    assert len(twin.waits) == tries - 1


@BOTH
def test_an_answer_that_cannot_be_decoded(server: Recorder, kind: type) -> None:
    server.reply(200, b"not gzip", Content_Encoding="gzip")
    with Twin(kind, TOKEN, base_url=server.base_url) as twin:
        assert isinstance(outcome(twin, GET), UnexpectedAnswer)
    assert twin.waits == []


# Many at once


def test_many_tasks_share_a_client(sandbox: Sandbox, fault: Fault) -> None:
    async def all_at_once() -> list[Any]:
        async with AsyncB2BClient(TOKEN, base_url=sandbox.base_url, verify=TLS, max_retries=30) as client:
            b2b: Any = client
            b2b._sleep = lambda seconds: asyncio.sleep(seconds / 1000)
            return await asyncio.gather(*(b2b.get_obo_request("1111111111") for _ in range(20)))

    fault(code=2, times=30)
    assert [one.id for one in asyncio.run(all_at_once())] == ["1111111111"] * 20


def test_many_threads_share_a_client(sandbox: Sandbox, fault: Fault) -> None:
    fault(code=2, times=10)
    pause = threading.Event()
    with B2BClient(TOKEN, base_url=sandbox.base_url, verify=TLS, max_retries=12) as client:
        b2b: Any = client
        b2b._sleep = lambda seconds: pause.wait(seconds / 1000)
        with ThreadPoolExecutor(4) as threads:
            found = list(threads.map(lambda _: b2b.get_obo_request("1111111111").id, range(20)))
    assert found == ["1111111111"] * 20
