"""Requests made from the document's examples: each is accepted, and each is refused when one thing in it is wrong."""

from typing import Any

import pytest
from requests import PreparedRequest, Request
from schemathesis.core.failures import FailureGroup

from scripts.mock.prism import resolve
from tests.contract.cases import bodies, example_cases, first_example, invalid_cases
from tests.contract.checks import accepts, body_of, needs_token, refuses
from tests.contract.suite import DOCUMENT, OPERATIONS, SETTINGS, TAKES, Server, enabled

pytestmark = pytest.mark.usefixtures("exercised")
MALFORMED = {
    "application/json": (b"{", b"", b" ", b"\xff", b'{"a": 1', b"{} {}", b"[" * 100_000),
    "multipart/form-data; boundary=x": (b"", b"{}", b"--x\r\n", b"--y--\r\n"),
    "application/x-www-form-urlencoded": (b"", b"\xff", b"%", b"&&&", b"{}"),
    "text/xml": (b"<a/>", b"{}"),
}


def name(operation: Any) -> str:
    return str(operation.definition.raw["operationId"])


each_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=name)


def links(operation: Any) -> list[dict[str, Any]]:
    return [
        resolve(DOCUMENT, link)
        for answer in operation.definition.raw["responses"].values()
        for link in answer.get("links", {}).values()
    ]


def evaluate(expression: str, case: Any, response: Any) -> Any:
    """The value of an OpenAPI runtime expression, None if it leads nowhere. Only the kinds that the document uses."""
    source, _, pointer = expression.partition("#")
    if source.startswith("$request.path."):
        return case.path_parameters[source.removeprefix("$request.path.")]
    found = {"$request.body": case.body, "$response.body": body_of(response)}[source]
    for key in pointer.split("/")[1:]:
        try:
            found = found[int(key) if isinstance(found, list) else key]
        except (KeyError, IndexError):
            return None
    return found


def taken_by_mock(case: Any, request: PreparedRequest) -> bool:
    return any(applies(case, request) for applies in TAKES)


def call(server: Server, case: Any, **kwargs: Any) -> Any:
    """The answer, held against the document; None if the mock cannot take the request."""
    response = server.call(case, **kwargs)
    if response is not None:
        case.validate_response(response)
    return response


@each_operation
def test_examples_are_accepted(operation: Any, server: Server, token: str) -> None:
    for label, case in example_cases(operation, token):
        response = call(server, case)
        assert response is not None, f"{label}: cannot be sent"
        try:
            accepts(response)
            # The mock knows all ids. Of the others, most do not have those of the examples.
            assert SETTINGS.base_url is not None or response.status_code == 200, "no success"
        except AssertionError as error:
            raise AssertionError(f"{label}: {error}\n{case.as_curl_command()}") from None


@each_operation
def test_token_may_be_elsewhere(operation: Any, server: Server, token: str) -> None:
    """In the query, and in a form that has a field for it."""
    case = first_example(operation, token)
    del case.headers["Authorization"]
    case.query["access_token"] = token
    accepts(call(server, case))
    for media_type, media in bodies(operation).items():
        if "access_token" in resolve(DOCUMENT, media["schema"])["properties"]:
            for label, case in example_cases(operation, token):
                if label.startswith(media_type):
                    del case.headers["Authorization"]
                    case.body["access_token"] = token
                    accepts(call(server, case))


@pytest.mark.skipif(not enabled("graph_needs_token"), reason="schemathesis.toml says why")
@each_operation
def test_token_is_needed(operation: Any, server: Server, token: str) -> None:
    for _, case in example_cases(operation, token):
        needs_token(server, case, call(server, case))


@each_operation
def test_invalid_requests_are_refused(operation: Any, server: Server, token: str) -> None:
    failures = []
    for label, case in invalid_cases(operation, token):
        try:
            response = call(server, case)
            if response is not None and not (
                response.status_code == 200 and taken_by_mock(case, response.request)
            ):
                refuses(response)
        except (AssertionError, FailureGroup) as error:
            failures.append(f"{label}: {error}")
    assert not failures, "\n\n".join([f"{len(failures)} invalid requests:", *failures[:20]])


@pytest.mark.skipif(not any(map(bodies, OPERATIONS)), reason="no operation with a body may be sent")
@pytest.mark.parametrize("media_type", MALFORMED)
def test_malformed_bodies_are_refused(media_type: str, server: Server, token: str) -> None:
    for operation in filter(bodies, OPERATIONS):
        for data in MALFORMED[media_type]:
            case = first_example(operation, token)
            response = call(server, case, data=data, headers={**case.headers, "Content-Type": media_type})
            if response is not None:
                refuses(response)


@pytest.mark.parametrize("applies", TAKES, ids=lambda applies: applies.__name__)
def test_mock_still_takes(applies: Any, server: Server, token: str) -> None:
    """An exception made for the mock (schemathesis.toml) that it no longer needs has to go."""
    cases = (case for operation in OPERATIONS for _, case in invalid_cases(operation, token))
    requests = ((case, Request(**case.as_transport_kwargs(server.base_url)).prepare()) for case in cases)
    matching = (case for case, request in requests if applies(case, request))
    assert any(server.call(case).status_code == 200 for case in matching)


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if links(o)], ids=name)
def test_links_lead_on(operation: Any, server: Server, token: str) -> None:
    """The answer to the example has what the links take from it, and it is good for what they lead to."""
    case = first_example(operation, token)
    response = call(server, case)
    if response.status_code != 200:
        pytest.skip(f"the example was not answered with a success: {response.text[:200]}")
    for link in links(operation):
        target = next((o for o in OPERATIONS if name(o) == link["operationId"]), None)
        if target is None:
            continue  # not a GET, on a server that is not on this machine
        following = first_example(target, token)
        for parameter, expression in link["parameters"].items():
            value = evaluate(expression, case, response)
            if value is None and SETTINGS.base_url is not None:
                break  # an empty list, for example
            assert isinstance(value, str), f"{expression} of the link to {link['operationId']} is {value!r}"
            place = following.path_parameters if parameter in following.path_parameters else following.query
            place[parameter] = value
        else:
            accepts(call(server, following, fresh=False))
