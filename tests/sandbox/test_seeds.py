"""What a world is made of: what a seed leaves out, what is refused, and that what comes out goes in again."""

import json
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from meta_b2b_sandbox import seeds, world
from meta_b2b_sandbox.document import packaged
from meta_b2b_sandbox.rules import stamp
from meta_b2b_sandbox.seeds import SeedError
from meta_b2b_sandbox.store import Store
from meta_b2b_sandbox.tokens import APP_SECRET

from tests.support.graph import Graph

SCHEMAS = packaged("sandbox.yaml").tree["components"]["schemas"]
BEGAN = "2026-01-01T09:00:00+0000"
SHORT: dict[str, Any] = {
    "businesses": [{"name": "Example Agency"}, {"name": "Example Client"}],
    "pages": [{"name": "Random Page", "owner": "Example Client"}],
    "ad_accounts": [{"id": "4444444444", "name": "Example Ad Account", "owner": "Example Client"}],
    "accesses": [
        {"asset": "act_4444444444", "business": "Example Agency", "permitted_tasks": ["ADVERTISE", "ANALYZE"]}
    ],
}
AGENCY, CLIENT = "1000000001", "1000000002"
ADMIN, OTHER_ADMIN = "122001000000001", "122001000000002"


def is_valid(name: str, value: Any) -> bool:
    schema = {**SCHEMAS[name], "components": {"schemas": SCHEMAS}}
    return jsonschema_rs.Draft202012Validator(schema).is_valid(value)


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(Store(":memory:")) as opened:
        yield opened


def with_(**sections: Any) -> dict[str, Any]:
    """The short seed with other sections."""
    return {**SHORT, **sections}


def whole(**sections: Any) -> dict[str, Any]:
    return seeds.complete(with_(**sections))


# What is left out


def test_a_short_seed_is_a_whole_world(store: Store) -> None:
    seeds.put(store, SHORT)
    state = seeds.state(store)
    assert is_valid("State", state) and is_valid("Seed", state)
    assert state["businesses"] == [
        {"id": AGENCY, "name": "Example Agency"},
        {"id": CLIENT, "name": "Example Client"},
    ]
    admin = {"role": "ADMIN", "kind": "user", "app": None}
    assert state["users"] == [
        {"id": ADMIN, "name": "Admin of Example Agency", "business": AGENCY, **admin},
        {"id": OTHER_ADMIN, "name": "Admin of Example Client", "business": CLIENT, **admin},
    ]
    (app,) = state["apps"]
    assert app == {
        "id": world.APP,
        "name": "Example App",
        "business": AGENCY,
        "secret": APP_SECRET,
        "require_proof": True,
    }
    assert [(t["access_token"], t["user"], t["app"], t["expires"]) for t in state["tokens"]] == [
        ("example-agency-token", ADMIN, world.APP, None),
        ("example-client-token", OTHER_ADMIN, world.APP, None),
    ]
    assert "business_management" in state["tokens"][0]["scopes"]
    assert state["pages"] == [
        {
            "id": "1900000000001",
            "name": "Random Page",
            "owner": CLIENT,
            "access_token": "random-page-page-token",
        }
    ]
    assert state["accesses"] == [
        {
            "asset": "act_4444444444",
            "business": AGENCY,
            "permitted_tasks": ["ADVERTISE", "ANALYZE"],
            "access_status": "CONFIRMED",
            "waits_for": None,
            "access_requested_time": BEGAN,
            "access_updated_time": BEGAN,
            "request_id": None,
        }
    ]
    assert state["next_ids"] == {"access_request": "6000000001", "obo_request": "1111111111"}
    assert not state["relationships"] and not state["assignments"] and not state["obo_requests"]


