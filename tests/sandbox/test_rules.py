"""Each rule of the guide, with a test named after its sentence."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from meta_b2b_sandbox.world import (
    AD_ACCOUNT,
    AGENCY,
    AGENCY_AD_ACCOUNT,
    CROWDED,
    OTHER_PAGE,
    OUTSIDER,
    OWNER,
    PAGE,
    REVIEWED,
)

from tests.support.document import OPERATIONS, ROUTES, example_call
from tests.support.graph import Graph, failure

TASKS = ["ADVERTISE", "ANALYZE"]
UNKNOWN = "404404404"
NOT_FOUND, FORBIDDEN = (400, 100, 33), (403, 200, None)
IN_PROGRESS, APPROVED, DECLINED, SENT_BY_OWNER, EXPIRED = (str(1111111111 + n) for n in range(5))


@dataclass
class Kind:
    """How the rules name things for Pages, and for ad accounts."""

    asset: str
    owner_token: str  # for the asset's own edge
    field: str
    edge: str  # client_…, pending_client_…, pending_owned_…
    permissions: str
    node: str

    def request(self, asset: str | None = None) -> dict[str, Any]:
        return {self.field: asset or self.asset, "permitted_tasks": TASKS}


PAGES = Kind(PAGE, "owner-page-token", "page_id", "pages", "page_permissions", "page")
ACCOUNTS = Kind(
    AD_ACCOUNT, "owner-token", "adaccount_id", "ad_accounts", "adaccount_permissions", "ad_account"
)
both = pytest.mark.parametrize("kind", [PAGES, ACCOUNTS], ids=["page", "ad_account"])


def ask(graph: Graph, kind: Kind, business: str = AGENCY, token: str = "agency-token", **body: Any) -> Any:
    return graph("POST", f"/{business}/client_{kind.edge}", token, json={**kind.request(), **body})


def grant(
    graph: Graph, kind: Kind, business: str | int = AGENCY, token: str | None = None, **body: Any
) -> Any:
    given = {"business": business, "permitted_tasks": TASKS, **body}
    return graph("POST", f"/{kind.asset}/agencies", token or kind.owner_token, json=given)


def data(graph: Graph, path: str, token: str) -> Any:
    """The entries of an edge; its `summary`, where it has one, must agree."""
    answer = graph("GET", path, token, params={"summary": "true"})
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert "next" not in shown.get("paging", {})
    assert shown.get("summary", {"total_count": len(shown["data"])}) == {"total_count": len(shown["data"])}
    return shown["data"]


def ids(graph: Graph, path: str, token: str) -> list[str]:
    return [entry["id"] for entry in data(graph, path, token)]


def statuses(graph: Graph, kind: Kind) -> list[str]:
    """access_status at the agency's clients, at the owner's agencies, and at the asset's agencies."""
    return [
        *(e[kind.permissions][0]["access_status"] for e in data(graph, f"/{AGENCY}/clients", "agency-token")),
        *(e[kind.permissions][0]["access_status"] for e in partner(graph)),
        *(e["access_status"] for e in data(graph, f"/{kind.asset}/agencies", kind.owner_token)),
    ]


def partner(graph: Graph) -> list[Any]:
    """The agency among the owner's agencies."""
    found, url = [], f"/{OWNER}/agencies?limit=100"
    while url:
        page = graph("GET", url, None if url.startswith("http") else "owner-token").json()
        found += [entry for entry in page["data"] if entry["id"] == AGENCY]
        url = page.get("paging", {}).get("next")
    return found


# "Request Access to Assets"


@both
@pytest.mark.operation("request_ad_account_access", "request_page_access")
def test_a_business_may_request_access_to_an_ad_account_or_page_owned_by_another(
    graph: Graph, kind: Kind
) -> None:
    # [A25]
    assert ask(graph, kind).json() == {"access_status": "PENDING"}


@both
@pytest.mark.operation(
    "request_ad_account_access", "request_page_access", "grant_ad_account_access", "grant_page_access"
)
def test_without_tasks_the_least_is_asked_for_and_granted(graph: Graph, kind: Kind) -> None:
    # [A36] the guide demands them, SDK and reference leave them optional
    for token, path, body in (
        ("agency-token", f"/{AGENCY}/client_{kind.edge}", {kind.field: kind.asset}),
        (kind.owner_token, f"/{kind.asset}/agencies", {"business": AGENCY}),
    ):
        for sent in ({"json": body}, {"data": body}):
            graph.sandbox("POST", "/reset")
            assert graph("POST", path, token, **sent).status_code == 200  # type: ignore[arg-type]
            (entry,) = data(graph, f"/{kind.asset}/agencies", kind.owner_token)
            assert entry["permitted_tasks"] == ["ANALYZE"]
        graph.sandbox("POST", "/reset")
        missing = next(iter(body))
        answer = graph("POST", path, token, json={"permitted_tasks": TASKS})
        assert answer.json()["error"]["message"] == f"(#100) The parameter {missing} is required"
    assert data(graph, f"/{kind.asset}/agencies", kind.owner_token) == []


