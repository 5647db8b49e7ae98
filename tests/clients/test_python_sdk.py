"""Meta's SDK for Python, unmodified: from the businesses of the user to an access that is removed again."""

from collections.abc import Iterator
from typing import Any

import pytest
from facebook_business.adobjects.adaccount import AdAccount
from facebook_business.adobjects.business import Business
from facebook_business.adobjects.page import Page
from facebook_business.adobjects.user import User
from facebook_business.api import FacebookAdsApi, FacebookSession
from facebook_business.exceptions import FacebookRequestError
from meta_b2b_sandbox.tokens import APP_SECRET
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, CROWD, CROWDED, OWNER, PAGE, REVIEWED

TASKS = ["ADVERTISE", "ANALYZE"]


@pytest.fixture
def api(graph_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """`api("owner-token")` is the SDK with this token, which is the one that its objects use from then on."""
    monkeypatch.setattr(FacebookSession, "GRAPH", graph_url)
    monkeypatch.setattr(FacebookAdsApi, "_default_api", None)

    def init(token: str) -> FacebookAdsApi:
        return FacebookAdsApi.init(
            app_id="1", app_secret=APP_SECRET, access_token=token, crash_log=False, timeout=10
        )

    yield init


def names(entries: Any) -> list[str]:
    return [entry["name"] for entry in entries]


def test_the_story(api: Any) -> None:
    agency = api("agency-token")
    owner = api("owner-token")

    (business,) = User("me").get_businesses(fields=["id", "name", "verification_status", "primary_page"])
    assert (business["id"], business["primary_page"]["id"]) == (OWNER, PAGE)
    assert isinstance(business, Business)
    accounts = business.get_owned_ad_accounts(
        fields=["id", "name", "timezone_name", "amount_spent", "business", "funding_source_details"],
        params={"summary": True, "limit": 500},
    )
    assert accounts.total() == 3
    assert [account["business"]["id"] for account in accounts] == [OWNER] * 3
    assert names(business.get_owned_pages(fields=["name", "access_token"])) == ["Random Page"]

    # The Page access token, from the list of the user's Pages, and with it the Page's call.
    (page,) = User("me").get_accounts(fields=["name", "access_token"])
    assert isinstance(page, Page)
    with_page_token = FacebookAdsApi.init(
        app_id="1", app_secret=APP_SECRET, access_token=page["access_token"], crash_log=False
    )
    Page(PAGE, api=with_page_token).create_agency(params={"business": AGENCY, "permitted_tasks": TASKS})
    (seen,) = Page(PAGE, api=with_page_token).get_agencies()
    assert seen["permitted_tasks"] == TASKS

    AdAccount(AD_ACCOUNT, api=owner).create_agency(params={"business": AGENCY, "permitted_tasks": TASKS})
    (partner,) = AdAccount(AD_ACCOUNT, api=owner).get_agencies()
    assert partner["access_status"] == "CONFIRMED"

    # What the agency sees of it.
    ours = Business(AGENCY, api=agency)
    assert names(ours.get_clients(fields=["name"])) == ["Example Owner"]
    every = [
        "id",
        "account_id",
        "name",
        "account_status",
        "currency",
        "timezone_name",
        "timezone_offset_hours_utc",
        "amount_spent",
        "balance",
        "spend_cap",
        "business",
        "business_name",
        "created_time",
        "disable_reason",
        "owner",
        "is_prepay_account",
        "user_tasks",
    ]
    (account,) = ours.get_client_ad_accounts(fields=every)
    assert account.export_all_data().keys() == set(every)
    assert (account["owner"], account["user_tasks"]) == (OWNER, TASKS)
    assert names(ours.get_client_pages(fields=["name"])) == ["Random Page"]

    # The owner ends one, the agency the other, and both are gone for both.
    AdAccount(AD_ACCOUNT, api=owner).delete_agencies(params={"business": AGENCY})
    assert list(ours.get_client_ad_accounts()) == []
    ours.delete_pages(params={"page_id": PAGE})
    assert list(ours.get_clients()) == []
    assert list(Page(PAGE, api=with_page_token).get_agencies()) == []


def test_the_agency_asks_and_withdraws(api: Any) -> None:
    ours = Business(AGENCY, api=api("agency-token"))
    with pytest.raises(FacebookRequestError) as refused:
        ours.delete_ad_accounts(params={"adaccount_id": REVIEWED})
    assert refused.value.api_error_code() == 100
    # The SDK has no method for this POST; programs send it by the api itself.
    path = f"{AGENCY}/client_ad_accounts".split("/")
    request = {"adaccount_id": REVIEWED, "permitted_tasks": TASKS}
    answer = ours.get_api_assured().call("POST", path, params=request).json()
    assert answer == {"access_status": "PENDING"}
    (waiting,) = ours.get_pending_client_ad_accounts(fields=["ad_account"])
    assert waiting["ad_account"]["id"] == REVIEWED
    ours.delete_ad_accounts(params={"adaccount_id": REVIEWED})
    assert list(ours.get_pending_client_ad_accounts()) == []


def test_every_field_that_the_sdk_knows(api: Any) -> None:
    api("owner-token")
    for node in (AdAccount(AD_ACCOUNT), Business(OWNER), Page(PAGE), User("me")):
        fields = [value for name, value in vars(type(node).Field).items() if not name.startswith("_")]
        read = node.api_get(fields=fields)
        assert read["name"]
        assert set(read.export_all_data()) <= set(fields)


@pytest.mark.parametrize("limit", [7, 100, 1000])
def test_all_pages_of_a_list(limit: int, api: Any) -> None:
    api("owner-token")
    cursor = AdAccount(CROWDED).get_agencies(fields=["id"], params={"limit": limit})
    assert len({entry["id"] for entry in cursor}) == CROWD
