"""Schemathesis: requests generated from the document, valid and invalid, and each answer held against it."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import reject, settings
from schemathesis.generation.stateful import run_state_machine_as_test

from tests.contract.checks import needs_token
from tests.contract.suite import DOCUMENT, OPERATIONS, SCHEMA, SETTINGS, Server, enabled

WALKS = 200 if SETTINGS.deep else 20


def test_every_operation_is_tested() -> None:
    documented = {
        operation["operationId"]
        for item in DOCUMENT["paths"].values()
        for method, operation in item.items()
        if isinstance(operation, dict) and (SETTINGS.writes or method == "get")
    }
    assert {operation.definition.raw["operationId"] for operation in OPERATIONS} == documented


@pytest.mark.usefixtures("exercised")
@SCHEMA.parametrize()
def test_generated_requests(case: Any, server: Server) -> None:
    response = server.call(case)
    if response is None:
        return
    case.validate_response(response)
    if enabled("graph_needs_token") and 200 <= response.status_code < 300:
        needs_token(server, case, response)


@pytest.mark.usefixtures("exercised")
def test_walks_along_links(server: Server) -> None:
    """Calls one after the other as the document's links lead, with generated values where they give none."""
    followed: Counter[str] = Counter()

    class Walk(SCHEMA.as_state_machine()):  # type: ignore[misc]
        def call(self, case: Any, **kwargs: Any) -> Any:
            # JSON may write an id as 7.0, and a link then takes that over into a query, where it is none.
            case.query.update({k: int(v) for k, v in case.query.items() if isinstance(v, float)})
            response = server.call(case)
            return reject() if response is None else response

        def step(self, input: Any) -> Any:
            output = super().step(input)
            if input.transition is not None:
                followed[input.transition.id] += 1
            return output

    run_state_machine_as_test(Walk, settings=settings(max_examples=WALKS, stateful_step_count=6))
    # A server without data answers with empty lists, from which nothing leads on.
    answered = sum(count for answers in server.answers.values() for s, count in answers.items() if s == 200)
    assert followed or not answered, "no link was followed"