@pytest.mark.parametrize(
    ("kind", "tasks", "complaint"),
    [
        (
            ACCOUNTS,
            ["ADVERTISE", "MODERATE"],
            "permitted_tasks[1] must be one of {MANAGE, ADVERTISE, ANALYZE, DRAFT, ",
        ),
        (PAGES, ["ADVERTISE", "AA_ANALYZE"], "permitted_tasks[1] must be one of {MANAGE, CREATE_CONTENT, "),
        (PAGES, ["advertise"], "permitted_tasks[0] must be one of {"),
        (ACCOUNTS, ["ADVERTISE", None], "permitted_tasks[1] must be one of {"),
        (ACCOUNTS, [], "permitted_tasks must be an array"),
        (ACCOUNTS, [["ADVERTISE"]], "permitted_tasks[0] must be one of {"),
        (PAGES, None, "permitted_tasks must be an array"),
        (ACCOUNTS, {"ADVERTISE": 1}, "permitted_tasks must be an array"),
    ],
)
@pytest.mark.operation(
    "request_ad_account_access", "request_page_access", "grant_ad_account_access", "grant_page_access"
)
def test_the_tasks_are_those_of_the_kind_of_asset(
    graph: Graph, kind: Kind, tasks: Any, complaint: str
) -> None:
    for answer in (ask(graph, kind, permitted_tasks=tasks), grant(graph, kind, permitted_tasks=tasks)):
        assert failure(answer) == (400, 100, None)
        assert answer.json()["error"]["message"].startswith(f"(#100) Param {complaint}"), answer.text
    assert data(graph, f"/{kind.asset}/agencies", kind.owner_token) == []


@both
@pytest.mark.operation("request_ad_account_access", "request_page_access")
def test_only_for_a_business_that_the_token_administers(graph: Graph, kind: Kind) -> None:
    # [A18]
    assert failure(ask(graph, kind, token="outsider-token")) == FORBIDDEN
    assert failure(ask(graph, kind, business=UNKNOWN)) == NOT_FOUND
    assert failure(ask(graph, kind, token="owner-page-token")) == NOT_FOUND


@both
@pytest.mark.operation("request_ad_account_access", "request_page_access")
def test_unknown_own_and_repeated_requests_have_codes_of_their_own(graph: Graph, kind: Kind) -> None:
    # [A7] [A14] [A15]
    prefix = "act_" if kind is ACCOUNTS else ""
    assert failure(ask(graph, kind, **{kind.field: prefix + UNKNOWN})) == NOT_FOUND
    assert failure(ask(graph, kind, OWNER, "owner-token")) == (400, 3946, None)
    ask(graph, kind)
    assert failure(ask(graph, kind)) == (400, 3936, None)
    grant(graph, kind)
    assert failure(ask(graph, kind)) == (400, 3944, None)
    other = PAGES if kind is ACCOUNTS else ACCOUNTS
    # An asset of the other kind is no such asset.
    assert ask(graph, kind, **{kind.field: other.asset}).status_code == 400


@both
@pytest.mark.operation(
    "list_pending_client_ad_accounts",
    "list_pending_client_pages",
    "list_pending_owned_ad_accounts",
    "list_pending_owned_pages",
    "list_clients",
    "list_agencies",
    "list_ad_account_agencies",
)
def test_outstanding_requests_are_seen_and_have_PENDING_in_access_status(graph: Graph, kind: Kind) -> None:
    # [A9]
    ask(graph, kind)
    assert statuses(graph, kind) == ["CLIENT_RESPONSE_PENDING", "PENDING", "PENDING"]
    for path, token in (
        (f"/{AGENCY}/pending_client_", "agency-token"),
        (f"/{OWNER}/pending_owned_", "owner-token"),
    ):
        answer = graph("GET", f"{path}{kind.edge}", token, params={"summary": "true"}).json()
        (entry,) = answer["data"]
        assert (entry[kind.node]["id"], entry["permitted_tasks"]) == (kind.asset, TASKS)
        assert answer["summary"] == {"total_count": 1}
        assert ("paging" in answer) == ("client" in path)  # the reference shows none at the owner's edges
    assert ids(graph, f"/{AGENCY}/client_{kind.edge}", "agency-token") == []
    (client,) = data(graph, f"/{AGENCY}/clients", "agency-token")
    assert (client["id"], client["name"]) == (OWNER, "Example Owner")
    assert client[kind.permissions][0]["id"] == kind.asset


# "Grant Access to Assets for Another Business Manager"


@both
@pytest.mark.operation(
    "grant_ad_account_access",
    "grant_page_access",
    "list_pending_client_ad_accounts",
    "list_pending_client_pages",
    "list_pending_owned_ad_accounts",
    "list_pending_owned_pages",
    "list_client_ad_accounts",
    "list_client_pages",
)
def test_to_accept_an_access_request_of_an_object_you_own(graph: Graph, kind: Kind) -> None:
    ask(graph, kind)
    (requested,) = data(graph, f"/{kind.asset}/agencies", kind.owner_token)
    assert grant(graph, kind, permitted_tasks=["ANALYZE"]).json() == {"success": True}
    assert statuses(graph, kind) == ["CONFIRMED"] * 3
    (granted,) = data(graph, f"/{kind.asset}/agencies", kind.owner_token)
    assert granted["permitted_tasks"] == ["ANALYZE"]  # the owner decides
    assert granted["access_requested_time"] == requested["access_requested_time"]
    assert ids(graph, f"/{AGENCY}/pending_client_{kind.edge}", "agency-token") == []
    assert ids(graph, f"/{OWNER}/pending_owned_{kind.edge}", "owner-token") == []
    (held,) = data(graph, f"/{AGENCY}/client_{kind.edge}", "agency-token")
    assert (held["id"], held["permitted_tasks"]) == (kind.asset, ["ANALYZE"])


@both
@pytest.mark.operation("grant_ad_account_access", "grant_page_access")
def test_or_to_give_access_of_one_of_the_objects_you_own(graph: Graph, kind: Kind) -> None:
    assert grant(graph, kind).json() == {"success": True}
    assert statuses(graph, kind) == ["CONFIRMED"] * 3