def test_what_is_made_up_is_not_what_the_seed_uses() -> None:
    made = whole(
        businesses=[{"name": "A"}, {"id": AGENCY, "name": "B"}, {"name": "C"}],
        pages=[{"name": "P", "owner": "A"}, {"id": "1900000000001", "name": "Q", "owner": "B"}],
        ad_accounts=[{"name": "X", "owner": "A"}, {"id": "4000000001", "name": "Y", "owner": "A"}],
        users=[{"id": "122001000000002", "name": "U", "business": "A"}, {"name": "V", "business": "A"}],
        apps=[{"name": "M", "business": "A"}, {"id": "400000000000001", "name": "N", "business": "A"}],
        accesses=[
            {"asset": "X", "business": "B", "permitted_tasks": ["ANALYZE"], "waits_for": "owner"},
            {"asset": "Y", "business": "B", "permitted_tasks": ["ANALYZE"], "request_id": "6000000001"},
        ],
        obo_requests=[
            {"business_owned_object": "X", "receiving_business": "B"},
            {"id": "1111111111", "business_owned_object": "X", "receiving_business": "B"},
        ],
    )
    ids = {
        section: [one["id"] for one in made[section]] for section in ("businesses", "pages", "ad_accounts")
    }
    assert ids == {
        "businesses": ["1000000002", AGENCY, "1000000003"],
        "pages": ["1900000000002", "1900000000001"],
        "ad_accounts": ["4000000002", "4000000001"],
    }
    # The admin of A would be the user that is there.
    assert [user["id"] for user in made["users"]] == [
        "122001000000002",
        "122900000000001",
        "122900000000002",
        ADMIN,
        "122001000000003",
    ]
    assert [app["id"] for app in made["apps"]] == ["400000000000002", "400000000000001"]
    assert [access["request_id"] for access in made["accesses"]] == ["6000000002", "6000000001"]
    assert [one["id"] for one in made["obo_requests"]] == ["1111111112", "1111111111"]
    assert made["next_ids"] == {"access_request": "6000000003", "obo_request": "1111111113"}


def test_a_business_with_a_long_id_gets_an_admin_with_a_short_one() -> None:
    made = whole(businesses=[{"id": "9" * 20, "name": "Example Agency"}, {"name": "Example Client"}])
    assert [one["id"] for one in made["users"]] == ["122900000000001", "122001000000001"]


def test_names_of_tokens() -> None:
    made = whole(
        businesses=[
            {"name": "Übung & Co."},
            {"name": "ubung co"},
            {"name": "株式会社"},
            {"name": "Example Client"},
        ],
        users=[
            {"name": "Anna Boss", "business": "Übung & Co.", "role": "ADMIN"},
            {"name": "Bob", "business": "Übung & Co."},
        ],
        tokens=[
            *({"business": name} for name in ("Übung & Co.", "ubung co", "株式会社")),
            *({"user": name} for name in ("Anna Boss", "Bob", "Bob", "Bob")),
            {"user": "Bob", "access_token": "mine", "expires": "2026-02-01T10:00:00+0100", "scopes": []},
        ],
        pages=[{"name": name, "owner": "Example Client"} for name in ("Ubung", "Übung")],
        accesses=[],
    )
    bob = made["users"][1]["id"]
    assert [one["access_token"] for one in made["tokens"]] == [
        "ubung-co-token",
        "ubung-co-token-1000000002",
        "token",
        "ubung-co-token-1000000001",
        "bob-token",
        f"bob-token-{bob}",
        f"bob-token-{bob}-2",
        "mine",
    ]
    assert [one["access_token"] for one in made["pages"]] == [
        "ubung-page-token",
        "ubung-page-token-1900000000002",
    ]
    assert {one["business"] for one in made["tokens"][3:]} == {AGENCY}


@pytest.mark.parametrize(
    ("given", "waits_for"),
    [
        ({}, None),
        ({"access_status": "CONFIRMED"}, None),
        ({"waits_for": None}, None),
        ({"access_status": "PENDING"}, "owner"),
        ({"waits_for": "owner"}, "owner"),
        ({"waits_for": "admin_review", "access_status": "PENDING"}, "admin_review"),
    ],
)
def test_for_whom_an_access_waits(given: dict[str, Any], waits_for: str | None) -> None:
    (access,) = whole(accesses=[{**SHORT["accesses"][0], **given}])["accesses"]
    status = "PENDING" if waits_for else "CONFIRMED"
    request_id = "6000000001" if waits_for == "owner" else None
    found = (access["waits_for"], access["access_status"], access["request_id"])
    assert found == (waits_for, status, request_id)


def test_references_by_id_and_by_name(store: Store) -> None:
    for asset in ("act_4444444444", "4444444444", "Example Ad Account"):
        for user in ("Admin of Example Agency", ADMIN):
            made = whole(assignments=[{"asset": asset, "user": user, "tasks": ["ANALYZE"]}])
            assert made["assignments"] == [{"asset": "act_4444444444", "user": ADMIN, "tasks": ["ANALYZE"]}]
    # A Page and an ad account may have the same digits.
    page = {"id": "4444444444", "name": "Random Page", "owner": AGENCY}
    request = {"business_owned_object": "4444444444", "receiving_business": AGENCY}
    one = {"asset": "4444444444", "business": CLIENT, "permitted_tasks": ["MODERATE"]}
    seeds.put(store, with_(pages=[page], accesses=[one], obo_requests=[request]))
    assert seeds.state(store)["accesses"][0]["asset"] == "4444444444"
    assert seeds.state(store)["obo_requests"][0]["requesting_business"] == CLIENT


