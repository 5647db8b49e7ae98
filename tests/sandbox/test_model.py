"""The sandbox does what the model says; a sandbox with a fault does not, for each fault that we plant."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from inspect import signature
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from meta_b2b_sandbox import store, world
from meta_b2b_sandbox.control import Control
from meta_b2b_sandbox.document import OPENAPI, Document
from meta_b2b_sandbox.faults import Faults
from meta_b2b_sandbox.reading import Request
from meta_b2b_sandbox.rules import HANDLERS
from meta_b2b_sandbox.store import Listing, OboRequest, Page, PartnerListing, Selection, Store, Window
from meta_b2b_sandbox.wire import Wire

from tests.support.document import B2B, ONE_CALL
from tests.support.model import Machine, Transport, as_json

QUICK = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


OPEN: list[Store] = []


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """Close what a test opened."""
    yield
    while OPEN:
        OPEN.pop().close()


CONTROL = Document.load(OPENAPI / "sandbox.yaml")


def in_process(
    handlers: dict[str, Any] | None = None, store: Store | None = None, wire: type[Wire] = Wire
) -> Transport:
    """A sandbox without sockets."""
    store = store or Store(":memory:")
    OPEN.append(store)
    faults = Faults()
    graph = wire(B2B, store, {**HANDLERS, **(handlers or {})}, faults)
    control = Control(CONTROL, B2B, store, faults)
    world.load(store)

    def send(method: str, path: str, body: Any, token: str | None) -> tuple[int, Any]:
        path, _, query = path.partition("?")
        headers = {"host": "127.0.0.1", "content-type": "application/json"}
        if token:
            headers["authorization"] = f"Bearer {token}"
        request = Request(method, path, query, headers, as_json(body))
        answer = (control if path.startswith("/_sandbox/") else graph).answer(request)
        return answer.status, json.loads(answer.body)

    return send


def run(transport: Transport) -> type[Machine]:
    machine = type("SandboxMachine", (Machine,), {"transport": staticmethod(transport)})
    run_state_machine_as_test(machine, settings=QUICK)
    return machine


def test_the_sandbox_does_what_the_model_says() -> None:
    assert ONE_CALL.keys() - run(in_process()).reached == set(), "the model has no rule for these"


def forgets_a_grant() -> Transport:
    return in_process({"grant_page_access": lambda call: {"success": True}})


def forgets_a_removal() -> Transport:
    return in_process({"remove_ad_account_agency": lambda call: {"success": True}})


def forgets_a_request() -> Transport:
    return in_process({"request_page_access": lambda call: {"access_status": "PENDING"}})


def forgets_a_cancellation() -> Transport:
    return in_process({"cancel_obo_request": lambda call: {"success": "true"}})


def with_lists(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[Listing, Window, Callable[[Window], Page]], Page]
) -> Transport:
    """A store whose lists are read in another way: by `change`, given what reads them rightly."""
    for kind in (Listing, PartnerListing):

        def page(self: Listing, window: Window, right: Any = kind.page) -> Page:
            return change(self, window, lambda window: right(self, window))

        monkeypatch.setattr(kind, "page", page)
    return in_process()


def moved(window: Window, by: int) -> Window:
    """The window, from a business further on (or back)."""
    return replace(window, after=str(int(window.after) + by)) if window.after else window


def lists_an_item_twice_across_pages(monkeypatch: pytest.MonkeyPatch) -> Transport:
    def change(listing: Listing, window: Window, read: Callable[[Window], Page]) -> Page:
        return read(moved(window, -1) if listing._selection is store.OF_ASSET else window)

    return with_lists(monkeypatch, change)


def leaves_an_item_out_across_pages(monkeypatch: pytest.MonkeyPatch) -> Transport:
    def change(listing: Listing, window: Window, read: Callable[[Window], Page]) -> Page:
        return read(moved(window, 1) if listing._selection is store.OF_ASSET else window)

    return with_lists(monkeypatch, change)


def leaves_a_partner_out_across_pages(monkeypatch: pytest.MonkeyPatch) -> Transport:
    def change(listing: Listing, window: Window, read: Callable[[Window], Page]) -> Page:
        return read(moved(window, 1) if isinstance(listing, PartnerListing) else window)

    return with_lists(monkeypatch, change)


def has_no_next_page(monkeypatch: pytest.MonkeyPatch) -> Transport:
    return with_lists(monkeypatch, lambda _, window, read: replace(read(window), more_after=False))


def ignores_the_limit(monkeypatch: pytest.MonkeyPatch) -> Transport:
    return with_lists(monkeypatch, lambda _, window, read: read(replace(window, limit=10_000)))


def counts_wrongly(monkeypatch: pytest.MonkeyPatch) -> Transport:
    count = Listing.count
    monkeypatch.setattr(Listing, "count", lambda self: count(self) + 1)
    return in_process()


def counts_no_change(monkeypatch: pytest.MonkeyPatch) -> Transport:
    class Changed(Store):
        """Keeps a number although something has changed."""

        kept: ClassVar[dict[Any, int]] = {}

        def count(self, sql: str, *values: Any) -> int:
            return self.kept.setdefault((sql, *values), super().count(sql, *values))

    Changed.kept.clear()
    return in_process(store=Changed(":memory:"))


def shows_a_request_as_confirmed(monkeypatch: pytest.MonkeyPatch) -> Transport:
    def change(_: Listing, window: Window, read: Callable[[Window], Page]) -> Page:
        page = read(window)
        page.rows = [row._replace(waits_for=None) if hasattr(row, "waits_for") else row for row in page.rows]
        return page

    return with_lists(monkeypatch, change)


def keeps_an_answered_request_pending() -> Transport:
    class Changed(Store):
        def confirm(self, access: Any) -> None:
            pass

    return in_process(store=Changed(":memory:"))


def lists_obo_requests_that_are_over() -> Transport:
    class Changed(Store):
        def obo_sent(self, business: str) -> Listing:
            every = Selection(OboRequest, "id", "obo_requests WHERE requesting_business = ?")
            return Listing(self, every, business)

    return in_process(store=Changed(":memory:"))


def ignores_the_status() -> Transport:
    class Changed(Store):
        def obo_of_object(self, object_id: str, status: str | None) -> Listing:
            return super().obo_of_object(object_id, None)

    return in_process(store=Changed(":memory:"))


def lets_an_agency_pass_access_on() -> Transport:
    def grant(call: Any) -> Any:
        asset = call.store.asset(f"act_{call.path['ad_account_id']}")
        held = asset and call.store.access(asset.id, call.token.business)
        if held and held.waits_for is None:
            call.token = call.token._replace(business=asset.owner)
        return HANDLERS["grant_ad_account_access"](call)

    return in_process({"grant_ad_account_access": grant})


def takes_any_token_for_a_page() -> Transport:
    def grant(call: Any) -> Any:
        call.token = call.token._replace(page=call.path["page_or_business_id"])
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
            call.token = call.token._replace(business=row.requesting_business)
        return HANDLERS["get_obo_request"](call)

    return in_process({"get_obo_request": get})


def with_document(change: Callable[[str, dict[str, Any]], None], **handlers: Any) -> Transport:
    """A sandbox that validates by another document than ours; with these handlers, by operationId."""

    class Changed(Wire):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args)
            for endpoint in self._routes.endpoints.values():
                for parameters in (endpoint.query, *endpoint.bodies.values()):
                    change(endpoint.id, parameters)
                endpoint.__post_init__()  # reads the parameters anew

    return in_process(handlers, wire=Changed)


@dataclass
class Accepts:
    """A validator of another kind."""

    is_valid: Callable[[Any], bool]


def accepting(name: str, is_valid: Callable[[Any], bool]) -> Transport:
    def change(operation: str, parameters: dict[str, Any]) -> None:
        if name in parameters:
            parameters[name].validator = Accepts(is_valid)

    return with_document(change)


def accepts_an_unknown_task() -> Transport:
    return accepting("permitted_tasks", lambda tasks: True)


def accepts_an_unknown_status() -> Transport:
    return accepting("status", lambda status: True)


def accepts_any_limit() -> Transport:
    return accepting("limit", lambda limit: True)


def reading(clean: Callable[[str], str], is_valid: Callable[[Any], bool]) -> Transport:
    """A sandbox that grants to other texts than ids, too."""

    def change(operation: str, parameters: dict[str, Any]) -> None:
        if "business" in parameters:
            parameters["business"].validator = Accepts(is_valid)

    def grant_to(operation: str) -> Callable[[Any], Any]:
        def grant(call: Any) -> Any:
            call.params["business"] = clean(call.params["business"])
            return HANDLERS[operation](call)

        return grant

    operations = ("grant_page_access", "grant_ad_account_access")
    return with_document(change, **{operation: grant_to(operation) for operation in operations})


def takes_an_id_with_a_line_feed_after_it() -> Transport:
    return reading(str.strip, lambda id: re.match("^[0-9]+$", str(id)) is not None)


def takes_an_id_of_digits_that_are_not_ascii() -> Transport:
    return reading(lambda id: str(int(id)), lambda id: str(id).isdigit())


def not_required(name: str, *operations: str, value: Callable[[Any], Any]) -> Transport:
    """A sandbox whose operations need no such parameter, but take a value of their own."""

    def change(operation: str, parameters: dict[str, Any]) -> None:
        if operation in operations and name in parameters:
            parameters[name].required = False

    def with_default(operation: str) -> Callable[[Any], Any]:
        def handle(call: Any) -> Any:
            if name not in call.params:
                call.params[name] = value(call)
            return HANDLERS[operation](call)

        return handle

    return with_document(change, **{operation: with_default(operation) for operation in operations})


def some_agency(call: Any) -> str:
    rows = call.store.agencies_of(f"act_{call.path['ad_account_id']}").page(Window(1)).rows
    return str(rows[0].business) if rows else world.OUTSIDER


def removes_without_a_business() -> Transport:
    return not_required("business", "remove_ad_account_agency", value=some_agency)


def grants_without_tasks() -> Transport:
    operations = ("grant_page_access", "grant_ad_account_access")
    return not_required("permitted_tasks", *operations, value=lambda call: ["ANALYZE"])


def takes_the_first_of_repeated_parameters() -> Transport:
    send = in_process()
    return lambda method, path, body, token: send(method, re.sub("&business=[0-9]+$", "", path), body, token)


def forgets_a_removal_of_everything() -> Transport:
    return in_process({"remove_client": lambda call: {"success": True}})


def grants_only_the_first_task() -> Transport:
    def grant(call: Any) -> Any:
        call.params["permitted_tasks"] = call.params["permitted_tasks"][:1]
        return HANDLERS["grant_ad_account_access"](call)

    return in_process({"grant_ad_account_access": grant})


FAULTS = [
    forgets_a_grant,
    forgets_a_removal,
    forgets_a_request,
    forgets_a_cancellation,
    lists_an_item_twice_across_pages,
    leaves_an_item_out_across_pages,
    leaves_a_partner_out_across_pages,
    has_no_next_page,
    ignores_the_limit,
    counts_wrongly,
    counts_no_change,
    shows_a_request_as_confirmed,
    keeps_an_answered_request_pending,
    lists_obo_requests_that_are_over,
    ignores_the_status,
    lets_an_agency_pass_access_on,
    takes_any_token_for_a_page,
    needs_no_review,
    shows_obo_requests_to_everybody,
    accepts_an_unknown_task,
    accepts_an_unknown_status,
    accepts_any_limit,
    takes_an_id_with_a_line_feed_after_it,
    takes_an_id_of_digits_that_are_not_ascii,
    removes_without_a_business,
    grants_without_tasks,
    takes_the_first_of_repeated_parameters,
    forgets_a_removal_of_everything,
    grants_only_the_first_task,
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_the_model_notices_a_sandbox_that(
    fault: Callable[..., Transport], monkeypatch: pytest.MonkeyPatch
) -> None:
    transport = fault(monkeypatch) if signature(fault).parameters else fault()
    with pytest.raises(AssertionError):
        run(transport)
