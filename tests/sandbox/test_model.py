"""The sandbox does what the model says; a sandbox with a fault does not, for each fault that we plant."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from scripts.sandbox import world
from scripts.sandbox.app import OPENAPI, Control, Document
from scripts.sandbox.rules import HANDLERS
from scripts.sandbox.store import OboRequest, Rows, Store
from scripts.sandbox.wire import Request, Wire
from tests.sandbox.model import Machine, Transport, as_json

QUICK = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def in_process(
    handlers: dict[str, Any] | None = None, store: Store | None = None, document: type[Document] = Document
) -> Transport:
    """A sandbox without sockets."""
    store = store or Store(":memory:")
    graph = Wire(document(OPENAPI / "b2b.yaml"), store, {**HANDLERS, **(handlers or {})})
    control = Control(Document(OPENAPI / "sandbox.yaml"), store, set(graph.document.operations))
    world.load(store)

    def send(method: str, path: str, body: Any, token: str | None) -> tuple[int, Any]:
        path, _, query = path.partition("?")
        headers = {b"host": b"127.0.0.1", b"content-type": b"application/json"}
        if token:
            headers[b"authorization"] = f"Bearer {token}".encode()
        request = Request(method, path, query.encode(), headers, as_json(body))
        answer = (control if path.startswith("/_sandbox/") else graph).answer(request)
        return answer.status, json.loads(answer.body)

    return send


def run(transport: Transport) -> None:
    machine = type("SandboxMachine", (Machine,), {"transport": staticmethod(transport)})
    run_state_machine_as_test(machine, settings=QUICK)


def test_the_sandbox_does_what_the_model_says() -> None:
    run(in_process())


def forgets_a_grant() -> Transport:
    return in_process({"grant_page_access": lambda call: {"success": True}})


def forgets_a_removal() -> Transport:
    return in_process({"remove_ad_account_agency": lambda call: {"success": True}})


def forgets_a_request() -> Transport:
    return in_process({"request_page_access": lambda call: {"access_status": "PENDING"}})


def forgets_a_cancellation() -> Transport:
    return in_process({"cancel_obo_request": lambda call: {"success": "true"}})


def with_page(change: Callable[[Rows, Any], Rows]) -> Transport:
    """A store whose lists are changed on their way out."""

    class Changed(Store):
        def _page(self, *args: Any) -> Rows:
            return change(super()._page(*args), args[-1])

    return in_process(store=Changed(":memory:"))


def lists_an_item_twice_across_pages() -> Transport:
    class Changed(Store):
        def _page(self, make: Any, table: str, where: str, values: Any, window: Any) -> Rows:
            if window.after is not None:
                window.after -= 1  # the last entry again
            return super()._page(make, table, where, values, window)

    return in_process(store=Changed(":memory:"))


def leaves_an_item_out_across_pages() -> Transport:
    class Changed(Store):
        def _page(self, make: Any, table: str, where: str, values: Any, window: Any) -> Rows:
            if window.after is not None:
                window.after += 1
            return super()._page(make, table, where, values, window)

    return in_process(store=Changed(":memory:"))


def has_no_next_page() -> Transport:
    def change(rows: Rows, _: Any) -> Rows:
        rows.more_after = False
        return rows

    return with_page(change)


def ignores_the_limit() -> Transport:
    class Changed(Store):
        def _page(self, make: Any, table: str, where: str, values: Any, window: Any) -> Rows:
            window.limit = 10_000
            return super()._page(make, table, where, values, window)

    return in_process(store=Changed(":memory:"))


def counts_wrongly() -> Transport:
    class Changed(Store):
        def count(self, *key: str) -> int:
            return super().count(*key) + 1

    return in_process(store=Changed(":memory:"))


def shows_a_request_as_confirmed() -> Transport:
    def change(rows: Rows, _: Any) -> Rows:
        for row in rows.rows:
            if hasattr(row, "waits_for"):
                row.waits_for = None
        return rows

    return with_page(change)


def keeps_an_answered_request_pending() -> Transport:
    class Changed(Store):
        def confirm(self, access: Any) -> None:
            pass

    return in_process(store=Changed(":memory:"))


def lists_obo_requests_that_are_over() -> Transport:
    class Changed(Store):
        def obo_sent(self, business: str, window: Any) -> Rows:
            return self._page(OboRequest, "obo_requests", "requesting_business = ?", (business,), window)

    return in_process(store=Changed(":memory:"))


def ignores_the_status() -> Transport:
    class Changed(Store):
        def obo_of_object(self, object_id: str, status: str | None, window: Any) -> Rows:
            return super().obo_of_object(object_id, None, window)

    return in_process(store=Changed(":memory:"))


def lets_an_agency_pass_access_on() -> Transport:
    def grant(call: Any) -> Any:
        asset = call.store.asset(f"act_{call.path['ad_account_id']}")
        held = asset and call.store.access(asset.id, call.token.business)
        if held and held.waits_for is None:
            call.token = replace(call.token, business=asset.owner)
        return HANDLERS["grant_ad_account_access"](call)

    return in_process({"grant_ad_account_access": grant})


def takes_any_token_for_a_page() -> Transport:
    def grant(call: Any) -> Any:
        call.token = replace(call.token, page=call.path["page_or_business_id"])
        return HANDLERS["grant_page_access"](call)

    return in_process({"grant_page_access": grant})


def needs_no_review() -> Transport:
    def grant(call: Any) -> Any:
        HANDLERS["grant_ad_account_access"](call)
        return {"success": True}

    return in_process({"grant_ad_account_access": grant})


def shows_obo_requests_to_everybody() -> Transport:
    def get(call: Any) -> Any:
        row = call.store.obo_request(call.path["obo_request_id"])
        if row:
            call.token = replace(call.token, business=row.requesting_business)
        return HANDLERS["get_obo_request"](call)

    return in_process({"get_obo_request": get})


def with_document(change: Callable[[dict[str, Any]], None]) -> Transport:
    """A sandbox that validates by another document than ours."""

    class Changed(Document):
        def __init__(self, file: Any) -> None:
            super().__init__(file)
            for operation in self.operations.values():
                for parameters in (operation.query, *operation.bodies.values()):
                    change(parameters)

    return in_process(document=Changed)


class Anything:
    def is_valid(self, value: Any) -> bool:
        return True


def accepts_an_unknown_enum_value() -> Transport:
    def change(parameters: dict[str, Any]) -> None:
        for name in ("permitted_tasks", "status"):
            if name in parameters:
                parameters[name].validator = Anything()

    return with_document(change)


def accepts_any_limit() -> Transport:
    def change(parameters: dict[str, Any]) -> None:
        if "limit" in parameters:
            parameters["limit"].validator = Anything()

    return with_document(change)


FAULTS = [
    forgets_a_grant,
    forgets_a_removal,
    forgets_a_request,
    forgets_a_cancellation,
    lists_an_item_twice_across_pages,
    leaves_an_item_out_across_pages,
    has_no_next_page,
    ignores_the_limit,
    counts_wrongly,
    shows_a_request_as_confirmed,
    keeps_an_answered_request_pending,
    lists_obo_requests_that_are_over,
    ignores_the_status,
    lets_an_agency_pass_access_on,
    takes_any_token_for_a_page,
    needs_no_review,
    shows_obo_requests_to_everybody,
    accepts_an_unknown_enum_value,
    accepts_any_limit,
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_the_model_notices_a_sandbox_that(fault: Callable[[], Transport]) -> None:
    with pytest.raises(AssertionError):
        run(fault())
