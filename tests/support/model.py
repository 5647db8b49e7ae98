"""What a server with Graph's rules must do, as a model in memory, and a Hypothesis state machine that compares.

The machine knows nothing of the sandbox but its wire and its control API: it runs in process and over HTTP.
"""

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.support.document import B2B, ROUTES

# (HTTP method, path and query, JSON body or None, access token or None) → (HTTP status, JSON)
Transport = Callable[[str, str, Any, str | None], tuple[int, Any]]

TASKS = {
    "page": ["MANAGE", "MODERATE", "ADVERTISE", "ANALYZE"],
    "ad_account": ["MANAGE", "ADVERTISE", "ANALYZE"],
}
# Of a business on what it owns.
ALL_TASKS = ["MANAGE", "CREATE_CONTENT", "MODERATE", "ADVERTISE", "ANALYZE", "DRAFT"]
SCOPES = ["ads_management", "business_management", "pages_show_list"]
UNHELD = "catalog_management"  # no token has it
MANY = 12  # users of all businesses with a token
MOST = 100  # entries of a page, whatever `limit` says
NOBODY = "99999999999999"
ARABIC = str.maketrans("0123456789", "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669")


@dataclass
class Access:
    """What the model knows of one access: its tasks, and for whose answer it waits, if any."""

    tasks: list[str]
    waits_for: str | None


@dataclass
class Person:
    """A user or a system user of a business; `app`: the one that made it for its partner."""

    id: str
    business: str
    admin: bool
    system: bool
    app: str | None = None

    @property
    def staff_id(self) -> str:
        """Its id in its business."""
        return self.id if self.system else f"7{self.id}"


@dataclass
class Session:
    """What an access token stands for."""

    user: str
    app: str
    scopes: list[str]


@dataclass
class App:
    """`proof`: whether a partner's calls need one."""

    business: str
    secret: str
    proof: bool