@both
@pytest.mark.operation("grant_ad_account_access", "grant_page_access")
def test_you_must_specify_the_business(graph: Graph, kind: Kind) -> None:
    # [A7] [A15]
    assert failure(grant(graph, kind, business=UNKNOWN)) == NOT_FOUND
    assert failure(grant(graph, kind, business=kind.asset.removeprefix("act_"))) == NOT_FOUND  # no business
    assert failure(grant(graph, kind, business=OWNER)) == (400, 3946, None)
    assert grant(graph, kind, business=int(AGENCY)).json() == {"success": True}  # SDKs send numbers too


@pytest.mark.operation("grant_ad_account_access", "grant_page_access")
def test_the_access_can_only_be_granted_if_this_business_is_the_OWNER_of_the_asset(graph: Graph) -> None:
    assert failure(grant(graph, ACCOUNTS, OUTSIDER, token="outsider-token")) == NOT_FOUND
    assert failure(grant(graph, PAGES, OUTSIDER, token="outsider-page-token")) == FORBIDDEN


@pytest.mark.operation("grant_ad_account_access", "grant_page_access")
def test_you_cannot_grant_access_to_assets_of_which_you_are_just_an_AGENCY(graph: Graph) -> None:
    # [A6]
    assert failure(grant(graph, ACCOUNTS, OUTSIDER, token="agency-token")) == NOT_FOUND
    ask(graph, ACCOUNTS)
    assert failure(grant(graph, ACCOUNTS, token="agency-token")) == NOT_FOUND  # nor accept its own request
    for kind in (ACCOUNTS, PAGES):
        grant(graph, kind)
    assert failure(grant(graph, ACCOUNTS, OUTSIDER, token="agency-token")) == FORBIDDEN
    assert failure(grant(graph, PAGES, OUTSIDER, token="agency-token"))[1] == 190
    assert OUTSIDER not in {access["business"] for access in graph.state()["accesses"]}


@pytest.mark.operation("grant_page_access", "list_agencies", "remove_agency")
def test_assigning_a_business_to_a_page_requires_a_page_token(graph: Graph) -> None:
    # [A4]
    for method, kwargs in (
        ("POST", {"json": {"business": AGENCY, "permitted_tasks": TASKS}}),
        ("GET", {}),
        ("DELETE", {"params": {"business": AGENCY}}),
    ):
        answer = graph(method, f"/{PAGE}/agencies", "owner-token", **kwargs)
        assert failure(answer) == (400, 190, None)
        assert answer.json()["error"]["message"] == (
            "(#190) This method must be called with a Page Access Token"
        )
        assert failure(graph(method, f"/{PAGE}/agencies", "outsider-page-token", **kwargs)) == FORBIDDEN


@pytest.mark.operation("grant_page_access")
def test_there_is_no_grant_on_a_business(graph: Graph) -> None:
    answer = graph("POST", f"/{OWNER}/agencies", json={"business": AGENCY, "permitted_tasks": TASKS})
    assert failure(answer) == NOT_FOUND


@pytest.mark.operation("grant_page_access", "grant_ad_account_access")
def test_a_second_grant_is_an_error_on_a_page_and_replaces_the_tasks_on_an_ad_account(graph: Graph) -> None:
    # [A20]
    for kind in (PAGES, ACCOUNTS):
        grant(graph, kind)
    assert failure(grant(graph, PAGES, permitted_tasks=["ANALYZE"])) == (400, 3989, None)
    assert grant(graph, ACCOUNTS, permitted_tasks=["ANALYZE"]).json() == {"success": True}
    assert [a["permitted_tasks"] for a in graph.state()["accesses"][-2:]] == [TASKS, ["ANALYZE"]]


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.operation("grant_ad_account_access")
def test_a_review_from_another_business_admin_is_sometimes_required(graph: Graph, asked: bool) -> None:
    # [A9] [A20]
    kind = replace(ACCOUNTS, asset=REVIEWED)
    if asked:
        ask(graph, kind)
    for _ in range(2):
        assert grant(graph, kind).json() == {"success": True, "requires_admin_approval": True}
        assert statuses(graph, kind) == ["CLIENT_RESPONSE_PENDING", "PENDING", "PENDING"]
        assert ids(graph, f"/{AGENCY}/client_ad_accounts", "agency-token") == []
        assert ids(graph, f"/{AGENCY}/pending_client_ad_accounts", "agency-token") == []
    assert failure(ask(graph, kind)) == (400, 3936, None)
    assert graph.sandbox("POST", f"/accesses/{REVIEWED}/{AGENCY}/approve").status_code == 200
    assert statuses(graph, kind) == ["CONFIRMED"] * 3
    assert ids(graph, f"/{AGENCY}/client_ad_accounts", "agency-token") == [REVIEWED]
    # What is approved needs no second review.
    assert grant(graph, kind, permitted_tasks=["ANALYZE"]).json() == {"success": True}


# "Remove Access to Assets"


@both
@pytest.mark.parametrize("waiting", [True, False])
@pytest.mark.operation("remove_ad_account_agency", "remove_agency")
def test_to_remove_a_businesss_access_from_your_ad_account_or_page(
    graph: Graph, kind: Kind, waiting: bool
) -> None:
    # [A8] [A10]
    for one in (PAGES, ACCOUNTS):
        (ask if waiting else grant)(graph, one)
    path = f"/{kind.asset}/agencies"
    assert graph("DELETE", path, kind.owner_token, params={"business": AGENCY}).json() == {"success": True}
    assert data(graph, path, kind.owner_token) == []
    (client,) = data(graph, f"/{AGENCY}/clients", "agency-token")
    assert kind.permissions not in client  # the other asset is still there
    assert failure(graph("DELETE", path, kind.owner_token, params={"business": AGENCY})) == NOT_FOUND


