"""Worlds beside the first: each has a state, ids, tokens, a journal, a clock and snapshots of its own."""

import json
import random
import re
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from meta_b2b_sandbox import Sandbox, world
from meta_b2b_sandbox.store import IN_MEMORY, Store
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, CROWDED, PAGE
from meta_b2b_sandbox.worlds import Worlds, WorldsError

from tests.support.sandbox import WatchedSandbox

SEED = {
    "businesses": [{"name": "Agency"}, {"name": "Client"}],
    "pages": [{"name": "Page", "owner": "Client"}],
}

# The number of a world in the ids of the test of many worlds: a business, a user, an ad account; a request; a token.
NUMBERS = re.compile(r"(?<!\d)[678](\d{5})\d(?!\d)|(?<!\d)5(\d{5})\d{4}(?!\d)|of-world-(\d{5})")


class Control:
    """The control API of the sandbox of this module."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.http = httpx.Client(trust_env=False)

    def __call__(self, method: str, path: str, where: str | None = None, **kwargs: Any) -> Any:
        """(status, JSON) of a call; `where`: the control address of another world."""
        answer = self.http.request(method, f"{where or self.sandbox.control_url}{path}", **kwargs)
        return answer.status_code, answer.json()

    def made(self, **body: Any) -> Any:
        """A new world."""
        status, shown = self("POST", "/worlds", json=body)
        assert status == 200, shown
        return shown


@pytest.fixture
def control(sandbox: WatchedSandbox) -> Iterator[Control]:
    made = Control(sandbox)
    with made.http:
        yield made
        for one in made("GET", "/worlds")[1]["worlds"]:
            assert made("DELETE", f"/worlds/{one['name']}") == (200, {"success": True})
        made("POST", "/reset")


def graph(
    control: Control, base_url: str, method: str, path: str, token: str, **kwargs: Any
) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"}
    return control.http.request(method, base_url + path, headers=headers, **kwargs)


def grant(control: Control, base_url: str) -> None:
    body = {"business": AGENCY, "permitted_tasks": ["ADVERTISE"]}
    assert graph(control, base_url, "POST", f"/{AD_ACCOUNT}/agencies", "owner-token", json=body).is_success


def accesses(control: Control, where: str | None = None) -> int:
    return len(control("GET", "/state", where)[1]["accesses"])


# What a world is


def test_a_world_has_addresses_of_its_own(control: Control) -> None:
    made = control.made()
    origin = control.sandbox.control_url.rpartition("/")[0]
    assert made == {
        "name": made["name"],
        "base_url": f"{origin}/w/{made['name']}/v26.0",
        "control_url": f"{origin}/w/{made['name']}/_sandbox",
    }
    assert control("GET", "/worlds")[1] == {"worlds": [made]}
    assert control("GET", "/worlds", made["control_url"])[1] == {"worlds": [made]}
    begun = control("GET", "/state", made["control_url"])[1]
    assert begun == control("GET", "/state")[1]


def test_what_happens_in_one_world_no_other_sees(control: Control) -> None:
    one, two = control.made(), control.made()
    begun = control("GET", "/state")[1]
    grant(control, one["base_url"])
    control("PUT", "/clock", one["control_url"], json={"at": "2030-01-01T00:00:00+0000"})
    control("POST", "/snapshots/here", one["control_url"])
    control("POST", "/faults", one["control_url"], json={"operation": "all", "code": 1, "times": 1000})
    for where, base_url in ((None, control.sandbox.base_url), (two["control_url"], two["base_url"])):
        assert control("GET", "/state", where)[1] == begun
        assert control("GET", "/calls", where)[1] == {"calls": []}
        assert control("GET", "/snapshots", where)[1] == {"snapshots": []}
        assert control("GET", "/clock", where)[1]["stands"] is False
        assert graph(control, base_url, "GET", "/me", "agency-token").is_success
    assert graph(control, one["base_url"], "GET", "/me", "agency-token").json()["error"]["code"] == 1


def test_addresses_stay_in_the_world(control: Control) -> None:
    made = control.made()
    page = graph(control, made["base_url"], "GET", f"/{CROWDED}/agencies?limit=7", "owner-token").json()
    seen = 0
    while True:
        seen += len(page["data"])
        following = page["paging"].get("next")
        if following is None:
            break
        assert following.startswith(made["base_url"] + "/")
        page = control.http.get(following).json()
    assert seen == 120
    picture = graph(control, made["base_url"], "GET", f"/{PAGE}?fields=picture", "owner-token").json()
    assert picture["picture"]["data"]["url"].startswith(made["base_url"] + "/")
    refused = graph(control, made["base_url"], "POST", f"/{AD_ACCOUNT}/campaigns", "owner-token").json()
    assert f"{made['control_url']}/graph.json" in json.dumps(refused)
    batch = [{"method": "GET", "relative_url": f"{CROWDED}/agencies?limit=1"}]
    origin = made["base_url"].rpartition("/")[0]
    answers = graph(control, origin, "POST", "/", "owner-token", data={"batch": json.dumps(batch)}).json()
    assert json.loads(answers[0]["body"])["paging"]["next"].startswith(made["base_url"] + "/")


def test_a_world_of_its_own_seed(control: Control) -> None:
    made = control.made(name="own", state=SEED)
    state = control("GET", "/state", made["control_url"])[1]
    assert [one["name"] for one in state["businesses"]] == ["Agency", "Client"]
    assert graph(control, made["base_url"], "GET", "/me", "agency-token").json()["name"] == "Admin of Agency"
    control("POST", "/obo_requests", made["control_url"])
    control("PUT", "/state", made["control_url"], json={"businesses": [{"name": "Other"}]})
    assert control("POST", "/reset", made["control_url"]) == (200, {"success": True})
    assert control("GET", "/state", made["control_url"])[1] == state


def test_a_world_that_ends_is_gone(control: Control) -> None:
    made = control.made(name="short")
    assert control("DELETE", "/worlds/short") == (200, {"success": True})
    status, shown = control("GET", "/state", made["control_url"])
    assert (status, shown["error"]["message"].partition(";")[0]) == (404, "there is no world short")
    assert graph(control, made["base_url"], "GET", "/me", "agency-token").status_code == 404
    assert control("DELETE", "/worlds/short")[0] == 404
    assert control.made(name="short")["name"] == "short"


@pytest.mark.parametrize(
    ("body", "status", "text"),
    [
        ({"name": "taken"}, 409, "there is a world taken already; end it, or choose another name"),
        ({"name": "Not This"}, 400, "name: "),
        ({"file": "some.db"}, 409, "a world with a file needs a name"),
        ({"name": "x", "file": "../some.db"}, 400, "file: "),
        ({"name": "x", "state": {"businesses": []}}, 400, "state.businesses: "),
        (
            {"name": "x", "state": {"businesses": [{"name": "A"}], "pages": [{"name": "P", "owner": "Z"}]}},
            422,
            "state: pages[0].owner: there is no business Z",
        ),
    ],
    ids=["taken name", "bad name", "file without name", "folder", "bad shape", "bad reference"],
)
def test_what_is_no_world_is_refused(control: Control, body: Any, status: int, text: str) -> None:
    control.made(name="taken")
    refused, shown = control("POST", "/worlds", json=body)
    assert refused == status
    assert shown["error"]["message"].startswith(text)
    assert len(control("GET", "/worlds")[1]["worlds"]) == 1


# How many, and how long


@pytest.fixture
def worlds() -> Iterator[Worlds]:
    beginning = Store(IN_MEMORY)
    world.load(beginning)
    with closing(Worlds(Store(IN_MEMORY, beginning), beginning, most=3, idle_seconds=60)) as made:
        yield made


def test_there_is_room_for_so_many(worlds: Worlds) -> None:
    for _ in range(3):
        worlds.create(None, None, None, 0)
    with pytest.raises(WorldsError, match=r"there are 3 worlds, and no room for more: .*--max-worlds"):
        worlds.create(None, None, None, 0)
    assert worlds.end("world-2")
    worlds.create(None, None, None, 0)


def test_a_world_that_nobody_calls_ends(worlds: Worlds) -> None:
    for name in ("early", "used", "late"):
        worlds.create(name, None, None, 0)
    assert worlds.get("used", 50) is not None
    assert worlds.get("late", 59.9) is not None
    assert worlds.get("early", 60) is None
    assert [one.name for one in worlds] == ["used", "late"]
    worlds.create("new", None, None, 115)
    assert [one.name for one in worlds] == ["late", "new"]
    assert worlds.get("late", 119) is not None


# Snapshots and the clock


def test_a_snapshot_brings_back_what_there_was(control: Control) -> None:
    where = control.made()
    begun = control("GET", "/state", where["control_url"])[1]
    assert control("POST", "/snapshots/begun", where["control_url"])[0] == 200
    grant(control, where["base_url"])
    granted = control("GET", "/state", where["control_url"])[1]
    assert granted != begun
    assert control("POST", "/snapshots/granted", where["control_url"])[0] == 200
    for name, state in (("begun", begun), ("granted", granted), ("begun", begun)):
        assert control("POST", f"/snapshots/{name}/restore", where["control_url"])[0] == 200
        assert control("GET", "/state", where["control_url"])[1] == state
        shown = graph(control, where["base_url"], "GET", f"/{AD_ACCOUNT}/agencies", "owner-token").json()[
            "data"
        ]
        assert len(shown) == (state is granted)
    assert control("GET", "/snapshots", where["control_url"])[1] == {"snapshots": ["begun", "granted"]}
    assert control("POST", "/snapshots/none/restore", where["control_url"]) == (
        404,
        {"error": {"message": "there is no snapshot none"}},
    )
    control("POST", "/reset", where["control_url"])
    assert control("POST", "/snapshots/granted/restore", where["control_url"])[0] == 200


def test_there_is_room_for_a_hundred_snapshots(control: Control) -> None:
    where = control.made()["control_url"]
    for number in range(100):
        assert control("POST", f"/snapshots/s{number}", where)[0] == 200
    assert control("POST", "/snapshots/one-more", where)[0] == 409
    assert control("POST", "/snapshots/s7", where)[0] == 200


def test_the_clock_governs_times_and_tokens(control: Control) -> None:
    made = control.made()
    where = made["control_url"]
    status, shown = control("PUT", "/clock", where, json={"at": "2031-05-06T07:08:09+0000"})
    assert (status, shown) == (200, {"now": "2031-05-06T07:08:09+0000", "stands": True})
    grant(control, made["base_url"])
    access = graph(
        control, made["base_url"], "GET", f"/{AD_ACCOUNT}/agencies?fields=access_updated_time", "owner-token"
    )
    assert access.json()["data"][0]["access_updated_time"] == "2031-05-06T07:08:09+0000"
    user = control("GET", "/state", where)[1]["tokens"][0]["user"]
    body = {"user": user, "access_token": "short-token", "expires_in": 60}
    control("POST", "/tokens", where, json=body)
    control("PUT", "/clock", where, json={"forward_seconds": 59})
    assert graph(control, made["base_url"], "GET", "/me", "short-token").is_success
    assert (
        control("PUT", "/clock", where, json={"forward_seconds": 1})[1]["now"] == "2031-05-06T07:09:09+0000"
    )
    refused = graph(control, made["base_url"], "GET", "/me", "short-token").json()["error"]
    assert (refused["code"], refused["error_subcode"]) == (190, 463)
    assert control("DELETE", "/clock", where)[1]["stands"] is False
    assert control("GET", "/calls", where)[1]["calls"][-1]["at"] == "2031-05-06T07:09:09+0000"


def test_a_clock_that_goes_is_moved_on_and_goes(control: Control) -> None:
    where = control.made()["control_url"]
    before = control("GET", "/clock", where)[1]["now"]
    shown = control("PUT", "/clock", where, json={"forward_seconds": 86400 * 365})[1]
    assert shown["stands"] is False
    assert int(shown["now"][:4]) >= int(before[:4]) + 1 - (before[5:10] == "01-01")


@pytest.mark.parametrize(
    "body", [{}, {"at": "yesterday"}, {"at": "2026-02-30T00:00:00+0000"}, {"forward_seconds": -1}]
)
def test_what_is_no_time_is_refused(control: Control, body: Any) -> None:
    status = 422 if body.get("at", "").startswith("2026") else 400
    assert control("PUT", "/clock", control.made()["control_url"], json=body)[0] == status


def test_no_time_is_later_than_there_are(control: Control) -> None:
    where = control.made()["control_url"]
    control("PUT", "/clock", where, json={"at": "9999-12-31T23:59:00+0000"})
    assert control("PUT", "/clock", where, json={"forward_seconds": 60})[0] == 422
    assert control("PUT", "/clock", where, json={"forward_seconds": 59})[0] == 200


# Files


def test_a_world_with_a_file_survives_a_kill(tmp_path: Path) -> None:
    file = tmp_path / "first.db"
    with WatchedSandbox(db=file) as sandbox:
        control = Control(sandbox)
        with control.http:
            made = control.made(name="kept", file="kept.db", state=SEED)
            grantee = control("GET", "/state", made["control_url"])[1]["businesses"][0]["id"]
            page = control("GET", "/state", made["control_url"])[1]["pages"][0]
            body = {"business": grantee, "permitted_tasks": ["ANALYZE"]}
            path = f"/{page['id']}/agencies"
            answer = graph(control, made["base_url"], "POST", path, page["access_token"], json=body)
            assert answer.is_success, answer.text
            state = control("GET", "/state", made["control_url"])[1]
            status, shown = control("POST", "/worlds", json={"name": "other", "file": "kept.db"})
            assert (status, "in use" in shown["error"]["message"]) == (409, True)
            sandbox.end(signal.SIGKILL)
    assert (tmp_path / "kept.db").exists()
    with WatchedSandbox(db=file) as sandbox:
        control = Control(sandbox)
        with control.http:
            made = control.made(name="kept", file="kept.db")
            assert control("GET", "/state", made["control_url"])[1] == state
            assert control("DELETE", "/worlds/kept")[0] == 200
            assert (tmp_path / "kept.db").exists()
            status, shown = control("POST", "/worlds", json={"name": "x", "file": "first.db"})
            assert status == 409


# Many at once


def test_no_world_sees_what_is_anothers(control: Control) -> None:
    """Each world has ids of its own; no answer of a world may hold one of another."""
    count, threads, calls = 200, 8, 4000

    def seed(number: int) -> dict[str, Any]:
        return {
            "businesses": [
                {"id": f"7{number:05}1", "name": "Agency"},
                {"id": f"7{number:05}2", "name": "Client"},
            ],
            "users": [
                {
                    "id": f"8{number:05}{n}",
                    "name": f"Admin {n}",
                    "business": f"7{number:05}{n}",
                    "role": "ADMIN",
                }
                for n in (1, 2)
            ],
            "ad_accounts": [
                {"id": f"6{number:05}{n}", "name": f"Account {n}", "owner": "Client"} for n in range(9)
            ],
            "tokens": [
                {"access_token": f"{name}-of-world-{number:05}", "business": name.title()}
                for name in ("agency", "client")
            ],
            "next_ids": {"access_request": f"5{number:05}0000", "obo_request": f"4{number:05}0000"},
        }

    made = [control.made(state=seed(number)) for number in range(count)]
    foreign: list[str] = []
    named: set[str] = set()

    tasks = {"permitted_tasks": ["ANALYZE"]}

    def work(thread: int) -> int:
        draw, done = random.Random(thread), 0
        with httpx.Client(trust_env=False) as http:
            for _ in range(calls // threads):
                number = draw.randrange(count)
                account, base = f"act_6{number:05}{draw.randrange(9)}", made[number]["base_url"]
                agency, client = (f"7{number:05}{n}" for n in (1, 2))
                token = f"{draw.choice(('agency', 'client'))}-of-world-{number:05}"
                method, url, given = draw.choice(
                    [
                        ("GET", f"{base}/me/businesses", None),
                        ("GET", f"{base}/{agency}/clients", None),
                        ("GET", f"{base}/{client}/owned_ad_accounts?fields=id,agencies", None),
                        ("GET", f"{base}/{agency}/pending_client_ad_accounts", None),
                        ("POST", f"{base}/{agency}/client_ad_accounts", {"adaccount_id": account, **tasks}),
                        ("POST", f"{base}/{account}/agencies", {"business": agency, **tasks}),
                        ("DELETE", f"{base}/{account}/agencies?business={agency}", None),
                        ("GET", f"{made[number]['control_url']}/state", None),
                        ("GET", f"{made[number]['control_url']}/calls?since=0", None),
                        ("POST", f"{made[number]['control_url']}/reset", None),
                    ]
                )
                answer = http.request(method, url, json=given, headers={"Authorization": f"Bearer {token}"})
                done += answer.is_success
                found = {next(filter(None, groups)) for groups in NUMBERS.findall(answer.text)}
                named.update(found)
                foreign.extend(found - {f"{number:05}"})
        return done

    with ThreadPoolExecutor(threads) as pool:
        successes = sum(pool.map(work, range(threads)))
    assert foreign == []
    assert len(named) == count  # or the test looks for what is nowhere
    assert successes > calls // 3


def test_a_large_world_goes_in_again(control: Control) -> None:
    """Larger than a call of Graph may be."""
    made = control.made()
    seed = {
        "businesses": [{"name": f"Business {number}"} for number in range(3000)],
        "ad_accounts": [{"name": "Account", "owner": "Business 0"}],
        "accesses": [
            {"asset": "Account", "business": f"Business {number}", "permitted_tasks": ["ANALYZE"]}
            for number in range(1, 3000)
        ],
    }
    assert control("PUT", "/state", made["control_url"], json=seed)[0] == 200
    state = control("GET", "/state", made["control_url"])[1]
    assert len(json.dumps(state)) > 1_000_000
    control("POST", "/reset", made["control_url"])
    assert control("PUT", "/state", made["control_url"], json=state)[0] == 200
    assert control("GET", "/state", made["control_url"])[1] == state


def test_worlds_that_ended_take_no_memory(control: Control, sandbox: WatchedSandbox) -> None:
    def a_round() -> int:
        made = [control.made() for _ in range(200)]
        for one in made:
            assert graph(control, one["base_url"], "GET", "/me", "agency-token").is_success
        for one in made:
            assert control("DELETE", f"/worlds/{one['name']}")[0] == 200
        return sandbox.rss()

    first, *_, last = [a_round() for _ in range(4)]
    assert last - first < 10_000_000  # 200 worlds take twice as much
