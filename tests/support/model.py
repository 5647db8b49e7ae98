"""What a server with Graph's rules must do, as a model in memory, and a Hypothesis state machine that compares.

The machine knows nothing of the sandbox but its wire and its control API: it runs in process and over HTTP.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.support.document import B2B, ROUTES

# (HTTP method, path and query, JSON body or None, access token or None) → (HTTP status, JSON)
Transport = Callable[[str, str, Any, str | None], tuple[int, Any]]

TASKS = {
    "page": ["MANAGE", "MODERATE", "ADVERTISE", "ANALYZE"],
    "ad_account": ["MANAGE", "ADVERTISE", "ANALYZE"],
}
NOBODY = "99999999999999"
ARABIC = str.maketrans("0123456789", "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669")


@dataclass
class Access:
    """What the model knows of one access: its tasks, and for whose answer it waits, if any."""

    tasks: list[str]
    waits_for: str | None


@dataclass
class World:
    """The model: who owns what, who may do what, which OBO requests there are."""

    owners: dict[str, str] = field(default_factory=dict)  # asset → business
    reviewed: set[str] = field(default_factory=set)  # ad accounts whose grants an admin must review
    businesses: set[str] = field(default_factory=set)
    tokens: dict[str, str] = field(default_factory=dict)  # business, or Page → its token
    accesses: dict[tuple[str, str], Access] = field(default_factory=dict)  # (asset, agency) → access
    obo: dict[str, dict[str, str]] = field(default_factory=dict)

    def between(self, owner: str, agency: str) -> dict[str, Access]:
        return {a: x for (a, b), x in self.accesses.items() if b == agency and self.owners[a] == owner}


def kind(asset: str) -> str:
    return "ad_account" if asset.startswith("act_") else "page"


def world_of(state: dict[str, Any]) -> World:
    """The model of what `GET /_sandbox/state` shows."""
    world = World()
    world.businesses = {b["id"] for b in state["businesses"]}
    for page in state["pages"]:
        world.owners[page["id"]] = page["owner"]
        world.tokens[page["id"]] = page["access_token"]
    for account in state["ad_accounts"]:
        world.owners["act_" + account["id"]] = account["owner"]
        if account["admin_review"]:
            world.reviewed.add("act_" + account["id"])
    for token in state["tokens"]:
        if token["app_access"]:
            world.tokens[token["business"]] = token["access_token"]
    for access in state["accesses"]:
        waits = None if access["access_status"] == "CONFIRMED" else "owner"
        world.accesses[access["asset"], access["business"]] = Access(access["permitted_tasks"], waits)
    world.obo = {o["id"]: o for o in state["obo_requests"]}
    return world


def told(world: World) -> dict[tuple[str, str], tuple[list[str], bool]]:
    """(asset, agency) → its tasks, and whether they are granted: the state does not say for whose answer one waits."""
    return {key: (access.tasks, access.waits_for is None) for key, access in world.accesses.items()}


class Machine(RuleBasedStateMachine):
    """Grants, requests, removals, OBO and paging in any order. Set `transport` in a subclass.

    `reached`, of each subclass: the operationIds that have answered with a success, in all sequences so far.
    """

    transport: Transport
    reached: ClassVar[set[str]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.reached = set()

    def __init__(self) -> None:
        super().__init__()
        assert self.send("POST", "/_sandbox/reset")[0] == 200
        self.world = world_of(self.send("GET", "/_sandbox/state")[1])
        self.actors = sorted(b for b in self.world.businesses if b in self.world.tokens)
        self.assets = sorted(self.world.owners)

    def send(self, method: str, path: str, body: Any = None, token: str | None = None) -> tuple[int, Any]:
        status, answer = type(self).transport(method, path, body, token)
        match = ROUTES.match(path.partition("?")[0].removeprefix(B2B.base_path))
        if match and status == 200:
            self.reached.add(match.route.endpoints[method].id)
        return status, answer

    def graph(self, method: str, path: str, token: str, body: Any = None) -> tuple[int, Any]:
        return self.send(method, f"/v26.0{path}", body, token)

    def pick(self, data: st.DataObject) -> tuple[str, str]:
        """Any asset, and any business with a token."""
        return data.draw(st.sampled_from(self.assets)), data.draw(st.sampled_from(self.actors))

    def pick_for_removal(self, data: st.DataObject) -> tuple[str, str]:
        """Half the time the two of an access that is there: any asset and any business seldom have one."""
        if bool(self.world.accesses) and data.draw(st.booleans()):
            return data.draw(st.sampled_from(sorted(self.world.accesses)))
        return self.pick(data)

    def tasks(self, data: st.DataObject, asset: str) -> list[str]:
        return data.draw(st.lists(st.sampled_from(TASKS[kind(asset)]), min_size=1, unique=True))

    def owner_token(self, asset: str) -> str:
        """The token that the asset's `agencies` edge takes from its owner."""
        return self.world.tokens[asset if kind(asset) == "page" else self.world.owners[asset]]

    def expect(self, answer: tuple[int, Any], code: int | None) -> None:
        """A success if `code` is None, else a failure with this code."""
        status, body = answer
        if code is None:
            assert status == 200, body
            assert "error" not in body, body
        else:
            assert status >= 400, body
            assert body["error"]["code"] == code, body

    # Requests and grants

    @rule(data=st.data())
    def request_access(self, data: st.DataObject) -> None:
        asset, agency = self.pick(data)
        tasks = self.tasks(data, asset)
        edge, name = (
            ("client_pages", "page_id") if kind(asset) == "page" else ("client_ad_accounts", "adaccount_id")
        )
        answer = self.graph(
            "POST", f"/{agency}/{edge}", self.world.tokens[agency], {name: asset, "permitted_tasks": tasks}
        )
        access = self.world.accesses.get((asset, agency))
        if self.world.owners[asset] == agency:
            self.expect(answer, 3946)
        elif access:
            self.expect(answer, 3936 if access.waits_for else 3944)
        else:
            self.expect(answer, None)
            assert "PENDING" in answer[1]["access_status"]
            self.world.accesses[asset, agency] = Access(tasks, "owner")

    @rule(data=st.data())
    def grant(self, data: st.DataObject) -> None:
        asset, agency = self.pick(data)
        tasks = self.tasks(data, asset)
        body = {"business": agency, "permitted_tasks": tasks}
        answer = self.graph("POST", f"/{asset}/agencies", self.owner_token(asset), body)
        access = self.world.accesses.get((asset, agency))
        confirmed = access is not None and access.waits_for is None
        if self.world.owners[asset] == agency:
            return self.expect(answer, 3946)
        if confirmed and kind(asset) == "page":
            return self.expect(answer, 3989)
        self.expect(answer, None)
        review = asset in self.world.reviewed and not confirmed
        assert answer[1] == (
            {"success": True, "requires_admin_approval": True} if review else {"success": True}
        )
        self.world.accesses[asset, agency] = Access(tasks, "admin_review" if review else None)
        return None

    @rule(data=st.data())
    def grant_by_somebody_else(self, data: st.DataObject) -> None:
        """An agency cannot pass its access on, and nobody else can; nothing changes."""
        self.grant(data)  # or there is often no agency
        asset, other = self.pick(data)
        held = [key for key, x in self.world.accesses.items() if key[1] in self.actors and not x.waits_for]
        tries = {(asset, other), data.draw(st.sampled_from(held))} if held else {(asset, other)}
        for asset, other in sorted(tries):
            if kind(asset) == "ad_account" and self.world.owners[asset] == other:
                continue
            body = {"business": data.draw(st.sampled_from(self.actors)), "permitted_tasks": ["ANALYZE"]}
            status, answer = self.graph("POST", f"/{asset}/agencies", self.world.tokens[other], body)
            assert status >= 400, answer
            if kind(asset) == "page":
                assert answer["error"]["code"] == 190, answer

    @rule(data=st.data(), approve=st.booleans())
    def admin_answers(self, data: st.DataObject, approve: bool) -> None:
        self.request_access(data)  # or there is often nothing to answer
        asset, agency = self.pick(data)
        waiting = [key for key, access in self.world.accesses.items() if access.waits_for]
        if bool(waiting) and data.draw(st.booleans()):
            asset, agency = data.draw(st.sampled_from(sorted(waiting)))
        verb = "approve" if approve else "decline"
        status, answer = self.send("POST", f"/_sandbox/accesses/{asset}/{agency}/{verb}")
        access = self.world.accesses.get((asset, agency))
        if access is None or access.waits_for is None:
            assert status == 404, answer
        elif approve:
            assert status == 200, answer
            access.waits_for = None
        else:
            assert status == 200, answer
            del self.world.accesses[asset, agency]

    # Removals

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        asset, agency = self.pick_for_removal(data)
        answer = self.graph("DELETE", f"/{asset}/agencies?business={agency}", self.owner_token(asset))
        if self.world.accesses.pop((asset, agency), None):
            self.expect(answer, None)
        else:
            self.expect(answer, 100)

    @rule(data=st.data(), by_owner=st.booleans())
    def remove_everything(self, data: st.DataObject, by_owner: bool) -> None:
        owner = data.draw(st.sampled_from(self.actors))
        agency = data.draw(st.sampled_from(self.actors))
        if by_owner:
            call = self.graph("DELETE", f"/{owner}/agencies?business={agency}", self.world.tokens[owner])
        else:
            call = self.graph("DELETE", f"/{agency}/clients?business={owner}", self.world.tokens[agency])
        gone = self.world.between(owner, agency)
        self.expect(call, None if gone else 100)
        for asset in gone:
            del self.world.accesses[asset, agency]

    # Calls that must be refused, and change nothing

    @rule(data=st.data())
    def refused(self, data: st.DataObject) -> None:
        asset, agency = self.pick_for_removal(data)  # a removal that is not refused has an effect then
        for method, query, body in [
            ("POST", "", {"business": agency}),
            ("POST", "", {"permitted_tasks": ["ANALYZE"]}),
            ("POST", "", {"business": agency, "permitted_tasks": []}),
            ("POST", "", {"business": agency, "permitted_tasks": ["NO_TASK"]}),
            ("POST", "", {"business": agency, "permitted_tasks": ["ANALYZE", "NO_TASK"]}),
            ("POST", "", {"business": agency + "\n", "permitted_tasks": ["ANALYZE"]}),
            ("POST", "", {"business": agency.translate(ARABIC), "permitted_tasks": ["ANALYZE"]}),
            ("POST", "", {"business": NOBODY, "permitted_tasks": ["ANALYZE"]}),
            ("DELETE", "", None),
            ("DELETE", f"?business={NOBODY}", None),
            ("DELETE", f"?business={agency}&business={agency}", None),
            ("GET", "?limit=-1", None),
            ("GET", "?limit=101", None),
            ("GET", "?limit=abc", None),
            ("GET", "?fields=nmae", None),
        ]:
            self.expect(self.graph(method, f"/{asset}/agencies{query}", self.owner_token(asset), body), 100)

    @rule(data=st.data())
    def unknown_status(self, data: st.DataObject) -> None:
        asset = data.draw(st.sampled_from([a for a in self.assets if kind(a) == "ad_account"]))
        for value in ("", "APPROVED", "in_progress", "IN_PROGRESS,APPROVE"):
            path = f"/{asset}/onbehalf_requests?status={value}"
            self.expect(self.graph("GET", path, self.owner_token(asset)), 100)

    # OBO requests

    @rule(data=st.data())
    def create_obo(self, data: st.DataObject) -> None:
        asset = data.draw(st.sampled_from([a for a in self.assets if kind(a) == "ad_account"]))
        one, other = data.draw(st.permutations(self.actors))[:2]
        request = {
            "business_owned_object": asset.removeprefix("act_"),
            "requesting_business": one,
            "receiving_business": other,
        }
        status, answer = self.send("POST", "/_sandbox/obo_requests", request)
        assert status == 200, answer
        assert answer["id"] not in self.world.obo
        self.world.obo[answer["id"]] = {**request, "id": answer["id"], "status": "IN_PROGRESS"}

    @precondition(lambda self: self.world.obo)
    @rule(data=st.data(), verb=st.sampled_from(["cancel", "approve", "decline"]))
    def answer_obo(self, data: st.DataObject, verb: str) -> None:
        request = self.world.obo[data.draw(st.sampled_from(sorted(self.world.obo)))]
        open_ = request["status"] == "IN_PROGRESS"
        if verb != "cancel":
            status, answer = self.send("POST", f"/_sandbox/obo_requests/{request['id']}/{verb}")
            assert status == (200 if open_ else 404), answer
            if open_:
                request["status"] = verb.upper()
            return
        actor = data.draw(st.sampled_from(self.actors))
        party = actor in (request["requesting_business"], request["receiving_business"])
        done = self.graph("DELETE", f"/{request['id']}", self.world.tokens[actor])
        self.expect(done, None if party and open_ else 100)
        if party and open_:
            request["status"] = "CANCELED"

    @precondition(lambda self: self.world.obo)
    @rule(data=st.data())
    def see_obo(self, data: st.DataObject) -> None:
        request = self.world.obo[data.draw(st.sampled_from(sorted(self.world.obo)))]
        actor = data.draw(st.sampled_from(self.actors))
        answer = self.graph("GET", f"/{request['id']}", self.world.tokens[actor])
        if actor not in (request["requesting_business"], request["receiving_business"]):
            return self.expect(answer, 100)
        self.expect(answer, None)
        shown = answer[1]
        assert {k: shown[k] for k in ("id", "status", "business_owned_object")} == {
            k: request[k] for k in ("id", "status", "business_owned_object")
        }
        assert shown["requesting_business"]["id"] == request["requesting_business"]
        assert shown["receiving_business"]["id"] == request["receiving_business"]
        return None

    # Lists

    def entries(self, data: st.DataObject, path: str, token: str, paged: bool = True) -> list[Any]:
        """All entries of an edge, page by page, by cursor or by following `next` verbatim."""
        limit = data.draw(st.integers(1, 100))
        verbatim = data.draw(st.booleans())
        address = f"/v26.0{path}{'&' if '?' in path else '?'}summary=true" + (
            f"&limit={limit}" if paged else ""
        )
        start, found, total = address, [], None
        while True:
            status, page = self.send("GET", address, None, token)
            assert status == 200, page
            assert len(page["data"]) <= (limit if paged else 10**9)
            found += page["data"]
            total = page.get("summary", {}).get("total_count", total)
            following = page.get("paging", {}).get("next")
            if not following:
                break
            assert len(page["data"]) == limit, "a page that is not full, and yet not the last"
            if verbatim:
                parts = urlsplit(following)
                assert dict(parse_qsl(parts.query))["after"] == page["paging"]["cursors"]["after"]
                address = f"{parts.path}?{parts.query}"
            else:
                address = f"{start}&after={page['paging']['cursors']['after']}"
        assert total in (None, len(found)), f"total_count {total}, {len(found)} listed"
        ids = [entry["id"] for entry in found]
        assert len(ids) == len(set(ids)), "an entry is listed twice"
        return found

    def check_flat(self, entry: dict[str, Any], access: Access) -> None:
        assert entry["permitted_tasks"] == access.tasks
        if access.waits_for is None:
            assert entry["access_status"] == "CONFIRMED"
        else:
            assert "PENDING" in entry["access_status"]

    @rule(data=st.data())
    def list_agencies_of_an_asset(self, data: st.DataObject) -> None:
        asset = data.draw(st.sampled_from(self.assets))
        shown = {e["id"]: e for e in self.entries(data, f"/{asset}/agencies", self.owner_token(asset))}
        known = {b: x for (a, b), x in self.world.accesses.items() if a == asset}
        assert shown.keys() == known.keys()
        for business, access in known.items():
            self.check_flat(shown[business], access)

    @rule(data=st.data(), of_clients=st.booleans())
    def list_partners(self, data: st.DataObject, of_clients: bool) -> None:
        me = data.draw(st.sampled_from(self.actors))
        edge = "clients" if of_clients else "agencies"
        shown = {e["id"]: e for e in self.entries(data, f"/{me}/{edge}", self.world.tokens[me])}
        known: dict[str, dict[str, Access]] = {}
        for (asset, agency), access in self.world.accesses.items():
            owner = self.world.owners[asset]
            if me == (agency if of_clients else owner):
                known.setdefault(owner if of_clients else agency, {})[asset] = access
        assert shown.keys() == known.keys()
        for business, accesses in known.items():
            nested = {
                entry["id"]: entry
                for name in ("page_permissions", "adaccount_permissions")
                for entry in shown[business].get(name, [])
            }
            assert nested.keys() == accesses.keys()
            for asset, access in accesses.items():
                self.check_flat(nested[asset], access)

    @rule(data=st.data(), asset_kind=st.sampled_from(["page", "ad_account"]), owned=st.booleans())
    def list_pending(self, data: st.DataObject, asset_kind: str, owned: bool) -> None:
        me = data.draw(st.sampled_from(self.actors))
        edge = f"pending_{'owned' if owned else 'client'}_{asset_kind}s"
        shown = self.entries(data, f"/{me}/{edge}", self.world.tokens[me], paged=not owned)
        waiting = sorted(
            asset
            for (asset, agency), access in self.world.accesses.items()
            if access.waits_for == "owner"
            and kind(asset) == asset_kind
            and me == (self.world.owners[asset] if owned else agency)
        )
        assert sorted(entry[asset_kind]["id"] for entry in shown) == waiting

    @rule(data=st.data(), asset_kind=st.sampled_from(["page", "ad_account"]))
    def list_client_assets(self, data: st.DataObject, asset_kind: str) -> None:
        me = data.draw(st.sampled_from(self.actors))
        shown = self.entries(data, f"/{me}/client_{asset_kind}s", self.world.tokens[me])
        held = {
            asset: access
            for (asset, agency), access in self.world.accesses.items()
            if agency == me and access.waits_for is None and kind(asset) == asset_kind
        }
        assert {entry["id"]: entry["permitted_tasks"] for entry in shown} == {
            a: x.tasks for a, x in held.items()
        }

    @rule(data=st.data(), sent=st.booleans())
    def list_obo(self, data: st.DataObject, sent: bool) -> None:
        me = data.draw(st.sampled_from(self.actors))
        edge = f"{'sent' if sent else 'received'}_inprogress_onbehalf_requests"
        shown = self.entries(data, f"/{me}/{edge}", self.world.tokens[me])
        party = "requesting_business" if sent else "receiving_business"
        known = [o["id"] for o in self.world.obo.values() if o["status"] == "IN_PROGRESS" and o[party] == me]
        assert [entry["id"] for entry in shown] == sorted(known, key=int)

    @rule(data=st.data(), status=st.sampled_from([None, "IN_PROGRESS", "APPROVE", "DECLINE", "CANCELED"]))
    def list_obo_of_an_ad_account(self, data: st.DataObject, status: str | None) -> None:
        asset = data.draw(st.sampled_from([a for a in self.assets if kind(a) == "ad_account"]))
        query = f"?status={status}" if status else ""
        shown = self.entries(data, f"/{asset}/onbehalf_requests{query}", self.owner_token(asset))
        known = {
            o["id"]: o["status"]
            for o in self.world.obo.values()
            if "act_" + o["business_owned_object"] == asset and status in (None, o["status"])
        }
        assert {entry["id"]: entry["status"] for entry in shown} == known

    @invariant()
    def the_state_is_the_models(self) -> None:
        """Cheap and complete, but of a server's own word only: the lists above are what callers see."""
        if not hasattr(self, "world"):
            return
        state = world_of(self.send("GET", "/_sandbox/state")[1])
        assert told(state) == told(self.world)
        assert {i: o["status"] for i, o in state.obo.items()} == {
            i: o["status"] for i, o in self.world.obo.items()
        }


def as_json(body: Any) -> bytes:
    return b"" if body is None else json.dumps(body).encode()