@both
@pytest.mark.operation("remove_ad_account_agency", "remove_agency")
def test_only_the_owner_removes_and_only_what_is_there(graph: Graph, kind: Kind) -> None:
    # [A8]
    grant(graph, kind)
    path = f"/{kind.asset}/agencies"
    for token, business, expected in (
        ("agency-token", AGENCY, FORBIDDEN if kind is ACCOUNTS else (400, 190, None)),
        ("outsider-token", AGENCY, NOT_FOUND if kind is ACCOUNTS else (400, 190, None)),
        ("outsider-page-token", AGENCY, NOT_FOUND if kind is ACCOUNTS else FORBIDDEN),
        (kind.owner_token, OUTSIDER, NOT_FOUND),
        (kind.owner_token, UNKNOWN, NOT_FOUND),
    ):
        assert failure(graph("DELETE", path, token, params={"business": business})) == expected
    answer = graph("DELETE", path, kind.owner_token)
    assert answer.json()["error"]["message"] == "(#100) The parameter business is required"
    assert statuses(graph, kind) == ["CONFIRMED"] * 3


@pytest.mark.parametrize(
    ("path", "token", "business"),
    [(f"/{OWNER}/agencies", "owner-token", AGENCY), (f"/{AGENCY}/clients", "agency-token", OWNER)],
)
@pytest.mark.operation("remove_agency", "remove_client")
def test_a_whole_business_is_removed_by_either_side(
    graph: Graph, path: str, token: str, business: str
) -> None:
    # [A8] [A10]
    grant(graph, PAGES)
    ask(graph, ACCOUNTS)
    grant(graph, ACCOUNTS, OUTSIDER)
    for wrong in (UNKNOWN, OUTSIDER if business == OWNER else OWNER):
        assert failure(graph("DELETE", path, token, params={"business": wrong})) == NOT_FOUND
    assert failure(graph("DELETE", path, "outsider-token", params={"business": business})) == FORBIDDEN
    assert graph("DELETE", path, token, params={"business": business}).json() == {"success": True}
    assert data(graph, f"/{AGENCY}/clients", "agency-token") == partner(graph) == []
    assert ids(graph, f"/{AD_ACCOUNT}/agencies", "owner-token") == [OUTSIDER]
    assert failure(graph("DELETE", path, token, params={"business": business})) == NOT_FOUND


# "View Agency Access" and "View Client Access"


@pytest.mark.operation("list_agencies", "list_ad_account_agencies")
def test_all_the_businesses_that_have_access_to_your_ad_account_or_page_are_flat(graph: Graph) -> None:
    for kind in (PAGES, ACCOUNTS):
        grant(graph, kind)
        (entry,) = data(graph, f"/{kind.asset}/agencies", kind.owner_token)
        assert set(entry) == {
            *("id", "name", "permitted_tasks"),
            *("access_status", "access_requested_time", "access_updated_time"),
        }
        assert (entry["id"], entry["name"]) == (AGENCY, "Example Agency")


@pytest.mark.operation("list_agencies", "list_clients")
def test_all_the_businesses_that_have_access_to_your_business_assets_are_nested(graph: Graph) -> None:
    for kind in (PAGES, ACCOUNTS):
        grant(graph, kind)
    (agency,) = partner(graph)
    (client,) = data(graph, f"/{AGENCY}/clients", "agency-token")
    for entry, id in ((agency, AGENCY), (client, OWNER)):
        assert set(entry) == {"id", "name", "page_permissions", "adaccount_permissions"}
        assert entry["id"] == id
        for kind in (PAGES, ACCOUNTS):
            (permission,) = entry[kind.permissions]
            assert set(permission) == {
                *("id", "permitted_tasks"),
                *("access_status", "access_requested_time", "access_updated_time"),
            }
            assert (permission["id"], permission["permitted_tasks"]) == (kind.asset, TASKS)


@pytest.mark.parametrize(
    ("path", "token", "expected"),
    [
        # Somebody else's business, asset, request: code 200 if it is known that it is there, as if it were not if not.
        (f"/{OWNER}/agencies", "agency-token", FORBIDDEN),
        (f"/{OWNER}/agencies", "owner-page-token", NOT_FOUND),
        (f"/{UNKNOWN}/agencies", "agency-token", NOT_FOUND),
        (f"/{AD_ACCOUNT}/agencies", "agency-token", NOT_FOUND),
        (f"/{AD_ACCOUNT}/agencies", "owner-page-token", NOT_FOUND),
        (f"/act_{UNKNOWN}/agencies", "owner-token", NOT_FOUND),
        (f"/act_{PAGE}/agencies", "owner-token", NOT_FOUND),
        (f"/{AD_ACCOUNT[4:]}/agencies", "owner-token", NOT_FOUND),
        (f"/{AD_ACCOUNT}/onbehalf_requests", "outsider-token", NOT_FOUND),
        (f"/{AGENCY_AD_ACCOUNT}/onbehalf_requests", "owner-page-token", NOT_FOUND),
        (f"/{IN_PROGRESS}", "outsider-token", NOT_FOUND),
        (f"/{IN_PROGRESS}", "owner-page-token", NOT_FOUND),
        (f"/{UNKNOWN}", "owner-token", NOT_FOUND),
        (f"/0{IN_PROGRESS}", "owner-token", NOT_FOUND),
        ("/99999999999999999999", "owner-token", NOT_FOUND),
        *(
            (f"/{AGENCY}/{edge}", token, expected)
            for edge in (
                *("clients", "client_ad_accounts", "client_pages", "pending_client_ad_accounts"),
                *("pending_client_pages", "pending_owned_ad_accounts", "pending_owned_pages"),
                *("received_inprogress_onbehalf_requests", "sent_inprogress_onbehalf_requests"),
            )
            for token, expected in (("owner-token", FORBIDDEN), ("owner-page-token", NOT_FOUND))
        ),
    ],
)
@pytest.mark.operation(
    "list_agencies",
    "list_ad_account_agencies",
    "list_ad_account_obo_requests",
    "get_obo_request",
    "list_clients",
    "list_client_ad_accounts",
    "list_client_pages",
    "list_pending_client_ad_accounts",
    "list_pending_client_pages",
    "list_pending_owned_ad_accounts",
    "list_pending_owned_pages",
    "list_received_obo_requests",
    "list_sent_obo_requests",
)
def test_only_what_the_token_may_see(graph: Graph, path: str, token: str, expected: Any) -> None:
    # [A4] [A5] [A6] [A11]
    assert failure(graph("GET", path, token)) == expected


