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
MOST = 100  # entries of a page, whatever `limit` says
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
    users: dict[str, str] = field(default_factory=dict)  # business → its user
    names: dict[str, str] = field(default_factory=dict)  # of each node
    agency_tokens: dict[tuple[str, str], str] = field(
        default_factory=dict
    )  # (Page, agency) → its user's for it

    def held(self, agency: str, asset_kind: str) -> dict[str, Access]:
        """What an agency may do: asset → access."""
        return {
            asset: access
            for (asset, business), access in self.accesses.items()
            if business == agency and access.waits_for is None and kind(asset) == asset_kind
        }

    def owned(self, business: str, asset_kind: str) -> set[str]:
        return {a for a, owner in self.owners.items() if owner == business and kind(a) == asset_kind}

    def share(self, one: str, other: str) -> bool:
        """Whether an access, a request for one, or an OBO request is between two businesses."""
        pairs = {(self.owners[asset], agency) for asset, agency in self.accesses}
        pairs |= {(o["requesting_business"], o["receiving_business"]) for o in self.obo.values()}
        return bool(pairs & {(one, other), (other, one)})

    def node(self, id: str) -> str:
        """What Graph calls the type of a node."""
        if id in self.obo:
            return "BusinessOwnedObjectOnBehalfOfRequest"
        if id in self.owners:
            return "Page" if kind(id) == "page" else "AdAccount"
        return "Business" if id in self.businesses else "User"

    def between(self, owner: str, agency: str) -> dict[str, Access]:
        return {a: x for (a, b), x in self.accesses.items() if b == agency and self.owners[a] == owner}


def kind(asset: str) -> str:
    return "ad_account" if asset.startswith("act_") else "page"


