"""Each rule of people and of a partner that acts for its client, with a test named after its sentence."""

import hashlib
import hmac
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from meta_b2b_sandbox.tokens import APP_SECRET
from meta_b2b_sandbox.world import (
    AD_ACCOUNT,
    AGENCY,
    AGENCY_AD_ACCOUNT,
    APP,
    CROWDED,
    EMPLOYEE,
    OUTSIDER,
    OWNER,
    PAGE,
    REVIEWED,
    SYSTEM_USER,
)

from tests.support.graph import Graph, failure

UNKNOWN = "404404404"
NOT_FOUND, FORBIDDEN, DENIED = (400, 100, 33), (403, 200, None), (403, 10, None)
NO_PARTNER, INVALID = (403, 200, 2655040), (400, 100, None)
OWNER_ADMIN, AGENCY_ADMIN = f"122{OWNER:0>12}", f"122{AGENCY:0>12}"
STAFF_ID = f"7{EMPLOYEE}"  # of the employee in its business
SCOPES = "ads_management,pages_read_engagement"
SYSTEM_USER_NAME = "Example Owner SYSTEM USER"
both = pytest.mark.parametrize("asset", [PAGE, AD_ACCOUNT])


def proof(token: str, secret: str = APP_SECRET) -> str:
    return hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()


def relate(graph: Graph, token: str = "owner-token", partner: str = AGENCY, client: str = OWNER) -> Any:
    """Step 1."""
    path = f"/{partner}/managed_businesses"
    return graph("POST", path, token, json={"existing_client_business_id": client})


def take(graph: Graph, token: str = "agency-system-token", client: str = OWNER, **body: Any) -> Any:
    """Step 2. `None` leaves a parameter out."""
    given = {"app_id": APP, "scope": SCOPES, "appsecret_proof": proof(token), **body}
    return graph(
        "POST",
        f"/{client}/access_token",
        token,
        json={name: value for name, value in given.items() if value is not None},
    )


def acting(graph: Graph, **body: Any) -> str:
    """The token of the system user, after the steps 1 and 2."""
    assert relate(graph).status_code == 200
    answer = take(graph, **body)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


def me(graph: Graph, token: str) -> str:
    return str(graph("GET", "/me", token).json()["id"])


def assign(
    graph: Graph, asset: str, user: str, tasks: list[str] | None = None, token: str = "owner-token"
) -> Any:
    body: dict[str, Any] = {"user": user} if tasks is None else {"user": user, "tasks": tasks}
    return graph("POST", f"/{asset}/assigned_users", token, json=body)


def unassign(graph: Graph, asset: str, user: str, token: str = "owner-token") -> Any:
    return graph("DELETE", f"/{asset}/assigned_users", token, params={"user": user})


def grant(graph: Graph, asset: str, tasks: list[str], business: str = AGENCY) -> None:
    token = "owner-page-token" if asset == PAGE else "owner-token"
    given = {"business": business, "permitted_tasks": tasks}
    assert graph("POST", f"/{asset}/agencies", token, json=given).status_code == 200


def revoke(graph: Graph, asset: str, business: str = AGENCY) -> None:
    token = "owner-page-token" if asset == PAGE else "owner-token"
    assert graph("DELETE", f"/{asset}/agencies", token, params={"business": business}).status_code == 200