@pytest.mark.operation("list_client_ad_accounts")
def test_search_query_finds_ad_accounts_by_name_and_id(graph: Graph) -> None:
    # [A12]
    grant(graph, ACCOUNTS)
    graph("POST", f"/{CROWDED}/agencies", json={"business": AGENCY, "permitted_tasks": TASKS})
    for text, found in (
        ("example", [AD_ACCOUNT]),
        ("44444", [AD_ACCOUNT, CROWDED]),
        ("4445", [CROWDED]),
        ("%", []),
        ("nothing", []),
    ):
        params = {"search_query": text, "summary": "true"}
        answer = graph("GET", f"/{AGENCY}/client_ad_accounts", "agency-token", params=params).json()
        assert [entry["id"] for entry in answer["data"]] == found
        assert answer["summary"]["total_count"] == len(found)


# "Managing Your Relationship as an Ad Agency Acting on Behalf of Another Business"


@pytest.mark.parametrize("token", ["agency-token", "owner-token"])
@pytest.mark.operation("get_obo_request")
def test_to_view_the_details_of_an_obo_request(graph: Graph, token: str) -> None:
    assert graph("GET", f"/{IN_PROGRESS}", token).json() == {
        "id": IN_PROGRESS,
        "receiving_business": {"id": OWNER, "name": "Example Owner"},
        "requesting_business": {"id": AGENCY, "name": "Example Agency"},
        "status": "IN_PROGRESS",
        "business_owned_object": AGENCY_AD_ACCOUNT.removeprefix("act_"),
    }


@pytest.mark.parametrize("token", ["agency-token", "owner-token"])
@pytest.mark.operation("cancel_obo_request")
def test_to_cancel_a_pending_request(graph: Graph, token: str) -> None:
    # [A19]
    assert graph("DELETE", f"/{IN_PROGRESS}", token).json() == {"success": "true"}
    assert graph("GET", f"/{IN_PROGRESS}", token).json()["status"] == "CANCELED"
    assert failure(graph("DELETE", f"/{IN_PROGRESS}", token)) == NOT_FOUND


@pytest.mark.parametrize(
    ("request_id", "token"),
    [
        (IN_PROGRESS, "outsider-token"),
        (IN_PROGRESS, "owner-page-token"),
        (APPROVED, "agency-token"),
        (APPROVED, "owner-token"),
        (DECLINED, "owner-token"),
        (EXPIRED, "owner-token"),
        (UNKNOWN, "owner-token"),
    ],
)
@pytest.mark.operation("cancel_obo_request")
def test_only_a_party_cancels_and_only_while_it_is_in_progress(
    graph: Graph, request_id: str, token: str
) -> None:
    # [A8] [A11]
    before = graph.state()["obo_requests"]
    assert failure(graph("DELETE", f"/{request_id}", token)) == NOT_FOUND
    assert graph.state()["obo_requests"] == before


@pytest.mark.parametrize(
    ("account", "token", "status", "found"),
    [
        (AGENCY_AD_ACCOUNT, "agency-token", None, [IN_PROGRESS, APPROVED, DECLINED, EXPIRED]),
        (AGENCY_AD_ACCOUNT, "agency-token", "IN_PROGRESS", [IN_PROGRESS]),
        (AGENCY_AD_ACCOUNT, "agency-token", "DECLINE", [DECLINED]),
        (AGENCY_AD_ACCOUNT, "agency-token", "CANCELED", []),
        (AGENCY_AD_ACCOUNT, "owner-token", None, [IN_PROGRESS, APPROVED, EXPIRED]),
        (AGENCY_AD_ACCOUNT, "owner-token", "APPROVE", [APPROVED]),
        (AGENCY_AD_ACCOUNT, "owner-token", "DECLINE", []),
        (AGENCY_AD_ACCOUNT, "outsider-token", None, [DECLINED]),
        (AD_ACCOUNT, "owner-token", None, [SENT_BY_OWNER]),
        (AD_ACCOUNT, "agency-token", "IN_PROGRESS", [SENT_BY_OWNER]),
    ],
)
@pytest.mark.operation("list_ad_account_obo_requests")
def test_to_view_the_status_of_requests_for_an_ad_account(
    graph: Graph, account: str, token: str, status: str | None, found: list[str]
) -> None:
    # [A11] [A12] [A26]
    params = {"status": status} if status else {}
    answer = graph("GET", f"/{account}/onbehalf_requests", token, params=params).json()
    assert [entry["id"] for entry in answer["data"]] == found
    assert {entry["status"] for entry in answer["data"]} <= {
        status or entry["status"] for entry in answer["data"]
    }


