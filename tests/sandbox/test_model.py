"""The sandbox does what the model says; a sandbox with a fault does not, for each fault that we plant."""

import hmac
import itertools
import json
import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from inspect import signature
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from meta_b2b_sandbox import people, rights, rules, store, tokens, world
from meta_b2b_sandbox.app import HANDLERS, READERS
from meta_b2b_sandbox.control import Control
from meta_b2b_sandbox.document import OPENAPI, Document
from meta_b2b_sandbox.faults import Faults
from meta_b2b_sandbox.graph_names import GraphNames
from meta_b2b_sandbox.reading import Request
from meta_b2b_sandbox.store import (
    Access,
    Asset,
    Listing,
    OboRequest,
    Page,
    PartnerListing,
    Selection,
    Store,
    Token,
    Window,
)
from meta_b2b_sandbox.wire import Reading, Wire

from tests.support.document import B2B, ONE_CALL
from tests.support.model import Machine, Transport, as_json

QUICK = settings(
    max_examples=60,
    stateful_step_count=25,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
# For a planted fault, which ends the run when it is found: some take a chain of rare steps.
LONG = settings(QUICK, max_examples=1000, stateful_step_count=40)


OPEN: list[Store] = []


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """Close what a test opened."""
    yield
    while OPEN:
        OPEN.pop().close()


CONTROL = Document.load(OPENAPI / "sandbox.yaml")
NUMBERS = [itertools.count()]  # of new tokens


def in_process(
    handlers: dict[str, Any] | None = None, store: Store | None = None, wire: type[Wire] = Wire
) -> Transport:
    """A sandbox without sockets."""
    store = store or Store(":memory:")
    OPEN.append(store)
    faults = Faults()
    graph = wire(B2B, store, {**HANDLERS, **(handlers or {})}, READERS, faults)
    control = Control(CONTROL, B2B, store, faults)
    world.load(store)

    def send(method: str, path: str, body: Any, token: str | None) -> tuple[int, Any]:
        if path == "/_sandbox/reset":
            NUMBERS[0] = itertools.count()
        path, _, query = path.partition("?")
        headers = {"host": "127.0.0.1", "content-type": "application/json"}
        if token:
            headers["authorization"] = f"Bearer {token}"
        request = Request(method, path, query, headers, as_json(body))
        answer = (control if path.startswith("/_sandbox/") else graph).answer(request)
        return answer.status, json.loads(answer.body)

    return send


def run(transport: Transport, how: settings = QUICK) -> type[Machine]:
    machine = type("SandboxMachine", (Machine,), {"transport": staticmethod(transport)})
    run_state_machine_as_test(machine, settings=how)
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
        def obo_of_object(self, object_id: str, status: str | None, receiving: str | None = None) -> Listing:
            return super().obo_of_object(object_id, None, receiving)

    return in_process(store=Changed(":memory:"))


def shows_a_receiver_the_requests_to_others() -> Transport:
    class Changed(Store):
        def obo_of_object(self, object_id: str, status: str | None, receiving: str | None = None) -> Listing:
            return super().obo_of_object(object_id, status)

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


class Everything(list[str]):
    """Says of everything that it is in it."""

    def __contains__(self, _: object) -> bool:
        return True


def accepts_an_unknown_task() -> Transport:
    def change(operation: str, parameters: dict[str, Any]) -> None:
        if "permitted_tasks" in parameters:
            parameters["permitted_tasks"].choices = Everything(["ANALYZE"])

    return with_document(change)


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


def grants_more_than_analyze_without_tasks() -> Transport:
    def change(operation: str, parameters: dict[str, Any]) -> None:
        if "permitted_tasks" in parameters:
            parameters["permitted_tasks"].default = ["ADVERTISE", "ANALYZE"]

    return with_document(change)


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


def gives_nothing_up() -> Transport:
    return in_process({"remove_client_page": lambda call: {"success": True}})


def giving_up(change: Callable[[Any, Any], None]) -> Transport:
    """A sandbox in which `change` follows when an agency gives an access up: given the call and the access."""

    def handle(call: Any) -> Any:
        asset = call.params["adaccount_id"]
        access = call.store.access(asset, call.token.business)
        answer = HANDLERS["remove_client_ad_account"](call)
        with call.store.change():
            change(call, access)
        return answer

    return in_process({"remove_client_ad_account": handle})


def gives_up_another_asset() -> Transport:
    def change(call: Any, access: Any) -> None:
        others = call.store.held(call.token.business, "ad_account").page(Window(1)).rows
        if others:
            call.store.put_access(
                call.store.asset(access.asset), access.business, access.tasks, access.waits_for
            )
            call.store.remove_access(others[0])

    return giving_up(change)


def takes_the_access_of_other_agencies_too() -> Transport:
    def change(call: Any, access: Any) -> None:
        for row in call.store.agencies_of(access.asset).page(Window(100)).rows:
            call.store.remove_access(call.store.access(access.asset, row.business))

    return giving_up(change)


def keeps_an_agencys_page_token_after_the_access(monkeypatch: pytest.MonkeyPatch) -> Transport:
    monkeypatch.setattr(tokens, "is_good", lambda token, store: True)
    return in_process()


def lets_an_agencys_page_token_grant() -> Transport:
    def grant(call: Any) -> Any:
        if call.token.page == call.path["page_or_business_id"]:
            call.token = call.token._replace(business=call.store.asset(call.token.page).owner)
        return HANDLERS["grant_page_access"](call)

    return in_process({"grant_page_access": grant})


def lists_pages_of_others_as_owned() -> Transport:
    class Changed(Store):
        def owned(self, business: str, kind: str, search: str | None = None) -> Listing:
            return super().within_reach(business, kind)

    return in_process(store=Changed(":memory:"))


def lists_only_owned_pages_of_a_user() -> Transport:
    class Changed(Store):
        def within_reach(self, business: str, kind: str) -> Listing:
            return super().owned(business, kind)

    return in_process(store=Changed(":memory:"))


def with_page_tokens(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[Asset, Token, str | None], str | None]
) -> Transport:
    """A sandbox that shows the Page access tokens that `change` makes of the right ones."""
    right = rights.page_token
    monkeypatch.setattr(
        rights, "page_token", lambda store, page, token: change(page, token, right(store, page, token))
    )
    return in_process()


