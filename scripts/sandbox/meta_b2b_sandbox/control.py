"""The control API under /_sandbox/: what people do around Graph. openapi/sandbox.yaml describes it."""

import json
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from jsonschema_rs import Draft202012Validator

from meta_b2b_sandbox import __version__, answers, seeds
from meta_b2b_sandbox.answering import Response
from meta_b2b_sandbox.clock import stamp
from meta_b2b_sandbox.document import JSON, Document, Operation, mounted
from meta_b2b_sandbox.errors import Headers
from meta_b2b_sandbox.faults import Fault
from meta_b2b_sandbox.reading import Request, Twice, parse_body, parse_query
from meta_b2b_sandbox.redaction import Redaction
from meta_b2b_sandbox.routing import Endpoint, Routes
from meta_b2b_sandbox.store import IN_MEMORY, App, Asset, Store, StoreError, User
from meta_b2b_sandbox.usage import Budget
from meta_b2b_sandbox.worlds import MOST_SNAPSHOTS, World, Worlds, WorldsError

DONE = {"success": True}
LAST = 253402300799  # seconds since 1970: the end of the year 9999


class ControlError(Exception):
    """The call cannot be done; status (an HTTP status) and a text that says why."""

    def __init__(self, status: int, text: str, headers: Headers | None = None) -> None:
        super().__init__(text)
        self.status, self.headers = status, headers or []


@dataclass(slots=True)
class Asked:
    """One valid call: in which world, and with which values in the path, the query and the body. `origin`: where the
    caller reached this world, "http://127.0.0.1:4020/w/onboarding"."""

    world: World
    path: Mapping[str, str]
    query: Mapping[str, Any]
    body: Mapping[str, Any]
    origin: str

    @property
    def store(self) -> Store:
        """What the world holds."""
        return self.world.store