def test_an_access_was_updated_when_it_was_requested() -> None:
    given = {**SHORT["accesses"][0], "access_requested_time": "2026-03-01T00:00:00+0000"}
    assert whole(accesses=[given])["accesses"][0]["access_updated_time"] == "2026-03-01T00:00:00+0000"


# What is refused

PAGE = SHORT["pages"][0]
ACCESS = SHORT["accesses"][0]
TWINS = [{"name": "Twin"}, {"name": "Twin"}, *SHORT["businesses"]]
ASSIGNMENT = {"asset": "act_4444444444", "user": "Admin of Example Agency", "tasks": ["ANALYZE"]}
OBO = {"business_owned_object": "4444444444", "receiving_business": "Example Agency"}
SECRET = "very-secret-token"
REFUSED: list[tuple[dict[str, Any], str]] = [
    # Its shape
    ({"businesses": []}, "businesses: the value has less than 1 item"),
    ({"businesses": [{}]}, 'businesses[0]: "name" is a required property'),
    ({"business": []}, "Additional properties are not allowed ('business' was unexpected)"),
    ({"pages": [{**PAGE, "id": 12}]}, 'pages[0].id: 12 is not of type "string"'),
    ({"pages": [{**PAGE, "id": "1x"}]}, 'pages[0].id: "1x" does not match "^[0-9]+$"'),
    ({"pages": [{**PAGE, "id": "1" * 21}]}, f'pages[0].id: "{"1" * 21}" is longer than 20 characters'),
    (
        {"pages": [{**PAGE, "access_token": SECRET * 40}]},
        "pages[0].access_token: the value is longer than 500",
    ),
    ({"pages": [SECRET]}, f'pages[0]: "{SECRET}" is not of type "object"'),
    ({"tokens": [{"access_token": SECRET}]}, 'tokens[0]: "user" is a required property'),
    ({"tokens": [{"user": [SECRET]}]}, 'tokens[0].user: the value is not of type "string"'),
    (
        {"tokens": [{"user": ADMIN, "expires": "soon"}]},
        'tokens[0].expires: "soon" does not match "^[0-9]{4}-',
    ),
    (
        {"accesses": [{**ACCESS, "permitted_tasks": []}]},
        "accesses[0].permitted_tasks: the value has less than 1",
    ),
    ({"accesses": [{**ACCESS, "waits_for": "x"}]}, 'accesses[0].waits_for: "x" is not one of'),
    ({"businesses": [{"name": "\ud800"}]}, "the seed cannot be read: str is not valid UTF-8"),
    # References
    ({"pages": [{**PAGE, "owner": "X"}]}, "pages[0].owner: there is no business X"),
    ({"ad_accounts": [{"name": "A", "owner": "X"}]}, "ad_accounts[0].owner: there is no business X"),
    ({"users": [{"name": "A", "business": "X"}]}, "users[0].business: there is no business X"),
    ({"users": [{"name": "A", "business": AGENCY, "app": "X"}]}, "users[0].app: there is no app X"),
    ({"apps": [{"name": "A", "business": "X"}]}, "apps[0].business: there is no business X"),
    ({"tokens": [{"user": "X"}]}, "tokens[0].user: there is no user X"),
    ({"tokens": [{"business": "X"}]}, "tokens[0].business: there is no business X"),
    ({"tokens": [{"user": ADMIN, "app": "X"}]}, "tokens[0].app: there is no app X"),
    (
        {"tokens": [{"user": ADMIN, "business": CLIENT}]},
        "tokens[0].business: Admin of Example Agency is no user of Example Client",
    ),
    ({"apps": []}, "tokens[0]: a token is one of an app, and the list apps is empty"),
    ({"accesses": [ACCESS, {**ACCESS, "business": "X"}]}, "accesses[1].business: there is no business X"),
    ({"accesses": [{**ACCESS, "asset": "X"}]}, "accesses[0].asset: there is no asset X"),
    (
        {"relationships": [{"partner": "X", "client": CLIENT}]},
        "relationships[0].partner: there is no business X",
    ),
    (
        {"relationships": [{"partner": CLIENT, "client": "X"}]},
        "relationships[0].client: there is no business X",
    ),
    ({"assignments": [{**ASSIGNMENT, "user": "X"}]}, "assignments[0].user: there is no user X"),
    ({"assignments": [{**ASSIGNMENT, "asset": "X"}]}, "assignments[0].asset: there is no asset X"),
    (
        {"obo_requests": [{**OBO, "business_owned_object": "Random Page"}]},
        "obo_requests[0].business_owned_object: there is no ad account Random Page",
    ),
    (
        {"obo_requests": [{**OBO, "receiving_business": "X"}]},
        "obo_requests[0].receiving_business: there is no",
    ),
    (
        {"businesses": TWINS, "pages": [{**PAGE, "owner": "Twin"}]},
        "pages[0].owner: 1000000001 and 1000000002 have the name Twin; write the id",
    ),
    # Twice
    (
        {"ad_accounts": [{"id": "1", "name": "A", "owner": CLIENT}] * 2, "accesses": []},
        "ad_accounts[1].id: 1 is the id of ad_accounts[0] too",
    ),
    (
        {
            "businesses": [{"id": "5", "name": "Example Agency"}, {"name": "Example Client"}],
            "pages": [{**PAGE, "id": "5"}],
        },
        "pages[0].id: 5 is the id of businesses[0] too",
    ),
    (
        {
            "users": [{"id": "5", "name": "A", "business": AGENCY}],
            "apps": [{"id": "5", "name": "A", "business": AGENCY}],
        },
        "apps[0].id: 5 is the id of users[0] too",
    ),
    (
        {"users": [{"id": "5", "name": "A", "business": AGENCY}], "pages": [{**PAGE, "id": "75"}]},
        "pages[0].id: 75 is the id of users[0] in its business too",
    ),
    (
        {
            "businesses": [{"id": "75", "name": "Example Agency"}, {"name": "Example Client"}],
            "users": [{"id": "5", "name": "A", "business": "75"}],
        },
        "users[0].id: 75, which this person is in its business, is the id of businesses[0] too",
    ),
    (
        {"users": [{"id": "1" * 20, "name": "A", "business": AGENCY}]},
        "users[0].id: the id of a person has fewer than 20 digits",
    ),
    (
        {"pages": [{**PAGE, "id": "5"}], "obo_requests": [{**OBO, "id": "5"}]},
        "obo_requests[0].id: 5 is the id of pages[0] too",
    ),
    (
        {"tokens": [{"user": ADMIN, "access_token": SECRET}] * 2},
        "tokens[1].access_token: tokens[0] has the same",
    ),
    (
        {"tokens": [{"user": ADMIN, "access_token": SECRET}], "pages": [{**PAGE, "access_token": SECRET}]},
        "pages[0].access_token: tokens[0] has the same",
    ),
    (
        {"accesses": [ACCESS, {**ACCESS, "asset": "4444444444"}]},
        "accesses[1]: it is there already, accesses[0]",
    ),
    (
        {
            "accesses": [
                {**ACCESS, "request_id": "7"},
                {
                    "asset": "Random Page",
                    "business": AGENCY,
                    "permitted_tasks": ["ANALYZE"],
                    "request_id": "7",
                },
            ]
        },
        "accesses[1].request_id: 7 is the request_id of accesses[0] too",
    ),
    ({"relationships": [{"partner": AGENCY, "client": CLIENT}] * 2}, "relationships[1]: it is there already"),
    ({"assignments": [ASSIGNMENT, {**ASSIGNMENT, "user": ADMIN}]}, "assignments[1]: it is there already"),
    # Rules
    (
        {"accesses": [{**ACCESS, "business": CLIENT}]},
        "accesses[0]: Example Client owns act_4444444444 itself",
    ),
    (
        {"accesses": [{**ACCESS, "permitted_tasks": ["ANALYZE", "MODERATE"]}]},
        "accesses[0].permitted_tasks: MODERATE is no task on an ad account; these are: MANAGE, ADVERTISE,",
    ),
    (
        {"accesses": [{**ACCESS, "asset": "Random Page", "permitted_tasks": ["DRAFT"]}]},
        "accesses[0].permitted_tasks: DRAFT is no task on a Page; these are: MANAGE, CREATE_CONTENT,",
    ),
    (
        {"assignments": [{**ASSIGNMENT, "tasks": ["MODERATE"]}]},
        "assignments[0].tasks: MODERATE is no task on",
    ),
    (
        {"assignments": [{**ASSIGNMENT, "tasks": ["ANALYZE", "MANAGE"]}]},
        "assignments[0].tasks: Example Agency has ADVERTISE, ANALYZE on act_4444444444, and not MANAGE",
    ),
    (
        {"assignments": [{**ASSIGNMENT, "asset": "Random Page"}]},
        "assignments[0]: Example Agency, whose user this is, has no access to 1900000000001",
    ),
    (
        {"assignments": [ASSIGNMENT], "accesses": [{**ACCESS, "waits_for": "owner"}]},
        "assignments[0]: Example Agency, whose user this is, has no access to act_4444444444",
    ),
    (
        {"relationships": [{"partner": CLIENT, "client": "Example Client"}]},
        "relationships[0]: Example Client cannot act for itself",
    ),
    (  # [A26]
        {"obo_requests": [{**OBO, "requesting_business": AGENCY}]},
        "obo_requests[0].requesting_business: Example Agency does not own act_4444444444",
    ),
    (
        {"obo_requests": [{**OBO, "status": "MAYBE"}]},
        "obo_requests[0].status: MAYBE is none of Graph's: APPROVE, DECLINE, IN_PROGRESS,",
    ),
    (
        {"accesses": [{**ACCESS, "access_status": "CONFIRMED", "waits_for": "owner"}]},
        "accesses[0].access_status: what waits for owner is PENDING, not CONFIRMED",
    ),
    (
        {"accesses": [{**ACCESS, "access_status": "PENDING", "waits_for": None}]},
        "accesses[0].waits_for: what is PENDING waits for owner or admin_review",
    ),
    # Times and numbers
    *(
        (
            {"accesses": [{**ACCESS, "access_updated_time": time}]},
            f"accesses[0].access_updated_time: {time} is no time",
        )
        for time in (
            "2026-13-01T00:00:00+0000",
            "2026-02-29T00:00:00+0000",
            "2026-01-01T24:00:00+0000",
            "2026-01-01T00:00:00+9900",
            "1969-12-31T23:59:59+0000",
            "0000-01-01T00:00:00+0000",
            "9999-12-31T23:59:59-0100",
        )
    ),
    (
        {"accesses": [{**ACCESS, "access_requested_time": "2026-13-01T00:00:00+0000"}]},
        "accesses[0].access_requested_time: 2026-13-01T00:00:00+0000 is no time of the years 1970 to 9999",
    ),
    (
        {"obo_requests": [{**OBO, "created_time": "2026-13-01T00:00:00+0000"}]},
        "obo_requests[0].created_time: 2026-",
    ),
    (
        {"tokens": [{"user": ADMIN, "expires": "2026-13-01T00:00:00+0000"}]},
        "tokens[0].expires: 2026-13-01T00:",
    ),
    (
        {"obo_requests": [{**OBO, "id": "01"}]},
        "obo_requests[0].id: 01 has more than 18 digits, or begins with",
    ),
    ({"obo_requests": [{**OBO, "id": "1" * 19}]}, f"obo_requests[0].id: {'1' * 19} has more than 18 digits"),
    (
        {"accesses": [{**ACCESS, "request_id": "01"}]},
        "accesses[0].request_id: 01 has more than 18 digits, or",
    ),
    ({"next_ids": {"obo_request": "01"}}, "next_ids.obo_request: 01 has more than 18 digits, or begins"),
    (
        {"obo_requests": [{**OBO, "id": "5"}], "next_ids": {"obo_request": "5"}},
        "next_ids.obo_request: 5 is not greater than 5, which is used",
    ),
]