@pytest.mark.operation("get_obo_request", "list_ad_account_obo_requests")
def test_the_sender_of_an_obo_request_owns_its_object(graph: Graph) -> None:
    # [A26]
    owners = {f"{account['id']}": account["owner"] for account in graph.state()["ad_accounts"]}
    for row in graph.state()["obo_requests"]:
        assert owners[row["business_owned_object"]] == row["requesting_business"]
    given = {"requesting_business": AGENCY, "receiving_business": OWNER}
    refused = graph.sandbox("POST", "/obo_requests", json={**given, "business_owned_object": AD_ACCOUNT[4:]})
    assert refused.status_code == 404
    assert "3333333333 does not own an ad account 4444444444" in refused.json()["error"]["message"]
    made = {**given, "business_owned_object": AGENCY_AD_ACCOUNT[4:]}
    id = graph.sandbox("POST", "/obo_requests", json=made).json()["id"]
    assert graph("GET", f"/{id}", "owner-token").json()["requesting_business"]["id"] == AGENCY
    for token in ("agency-token", "owner-token"):
        assert id in ids(graph, f"/{AGENCY_AD_ACCOUNT}/onbehalf_requests", token)


@pytest.mark.parametrize("status", ["APPROVED", "in_progress", "", "IN_PROGRESS,APPROVE"])
@pytest.mark.operation("list_ad_account_obo_requests")
def test_the_status_parameter_must_be_one_of_those_known(graph: Graph, status: str) -> None:
    answer = graph("GET", f"/{AD_ACCOUNT}/onbehalf_requests", params={"status": status})
    assert failure(answer) == (400, 100, None)
    assert answer.json()["error"]["message"].startswith(
        "(#100) Param status must be one of {APPROVE, DECLINE, "
    )


@pytest.mark.operation("list_received_obo_requests", "list_sent_obo_requests")
def test_received_and_sent_contain_the_IN_PROGRESS_obo_request_ids(graph: Graph) -> None:
    lists = {
        ("owner-token", OWNER, "received"): [{"id": IN_PROGRESS}],
        ("agency-token", AGENCY, "sent"): [{"id": IN_PROGRESS}],
        ("owner-token", OWNER, "sent"): [{"id": SENT_BY_OWNER}],
        ("agency-token", AGENCY, "received"): [{"id": SENT_BY_OWNER}],
        ("outsider-token", OUTSIDER, "sent"): [],
    }
    for (token, business, way), found in lists.items():
        assert data(graph, f"/{business}/{way}_inprogress_onbehalf_requests", token) == found
    graph("DELETE", f"/{IN_PROGRESS}", "agency-token")
    graph.sandbox("POST", f"/obo_requests/{SENT_BY_OWNER}/approve")
    for token, business, way in lists:
        assert data(graph, f"/{business}/{way}_inprogress_onbehalf_requests", token) == []


# "Apps without access will receive an error", and tokens

# But those that take none.
every = pytest.mark.parametrize("operation_id", [id for id in OPERATIONS if not ROUTES.endpoints[id].public])


def call(graph: Graph, operation_id: str, token: str | None) -> Any:
    method, path, query, body = example_call(operation_id)
    return graph(method, path, token, params=query, json=body)


@every
def test_apps_without_access_will_receive_an_error(graph: Graph, operation_id: str) -> None:
    # [A1]
    before = graph.state()
    assert failure(call(graph, operation_id, "no-access-token")) == (400, 3, None)
    assert graph.state() == before


@every
def test_missing_malformed_and_unknown_tokens_each_have_their_own_error(
    graph: Graph, operation_id: str
) -> None:
    before = graph.state()
    nobody = (104, "An access token is required to request this resource.")
    if example_call(operation_id)[1].startswith("/me"):
        text = "An active access token must be used to query information about the current user."
        nobody = (2500, text)
    for token, code, message in (
        (None, *nobody),
        ("", *nobody),
        ("a b", 190, "Invalid OAuth access token - Cannot parse access token"),
        ("tökén", 190, "Invalid OAuth access token - Cannot parse access token"),
        ("owner-token\n", 190, "Invalid OAuth access token - Cannot parse access token"),
        ("x" * 501, 190, "Invalid OAuth access token - Cannot parse access token"),
        ("nobodys-token", 190, "Invalid OAuth access token - Cannot parse access token"),
        ("owner-toke", 190, "Invalid OAuth access token - Cannot parse access token"),
        ("OWNER-TOKEN", 190, "Invalid OAuth access token - Cannot parse access token"),
    ):
        answer = call(graph, operation_id, token)
        assert failure(answer) == (400, code, None)
        assert answer.json()["error"]["message"] == message
        kind = "invalid_request" if code == 2500 else "invalid_token"
        assert f'"{kind}"' in answer.headers["www-authenticate"]
    assert graph.state() == before


# Who you are, what you own, and the nodes (reference, user, business, ad-account and page)

USERS = {business: f"122{business:0>12}" for business in (OWNER, AGENCY, OUTSIDER)}


@pytest.mark.operation("get_me", "get_user")
def test_me_is_the_user_of_the_token_and_its_id_works_as_well(graph: Graph) -> None:
    user = {"name": "Admin of Example Owner", "id": USERS[OWNER]}
    assert graph("GET", "/me").json() == user
    assert graph("GET", f"/{USERS[OWNER]}").json() == user
    assert graph("GET", "/me", params={"fields": "name"}).json() == user
    # [A28] a token sees no other user
    assert failure(graph("GET", f"/{USERS[AGENCY]}")) == NOT_FOUND
    assert failure(graph("GET", f"/{USERS[OWNER]}", "owner-page-token")) == NOT_FOUND


@pytest.mark.operation("get_me")
def test_with_a_page_token_me_is_the_page(graph: Graph) -> None:
    assert graph("GET", "/me", "owner-page-token").json() == {"name": "Random Page", "id": PAGE}
    answer = graph("GET", "/me", "owner-page-token", params={"fields": "access_token,category"}).json()
    assert answer == {"access_token": "owner-page-token", "category": "Business", "id": PAGE}
    assert graph("GET", "/me/agencies", "owner-page-token").json() == {"data": []}
    refused = graph("GET", "/me/accounts", "owner-page-token")
    text = "(#100) Tried accessing nonexisting field (accounts) on node type (Page)"
    assert refused.json()["error"]["message"] == text