def shows_a_page_token_to_a_stranger(monkeypatch: pytest.MonkeyPatch) -> Transport:
    return with_page_tokens(
        monkeypatch, lambda page, token, right: right or f"page-token-{page.id}-{token.business}"
    )


def shows_the_owners_page_token_to_an_agency(monkeypatch: pytest.MonkeyPatch) -> Transport:
    return with_page_tokens(monkeypatch, lambda page, token, right: page.access_token if right else None)


def shows_every_business() -> Transport:
    class Changed(Store):
        def share(self, business: str, other: str) -> bool:
            return True

    return in_process(store=Changed(":memory:"))


def shows_every_user(monkeypatch: pytest.MonkeyPatch) -> Transport:
    monkeypatch.setattr(rules, "own_user", lambda call: call.store.user(call.path["user_id"]))
    return in_process()


def expanding(monkeypatch: pytest.MonkeyPatch, change: Callable[[Any, Any, str, Any], Any]) -> Transport:
    """A sandbox whose edges as fields are read in another way: by `change`, given the call, the choice, the node's id
    and what reads them rightly."""
    right = Reading.edge
    monkeypatch.setattr(
        Reading,
        "edge",
        lambda self, call, choice, id: change(call, choice, id, lambda *args: right(self, *args)),
    )
    return in_process()


def ignores_the_limit_of_an_edge_as_a_field(monkeypatch: pytest.MonkeyPatch) -> Transport:
    def change(call: Any, choice: Any, id: str, read: Any) -> Any:
        return read(call, replace(choice, params={**choice.params, "limit": 100}), id)

    return expanding(monkeypatch, change)


def shows_edges_of_another_business(monkeypatch: pytest.MonkeyPatch) -> Transport:
    def change(call: Any, choice: Any, id: str, read: Any) -> Any:
        if id != world.AGENCY:
            return read(call, choice, id)
        return read(replace(call, token=call.token._replace(business=world.OWNER)), choice, world.OWNER)

    return expanding(monkeypatch, change)


def leads_from_an_edge_as_a_field_elsewhere(monkeypatch: pytest.MonkeyPatch) -> Transport:
    def change(call: Any, choice: Any, id: str, read: Any) -> Any:
        shown = read(call, choice, id)
        if shown and "next" in shown.get("paging", {}):
            shown["paging"]["next"] = shown["paging"]["next"].replace(f"/{id}/", f"/{world.AD_ACCOUNT}/")
        return shown

    return expanding(monkeypatch, change)


