"""Property tests of the generated client: whatever the document allows as arguments makes a request that the
document allows, and whatever it allows as an answer comes out of the client unchanged."""

import json
import ssl
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import schemathesis
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from meta_b2b_client import AuthenticatedClient
from meta_b2b_client.models import ErrorResponse
from meta_b2b_client.types import Response
from meta_b2b_sandbox.document import Document, mounted

from scripts.node import ROOT
from tests.contract.plan import MOCK, Plan
from tests.contract.server import ENOUGH, Server, profile
from tests.support.client_calls import KINDS, OPERATIONS, Caller, Operation, violations
from tests.support.document import B2B, DOCUMENT
from tests.support.recorder import Request

EXAMPLES, DEEP_EXAMPLES = 8, 250  # of each operation, each called in both ways
EVERY = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.id)
TOKEN = "EAAtokenThatMustStaySecret"
LOCAL = "http://127.0.0.1/v26.0"  # never called


def arguments(schema: Any, operation: Operation) -> SearchStrategy[Any]:
    """Valid requests for the operation, as the schema has it."""
    cases: SearchStrategy[Any] = schema.find_operation_by_id(operation.id).as_strategy()
    return cases


def answers(operation: Operation) -> SearchStrategy[tuple[int, Any]]:
    """Status and JSON body of any answer that the document has for the operation; four of five are a 200.

    Schemathesis makes requests only, so each answer's schema stands in as that of a request.
    """
    paths = {
        f"/{status}": {
            "post": {
                "operationId": str(status),
                "requestBody": {"required": True, "content": answer["content"]},
                "responses": {"200": {"description": "None."}},
            }
        }
        for status, answer in operation.responses.items()
    }
    # Only a batch fails without a code, and the client sends none (overlays/client.yaml).
    error = {"GraphError": CLIENT["components"]["schemas"]["GraphError"]}
    components = {**DOCUMENT["components"], "schemas": {**DOCUMENT["components"]["schemas"], **error}}
    schema = schemathesis.openapi.from_dict({**DOCUMENT, "components": components, "paths": paths})
    statuses = [int(status) for status in operation.responses]
    failures = [status for status in statuses if status != 200]
    return st.sampled_from([200] * 4 * len(failures) + failures).flatmap(
        lambda status: schema[f"/{status}"]["POST"].as_strategy().map(lambda case: (status, case.body))
    )


# The document as the client has it: of three encodings of a body the one in JSON, and ids as strings only. What
# comes out is held against the document itself.
CLIENT = mounted(Document.load(ROOT / "generated" / "openapi" / "client.yaml").tree)


class Recorded:
    """Calls operations in both ways, and holds each request against the document."""

    def __init__(
        self,
        call: Caller,
        base_url: str,
        before: Callable[[str], None],
        sign: Callable[[httpx.Request], None],
    ) -> None:
        """`before` is called with the operationId before each call, `sign` puts the right token in."""
        self._call, self._before, self._sign = call, before, sign
        self._base_path = urlsplit(base_url).path
        self._requests: list[Request] = []
        call.client.get_httpx_client().event_hooks = {"request": [self._record]}
        call.client.get_async_httpx_client().event_hooks = {"request": [self._record_async]}

    def _record(self, request: httpx.Request) -> None:
        target = request.url.raw_path.decode()
        self._requests.append(Request(request.method, target, dict(request.headers), request.content))
        # A client has one token, but this may be another business's call.
        self._sign(request)

    async def _record_async(self, request: httpx.Request) -> None:
        self._record(request)

    def check(self, operation: Operation, case: Any) -> Iterator[Response[Any]]:
        """The answer to each way of making the call."""
        for kind in KINDS:
            self._before(operation.id)
            answer = self._call(operation, kind, {**case.path_parameters, **case.query}, case.body)
            request = self._requests.pop()
            assert self._requests == []
            found = violations(operation, request, self._base_path, self._call.client.token)
            assert found == [], f"{kind} {operation.id}: {request.method} {request.target} {request.body!r}"
            yield answer


@pytest.fixture(scope="module")
def tls() -> ssl.SSLContext:
    """One for all clients: making it takes longer than many calls."""
    return ssl.create_default_context()


@pytest.fixture
def remote(server: Server, tls: ssl.SSLContext) -> Iterator[Recorded]:
    def sign(request: httpx.Request) -> None:
        method, url = request.method, str(request.url)
        request.headers["Authorization"] = f"Bearer {server.token_for(method, url)}"
        request.url = httpx.URL(server.proven(method, url))

    with Caller(AuthenticatedClient(server.base_url, server.token, verify_ssl=tls)) as call:
        yield Recorded(call, server.base_url, server.fresh, sign)


class Answering:
    """A transport that gives the answer that it was told to."""

    def __init__(self) -> None:
        self.answer: tuple[int, Any] = 200, {}
        self.transport = httpx.MockTransport(lambda _: httpx.Response(self.answer[0], json=self.answer[1]))


def test_every_operation_is_there() -> None:
    assert {o.id for o in OPERATIONS} == Document(CLIENT).operations.keys()


@EVERY
def test_request_and_answer(remote: Recorded, server: Server, plan: Plan, operation: Operation) -> None:
    """Against the server: the request is one of the document, and the answer comes out as it was sent."""
    if operation.method.upper() != "GET" and not server.target.writes:
        pytest.skip("changes data, and the server is not on this machine")
    successes = 0

    def calls(case: Any) -> None:
        nonlocal successes
        for answer in remote.check(operation, case):
            if operation.method.upper() != "GET":
                server.changed()
            successes += answer.status_code == 200
            assert str(answer.status_code) in B2B.operations[operation.id].responses
            assert answer.parsed is not None
            assert answer.parsed.to_dict() == json.loads(answer.content)

    cases = arguments(server.configured(CLIENT), operation)
    profile(plan, DEEP_EXAMPLES if plan.deep else EXAMPLES)(given(cases)(calls))()
    if server.world and not successes:
        profile(plan, ENOUGH)(given(cases)(calls))()
        assert successes, "no call was answered with a success"


@EVERY
def test_any_answer(plan: Plan, operation: Operation) -> None:
    """Any answer of the document, with values and fields that the client does not know, comes out as sent."""
    if MOCK not in plan.targets:
        pytest.skip("calls no server: done with the mock")
    answering = Answering()
    httpx_args = {"transport": answering.transport}
    with Caller(AuthenticatedClient(LOCAL, TOKEN, httpx_args=httpx_args)) as call:
        local = Recorded(call, LOCAL, lambda id: None, lambda request: None)

        @profile(plan, DEEP_EXAMPLES if plan.deep else EXAMPLES)
        @given(answers(operation), arguments(schemathesis.openapi.from_dict(CLIENT), operation))
        def calls(answer: tuple[int, Any], case: Any) -> None:
            status, body = answering.answer = answer
            for answered in local.check(operation, case):
                assert answered.status_code == status
                assert isinstance(answered.parsed, ErrorResponse) == (status != 200)
                assert answered.parsed is not None
                assert answered.parsed.to_dict() == body

        calls()
