"""Schemathesis: requests generated from the document, valid and invalid, and each answer held against it."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.pytest._test_builder import build_operation_test

from tests.contract.checks import needs_token
from tests.contract.server import Server, id_of
from tests.contract.walks import first_requests
from tests.support.document import ONE_CALL

# `explicit`: without it Schemathesis silently leaves out the documented examples and its coverage phase. What is not
# said here comes from schemathesis.toml.
SETTINGS = settings(
    settings.get_profile("default"),
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


def test_every_operation_is_tested(server: Server) -> None:
    may_be_sent = {id for id, o in ONE_CALL.items() if server.target.writes or o.method == "get"}
    assert server.operations.keys() == may_be_sent


@pytest.fixture
def succeeded(server: Server, operation: Any) -> Iterator[None]:
    """Fails the test of an operation without a success on a server whose ids and tokens are known."""
    before = server.successes(id_of(operation))
    yield
    if server.world and server.successes(id_of(operation)) == before:
        pytest.fail(f"no request of {id_of(operation)} was answered with a success, so this proves little")


@pytest.mark.sends_requests
@pytest.mark.usefixtures("succeeded")
@pytest.mark.parametrize("operation_id", ONE_CALL)
def test_generated_requests(operation: Any, server: Server) -> None:
    def hold_against_the_document(case: Any) -> None:
        with server.noting():
            response = server.call(case)
            if response is None:
                return
            case.validate_response(response)
        if 200 <= response.status_code < 300 and not server.kind.takes_any_token:
            needs_token(server, case, response)

    @SETTINGS
    def answer_is_as_documented(case: Any) -> None:
        hold_against_the_document(case)

    # What `schema.parametrize()` makes of a function when tests are collected, but for a server that runs. Schemathesis
    # 4.32 has `from_fixture` for that, which does not work with pytest 9.2.
    build_operation_test(
        config=server.schema.config,
        operation=operation,
        test_func=answer_is_as_documented,
        given_kwargs={},
        feedback=FeedbackSources(),
    )()
    # Few of all pairs of businesses have something to remove.
    for first in first_requests(server, operation) if server.world else ():
        if server.successes(id_of(operation)):
            break
        hold_against_the_document(first())
