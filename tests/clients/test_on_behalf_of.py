"""A partner acts for a client, as Meta's guide has it: by curl, by Meta's SDKs and by the client of this project."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from facebook_business.adobjects.adaccount import AdAccount
from facebook_business.adobjects.business import Business
from facebook_business.adobjects.page import Page
from facebook_business.adobjects.user import User
from facebook_business.api import FacebookAdsApi, FacebookSession
from facebook_business.exceptions import FacebookRequestError
from meta_b2b_client import AuthenticationFailed, B2BClient
from meta_b2b_sandbox import Sandbox
from meta_b2b_sandbox.tokens import APP_SECRET
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, APP, OWNER, PAGE

from tests.clients.test_node import story
from tests.support.sandbox import WatchedSandbox, run_story

TASKS = ["ADVERTISE", "ANALYZE"]
SCOPES = ["ads_management", "pages_read_engagement"]


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed here")
def test_the_guides_steps_by_curl() -> None:
    with WatchedSandbox() as sandbox:
        related, page, account, pages, accounts, ended = run_story(sandbox)
        assert related == {"id": OWNER, "name": "Example Owner"}
        assert page == account == ended == {"success": True}
        assert [one["name"] for one in pages["data"]] == ["Random Page"]
        assert [one["user_tasks"] for one in accounts["data"]] == [TASKS]
        assert sandbox.end() == (0, "", [])


@pytest.fixture
def api(graph_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Makes the SDK's API object for a token; it signs its calls with the app secret."""
    monkeypatch.setattr(FacebookSession, "GRAPH", graph_url)
    monkeypatch.setattr(FacebookAdsApi, "_default_api", None)
    yield lambda token: FacebookAdsApi(FacebookSession(APP, APP_SECRET, token))


# The SDK knows the type of no permission: it warns of every list and every text.
@pytest.mark.filterwarnings("ignore:value of scope might not be compatible")
def test_metas_python_sdk(api: Any) -> None:
    owner, agency, system = api("owner-token"), api("agency-token"), api("agency-system-token")

    # Step 1, by the client's admin.
    client = Business(AGENCY, api=owner).create_managed_business(
        params={"existing_client_business_id": OWNER}, fields=["id", "name"]
    )
    assert (client["id"], client["name"]) == (OWNER, "Example Owner")
    assert [one["id"] for one in Business(AGENCY, api=agency).get_owned_businesses()] == [OWNER]
    # Step 2, by the partner's system user; the SDK sends the proof by itself.
    made = Business(OWNER, api=system).create_access_token(params={"app_id": APP, "scope": SCOPES})
    acting = api(made["access_token"])
    # Step 3.
    me = User("me", api=acting).api_get(fields=["id", "name"])
    assert me["name"] == "Example Owner SYSTEM USER"
    assert list(User("me", api=acting).get_accounts()) == []
    assert [one["permission"] for one in User("me", api=acting).get_permissions()] == SCOPES
    # Step 4, by the client's admin.
    for node in (Page(PAGE, api=owner), AdAccount(AD_ACCOUNT, api=owner)):
        node.create_assigned_user(params={"user": me["id"], "tasks": TASKS})
        (user,) = node.get_assigned_users(params={"business": OWNER})
        assert (user["id"], user["tasks"]) == (me["id"], TASKS)
        (user,) = node.get_assigned_users(params={"business": OWNER}, fields=["user_type"])
        assert user["user_type"] == "system_user"
        with pytest.raises(FacebookRequestError) as refused:
            list(node.get_assigned_users())
        assert refused.value.api_error_message() == "(#100) The parameter business is required"
    # Steps 5 and 6.
    (page,) = User("me", api=acting).get_accounts()
    assert (page["name"], page["tasks"]) == ("Random Page", TASKS)
    assert Page(PAGE, api=api(page["access_token"])).api_get(fields=["name"])["name"] == "Random Page"
    (account,) = User("me", api=acting).get_ad_accounts(fields=["name", "user_tasks"])
    assert (account["id"], account["user_tasks"]) == (AD_ACCOUNT, TASKS)

    # "How do I remove access?": an asset, then all of it, which ends the system user and its token.
    Page(PAGE, api=owner).delete_assigned_users(params={"user": me["id"]})
    assert list(User("me", api=acting).get_accounts()) == []
    Business(AGENCY, api=owner).delete_managed_businesses(params={"existing_client_business_id": OWNER})
    with pytest.raises(FacebookRequestError) as refused:
        User("me", api=acting).api_get()
    assert (refused.value.http_status(), refused.value.api_error_code()) == (400, 190)
    assert list(Business(OWNER, api=owner).get_system_users()) == []
    assert list(Business(AGENCY, api=agency).get_owned_businesses()) == []


