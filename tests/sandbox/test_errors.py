"""Failures by the names of the document's examples."""

import copy
import json
import re
from string import Formatter
from typing import Any

import pytest
from meta_b2b_sandbox import app  # noqa: F401 (imports all modules that declare failures)
from meta_b2b_sandbox.document import Document, DocumentError
from meta_b2b_sandbox.errors import Errors, Failure, GraphError

from tests.support.document import B2B, DOCUMENT


def test_a_name_that_the_document_lacks_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(Failure.declared, "no_such_error", "meta_b2b_sandbox.rules")
    text = "has no error example of these names: {'no_such_error': 'meta_b2b_sandbox.rules'}"
    with pytest.raises(DocumentError, match=re.escape(text)):
        Errors(B2B)


def test_an_example_that_is_gone_stops_the_start() -> None:
    tree = copy.deepcopy(DOCUMENT)
    for response in tree["components"]["responses"].values():
        for media in response.get("content", {}).values():
            media["examples"].pop("own_asset", None)
    with pytest.raises(DocumentError, match=r"'own_asset': 'meta_b2b_sandbox\.rules'"):
        Errors(Document(tree))


@pytest.mark.parametrize("name", sorted(Failure.declared))
def test_all_of_an_answer_comes_from_the_example(name: str) -> None:
    example = B2B.errors[name]
    parts = [part for _, part, _, _ in Formatter().parse(example.message) if part]
    status, headers, body = Errors(B2B).answer(GraphError(name, dict.fromkeys(parts, "x")), "trace")
    error: dict[str, Any] = json.loads(body)["error"]
    assert status == example.status
    assert error.pop("message") == example.message.format(**dict.fromkeys(parts, "x"))
    assert error == {**{k: v for k, v in example.error.items() if k != "message"}, "fbtrace_id": "trace"}
    assert ("www-authenticate" in dict(headers)) == (example.error["type"] == "OAuthException")
