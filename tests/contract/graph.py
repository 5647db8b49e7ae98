"""What Graph takes though the document does not describe it: the exceptions of all servers but the mock (kinds.py).

A server that is as strict as the document keeps the contract as well.

Each is as narrow as it can be, and test_exceptions_are_still_needed fails for one that the sandbox does not need.
"""

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from meta_b2b_sandbox.document import JSON
from meta_b2b_sandbox.graph_names import GraphNames
from requests import PreparedRequest

from tests.contract.cases import bodies, is_as_documented, parameters
from tests.support.document import ROUTES, resolve

NAMES = GraphNames.load()
QUOTES = re.compile(r"\[\s*'[^'\"]*'(\s*,\s*'[^'\"]*')*\s*\]")  # as in the guide


def known_fields(case: Any, request: PreparedRequest) -> bool:
    """`fields` is free text in the document, and the suite draws as valid the names of the answer's schema only.

    Graph has hundreds more, for whose names Meta's SDK stands in, reads blanks and a list as JSON, and takes an empty
    text or list for none.
    """
    texts = [value for name, value in query(request) if name == "fields"]
    if not texts or not is_as_documented(case):
        return False
    try:
        listed = json.loads(texts[0]) if len(texts) == 1 else None
    except (ValueError, RecursionError):
        listed = None
    if listed == [] or not "".join(texts).strip():
        return True
    schema = next(one["schema"] for one in parameters(case.operation) if one["name"] == "fields")
    if texts[0].strip() in schema["enum"]:
        return True
    names = listed if isinstance(listed, list) and is_list_of_texts(listed) else ",".join(texts).split(",")
    names = [name.strip() for name in names]
    endpoint = ROUTES.endpoints[case.operation.definition.raw["operationId"]]
    node = endpoint.shape.node
    known = {*endpoint.shape.fields, *ROUTES.edges.get(node, ()), *NAMES.fields(node), *NAMES.edges(node)}
    return len(names) == len(set(names)) and set(names) <= known | {"metadata"}


def list_in_another_form(case: Any, request: PreparedRequest) -> bool:
    """Programs write lists with commas between, with blanks, as JSON in a JSON text, or as one text in a list
    (openapi/b2b.yaml, "Requests"). All else in the request is as documented."""
    if not isinstance(case.body, dict) or case.media_type not in bodies(case.operation):
        return False
    schema = resolve(bodies(case.operation)[JSON]["schema"])
    changed = {}
    for name, one in schema["properties"].items():
        if "items" in one and name in case.body:
            found = as_list(case.body[name])
            if not is_list_of_texts(found) or not set(found) <= set(resolve(one["items"])["enum"]):
                return False
            changed[name] = found if case.media_type == JSON else json.dumps(found)
    return bool(changed) and set(schema["required"]) <= case.body.keys() and is_as_documented(case, **changed)


def as_list(value: Any) -> Any:
    """The list that a program means by a text, or by a list with one text in it; anything else as it is."""
    if is_list_of_texts(value) and len(value) == 1 and value[0].lstrip().startswith("["):
        value = value[0]
    if not isinstance(value, str):
        return value
    if QUOTES.fullmatch(value.strip()):
        value = value.replace("'", '"')
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return [part.strip() for part in value.split(",")]


def is_list_of_texts(value: Any) -> bool:
    """Whether it is a list, not an empty one, of nothing but texts."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


def query(request: PreparedRequest) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(request.url or "").query, keep_blank_values=True)


TAKES = (known_fields, list_in_another_form)
