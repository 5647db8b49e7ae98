"""The guide's stories, as its readers and the users of Meta's SDKs live them: with only the host replaced."""

import json
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from facebook_business.adobjects.adaccount import AdAccount
from facebook_business.adobjects.business import Business
from facebook_business.adobjects.businessownedobjectonbehalfofrequest import (
    BusinessOwnedObjectOnBehalfOfRequest,
)
from facebook_business.adobjects.page import Page
from facebook_business.api import FacebookAdsApi, FacebookSession
from facebook_business.exceptions import FacebookRequestError
from meta_b2b_sandbox.tokens import APP_SECRET
from meta_b2b_sandbox.world import (
    AD_ACCOUNT,
    AGENCY,
    AGENCY_AD_ACCOUNT,
    CROWD,
    CROWDED,
    OUTSIDER,
    OWNER,
    PAGE,
    REVIEWED,
)

from tests.support.document import OPERATIONS, example_call
from tests.support.examples import succeeding_call
from tests.support.graph import BASE, Graph
from tests.support.guide import ANSWERS as SHOWN
from tests.support.sandbox import WatchedSandbox
from tests.test_mock_callers import GUIDE, IDS, curl, needs_curl, sdk_methods

TASKS = ["ADVERTISE", "ANALYZE"]


@pytest.fixture
def graph_url(sandbox: WatchedSandbox) -> str:
    """What stands for https://graph.facebook.com, with the demo world behind."""
    url = sandbox.base_url.rpartition("/")[0]
    assert httpx.post(f"{url}/_sandbox/reset").status_code == 200
    return url


def keys(shown: Any) -> Any:
    """The names in an answer, without the values."""
    if isinstance(shown, dict):
        return {key: keys(value) for key, value in shown.items() if key not in ("paging", "summary")}
    return [keys(item) for item in shown[:1]] if isinstance(shown, list) else None


# The guide's curl lines


