"""Each line of the table in the guide of the client, tried with this client and with Meta's SDK.

The docstrings of the tests are not free: that of each is the line of the table that it tries. openai-python, which
is no client of Graph, is not installed here; the guide says with which version its column was tried by hand.
"""

import asyncio
import contextlib
import datetime
import importlib.util
import inspect
import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import meta_b2b_client
import pytest
from facebook_business.adobjects.adaccount import AdAccount
from facebook_business.adobjects.business import Business
from facebook_business.adobjects.user import User
from facebook_business.api import FacebookAdsApi, FacebookRequest, FacebookResponse, FacebookSession
from facebook_business.exceptions import FacebookRequestError
from meta_b2b_client import (
    AsyncB2BClient,
    B2BClient,
    GraphError,
    NotFound,
    PermissionDenied,
    prepare,
)
from meta_b2b_sandbox import Sandbox
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, CROWDED, OWNER

from tests.support import guides
from tests.support.sandbox import HTTP

TOKEN = "owner-token"


@pytest.fixture
def sdk(graph_url: str, monkeypatch: pytest.MonkeyPatch) -> FacebookAdsApi:
    """Meta's SDK with the token of the owner."""
    monkeypatch.setattr(FacebookSession, "GRAPH", graph_url)
    monkeypatch.setattr(FacebookAdsApi, "_default_api", None)
    return FacebookAdsApi.init(access_token=TOKEN, crash_log=False)


@pytest.fixture
def b2b(sandbox: Sandbox) -> Iterator[B2BClient]:
    with B2BClient(TOKEN, base_url=sandbox.base_url) as client:
        yield client


@pytest.fixture
def fault(sandbox: Sandbox) -> Callable[[int], None]:
    """`fault(4)`: the next call of any operation fails with this code."""

    def plant(code: int) -> None:
        planted = {"operation": "all", "code": code}
        assert HTTP.post(f"{sandbox.control_url}/faults", json=planted).is_success

    return plant


class Requests:
    """The requests of the SDK's session, with what it sends."""

    def __init__(self, sdk: FacebookAdsApi) -> None:
        self.seen: list[dict[str, Any]] = []
        original = sdk._session.requests.request

        def record(method: str, url: str, **rest: Any) -> Any:
            self.seen.append({"method": method, "url": url, **rest})
            return original(method, url, **rest)

        sdk._session.requests.request = record


def test_the_guide_and_this_file_have_the_same_lines() -> None:
    rows = re.findall(
        r"^\| (.+?) \| .+ \| .+ \| .+ \|$", guides.text("client.md").partition("| what you get")[2], re.M
    )
    tests = [
        test.__doc__
        for name, test in globals().items()
        if name.startswith("test_line_") and inspect.isfunction(test)
    ]
    assert rows == tests and len(rows) > 15


def test_line_types() -> None:
    """types of arguments and results"""
    # That they are true is in tests/package/test_types.py.
    folder = Path(meta_b2b_client.__file__).parent
    assert (folder / "py.typed").exists()
    spec = importlib.util.find_spec("facebook_business")
    assert spec and spec.origin and not (Path(spec.origin).parent / "py.typed").exists()
    assert not inspect.get_annotations(AdAccount.create_agency)


def test_line_asyncio(sandbox: Sandbox) -> None:
    """asyncio"""

    async def name() -> str | None:
        async with AsyncB2BClient(TOKEN, base_url=sandbox.base_url) as client:
            return (await client.get_me()).name

    assert asyncio.run(name()) == "Admin of Example Owner"
    assert not inspect.iscoroutinefunction(FacebookAdsApi.call)
    assert not inspect.iscoroutinefunction(FacebookRequest.execute)


def test_line_http_client(sandbox: Sandbox, sdk: FacebookAdsApi) -> None:
    """an HTTP client of your own"""
    seen: list[str | int] = []
    hooks = {"response": [lambda response: seen.append(response.url.path)]}
    with httpx.Client(event_hooks=hooks) as http_client:
        B2BClient(TOKEN, base_url=sandbox.base_url, http_client=http_client).get_me()
    assert seen == ["/v26.0/me"]
    assert "http_client" not in inspect.signature(FacebookSession).parameters
    sdk._session.requests.hooks["response"].append(lambda response, **_: seen.append(response.status_code))
    User("me").api_get()
    assert seen[1:] == [200]