@pytest.mark.parametrize(("sections", "text"), REFUSED, ids=[text[:60] for _, text in REFUSED])
def test_a_seed_that_is_not_right_is_refused_and_nothing_has_changed(
    store: Store, sections: dict[str, Any], text: str
) -> None:
    seeds.put(store, SHORT)
    before = seeds.state(store)
    with pytest.raises(SeedError) as caught:
        seeds.put(store, with_(**sections))
    assert str(caught.value)[: len(text)] == text
    if SECRET in json.dumps(sections.get("tokens", "")):
        assert SECRET not in str(caught.value)
    assert seeds.state(store) == before


def test_what_fails_in_the_store_leaves_everything_as_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds.put(store, SHORT)
    before = seeds.state(store)
    monkeypatch.setattr(Store, "start_ids", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        seeds.put(store, {"businesses": [{"name": "Another"}]})
    assert seeds.state(store) == before
    assert store.business(CLIENT) == "Example Client"


# Out and in again

TIMES = st.integers(0, 253402300799).map(stamp) | st.just("2026-06-01T12:30:00+0530")
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
PAGE_TASKS = ["MANAGE", "MODERATE", "ANALYZE", "PAGES_MESSAGING"]
ACCOUNT_TASKS = ["MANAGE", "ADVERTISE", "ANALYZE", "AA_ANALYZE"]


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Any]:
    """A seed that is right, with references by id or by name, and much left out."""
    ids = map(str, count(draw(st.sampled_from([1, 10**9, 10**16]))))

    def named(prefix: str, most: int, least: int = 0, **more: Any) -> list[dict[str, Any]]:
        found = []
        for number in range(draw(st.integers(least, most))):
            one = {"name": f"{prefix}{number}{draw(NAMES)}"}
            if draw(st.booleans()):
                one["id"] = next(ids)
            found.append(one | {key: draw(value) for key, value in more.items() if draw(st.booleans())})
        return found

    def optional(**more: st.SearchStrategy[Any]) -> dict[str, Any]:
        return {key: draw(value) for key, value in more.items() if draw(st.booleans())}

    def refer(things: list[dict[str, Any]]) -> str:
        one = draw(st.sampled_from(things))
        return str(one.get("id", one["name"]) if draw(st.booleans()) else one["name"])

    businesses = named("b", 4, 2)
    seed: dict[str, Any] = {"businesses": businesses}
    boolean = st.booleans()
    seed["apps"] = named("m", 2, 1, secret=NAMES, require_proof=boolean)
    seed["users"] = named(
        "u", 4, role=st.sampled_from(["ADMIN", "EMPLOYEE"]), kind=st.sampled_from(["user", "system_user"])
    )
    seed["pages"] = named("p", 3)
    seed["ad_accounts"] = named("a", 3, admin_review=boolean)
    for section, key in (
        ("apps", "business"),
        ("users", "business"),
        ("pages", "owner"),
        ("ad_accounts", "owner"),
    ):
        for one in seed[section]:
            one[key] = draw(st.sampled_from(businesses))["name"]
    assets = seed["pages"] + seed["ad_accounts"]
    seed["tokens"] = [
        {
            **(
                {"user": refer(seed["users"])}
                if seed["users"] and draw(boolean)
                else {"business": refer(businesses)}
            ),
            **optional(
                app=st.just(seed["apps"][0]["name"]),
                expires=TIMES | st.none(),
                scopes=st.lists(st.sampled_from(["ads_management", "x"])),
                revoked=boolean,
                app_access=boolean,
            ),
        }
        for _ in range(draw(st.integers(0, 4)))
    ]
    pairs = st.tuples(st.sampled_from(businesses), st.sampled_from(businesses))
    related = draw(st.lists(pairs.filter(lambda pair: pair[0] is not pair[1]), max_size=2, unique_by=str))
    seed["relationships"] = [{"partner": one["name"], "client": other["name"]} for one, other in related]
    seed["accesses"], seed["assignments"] = [], []
    for asset in assets:
        choices = ACCOUNT_TASKS if asset in seed["ad_accounts"] else PAGE_TASKS
        for business in businesses:
            if business["name"] != asset["owner"] and draw(boolean):
                access = {"asset": asset["name"], "business": business["name"]}
                access["permitted_tasks"] = draw(st.lists(st.sampled_from(choices), min_size=1))
                access |= optional(
                    waits_for=st.sampled_from(["owner", "admin_review", None]),
                    access_requested_time=TIMES,
                    access_updated_time=TIMES,
                )
                seed["accesses"].append(access)
                users = [user for user in seed["users"] if user["business"] == business["name"]]
                if access.get("waits_for") is None and users:
                    tasks = access["permitted_tasks"][: draw(st.integers(1, 3))]
                    seed["assignments"].append(
                        {"asset": asset["name"], "user": users[0]["name"], "tasks": tasks}
                    )
    seed["obo_requests"] = [
        {
            "business_owned_object": refer(seed["ad_accounts"]),
            "receiving_business": refer(businesses),
            **optional(status=st.sampled_from(["APPROVE", "CANCELED"]), created_time=TIMES),
        }
        for _ in range(draw(st.integers(0, 3)) if seed["ad_accounts"] else 0)
    ]
    if draw(boolean):
        del seed["tokens"]
    return seed


