"""facebook-sdk (of Mobolic), unmodified: its host is a name in its module."""

import warnings
from typing import Any

import pytest
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, CROWD, CROWDED, OWNER, PAGE

with warnings.catch_warnings(action="ignore"):  # its source has an escape that Python warns of
    import facebook

TASKS = '["ADVERTISE","ANALYZE"]'


@pytest.fixture
def graph(graph_url: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(facebook, "FACEBOOK_GRAPH_URL", f"{graph_url}/")
    return facebook.GraphAPI


def test_the_story(graph: Any) -> None:
    owner, agency = graph("owner-token"), graph("agency-token", version="3.1")
    assert owner.get_version() == "20.0"  # it asks for 2.8, and knows none after 3.1

    assert owner.get_object("me", fields="id,name")["name"] == "Admin of Example Owner"
    (business,) = owner.get_connections("me", "businesses", fields="id,owned_ad_accounts{name}")["data"]
    assert (business["id"], len(business["owned_ad_accounts"]["data"])) == (OWNER, 3)
    (page,) = owner.get_connections("me", "accounts", fields="id,access_token")["data"]
    assert owner.get_object(PAGE, fields="name,picture{url}")["picture"]["data"]["url"]

    grant = {"business": AGENCY, "permitted_tasks": TASKS}
    assert owner.put_object(AD_ACCOUNT, "agencies", **grant) == {"success": True}
    agencies_of_page = f"v24.0/{PAGE}/agencies"
    assert graph(page["access_token"]).request(agencies_of_page, post_args=dict(grant)) == {"success": True}
    assert [one["id"] for one in owner.get_connections(AD_ACCOUNT, "agencies")["data"]] == [AGENCY]
    (account,) = agency.get_connections(AGENCY, "client_ad_accounts", fields="name,balance,business")["data"]
    assert account["business"]["id"] == OWNER

    owner.request(f"{owner.version}/{AD_ACCOUNT}/agencies", args={"business": AGENCY}, method="DELETE")
    agency.request(f"v24.0/{AGENCY}/pages", args={"page_id": PAGE}, method="DELETE")
    assert agency.get_connections(AGENCY, "clients") == {"data": []}
    with pytest.raises(facebook.GraphAPIError) as refused:
        agency.get_connections(OWNER, "owned_pages")
    assert refused.value.code == 200


def test_all_pages_of_a_list(graph: Any) -> None:
    found = graph("owner-token").get_all_connections(CROWDED, "agencies", fields="id", limit=50)
    assert len({entry["id"] for entry in found}) == CROWD
