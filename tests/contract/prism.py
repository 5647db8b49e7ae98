"""Requests that the mock cannot take as the document says, because Prism cannot.

schemathesis.toml names them, with the reasons; each function here says whether a request is such a one.
"""

import json
import re
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from requests import PreparedRequest

PART_NAME = re.compile(rb'Content-Disposition: form-data;[^\r\n]*?\bname="([^"]*)"', re.I)


# Of those that Prism takes: the case as Schemathesis has it, and the request.


def empty_query_value(case: Any, request: PreparedRequest) -> bool:
    return any(value == "" for _, value in query(request))


def blank_beside_number(case: Any, request: PreparedRequest) -> bool:
    numbers = {p.name for p in case.operation.query if p.definition["schema"].get("type") == "integer"}
    return any(name in numbers and value != value.strip() for name, value in query(request))


def no_business_on_delete(case: Any, request: PreparedRequest) -> bool:
    described = {p.name for p in case.operation.query}
    return request.method == "DELETE" and "business" in described - dict(query(request)).keys()


# Of those that cannot be sent: the request.


def percent_in_field_name(request: PreparedRequest) -> bool:
    return any("%" in name for name in field_names(request))


def semicolon_in_field_name(request: PreparedRequest) -> bool:
    multipart = content_type(request).startswith("multipart/form-data")
    return multipart and any(";" in name for name in field_names(request))


def field_without_name(request: PreparedRequest) -> bool:
    return "" in field_names(request)


def malformed_json(request: PreparedRequest) -> bool:
    if request.body is None or not content_type(request).startswith("application/json"):
        return False
    try:
        json.loads(request.body)
    except (ValueError, RecursionError):
        return True
    return False


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