def counts_the_shown_entries_of_an_edge_as_a_field(monkeypatch: pytest.MonkeyPatch) -> Transport:
    def change(call: Any, choice: Any, id: str, read: Any) -> Any:
        shown = read(call, choice, id)
        if shown and "summary" in shown:
            shown["summary"]["total_count"] = len(shown["data"])
        return shown

    return expanding(monkeypatch, change)


def accepts_an_unknown_field(monkeypatch: pytest.MonkeyPatch) -> Transport:
    monkeypatch.setattr(GraphNames, "fields", lambda self, node: Everything())
    return in_process()


def keeps_a_token_after_the_relationship() -> Transport:
    class Changed(Store):
        def part(self, partner: str, client: str) -> bool:
            sql = "DELETE FROM relationships WHERE partner = ? AND client = ?"
            return self._db.execute(sql, (partner, client)).rowcount > 0

    return in_process(store=Changed(":memory:"))


def shows_an_employee_what_is_not_assigned(monkeypatch: pytest.MonkeyPatch) -> Transport:
    monkeypatch.setattr(
        rights, "within_reach", lambda store, user, token, kind: store.within_reach(user.business, kind)
    )
    return in_process()


def shows_an_employee_all_that_is_owned(monkeypatch: pytest.MonkeyPatch) -> Transport:
    monkeypatch.setattr(
        rights, "owned", lambda store, token, kind, search: store.owned(token.business, kind, search)
    )
    return in_process()


def lets_an_employee_act_on_everything(monkeypatch: pytest.MonkeyPatch) -> Transport:
    monkeypatch.setattr(
        rights, "tasks", lambda store, asset, token: rights.of_business(store, asset, token.business)
    )
    return in_process()


def needs_no_proof() -> Transport:
    return in_process(
        {
            "create_access_token": lambda call: HANDLERS["create_access_token"](replace(call, proven=True)),
        }
    )


def takes_a_wrong_proof(monkeypatch: pytest.MonkeyPatch) -> Transport:
    lenient = SimpleNamespace(new=hmac.new, compare_digest=lambda one, other: True)
    monkeypatch.setattr(tokens, "hmac", lenient)
    return in_process()


def assigns_more_than_was_granted(monkeypatch: pytest.MonkeyPatch) -> Transport:
    monkeypatch.setattr(rights, "most_tasks", lambda store, asset, user: Everything())
    return in_process()


def lets_the_users_of_a_removed_agency_act(monkeypatch: pytest.MonkeyPatch) -> Transport:
    class Changed(Store):
        def remove_access(self, access: Access) -> None:
            sql = "DELETE FROM accesses WHERE asset = ? AND business = ?"
            self._db.execute(sql, (access.asset, access.business))

    right = rights.tasks

    def tasks(store: Store, asset: Asset, token: Token) -> list[str]:
        return right(store, asset, token) or store.assigned(asset.id, token.user or "")

    monkeypatch.setattr(rights, "tasks", tasks)
    return in_process(store=Changed(":memory:"))


def keeps_what_is_assigned_when_the_grant_shrinks() -> Transport:
    class Changed(Store):
        def put_access(self, asset: Asset, business: str, tasks: list[str], waits_for: str | None) -> None:
            kept = self._db.execute("SELECT * FROM assignments").fetchall()
            super().put_access(asset, business, tasks, waits_for)
            self._db.executemany("INSERT OR REPLACE INTO assignments VALUES (?, ?, ?)", kept)

    return in_process(store=Changed(":memory:"))


def lets_admins_of_other_businesses_assign(monkeypatch: pytest.MonkeyPatch) -> Transport:
    def assignable(call: Any, id: str) -> Asset:
        asset: Asset = call.store.asset(id)
        call.token = call.token._replace(business=asset.owner)
        return asset

    monkeypatch.setattr(people, "assignable", assignable)
    return in_process()


def lets_employees_assign(monkeypatch: pytest.MonkeyPatch) -> Transport:
    right = people.assignable

    def assignable(call: Any, id: str) -> Asset:
        return right(replace(call, token=call.token._replace(role="ADMIN")), id)

    monkeypatch.setattr(people, "assignable", assignable)
    return in_process()


