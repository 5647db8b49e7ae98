"""pyfacebook (python-facebook-api), unmodified: its host is a parameter."""

import pytest
from meta_b2b_sandbox.tokens import APP_SECRET
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, CROWD, CROWDED, OWNER, PAGE
from pyfacebook import FacebookApi, FacebookError


def client(graph_url: str, token: str) -> FacebookApi:
    return FacebookApi(app_id="1", app_secret=APP_SECRET, access_token=token, base_url=f"{graph_url}/")


def test_the_story(graph_url: str) -> None:
    owner, agency = client(graph_url, "owner-token"), client(graph_url, "agency-token")

    assert owner.user.get_info(user_id="me").name == "Admin of Example Owner"
    (business,) = owner.user.get_businesses(user_id="me").data
    assert (business.id, business.verification_status) == (OWNER, "verified")
    assert owner.business.get_info(business_id=OWNER).link.endswith(OWNER)
    accounts = owner.get_connection(OWNER, "owned_ad_accounts", fields="name,currency", summary="true")
    assert accounts["summary"] == {"total_count": 3}
    assert owner.page.get_info(page_id=PAGE).name == "Random Page"

    # The list of tasks goes into a form as a repeated name.
    grant = {"business": AGENCY, "permitted_tasks": ["ADVERTISE", "ANALYZE"]}
    assert owner.post_object(AD_ACCOUNT, "agencies", data=dict(grant)) == {"success": True}
    (page,) = owner.user.get_accounts(user_id="me", fields="id,name,access_token").data
    with_page_token = client(graph_url, page.access_token)
    assert with_page_token.post_object(PAGE, "agencies", data=dict(grant)) == {"success": True}
    (partner,) = owner.get_connection(AD_ACCOUNT, "agencies")["data"]
    assert (partner["id"], partner["permitted_tasks"]) == (AGENCY, ["ADVERTISE", "ANALYZE"])

    (account,) = agency.get_connection(AGENCY, "client_ad_accounts", fields="name,timezone_name")["data"]
    assert account["timezone_name"] == "Europe/Berlin"
    assert [entry["id"] for entry in agency.get_connection(AGENCY, "clients")["data"]] == [OWNER]

    assert owner.delete_object(AD_ACCOUNT, "agencies", args={"business": AGENCY}) == {"success": True}
    assert agency.delete_object(AGENCY, "pages", args={"page_id": PAGE}) == {"success": True}
    assert agency.get_connection(AGENCY, "clients")["data"] == []
    with pytest.raises(FacebookError) as refused:
        agency.get_connection(OWNER, "owned_pages")
    assert refused.value.code == 200


def test_all_pages_of_a_list(graph_url: str) -> None:
    found = client(graph_url, "owner-token").get_full_connections(
        CROWDED, "agencies", count=None, limit=50, fields="id"
    )
    assert len(found["data"]) == CROWD
