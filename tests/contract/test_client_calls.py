"""Property tests of the client: whatever the document allows as arguments makes a request that the
document allows, and whatever it allows as an answer comes out of the client unchanged."""

import json
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import schemathesis
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from meta_b2b_client import AsyncB2BClient, GraphError, RawResponse, UnexpectedAnswer
from meta_b2b_sandbox.document import JSON, Document, mounted

from scripts.node import ROOT
from tests.contract.plan import MOCK, Plan
from tests.contract.server import ENOUGH, Server, profile
from tests.support.client_calls import OPERATIONS, TWINS, Operation, Twin, as_written, violations
from tests.support.document import B2B, DOCUMENT, resolve
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
    """Calls operations with both clients, and holds each request against the document."""

    def __init__(
        self,
        base_url: str,
        before: Callable[[str], None] = lambda id: None,
        sign: Callable[[httpx.Request], None] = lambda request: None,
        **settings: Any,
    ) -> None:
        """`before` is called with the operationId before each call, `sign` puts the right token in; `settings` are
        those of httpx's clients."""
        self._before, self._sign = before, sign
        self._base_path = urlsplit(base_url).path
        self._requests: list[Request] = []
        http = httpx.Client(event_hooks={"request": [self._record]}, **settings)
        ahttp = httpx.AsyncClient(event_hooks={"request": [self._record_async]}, **settings)
        self._twins = [
            Twin(kind, TOKEN, base_url=base_url, http_client=client, max_retries=0)
            for kind, client in zip(TWINS, (http, ahttp), strict=True)
        ]

    def close(self) -> None:
        for twin in self._twins:
            twin.done(
                twin.b2b._http.aclose() if isinstance(twin.b2b, AsyncB2BClient) else twin.b2b._http.close()
            )
            twin.__exit__()

    def _record(self, request: httpx.Request) -> None:
        target = request.url.raw_path.decode()
        self._requests.append(Request(request.method, target, dict(request.headers), request.content))
        # A client has one token, but this may be another business's call.
        self._sign(request)

    async def _record_async(self, request: httpx.Request) -> None:
        self._record(request)

    def check(self, operation: Operation, case: Any) -> Iterator[RawResponse[Any] | GraphError]:
        """What each client makes of the call: the answer, or the failure."""
        fields = resolve(operation.bodies[JSON]["schema"])["properties"] if operation.bodies else {}
        body = (
            {name: value for name, value in (case.body or {}).items() if name in fields} if fields else None
        )
        for twin in self._twins:
            self._before(operation.id)
            try:
                answer = twin.raw(operation, {**case.path_parameters, **case.query}, body)
            except GraphError as error:
                answer = error
            request = self._requests.pop()
            assert self._requests == []
            found = violations(operation, request, self._base_path, TOKEN)
            assert found == [], f"{operation.id}: {request.method} {request.target} {request.body!r}"
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

    with closing(Recorded(server.base_url, server.fresh, sign, verify=tls, timeout=60)) as recorded:
        yield recorded


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
            assert str(answer.status) in B2B.operations[operation.id].responses
            if isinstance(answer, GraphError):
                assert answer.code is not None
            else:
                successes += 1
                assert answer.parse().to_dict() == cleaned(json.loads(answer.content))

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
    with closing(Recorded(LOCAL, transport=answering.transport)) as local:

        @profile(plan, DEEP_EXAMPLES if plan.deep else EXAMPLES)
        @given(answers(operation), arguments(schemathesis.openapi.from_dict(CLIENT), operation))
        def calls(answer: tuple[int, Any], case: Any) -> None:
            status, body = answering.answer = answer
            for answered in local.check(operation, case):
                assert answered.status == status
                if not isinstance(answered, GraphError):
                    assert as_written(answered.parse().to_dict()) == as_written(cleaned(body))
                elif status == 200:  # Graph says so when it did nothing
                    assert isinstance(answered, UnexpectedAnswer) and body["success"] in (False, "false")
                else:
                    assert answered.code == body["error"]["code"]
                assert isinstance(answered, GraphError) or status == 200

        calls()


def cleaned(body: Any) -> Any:
    """The answer as the client gives it on: without tokens in the addresses of other pages."""
    paging = body.get("paging", {})
    links = {
        name: re.sub(r"(?<=[?&])access_token=[^&]*&?", "", paging[name])
        for name in ("next", "previous")
        if name in paging
    }
    return {**body, "paging": {**paging, **links}} if links else body