def test_line_options(b2b: B2BClient) -> None:
    """other settings on the same connections"""
    stranger = b2b.with_options(access_token="agency-token", timeout=5.0, max_retries=0)
    assert (stranger.get_me().name, b2b.get_me().name) == (
        "Admin of Example Agency",
        "Admin of Example Owner",
    )
    assert stranger._http is b2b._http
    one, other = (FacebookSession(access_token=token) for token in ("one", "other"))
    assert one.requests is not other.requests
    assert not hasattr(FacebookAdsApi, "with_options")


def test_line_retries(b2b: B2BClient, sdk: FacebookAdsApi, fault: Callable[[int], None]) -> None:
    """failed calls are repeated"""
    waits: list[float] = []
    b2b._sleep = lambda seconds: waits.append(float(seconds))
    fault(4)
    assert b2b.get_me().name and len(waits) == 1
    fault(4)
    with pytest.raises(FacebookRequestError):
        User("me").api_get()


def test_line_timeouts(b2b: B2BClient, sdk: FacebookAdsApi) -> None:
    """a time limit by default"""
    assert b2b._options.timeout == 30.0
    requests = Requests(sdk)
    User("me").api_get()
    assert requests.seen[0]["timeout"] is None


def test_line_exceptions(b2b: B2BClient, sdk: FacebookAdsApi) -> None:
    """an exception for each kind of failure"""
    with pytest.raises(NotFound):
        b2b.get_business("404")
    with pytest.raises(PermissionDenied):
        list(b2b.list_clients(AGENCY))
    with pytest.raises(FacebookRequestError) as unknown:
        Business("404").api_get()
    with pytest.raises(FacebookRequestError) as refused:
        Business(AGENCY).get_clients()
    assert type(unknown.value) is type(refused.value)
    assert unknown.value.api_error_code() != refused.value.api_error_code()


def test_line_pages(b2b: B2BClient, sdk: FacebookAdsApi) -> None:
    """lists fetch their pages"""
    assert len(list(b2b.list_ad_account_agencies(CROWDED.removeprefix("act_"), limit=50))) == 120
    requests = Requests(sdk)
    assert len(list(AdAccount(CROWDED).get_agencies(params={"limit": 50}))) == 120
    assert len(requests.seen) == 3


def test_line_counts(b2b: B2BClient, sdk: FacebookAdsApi) -> None:
    """lists are counted without being fetched"""
    assert b2b.list_agencies(OWNER).total_count() > 100
    requests = Requests(sdk)
    agencies = Business(OWNER).get_agencies(params={"summary": True})
    assert len(requests.seen) == 1, "the first page is fetched at once"
    assert agencies.total() > 100 and len(requests.seen) == 1


def test_line_whole_answers(b2b: B2BClient, sdk: FacebookAdsApi) -> None:
    """status and headers of an answer"""
    raw = b2b.with_raw_response.get_me()
    assert (raw.status, raw.headers["facebook-api-version"], raw.parse().name) == (
        200,
        "v26.0",
        "Admin of Example Owner",
    )
    response = sdk.call("GET", ("me",))
    assert isinstance(response, FacebookResponse)
    assert (response.status(), response.headers()["facebook-api-version"]) == (200, "v26.0")
    assert type(response.json()) is dict


def test_line_usage(sandbox: Sandbox, b2b: B2BClient, sdk: FacebookAdsApi) -> None:
    """the usage of limits, read"""
    budget = {"budget": 4, "per_seconds": 600}
    assert HTTP.put(f"{sandbox.control_url}/budget", json=budget).is_success
    assert b2b.get_business(OWNER).usage.percent == 25
    seen: list[float] = []
    with B2BClient(
        TOKEN, base_url=sandbox.base_url, on_usage=lambda usage: seen.append(usage.percent)
    ) as hooked:
        hooked.get_business(OWNER)
    assert seen == [50]
    headers = sdk.call("GET", (OWNER,)).headers()
    assert json.loads(headers["x-business-use-case-usage"])[OWNER][0]["call_count"] == 75
    assert not [name for name in dir(FacebookResponse) if "usage" in name]


