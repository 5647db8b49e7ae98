"""The control API under /_sandbox/: what people do around Graph. openapi/sandbox.yaml describes it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from meta_b2b_sandbox import world
from meta_b2b_sandbox.document import JSON, Document
from meta_b2b_sandbox.routing import Endpoint as Operation
from meta_b2b_sandbox.routing import Routes
from meta_b2b_sandbox.store import Access, Store
from meta_b2b_sandbox.wire import GraphError, Headers, Request, Response, parse_body


class ControlError(Exception):
    """The call cannot be done; status (an HTTP status) and a text that says why."""

    def __init__(self, status: int, text: str, headers: Headers | None = None) -> None:
        super().__init__(text)
        self.status, self.headers = status, headers or []


@dataclass
class Fault:
    """What happens to the next `times` calls of an operation (or of "all")."""

    operation: str
    times: int
    code: int | None
    delay_ms: int
    headers: Headers


class Control:
    """Answers the control API, and makes the faults that it is told to."""

    def __init__(self, document: Document, store: Store, operations: set[str]) -> None:
        """`operations`: the operationIds that a fault may name."""
        self.document, self.store, self.operations = document, store, operations
        self.routes = Routes(document)
        self.faults: list[Fault] = []
        self.delay = 0.0
        self.handlers: dict[str, Callable[[dict[str, str], dict[str, Any]], Any]] = {
            "get_description": lambda path, body: document.tree,
            "get_state": lambda path, body: world.state(store),
            "reset": self.reset,
            "approve_access": self.approve_access,
            "decline_access": self.decline_access,
            "create_obo_request": self.create_obo_request,
            "approve_obo_request": lambda path, body: self.answer_obo_request(path["id"], "APPROVE"),
            "decline_obo_request": lambda path, body: self.answer_obo_request(path["id"], "DECLINE"),
            "add_fault": self.add_fault,
            "clear_faults": self.clear_faults,
        }
        missing = document.operations.keys() ^ self.handlers.keys()
        if missing:
            raise ValueError(f"openapi/sandbox.yaml and control.py do not agree on {sorted(missing)}")

    def answer(self, request: Request) -> Response:
        """The response to a request under /_sandbox/; never raises for what a caller may send."""
        headers: Headers = [("content-type", "application/json")]
        try:
            status, result = 200, self._answer(request)
        except ControlError as error:
            status, result = error.status, {"error": {"message": str(error)}}
            headers += error.headers
        except (GraphError, UnicodeError, RecursionError, ValueError) as error:
            status, result = 400, {"error": {"message": f"the body cannot be read: {error}"}}
        return Response(status, headers, json.dumps(result).encode())

    def before_call(self, operation: Operation) -> None:
        """Make the faults that are waiting for this operation: sets `delay` (seconds) or raises GraphError."""
        for fault in self.faults:
            if fault.operation in (operation.id, "all"):
                fault.times -= 1
                if fault.times == 0:
                    self.faults.remove(fault)
                self.delay += fault.delay_ms / 1000
                if fault.code is not None:
                    error = GraphError(fault.code)
                    error.headers += fault.headers
                    raise error
                return

    def _answer(self, request: Request) -> Any:
        match = self.routes.match(request.path)
        if match is None:
            raise ControlError(404, f"there is no {request.path}; see /_sandbox/openapi.json")
        operation = match.route.endpoints.get(request.method)
        if operation is None:
            allow = ", ".join(match.route.endpoints)
            raise ControlError(405, f"{request.path} takes {allow}", [("allow", allow)])
        for name, value in match.values.items():
            if not operation.path_parameters[name].validator.is_valid(value):
                raise ControlError(400, f"{name} is not valid: {value[:100]}")
        media, body = parse_body(request)
        if media != JSON:
            raise ControlError(400, f"the body must be JSON, with the header Content-Type: {JSON}")
        for name, parameter in operation.bodies.get(JSON, {}).items():
            if name not in body:
                if parameter.required:
                    raise ControlError(400, f"{name} is missing")
                continue
            for error in parameter.validator.iter_errors(body[name]):
                raise ControlError(400, f"{name}: {error.message[:200]}")
        return self.handlers[operation.id](match.values, body)

    def reset(self, path: dict[str, str], body: dict[str, Any]) -> Any:
        world.load(self.store)
        self.faults.clear()
        return {"success": True}

    def waiting(self, path: dict[str, str]) -> Access:
        access = self.store.access(path["asset"], path["business"])
        if access is None or access.waits_for is None:
            raise ControlError(404, f"nothing waits between {path['asset']} and {path['business']}")
        return access

    def approve_access(self, path: dict[str, str], body: dict[str, Any]) -> Any:
        access = self.waiting(path)
        with self.store.change():
            self.store.confirm(access)
        return {"success": True}

    def decline_access(self, path: dict[str, str], body: dict[str, Any]) -> Any:
        access = self.waiting(path)
        with self.store.change():
            self.store.remove_access(access)
        return {"success": True}

    def create_obo_request(self, path: dict[str, str], body: dict[str, Any]) -> Any:
        for name in ("requesting_business", "receiving_business"):
            if self.store.business(body[name]) is None:
                raise ControlError(404, f"{name}: there is no business {body[name]}")
        with self.store.change():
            id = self.store.add_obo_request(
                body["business_owned_object"],
                body["requesting_business"],
                body["receiving_business"],
                "IN_PROGRESS",
            )
        return {"id": str(id)}

    def answer_obo_request(self, id: str, status: str) -> Any:
        row = self.store.obo_request(id)
        if row is None or row.status != "IN_PROGRESS":
            raise ControlError(404, f"there is no OBO request {id} in progress")
        with self.store.change():
            self.store.set_obo_status(row.id, status)
        return {"success": True}

    def add_fault(self, path: dict[str, str], body: dict[str, Any]) -> Any:
        if body["operation"] not in self.operations | {"all"}:
            raise ControlError(400, f"operation: there is no {body['operation']}; an operationId, or all")
        if "code" not in body and "delay_ms" not in body:
            raise ControlError(400, "a fault needs a code or a delay_ms")
        headers: Headers = []
        if "retry_after" in body:
            headers.append(("retry-after", str(int(body["retry_after"]))))
        if "regain_access_minutes" in body:
            use = {"type": "ads_management", "call_count": 100, "total_cputime": 100, "total_time": 100}
            use["estimated_time_to_regain_access"] = int(body["regain_access_minutes"])
            headers.append(("x-business-use-case-usage", json.dumps({world.AGENCY: [use]})))
        if headers and "code" not in body:
            raise ControlError(400, "retry_after and regain_access_minutes need a code")
        code = int(body["code"]) if "code" in body else None
        times, delay_ms = int(body.get("times", 1)), int(body.get("delay_ms", 0))
        fault = Fault(body["operation"], times, code, delay_ms, headers)
        self.faults.append(fault)
        return {"success": True}

    def clear_faults(self, path: dict[str, str], body: dict[str, Any]) -> Any:
        self.faults.clear()
        return {"success": True}