def world_of(state: dict[str, Any]) -> World:
    """The model of what `GET /_sandbox/state` shows."""
    world = World()
    world.businesses = {b["id"] for b in state["businesses"]}
    world.users = {user["business"]: user["id"] for user in state["users"]}
    world.names = {one["id"]: one["name"] for one in (*state["businesses"], *state["users"], *state["pages"])}
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
            routes = [match.route, *match.route.others]
            if len(routes) > 1:  # the ids on them tell which is meant
                node = self.world.node(next(iter(match.values.values())))
                routes = [route for route in routes if node in route.nodes]
            self.reached.add(routes[0].endpoints[method].id)
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

    def tasks(self, data: st.DataObject, asset: str) -> tuple[list[str], dict[str, list[str]]]:
        """Tasks, and what of a body asks for them: none means ANALYZE alone."""
        if data.draw(st.integers(0, 9)) == 0:
            return ["ANALYZE"], {}
        tasks = data.draw(st.lists(st.sampled_from(TASKS[kind(asset)]), min_size=1, unique=True))
        return tasks, {"permitted_tasks": tasks}

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
        tasks, wanted = self.tasks(data, asset)
        edge, name = (
            ("client_pages", "page_id") if kind(asset) == "page" else ("client_ad_accounts", "adaccount_id")
        )
        answer = self.graph("POST", f"/{agency}/{edge}", self.world.tokens[agency], {name: asset, **wanted})
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
        self.give(asset, agency, *self.tasks(data, asset))

    def give(self, asset: str, agency: str, tasks: list[str], wanted: dict[str, list[str]]) -> None:
        """The owner grants these tasks. `wanted`: what of the body asks for them."""
        body = {"business": agency, **wanted}
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

    @rule(data=st.data())
    def admin_answers(self, data: st.DataObject) -> None:
        for verb in ("approve", "decline"):
            self.request_access(data)  # or there is often nothing to answer
            asset, agency = self.pick(data)
            waiting = [key for key, access in self.world.accesses.items() if access.waits_for]
            if bool(waiting) and data.draw(st.integers(0, 3)):
                asset, agency = data.draw(st.sampled_from(sorted(waiting)))
            status, answer = self.send("POST", f"/_sandbox/accesses/{asset}/{agency}/{verb}")
            access = self.world.accesses.get((asset, agency))
            if access is None or access.waits_for is None:
                assert status == 404, answer
            elif verb == "approve":
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
        self.request_access(data)  # or there is often nothing to remove
        owner = data.draw(st.sampled_from(self.actors))
        agency = data.draw(st.sampled_from(self.actors))
        pairs = {(self.world.owners[a], b) for (a, b) in self.world.accesses if b in self.actors}
        if bool(pairs) and data.draw(st.booleans()):
            owner, agency = data.draw(st.sampled_from(sorted(pairs)))
        if by_owner:
            call = self.graph("DELETE", f"/{owner}/agencies?business={agency}", self.world.tokens[owner])
        else:
            call = self.graph("DELETE", f"/{agency}/clients?business={owner}", self.world.tokens[agency])
        gone = self.world.between(owner, agency)
        self.expect(call, None if gone else 100)
        for asset in gone:
            del self.world.accesses[asset, agency]

    @rule(data=st.data())
    def give_up(self, data: st.DataObject) -> None:
        """One access of one agency, or its request; all others stay, those of other agencies to the same asset too."""
        self.request_access(data)
        asset, agency = self.pick(data)
        for other in self.actors:
            if other != self.world.owners[asset] and (asset, other) not in self.world.accesses:
                self.give(asset, other, ["ANALYZE"], {})
        waiting = [key for key in self.world.accesses if key[1] in self.actors]
        if bool(waiting) and data.draw(st.integers(0, 3)):
            asset, agency = data.draw(st.sampled_from(sorted(waiting)))
        edge, name = ("pages", "page_id") if kind(asset) == "page" else ("ad_accounts", "adaccount_id")
        answer = self.graph("DELETE", f"/{agency}/{edge}?{name}={asset}", self.world.tokens[agency])
        if self.world.owners[asset] == agency:
            self.expect(answer, 200)
        elif self.world.accesses.pop((asset, agency), None):
            self.expect(answer, None)
        else:
            self.expect(answer, 3996 if kind(asset) == "page" else 100)

    # Calls that must be refused, and change nothing

    @rule(data=st.data())
    def refused(self, data: st.DataObject) -> None:
        asset, agency = self.pick_for_removal(data)  # a removal that is not refused has an effect then
        for method, query, body in [
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
            ("GET", "?limit=0", None),
            ("GET", "?limit=abc", None),
            ("GET", "?fields=nmae", None),
            ("GET", "?fields=id{name}", None),
        ]:
            self.expect(self.graph(method, f"/{asset}/agencies{query}", self.owner_token(asset), body), 100)
        account = data.draw(st.sampled_from([a for a in self.assets if kind(a) == "ad_account"]))
        for value in ("", "APPROVED", "in_progress", "IN_PROGRESS,APPROVE"):
            path = f"/{account}/onbehalf_requests?status={value}"
            self.expect(self.graph("GET", path, self.owner_token(account)), 100)

    # OBO requests

    @rule(data=st.data())
    def create_obo(self, data: st.DataObject) -> None:
        """The business that asks owns the object."""
        asset = data.draw(st.sampled_from([a for a in self.assets if kind(a) == "ad_account"]))
        one, other = data.draw(st.permutations(self.actors))[:2]
        if data.draw(st.integers(0, 3)):
            one = self.world.owners[asset]
            other = data.draw(st.sampled_from([a for a in self.actors if a != one]))
        request = {
            "business_owned_object": asset.removeprefix("act_"),
            "requesting_business": one,
            "receiving_business": other,
        }
        status, answer = self.send("POST", "/_sandbox/obo_requests", request)
        if one != self.world.owners[asset]:
            assert status == 404, answer
            return
        assert status == 200, answer
        assert answer["id"] not in self.world.obo
        self.world.obo[answer["id"]] = {**request, "id": answer["id"], "status": "IN_PROGRESS"}

    @precondition(lambda self: self.world.obo)
    @rule(data=st.data(), verb=st.sampled_from(["cancel", "approve", "decline"]))
    def answer_obo(self, data: st.DataObject, verb: str) -> None:
        self.create_obo(data)  # or none is open
        request = self.world.obo[data.draw(st.sampled_from(sorted(self.world.obo)))]
        waiting = [id for id, one in self.world.obo.items() if one["status"] == "IN_PROGRESS"]
        if bool(waiting) and data.draw(st.integers(0, 3)):
            request = self.world.obo[data.draw(st.sampled_from(sorted(waiting)))]
        open_ = request["status"] == "IN_PROGRESS"
        if verb != "cancel":
            status, answer = self.send("POST", f"/_sandbox/obo_requests/{request['id']}/{verb}")
            assert status == (200 if open_ else 404), answer
            if open_:
                request["status"] = verb.upper()
            self.list_obo(data)
            return
        parties = [request["requesting_business"], request["receiving_business"]]
        actor = data.draw(st.sampled_from(parties * 2 + self.actors))
        party = actor in parties
        done = self.graph("DELETE", f"/{request['id']}", self.world.tokens[actor])
        self.expect(done, None if party and open_ else 100)
        if party and open_:
            request["status"] = "CANCELED"
        self.list_obo(data)

    @precondition(lambda self: self.world.obo)
    @rule(data=st.data())
    def see_obo(self, data: st.DataObject) -> None:
        request = self.world.obo[data.draw(st.sampled_from(sorted(self.world.obo)))]
        for actor in self.actors:
            answer = self.graph("GET", f"/{request['id']}", self.world.tokens[actor])
            if actor not in (request["requesting_business"], request["receiving_business"]):
                self.expect(answer, 100)
                continue
            self.expect(answer, None)
            shown = answer[1]
            assert {k: shown[k] for k in ("id", "status", "business_owned_object")} == {
                k: request[k] for k in ("id", "status", "business_owned_object")
            }
            assert shown["requesting_business"]["id"] == request["requesting_business"]
            assert shown["receiving_business"]["id"] == request["receiving_business"]

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
        self.request_access(data)  # or little waits
        asset = data.draw(st.sampled_from(self.assets))
        waiting = [a for (a, _), access in self.world.accesses.items() if access.waits_for]
        if bool(waiting) and data.draw(st.booleans()):
            asset = data.draw(st.sampled_from(sorted(waiting)))
        shown = {e["id"]: e for e in self.entries(data, f"/{asset}/agencies", self.owner_token(asset))}
        known = {b: x for (a, b), x in self.world.accesses.items() if a == asset}
        assert shown.keys() == known.keys()
        for business, access in known.items():
            self.check_flat(shown[business], access)

    @rule(data=st.data())
    def list_partners(self, data: st.DataObject) -> None:
        me = data.draw(st.sampled_from(self.actors))
        for edge in ("agencies", "clients"):
            of_clients = edge == "clients"
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

    @rule(data=st.data())
    def list_pending(self, data: st.DataObject) -> None:
        me = data.draw(st.sampled_from(self.actors))
        for asset_kind in TASKS:
            for owned in (True, False):
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

    @rule(data=st.data())
    def list_assets(self, data: st.DataObject) -> None:
        """Those that a business owns, and those of clients."""
        me, other = data.draw(st.permutations(self.actors))[:2]
        token = self.world.tokens[me]
        for asset_kind in TASKS:
            shown = self.entries(data, f"/{me}/client_{asset_kind}s", token)
            assert {entry["id"]: entry["permitted_tasks"] for entry in shown} == {
                a: x.tasks for a, x in self.world.held(me, asset_kind).items()
            }
            owned = self.entries(data, f"/{me}/owned_{asset_kind}s", token)
            assert [entry["id"] for entry in owned] == sorted(self.world.owned(me, asset_kind))
            for edge in ("client", "owned"):
                path = f"/{me}/{edge}_{asset_kind}s"
                self.expect(self.graph("GET", path, self.world.tokens[other]), 200)

    @rule(data=st.data())
    def list_obo(self, data: st.DataObject) -> None:
        me = data.draw(st.sampled_from(self.actors))
        for edge, party in (("sent", "requesting_business"), ("received", "receiving_business")):
            path = f"/{me}/{edge}_inprogress_onbehalf_requests"
            shown = self.entries(data, path, self.world.tokens[me])
            open_ = [o for o in self.world.obo.values() if o["status"] == "IN_PROGRESS"]
            known = [o["id"] for o in open_ if o[party] == me]
            assert [entry["id"] for entry in shown] == sorted(known, key=int)

    @rule(data=st.data(), status=st.sampled_from([None, "IN_PROGRESS", "APPROVE", "DECLINE", "CANCELED"]))
    def list_obo_of_an_ad_account(self, data: st.DataObject, status: str | None) -> None:
        """The owner sees all of its requests, another business those that it received."""
        self.create_obo(data)  # or there is often none
        request = data.draw(st.sampled_from(list(self.world.obo.values())))
        asset = "act_" + request["business_owned_object"]
        path = f"/{asset}/onbehalf_requests" + (f"?status={status}" if status else "")
        for actor in self.actors:
            seen = [o for o in self.world.obo.values() if "act_" + o["business_owned_object"] == asset]
            if actor != self.world.owners[asset]:
                seen = [o for o in seen if o["receiving_business"] == actor]
                if not seen:
                    agency = asset in self.world.held(actor, "ad_account")
                    self.expect(self.graph("GET", path, self.world.tokens[actor]), 200 if agency else 100)
                    continue
            shown = self.entries(data, path, self.world.tokens[actor])
            known = {o["id"]: o["status"] for o in seen if status in (None, o["status"])}
            assert {entry["id"]: entry["status"] for entry in shown} == known

    # Who I am, and what there is

    @rule(data=st.data())
    def who_am_i(self, data: st.DataObject) -> None:
        actor, other = data.draw(st.permutations(self.actors))[:2]
        user, token = self.world.users[actor], self.world.tokens[actor]
        for path in ("/me", f"/{user}"):
            answer = self.graph("GET", path, token)
            self.expect(answer, None)
            assert answer[1] == {"id": user, "name": self.world.names[user]}
        self.expect(self.graph("GET", f"/{user}", self.world.tokens[other]), 100)
        self.expect(self.send("GET", "/v26.0/me", None, None), 2500)
        page = data.draw(st.sampled_from(sorted(self.world.names.keys() & self.world.owners.keys())))
        answer = self.graph("GET", "/me", self.world.tokens[page])
        assert answer == (200, {"id": page, "name": self.world.names[page]})

    @rule(data=st.data(), by_name=st.booleans())
    def list_of_a_user(self, data: st.DataObject, by_name: bool) -> None:
        """All that the user's business owns or holds, each Page with the token for it; and nobody else's."""
        self.grant(data)  # or little is held
        actor, other = data.draw(st.permutations(self.actors))[:2]
        user, token = self.world.users[actor], self.world.tokens[actor]
        me = "me" if by_name else user
        assert [entry["id"] for entry in self.entries(data, f"/{me}/businesses", token)] == [actor]
        for edge, asset_kind in (("adaccounts", "ad_account"), ("accounts", "page")):
            shown = self.entries(data, f"/{me}/{edge}", token)
            assert [entry["id"] for entry in shown] == self.reach(actor, asset_kind)
            for entry in shown if asset_kind == "page" else ():
                self.check_page_token(actor, entry["id"], entry.get("access_token"))
            self.expect(self.graph("GET", f"/{user}/{edge}", self.world.tokens[other]), 100)

    def reach(self, actor: str, asset_kind: str) -> list[str]:
        """What a business owns or holds, in the order of lists."""
        return sorted(self.world.owned(actor, asset_kind) | self.world.held(actor, asset_kind).keys())

    def check_page_token(self, actor: str, page: str, shown: str | None) -> None:
        """The owner sees the Page's own token, an agency another one, everybody else none."""
        if self.world.owners[page] == actor:
            assert shown == self.world.tokens[page]
        elif page in self.world.held(actor, "page"):
            assert shown and shown not in self.world.tokens.values()
            self.world.agency_tokens[page, actor] = shown
        else:
            assert shown is None, f"{actor} sees a token of {page}"

    @rule(data=st.data())
    def look_at_an_asset(self, data: st.DataObject) -> None:
        asset, actor = self.pick_for_removal(data)
        if actor not in self.actors:
            actor = data.draw(st.sampled_from(self.actors))
        held = self.world.held(actor, kind(asset)).get(asset)
        own = self.world.owners[asset] == actor
        fields = "id,business,permitted_tasks" + (",access_token" if kind(asset) == "page" else "")
        answer = self.graph("GET", f"/{asset}?fields={fields}", self.world.tokens[actor])
        if kind(asset) == "ad_account" and not own and held is None:
            return self.expect(answer, 100)
        self.expect(answer, None)
        assert answer[1]["id"] == asset
        assert answer[1]["business"]["id"] == self.world.owners[asset]
        assert answer[1].get("permitted_tasks") == (held.tasks if held else None)
        if kind(asset) == "page":
            self.check_page_token(actor, asset, answer[1].get("access_token"))
        return None

    @rule(data=st.data())
    def look_at_businesses(self, data: st.DataObject) -> None:
        actor = data.draw(st.sampled_from(self.actors))
        for other in (*self.actors, data.draw(st.sampled_from(sorted(self.world.businesses)))):
            answer = self.graph("GET", f"/{other}", self.world.tokens[actor])
            if actor != other and not self.world.share(actor, other):
                self.expect(answer, 100)
            else:
                assert answer == (200, {"id": other, "name": self.world.names[other]})

    @rule(data=st.data())
    def use_the_page_token_of_an_agency(self, data: st.DataObject) -> None:
        """It ends with the access, and before that it gives nobody access and takes none away."""
        self.ended_tokens()
        page = data.draw(st.sampled_from([a for a in self.assets if kind(a) == "page"]))
        agency = data.draw(st.sampled_from([a for a in self.actors if a != self.world.owners[page]]))
        if page not in self.world.held(agency, "page"):
            self.give(page, agency, ["ANALYZE"], {})
        answer = self.graph("GET", f"/{page}?fields=access_token", self.world.tokens[agency])
        self.check_page_token(agency, page, answer[1].get("access_token"))
        token = self.world.agency_tokens[page, agency]
        assert self.graph("GET", "/me", token) == (200, {"id": page, "name": self.world.names[page]})
        business = data.draw(st.sampled_from(self.actors))
        for method, query, body in (
            ("GET", "", None),
            ("POST", "", {"business": business, "permitted_tasks": ["ANALYZE"]}),
            ("DELETE", f"?business={business}", None),
        ):
            self.expect(self.graph(method, f"/{page}/agencies{query}", token, body), 200)
        if data.draw(st.booleans()):
            path = f"/{page}/agencies?business={agency}"
            self.expect(self.graph("DELETE", path, self.owner_token(page)), None)
            del self.world.accesses[page, agency]
            self.ended_tokens()

    def ended_tokens(self) -> None:
        """The tokens that were for an access which is no more are good for nothing."""
        for page, agency in sorted(self.world.agency_tokens):
            if page not in self.world.held(agency, "page"):
                token = self.world.agency_tokens.pop((page, agency))
                for path in ("/me", f"/{page}", f"/{page}/agencies"):
                    self.expect(self.graph("GET", path, token), 190)

    # Fields

    def edges(self, me: str) -> dict[tuple[str, str], list[str]]:
        """(node, edge) → the ids of its entries, in their order, as this business sees them."""
        accesses = self.world.accesses
        found = {
            (me, "agencies"): {b for (a, b) in accesses if self.world.owners[a] == me},
            (me, "clients"): {self.world.owners[a] for (a, b) in accesses if b == me},
            (self.world.users[me], "businesses"): {me},
        }
        for asset_kind, edge in (("ad_account", "adaccounts"), ("page", "accounts")):
            found[self.world.users[me], edge] = set(self.reach(me, asset_kind))
            found[me, f"owned_{asset_kind}s"] = self.world.owned(me, asset_kind)
            found[me, f"client_{asset_kind}s"] = set(self.world.held(me, asset_kind))
        for account in self.world.owned(me, "ad_account"):
            found[account, "agencies"] = {b for (a, b) in accesses if a == account}
        return {key: sorted(ids) for key, ids in found.items()}

    @rule(data=st.data(), summary=st.booleans())
    def expand(self, data: st.DataObject, summary: bool) -> None:
        """An edge as a field is its first page, and `next` leads to the other ones."""
        me = data.draw(st.sampled_from(self.actors))
        token = self.world.tokens[me]
        for (node, edge), expected in self.edges(me).items():
            limit = data.draw(st.integers(max(1, len(expected) // 2), max(1, len(expected) - 1)))
            modifiers = f".limit({limit})" + (".summary(true)" if summary else "")
            answer = self.graph("GET", f"/{node}?fields=id,{edge}{modifiers}{{id}}", token)
            self.expect(answer, None)
            has_summary = summary and edge != "businesses" and not node.startswith("act_")
            if not expected and not has_summary:
                assert answer[1] == {"id": node}
                continue
            assert answer[1].keys() == {"id", edge}
            page = answer[1][edge]
            assert page.get("summary") == ({"total_count": len(expected)} if has_summary else None)
            assert page["data"] == [{"id": id} for id in expected[: min(limit, MOST)]]
            found = page["data"]
            while following := page.get("paging", {}).get("next"):
                parts = urlsplit(following)
                assert parts.path == f"/v26.0/{node}/{edge}"
                status, page = self.send("GET", f"{parts.path}?{parts.query}", None, token)
                assert status == 200, page
                found = [*found, *page["data"]]
            assert found == [{"id": id} for id in expected]

    @rule(data=st.data(), limit=st.integers(1, 60))
    def expand_twice(self, data: st.DataObject, limit: int) -> None:
        """Edges in an edge are those of its entries."""
        me = data.draw(st.sampled_from(self.actors))
        edges = self.edges(me)
        fields = (
            f"businesses{{owned_ad_accounts{{agencies.limit({limit}){{id}}}},clients.limit({limit}){{id}}}}"
        )
        answer = self.graph("GET", f"/me?fields={fields}", self.world.tokens[me])
        self.expect(answer, None)
        (business,) = answer[1]["businesses"]["data"]
        assert [e["id"] for e in business.get("clients", {}).get("data", [])] == edges[me, "clients"][:limit]
        accounts = business.get("owned_ad_accounts", {}).get("data", [])
        assert [account["id"] for account in accounts] == edges[me, "owned_ad_accounts"]
        for account in accounts:
            shown = [entry["id"] for entry in account.get("agencies", {}).get("data", [])]
            assert shown == edges[account["id"], "agencies"][:limit]

    @rule(data=st.data())
    def wrong_fields(self, data: st.DataObject) -> None:
        me = data.draw(st.sampled_from(self.actors))
        node, edge = data.draw(st.sampled_from(sorted(self.edges(me))))
        path = data.draw(st.sampled_from([f"/{node}", f"/{node}/{edge}", "/me"]))
        for fields, code in (("nmae", 100), ("id,nmae", 100), ("id,id", 2500), ("id,", 2500), ("id{", 2500)):
            self.expect(self.graph("GET", f"{path}?fields={fields}", self.world.tokens[me]), code)
        self.expect(self.graph("GET", f"/{node}?fields={edge}{{nmae}}", self.world.tokens[me]), 100)

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
