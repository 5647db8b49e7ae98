"""The control API under /_sandbox/: what people do around Graph. openapi/sandbox.yaml describes it."""

import json
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any

from meta_b2b_sandbox import __version__, seeds, world
from meta_b2b_sandbox.answering import Response
from meta_b2b_sandbox.document import JSON, Document, mounted
from meta_b2b_sandbox.errors import Headers
from meta_b2b_sandbox.faults import Fault, Faults
from meta_b2b_sandbox.reading import Request, parse_body
from meta_b2b_sandbox.routing import Routes
from meta_b2b_sandbox.store import Access, App, Store, User


class ControlError(Exception):
    """The call cannot be done; status (an HTTP status) and a text that says why."""

    def __init__(self, status: int, text: str, headers: Headers | None = None) -> None:
        super().__init__(text)
        self.status, self.headers = status, headers or []


class Control:
    """Answers the control API, and makes the faults that it is told to."""

    def __init__(
        self,
        document: Document,
        graph: Document,
        store: Store,
        faults: Faults,
        beginning: Mapping[str, Any] | None = None,
    ) -> None:
        """`document` describes the control API, `graph` the operations that a fault may name. `beginning`: the seed to
        which a reset returns, the demo world's without it. Raises ValueError when an operation has no handler, or a
        handler no operation."""
        self._document, self._graph, self._store, self._faults = document, graph, store, faults
        self._beginning = beginning
        self._routes = Routes(document)
        self._handlers: dict[str, Callable[[Mapping[str, str], Mapping[str, Any]], Any]] = {
            "get_description": lambda path, body: document.tree,
            "get_graph_description": lambda path, body: mounted(graph.tree),
            "get_health": self._health,
            "get_state": lambda path, body: seeds.state(store),
            "put_state": self._put_state,
            "reset": self._reset,
            "approve_access": self._approve_access,
            "decline_access": self._decline_access,
            "create_obo_request": self._create_obo_request,
            "approve_obo_request": lambda path, body: self._answer_obo_request(path["id"], "APPROVE"),
            "decline_obo_request": lambda path, body: self._answer_obo_request(path["id"], "DECLINE"),
            "add_user": self._add_user,
            "put_app": self._put_app,
            "add_token": self._add_token,
            "expire_token": lambda path, body: self._end_token(body, expires=int(time.time())),
            "revoke_token": lambda path, body: self._end_token(body, revoked=True),
            "add_fault": self._add_fault,
            "clear_faults": self._clear_faults,
        }
        different = document.operations.keys() ^ self._handlers.keys()
        if different:
            raise ValueError(f"openapi/sandbox.yaml and control.py do not agree on {sorted(different)}")

    def answer(self, request: Request) -> Response:
        """The response to a request under /_sandbox/; never raises for what a caller may send."""
        headers: Headers = [("content-type", "application/json")]
        try:
            status, result = 200, self._answer(request)
        except ControlError as error:
            status, result = error.status, {"error": {"message": str(error)}}
            headers += error.headers
        return Response(status, headers, json.dumps(result).encode())

    def _answer(self, request: Request) -> Any:
        match = self._routes.match(request.path)
        if match is None:
            raise ControlError(404, f"there is no {request.path}; see /_sandbox/openapi.json")
        endpoint = match.route.endpoints.get(request.method)
        if endpoint is None:
            allow = ", ".join(match.route.endpoints)
            raise ControlError(405, f"{request.path} takes {allow}", [("allow", allow)])
        if match.invalid is not None:
            name, value = match.invalid
            raise ControlError(400, f"{name} is not valid: {value[:100]}")
        declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if request.body and declared != JSON:  # pages in a browser can send other types without asking
            raise ControlError(400, f"the body must be JSON, with the header Content-Type: {JSON}")
        try:
            _, body = parse_body(request)
        except (ValueError, RecursionError) as error:
            raise ControlError(400, f"the body cannot be read: {error}") from None
        for name, parameter in endpoint.bodies.get(JSON, {}).items():
            if name not in body:
                if parameter.required:
                    raise ControlError(400, f"{name} is missing")
                continue
            try:
                problem = next(iter(parameter.validator.iter_errors(body[name])), None)
            except ValueError:  # it cannot even look at such a value
                raise ControlError(400, f"{name} is given twice, or has a name twice") from None
            if problem is not None:
                raise ControlError(400, seeds.problem_text(problem, name))
        return self._handlers[endpoint.id](match.values, body)

    def _health(self, path: Mapping[str, str], body: Mapping[str, Any]) -> Any:
        """That it answers, and by what: nothing of a world is read for it."""
        return {"status": "ok", "version": __version__, "document": self._graph.version}

    def _reset(self, path: Mapping[str, str], body: Mapping[str, Any]) -> Any:
        seeds.put(self._store, self._beginning or world.demo())
        self._faults.clear()
        return {"success": True}

    def _put_state(self, path: Mapping[str, str], body: Mapping[str, Any]) -> Any:
        try:
            seeds.put(self._store, body)
        except seeds.SeedError as error:
            raise ControlError(400, str(error)) from None
        return {"success": True}

    def _waiting(self, path: Mapping[str, str]) -> Access:
        access = self._store.access(path["asset"], path["business"])
        if access is None or access.waits_for is None:
            raise ControlError(404, f"nothing waits between {path['asset']} and {path['business']}")
        return access

    def _approve_access(self, path: Mapping[str, str], body: Mapping[str, Any]) -> Any:
        access = self._waiting(path)
        with self._store.change():
            self._store.confirm(access)
        return {"success": True}

    def _decline_access(self, path: Mapping[str, str], body: Mapping[str, Any]) -> Any:
        access = self._waiting(path)
        with self._store.change():
            self._store.remove_access(access)
        return {"success": True}

    def _create_obo_request(self, path: Mapping[str, str], body: Mapping[str, Any]) -> Any:
        for name in ("requesting_business", "receiving_business"):
            if self._store.business(body[name]) is None:
                raise ControlError(404, f"{name}: there is no business {body[name]}")
        owned = self._store.asset(f"act_{body['business_owned_object']}")
        if owned is None or owned.owner != body["requesting_business"]:  # [A26]
            text = f"business_owned_object: {body['requesting_business']} does not own an ad account"
            raise ControlError(404, f"{text} {body['business_owned_object']}")
        with self._store.change():
            id = self._store.add_obo_request(
                body["business_owned_object"],
                body["requesting_business"],
                body["receiving_business"],
                "IN_PROGRESS",
            )
        return {"id": str(id)}

    def _answer_obo_request(self, id: str, status: str) -> Any:
        row = self._store.obo_request(id)
        if row is None or row.status != "IN_PROGRESS":
            raise ControlError(404, f"there is no OBO request {id} in progress")
        with self._store.change():
            self._store.set_obo_status(row.id, status)
        return {"success": True}

    def _business(self, body: Mapping[str, Any]) -> str:
        if self._store.business(body["business"]) is None:
            raise ControlError(404, f"business: there is no business {body['business']}")
        return str(body["business"])

    def _add_user(self, path: Mapping[str, str], body: Mapping[str, Any]) -> Any:
        business = self._business(body)
        with self._store.change():
            id = self._store.new_user_id()
            role, kind = body.get("role", "EMPLOYEE"), body.get("kind", "user")
            self._store.add_user(User(id, body["name"], business, role, kind))
        return {"id": id}

    def _put_app(self, path: Mapping[str, str], body: Mapping[str, Any]) -> Any:
        business = self._business(body)
        with self._store.change():
            id = str(body.get("id") or self._store.new_app_id())
            if (node := self._store.node_type(id)) is not None:
                raise ControlError(400, f"id: {id} is the id of a {node}")
            self._store.put_app(
                App(id, body["name"], business, body["secret"], body.get("require_proof", True))
            )
        return {"id": id}

    def _add_token(self, path: Mapping[str, str], body: Mapping[str, Any]) -> Any:
        user = self._store.user(body["user"])
        app = self._store.app(body["app"]) if "app" in body else self._store.first_app()
        if user is None:
            raise ControlError(404, f"user: there is no user {body['user']}")
        if app is None:
            raise ControlError(404, f"app: there is no app {body.get('app', '')}".rstrip())
        text = body.get("access_token") or f"EAA{secrets.token_hex(24)}"
        if self._store.token(text) is not None:
            raise ControlError(400, "access_token: there is one with this text")
        scopes = json.dumps(body["scopes"]) if "scopes" in body else None
        expires = int(time.time()) + int(body["expires_in"]) if "expires_in" in body else None
        with self._store.change():
            self._store.add_token(text, user, app.id, scopes=scopes, expires=expires)
        return {"access_token": text}

    def _end_token(self, body: Mapping[str, Any], **how: Any) -> Any:
        with self._store.change():
            if not self._store.end_token(body["access_token"], **how):
                raise ControlError(404, "there is no such access token of a user")
        return {"success": True}

    def _add_fault(self, path: Mapping[str, str], body: Mapping[str, Any]) -> Any:
        if body["operation"] not in self._graph.operations.keys() | {"all"}:
            raise ControlError(400, f"operation: there is no {body['operation']}; an operationId, or all")
        if "code" not in body and "delay_ms" not in body:
            raise ControlError(400, "a fault needs a code or a delay_ms")
        headers: Headers = []
        if "retry_after" in body:  # [A22]
            headers.append(("retry-after", str(int(body["retry_after"]))))
        if "regain_access_minutes" in body:
            use = {"type": "ads_management", "call_count": 100, "total_cputime": 100, "total_time": 100}
            use["estimated_time_to_regain_access"] = int(body["regain_access_minutes"])
            headers.append(("x-business-use-case-usage", json.dumps({world.AGENCY: [use]})))
        if headers and "code" not in body:
            raise ControlError(400, "retry_after and regain_access_minutes need a code")
        code = int(body["code"]) if "code" in body else None
        times, delay = int(body.get("times", 1)), int(body.get("delay_ms", 0)) / 1000
        self._faults.add(Fault(body["operation"], times, delay, code, headers))
        return {"success": True}

    def _clear_faults(self, path: Mapping[str, str], body: Mapping[str, Any]) -> Any:
        self._faults.clear()
        return {"success": True}
