"""What a mock made by Prism cannot do as the document has it. Only a server that answers as Prism does gets these
exceptions (kinds.py).

Each is as narrow as it can be, and test_exceptions_are_still_needed fails for one of TAKES that Prism has outgrown.
"""

import json
import re
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from requests import PreparedRequest

# In its answer to a path that the document does not have.
PROBLEM = "https://stoplight.io/prism/errors#NO_PATH_MATCHED_ERROR"
# Laid over schemathesis.toml.
CONFIG: dict[str, Any] = {
    "checks": {
        # Prism sends 405 without `Allow`.
        "unsupported_method": {"enabled": False},
        "allow_header_conformance": {"enabled": False},
    },
    # Prism answers other methods as it does unknown paths, not as Graph does.
    "phases": {"coverage": {"unexpected-methods": []}},
}
# And it answers 401 when a GET has none.
TAKES_ANY_TOKEN = True
PART_NAME = re.compile(rb'Content-Disposition: form-data;[^\r\n]*?\bname="([^"]*)"', re.I)


# Not as the document says, but taken by Prism: the case as Schemathesis has it, and the request.


def empty_query_value(case: Any, request: PreparedRequest) -> bool:
    """Prism takes an empty value in the query for a missing one."""
    return any(value == "" for _, value in query(request))


def blank_beside_number(case: Any, request: PreparedRequest) -> bool:
    """It reads numbers as JavaScript does, which sees one in `" 25"` and in `"25\\n"`."""
    numbers = {p.name for p in case.operation.query if p.definition["schema"].get("type") == "integer"}
    return any(name in numbers and value != value.strip() for name, value in query(request))


def nothing_named_on_delete(case: Any, request: PreparedRequest) -> bool:
    """Graph takes what is to be removed in the query or in a form; Prism cannot ask for one of the two
    (overlays/prism.yaml)."""
    required = {p.name for p in case.operation.query if p.is_required}
    return request.method == "DELETE" and bool(required - dict(query(request)).keys())


def any_fields(case: Any, request: PreparedRequest) -> bool:
    """`fields` is free text in the document, and what it names only a server can check that knows nodes and edges."""
    return any(name == "fields" and len(value) <= 10_000 for name, value in query(request))


# What ends Prism, or gets no answer at all.


def percent_in_field_name(request: PreparedRequest) -> bool:
    """Prism decodes the names of form fields twice, and ends on a percent sign that is left after the first time."""
    return any("%" in name for name in field_names(request))


def semicolon_in_field_name(request: PreparedRequest) -> bool:
    """It cuts the headers of a multipart body at each semicolon, and ends on one inside a name."""
    multipart = content_type(request).startswith("multipart/form-data")
    return multipart and any(";" in name for name in field_names(request))


def field_without_name(request: PreparedRequest) -> bool:
    """A part of a multipart body without a name ends it."""
    return "" in field_names(request)


def malformed_json(request: PreparedRequest) -> bool:
    """It waits forever for the end of JSON that is broken."""
    if request.body is None or not content_type(request).startswith("application/json"):
        return False
    try:
        json.loads(request.body)
    except (ValueError, RecursionError):
        return True
    return False


TAKES = (empty_query_value, blank_beside_number, nothing_named_on_delete, any_fields)
CANNOT_BE_SENT = (percent_in_field_name, semicolon_in_field_name, field_without_name, malformed_json)


def query(request: PreparedRequest) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(request.url or "").query, keep_blank_values=True)


def content_type(request: PreparedRequest) -> str:
    value = request.headers.get("Content-Type") or ""
    return value.decode() if isinstance(value, bytes) else value


def field_names(request: PreparedRequest) -> list[str]:
    """Names of the fields in a form or multipart body."""
    body = request.body or b""
    data = body.encode() if isinstance(body, str) else bytes(body)
    if content_type(request).startswith("multipart/form-data"):
        return [name.decode(errors="replace") for name in PART_NAME.findall(data)]
    if content_type(request).startswith("application/x-www-form-urlencoded"):
        return [
            unquote_plus(pair.partition("=")[0]) for pair in data.decode(errors="replace").split("&") if pair
        ]
    return []