def test_line_without_methods(b2b: B2BClient, sdk: FacebookAdsApi) -> None:
    """calls without a method"""
    assert b2b.get("/me", {"fields": "name"})["name"] == "Admin of Example Owner"
    assert sdk.call("GET", ("me",), params={"fields": "name"}).json()["name"] == "Admin of Example Owner"


def test_line_batches(b2b: B2BClient, sdk: FacebookAdsApi) -> None:
    """many calls in one request"""
    owner, unknown = b2b.batch([prepare.get_business(OWNER), prepare.get_business("404")])
    assert isinstance(unknown, NotFound) and not isinstance(owner, GraphError)
    assert owner.name == "Example Owner"
    done: list[str] = []
    batch = sdk.new_batch()
    for id in (OWNER, "404"):
        batch.add(
            "GET",
            (id,),
            success=lambda response: done.append(response.json()["id"]),
            failure=lambda response: done.append("failed"),
        )
    assert batch.execute() is None
    assert done == [OWNER, "failed"]


def test_line_environment(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """settings from the environment"""
    monkeypatch.setenv("META_B2B_ACCESS_TOKEN", TOKEN)
    monkeypatch.setenv("META_B2B_BASE_URL", sandbox.base_url)
    with B2BClient() as client:
        assert client.get_me().name == "Admin of Example Owner"
    package = Path(inspect.getfile(FacebookAdsApi)).parent
    assert not [path for path in package.glob("*.py") if "os.environ" in path.read_text(encoding="utf-8")]


def test_line_log(
    b2b: B2BClient, graph_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """a log"""
    with caplog.at_level(logging.DEBUG, "meta_b2b_client"):
        b2b.get_me()
    assert "get_me" in caplog.text and TOKEN not in caplog.text
    monkeypatch.setattr(FacebookSession, "GRAPH", graph_url)
    sdk = FacebookAdsApi(FacebookSession(access_token=TOKEN), enable_debug_logger=True)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        sdk.call("GET", ("me",))
    assert "curl" in printed.getvalue() and TOKEN in printed.getvalue()


def test_line_token(sandbox: Sandbox, b2b: B2BClient, sdk: FacebookAdsApi) -> None:
    """the token stays out of addresses"""
    raw = b2b.with_raw_response.get_me()
    assert raw.status == 200
    seen: list[httpx.Request] = []
    with httpx.Client(event_hooks={"request": [seen.append]}) as http_client:
        B2BClient(TOKEN, base_url=sandbox.base_url, http_client=http_client).get_me()
    assert TOKEN not in str(seen[0].url) and seen[0].headers["authorization"] == f"Bearer {TOKEN}"
    addresses: list[str] = []
    sdk._session.requests.hooks["response"].append(lambda response, **_: addresses.append(response.url))
    User("me").api_get()
    assert f"access_token={TOKEN}" in addresses[0]


def test_line_times(b2b: B2BClient, sdk: FacebookAdsApi) -> None:
    """times as `datetime`"""
    ours = b2b.get_ad_account(AD_ACCOUNT.removeprefix("act_"), fields="created_time").created_time
    assert isinstance(ours, datetime.datetime) and ours.tzinfo
    assert type(AdAccount(AD_ACCOUNT).api_get(fields=["created_time"])["created_time"]) is str


def test_line_new_fields() -> None:
    """new fields and values arrive"""
    sent = {"id": "1", "new_field": 5, "verification_status": "new_value"}
    ours = meta_b2b_client.models.Business.from_dict(sent)
    assert (ours["new_field"], ours.verification_status) == (5, "new_value")
    theirs = Business()
    with pytest.warns(UserWarning, match="verification_status is not be compatible"):
        theirs._set_data(sent)
    assert (theirs["new_field"], theirs["verification_status"]) == (5, "new_value")


def test_line_all_of_graph() -> None:
    """methods for all of Graph"""
    assert hasattr(AdAccount, "get_campaigns") and not hasattr(B2BClient, "list_campaigns")
    package = Path(inspect.getfile(FacebookAdsApi)).parent
    assert hasattr(B2BClient, "get_token_info")
    assert not [path for path in package.rglob("*.py") if "debug_token" in path.read_text(encoding="utf-8")]