def lists_the_assigned_users_of_other_businesses(monkeypatch: pytest.MonkeyPatch) -> Transport:
    right = people.assigned_users

    def assigned_users(call: Any, asset: Asset) -> Any:
        return right(replace(call, token=call.token._replace(business=call.params["business"])), asset)

    monkeypatch.setattr(people, "assigned_users", assigned_users)
    return in_process()


def takes_an_expired_token(monkeypatch: pytest.MonkeyPatch) -> Transport:
    monkeypatch.setattr(Token, "expired", property(lambda self: False))
    return in_process()


def takes_a_revoked_token() -> Transport:
    class Changed(Store):
        def end_token(self, access_token: str, expires: int | None = None, revoked: bool = False) -> bool:
            return super().end_token(access_token, expires)

    return in_process(store=Changed(":memory:"))


def ignores_scopes() -> Transport:
    class Changed(Wire):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args)
            for endpoint in self._routes.endpoints.values():
                endpoint.scope = ""

    return in_process(wire=Changed)


def gives_a_system_user_more_scopes_than_the_caller_has(monkeypatch: pytest.MonkeyPatch) -> Transport:
    monkeypatch.setattr(people, "wanted_scopes", lambda call: json.dumps(call.params["scope"].split(",")))
    return in_process()


def takes_a_person_for_a_system_user_of_the_partner() -> Transport:
    def create(call: Any) -> Any:
        systems = call.store.users_of(call.token.business, "system_user").page(Window(1)).rows
        if systems and call.token.admin:
            call.token = call.token._replace(user=systems[0].id)
        return HANDLERS["create_access_token"](call)

    return in_process({"create_access_token": create})


def tells_everybody_about_a_token() -> Transport:
    def info(call: Any) -> Any:
        token = call.store.token(call.params["input_token"])
        if token:
            app = call.store.app(token.app)
            call.token = call.token._replace(business=app.business, role="ADMIN")
        return HANDLERS["get_token_info"](call)

    return in_process({"get_token_info": info})


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
    shows_a_receiver_the_requests_to_others,
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
    grants_more_than_analyze_without_tasks,
    takes_the_first_of_repeated_parameters,
    forgets_a_removal_of_everything,
    grants_only_the_first_task,
    gives_nothing_up,
    gives_up_another_asset,
    takes_the_access_of_other_agencies_too,
    keeps_an_agencys_page_token_after_the_access,
    lets_an_agencys_page_token_grant,
    lists_pages_of_others_as_owned,
    lists_only_owned_pages_of_a_user,
    shows_a_page_token_to_a_stranger,
    shows_the_owners_page_token_to_an_agency,
    shows_every_business,
    shows_every_user,
    ignores_the_limit_of_an_edge_as_a_field,
    shows_edges_of_another_business,
    leads_from_an_edge_as_a_field_elsewhere,
    counts_the_shown_entries_of_an_edge_as_a_field,
    accepts_an_unknown_field,
    keeps_a_token_after_the_relationship,
    shows_an_employee_what_is_not_assigned,
    shows_an_employee_all_that_is_owned,
    lets_an_employee_act_on_everything,
    needs_no_proof,
    takes_a_wrong_proof,
    assigns_more_than_was_granted,
    lets_the_users_of_a_removed_agency_act,
    keeps_what_is_assigned_when_the_grant_shrinks,
    lets_admins_of_other_businesses_assign,
    lets_employees_assign,
    lists_the_assigned_users_of_other_businesses,
    takes_an_expired_token,
    takes_a_revoked_token,
    ignores_scopes,
    gives_a_system_user_more_scopes_than_the_caller_has,
    takes_a_person_for_a_system_user_of_the_partner,
    tells_everybody_about_a_token,
]


@pytest.fixture(autouse=True)
def tokens_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same new tokens after each reset: random ones would lead the same draws elsewhere in the next run, which
    Hypothesis takes for an error."""
    monkeypatch.setattr(secrets, "token_hex", lambda size: f"{next(NUMBERS[0]):0{2 * size}x}")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_the_model_notices_a_sandbox_that(
    fault: Callable[..., Transport], monkeypatch: pytest.MonkeyPatch
) -> None:
    transport = fault(monkeypatch) if signature(fault).parameters else fault()
    with pytest.raises(AssertionError):
        run(transport, LONG)
