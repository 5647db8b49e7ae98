"""Where users hook into the client: environment, their own httpx client, options, whole answers, usage, logging, and
calls that the document lacks. Against the sandbox, and against transport mocks."""

import inspect
import json
import logging
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import httpx
import pytest
import respx
from meta_b2b_client import AsyncB2BClient, B2BClient, GraphError, GraphObject, RateLimited, Usage
from meta_b2b_sandbox import Sandbox
from meta_b2b_sandbox.tokens import APP_SECRET
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, CROWD, CROWDED, OWNER, PAGE

from tests.support.client_calls import TLS, TWINS, Twin

BOTH = pytest.mark.parametrize("kind", TWINS)
TOKEN = "EAAtokenThatMustStaySecret"
LOCAL = "http://127.0.0.1:1/v26.0"  # never called: a transport answers
TRACE = {"x-fb-trace-id": "Trace1"}
USE = {"type": "ads_management", "call_count": 28, "total_cputime": 25, "total_time": 91}
USAGE = {
    "x-business-use-case-usage": json.dumps({OWNER: [{**USE, "estimated_time_to_regain_access": 3}]}),
    "x-app-usage": json.dumps({"call_count": 12, "total_time": 1, "total_cputime": 2}),
    "x-ad-account-usage": json.dumps({"acc_id_util_pct": 9.67, "reset_time_duration": 100}),
}


class Answers:
    """A transport that gives these answers in turn, the last one for ever, and keeps the requests."""

    def __init__(self, *answers: tuple[int, dict[str, str], Any]) -> None:
        self.answers, self.requests = list(answers), list[httpx.Request]()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        status, headers, body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return httpx.Response(status, headers=headers, json=body)

    def client(self, kind: type, **settings: Any) -> Any:
        """The caller's own httpx client for this kind of B2BClient."""
        one = httpx.AsyncClient if kind is AsyncB2BClient else httpx.Client
        return one(transport=httpx.MockTransport(self), **settings)


def twin(kind: type, answers: Answers, **settings: Any) -> Twin:
    return Twin(kind, TOKEN, base_url=LOCAL, http_client=answers.client(kind), **settings)


Answer = tuple[int, dict[str, str], Any]
OK: Answer = (200, TRACE, {"id": "1", "name": "A"})
NO: Answer = (400, {}, {"error": {"message": "No", "code": 100}})
BUSY: Answer = (503, {}, {"error": {"message": "Later", "code": 2}})
LIMIT: Answer = (403, USAGE, {"error": {"message": "Slower", "code": 4}})


# Environment


