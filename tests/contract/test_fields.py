"""`fields` on a server whose world is known: names of the answer are taken, and nothing else is shown; what is no list
of names is refused. The document has it as free text (tests/contract/cases.py, with_names)."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract.cases import first_example
from tests.contract.checks import body_of, code_of
from tests.contract.server import Server
from tests.support.document import OPERATIONS, field_lists

pytestmark = pytest.mark.sends_requests
WITH_FIELDS = [id for id in OPERATIONS if field_lists(id)]
each_operation = pytest.mark.parametrize("operation_id", WITH_FIELDS)


def answers(operation: Any, server: Server, texts: list[str]) -> Iterator[tuple[str, Any]]:
    """Each text, and the answer to the operation's example with it, of a business that has something to show."""
    if server.world is None:
        pytest.skip("which names count, the document does not say, so this server may know others")
    example = first_example(operation, server.token)
    for id in server.world.ids["businesses"] if "business_id" in example.path_parameters else ():
        case = first_example(operation, server.token)
        case.path_parameters["business_id"] = id
        if nodes_of(server.call(case)):
            example = case
            break
    for text in texts:
        case = first_example(operation, server.token)
        case.path_parameters.update(example.path_parameters)
        case.query["fields"] = text
        response = server.call(case)
        with server.noting():
            case.validate_response(response)
        yield text, response


def nodes_of(response: Any) -> list[dict[str, Any]]:
    body = body_of(response)
    return body["data"] if isinstance(body.get("data"), list) else [body]


@each_operation
def test_names_of_the_answer_are_taken(operation: Any, server: Server) -> None:
    """A list without edges is answered with a success, and shows what it names and the id. An edge may be refused, but
    not as an unknown field."""
    shown = 0
    for text, response in answers(operation, server, field_lists(operation.definition.raw["operationId"])):
        if ".limit(" in text or ".summary(" in text:
            assert (
                code_of(response) not in (100, 2500) or body_of(response)["error"].get("error_subcode") == 33
            )
            continue
        assert response.status_code == 200, f"{text}: {response.text}"
        # Without what stands in braces.
        names = (
            json.loads(text)
            if text.startswith("[")
            else re.sub("{.*?}", "", text).replace(" ", "").split(",")
        )
        for node in nodes_of(response):
            shown += 1
            assert set(node) <= {*names, "id"}, text
            assert "id" in node, text
    assert shown, "nothing was shown, so this proves little"


@each_operation
def test_what_is_no_list_of_names_is_refused(operation: Any, server: Server) -> None:
    first = field_lists(operation.definition.raw["operationId"])[0]
    expected = {
        "nmae": (100, "(nmae)"),
        f"{first},nmae": (100, "(nmae)"),
        f"{first}{{id}}": (100, first),
        f"{first},{first}": (2500, first),
        "id,": (2500, "Syntax error"),
        ",id": (2500, "Syntax error"),
        "id name": (2500, "Syntax error"),
        "id{": (2500, "Syntax error"),
        "id}": (2500, "Syntax error"),
        "id.limit": (2500, "Syntax error"),
        "id.limit(1": (2500, "Syntax error"),
    }
    for text, response in answers(operation, server, list(expected)):
        code, part = expected[text]
        assert response.status_code == 400, f"{text}: {response.status_code}"
        assert code_of(response) == code, f"{text}: {response.text}"
        assert part in body_of(response)["error"]["message"], f"{text}: {response.text}"