@given(worlds())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_comes_out_goes_in_again(seed: dict[str, Any]) -> None:
    given = json.dumps(seed)
    with closing(Store(":memory:")) as one, closing(Store(":memory:")) as other:
        seeds.put(one, seed)
        state = seeds.state(one)
        assert is_valid("State", state) and is_valid("Seed", state)
        seeds.put(other, state)
        assert seeds.state(other) == state
        seeds.put(other, seed)
        assert seeds.state(other) == state
    assert json.dumps(seed) == given


# What happens in a world that nobody made by hand


def test_new_ids_are_none_that_a_seed_gave_to_something_else(graph: Graph) -> None:
    seed = {
        "businesses": [
            {"id": "122900000000002", "name": "Example Agency"},
            {"id": "7122900000000003", "name": "Example Client"},
            {"id": "1111111111", "name": "Example Other"},
        ],
        "pages": [{"id": "400000000000002", "name": "Random Page", "owner": "Example Client"}],
        "ad_accounts": [{"id": "4444444444", "name": "Example Ad Account", "owner": "Example Client"}],
        "users": [
            {"id": "122900000000001", "name": "A", "business": "Example Client"},
            {"id": "9999999999999999999", "name": "B", "business": "Example Client"},
        ],
    }
    assert graph.sandbox("PUT", "/state", json=seed).json() == {"success": True}
    body = {"name": "Somebody", "business": "1111111111"}
    ids = [graph.sandbox("POST", "/users", json=body).json()["id"] for _ in range(2)]
    assert ids == ["122900000000004", "122900000000005"]
    app = {"name": "X", "business": "1111111111", "secret": "x"}
    assert graph.sandbox("POST", "/apps", json=app).json() == {"id": "400000000000003"}
    obo = {"business_owned_object": "4444444444", "requesting_business": "7122900000000003"}
    made = graph.sandbox("POST", "/obo_requests", json={**obo, "receiving_business": "1111111111"}).json()
    assert made == {"id": "1111111112"}
    state = graph.state()
    assert graph.sandbox("PUT", "/state", json=state).json() == {"success": True}
    assert graph.state() == state


