"""Schemathesis: requests generated from the document, valid and invalid, and each answer held against it."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from hypothesis import reject, settings
from hypothesis.stateful import Bundle, initialize
from schemathesis.core.failures import Failure
from schemathesis.generation.stateful import run_state_machine_as_test
from schemathesis.generation.stateful.state_machine import StepInput
from schemathesis.openapi.checks import UseAfterFree

from tests.contract.checks import body_of, needs_token
from tests.contract.suite import DOCUMENT, OPERATIONS, SANDBOX, SCHEMA, SETTINGS, Server, enabled

STARTS = {o.label: o for o in OPERATIONS if o.method != "delete"}
# Walks from each of them, and steps in a walk. Only the sandbox has ids enough to get anywhere.
WALKS, STEPS = (100 if SETTINGS.deep else 8) if SANDBOX else (10 if SETTINGS.deep else 2), 6


def test_every_operation_is_tested() -> None:
    documented = {
        operation["operationId"]
        for item in DOCUMENT["paths"].values()
        for method, operation in item.items()
        if isinstance(operation, dict) and (SETTINGS.writes or method == "get")
    }
    assert {operation.definition.raw["operationId"] for operation in OPERATIONS} == documented


@pytest.fixture
def succeeded(request: pytest.FixtureRequest, server: Server) -> Iterator[None]:
    """Fails the test of an operation without a success on the sandbox, whose ids and tokens are known."""
    label = request.node.operation_label
    before = server.successes(label)
    yield
    if SANDBOX and server.successes(label) == before:
        pytest.fail(f"no request of {label} was answered with a success, so this proves little")


@pytest.mark.usefixtures("exercised", "succeeded")
@SCHEMA.parametrize()
def test_generated_requests(case: Any, server: Server) -> None:
    response = server.call(case)
    if response is None:
        return
    case.validate_response(response)
    if enabled("graph_needs_token") and 200 <= response.status_code < 300:
        needs_token(server, case, response)


REMOVED: dict[str, set[str]] = defaultdict(set)  # path of an edge → ids of its entries that a walk took away


@SCHEMA.hook
def filter_failure(context: Any, failure: Failure, case: Any, response: Any) -> bool:
    """Whether Schemathesis is to report a failure.

    Its use_after_free takes a whole edge for gone once an entry is removed, and an OBO request once it is cancelled,
    but Graph goes on to show both (guide, "Remove Access to Assets" and "View OBO Request Details"). So what counts is
    that the entry is listed no more, and that the request is in progress no more.
    """
    if not isinstance(failure, UseAfterFree):
        return True
    body = body_of(response)
    listed = {entry.get("id") for entry in body.get("data", [])}
    return bool(listed & REMOVED[case.formatted_path]) or body.get("status") == "IN_PROGRESS"


class Walk(SCHEMA.as_state_machine()):  # type: ignore[misc]
    """Calls one after the other as the document's links lead, with generated values where they give none."""

    server: Server
    start: Any  # the operation to begin with
    started: ClassVar[set[str]] = set()
    scenarios = 0
    followed: ClassVar[Counter[str]] = Counter()  # links that led from a success to a success
    ways: ClassVar[Counter[str]] = (
        Counter()
    )  # "POST GET DELETE": three successes, each led to by the one before

    def setup(self) -> None:
        Walk.scenarios += 1
        self.way: dict[str, str] = {}  # id of a case → how it was come by
        REMOVED.clear()
        self.server.fresh(self.start.method.upper())

    def call(self, case: Any, **kwargs: Any) -> Any:
        response = self.server.call(case, fresh=False)
        if response is None:
            return reject()
        if response.status_code == 200 and case.method == "DELETE":
            REMOVED[case.formatted_path].add(str(case.query.get("business")))
        if response.status_code == 200 and case.method == "POST":
            REMOVED.clear()  # it may be back
        return response

    def step(self, input: Any) -> Any:
        output = super().step(input)
        if output.response.status_code == 200:
            before = self.way.get(input.transition.parent_id) if input.transition else None
            way = self.way[output.case.id] = f"{before or ''} {output.case.method}".strip()
            Walk.ways[way] += 1
            if before:
                Walk.followed[input.transition.id] += 1
        return output


def walk_from(operation: Any) -> type[Walk]:
    """Walks that begin with this operation: by itself Schemathesis begins with a POST, and not with all of them."""

    class WalkFrom(Walk):
        start = operation

        @initialize(target=Bundle("catch_all"), case=operation.as_strategy())
        def begin(self, case: Any) -> Any:
            first = StepInput.initial(case)
            self.recorder.record_case(case=case)
            self.control.record_step(first, self.recorder)
            return self.step(first)

    return WalkFrom


@pytest.mark.usefixtures("exercised")
@pytest.mark.parametrize("label", STARTS)
def test_walks_along_links(label: str, server: Server) -> None:
    Walk.server, before = server, Walk.scenarios
    Walk.started.add(label)
    run_state_machine_as_test(
        walk_from(STARTS[label]), settings=settings(max_examples=WALKS, stateful_step_count=STEPS)
    )
    assert Walk.scenarios - before >= WALKS, "walks were left out"


def test_walks_went_far(server: Server) -> None:
    """Each link of the document led from a success to a success, what was created was read and removed, and what was
    removed was looked for."""
    if Walk.started != set(STARTS):
        pytest.skip("not all walks were made")
    links = {link.full_name for known in Walk._transitions.operations.values() for link in known.outgoing}
    read_and_removed = sum(count for way, count in Walk.ways.items() if way.endswith("POST GET DELETE"))
    read_again = sum(count for way, count in Walk.ways.items() if way.endswith("DELETE GET"))
    server.remarks.append(
        f"{Walk.scenarios} walks, {Walk.followed.total()} steps along {len(Walk.followed)} of {len(links)} links; "
        f"{read_and_removed} times created, read and removed; {read_again} times read after a removal"
    )
    if SANDBOX:
        assert Walk.followed.keys() == links
        assert read_and_removed and read_again
    # Other servers may know none of the ids, or answer with empty lists, from which nothing leads on.
    assert Walk.followed or not any(server.successes(o.label) for o in OPERATIONS), "no link was followed"