@pytest.mark.filterwarnings("ignore:value of scope might not be compatible")
def test_metas_python_sdk_gets_the_reasons(api: Any) -> None:
    def refused(call: Any, **params: Any) -> tuple[int, int | None]:
        with pytest.raises(FacebookRequestError) as raised:
            call(params=params)
        return raised.value.api_error_code(), raised.value.api_error_subcode()

    system, owner = api("agency-system-token"), api("owner-token")
    step_1 = Business(AGENCY, api=api("agency-token")).create_managed_business
    assert refused(step_1, existing_client_business_id=OWNER) == (200, 2655040)
    step_2 = Business(OWNER, api=system).create_access_token
    assert refused(step_2, app_id=APP, scope=SCOPES) == (200, None)
    Business(AGENCY, api=owner).create_managed_business(params={"existing_client_business_id": OWNER})
    assert refused(step_2, app_id=APP, scope=["email"]) == (100, None)
    without_proof = FacebookAdsApi(FacebookSession(access_token="agency-system-token"))
    unproven = Business(OWNER, api=without_proof).create_access_token
    assert refused(unproven, app_id=APP, scope=SCOPES) == (100, None)
    # The id that /me tells a person is not its id in its business, which its businesses tell.
    step_4 = AdAccount(AD_ACCOUNT, api=owner).create_assigned_user
    employee = api("owner-employee-token")
    me = User("me", api=employee).api_get(fields=["id"])
    assert refused(step_4, user=me["id"], tasks=TASKS) == (100, 1752100)
    (staff,) = User("me", api=employee).get_business_users(fields=["id", "business"])
    step_4(params={"user": staff["id"], "tasks": TASKS})
    assert [one["id"] for one in User("me", api=employee).get_ad_accounts()] == [AD_ACCOUNT]


def test_metas_node_sdk(graph_url: str) -> None:
    assert story("obo_node_sdk.cjs", graph_url) == {
        "client": [OWNER, "Example Owner"],
        "name": "Example Owner SYSTEM USER",
        "before": 0,
        PAGE: [TASKS],
        AD_ACCOUNT: [TASKS],
        "pages": [["Random Page", TASKS]],
        "clients": ["Example Owner"],
        "ended": [400, 190],
    }


def test_the_projects_client(sandbox: Sandbox) -> None:
    def client(token: str) -> B2BClient:
        return B2BClient(token, base_url=sandbox.base_url, app_secret=APP_SECRET)

    with client("owner-token") as owner, client("agency-system-token") as system:
        assert owner.create_managed_business(AGENCY, existing_client_business_id=OWNER).id == OWNER
        token = system.create_access_token(OWNER, app_id=APP, scope=SCOPES).access_token
        with client(token) as acting:
            me = acting.get_me()
            assert me.name == "Example Owner SYSTEM USER" and list(acting.list_pages()) == []
            owner.assign_page_user(PAGE, user=str(me.id), tasks=["ADVERTISE", "ANALYZE"])
            owner.assign_ad_account_user(AD_ACCOUNT[4:], user=str(me.id), tasks=["ANALYZE"])
            (user,) = owner.list_page_users(PAGE, business=OWNER)
            assert (user.id, user.tasks) == (me.id, TASKS)
            assert [page.id for page in acting.list_pages()] == [PAGE]
            assert [account.id for account in acting.list_ad_accounts()] == [AD_ACCOUNT]
            owner.remove_managed_business(AGENCY, existing_client_business_id=OWNER)
            with pytest.raises(AuthenticationFailed):
                acting.get_me()