@pytest.mark.operation("list_businesses", "list_ad_accounts", "list_pages")
def test_a_user_lists_its_business_and_all_that_this_owns_or_holds(graph: Graph) -> None:
    # [A28]
    for me in ("me", USERS[AGENCY]):
        assert data(graph, f"/{me}/businesses", "agency-token") == [{"id": AGENCY, "name": "Example Agency"}]
        assert ids(graph, f"/{me}/adaccounts", "agency-token") == [AGENCY_AD_ACCOUNT]
        assert ids(graph, f"/{me}/accounts", "agency-token") == []
    grant(graph, ACCOUNTS)
    grant(graph, PAGES)
    ask(graph, Kind(OTHER_PAGE, "", "page_id", "pages", "", ""))  # what only was asked for is not held
    assert data(graph, "/me/adaccounts", "agency-token") == [
        {"id": AD_ACCOUNT, "account_id": AD_ACCOUNT[4:]},
        {"id": AGENCY_AD_ACCOUNT, "account_id": AGENCY_AD_ACCOUNT[4:]},
    ]
    assert ids(graph, "/me/accounts", "agency-token") == [PAGE]
    pages, url = [], "/me/adaccounts?limit=1"
    while url:
        page = graph("GET", url, None if url.startswith("http") else "agency-token").json()
        pages.append([entry["id"] for entry in page["data"]])
        url = page["paging"].get("next", "")
    assert pages == [[AD_ACCOUNT], [AGENCY_AD_ACCOUNT]]
    back = graph("GET", "/me/adaccounts?limit=1&before=OTk5OTk5OTk5OTk", "agency-token").json()
    assert back["data"] == []  # the ids of ad accounts begin with a letter, behind all digits
    for edge in ("businesses", "adaccounts", "accounts"):
        assert failure(graph("GET", f"/{USERS[AGENCY]}/{edge}")) == NOT_FOUND


@pytest.mark.operation("list_pages", "grant_page_access", "remove_agency", "list_agencies")
def test_a_program_gets_the_token_of_a_page_and_grants_with_it(graph: Graph) -> None:
    (page,) = data(graph, "/me/accounts", "owner-token")
    assert page == {
        "access_token": "owner-page-token",
        "category": "Business",
        "category_list": [{"id": "2500", "name": "Business"}],
        "name": "Random Page",
        "id": PAGE,
        "tasks": ["ANALYZE", "ADVERTISE", "MODERATE", "CREATE_CONTENT", "MANAGE"],
    }
    grant(graph, PAGES, token=page["access_token"])
    (held,) = data(graph, "/me/accounts", "agency-token")
    assert (held["id"], held["tasks"]) == (PAGE, TASKS)
    # [A29] an agency cannot pass access on, and its token ends with the access
    token = held["access_token"]
    assert graph("GET", "/me", token).json()["id"] == PAGE
    for method in ("GET", "POST", "DELETE"):
        given = {"business": OUTSIDER}
        assert failure(graph(method, f"/{PAGE}/agencies", token, params=given)) == FORBIDDEN
    graph("DELETE", f"/{PAGE}/agencies", "owner-page-token", params={"business": AGENCY})
    assert failure(graph("GET", "/me", token)) == (400, 190, None)
    assert failure(graph("GET", "/me", f"page-token-{AD_ACCOUNT}-{AGENCY}")) == (400, 190, None)


@pytest.mark.operation("list_owned_ad_accounts", "list_owned_pages")
def test_a_business_lists_what_it_owns(graph: Graph) -> None:
    assert ids(graph, f"/{OWNER}/owned_ad_accounts", "owner-token") == [AD_ACCOUNT, CROWDED, REVIEWED]
    assert ids(graph, f"/{AGENCY}/owned_ad_accounts", "agency-token") == [AGENCY_AD_ACCOUNT]
    assert data(graph, f"/{OWNER}/owned_pages", "owner-token") == [{"name": "Random Page", "id": PAGE}]
    grant(graph, PAGES)
    assert data(graph, f"/{AGENCY}/owned_pages", "agency-token") == []
    for text, found in (("MANY", [CROWDED]), ("4446", [REVIEWED]), ("nothing", [])):
        params = {"search_query": text, "summary": "true"}
        answer = graph("GET", f"/{OWNER}/owned_ad_accounts", params=params).json()
        assert [entry["id"] for entry in answer["data"]] == found
        assert answer["summary"] == {"total_count": len(found)}
    for edge in ("owned_ad_accounts", "owned_pages"):
        assert failure(graph("GET", f"/{OWNER}/{edge}", "agency-token")) == FORBIDDEN
        assert failure(graph("GET", f"/{OWNER}/{edge}", "owner-page-token")) == NOT_FOUND