class Reader:
    """Runs the guide's lines, and notes which."""

    def __init__(self, graph_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.graph_url, self.monkeypatch = graph_url, monkeypatch
        self.used: set[tuple[str, str]] = set()

    def __call__(self, operation_id: str, token: str, **ids: str) -> Any:
        """The answer to the guide's line for an operation; the one with these placeholders, if there are two."""
        for name, id in {"ACCESS_TOKEN": token, **ids}.items():
            self.monkeypatch.setitem(IDS, f"<{name}>", id)
        lines = [x for x in GUIDE if x[0] == operation_id and all(f"<{name}>/" in x[1] for name in ids)]
        self.used.add(lines[0])
        return curl(lines[0][1], self.graph_url)


@pytest.fixture
def call(graph_url: str, monkeypatch: pytest.MonkeyPatch) -> Reader:
    return Reader(graph_url, monkeypatch)


def statuses(answer: Any) -> list[str]:
    return [entry["access_status"] for entry in answer["data"]]


@needs_curl
def test_the_guides_curl_lines_tell_the_access_story(call: Reader) -> None:
    account, page = {"AD_ACCOUNT_ID": AD_ACCOUNT[4:]}, {"PAGE_ID": PAGE}

    # "Request Access to Assets"
    assert call("request_ad_account_access", "agency-token") == {"access_status": "PENDING"}
    assert call("request_page_access", "agency-token") == {"access_status": "PENDING"}
    clients = call("list_clients", "agency-token")
    (client,) = clients["data"]
    assert client["adaccount_permissions"][0].pop("access_status") == "CLIENT_RESPONSE_PENDING"
    del client["adaccount_permissions"]
    assert keys(clients) == keys(SHOWN["list_clients"])
    permission, shown = client["page_permissions"][0], SHOWN["list_clients"]["data"][0]["page_permissions"][0]
    for name in ("id", "access_status"):
        assert permission[name] == shown[name]
    for name in ("access_requested_time", "access_updated_time"):
        assert (len(permission[name]), permission[name][-5:]) == (len(shown[name]), "+0000")
    assert permission["permitted_tasks"] == TASKS

    # "Grant Access to Assets for Another Business Manager"
    assert call("grant_ad_account_access", "agency-token", **account)["error"]["code"] == 100
    assert call("grant_page_access", "owner-token", **page)["error"]["code"] == 190
    assert call("grant_ad_account_access", "owner-token") == {"success": True}
    assert call("grant_page_access", "owner-page-token") == {"success": True}

    # "View Agency Access" and "View Client Access"
    assert statuses(call("list_ad_account_agencies", "owner-token")) == ["CONFIRMED"]
    assert statuses(call("list_agencies", "owner-page-token", **page)) == ["CONFIRMED"]
    agencies = call("list_agencies", "owner-token", BUSINESS_ID=OWNER)
    (shown,) = (entry for entry in agencies["data"] if entry["id"] == AGENCY)
    assert shown.keys() == {"id", "name", "adaccount_permissions", "page_permissions"}
    (client,) = call("list_clients", "agency-token", BUSINESS_ID=AGENCY)["data"]
    assert [client[k][0]["access_status"] for k in ("page_permissions", "adaccount_permissions")] == [
        "CONFIRMED",
        "CONFIRMED",
    ]

    # "In the case of granting access to an ad account, a review … is sometimes required"
    review = call("grant_ad_account_access", "owner-token", AD_ACCOUNT_ID=REVIEWED[4:])
    assert review == {"success": True, "requires_admin_approval": True}
    assert statuses(call("list_ad_account_agencies", "owner-token")) == ["PENDING"]
    url = f"{call.graph_url}/_sandbox/accesses/{REVIEWED}/{AGENCY}/approve"
    assert httpx.post(url).json() == {"success": True}
    assert statuses(call("list_ad_account_agencies", "owner-token")) == ["CONFIRMED"]

    # "Remove Access to Assets"
    for id in (AD_ACCOUNT, REVIEWED):
        assert call("remove_ad_account_agency", "owner-token", AD_ACCOUNT_ID=id[4:]) == {"success": True}
        assert call("list_ad_account_agencies", "owner-token") == {"data": []}
    assert call("remove_agency", "owner-page-token") == {"success": True}
    assert call("list_agencies", "owner-page-token", **page) == {"data": []}
    assert call("list_clients", "agency-token") == {"data": []}

    assert call.used == {line for line in GUIDE if "obo" not in line[0]}


@needs_curl
def test_the_guides_curl_lines_tell_the_obo_story(call: Reader) -> None:
    details = call("get_obo_request", "owner-token")
    assert keys(details) == keys(SHOWN["get_obo_request"])
    for name in ("id", "status"):
        assert details[name] == SHOWN["get_obo_request"][name]
    for name in ("receiving_business", "requesting_business"):
        assert details[name]["id"] == SHOWN["get_obo_request"][name]["id"]
    requests = call("list_ad_account_obo_requests", "owner-token")
    assert keys(requests) == keys(SHOWN["list_ad_account_obo_requests"])
    assert {request["status"] for request in requests["data"]} == {"IN_PROGRESS"}
    assert call("list_sent_obo_requests", "agency-token")["data"] == [{"id": details["id"]}]
    assert len(call("list_received_obo_requests", "agency-token")["data"]) == 1
    assert call("cancel_obo_request", "agency-token") == SHOWN["cancel_obo_request"]
    assert call("list_sent_obo_requests", "agency-token")["data"] == []

    assert call.used == {line for line in GUIDE if "obo" in line[0]}


# Meta's Python SDK, unmodified but for the host


@pytest.fixture
def api(graph_url: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes the SDK's API object for a token; it signs its calls with the app secret."""
    monkeypatch.setattr(FacebookSession, "GRAPH", graph_url)
    monkeypatch.setattr(FacebookAdsApi, "_default_api", None)
    return lambda token: FacebookAdsApi(FacebookSession(app_secret=APP_SECRET, access_token=token))


def code(call: Any, *args: Any, **kwargs: Any) -> tuple[int, int | None]:
    """(code, subcode) of the SDK's exception."""
    with pytest.raises(FacebookRequestError) as raised:
        call(*args, **kwargs)
    return raised.value.api_error_code(), raised.value.api_error_subcode()


def test_metas_python_sdk_lives_through_the_access_story(api: Any) -> None:
    agency, owner, page = api("agency-token"), api("owner-token"), api("owner-page-token")
    tasks = {"permitted_tasks": TASKS}
    asked = agency.call("POST", (AGENCY, "client_ad_accounts"), {"adaccount_id": AD_ACCOUNT, **tasks})
    assert asked.json() == {"access_status": "PENDING"}
    Business(AGENCY, api=agency).create_client_page(params={"page_id": PAGE, **tasks})
    again = Business(AGENCY, api=agency).create_client_page
    assert code(again, params={"page_id": int(PAGE), **tasks}) == (3936, None)

    for business, one in ((Business(AGENCY, api=agency), "client"), (Business(OWNER, api=owner), "owned")):
        (request,) = getattr(business, f"get_pending_{one}_ad_accounts")()
        assert request["ad_account"]["id"] == AD_ACCOUNT
        (request,) = getattr(business, f"get_pending_{one}_pages")()
        assert request["page"]["id"] == PAGE
    (client,) = Business(AGENCY, api=agency).get_clients()
    assert client["id"] == OWNER
    assert client["page_permissions"][0]["access_status"] == "CLIENT_RESPONSE_PENDING"

    grant = {"business": AGENCY, **tasks}
    assert code(Page(PAGE, api=owner).create_agency, params=grant) == (190, None)
    assert code(AdAccount(AD_ACCOUNT, api=agency).create_agency, params=grant) == (100, 33)
    AdAccount(AD_ACCOUNT, api=owner).create_agency(params=grant)
    Page(PAGE, api=page).create_agency(params=grant)
    assert code(Page(PAGE, api=page).create_agency, params=grant) == (3989, None)
    reviewed = AdAccount(REVIEWED, api=owner).create_agency(params=grant)
    assert reviewed["requires_admin_approval"] is True

    assert [a["access_status"] for a in AdAccount(AD_ACCOUNT, api=owner).get_agencies()] == ["CONFIRMED"]
    assert [a["permitted_tasks"] for a in Page(PAGE, api=page).get_agencies()] == [TASKS]
    assert [a["id"] for a in Business(AGENCY, api=agency).get_client_ad_accounts()] == [AD_ACCOUNT]
    pages = Business(AGENCY, api=agency).get_client_pages(fields=["id", "name", "category"])
    assert [(p["id"], p["name"], p["category"]) for p in pages] == [(PAGE, "Random Page", "Business")]

    AdAccount(AD_ACCOUNT, api=owner).delete_agencies(params={"business": AGENCY})
    Page(PAGE, api=page).delete_agencies(params={"business": AGENCY})
    assert list(AdAccount(AD_ACCOUNT, api=owner).get_agencies()) == []
    assert list(Page(PAGE, api=page).get_agencies()) == []
    Business(AGENCY, api=agency).delete_clients(params={"business": OWNER})
    assert list(Business(AGENCY, api=agency).get_clients()) == []
    assert code(Business(OWNER, api=owner).delete_agencies, params={"business": AGENCY}) == (100, 33)


@pytest.mark.parametrize("limit", [None, 7, 100])
def test_metas_python_sdk_pages_through_everything(api: Any, limit: int | None) -> None:
    params = {"limit": limit} if limit else {}
    for node in (AdAccount(CROWDED, api=api("owner-token")), Business(OWNER, api=api("owner-token"))):
        found = [agency["id"] for agency in node.get_agencies(params=params)]
        assert found == [str(9000000000 + n) for n in range(1, CROWD + 1)]
    assert Business(OWNER, api=api("owner-token")).get_agencies(params=params).total() == CROWD


def test_metas_python_sdk_lives_through_the_obo_story(api: Any, graph_url: str) -> None:
    agency, owner = api("agency-token"), api("owner-token")
    body = {
        "business_owned_object": AGENCY_AD_ACCOUNT[4:],
        "requesting_business": AGENCY,
        "receiving_business": OWNER,
    }
    id = httpx.post(f"{graph_url}/_sandbox/obo_requests", json=body).json()["id"]

    def waiting(api: Any, business: str, way: str) -> list[str]:
        answer = api.call("GET", (business, f"{way}_inprogress_onbehalf_requests")).json()
        return [entry["id"] for entry in answer["data"]]

    assert id in waiting(owner, OWNER, "received") and id in waiting(agency, AGENCY, "sent")
    request = BusinessOwnedObjectOnBehalfOfRequest(id, api=owner)
    request.api_get(fields=list(SHOWN["get_obo_request"]))
    assert (request["status"], request["requesting_business"]["name"]) == ("IN_PROGRESS", "Example Agency")
    listed = AdAccount(AGENCY_AD_ACCOUNT, api=owner).get_on_behalf_requests(
        fields=["id", "status"], params={"status": "IN_PROGRESS"}
    )
    assert id in [entry["id"] for entry in listed]
    assert code(BusinessOwnedObjectOnBehalfOfRequest(id, api=api("outsider-token")).remote_delete) == (
        100,
        33,
    )
    BusinessOwnedObjectOnBehalfOfRequest(id, api=agency).remote_delete()
    assert request.api_get(fields=["status"])["status"] == "CANCELED"
    assert id not in waiting(owner, OWNER, "received") + waiting(agency, AGENCY, "sent")
    assert code(request.remote_delete) == (100, 33)


@pytest.mark.parametrize(
    ("method", "operation_id"),
    sdk_methods().items(),
    ids=lambda v: v if isinstance(v, str) else f"{v[0].__name__}.{v[1]}",
)
@pytest.mark.filterwarnings("ignore:value of scope might not be compatible")  # whatever it is, list or text
def test_metas_python_sdk_gets_an_exception_without_app_access(
    api: Any, method: tuple[type, str], operation_id: str
) -> None:
    node, name = method
    _, path, query, body = example_call(operation_id)
    call = getattr(node(path.split("/")[1], api=api("no-access-token")), name)
    assert code(call, params=query | body) == (3, None)


# Meta's Node SDK, as version 24.0.1 is on the wire: a stray `id`, a JSON body on every call, the token in the query


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_metas_node_sdk_on_every_operation(graph: Graph, operation_id: str) -> None:
    old = BASE.replace("v26.0", "v24.0")
    method, path, token, query, body = succeeding_call(graph, operation_id)
    stray = {"id": path.split("/")[1]}
    if method == "GET":
        answer = graph(method, f"{old}{path}", token, params=query, json={})
    elif method == "DELETE":
        answer = graph(method, f"{old}{path}", token, params=query | stray, json={})
    else:
        answer = graph(method, f"{old}{path}", token, params=query, json=body | stray)
    assert answer.status_code == 200, answer.text
    assert answer.headers["facebook-api-version"] == "v24.0"


def test_metas_node_sdk_follows_next_as_it_stands(graph: Graph) -> None:
    found: list[str] = []
    url: str | None = (
        f"{BASE.replace('v26.0', 'v24.0')}/{CROWDED}/agencies?access_token=owner-token&fields=id"
    )
    while url:
        assert urlsplit(url).path.startswith("/v24.0/")
        page = graph("GET", url, None, json={}).json()
        found += [entry["id"] for entry in page["data"]]
        url = page["paging"].get("next")
    assert found == [str(9000000000 + n) for n in range(1, CROWD + 1)]
    assert json.dumps(found).count(OUTSIDER) == 0