def data(graph: Graph, path: str, token: str = "owner-token", **params: str) -> Any:
    answer = graph("GET", path, token, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def ids(graph: Graph, path: str, token: str = "owner-token", **params: str) -> list[str]:
    return [entry["id"] for entry in data(graph, path, token, **params)]


def message(answer: httpx.Response) -> str:
    return str(answer.json()["error"]["message"])


def assigned(graph: Graph, asset: str, business: str = OWNER, token: str = "owner-token") -> dict[str, Any]:
    """The id of each assigned user with its tasks."""
    entries = data(graph, f"/{asset}/assigned_users", token, business=business)
    return {entry["id"]: entry["tasks"] for entry in entries}


def add_token(graph: Graph, user: str, **body: Any) -> str:
    answer = graph.sandbox("POST", "/tokens", json={"user": user, **body})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


def add_user(graph: Graph, business: str, **body: Any) -> str:
    answer = graph.sandbox("POST", "/users", json={"name": "Somebody", "business": business, **body})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


def employee_of_the_agency(graph: Graph) -> tuple[str, str, str]:
    """(its own id, its id in the business, its token)."""
    user = add_user(graph, AGENCY)
    return user, f"7{user}", add_token(graph, user)


# Act for a client


@pytest.mark.operation(
    "create_managed_business",
    "create_access_token",
    "assign_page_user",
    "assign_ad_account_user",
    "remove_managed_business",
)
def test_the_six_steps_and_the_end(graph: Graph) -> None:
    # Step 1: the client's admin, logged in with the partner's app, relates the two.
    assert relate(graph).json() == {"id": OWNER, "name": "Example Owner"}
    # Step 2: the partner's admin system user gets a system user in the client's business.
    answer = take(graph)
    assert set(answer.json()) == {"access_token"}
    token = answer.json()["access_token"]
    # Step 3: who that is.
    system_user = graph("GET", "/me", token).json()
    assert system_user["name"] == SYSTEM_USER_NAME
    # It begins with nothing.
    for edge in ("accounts", "adaccounts"):
        assert graph("GET", f"/me/{edge}", token).json() == {"data": []}
    # Step 4: the client's admin assigns assets to it.
    for asset in (PAGE, AD_ACCOUNT):
        assert assign(graph, asset, system_user["id"], ["ADVERTISE", "ANALYZE"]).json() == {"success": True}
    # Steps 5 and 6: the token is kept, and reads what was assigned, with a Page access token.
    (page,) = data(graph, "/me/accounts", token)
    assert (page["id"], page["tasks"]) == (PAGE, ["ADVERTISE", "ANALYZE"])
    assert graph("GET", "/me", page["access_token"]).json()["id"] == PAGE
    (account,) = data(graph, "/me/adaccounts", token, fields="name,user_tasks")
    assert account["user_tasks"] == ["ADVERTISE", "ANALYZE"]
    # The client stays the owner and takes all of it back at once.
    path = f"/{AGENCY}/managed_businesses"
    ended = graph("DELETE", path, params={"existing_client_business_id": OWNER})
    assert ended.json() == {"success": True}
    for ended_token in (token, page["access_token"]):
        assert failure(graph("GET", "/me", ended_token)) == (400, 190, None)


@pytest.mark.operation("create_managed_business")
def test_step_1_is_for_an_admin_of_the_client_with_the_partners_app(graph: Graph) -> None:
    # [A50]
    before = graph.state()
    of_another_app = add_app_of(graph, OUTSIDER)
    foreign = add_token(graph, OWNER_ADMIN, app=of_another_app)
    for token in ("agency-token", "agency-system-token", "owner-employee-token", "outsider-token", foreign):
        answer = relate(graph, token)
        assert failure(answer) == NO_PARTNER
        assert message(answer) == "Permissions error"
    assert failure(relate(graph, "outsider-token", OUTSIDER, OUTSIDER)) == NO_PARTNER
    assert failure(relate(graph, "agency-token", AGENCY, AGENCY)) == NO_PARTNER  # nobody is its own client
    for partner, client in ((UNKNOWN, OWNER), (AGENCY, UNKNOWN)):
        assert failure(relate(graph, partner=partner, client=client)) == NOT_FOUND
    assert failure(relate(graph, "owner-page-token")) == NOT_FOUND
    assert graph.state()["relationships"] == before["relationships"] == []


def add_app_of(graph: Graph, business: str, **body: Any) -> str:
    given = {"name": "Other App", "business": business, "secret": "other-secret", **body}
    answer = graph.sandbox("POST", "/apps", json=given)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


@pytest.mark.operation("create_managed_business")
def test_a_second_step_1_answers_the_same(graph: Graph) -> None:
    # [A49]
    first = relate(graph)
    assert relate(graph).json() == first.json()
    assert graph.state()["relationships"] == [{"partner": AGENCY, "client": OWNER}]


@pytest.mark.operation("create_access_token", "list_system_users")
def test_step_2_makes_an_employee_without_assets_in_the_clients_business(graph: Graph) -> None:
    acting(graph)
    (user,) = data(graph, f"/{OWNER}/system_users")
    assert (user["name"], user["role"]) == (SYSTEM_USER_NAME, "EMPLOYEE")
    state = graph.state()
    assert state["assignments"] == []
    (made,) = (one for one in state["users"] if one["id"] == user["id"])
    assert (made["business"], made["kind"], made["app"]) == (OWNER, "system_user", APP)
    graph.sandbox("POST", "/reset")
    acting(graph, system_user_name="Robot")
    assert [one["name"] for one in data(graph, f"/{OWNER}/system_users")] == ["Robot"]


@pytest.mark.operation("create_access_token", "list_permissions")
def test_a_second_step_2_answers_the_token_of_the_same_system_user(graph: Graph) -> None:
    # [A52]
    first = acting(graph)
    second = acting(graph, scope="ads_read", system_user_name="Another")
    assert second == first
    assert len(data(graph, f"/{OWNER}/system_users")) == 1
    assert data(graph, "/me/permissions", second) == [{"permission": "ads_read", "status": "granted"}]
    # One that ended is not answered again.
    for end in ("expire", "revoke"):
        graph.sandbox("POST", f"/tokens/{end}", json={"access_token": first})
        third = acting(graph)
        assert third != first and me(graph, third) == data(graph, f"/{OWNER}/system_users")[0]["id"]
        first = third


@pytest.mark.operation("create_access_token")
def test_step_2_takes_the_proof_of_the_app_secret(graph: Graph) -> None:
    # [A53]
    relate(graph)
    for missing in (None, ""):
        answer = take(graph, appsecret_proof=missing)
        expected = "API calls from the server require an appsecret_proof argument"
        if missing is None:
            assert (failure(answer), message(answer)) == (INVALID, expected)
        else:
            assert failure(answer) == INVALID
    null = {"app_id": APP, "scope": SCOPES, "appsecret_proof": None}
    answer = graph("POST", f"/{OWNER}/access_token", "agency-system-token", json=null)
    assert message(answer) == expected
    for wrong in (proof("owner-token"), proof("agency-system-token", "another secret"), "0" * 64):
        assert (
            message(take(graph, appsecret_proof=wrong))
            == "Invalid appsecret_proof provided in the API argument"
        )
    assert graph.state()["users"] == [one for one in graph.state()["users"] if one["app"] is None]
    app = {"id": APP, "name": "Example App", "business": AGENCY, "secret": APP_SECRET}
    assert graph.sandbox("POST", "/apps", json={**app, "require_proof": False}).json() == {"id": APP}
    assert take(graph, appsecret_proof=None).status_code == 200
    assert failure(take(graph, appsecret_proof="0" * 64)) == INVALID  # a wrong one is wrong all the same
    # The secret that counts is that of the token's app.
    graph.sandbox("POST", "/apps", json={**app, "secret": "new"})
    assert failure(take(graph)) == INVALID
    assert take(graph, appsecret_proof=proof("agency-system-token", "new")).status_code == 200


@pytest.mark.operation("create_access_token")
def test_step_2_is_for_an_admin_system_user_of_a_related_partner_with_its_own_app(graph: Graph) -> None:
    # [A54]
    assert failure(take(graph)) == FORBIDDEN  # no relation
    relate(graph)
    plain = add_user(graph, AGENCY, kind="system_user")
    foreign = add_user(graph, OUTSIDER, kind="system_user", role="ADMIN")
    for token in (
        "agency-token",  # a person
        "owner-token",
        "outsider-token",
        add_token(graph, plain),  # no admin
        add_token(graph, foreign),  # of another business
    ):
        assert failure(take(graph, token)) == FORBIDDEN
    for app in (UNKNOWN, add_app_of(graph, OUTSIDER)):
        assert failure(take(graph, app_id=app)) == FORBIDDEN
    for client in (OUTSIDER, AGENCY):
        assert failure(take(graph, client=client)) == FORBIDDEN
    assert failure(take(graph, client=UNKNOWN)) == NOT_FOUND
    page_token = "owner-page-token"
    assert failure(take(graph, page_token)) == NOT_FOUND
    lacking = take(graph, scope="ads_read,email,read_insights")
    assert failure(lacking) == INVALID
    assert message(lacking).endswith("what the access token lacks: email, read_insights")
    wrong: tuple[Any, ...] = ("", "ads_read,", "ads read", "Ads", [], [1], {}, 1)
    for scope in wrong:
        assert failure(take(graph, scope=scope)) == INVALID
    assert message(take(graph, scope=None)) == "(#100) The parameter scope is required"
    assert message(take(graph, app_id=None)) == "(#100) The parameter app_id is required"
    assert len(graph.state()["users"]) == len({one["id"] for one in graph.state()["users"]})
    assert not [one for one in graph.state()["users"] if one["app"]]


@pytest.mark.parametrize(
    "sent",
    [
        {"json": {"scope": "ads_read,ads_management"}},
        {"json": {"scope": ["ads_read", "ads_management", "ads_read"]}},
        {"data": {"scope": "ads_read, ads_management"}},
        {"data": {"scope": '["ads_read","ads_management"]'}},
        {"data": {"scope[0]": "ads_read", "scope[1]": "ads_management"}},
        {"data": {"scope": ["ads_read", "ads_management"]}},
        {"params": {"scope": "ads_read,ads_management"}},
    ],
    ids=str,
)
@pytest.mark.operation("create_access_token")
def test_scopes_come_in_every_form_that_programs_give_to_lists(graph: Graph, sent: dict[str, Any]) -> None:
    relate(graph)
    where, given = next(iter(sent.items()))
    more = {"app_id": APP, "appsecret_proof": proof("agency-system-token")}
    kwargs: dict[str, Any] = {where: {**given, **more}}
    answer = graph("POST", f"/{OWNER}/access_token", "agency-system-token", **kwargs)
    assert answer.status_code == 200, answer.text
    granted = data(graph, "/me/permissions", answer.json()["access_token"])
    assert [one["permission"] for one in granted] == ["ads_read", "ads_management"]


@pytest.mark.parametrize("token", ["owner-token", "agency-token", "agency-system-token"])
@pytest.mark.operation("remove_managed_business", "list_owned_businesses")
def test_either_side_ends_it_and_the_system_user_goes_with_it(graph: Graph, token: str) -> None:
    # [A51]
    before = graph.state()
    acting_token = acting(graph)
    user = me(graph, acting_token)
    assign(graph, PAGE, user, ["MANAGE"])
    assign(graph, AD_ACCOUNT, user)
    assign(graph, AD_ACCOUNT, STAFF_ID)
    (page,) = data(graph, "/me/accounts", acting_token)
    path, params = f"/{AGENCY}/managed_businesses", {"existing_client_business_id": OWNER}
    assert graph("DELETE", path, token, params=params).json() == {"success": True}
    after = graph.state()
    assert [one["user"] for one in after["assignments"]] == [EMPLOYEE]  # of others nothing is lost
    for table in ("users", "tokens", "relationships", "apps"):
        assert after[table] == before[table]
    for ended in (acting_token, page["access_token"]):
        assert failure(graph("GET", "/me", ended)) == (400, 190, None)
    assert assigned(graph, PAGE) == {}
    assert data(graph, f"/{AGENCY}/owned_businesses", "agency-token") == []
    assert failure(graph("DELETE", path, token, params=params)) == NOT_FOUND
    assert failure(take(graph)) == FORBIDDEN
    # Begun anew, it is another system user, with nothing.
    again = acting(graph)
    assert again != acting_token and data(graph, "/me/accounts", again) == []


@pytest.mark.operation("remove_managed_business")
def test_nobody_else_ends_it(graph: Graph) -> None:
    # [A51]
    token = acting(graph)
    path, params = f"/{AGENCY}/managed_businesses", {"existing_client_business_id": OWNER}
    before = graph.state()
    for caller, expected in (
        ("outsider-token", NOT_FOUND),
        ("owner-page-token", NOT_FOUND),
        ("owner-employee-token", FORBIDDEN),
        (add_token(graph, add_user(graph, AGENCY)), FORBIDDEN),
    ):
        assert failure(graph("DELETE", path, caller, params=params)) == expected
    assert failure(graph("DELETE", f"/{OUTSIDER}/managed_businesses", params=params)) == NOT_FOUND
    assert message(graph("DELETE", path)) == "(#100) The parameter existing_client_business_id is required"
    assert graph.state()["relationships"] == before["relationships"]
    assert graph("GET", "/me", token).status_code == 200
    # It may also be given in a body, as programs do.
    ended = graph("DELETE", path, json={"existing_client_business_id": int(OWNER)})
    assert ended.json() == {"success": True}


@pytest.mark.operation("list_owned_businesses")
def test_a_partner_lists_its_clients(graph: Graph) -> None:
    assert data(graph, f"/{AGENCY}/owned_businesses", "agency-token") == []
    relate(graph)
    relate(graph, "outsider-token", client=OUTSIDER)
    answer = graph("GET", f"/{AGENCY}/owned_businesses", "agency-token", params={"summary": "true"}).json()
    assert answer["data"] == [
        {"id": OWNER, "name": "Example Owner"},
        {"id": OUTSIDER, "name": "Example Outsider"},
    ]
    assert answer["summary"] == {"total_count": 2}
    first = graph("GET", f"/{AGENCY}/owned_businesses?limit=1", "agency-token").json()
    assert [one["id"] for one in first["data"]] == [OWNER]
    second = graph("GET", first["paging"]["next"], None).json()
    assert [one["id"] for one in second["data"]] == [OUTSIDER]
    assert data(graph, f"/{OWNER}/owned_businesses") == []
    assert failure(graph("GET", f"/{AGENCY}/owned_businesses")) == FORBIDDEN
    assert failure(graph("GET", f"/{OWNER}/owned_businesses", "owner-employee-token")) == FORBIDDEN


# Users and system users


@pytest.mark.operation("list_system_users", "create_system_user")
def test_an_admin_makes_system_users(graph: Graph) -> None:
    # [A55]
    path = f"/{AGENCY}/system_users"
    made = graph("POST", path, "agency-token", json={"name": "Reports"}).json()
    admin = graph("POST", path, "agency-token", data={"name": "Robot", "role": "ADMIN"}).json()
    assert set(made) == set(admin) == {"id"}
    assert data(graph, path, "agency-token") == [
        {"id": SYSTEM_USER, "name": "Example Agency System User", "role": "ADMIN"},
        {"id": made["id"], "name": "Reports", "role": "EMPLOYEE"},
        {"id": admin["id"], "name": "Robot", "role": "ADMIN"},
    ]
    (shown, *_) = data(graph, path, "agency-token", fields="business,email,role")
    assert shown == {
        "business": {"id": AGENCY, "name": "Example Agency"},
        "role": "ADMIN",
        "id": SYSTEM_USER,
    }
    token = "agency-token"
    assert failure(graph("POST", path, token, json={"name": "x", "role": "OWNER"})) == INVALID
    assert message(graph("POST", path, token, json={})) == "(#100) The parameter name is required"
    for caller, expected in (
        ("owner-token", FORBIDDEN),
        ("owner-page-token", NOT_FOUND),
        (employee_of_the_agency(graph)[2], FORBIDDEN),
    ):
        assert failure(graph("POST", path, caller, json={"name": "x"})) == expected
        assert failure(graph("GET", path, caller)) == expected


@pytest.mark.operation("list_business_users", "invite_business_user")
def test_who_is_invited_comes_at_once(graph: Graph) -> None:
    # [A56]
    path = f"/{OWNER}/business_users"
    assert data(graph, path) == [
        {"id": f"7{OWNER_ADMIN}", "name": "Admin of Example Owner", "role": "ADMIN"},
        {"id": STAFF_ID, "name": "Employee of Example Owner", "role": "EMPLOYEE"},
    ]
    invited = graph("POST", path, json={"email": "somebody@example.com"}).json()
    shown = data(graph, path, fields="email,role,business{name}")[-1]
    assert shown == {
        "id": invited["id"],
        "email": "somebody@example.com",
        "role": "EMPLOYEE",
        "business": {"name": "Example Owner", "id": OWNER},
    }
    assert assign(graph, PAGE, invited["id"]).status_code == 200
    for email in ("nobody", "a@b@c", "", None):
        assert failure(graph("POST", path, json={"email": email})) == INVALID
    for caller in ("owner-employee-token", "agency-token"):
        assert failure(graph("POST", path, caller, json={"email": "a@b.example"})) == FORBIDDEN
        assert failure(graph("GET", path, caller)) == FORBIDDEN
    assert len(data(graph, path)) == 3


@pytest.mark.operation("list_business_users_of_user")
def test_a_person_has_another_id_in_its_business(graph: Graph) -> None:
    entry = {"id": STAFF_ID, "name": "Employee of Example Owner", "role": "EMPLOYEE"}
    for path in ("/me/business_users", f"/{EMPLOYEE}/business_users"):
        assert data(graph, path, "owner-employee-token") == [entry]
    assert me(graph, "owner-employee-token") == EMPLOYEE
    (shown,) = data(graph, "/me/business_users", "owner-employee-token", fields="business{id,name}")
    assert shown["business"] == {"id": OWNER, "name": "Example Owner"}
    (system_user,) = data(graph, "/me/business_users", "agency-system-token")
    assert system_user["id"] == me(graph, "agency-system-token")  # of a system user it is the same
    # No other user is seen by it, and none by its id in a business.
    for id in (OWNER_ADMIN, STAFF_ID):
        assert failure(graph("GET", f"/{id}/business_users", "owner-employee-token")) == NOT_FOUND
    assert failure(graph("GET", f"/{STAFF_ID}", "owner-employee-token")) == NOT_FOUND


@pytest.mark.operation("create_system_user_token")
def test_an_admin_makes_tokens_for_system_users_of_its_business(graph: Graph) -> None:
    path = f"/{AGENCY}/system_user_access_tokens"
    user = graph("POST", f"/{AGENCY}/system_users", "agency-token", json={"name": "Reports"}).json()["id"]

    def made(token: str = "agency-token", **body: Any) -> Any:
        return graph("POST", path, token, json={"system_user_id": user, "scope": "ads_read", **body})

    token = made().json()["access_token"]
    assert me(graph, token) == user
    assert [one["permission"] for one in data(graph, "/me/permissions", token)] == ["ads_read"]
    assert made().json()["access_token"] != token  # each is one more
    assert graph("GET", "/me", token).status_code == 200
    assert failure(made(scope="ads_read,email")) == INVALID
    for other in (UNKNOWN, EMPLOYEE, AGENCY_ADMIN, f"7{AGENCY_ADMIN}"):
        assert failure(made(system_user_id=other)) == NOT_FOUND
    assert failure(made("owner-token")) == FORBIDDEN
    assert failure(made(employee_of_the_agency(graph)[2])) == FORBIDDEN
    assert failure(
        graph("POST", f"/{OWNER}/system_user_access_tokens", json={"system_user_id": user, "scope": "x"})
    ) == (NOT_FOUND)


# What is assigned


@both
@pytest.mark.operation(
    "assign_page_user",
    "list_page_users",
    "remove_page_user",
    "assign_ad_account_user",
    "list_ad_account_users",
    "remove_ad_account_user",
)
def test_tasks_replace_those_that_the_user_had(graph: Graph, asset: str) -> None:
    # [A57]
    assert assign(graph, asset, STAFF_ID).json() == {"success": True}
    assert assigned(graph, asset) == {STAFF_ID: ["ANALYZE"]}  # the least, without tasks
    assert assign(graph, asset, STAFF_ID, ["ADVERTISE", "MANAGE"]).json() == {"success": True}
    assert assigned(graph, asset) == {STAFF_ID: ["ADVERTISE", "MANAGE"]}
    for _ in range(2):
        assert assign(graph, asset, STAFF_ID, ["ANALYZE"]).json() == {"success": True}
    assert assigned(graph, asset) == {STAFF_ID: ["ANALYZE"]}
    answer = graph(
        "GET",
        f"/{asset}/assigned_users",
        params={"business": OWNER, "summary": "true", "fields": "user_type,permitted_tasks,business"},
    ).json()
    assert answer["summary"] == {"total_count": 1}
    (shown,) = answer["data"]
    assert (shown["user_type"], shown["business"]["id"]) == ("business_user", OWNER)
    assert {"ANALYZE", "ADVERTISE", "MANAGE"} <= set(shown["permitted_tasks"])
    assert unassign(graph, asset, STAFF_ID).json() == {"success": True}
    assert assigned(graph, asset) == {}
    assert failure(unassign(graph, asset, STAFF_ID)) == NOT_FOUND


@both
@pytest.mark.operation(
    "assign_page_user", "assign_ad_account_user", "remove_page_user", "remove_ad_account_user"
)
def test_the_user_is_named_by_its_id_in_a_business(graph: Graph, asset: str) -> None:
    for user in (EMPLOYEE, OWNER_ADMIN, UNKNOWN, OWNER, f"7{AGENCY_ADMIN}", SYSTEM_USER, f"7{SYSTEM_USER}"):
        for answer in (assign(graph, asset, user), unassign(graph, asset, user)):
            assert failure(answer) == (400, 100, 1752100)
    for wrong in ("", "x", "7x", 1.5, True, None):
        assert failure(graph("POST", f"/{asset}/assigned_users", json={"user": wrong})) == INVALID
    assert (
        message(graph("POST", f"/{asset}/assigned_users", json={})) == "(#100) The parameter user is required"
    )
    assert graph("POST", f"/{asset}/assigned_users", json={"user": int(STAFF_ID)}).status_code == 200
    assert assigned(graph, asset) == {STAFF_ID: ["ANALYZE"]}


@both
@pytest.mark.parametrize(
    "tasks",
    [
        {"data": {"tasks": "ADVERTISE"}},
        {"data": {"tasks": "ADVERTISE,ANALYZE"}},
        {"data": {"tasks": '["ADVERTISE","ANALYZE"]'}},
        {"data": {"tasks[0]": "ADVERTISE", "tasks[1]": "ANALYZE"}},
        {"params": {"tasks": "ADVERTISE, ANALYZE"}},
        {"json": {"tasks": ["ADVERTISE", "ANALYZE"]}},
    ],
    ids=str,
)
@pytest.mark.operation("assign_page_user", "assign_ad_account_user")
def test_tasks_come_in_every_form_that_programs_give_to_lists(
    graph: Graph, asset: str, tasks: dict[str, Any]
) -> None:
    where, given = next(iter(tasks.items()))
    kwargs: dict[str, Any] = {where: {**given, "user": STAFF_ID, "business": OWNER}}
    assert graph("POST", f"/{asset}/assigned_users", **kwargs).json() == {"success": True}
    (found,) = assigned(graph, asset).values()
    assert found == (["ADVERTISE", "ANALYZE"] if "ANALYZE" in str(tasks) else ["ADVERTISE"])


@pytest.mark.operation("assign_page_user", "assign_ad_account_user")
def test_the_tasks_are_those_of_the_kind_of_asset(graph: Graph) -> None:
    for asset, task in ((PAGE, "DRAFT"), (AD_ACCOUNT, "MODERATE"), (PAGE, "analyze"), (AD_ACCOUNT, "")):
        answer = assign(graph, asset, STAFF_ID, [task])
        assert failure(answer) == INVALID
        assert "tasks[0] must be one of {" in message(answer)
    assert graph.state()["assignments"] == []


@both
@pytest.mark.operation("list_page_users", "list_ad_account_users")
def test_whose_users_are_listed_must_be_said(graph: Graph, asset: str) -> None:
    assign(graph, asset, STAFF_ID, ["ADVERTISE"])
    alone = graph("GET", f"/{asset}/assigned_users")
    assert (failure(alone), message(alone)) == (INVALID, "(#100) The parameter business is required")
    edge = "owned_pages" if asset == PAGE else "owned_ad_accounts"
    text = "(#100) For field 'assigned_users': The parameter business is required"
    for path, fields in (
        (f"/{OWNER}/{edge}", "assigned_users{id,tasks}"),
        (f"/{OWNER}", f"name,{edge}{{assigned_users}}"),
        (f"/{asset}", "name,assigned_users.limit(1){id}"),
    ):
        answer = graph("GET", path, params={"fields": fields})
        assert (failure(answer), message(answer)) == (INVALID, text)
    # Of another business than the token's there are none.
    for business in (AGENCY, UNKNOWN):
        assert assigned(graph, asset, business) == {}
    # In an expansion the key is left out where nobody is assigned.
    fields = f"assigned_users.business({OWNER}){{id,tasks}}"
    shown = data(graph, f"/{OWNER}/{edge}", fields=fields)
    found = {one["id"]: one.get("assigned_users", {}).get("data") for one in shown}
    assert found.pop(asset) == [{"id": STAFF_ID, "tasks": ["ADVERTISE"]}]
    assert all("assigned_users" not in one for one in shown if one["id"] != asset)
    assert set(found) == (set() if asset == PAGE else {CROWDED, REVIEWED})


@both
@pytest.mark.operation("list_page_users", "list_ad_account_users")
def test_the_assigned_are_listed_page_by_page(graph: Graph, asset: str) -> None:
    users = [
        graph("POST", f"/{OWNER}/system_users", json={"name": f"Robot {n}"}).json()["id"] for n in range(3)
    ]
    for user in users:
        assign(graph, asset, user)
    found, url = [], f"/{asset}/assigned_users?business={OWNER}&limit=2"
    while url:
        page = graph("GET", url, None if url.startswith("http") else "owner-token").json()
        found.append([one["id"] for one in page["data"]])
        url = page["paging"].get("next", "")
        assert not url or parse_qs(urlsplit(url).query)["business"] == [OWNER]
    assert found == [users[:2], users[2:]]


@both
@pytest.mark.operation(
    "assign_page_user", "assign_ad_account_user", "list_page_users", "list_ad_account_users"
)
def test_an_agency_assigns_no_more_than_it_was_granted(graph: Graph, asset: str) -> None:
    user, staff_id, token = employee_of_the_agency(graph)
    assert failure(assign(graph, asset, staff_id, token="agency-token")) == NOT_FOUND
    grant(graph, asset, ["ADVERTISE", "ANALYZE"])
    refused = assign(graph, asset, staff_id, ["ANALYZE", "MANAGE"], "agency-token")
    text = "(#100) Param tasks must be among those that were granted: ADVERTISE, ANALYZE"
    assert (failure(refused), message(refused)) == (INVALID, text)
    edge = "accounts" if asset == PAGE else "adaccounts"
    assert ids(graph, f"/me/{edge}", token) == []
    for one in (staff_id, SYSTEM_USER):
        assert assign(graph, asset, one, ["ANALYZE"], "agency-token").json() == {"success": True}
    assert assigned(graph, asset, AGENCY, "agency-token") == {staff_id: ["ANALYZE"], SYSTEM_USER: ["ANALYZE"]}
    assert ids(graph, f"/me/{edge}", token) == [asset]
    # The owner sees its own alone, and so does the agency.
    assert assigned(graph, asset, AGENCY) == assigned(graph, asset, OWNER, "agency-token") == {}
    # A user of the owner's is not the agency's to assign.
    assert failure(assign(graph, asset, STAFF_ID, ["ANALYZE"], "agency-token")) == (400, 100, 1752100)
    assert failure(unassign(graph, asset, STAFF_ID, "agency-token")) == (400, 100, 1752100)
    assert me(graph, token) == user


@both
@pytest.mark.parametrize("way", ["owner", "owner, all", "agency", "agency, all"])
@pytest.mark.operation("assign_page_user", "assign_ad_account_user")
def test_what_was_assigned_ends_with_the_grant(graph: Graph, asset: str, way: str) -> None:
    _, staff_id, token = employee_of_the_agency(graph)
    grant(graph, asset, ["ANALYZE"])
    assert assign(graph, asset, staff_id, ["ANALYZE"], "agency-token").status_code == 200
    assign(graph, asset, STAFF_ID)
    held = "client_pages" if asset == PAGE else "client_ad_accounts"
    assert ids(graph, f"/{AGENCY}/{held}", token) == [asset]
    page_token = data(graph, "/me/accounts", token)[0]["access_token"] if asset == PAGE else None
    if way == "owner":
        revoke(graph, asset)
    elif way == "owner, all":
        graph("DELETE", f"/{OWNER}/agencies", params={"business": AGENCY})
    elif way == "agency":
        edge, name = ("pages", "page_id") if asset == PAGE else ("ad_accounts", "adaccount_id")
        assert graph("DELETE", f"/{AGENCY}/{edge}", "agency-token", params={name: asset}).status_code == 200
    else:
        graph("DELETE", f"/{AGENCY}/clients", "agency-token", params={"business": OWNER})
    assert [one["user"] for one in graph.state()["assignments"]] == [EMPLOYEE]
    for path in (f"/{AGENCY}/{held}", "/me/accounts", "/me/adaccounts"):
        assert ids(graph, path, token) == []
    if page_token is not None:
        assert failure(graph("GET", "/me", page_token)) == (400, 190, None)
    # A new grant does not bring it back.
    grant(graph, asset, ["ANALYZE"])
    assert ids(graph, f"/{AGENCY}/{held}", token) == []


@pytest.mark.operation("assign_ad_account_user", "list_ad_account_users")
def test_a_smaller_grant_cuts_what_was_assigned(graph: Graph) -> None:
    _, staff_id, token = employee_of_the_agency(graph)
    grant(graph, AD_ACCOUNT, ["ADVERTISE", "ANALYZE", "DRAFT"])
    assign(graph, AD_ACCOUNT, staff_id, ["ADVERTISE", "DRAFT"], "agency-token")
    assign(graph, AD_ACCOUNT, SYSTEM_USER, ["ADVERTISE"], "agency-token")
    assign(graph, AD_ACCOUNT, STAFF_ID, ["ADVERTISE"])
    grant(graph, AD_ACCOUNT, ["ANALYZE", "DRAFT"])
    assert assigned(graph, AD_ACCOUNT, AGENCY, "agency-token") == {staff_id: ["DRAFT"]}
    assert assigned(graph, AD_ACCOUNT) == {STAFF_ID: ["ADVERTISE"]}
    (shown,) = data(graph, "/me/adaccounts", token, fields="user_tasks")
    assert shown["user_tasks"] == ["DRAFT"]
    grant(graph, AD_ACCOUNT, ["ANALYZE"])
    assert ids(graph, "/me/adaccounts", token) == []
    assert failure(graph("GET", f"/{AD_ACCOUNT}", token)) == NOT_FOUND


@both
@pytest.mark.operation(
    "assign_page_user", "list_page_users", "assign_ad_account_user", "list_ad_account_users"
)
def test_only_an_admin_of_the_owner_or_of_an_agency_assigns(graph: Graph, asset: str) -> None:
    # [A48]
    assign(graph, asset, STAFF_ID, ["MANAGE"])
    before = graph.state()
    other = "outsider-page-token"
    for token, expected in (
        ("owner-employee-token", FORBIDDEN),
        ("agency-token", NOT_FOUND),
        ("agency-system-token", NOT_FOUND),
        (other, NOT_FOUND),
        (f"{APP}|{APP_SECRET}", NOT_FOUND),
    ):
        assert failure(assign(graph, asset, STAFF_ID, ["ANALYZE"], token)) == expected
        assert failure(unassign(graph, asset, STAFF_ID, token)) == expected
        listed = graph("GET", f"/{asset}/assigned_users", token, params={"business": OWNER})
        assert failure(listed) == expected
    for unknown in (UNKNOWN, f"act_{UNKNOWN}"):
        assert failure(assign(graph, unknown, STAFF_ID)) == NOT_FOUND
    assert graph.state() == before


@pytest.mark.operation("assign_page_user", "list_page_users", "remove_page_user")
def test_of_a_page_its_access_token_with_MANAGE_assigns_too(graph: Graph) -> None:
    # [A48]
    assert assign(graph, PAGE, STAFF_ID, ["ADVERTISE"], "owner-page-token").json() == {"success": True}
    assert assigned(graph, PAGE, OWNER, "owner-page-token") == {STAFF_ID: ["ADVERTISE"]}
    system_user = me(graph, token := acting(graph))
    for tasks, expected in ((["ADVERTISE", "ANALYZE"], DENIED), (["MANAGE"], None)):
        assign(graph, PAGE, system_user, tasks)
        (page,) = data(graph, "/me/accounts", token)
        answer = assign(graph, PAGE, STAFF_ID, ["ANALYZE"], page["access_token"])
        assert (failure(answer) if expected else answer.json()) == (expected or {"success": True})
    assert failure(assign(graph, AD_ACCOUNT, STAFF_ID, token=page["access_token"])) == NOT_FOUND
    assert unassign(graph, PAGE, STAFF_ID, page["access_token"]).json() == {"success": True}
    # That of an agency's admin has the tasks that the agency was granted.
    grant(graph, PAGE, ["ANALYZE"])
    (held,) = data(graph, "/me/accounts", "agency-token")
    assert failure(assign(graph, PAGE, SYSTEM_USER, ["ANALYZE"], held["access_token"])) == DENIED


@pytest.mark.operation("assign_page_user", "list_agencies", "grant_page_access", "remove_agency")
def test_a_page_token_has_the_tasks_of_its_user_and_grants_with_MANAGE_only(graph: Graph) -> None:
    # [A48]
    user = me(graph, token := acting(graph))

    def calls() -> list[httpx.Response]:
        (page,) = data(graph, "/me/accounts", token)
        body = {"business": OUTSIDER, "permitted_tasks": ["ANALYZE"]}
        path = f"/{PAGE}/agencies"
        return [
            graph("POST", path, page["access_token"], json=body),
            graph("GET", path, page["access_token"]),
            graph("DELETE", path, page["access_token"], params={"business": OUTSIDER}),
        ]

    assign(graph, PAGE, user, ["ADVERTISE", "CREATE_CONTENT"])
    assert [failure(answer) for answer in calls()] == [DENIED] * 3
    assert graph.state()["accesses"] == [a for a in graph.state()["accesses"] if a["asset"] != PAGE]
    assign(graph, PAGE, user, ["MANAGE"])
    granted, listed, removed = calls()
    assert granted.json() == removed.json() == {"success": True}
    assert [one["id"] for one in listed.json()["data"]] == [OUTSIDER]
    # It ends with the assignment, and is not the user: what is a user's, it has not.
    (page,) = data(graph, "/me/accounts", token)
    for edge in ("businesses", "accounts", "permissions", "assigned_pages", "business_users"):
        assert failure(graph("GET", f"/{user}/{edge}", page["access_token"])) == NOT_FOUND
    assert failure(graph("GET", f"/{user}", page["access_token"])) == NOT_FOUND
    unassign(graph, PAGE, user)
    assert failure(graph("GET", "/me", page["access_token"])) == (400, 190, None)


@pytest.mark.operation("list_assigned_pages", "list_assigned_ad_accounts")
def test_a_user_and_its_admins_list_what_is_assigned_to_it(graph: Graph) -> None:
    assign(graph, PAGE, STAFF_ID, ["ADVERTISE"])
    assign(graph, AD_ACCOUNT, STAFF_ID, ["ANALYZE"])
    page = {"name": "Random Page", "id": PAGE, "tasks": ["ADVERTISE"]}
    account = {"id": AD_ACCOUNT, "account_id": AD_ACCOUNT[4:], "tasks": ["ANALYZE"]}
    for path, token in (
        ("/me", "owner-employee-token"),
        (f"/{EMPLOYEE}", "owner-employee-token"),
        (f"/{STAFF_ID}", "owner-token"),
    ):
        assert data(graph, f"{path}/assigned_pages", token) == [page]
        assert data(graph, f"{path}/assigned_ad_accounts", token) == [account]
    assert data(graph, "/me/assigned_pages") == []  # an admin acts without
    answer = graph("GET", f"/{STAFF_ID}/assigned_pages", params={"summary": "true", "limit": "1"}).json()
    assert answer["summary"] == {"total_count": 1}
    system_user = me(graph, acting(graph))
    assert data(graph, f"/{system_user}/assigned_pages") == []
    for id, token in (
        (OWNER_ADMIN, "owner-employee-token"),
        (f"7{OWNER_ADMIN}", "owner-employee-token"),
        (EMPLOYEE, "owner-token"),  # its own id is for itself
        (STAFF_ID, "agency-token"),
        (SYSTEM_USER, "owner-token"),
        (UNKNOWN, "owner-token"),
    ):
        for edge in ("assigned_pages", "assigned_ad_accounts"):
            assert graph("GET", f"/{id}/{edge}", token).status_code == 400


# What employees and system users see


@pytest.mark.parametrize("who", ["employee", "system user"])
@pytest.mark.operation("list_assigned_pages", "assign_page_user", "assign_ad_account_user")
def test_others_than_admins_see_of_their_business_what_is_assigned_to_them(graph: Graph, who: str) -> None:
    # [A48]
    token, id = "owner-employee-token", STAFF_ID
    if who == "system user":
        token = acting(graph, scope="business_management,ads_management,pages_show_list")
        id = me(graph, token)
    lists = ("/me/accounts", "/me/adaccounts", f"/{OWNER}/owned_pages", f"/{OWNER}/owned_ad_accounts")
    for path in (*lists, f"/{OWNER}/client_pages", f"/{OWNER}/client_ad_accounts"):
        assert graph("GET", path, token).json() == {"data": []}
    assert failure(graph("GET", f"/{AD_ACCOUNT}", token)) == NOT_FOUND
    shown = graph("GET", f"/{PAGE}", token, params={"fields": "access_token,tasks"}).json()
    assert shown == {"id": PAGE}
    assert data(graph, "/me/businesses", token, fields="permitted_roles") == [
        {"permitted_roles": ["EMPLOYEE"], "id": OWNER}
    ]

    assign(graph, PAGE, id, ["ANALYZE"])
    assign(graph, AD_ACCOUNT, id, ["DRAFT"])
    assert [ids(graph, path, token) for path in lists] == [[PAGE], [AD_ACCOUNT]] * 2
    for text, found in (("EXAMPLE", [AD_ACCOUNT]), ("4444", [AD_ACCOUNT]), ("many", [])):
        assert ids(graph, f"/{OWNER}/owned_ad_accounts", token, search_query=text) == found
    fields = "name,user_tasks"
    account = graph("GET", f"/{AD_ACCOUNT}", token, params={"fields": fields}).json()
    assert account == {"name": "Example Ad Account", "user_tasks": ["DRAFT"], "id": AD_ACCOUNT}
    page = graph("GET", f"/{PAGE}", token, params={"fields": "access_token,tasks"}).json()
    assert page["tasks"] == ["ANALYZE"]
    assert page["access_token"] == data(graph, "/me/accounts", token)[0]["access_token"] != "owner-page-token"
    assert failure(graph("GET", f"/{CROWDED}", token)) == NOT_FOUND

    unassign(graph, PAGE, id)
    unassign(graph, AD_ACCOUNT, id)
    for path in lists:
        assert data(graph, path, token) == []


@both
@pytest.mark.operation(
    "assign_page_user", "assign_ad_account_user", "list_client_pages", "list_client_ad_accounts"
)
def test_and_of_what_it_only_holds_with_no_more_than_was_granted(graph: Graph, asset: str) -> None:
    # [A48]
    _, staff_id, token = employee_of_the_agency(graph)
    grant(graph, asset, ["ADVERTISE", "ANALYZE"])
    kind = "pages" if asset == PAGE else "ad_accounts"
    mine = "/me/accounts" if asset == PAGE else "/me/adaccounts"
    assert ids(graph, f"/{AGENCY}/client_{kind}", token) == ids(graph, mine, token) == []
    assert ids(graph, f"/{AGENCY}/client_{kind}", "agency-token") == [asset]
    assign(graph, asset, staff_id, ["ANALYZE"], "agency-token")
    (held,) = data(graph, f"/{AGENCY}/client_{kind}", token)
    assert (held["id"], held["permitted_tasks"]) == (asset, ["ANALYZE"])
    assert ids(graph, mine, token) == [asset]
    assert ids(graph, f"/{AGENCY}/owned_{kind}", token) == []
    if asset == AD_ACCOUNT:
        for text, found in (("example", [asset]), ("nothing", [])):
            assert ids(graph, f"/{AGENCY}/client_ad_accounts", token, search_query=text) == found
    (shown,) = data(graph, mine, token, fields="tasks" if asset == PAGE else "user_tasks")
    assert shown["tasks" if asset == PAGE else "user_tasks"] == ["ANALYZE"]


@pytest.mark.parametrize("who", ["employee", "system user"])
@pytest.mark.operation("list_clients", "list_agencies", "list_pending_owned_pages", "list_sent_obo_requests")
def test_what_is_said_of_a_whole_business_is_for_its_admins(graph: Graph, who: str) -> None:
    # [A48]
    token = "owner-employee-token"
    if who == "system user":
        token = acting(graph, scope="business_management,ads_management")
    for asset in (PAGE, AD_ACCOUNT):
        assign(graph, asset, STAFF_ID if who == "employee" else me(graph, token), ["MANAGE"])
    before = graph.state()
    for edge in (
        *("clients", "agencies", "pending_client_ad_accounts", "pending_client_pages"),
        *("pending_owned_ad_accounts", "pending_owned_pages", "owned_businesses", "system_users"),
        *("business_users", "received_inprogress_onbehalf_requests", "sent_inprogress_onbehalf_requests"),
    ):
        assert failure(graph("GET", f"/{OWNER}/{edge}", token)) == FORBIDDEN, edge
    body = {"business": OUTSIDER, "permitted_tasks": ["ANALYZE"]}
    for method, path, given in (
        ("GET", f"/{AD_ACCOUNT}/agencies", {}),
        ("POST", f"/{AD_ACCOUNT}/agencies", body),
        ("DELETE", f"/{AD_ACCOUNT}/agencies", body),
        ("GET", f"/{AD_ACCOUNT}/onbehalf_requests", {}),
        ("GET", "/1111111111", {}),
        ("DELETE", "/1111111111", {}),
        ("DELETE", f"/{OWNER}/agencies", body),
        ("DELETE", f"/{OWNER}/clients", body),
        ("DELETE", f"/{OWNER}/pages", {"page_id": PAGE}),
        ("DELETE", f"/{OWNER}/ad_accounts", {"adaccount_id": AD_ACCOUNT}),
        ("POST", f"/{OWNER}/client_pages", {"page_id": PAGE}),
        ("POST", f"/{OWNER}/client_ad_accounts", {"adaccount_id": AGENCY_AD_ACCOUNT}),
    ):
        kwargs: dict[str, Any] = {"json": given} if method == "POST" else {"params": given}
        assert failure(graph(method, path, token, **kwargs)) == FORBIDDEN, path
    assert graph.state() == before


# Access tokens


def with_scopes(graph: Graph, user: str, *scopes: str, **body: Any) -> str:
    return add_token(graph, user, scopes=list(scopes), **body)


@pytest.mark.operation("list_businesses", "list_owned_ad_accounts", "list_owned_pages", "list_pages")
def test_a_missing_permission_is_told_in_three_ways(graph: Graph) -> None:
    # graph-companion-facts.md, B.1
    without = with_scopes(graph, OWNER_ADMIN, "ads_management", "pages_show_list")
    requires = "Requires business_management permission to manage the object"
    edge_of_user, ad_accounts = (INVALID, "(#100) Missing Permission"), (INVALID, f"(#100) {requires}")
    others = (FORBIDDEN, f"(#200) {requires}")
    for path, expected in (
        ("/me/businesses", edge_of_user),
        ("/me/business_users", edge_of_user),
        (f"/{OWNER}/owned_ad_accounts", ad_accounts),
        (f"/{OWNER}/client_ad_accounts", ad_accounts),
        (f"/{OWNER}/pending_client_ad_accounts", ad_accounts),
        (f"/{OWNER}/pending_owned_ad_accounts", ad_accounts),
        (f"/{OWNER}/owned_pages", others),
        (f"/{OWNER}/client_pages", others),
        (f"/{OWNER}/pending_owned_pages", others),
        (f"/{OWNER}/clients", others),
        (f"/{OWNER}/system_users", others),
        (f"/{OWNER}/business_users", others),
        (f"/{OWNER}/owned_businesses", others),
        # Among the fields it is the same.
        ("/me?fields=businesses{name}", edge_of_user),
        (f"/{OWNER}?fields=name,owned_ad_accounts{{id}}", ad_accounts),
        (f"/{OWNER}?fields=owned_pages.limit(1){{id}}", others),
    ):
        answer = graph("GET", path, without)
        assert (failure(answer), message(answer)) == expected, path
    for path in (f"/{AGENCY}/managed_businesses", f"/{OWNER}/system_users", f"/{OWNER}/business_users"):
        body = {"existing_client_business_id": OWNER, "name": "x", "email": "a@b.example"}
        answer = graph("POST", path, without, json=body)
        assert (failure(answer), message(answer)) == others
    # A person sees no Page of a business, and no error; all else is as it was.
    assert graph("GET", "/me/accounts", without).json() == {"data": []}
    assert graph("GET", f"/{PAGE}", without).json()["id"] == PAGE
    assert ids(graph, "/me/adaccounts", without) == [AD_ACCOUNT, CROWDED, REVIEWED]
    assert ids(graph, "/me/accounts") == [PAGE]
    # A Page access token has the permissions of its Page.
    assert graph("GET", f"/{PAGE}/agencies", "owner-page-token").status_code == 200


@pytest.mark.operation("list_permissions")
def test_the_permissions_of_a_token(graph: Graph) -> None:
    token = with_scopes(graph, EMPLOYEE, "ads_read", "pages_show_list")
    granted = [{"permission": scope, "status": "granted"} for scope in ("ads_read", "pages_show_list")]
    for path in ("/me/permissions", f"/{EMPLOYEE}/permissions"):
        assert graph("GET", path, token).json() == {"data": granted}
    for other in (OWNER_ADMIN, STAFF_ID):
        assert failure(graph("GET", f"/{other}/permissions", token)) == NOT_FOUND
    assert data(graph, "/me/permissions", with_scopes(graph, EMPLOYEE)) == []


def test_tokens_that_ended_say_why(graph: Graph) -> None:
    expiring = add_token(graph, EMPLOYEE, expires_in=3600)
    assert graph("GET", "/me", expiring).status_code == 200
    graph.sandbox("POST", "/tokens/expire", json={"access_token": expiring})
    answer = graph("GET", "/me", expiring)
    assert failure(answer) == (400, 190, 463)
    assert message(answer).startswith("Error validating access token: Session has expired on ")
    assert message(answer).endswith(" GMT.")
    graph.sandbox("POST", "/tokens/revoke", json={"access_token": "owner-employee-token"})
    answer = graph("GET", "/me", "owner-employee-token")
    assert failure(answer) == (400, 190, 460)
    # Whichever comes first, a revoked token is revoked.
    graph.sandbox("POST", "/tokens/revoke", json={"access_token": expiring})
    assert failure(graph("GET", f"/{OWNER}/agencies", expiring)) == (400, 190, 460)


def token_info(graph: Graph, input_token: str, token: str = f"{APP}|{APP_SECRET}") -> Any:
    answer = graph("GET", "/debug_token", token, params={"input_token": input_token})
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


@pytest.mark.operation("get_token_info")
def test_what_a_token_is(graph: Graph) -> None:
    acting_token = acting(graph)
    assign(graph, PAGE, user := me(graph, acting_token), ["ANALYZE"])
    (page,) = data(graph, "/me/accounts", acting_token)
    lasting = add_token(graph, EMPLOYEE, expires_in=1000, scopes=["ads_read"])
    for token, expected in (
        ("owner-token", {"type": "USER", "user_id": OWNER_ADMIN, "expires_at": 0}),
        (acting_token, {"type": "SYSTEM_USER", "user_id": user, "scopes": SCOPES.split(",")}),
        ("owner-page-token", {"type": "PAGE", "profile_id": PAGE}),
        (page["access_token"], {"type": "PAGE", "profile_id": PAGE, "user_id": user}),
        (f"{APP}|{APP_SECRET}", {"type": "APP", "scopes": [], "expires_at": 0}),
        (lasting, {"type": "USER", "user_id": EMPLOYEE, "scopes": ["ads_read"]}),
    ):
        info = token_info(graph, token)
        assert info["is_valid"] is True and "error" not in info
        assert {**info, **expected} == info
        assert (info["app_id"], info["application"]) == (APP, "Example App")
    left = token_info(graph, lasting)["expires_at"] - time.time()
    assert 900 < left <= 1000
    assert "user_id" not in token_info(graph, "owner-page-token")


@pytest.mark.operation("get_token_info")
def test_what_is_wrong_with_the_token_is_no_error_of_the_question(graph: Graph) -> None:
    graph.sandbox("POST", "/tokens/expire", json={"access_token": "owner-employee-token"})
    info = token_info(graph, "owner-employee-token")
    assert (info["is_valid"], info["error"]["code"], info["error"]["subcode"]) == (False, 190, 463)
    assert info["expires_at"] <= time.time() and info["user_id"] == EMPLOYEE
    told = graph("GET", "/me", "owner-employee-token").json()["error"]["message"]
    assert info["error"]["message"] == told
    graph.sandbox("POST", "/tokens/revoke", json={"access_token": "owner-employee-token"})
    assert token_info(graph, "owner-employee-token")["error"]["subcode"] == 460
    for unknown in ("nobody", f"{APP}|wrong", f"{UNKNOWN}|x", "page-token-1-2", "x" * 500):
        info = token_info(graph, unknown)
        assert set(info) == {"is_valid", "scopes", "error"}
        assert (info["is_valid"], info["scopes"], info["error"]["code"]) == (False, [], 190)
    # A Page access token whose assignment ended is such a one, too.
    grant(graph, PAGE, ["ANALYZE"])
    (held,) = data(graph, "/me/accounts", "agency-token")
    revoke(graph, PAGE)
    assert token_info(graph, held["access_token"])["is_valid"] is False


@pytest.mark.operation("get_token_info")
def test_tokens_are_shown_to_their_app_and_to_admins_of_its_business(graph: Graph) -> None:
    for token in ("agency-token", "agency-system-token"):
        assert token_info(graph, "owner-token", token)["user_id"] == OWNER_ADMIN
    other = add_app_of(graph, OUTSIDER)
    for token in (
        "owner-token",
        "owner-employee-token",
        "owner-page-token",
        f"{other}|other-secret",
        employee_of_the_agency(graph)[2],
    ):
        answer = graph("GET", "/debug_token", token, params={"input_token": "agency-token"})
        assert failure(answer) == FORBIDDEN
    of_other = add_token(graph, OWNER_ADMIN, app=other)
    assert token_info(graph, of_other, "outsider-token")["app_id"] == other
    answer = graph("GET", "/debug_token", "agency-token", params={"input_token": of_other})
    assert failure(answer) == FORBIDDEN
    missing = graph("GET", "/debug_token", "agency-token")
    assert message(missing) == "(#100) The parameter input_token is required"


def exchange(graph: Graph, token: str = "owner-employee-token", **params: str) -> httpx.Response:
    given = {
        "grant_type": "fb_exchange_token",
        "client_id": APP,
        "client_secret": APP_SECRET,
        "fb_exchange_token": token,
        **params,
    }
    return graph("GET", "/oauth/access_token", None, params=given)


@pytest.mark.operation("get_long_lived_token")
def test_a_token_is_exchanged_for_one_of_60_days(graph: Graph) -> None:
    short = with_scopes(graph, EMPLOYEE, "ads_read", expires_in=3600)
    answer = exchange(graph, short).json()
    assert (answer["token_type"], answer["expires_in"]) == ("bearer", 60 * 86400)
    longer = answer["access_token"]
    assert longer != short and me(graph, longer) == EMPLOYEE
    info = token_info(graph, longer)
    assert info["scopes"] == ["ads_read"]
    assert 59 * 86400 < info["expires_at"] - time.time() <= 60 * 86400
    assert graph("GET", "/me", short).status_code == 200  # the other one stays
    tokens = len(graph.state()["tokens"])
    assert exchange(graph, short).json()["access_token"] == longer
    assert len(graph.state()["tokens"]) == tokens
    # An app that has no access gets none so.
    refused = exchange(graph, "no-access-token").json()["access_token"]
    assert failure(graph("GET", "/me", refused)) == (400, 3, None)


@pytest.mark.operation("get_long_lived_token")
def test_the_exchange_takes_a_valid_token_of_a_user_of_the_app_and_its_secret(graph: Graph) -> None:
    other = add_app_of(graph, OUTSIDER)
    for params in ({"client_secret": "wrong"}, {"client_id": UNKNOWN}, {"client_id": other}):
        assert failure(exchange(graph, **params)) == INVALID
    assert failure(exchange(graph, client_id=other, client_secret="other-secret")) == INVALID
    assert failure(exchange(graph, grant_type="client_credentials")) == INVALID
    for token in ("owner-page-token", f"{APP}|{APP_SECRET}"):
        assert failure(exchange(graph, token)) == INVALID
    assert failure(exchange(graph, "nobody")) == (400, 190, None)
    assign(graph, PAGE, STAFF_ID)
    (page,) = data(graph, "/me/accounts", "owner-employee-token")
    assert failure(exchange(graph, page["access_token"])) == INVALID
    for end, subcode in (("expire", 463), ("revoke", 460)):
        graph.sandbox("POST", f"/tokens/{end}", json={"access_token": "owner-employee-token"})
        assert failure(exchange(graph)) == (400, 190, subcode)
    for name in ("grant_type", "client_id", "client_secret", "fb_exchange_token"):
        given = {"grant_type": "fb_exchange_token", "client_id": APP, "client_secret": APP_SECRET}
        given = {**given, "fb_exchange_token": "owner-token"}
        del given[name]
        answer = graph("GET", "/oauth/access_token", None, params=given)
        assert message(answer) == f"(#100) The parameter {name} is required"


def test_the_token_of_an_app_is_nobodys(graph: Graph) -> None:
    token = f"{APP}|{APP_SECRET}"
    for path in ("/me", "/me/accounts", "/me/assigned_pages"):
        assert failure(graph("GET", path, token)) == (400, 2500, None)
    for path in (f"/{AGENCY}", f"/{AGENCY_AD_ACCOUNT}", "/1111111111", f"/{AGENCY_ADMIN}"):
        assert failure(graph("GET", path, token)) == NOT_FOUND
    assert failure(graph("GET", f"/{AGENCY_AD_ACCOUNT}/onbehalf_requests", token)) == NOT_FOUND
    for edge in ("owned_pages", "clients", "system_users"):
        assert failure(graph("GET", f"/{AGENCY}/{edge}", token)) == FORBIDDEN
    assert failure(relate(graph, token)) == FORBIDDEN
    assert failure(take(graph, token)) == FORBIDDEN
    # What everybody sees, it sees, and no token in it.
    grant(graph, PAGE, ["MANAGE"])
    shown = graph("GET", f"/{PAGE}", token, params={"fields": "name,access_token,tasks"})
    assert shown.json() == {"name": "Random Page", "id": PAGE}
    for wrong in (f"{APP}|", f"{APP}|{APP_SECRET}x", f"|{APP_SECRET}", APP):
        assert failure(graph("GET", "/me", wrong)) == (400, 190, None)