@pytest.mark.operation("get_business")
def test_a_business_is_seen_by_its_people_and_its_partners(graph: Graph) -> None:
    # [A27]
    path = f"/{OWNER}"
    assert graph("GET", path).json() == {"id": OWNER, "name": "Example Owner"}
    assert graph("GET", path, "agency-token").status_code == 200  # an OBO request
    assert failure(graph("GET", path, "outsider-token")) == NOT_FOUND
    assert failure(graph("GET", f"/{OUTSIDER}")) == NOT_FOUND
    ask(graph, PAGES, OUTSIDER, "outsider-token")
    assert graph("GET", path, "outsider-token").json()["name"] == "Example Owner"
    assert graph("GET", f"/{OUTSIDER}").json()["name"] == "Example Outsider"
    assert failure(graph("GET", path, "owner-page-token")) == NOT_FOUND
    assert failure(graph("GET", f"/{UNKNOWN}")) == NOT_FOUND
    fields = "verification_status,primary_page,timezone_id,created_time,permitted_roles"
    assert graph("GET", path, params={"fields": fields}).json() == {
        "verification_status": "verified",
        "primary_page": {"name": "Random Page", "id": PAGE},
        "timezone_id": 47,
        "created_time": "2014-01-07T23:26:09+0000",
        "permitted_roles": ["ADMIN"],
        "id": OWNER,
    }
    shown = graph("GET", path, "agency-token", params={"fields": "permitted_roles"}).json()
    assert shown == {"id": OWNER}


@pytest.mark.operation("get_page", "list_owned_pages")
def test_everybody_sees_a_page_but_its_token_only_who_may_act_on_it(graph: Graph) -> None:
    # [A27]
    def shown(token: str) -> Any:
        return graph("GET", f"/{PAGE}", token, params={"fields": "name,access_token"}).json()

    without = {"name": "Random Page", "id": PAGE}
    assert graph("GET", f"/{PAGE}", "outsider-token").json() == without
    assert shown("owner-token") == {**without, "access_token": "owner-page-token"}
    assert shown("owner-page-token") == {**without, "access_token": "owner-page-token"}
    for token in ("agency-token", "outsider-token", "outsider-page-token"):
        assert shown(token) == without
    ask(graph, PAGES)
    assert shown("agency-token") == without
    grant(graph, PAGES)
    assert shown("agency-token")["access_token"] not in ("owner-page-token", None)
    (owned,) = graph("GET", f"/{OWNER}/owned_pages", params={"fields": "access_token"}).json()["data"]
    assert owned["access_token"] == "owner-page-token"
    assert failure(graph("GET", f"/{AD_ACCOUNT[4:]}")) == NOT_FOUND


@pytest.mark.operation("get_ad_account")
def test_an_ad_account_is_seen_by_its_owner_and_its_agencies(graph: Graph) -> None:
    # [A6]
    path = f"/{AD_ACCOUNT}"
    assert graph("GET", path).json() == {"id": AD_ACCOUNT, "account_id": AD_ACCOUNT[4:]}
    ask(graph, ACCOUNTS)
    for token in ("agency-token", "owner-page-token"):
        assert failure(graph("GET", path, token)) == NOT_FOUND
    grant(graph, ACCOUNTS)
    fields = "name,account_status,timezone_name,amount_spent,business,owner,user_tasks,spend_cap,balance"
    assert graph("GET", path, "agency-token", params={"fields": fields}).json() == {
        "name": "Example Ad Account",
        "account_status": 1,
        "timezone_name": "Europe/Berlin",
        "amount_spent": "0",
        "business": {"id": OWNER, "name": "Example Owner"},
        "owner": OWNER,
        "user_tasks": TASKS,
        "spend_cap": "0",
        "balance": "0",
        "id": AD_ACCOUNT,
    }
    assert graph("GET", path, params={"fields": "user_tasks"}).json()["user_tasks"][-1] == "MANAGE"
    # With `fields` only the id comes by itself, and without `act_` there is no such ad account.
    assert graph("GET", path, params={"fields": "currency"}).json() == {"currency": "EUR", "id": AD_ACCOUNT}
    assert failure(graph("GET", f"/{AD_ACCOUNT[4:]}")) == NOT_FOUND


@both
@pytest.mark.operation("remove_client_ad_account", "remove_client_page")
def test_an_agency_gives_up_one_asset_or_withdraws_one_request(graph: Graph, kind: Kind) -> None:
    path = f"/{AGENCY}/{kind.edge}"
    name = "adaccount_id" if kind is ACCOUNTS else "page_id"
    for begin in (ask, grant):
        begin(graph, kind)
        grant(graph, kind, OUTSIDER)
        for other in (PAGES, ACCOUNTS):
            if other is not kind:
                grant(graph, other)
        before = graph.state()["accesses"]
        answer = graph("DELETE", path, "agency-token", params={name: kind.asset})
        assert answer.json() == {"success": True}
        after = graph.state()["accesses"]
        gone = [access for access in before if access not in after]
        assert [(a["asset"], a["business"]) for a in gone] == [(kind.asset, AGENCY)]
        assert len(after) == len(before) - 1
        graph.sandbox("POST", "/reset")


@both
@pytest.mark.operation("remove_client_ad_account", "remove_client_page")
def test_only_what_is_there_and_not_its_own_is_given_up(graph: Graph, kind: Kind) -> None:
    # [A8] [A35]
    name = "adaccount_id" if kind is ACCOUNTS else "page_id"
    unknown = f"act_{UNKNOWN}" if kind is ACCOUNTS else UNKNOWN
    missing = NOT_FOUND if kind is ACCOUNTS else (400, 3996, None)
    before = graph.state()
    for business, token, asset, expected in (
        (AGENCY, "agency-token", kind.asset, missing),
        (AGENCY, "agency-token", unknown, NOT_FOUND),
        (OWNER, "owner-token", kind.asset, FORBIDDEN),
        (AGENCY, "owner-token", kind.asset, FORBIDDEN),
        (AGENCY, "owner-page-token", kind.asset, NOT_FOUND),
    ):
        answer = graph("DELETE", f"/{business}/{kind.edge}", token, params={name: asset})
        assert failure(answer) == expected
    answer = graph("DELETE", f"/{AGENCY}/{kind.edge}", "agency-token")
    assert answer.json()["error"]["message"] == f"(#100) The parameter {name} is required"
    assert graph.state() == before