class Control:
    """Answers the control API."""

    def __init__(self, document: Document, graph: Document, worlds: Worlds) -> None:
        """`document` describes the control API, `graph` the operations that a fault may name. Raises ValueError when
        an operation has no handler, or a handler no operation."""
        self._document, self._graph, self._worlds = document, graph, worlds
        self._routes = Routes(document)
        components = document.tree["components"]
        self._bodies = {
            id: Draft202012Validator({**operation.bodies[JSON]["schema"], "components": components})
            for id, operation in document.operations.items()
            if operation.bodies
        }
        self._handlers: dict[str, Callable[[Asked], Any]] = {
            "get_description": lambda call: document.tree,
            "get_graph_description": lambda call: mounted(graph.tree),
            "get_health": self._health,
            "get_state": lambda call: seeds.state(call.store),
            "put_state": self._put_state,
            "reset": self._reset,
            "list_snapshots": lambda call: {"snapshots": sorted(call.world.snapshots)},
            "save_snapshot": self._save_snapshot,
            "restore_snapshot": self._restore_snapshot,
            "list_worlds": self._list_worlds,
            "create_world": self._create_world,
            "end_world": self._end_world,
            "list_calls": self._list_calls,
            "get_call": self._get_call,
            "clear_calls": self._clear_calls,
            "get_clock": self._clock,
            "put_clock": self._put_clock,
            "reset_clock": self._reset_clock,
            "list_answers": self._list_answers,
            "put_answer": self._put_answer,
            "clear_answers": self._clear_answers,
            "approve_access": lambda call: self._answer_access(call, "approve"),
            "decline_access": lambda call: self._answer_access(call, "decline"),
            "create_obo_request": self._create_obo_request,
            "approve_obo_request": lambda call: self._answer_obo_request(call, "approve"),
            "decline_obo_request": lambda call: self._answer_obo_request(call, "decline"),
            "add_business": self._add_business,
            "add_page": self._add_page,
            "add_ad_account": self._add_ad_account,
            "add_user": self._add_user,
            "put_app": self._put_app,
            "add_token": self._add_token,
            "expire_token": lambda call: self._end_token(call, expires=int(call.world.clock.now())),
            "revoke_token": lambda call: self._end_token(call, revoked=True),
            "list_faults": self._list_faults,
            "add_fault": self._add_fault,
            "remove_fault": self._remove_fault,
            "clear_faults": self._clear_faults,
            "get_budget": self._budget,
            "put_budget": self._put_budget,
            "clear_budget": self._clear_budget,
        }
        different = document.operations.keys() ^ self._handlers.keys()
        if different:
            raise ValueError(f"openapi/sandbox.yaml and control.py do not agree on {sorted(different)}")

    def answer(self, request: Request, world: World) -> Response:
        """The response to a request under /_sandbox/; never raises for what a caller may send."""
        try:
            return as_json(200, self._answer(request, world))
        except ControlError as error:
            return refusal(error.status, str(error), error.headers)

    def do(
        self,
        operation: str,
        world: World,
        origin: str,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Any:
        """What an operation answers, for the sandbox's own page: it is checked as a call from outside is. Raises
        ControlError."""
        one = self._document.operations[operation]
        endpoint, values = self._find(one.method.upper(), one.path.format(**path or {}))
        return self._run(endpoint, values, query or {}, body or {}, world, origin)

    @property
    def operations(self) -> Mapping[str, Operation]:
        """What it can do, by operationId."""
        return self._document.operations

    def properties(self, operation: str) -> dict[str, Any]:
        """Name → schema, of what stands in the body of an operation."""
        media = self._document.operations[operation].bodies.get(JSON)
        found = self._document.properties(media["schema"]) if media else {}
        return {name: self._document.resolve(schema) for name, schema in found.items()}

    def _find(self, method: str, path: str) -> tuple[Endpoint, Mapping[str, str]]:
        """What is called, with the values in the path. Raises ControlError."""
        match = self._routes.match(path)
        if match is None:
            raise ControlError(404, f"there is no {path[:200]}; see /_sandbox/openapi.json")
        endpoint = match.route.endpoints.get(method)
        if endpoint is None:
            allow = ", ".join(match.route.endpoints)
            raise ControlError(405, f"{path} takes {allow}", [("allow", allow)])
        if match.invalid is not None:
            name, value = match.invalid
            raise ControlError(400, f"{name} is not valid: {value[:100]}")
        return endpoint, match.values

    def _answer(self, request: Request, world: World) -> Any:
        endpoint, values = self._find(request.method, request.path)
        declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if request.body and declared != JSON:  # pages in a browser can send other types without asking
            raise ControlError(400, f"the body must be JSON, with the header Content-Type: {JSON}")
        try:
            query = parse_query(request.query)
        except ValueError as error:
            raise ControlError(400, f"the query cannot be read: {error}") from None
        try:
            _, body = parse_body(request)
        except (ValueError, RecursionError) as error:
            raise ControlError(400, f"the body cannot be read: {error}") from None
        return self._run(endpoint, values, query, body, world, request.origin)

    def _run(
        self,
        endpoint: Endpoint,
        path: Mapping[str, str],
        query: Mapping[str, Any],
        body: Mapping[str, Any],
        world: World,
        origin: str,
    ) -> Any:
        unknown = query.keys() - endpoint.query.keys()
        if unknown:
            raise ControlError(400, f"there is no parameter {sorted(unknown)[0][:100]}")
        asked = {name: endpoint.query[name].parse(value) for name, value in query.items()}
        for name, value in asked.items():
            check(endpoint.query[name].validator, value, name)
        for name, parameter in endpoint.bodies.get(JSON, {}).items():
            if parameter.required and name not in body:
                raise ControlError(400, f"{name} is missing")
        if endpoint.id in self._bodies:
            check(self._bodies[endpoint.id], body)
        if world.answers:
            world.answers.settle(world.store)
        return self._handlers[endpoint.id](Asked(world, path, asked, body, origin))

    def _health(self, call: Asked) -> Any:
        """That it answers, and by what: nothing of a world is read for it."""
        return {"status": "ok", "version": __version__, "document": self._graph.version}

    # The world

    @staticmethod
    def _reset(call: Asked) -> Any:
        call.world.reset()
        return DONE

    @staticmethod
    def _put_state(call: Asked) -> Any:
        try:
            seeds.put(call.store, call.body)
        except seeds.SeedError as error:
            raise ControlError(422, str(error)) from None
        call.world.answers.count_anew()
        return DONE

    @staticmethod
    def _save_snapshot(call: Asked) -> Any:
        name, snapshots = call.path["name"], call.world.snapshots
        if name not in snapshots and len(snapshots) >= MOST_SNAPSHOTS:
            raise ControlError(409, f"there are {MOST_SNAPSHOTS} snapshots, and no room for more")
        before = snapshots.get(name)
        snapshots[name] = Store(IN_MEMORY, call.store)
        if before is not None:
            before.close()
        return DONE

    @staticmethod
    def _restore_snapshot(call: Asked) -> Any:
        snapshot = call.world.snapshots.get(call.path["name"])
        if snapshot is None:
            raise ControlError(404, f"there is no snapshot {call.path['name']}")
        call.store.restore(snapshot)
        call.world.answers.count_anew()
        return DONE

    # Worlds

    def no_world(self, name: str) -> Response:
        """The answer to what is called in a world that is not there."""
        text = f"there is no world {name[:63]}; POST /_sandbox/worlds makes one (one that nobody calls ends)"
        return refusal(404, text)

    def _shown(self, name: str, origin: str) -> dict[str, str]:
        address = f"{origin.partition('/w/')[0]}/w/{name}"
        return {
            "name": name,
            "base_url": address + self._graph.base_path,
            "control_url": f"{address}/_sandbox",
        }

    def _list_worlds(self, call: Asked) -> Any:
        return {"worlds": [self._shown(one.name, call.origin) for one in self._worlds]}

    def _create_world(self, call: Asked) -> Any:
        body = call.body
        try:
            made = self._worlds.create(
                body.get("name"), body.get("state"), body.get("file"), time.monotonic()
            )
        except seeds.SeedError as error:
            raise ControlError(422, f"state: {error}") from None
        except WorldsError as error:
            raise ControlError(409, str(error)) from None
        except StoreError as error:
            raise ControlError(409, f"file: {error}") from None
        return self._shown(made.name, call.origin)

    def _end_world(self, call: Asked) -> Any:
        if not self._worlds.end(call.path["name"]):
            raise ControlError(404, f"there is no world {call.path['name']}")
        return DONE

    # Calls and the clock

    @staticmethod
    def _list_calls(call: Asked) -> Any:
        redaction = Redaction(call.store.secrets())
        return {"calls": [entry.summary(redaction) for entry in call.world.journal.entries(**call.query)]}

    @staticmethod
    def _get_call(call: Asked) -> Any:
        entry = call.world.journal.entry(int(call.path["id"]))
        if entry is None:
            raise ControlError(404, f"there is no call {call.path['id']}, or not any more")
        return entry.whole(Redaction(call.store.secrets()))

    @staticmethod
    def _clear_calls(call: Asked) -> Any:
        call.world.journal.clear()
        return DONE

    @staticmethod
    def _clock(call: Asked) -> Any:
        clock = call.world.clock
        return {"now": stamp(clock.now()), "stands": clock.stands}

    def _put_clock(self, call: Asked) -> Any:
        at = seconds_of(call.body["at"]) if "at" in call.body else None
        forward = float(call.body.get("forward_seconds", 0))
        now = call.world.clock.now() if at is None else at
        if now + forward > LAST:
            raise ControlError(422, f"forward_seconds: no time after {stamp(LAST)}")
        call.world.clock.put(at, forward)
        return self._clock(call)

    def _reset_clock(self, call: Asked) -> Any:
        call.world.clock.reset()
        return self._clock(call)

    # Answers

    @staticmethod
    def _list_answers(call: Asked) -> Any:
        return {"answers": call.world.answers.told()}

    @staticmethod
    def _put_answer(call: Asked) -> Any:
        if "after_reads" in call.body and "after_seconds" in call.body:
            raise ControlError(422, "after_reads and after_seconds: an answer has one of them, or none")
        call.world.answers.put(call.body)
        return DONE

    @staticmethod
    def _clear_answers(call: Asked) -> Any:
        call.world.answers.clear()
        return DONE

    @staticmethod
    def _answer_access(call: Asked, answer: str) -> Any:
        path = call.path
        access = call.store.access(path["asset"], path["business"])
        if access is None or access.waits_for is None:
            raise ControlError(404, f"nothing waits between {path['asset']} and {path['business']}")
        with call.store.change():
            answers.give(call.store, access, answer)
        return DONE

    def _create_obo_request(self, call: Asked) -> Any:
        body = call.body
        for name in ("requesting_business", "receiving_business"):
            if call.store.business(body[name]) is None:
                raise ControlError(404, f"{name}: there is no business {body[name]}")
        owned = call.store.asset(f"act_{body['business_owned_object']}")
        if owned is None or owned.owner != body["requesting_business"]:  # [A26]
            text = f"business_owned_object: {body['requesting_business']} does not own an ad account"
            raise ControlError(404, f"{text} {body['business_owned_object']}")
        with call.store.change():
            id = call.store.add_obo_request(
                body["business_owned_object"],
                body["requesting_business"],
                body["receiving_business"],
                "IN_PROGRESS",
            )
        return {"id": str(id)}

    @staticmethod
    def _answer_obo_request(call: Asked, answer: str) -> Any:
        id = call.path["id"]
        row = call.store.obo_request(id)
        if row is None or row.status != "IN_PROGRESS":
            raise ControlError(404, f"there is no OBO request {id} in progress")
        with call.store.change():
            answers.give(call.store, row, answer)
        return DONE

    @staticmethod
    def _business(call: Asked) -> str:
        body = call.body
        if call.store.business(body["business"]) is None:
            raise ControlError(404, f"business: there is no business {body['business']}")
        return str(body["business"])

    @staticmethod
    def _free_id(call: Asked, first: int, before: str = "") -> str:
        """The id that is asked for, with what stands before it, or without one a new one. Raises ControlError."""
        store = call.store
        if "id" not in call.body:
            return next(f"{before}{id}" for id in count(first) if not store.taken(f"{before}{id}"))
        id = before + str(call.body["id"])
        if store.taken(id):
            raise ControlError(422, f"id: {id} is the id of a {store.node_type(id) or 'program'}")
        return id

    def _add_business(self, call: Asked) -> Any:
        store, name, token = call.store, call.body["name"], None
        with store.change():
            id = self._free_id(call, 6000000000)
            store.add_business(id, name)
            admin = User(store.new_user_id(), f"Admin of {name}", id)
            store.add_user(admin)
            if (app := store.first_app()) is not None:
                token = new_token()
                store.add_token(token, admin, app.id)
        return {"id": id, "user": admin.id, "access_token": token}

    def _add_page(self, call: Asked) -> Any:
        owner, text = self._business(call), call.body.get("access_token") or new_token()
        if call.store.token(text) is not None:
            raise ControlError(422, "access_token: there is one with this text")
        with call.store.change():
            id = self._free_id(call, 1900953000000)
            call.store.add_asset(Asset(id, "page", call.body["name"], owner, text, 0))
        return {"id": id}

    def _add_ad_account(self, call: Asked) -> Any:
        owner, review = self._business(call), call.body.get("admin_review", False)
        with call.store.change():
            id = self._free_id(call, 4500000000, "act_")
            call.store.add_asset(Asset(id, "ad_account", call.body["name"], owner, None, int(review)))
        return {"id": id.removeprefix("act_")}

    def _add_user(self, call: Asked) -> Any:
        body = call.body
        business = self._business(call)
        with call.store.change():
            id = call.store.new_user_id()
            role, kind = body.get("role", "EMPLOYEE"), body.get("kind", "user")
            call.store.add_user(User(id, body["name"], business, role, kind))
        return {"id": id}

    def _put_app(self, call: Asked) -> Any:
        body = call.body
        business = self._business(call)
        with call.store.change():
            id = str(body.get("id") or call.store.new_app_id())
            if (node := call.store.node_type(id)) is not None:
                raise ControlError(422, f"id: {id} is the id of a {node}")
            call.store.put_app(
                App(id, body["name"], business, body["secret"], body.get("require_proof", True))
            )
        return {"id": id}

    def _add_token(self, call: Asked) -> Any:
        body = call.body
        user = call.store.user(body["user"])
        app = call.store.app(body["app"]) if "app" in body else call.store.first_app()
        if user is None:
            raise ControlError(404, f"user: there is no user {body['user']}")
        if app is None:
            raise ControlError(404, f"app: there is no app {body.get('app', '')}".rstrip())
        text = body.get("access_token") or new_token()
        if call.store.token(text) is not None:
            raise ControlError(422, "access_token: there is one with this text")
        scopes = json.dumps(body["scopes"]) if "scopes" in body else None
        expires = int(call.world.clock.now()) + int(body["expires_in"]) if "expires_in" in body else None
        with call.store.change():
            call.store.add_token(text, user, app.id, scopes=scopes, expires=expires)
        return {"access_token": text}

    @staticmethod
    def _end_token(call: Asked, **how: Any) -> Any:
        with call.store.change():
            if not call.store.end_token(call.body["access_token"], **how):
                raise ControlError(404, "there is no such access token of a user")
        return DONE

    # Faults and the budget

    @staticmethod
    def _list_faults(call: Asked) -> Any:
        return {"faults": [fault.shown() for fault in call.world.faults.waiting]}

    def _add_fault(self, call: Asked) -> Any:
        # Also 2.0 is an integer of JSON's.
        body: dict[str, Any] = {
            name: int(one) if isinstance(one, float) else one for name, one in call.body.items()
        }
        operation, answer = body["operation"], body.get("answer")
        if operation not in self._graph.operations.keys() | {"all"}:
            raise ControlError(404, f"operation: there is no {operation}; an operationId, or all")
        if not body.keys() & {"code", "answer", "delay_ms"}:
            raise ControlError(422, "a fault needs a code, an answer or a delay_ms")
        if body.keys() & {"retry_after", "regain_access_minutes"} and "code" not in body:
            raise ControlError(422, "retry_after and regain_access_minutes need a code")
        if answer not in (None, "error_in_200") and "code" in body:
            raise ControlError(422, f"code: goes with no answer but error_in_200, unlike {answer}")
        return {**DONE, "id": call.world.faults.add(Fault(**body))}

    @staticmethod
    def _remove_fault(call: Asked) -> Any:
        if not call.world.faults.remove(call.path["id"]):
            raise ControlError(404, f"there is no fault {call.path['id']}, or not any more")
        return DONE

    @staticmethod
    def _clear_faults(call: Asked) -> Any:
        call.world.faults.clear()
        return DONE

    @staticmethod
    def _budget(call: Asked) -> Any:
        budget = call.world.budget
        return {"budget": budget and {"budget": budget.calls, "per_seconds": budget.seconds}}

    def _put_budget(self, call: Asked) -> Any:
        call.world.budget = Budget(int(call.body["budget"]), int(call.body["per_seconds"]))
        return self._budget(call)

    def _clear_budget(self, call: Asked) -> Any:
        call.world.budget = None
        return self._budget(call)


def check(validator: Draft202012Validator, value: Any, name: str = "") -> None:
    """Raises ControlError, which names the place, for a value that is not valid; `name` is that of the value."""
    try:
        problem = next(iter(validator.iter_errors(value)), None)
    except ValueError:  # it cannot even look at such a value
        twice = (
            [key for key, one in value.items() if isinstance(one, Twice)]
            if isinstance(value, dict)
            else [name]
        )
        raise ControlError(400, f"{(twice or ['a name in the body'])[0][:100]} is given twice") from None
    if problem is not None:
        raise ControlError(400, seeds.problem_text(problem, name))


def new_token() -> str:
    """The text of an access token that nobody has."""
    return f"EAA{secrets.token_hex(24)}"


def seconds_of(text: str) -> float:
    """A time as Graph writes it, as seconds since 1970. Raises ControlError."""
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z").timestamp()
    except ValueError:
        raise ControlError(422, f"{text} is no time, as {stamp(0)} is") from None


def as_json(status: int, value: Any, headers: Headers | None = None) -> Response:
    """A response with a value as JSON."""
    return Response(
        status, [("content-type", "application/json"), *(headers or [])], json.dumps(value).encode()
    )


def refusal(status: int, text: str, headers: Headers | None = None) -> Response:
    """The response to a call that cannot be done."""
    return as_json(status, {"error": {"message": text}}, headers)