def test_a_token_without_an_app_is_one_of_the_first(graph: Graph) -> None:
    seed = with_(apps=[{"id": "5", "name": "Mine", "business": AGENCY}])
    assert graph.sandbox("PUT", "/state", json=seed).json() == {"success": True}
    graph.sandbox("POST", "/tokens", json={"user": ADMIN, "access_token": "new"})
    assert ("new", "5") in {(one["access_token"], one["app"]) for one in graph.state()["tokens"]}
    graph.sandbox("PUT", "/state", json=with_(apps=[], tokens=[]))
    answer = graph.sandbox("POST", "/tokens", json={"user": ADMIN})
    assert (answer.status_code, answer.json()["error"]["message"]) == (404, "app: there is no app")


def test_put_state_is_all_or_nothing_and_reset_brings_the_beginning_back(graph: Graph) -> None:
    beginning = graph.state()
    assert graph.sandbox("PUT", "/state", json=SHORT).json() == {"success": True}
    assert [one["name"] for one in graph.state()["businesses"]] == ["Example Agency", "Example Client"]
    clients = graph("GET", f"/{AGENCY}/clients", "example-agency-token").json()["data"]
    assert [one["id"] for one in clients] == [CLIENT]
    before = graph.state()
    for body, text in (
        ({}, "businesses is missing"),
        ({**SHORT, "x": 1}, "Additional properties are not allowed ('x' was unexpected)"),
        (with_(pages=[{**PAGE, "owner": "X"}]), "pages[0].owner: there is no business X"),
        (with_(pages=[{**PAGE, "id": 1}]), 'pages[0].id: 1 is not of type "string"'),
        (with_(pages=[{**PAGE, "access_token": SECRET * 40}]), "pages[0].access_token: the value is longer"),
    ):
        answer = graph.sandbox("PUT", "/state", json=body)
        assert answer.status_code == (422 if "there is no" in text else 400) and SECRET not in answer.text
        assert answer.json()["error"]["message"].startswith(text)
        assert graph.state() == before
    twice = '{"businesses": [{"name": "A", "name": "B"}]}'
    answer = graph.sandbox("PUT", "/state", content=twice, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert graph.sandbox("POST", "/reset").json() == {"success": True}
    assert graph.state() == beginning


# Files


def test_the_demo_world_has_what_code_and_tests_name(store: Store) -> None:
    world.load(store)
    state = seeds.state(store)
    names = {one["id"]: one["name"] for section in ("businesses", "pages") for one in state[section]}
    assert [
        names[id] for id in (world.OWNER, world.AGENCY, world.OUTSIDER, world.PAGE, world.OTHER_PAGE)
    ] == [*("Example Owner", "Example Agency", "Example Outsider", "Random Page", "Outsider's Page")]
    accounts = {f"act_{one['id']}": (one["owner"], one["admin_review"]) for one in state["ad_accounts"]}
    assert accounts == {
        world.AD_ACCOUNT: (world.OWNER, False),
        world.CROWDED: (world.OWNER, False),
        world.REVIEWED: (world.OWNER, True),
        world.AGENCY_AD_ACCOUNT: (world.AGENCY, False),
    }
    assert [one["id"] for one in state["apps"]] == [world.APP]
    assert state["apps"][0]["secret"] == APP_SECRET
    users = {one["id"]: (one["business"], one["role"], one["kind"]) for one in state["users"]}
    assert users[world.EMPLOYEE] == (world.OWNER, "EMPLOYEE", "user")
    assert users[world.SYSTEM_USER] == (world.AGENCY, "ADMIN", "system_user")
    assert users["122002222222222"] == (world.OWNER, "ADMIN", "user")
    tokens = {one["access_token"]: (one["business"], one["app_access"]) for one in state["tokens"]}
    assert tokens == {
        world.OWNER_TOKEN: (world.OWNER, True),
        world.AGENCY_TOKEN: (world.AGENCY, True),
        "outsider-token": (world.OUTSIDER, True),
        "no-access-token": (world.AGENCY, False),
        "owner-employee-token": (world.OWNER, True),
        "agency-system-token": (world.AGENCY, True),
    }
    crowd = {str(9000000000 + number): f"Agency {number}" for number in range(1, world.CROWD + 1)}
    assert {id: name for id, name in names.items() if id.startswith("9")} == crowd
    assert {(one["asset"], one["business"]) for one in state["accesses"]} == {
        (world.CROWDED, id) for id in crowd
    }
    assert [one["status"] for one in state["obo_requests"]] == [
        *("IN_PROGRESS", "APPROVE", "DECLINE", "IN_PROGRESS", "EXPIRED")
    ]
    assert state["next_ids"] == {"access_request": "6000000001", "obo_request": "1111111116"}


def test_a_file_needs_no_quotes(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(
        "\ufeff# mine\nbusinesses: [{id: 007, name: No}, {name: 12.50}]\n"
        "users: [{name: ~, business: 007, app: null, role: ADMIN}]\n"
        "tokens: [{user: on, expires: 2026-01-01T09:00:00+0000, revoked: true, app_access: false, app: 'true'}]\n"
    )
    assert seeds.read_file(file) == {
        "businesses": [{"id": "007", "name": "No"}, {"name": "12.50"}],
        "users": [{"name": None, "business": "007", "app": None, "role": "ADMIN"}],
        "tokens": [{"user": "on", "expires": BEGAN, "revoked": True, "app_access": False, "app": "true"}],
    }
    file.write_text(json.dumps(SHORT))
    assert seeds.read_file(file) == SHORT


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", ", line 1: the file is empty; a seed has at least the list businesses"),
        (b"# nothing\n\n", ": the file is empty"),
        (b"- a\n", ", line 1: a seed is a mapping (businesses: "),
        (b"a: 1\n---\nb: 2\n", ", line 2: a second document starts here"),
        (b"a: 1\nb: [\n", ": did not find expected"),
        (b"a: 1\nb: 2\na: 3\n", ", line 3: a stands here a second time"),
        (b"a:\n  b: 1\n  b: 2\n", ", line 3: b stands here a second time"),
        (b"a: &x [1]\nb: 2\n", ", line 1: write the value out instead of the anchor x"),
        (b"a: 1\nb: *x\n", ", line 2: write the value out instead of the anchor x"),
        (
            b"a: !!python/object/apply:os.system [x]\n",
            ", line 1: the tag tag:yaml.org,2002:python/object/apply:os",
        ),
        (b"[a]: 1\n", ", line 1: a name must be a text"),
        (b"a: \xff\n", " is not UTF-8 (byte 3)"),
        (b"a: \x00\n", ": "),
        (b"a: " + b"[" * 100_000, ""),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes, text: str) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(content)
    with pytest.raises(SeedError) as caught:
        seeds.read_file(file)
    place, _, _ = text.partition(": ")
    assert str(caught.value).startswith(f"{file}{place if 'line' in place else ''}")
    assert text in str(caught.value) or text.lstrip(": ") in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match="cannot be read: No such file"):
        seeds.read_file(tmp_path / "a.yaml")
    with pytest.raises(SeedError, match="cannot be read: Is a directory"):
        seeds.read_file(tmp_path)