@dataclass
class World:
    """The model: who owns what, who may do what, which OBO requests there are."""

    owners: dict[str, str] = field(default_factory=dict)  # asset → business
    reviewed: set[str] = field(default_factory=set)  # ad accounts whose grants an admin must review
    businesses: set[str] = field(default_factory=set)
    tokens: dict[str, str] = field(default_factory=dict)  # business, or Page → its token
    accesses: dict[tuple[str, str], Access] = field(default_factory=dict)  # (asset, agency) → access
    obo: dict[str, dict[str, str]] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)  # users and system users, by their own id
    sessions: dict[str, Session] = field(
        default_factory=dict
    )  # access token of a user, as long as it is good
    apps: dict[str, App] = field(default_factory=dict)
    relations: set[tuple[str, str]] = field(default_factory=set)  # (partner, client)
    assigned: dict[tuple[str, str], list[str]] = field(default_factory=dict)  # (asset, user) → tasks
    users: dict[str, str] = field(default_factory=dict)  # business → its user
    names: dict[str, str] = field(default_factory=dict)  # of each node
    agency_tokens: dict[tuple[str, str], str] = field(
        default_factory=dict
    )  # (Page, agency) → its user's for it

    def granted(self, business: str, asset: str) -> list[str]:
        """The tasks of a business on an asset; all on its own."""
        if self.owners[asset] == business:
            return ALL_TASKS
        access = self.accesses.get((asset, business))
        return access.tasks if access and access.waits_for is None else []

    def tasks(self, user: str, asset: str) -> list[str]:
        """The tasks of a user on an asset."""
        person = self.people[user]
        granted = self.granted(person.business, asset)
        if person.admin:
            return granted
        return [task for task in self.assigned.get((asset, user), []) if task in granted]

    def seen(self, user: str, asset_kind: str) -> list[str]:
        """The assets on which a user may act, in the order of lists."""
        return sorted(a for a in self.owners if kind(a) == asset_kind and self.tasks(user, a))

    def put(self, asset: str, agency: str, access: Access) -> None:
        """An access or a request, instead of one that is there. What is assigned shrinks with the grant."""
        self.accesses[asset, agency] = access
        for key in [key for key in self.assigned if key[0] == asset and self.of(key[1], agency)]:
            self.assigned[key] = [task for task in self.assigned[key] if task in access.tasks]
            if not self.assigned[key]:
                del self.assigned[key]

    def drop(self, asset: str, agency: str) -> Access | None:
        """End an access, or a request, and what is assigned by it."""
        for key in [key for key in self.assigned if key[0] == asset and self.of(key[1], agency)]:
            if self.owners[asset] != agency:
                del self.assigned[key]
        return self.accesses.pop((asset, agency), None)

    def of(self, user: str, business: str) -> bool:
        return self.people[user].business == business

    def end(self, user: str) -> list[str]:
        """End a user, with what is assigned to it and its tokens, which are returned."""
        del self.people[user]
        self.assigned = {key: tasks for key, tasks in self.assigned.items() if key[1] != user}
        ended = [text for text, session in self.sessions.items() if session.user == user]
        for text in ended:
            del self.sessions[text]
        return ended

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
        pairs |= self.relations
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
    for user in state["users"]:
        admin, system = user["role"] == "ADMIN", user["kind"] == "system_user"
        world.people[user["id"]] = Person(user["id"], user["business"], admin, system, user["app"])
        if admin and not system:
            world.users.setdefault(user["business"], user["id"])
    world.names = {one["id"]: one["name"] for one in (*state["businesses"], *state["users"], *state["pages"])}
    for page in state["pages"]:
        world.owners[page["id"]] = page["owner"]
        world.tokens[page["id"]] = page["access_token"]
    for account in state["ad_accounts"]:
        world.owners["act_" + account["id"]] = account["owner"]
        if account["admin_review"]:
            world.reviewed.add("act_" + account["id"])
    for token in state["tokens"]:
        if token["app_access"] and not token["revoked"] and token["expires"] is None:
            session = Session(token["user"], token["app"], token["scopes"])
            world.sessions[token["access_token"]] = session
            if world.users[token["business"]] == token["user"]:
                world.tokens[token["business"]] = token["access_token"]
    for app in state["apps"]:
        world.apps[app["id"]] = App(app["business"], app["secret"], app["require_proof"])
    world.relations = {(one["partner"], one["client"]) for one in state["relationships"]}
    world.assigned = {(one["asset"], one["user"]): one["tasks"] for one in state["assignments"]}
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

    below = (
        ""  # of the addresses in answers, what is before the version: those of a world have its name there
    )
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
        self.user_tokens: dict[tuple[str, str], str] = {}  # (Page, user) → the last token that it saw, or ""

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
            self.world.put(asset, agency, Access(tasks, "owner"))

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
        self.world.put(asset, agency, Access(tasks, "admin_review" if review else None))
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
                self.world.drop(asset, agency)

    # Removals

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        asset, agency = self.pick_for_removal(data)
        answer = self.graph("DELETE", f"/{asset}/agencies?business={agency}", self.owner_token(asset))
        self.expect(answer, None if self.world.drop(asset, agency) else 100)

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
            self.world.drop(asset, agency)

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
        elif self.world.drop(asset, agency):
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
            self.world.drop(page, agency)
            self.ended_tokens()

    def ended_tokens(self) -> None:
        """The tokens that were for an access which is no more are good for nothing."""
        for page, agency in sorted(self.world.agency_tokens):
            if page not in self.world.held(agency, "page"):
                token = self.world.agency_tokens.pop((page, agency))
                for path in ("/me", f"/{page}", f"/{page}/agencies"):
                    self.expect(self.graph("GET", path, token), 190)

    # People, and a partner that acts for a client

    def anybody(self, data: st.DataObject, *fit: Person) -> str:
        """A token of a user: of three of four one of those that fit, if there are any."""
        fitting = [text for text, one in self.world.sessions.items() if self.world.people[one.user] in fit]
        some = fitting if bool(fitting) and data.draw(st.integers(0, 3)) else self.world.sessions
        return data.draw(st.sampled_from(sorted(some)))

    def who(self, token: str) -> tuple[Person, Session]:
        session = self.world.sessions[token]
        return self.world.people[session.user], session

    def people(self, **wanted: Any) -> list[Person]:
        """Those who are so."""
        return [one for one in self.world.people.values() if {**vars(one), **wanted} == vars(one)]

    def managing(self, token: str, operation_id: str) -> int | None:
        """The code of a call without the scope that it takes; None with it."""
        endpoint = ROUTES.endpoints[operation_id]
        if not endpoint.scope or endpoint.scope in self.world.sessions[token].scopes:
            return None
        return int(B2B.errors[endpoint.without].error["code"])

    @rule(data=st.data())
    def become_a_partner(self, data: st.DataObject) -> None:
        """By an admin of the client, who gave the token to an app of the partner; twice is as once."""
        for _ in range(2):
            partner, client = (data.draw(st.sampled_from(self.actors)) for _ in "12")
            if data.draw(st.booleans()):
                partner = next(iter(self.world.apps.values())).business
            token = self.anybody(data, *self.people(business=client, admin=True, system=False))
            self.become(partner, client, token)

    def become(self, partner: str, client: str, token: str) -> None:
        person, session = self.who(token)
        body = {"existing_client_business_id": client}
        answer = self.graph("POST", f"/{partner}/managed_businesses", token, body)
        of_client = person.admin and not person.system and person.business == client
        if not of_client or self.world.apps[session.app].business != partner or partner == client:
            return self.expect(answer, 200)
        if code := self.managing(token, "create_managed_business"):
            return self.expect(answer, code)
        assert answer == (200, {"id": client, "name": self.world.names[client]})
        self.world.relations.add((partner, client))
        return None

    @rule(data=st.data(), proof=st.sampled_from(["right", "right", "right", "none", "wrong"]))
    def take_a_token_of_a_client(self, data: st.DataObject, proof: str) -> None:
        app, known = data.draw(st.sampled_from(sorted(self.world.apps.items())))
        client = data.draw(st.sampled_from([one for one in self.actors if one != known.business]))
        if data.draw(st.integers(0, 3)):
            self.become(known.business, client, self.world.tokens[client])
        token = self.anybody(data, *self.people(business=known.business, admin=True, system=True))
        scopes = data.draw(st.lists(st.sampled_from(SCOPES), min_size=1))
        self.take(client, app, self.world.tokens[known.business], "right", scopes)  # a person's is refused
        self.take(client, app, token, "right", [*scopes, UNHELD])
        self.take(client, app, token, proof, scopes)

    def take(self, client: str, app: str, token: str, proof: str, scopes: list[str]) -> str | None:
        """The client's token, None when it is refused as it should be."""
        person, session = self.who(token)
        query = f"?appsecret_proof={self.proof(token, right=proof == 'right')}" if proof != "none" else ""
        body = {"app_id": app, "scope": ",".join(scopes)}
        answer = self.graph("POST", f"/{client}/access_token{query}", token, body)
        partner = self.world.apps[app].business
        if proof == "wrong":
            self.expect(answer, 100)
            return None
        related = (person.business, client) in self.world.relations
        may = person.system and person.admin and partner == person.business and related
        if self.managing(token, "create_access_token") or not may:
            self.expect(answer, 200)
            return None
        if (proof == "none" and self.world.apps[app].proof) or not set(scopes) <= set(session.scopes):
            self.expect(answer, 100)
            return None
        self.expect(answer, None)
        made = str(answer[1]["access_token"])
        user = self.graph("GET", "/me", made)[1]["id"]
        before = [one for one in self.world.people.values() if (one.business, one.app) == (client, app)]
        assert [one.id for one in before] in ([], [user])
        self.world.people[user] = Person(user, client, False, True, app)
        self.world.sessions[made] = Session(user, app, list(dict.fromkeys(scopes)))
        return made

    def proof(self, token: str, right: bool = True) -> str:
        secret = self.world.apps[self.world.sessions[token].app].secret
        return hmac.new((secret if right else "another").encode(), token.encode(), "sha256").hexdigest()

    @rule(data=st.data())
    def end_a_relation(self, data: st.DataObject) -> None:
        """It ends the system user of the partner, its tokens and what is assigned to it; those of others stay."""
        app, known = data.draw(st.sampled_from(sorted(self.world.apps.items())))
        partner, client = (
            known.business,
            data.draw(st.sampled_from([one for one in self.actors if one != known.business])),
        )
        taken = None
        if data.draw(st.integers(0, 3)):
            self.become(partner, client, self.world.tokens[client])
            systems = self.people(business=partner, admin=True, system=True)
            if (partner, client) in self.world.relations and bool(systems):
                self.take(client, app, self.anybody(data, *systems), "right", SCOPES[:1])
                taken = next((one for one in self.people(business=client, app=app)), None)
        page_tokens = {}
        if taken is not None:
            for asset in sorted(self.world.owned(client, "ad_account") | self.world.owned(client, "page")):
                self.assign_to(asset, self.world.tokens[client], taken, taken.staff_id, ["ANALYZE"])
            page_tokens = self.look(taken)
        either = [*self.people(business=partner, admin=True), *self.people(business=client, admin=True)]
        token = self.anybody(data, *either)
        person, _ = self.who(token)
        path = f"/{partner}/managed_businesses?existing_client_business_id={client}"
        answer = self.graph("DELETE", path, token)
        if person.business not in (partner, client):
            return self.expect(answer, 100)
        if not person.admin:
            return self.expect(answer, 200)
        if (partner, client) not in self.world.relations:
            return self.expect(answer, 100)
        self.expect(answer, None)
        self.world.relations.discard((partner, client))
        for one in self.people(business=client):
            if one.app is not None and self.world.apps[one.app].business == partner:
                for text in self.world.end(one.id):
                    self.expect(self.graph("GET", "/me", text), 190)
        for text in page_tokens:
            self.expect(self.graph("GET", "/me", text), 190)
        return None

    @rule(data=st.data())
    def list_people(self, data: st.DataObject) -> None:
        """Of one's own business, for an admin; and the clients for which it acts."""
        business = data.draw(st.sampled_from(self.actors))
        token = self.anybody(data, *self.people(business=business))
        person, _ = self.who(token)
        clients = {client for partner, client in self.world.relations if partner == business}
        for edge, operation_id, expected in (
            (
                "system_users",
                "list_system_users",
                {p.staff_id for p in self.people(business=business, system=True)},
            ),
            (
                "business_users",
                "list_business_users",
                {p.staff_id for p in self.people(business=business, system=False)},
            ),
            ("owned_businesses", "list_owned_businesses", clients),
        ):
            if self.managing(token, operation_id) or person.business != business or not person.admin:
                self.expect(self.graph("GET", f"/{business}/{edge}", token), 200)
            else:
                shown = self.entries(data, f"/{business}/{edge}", token)
                assert {entry["id"] for entry in shown} == expected
        answer = self.graph("GET", "/me/business_users", token)
        if code := self.managing(token, "list_business_users_of_user"):
            self.expect(answer, code)
        else:
            assert [entry["id"] for entry in answer[1]["data"]] == [person.staff_id]

    @rule(data=st.data(), admin=st.booleans(), system=st.booleans())
    def add_somebody(self, data: st.DataObject, admin: bool, system: bool) -> None:
        if len(self.world.sessions) > MANY:
            return
        business = data.draw(st.sampled_from(self.actors))
        token = self.anybody(data, *self.people(business=business, admin=True))
        person, _ = self.who(token)
        edge, name = ("system_users", "name") if system else ("business_users", "email")
        body = {name: "somebody@example.com", "role": "ADMIN" if admin else "EMPLOYEE"}
        answer = self.graph("POST", f"/{business}/{edge}", token, body)
        operation_id = "create_system_user" if system else "invite_business_user"
        if self.managing(token, operation_id) or person.business != business or not person.admin:
            return self.expect(answer, 200)
        self.expect(answer, None)
        id = answer[1]["id"] if system else answer[1]["id"].removeprefix("7")
        assert id not in self.world.people
        self.world.people[id] = Person(id, business, admin, system)
        self.session_of(data, id)
        return None

    def session_of(self, data: st.DataObject, user: str) -> str:
        """A new token of a user, with some scopes."""
        scopes = data.draw(st.lists(st.sampled_from(SCOPES), unique=True))
        if data.draw(st.booleans()):
            scopes = list(SCOPES)
        app = next(iter(self.world.apps))
        status, answer = self.send("POST", "/_sandbox/tokens", {"user": user, "app": app, "scopes": scopes})
        assert status == 200, answer
        text = str(answer["access_token"])
        self.world.sessions[text] = Session(user, app, scopes)
        return text

    @rule(data=st.data())
    def make_a_token_of_a_system_user(self, data: st.DataObject) -> None:
        """By an admin of its business, with no more scopes than the admin's token has."""
        user = data.draw(st.sampled_from(sorted(one.id for one in self.people(system=True))))
        business = self.world.people[user].business
        token = self.anybody(data, *self.people(business=business, admin=True))
        person, session = self.who(token)
        scopes = data.draw(st.lists(st.sampled_from(SCOPES), min_size=1, unique=True))
        body = {"system_user_id": user, "scope": ",".join(scopes)}
        answer = self.graph("POST", f"/{person.business}/system_user_access_tokens", token, body)
        if self.managing(token, "create_system_user_token") or not person.admin:
            return self.expect(answer, 200)
        if person.business != business or not set(scopes) <= set(session.scopes):
            return self.expect(answer, 100)
        self.expect(answer, None)
        made = answer[1]["access_token"]
        assert self.graph("GET", "/me", made)[1]["id"] == user
        self.world.sessions[made] = Session(user, session.app, scopes)
        return None

    # What is assigned to them

    def may_assign(self, token: str, asset: str) -> int | None:
        """The code for who may not decide on the users of an asset; None for who may."""
        person, _ = self.who(token)
        if not self.world.tasks(person.id, asset):
            return 100
        return None if person.admin else 200

    def pick_for_users(self, data: st.DataObject) -> tuple[str, str, Person]:
        """An asset, a token and a user: often of an admin and a user of the same business, which has access."""
        asset = data.draw(st.sampled_from(self.assets))
        able = [one for one in self.actors if self.world.granted(one, asset)]
        business = data.draw(st.sampled_from(able or self.actors))
        token = self.anybody(data, *self.people(business=business, admin=True))
        theirs = self.people(business=self.who(token)[0].business)
        some = theirs if data.draw(st.integers(0, 3)) else [*self.world.people.values()]
        return asset, token, data.draw(st.sampled_from([one for one in some if one.business in self.actors]))

    @rule(data=st.data(), own_id=st.integers(0, 5))
    def assign(self, data: st.DataObject, own_id: int) -> None:
        self.grant(data)  # or little is held
        for _ in range(2):
            asset, token, user = self.pick_for_users(data)
            tasks = data.draw(st.lists(st.sampled_from(TASKS[kind(asset)]), min_size=1, unique=True))
            self.assign_to(asset, token, user, user.staff_id if own_id else user.id, tasks)
        page = data.draw(st.sampled_from([one for one in self.assets if kind(one) == "page"]))
        user = data.draw(st.sampled_from(self.people(business=self.world.owners[page])))
        body = {"user": user.staff_id, "tasks": ["ANALYZE"]}
        self.expect(self.graph("POST", f"/{page}/assigned_users", self.world.tokens[page], body), None)
        self.world.assigned[page, user.id] = ["ANALYZE"]
        self.see(data)

    def assign_to(self, asset: str, token: str, user: Person, id: str, tasks: list[str]) -> None:
        """`id`: by which the call names the user; a person's own id is none of its business."""
        answer = self.graph("POST", f"/{asset}/assigned_users", token, {"user": id, "tasks": tasks})
        person, _ = self.who(token)
        if code := self.may_assign(token, asset):
            return self.expect(answer, code)
        if id != user.staff_id or user.business != person.business:
            self.expect(answer, 100)
            assert answer[1]["error"]["error_subcode"] == 1752100
            return None
        if not set(tasks) <= set(self.world.granted(person.business, asset)):
            return self.expect(answer, 100)
        self.expect(answer, None)
        self.world.assigned[asset, user.id] = tasks
        return None

    @rule(data=st.data())
    def unassign(self, data: st.DataObject) -> None:
        self.assign(data, 1)
        asset, token, user = self.pick_for_users(data)
        if bool(self.world.assigned) and data.draw(st.integers(0, 3)):
            asset, id = data.draw(st.sampled_from(sorted(self.world.assigned)))
            user = self.world.people[id]
            token = self.anybody(data, *self.people(business=user.business, admin=True))
        self.take_from(asset, token, user)
        for asset_kind in TASKS:
            asset = data.draw(st.sampled_from([one for one in self.assets if kind(one) == asset_kind]))
            owner = self.world.owners[asset]
            user = data.draw(st.sampled_from(self.people(business=owner)))
            self.assign_to(asset, self.world.tokens[owner], user, user.staff_id, ["ANALYZE"])
            self.take_from(asset, self.world.tokens[owner], user)

    def take_from(self, asset: str, token: str, user: Person) -> None:
        answer = self.graph("DELETE", f"/{asset}/assigned_users?user={user.staff_id}", token)
        code = self.may_assign(token, asset)
        if code or user.business != self.who(token)[0].business:
            self.expect(answer, code or 100)
        else:
            self.expect(answer, None if self.world.assigned.pop((asset, user.id), None) else 100)

    @rule(data=st.data())
    def list_assigned_users(self, data: st.DataObject) -> None:
        """Those of one's own business; none of another."""
        self.assign(data, 1)
        for asset in self.assets:
            token = self.anybody(data, *self.people(admin=True))
            person, _ = self.who(token)
            for business in self.actors:
                path = f"/{asset}/assigned_users?business={business}"
                if code := self.may_assign(token, asset):
                    self.expect(self.graph("GET", path, token), code)
                    continue
                shown = {entry["id"]: entry["tasks"] for entry in self.entries(data, path, token)}
                assert shown == {
                    self.world.people[user].staff_id: tasks
                    for (one, user), tasks in self.world.assigned.items()
                    if one == asset and self.of_both(user, business, person.business)
                }
            self.expect(self.graph("GET", f"/{asset}/assigned_users", token), 100)

    def of_both(self, user: str, business: str, own: str) -> bool:
        return business == own and self.world.of(user, business)

    @rule(data=st.data())
    def see(self, data: st.DataObject) -> None:
        """An employee, and a system user that is no admin, see what is assigned to them, and nothing else."""
        for person in [one for one in self.people(admin=False) if one.business in self.actors]:
            self.look(person)

    def look(self, person: Person) -> dict[str, str]:
        """All that a user sees is its own. Page access tokens → their Pages."""
        page_tokens: dict[str, str] = {}
        texts = [text for text, one in self.world.sessions.items() if one.user == person.id]
        for token in texts[:2]:
            managing = "business_management" in self.world.sessions[token].scopes
            for asset_kind, edge, assigned, op in (
                ("page", "accounts", "assigned_pages", "list_pages"),
                ("ad_account", "adaccounts", "assigned_ad_accounts", "list_ad_accounts"),
            ):
                seen = self.world.seen(person.id, asset_kind)
                answer = self.graph("GET", f"/me/{edge}?limit=100", token)
                if code := self.managing(token, op):
                    self.expect(answer, code)
                else:
                    hidden = asset_kind == "page" and not person.system and not managing
                    assert [e["id"] for e in answer[1]["data"]] == ([] if hidden else seen)
                answer = self.graph("GET", f"/me/{assigned}?limit=100", token)
                assert {e["id"]: e["tasks"] for e in answer[1]["data"]} == {
                    a: tasks
                    for (a, user), tasks in self.world.assigned.items()
                    if user == person.id and kind(a) == asset_kind
                }
                for relation in ("owned", "client"):
                    answer = self.graph(
                        "GET", f"/{person.business}/{relation}_{asset_kind}s?limit=100", token
                    )
                    if self.managing(token, f"list_{relation}_{asset_kind}s"):
                        self.expect(answer, 200 if answer[0] == 403 else 100)
                        continue
                    assert [e["id"] for e in answer[1]["data"]] == [
                        a for a in seen if (self.world.owners[a] == person.business) == (relation == "owned")
                    ]
            for asset in self.assets:
                self.look_at(token, person, asset, page_tokens)
        return page_tokens

    def look_at(self, token: str, person: Person, asset: str, page_tokens: dict[str, str]) -> None:
        tasks = self.world.tasks(person.id, asset)
        if kind(asset) == "ad_account":
            answer = self.graph("GET", f"/{asset}?fields=user_tasks", token)
            if self.managing(token, "get_ad_account"):
                return
            self.expect(answer, None if tasks else 100)
            assert not tasks or answer[1]["user_tasks"] == tasks
            return
        answer = self.graph("GET", f"/{asset}?fields=tasks,access_token", token)
        self.expect(answer, None)
        assert answer[1].get("tasks", []) == tasks
        assert ("access_token" in answer[1]) == bool(tasks)
        # The way to it is not to be guessed: one that was seen before ends with the tasks.
        self.user_tokens.setdefault((asset, person.id), answer[1].get("access_token", ""))
        if text := answer[1].get("access_token"):
            self.user_tokens[asset, person.id] = page_tokens[text] = text
            assert self.graph("GET", "/me", text) == (200, {"id": asset, "name": self.world.names[asset]})
        elif text := self.user_tokens[asset, person.id]:
            self.expect(self.graph("GET", "/me", text), 190)

    @rule(data=st.data(), by=st.sampled_from(["owner", "agency"]))
    def remove_an_agency_whose_user_acts(self, data: st.DataObject, by: str) -> None:
        """What is assigned falls away with the grant."""
        asset, agency = self.pick(data)
        if self.world.owners[asset] == agency:
            agency = data.draw(st.sampled_from([one for one in self.actors if one != agency]))
        if not self.world.granted(agency, asset):
            self.give(asset, agency, ["ANALYZE"], {"permitted_tasks": ["ANALYZE"]})
        users = self.people(business=agency, admin=False)
        if not users:
            return
        user = data.draw(st.sampled_from(users))
        if not any(one.user == user.id for one in self.world.sessions.values()):
            self.session_of(data, user.id)
        self.assign_to(asset, self.world.tokens[agency], user, user.staff_id, ["ANALYZE"])
        self.look(user)
        if kind(asset) == "ad_account" and self.world.granted(agency, asset):
            self.give(asset, agency, ["ADVERTISE", "ANALYZE"], {"permitted_tasks": ["ADVERTISE", "ANALYZE"]})
            self.assign_to(asset, self.world.tokens[agency], user, user.staff_id, ["ADVERTISE"])
            self.give(asset, agency, ["ANALYZE"], {"permitted_tasks": ["ANALYZE"]})
            self.look(user)
        if by == "owner":
            path, token = f"/{asset}/agencies?business={agency}", self.owner_token(asset)
        else:
            edge, name = ("pages", "page_id") if kind(asset) == "page" else ("ad_accounts", "adaccount_id")
            path, token = f"/{agency}/{edge}?{name}={asset}", self.world.tokens[agency]
        self.expect(self.graph("DELETE", path, token), None)
        self.world.drop(asset, agency)
        self.look(user)

    # Tokens

    @rule(data=st.data(), how=st.sampled_from(["expire", "revoke"]))
    def end_a_token(self, data: st.DataObject, how: str) -> None:
        user = data.draw(st.sampled_from(sorted({one.user for one in self.world.sessions.values()})))
        text = self.session_of(data, user)
        self.ask_about(text, True)
        status, answer = self.send("POST", f"/_sandbox/tokens/{how}", {"access_token": text})
        assert status == 200, answer
        self.ask_about(text, False)
        for path in ("/me", "/me/permissions", f"/{self.assets[0]}"):
            refused = self.graph("GET", path, text)
            self.expect(refused, 190)
            assert refused[1]["error"]["error_subcode"] == (463 if how == "expire" else 460)
        self.expect(self.exchange(text), 190)
        del self.world.sessions[text]

    def ask_about(self, text: str, valid: bool) -> None:
        """What the app, and an admin of its business, hear of a token; others hear nothing."""
        session = self.world.sessions[text]
        app = self.world.apps[session.app]
        for token in (f"{session.app}|{app.secret}", *self.world.tokens.values()):
            answer = self.graph("GET", f"/debug_token?input_token={text}", token)
            if "|" not in token and token != self.world.tokens[app.business]:
                self.expect(answer, 200)
                continue
            self.expect(answer, None)
            shown = answer[1]["data"]
            assert (shown["is_valid"], shown["user_id"]) == (valid, session.user)
            assert (shown["app_id"], shown["scopes"]) == (session.app, session.scopes)
            assert text not in json.dumps(shown)

    def exchange(self, text: str) -> tuple[int, Any]:
        session = self.world.sessions[text]
        query = urlencode(
            {
                "grant_type": "fb_exchange_token",
                "client_id": session.app,
                "client_secret": self.world.apps[session.app].secret,
                "fb_exchange_token": text,
            }
        )
        status, answer = self.send("GET", f"/v26.0/oauth/access_token?{query}")
        return status, answer

    @rule(data=st.data())
    def exchange_a_token(self, data: st.DataObject) -> None:
        """For one of the same user, with the same scopes."""
        if len(self.world.sessions) > MANY:
            return
        text = self.anybody(data)
        status, answer = self.exchange(text)
        self.expect((status, answer), None)
        self.world.sessions[answer["access_token"]] = replace(self.world.sessions[text])
        same = [self.graph("GET", path, answer["access_token"]) for path in ("/me", "/me/permissions")]
        assert same == [self.graph("GET", path, text) for path in ("/me", "/me/permissions")]
        self.ask_about(answer["access_token"], True)

    @rule(data=st.data())
    def scopes(self, data: st.DataObject) -> None:
        """A call that takes a permission is refused without it, and not without another."""
        token = self.session_of(data, data.draw(st.sampled_from(sorted(self.world.people))))
        person, session = self.who(token)
        shown = self.graph("GET", "/me/permissions", token)[1]["data"]
        assert [one["permission"] for one in shown] == session.scopes
        for endpoint in ROUTES.endpoints.values():
            if endpoint.scope and endpoint.method == "GET" and "Business" in endpoint.nodes and endpoint.edge:
                answer = self.graph("GET", f"/{person.business}/{endpoint.edge}", token)
                if code := self.managing(token, endpoint.id):
                    self.expect(answer, code)
                    assert "business_management" in str(answer[1]) or "Permission" in str(answer[1])
                else:
                    assert answer[0] == 200 or not person.admin, answer
                    assert "Requires" not in str(answer[1]), answer
        assert self.send("POST", "/_sandbox/tokens/revoke", {"access_token": token})[0] == 200
        del self.world.sessions[token]

    @rule(data=st.data())
    def proofs(self, data: st.DataObject) -> None:
        """Nobody needs one for this call, but a wrong one is refused."""
        token = self.anybody(data)
        for right, code in ((True, None), (False, 100)):
            path = f"/me?appsecret_proof={self.proof(token, right)}"
            self.expect(self.graph("GET", path, token), code)

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
                assert parts.path == f"{self.below}/v26.0/{node}/{edge}"
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
        for name in ("people", "relations", "assigned"):
            assert getattr(state, name) == getattr(self.world, name), name
        assert set(state.sessions) <= set(self.world.sessions)
        assert {i: o["status"] for i, o in state.obo.items()} == {
            i: o["status"] for i, o in self.world.obo.items()
        }

    def teardown(self) -> None:
        """Whatever has happened, the state is a seed that makes the same world."""
        if not hasattr(self, "world"):
            return
        state = self.send("GET", "/_sandbox/state")[1]
        assert self.send("PUT", "/_sandbox/state", state) == (200, {"success": True})
        assert self.send("GET", "/_sandbox/state")[1] == state


def as_json(body: Any) -> bytes:
    return b"" if body is None else json.dumps(body).encode()
