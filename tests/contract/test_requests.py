"""Requests made from the document's examples: each is accepted, and each is refused when one thing in it is wrong."""

from typing import Any

import pytest
from requests import Request
from schemathesis.core.failures import FailureGroup

from tests.contract.cases import bodies, example_cases, first_example, invalid_cases
from tests.contract.checks import accepts, body_of, needs_token, refuses
from tests.contract.plan import DEFAULT
from tests.contract.server import Server, id_of
from tests.support.document import ONE_CALL, resolve

pytestmark = pytest.mark.sends_requests
MALFORMED = {
    "application/json": (b"{", b"", b" ", b"\xff", b'{"a": 1', b"{} {}", b"[" * 100_000),
    "multipart/form-data; boundary=x": (b"", b"{}", b"--x\r\n", b"--y--\r\n"),
    "application/x-www-form-urlencoded": (b"", b"\xff", b"%", b"&&&", b"{}"),
    "text/xml": (b"<a/>", b"{}"),
}
LINKS = {
    id: [
        resolve(link) for answer in operation.responses.values() for link in answer.get("links", {}).values()
    ]
    for id, operation in ONE_CALL.items()
}
each_operation = pytest.mark.parametrize("operation_id", ONE_CALL)


def evaluate(expression: str, case: Any, response: Any) -> Any:
    """The value of an OpenAPI runtime expression, None if it leads nowhere. Only the kinds that the document uses."""
    source, _, pointer = expression.partition("#")
    if source.startswith("$request.path."):
        return case.path_parameters[source.removeprefix("$request.path.")]
    if source.startswith("$request.query."):
        return case.query[source.removeprefix("$request.query.")]
    found = {"$request.body": case.body, "$response.body": body_of(response)}[source]
    for key in pointer.split("/")[1:]:
        try:
            found = found[int(key) if isinstance(found, list) else key]
        except (KeyError, IndexError):
            return None
    return found


def call(server: Server, case: Any, label: str = "", **kwargs: Any) -> Any:
    """The answer, held against the document; None if the server cannot take the request. `label`: what is special about
    it."""
    with server.noting(label):
        response = server.call(case, **kwargs)
        if response is not None:
            case.validate_response(response)
    return response


@each_operation
def test_examples_are_accepted(operation: Any, server: Server) -> None:
    for label, case in example_cases(operation, server.token):
        response = call(server, case, label)
        assert response is not None, f"{label}: cannot be sent"
        with server.noting(label):
            accepts(response)
            # Most servers do not have the ids of the examples.
            assert response.status_code == 200 or not server.kind.knows_every_id, "no success"


@each_operation
def test_token_may_be_elsewhere(operation: Any, server: Server) -> None:
    """In the query, and in a form that has a field for it."""
    case = first_example(operation, server.token)
    token = server.token_for(case.method, f"{server.base_url}{case.formatted_path}")
    del case.headers["Authorization"]
    case.query["access_token"] = token
    accepts(call(server, case))
    for media_type, media in bodies(operation).items():
        if "access_token" in resolve(media["schema"])["properties"]:
            for label, case in example_cases(operation, server.token):
                if label.startswith(media_type):
                    del case.headers["Authorization"]
                    case.body["access_token"] = token
                    accepts(call(server, case))


@each_operation
def test_token_is_needed(operation: Any, server: Server) -> None:
    if server.kind.takes_any_token:
        pytest.skip("this server takes any token")
    for _, case in example_cases(operation, server.token):
        needs_token(server, case, call(server, case))


@each_operation
def test_invalid_requests_are_refused(operation: Any, server: Server) -> None:
    failures = []
    for label, case in invalid_cases(operation, server.token):
        try:
            response = call(server, case, label)
            if response is not None and not (
                response.status_code == 200 and server.takes(case, response.request)
            ):
                with server.noting(label):
                    refuses(response)
        except (AssertionError, FailureGroup) as error:
            failures.append(f"{label}: {error}")
    assert not failures, "\n\n".join([f"{len(failures)} invalid requests:", *failures[:20]])


@pytest.mark.parametrize("media_type", MALFORMED)
def test_malformed_bodies_are_refused(media_type: str, server: Server) -> None:
    if not server.target.writes:
        pytest.skip("only requests that change data have a body, and the server is not on this machine")
    for operation in filter(bodies, server.operations.values()):
        for data in MALFORMED[media_type]:
            case = first_example(operation, server.token)
            headers, label = {**case.headers, "Content-Type": media_type}, repr(data[:20])
            response = call(server, case, label, data=data, headers=headers)
            if response is not None:
                with server.noting(label):
                    refuses(response)


def test_exceptions_are_still_needed(server: Server) -> None:
    """An exception made for a server that refuses all such requests has to go."""
    if server.target not in DEFAULT.targets:
        pytest.skip("this server may be as strict as the document")
    unneeded = list(server.kind.takes)
    for operation in server.operations.values():
        for _, case in invalid_cases(operation, server.token):
            request = Request(**case.as_transport_kwargs(server.base_url)).prepare()
            matching = [applies for applies in unneeded if applies(case, request)]
            if matching and server.call(case).status_code == 200:
                unneeded = [applies for applies in unneeded if applies not in matching]
    assert unneeded == []


@pytest.mark.parametrize("operation_id", [id for id, links in LINKS.items() if links])
def test_links_lead_on(operation: Any, server: Server) -> None:
    """The answer to the example has what the links take from it, and it is good for what they lead to."""
    case = first_example(operation, server.token)
    response = call(server, case)
    if response.status_code != 200:
        pytest.skip(f"the example was not answered with a success: {response.text[:200]}")
    for link in LINKS[id_of(operation)]:
        target = server.operations.get(link["operationId"])
        if target is None:
            continue  # not a GET, on a server that is not on this machine
        following = first_example(target, server.token)
        for parameter, expression in link["parameters"].items():
            value = evaluate(expression, case, response)
            if value is None and not server.kind.knows_every_id:
                break  # an empty list, for example
            assert isinstance(value, str), f"{expression} of the link to {link['operationId']} is {value!r}"
            place = following.path_parameters if parameter in following.path_parameters else following.query
            place[parameter] = value
        else:
            accepts(call(server, following, fresh=False))