@BOTH
def test_the_environment_stands_in_for_arguments(kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("META_B2B_ACCESS_TOKEN", raising=False)
    for empty in (None, ""):
        if empty is not None:
            monkeypatch.setenv("META_B2B_ACCESS_TOKEN", empty)
        with pytest.raises(ValueError, match="META_B2B_ACCESS_TOKEN"):
            kind()
    values = {
        "ACCESS_TOKEN": "from-environment",
        "APP_SECRET": "secret",
        "BASE_URL": "http://127.0.0.1:2/v1.0",
    }
    for name, value in values.items():
        monkeypatch.setenv(f"META_B2B_{name}", value)
    answers = Answers(OK)
    for token, arguments, port in ((None, {}, 2), ("given-token", {"base_url": f"{LOCAL}/"}, 1)):
        with Twin(kind, token, http_client=answers.client(kind), **arguments) as one:
            one("get_me")
        request = answers.requests.pop()
        assert request.url.port == port
        assert request.headers["authorization"] == f"Bearer {token or 'from-environment'}"
        assert len(request.url.params["appsecret_proof"]) == 64


# The caller's own httpx client


@BOTH
def test_an_httpx_client_of_the_callers_keeps_its_settings_and_stays_open(kind: type) -> None:
    answers = Answers(OK)
    own = answers.client(
        kind, timeout=7, headers={"X-Mine": "1"}, base_url="http://127.0.0.1:3", params={"a": "b"}
    )
    with Twin(kind, TOKEN, base_url=LOCAL, http_client=own) as one:
        one("get_me", fields="id")
        one("get_me", timeout=2)
    assert not own.is_closed
    first, second = answers.requests
    assert str(first.url) == f"{LOCAL}/me?a=b&fields=id"
    assert first.headers["x-mine"] == "1"
    assert (first.extensions["timeout"]["read"], second.extensions["timeout"]["read"]) == (7, 2)
    with Twin(kind, TOKEN, base_url=LOCAL, http_client=own, timeout=5) as one:
        one("get_me")
    assert answers.requests[-1].extensions["timeout"]["read"] == 5
    with pytest.raises(ValueError, match="verify has no effect"):
        Twin(kind, TOKEN, http_client=own, verify=TLS)


def test_calls_wait_30_seconds_unless_told_otherwise() -> None:
    for settings, seconds in (({}, 30), ({"timeout": 4}, 4), ({"timeout": httpx.Timeout(None)}, None)):
        answers = Answers(OK)
        with B2BClient(TOKEN, base_url=LOCAL, **settings) as b2b:
            b2b._http._transport = httpx.MockTransport(answers)
            b2b.get_me()
        assert set(answers.requests[0].extensions["timeout"].values()) == {seconds}


@BOTH
def test_respx_stands_in_for_graph(kind: type) -> None:
    with (
        respx.mock(base_url=LOCAL) as graph,
        Twin(kind, TOKEN, base_url=LOCAL) as one,
    ):
        graph.get("/1").respond(json={"id": "1", "name": "A"}, headers=TRACE)
        business = one("get_business", "1")
    assert (business.name, business.fbtrace_id) == ("A", "Trace1")


# Options


@BOTH
def test_options_share_the_connections_and_prove_each_token(kind: Any, sandbox: Sandbox) -> None:
    with Twin(kind, "owner-token", app_secret=APP_SECRET, base_url=sandbox.base_url) as one:
        agencies = one("list_ad_account_agencies", CROWDED[4:], max_items=1)
        page = one.b2b.with_options(access_token="owner-page-token", max_retries=0, timeout=9)
        assert type(page) is kind and page._http is one.b2b._http
        assert page._options.proof != one.b2b._options.proof
        assert one.done(page.grant_page_access(PAGE, business=AGENCY, permitted_tasks=["ANALYZE"])).success
        one.done(page.aclose() if kind is AsyncB2BClient else page.close())
        assert one("list_ad_account_agencies", CROWDED[4:], max_items=1) == agencies  # still open
        connections = one.b2b._http
    assert connections.is_closed
    with pytest.raises(ValueError, match="The token must be"):
        one.b2b.with_options(access_token="no token")


@BOTH
def test_options_change_what_they_name(kind: type) -> None:
    answers = Answers(BUSY)
    with twin(kind, answers, max_retries=2, timeout=5) as one:
        for options, tries, seconds in (({}, 3, 5), ({"max_retries": 0}, 1, 5), ({"timeout": 1}, 3, 1)):
            with pytest.raises(GraphError):
                one.done(one.b2b.with_options(**options).get_me())
            assert [request.extensions["timeout"]["read"] for request in answers.requests] == [
                seconds
            ] * tries
            answers.requests.clear()


# Whole answers


@BOTH
def test_whole_answers(kind: type) -> None:
    answers = Answers(BUSY, BUSY, OK)
    with twin(kind, answers) as one:
        raw = one.done(one.b2b.with_raw_response.get_business("1", fields="id"))
        assert (raw.status, raw.retries, raw.fbtrace_id) == (200, 2, "Trace1")
        assert (raw.headers["X-FB-Trace-Id"], json.loads(raw.content)) == ("Trace1", OK[2])
        assert raw.parse() == one("get_business", "1")
        assert repr(raw) == "<RawResponse 200, retries 2, fbtrace_id Trace1>"
        link = f"{LOCAL}/1/clients?limit=1&access_token={TOKEN}&after=x"
        answers.answers = [(200, USAGE, {"data": [{"id": "7"}], "paging": {"next": link}})]
        page = one.done(one.b2b.with_raw_response.list_clients("1", limit=1))
        assert ([client.id for client in page.parse().data], page.usage.percent) == (["7"], 91)
        assert page.parse().paging.next_ == f"{LOCAL}/1/clients?limit=1&after=x"
        answers.answers = [NO]
        with pytest.raises(GraphError, match="No"):
            one.done(one.b2b.with_raw_response.get_business("1"))
        with pytest.raises(ValueError, match="max_items has no effect"):
            one.done(one.b2b.with_raw_response.list_clients("1", max_items=1))


# Usage


def test_usage_is_parsed() -> None:
    usage = Usage.of(httpx.Headers(USAGE))
    assert usage and (usage.percent, usage.minutes_to_wait) == (91, 3)
    assert [(one.header, one.id, one.type, one.percent, one.minutes_to_wait) for one in usage.limits] == [
        ("x-business-use-case-usage", OWNER, "ads_management", 91, 3),
        ("x-app-usage", None, None, 12, 0),
        ("x-ad-account-usage", None, None, 9.67, 0),
    ]
    full = {"x-ad-account-usage": json.dumps({"acc_id_util_pct": 100, "reset_time_duration": 90})}
    assert Usage.of(full).minutes_to_wait == 1.5


@pytest.mark.parametrize("text", ["", "{", "[]", "1", "null", "{}", '{"1": 2}', '{"1": [2]}', "[" * 100_000])
def test_usage_that_cannot_be_read_is_none(text: str) -> None:
    assert not Usage.of({"x-business-use-case-usage": text}).limits
    assert Usage.of({"x-app-usage": text}).percent == 0


@BOTH
def test_usage_arrives_with_results_pages_and_failures_and_at_the_hook(kind: type) -> None:
    seen: list[float] = []

    async def slower(usage: Usage) -> None:
        seen.append(usage.percent)

    def slow(usage: Usage) -> None:
        seen.append(usage.percent)

    page = {
        "data": [{"id": "7"}],
        "paging": {"next": f"{LOCAL}?after=x", "cursors": {"before": "w", "after": "x"}},
    }
    answers = Answers(
        (200, {**USAGE, **TRACE}, page), (200, {}, {"data": []}), LIMIT, (200, USAGE, {"id": "1"})
    )
    hook = slower if kind is AsyncB2BClient else slow
    with twin(kind, answers, on_usage=hook, max_retries=0) as one:
        pages = one.all(one.b2b.list_clients("1").pages())
        assert [(one.usage.percent, one.fbtrace_id) for one in pages] == [(91, "Trace1"), (0, None)]
        with pytest.raises(RateLimited) as caught:
            one("get_me")
        assert (caught.value.usage.percent, caught.value.retry_after) == (91, 180)
        assert one("get_me").usage.limits[0].id == OWNER
        assert pages[0].data[0].usage == Usage()  # that of the page is the page's
    assert seen == [91, 91, 91]


@BOTH
def test_usage_rises_in_the_sandbox(kind: type, sandbox: Sandbox, control: httpx.Client) -> None:
    assert control.put("/budget", json={"budget": 4, "per_seconds": 600}).is_success
    with Twin(kind, "owner-token", base_url=sandbox.base_url, max_retries=0) as one:
        assert [one("get_business", OWNER).usage.percent for _ in range(4)] == [25, 50, 75, 100]
        with pytest.raises(RateLimited) as caught:
            one("get_business", OWNER)
    assert caught.value.usage.minutes_to_wait == 10


@BOTH
def test_a_cut_connection_is_tried_again(kind: type, sandbox: Sandbox, control: httpx.Client) -> None:
    assert control.post("/faults", json={"operation": "all", "answer": "cut_connection"}).is_success
    with Twin(kind, "owner-token", base_url=sandbox.base_url) as one:
        raw = one.done(one.b2b.with_raw_response.get_business(OWNER))
        assert raw.retries == len(one.waits) == 1
        assert raw.fbtrace_id


# Calls without a method


@BOTH
def test_calls_that_have_no_method(kind: type, sandbox: Sandbox) -> None:
    account = f"/act_{AD_ACCOUNT[4:]}/agencies"
    with Twin(kind, "owner-token", base_url=sandbox.base_url) as one:
        me = one("get", "/me", {"fields": ["id", "name"], "nothing": None})
        assert isinstance(me, GraphObject) and me.to_dict().keys() == {"id", "name"} and me.fbtrace_id
        granted = one("post", account, {"business": AGENCY, "permitted_tasks": ["ANALYZE"]})
        assert granted["success"] is True
        assert one("delete", account, {"business": AGENCY})["success"] is True
        entries = one("get_items", f"/{CROWDED}/agencies", {"limit": 9}, max_items=20)
        assert len(entries) == 20 and entries[0]["id"] == "9000000001"
        assert len(one("get_items", f"/{CROWDED}/agencies", {"limit": 100})) == CROWD
        with pytest.raises(GraphError) as caught:
            one("get", "/nothing")
    assert (caught.value.operation, caught.value.code) == ("get", 803)


@BOTH
def test_they_are_repeated_like_others(kind: type) -> None:
    answers = Answers(BUSY)
    with twin(kind, answers, max_retries=1) as one:
        for call, tries in (("get", 2), ("delete", 2), ("post", 1)):
            with pytest.raises(GraphError, match=f"{call}: Later"):
                one(call, "/me")
            assert len(answers.requests) == tries
            answers.requests.clear()


@pytest.mark.parametrize("path", ["", "me", "/", "/../x", "/me/", "//host/x", "/me?fields=id", "https://a/b"])
def test_a_path_that_leads_elsewhere_is_refused(path: str) -> None:
    with B2BClient(TOKEN) as b2b:
        for call in (b2b.get, b2b.post, b2b.delete, b2b.get_items):
            with pytest.raises(ValueError, match="a path looks like /me/accounts"):
                call(path)


# Logging


@BOTH
def test_calls_and_waits_are_logged_without_secrets(kind: type, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "meta_b2b_client")
    with twin(kind, Answers(BUSY, OK)) as one:
        one("get_me", fields="id")
    ours = [(one.levelname, one.getMessage()) for one in caplog.records if one.name == "meta_b2b_client"]
    assert [level for level, _ in ours] == ["DEBUG", "INFO", "DEBUG"]
    assert ours[0][1].startswith("get_me: GET /me: 503 in ")
    assert ours[1][1].startswith("get_me: GET /me: TemporaryFailure; try 2 of 4 in ")
    assert TOKEN not in caplog.text


LOGGING = """
import httpx
from meta_b2b_client import B2BClient
http = httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(200, json={"id": "1"})))
B2BClient("any-token", http_client=http).get_me()
"""


@pytest.mark.parametrize("level, lines", [("debug", 1), ("INFO", 0), ("", 0), ("loud", 1)])
def test_the_environment_turns_logging_on(level: str, lines: int) -> None:
    command = [sys.executable, "-c", LOGGING]
    done = subprocess.run(command, env={"META_B2B_LOG": level}, capture_output=True, text=True, check=True)
    assert len(done.stderr.splitlines()) == lines, done.stderr
    assert ("META_B2B_LOG must be debug or info" in done.stderr) == (level == "loud")


# The two halves


def test_the_halves_are_equal_but_for_the_words(unasynced: Callable[[str], str]) -> None:
    for name in ("_client", "_paging", "_raw", "_sending"):
        ours = sys.modules[f"meta_b2b_client._sync.{name}"]
        theirs = sys.modules[f"meta_b2b_client._async.{name}"]
        assert unasynced(inspect.getsource(theirs)) == unasynced(inspect.getsource(ours)), name


@pytest.fixture
def unasynced() -> Callable[[str], str]:
    """A source without line breaks and the words of asyncio, in another way than unasync has it."""

    def plain(text: str) -> str:
        text = re.sub(r"^(import|from) .*?(?:\(.*?^\)|$)", "", text, flags=re.M | re.S)
        for word, other in (("aclose", "close"), ("anyio.", "time."), ("__a", "__"), ("_Async", "_")):
            text = text.replace(word, other)
        text = re.sub(r"\b(?:async|await) |\bAsync(?=[A-Z])", "", text)
        return re.sub(r"[\s,()]+", "", text)

    return plain
