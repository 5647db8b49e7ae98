"""Reading a request as Graph does: query, the three encodings of a body, and parameters that are valid by the document.

Sources: Meta's guide (multipart), what Meta's Python SDK 26.0 (form) and Node SDK 24.0 (JSON) put on the wire.
"""

import json
import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

import orjson
from python_multipart import FormParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from meta_b2b_sandbox import fields
from meta_b2b_sandbox.document import FORM, JSON, MULTIPART
from meta_b2b_sandbox.errors import Failure, GraphError
from meta_b2b_sandbox.routing import Endpoint, Parameter

INVALID = Failure("invalid_parameter", __name__)
MISSING = Failure("missing_parameter", __name__)
UNKNOWN_TASK = Failure("unknown_task", __name__)

MAX_PARAMETERS = 1000
LONG = 500  # characters: longer queries are not kept, or a caller could fill the memory
# It logs parts of bad bodies, and without a handler these go to stderr.
logging.getLogger("python_multipart").addHandler(logging.NullHandler())
logging.getLogger("python_multipart").propagate = False


@dataclass(slots=True)
class Request:
    """One HTTP request, as it came."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]  # by names in small letters
    body: bytes = b""
    origin: str = "http://127.0.0.1"  # by which the caller reached the sandbox


class Twice:
    """Stands for a parameter that was given more than once [A16], or as a file."""


TWICE = Twice()


def parse_query(text: str) -> Mapping[str, Any]:
    """A query or a form as name → text, or TWICE. Raises ValueError for what is not UTF-8 or too long."""
    return _known_query(text) if len(text) <= LONG else _parse_query(text)


def _parse_query(text: str) -> Mapping[str, Any]:
    if not text:
        return {}
    return once(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_PARAMETERS))


_known_query = lru_cache(maxsize=1024)(_parse_query)


def parse_body(request: Request) -> tuple[str, Mapping[str, Any]]:
    """(media type, name → value or TWICE) of the body. Raises ValueError, RecursionError: it cannot be read."""
    if not request.body:
        return JSON, {}
    media, _, _ = request.headers.get("content-type", "").partition(";")
    media = media.strip().lower()
    if media == JSON:
        orjson.loads(request.body)  # refuses more than json: half a surrogate pair, and NaN
        body = _DECODER.decode(request.body.decode("utf-8"))
        if not isinstance(body, dict):
            raise ValueError("the body must be a JSON object")
        return JSON, body
    if media == FORM:
        return FORM, parse_query(request.body.decode("utf-8"))
    if media == MULTIPART:
        return MULTIPART, _parse_multipart(request)
    raise ValueError(f"the body must be {JSON}, {FORM} or {MULTIPART}")


def once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """name → value; TWICE for a name that occurs more than once."""
    values: dict[str, Any] = {}
    for name, value in pairs:
        values[name] = TWICE if name in values else value
    return values


# Not orjson: it hides names that are given twice.
_DECODER = json.JSONDecoder(object_pairs_hook=once)


def _parse_multipart(request: Request) -> dict[str, Any]:
    pairs: list[tuple[str, Any]] = []

    def on_field(field: Any) -> None:
        pairs.append((field.field_name.decode("utf-8"), (field.value or b"").decode("utf-8")))

    def on_file(file: Any) -> None:
        pairs.append((file.field_name.decode("utf-8"), TWICE))  # no parameter is a file

    ended: list[bool] = []
    _, options = parse_options_header(request.headers["content-type"])
    try:
        parser = FormParser(
            MULTIPART, on_field, on_file, lambda: ended.append(True), boundary=options.get(b"boundary")
        )
        parser.write(request.body)
        parser.finalize()
    except (FormParserError, AssertionError):
        raise ValueError("not a multipart body") from None
    if not ended:
        raise ValueError("the multipart body has no end")
    if len(pairs) > MAX_PARAMETERS:
        raise ValueError("too many fields")
    return once(pairs)


def read_params(
    endpoint: Endpoint, query: Mapping[str, Any], media: str, body: Mapping[str, Any]
) -> dict[str, Any]:
    """The endpoint's parameters, valid by the document, and its defaults [A21].

    Raises GraphError that names the first that is not valid.
    """
    params = dict(endpoint.defaults)
    # A body may carry what is described for the query: the guide's DELETE does.
    given = {**{name: _as_text(value) for name, value in body.items()}, **query} if body else query
    for name, value in given.items():
        if name in endpoint.query and value is not None:
            params[name] = _check(endpoint, endpoint.query[name], value)
    for name in endpoint.required:
        if name not in params:
            raise MISSING(name=name)
    for name, parameter in endpoint.bodies.get(media, {}).items():
        if name == "access_token":
            continue
        if name in body:
            params[name] = _check(endpoint, parameter, body[name])
        elif name in query:
            # Graph reads the query of a POST too; a list is written there as in a form.
            params[name] = _check(endpoint, endpoint.bodies[FORM][name], query[name])
        elif parameter.required:
            raise MISSING(name=name)
    return params


def _as_text(value: Any) -> Any:
    """A number or a boolean of a JSON body, where a query has text."""
    return json.dumps(value) if isinstance(value, int | float) else value


def _check(endpoint: Endpoint, parameter: Parameter, value: Any) -> Any:
    """The value, valid by its schema: an id as text, a list as a list, whatever it was written as."""
    value = parameter.parse(value)
    if value is TWICE:
        raise INVALID(detail=f"Param {parameter.name} must have one value")
    if not parameter.validator.is_valid(value):
        raise _complaint(endpoint, parameter, value)
    if parameter.choices and isinstance(value, str):
        return re.findall("[A-Z_]+", value)
    if parameter.is_id:
        return str(int(value)) if isinstance(value, float) else str(value)  # 1.0 is an integer in JSON Schema
    if parameter.name == "fields":
        return fields.parse(value)
    return value


def _complaint(endpoint: Endpoint, parameter: Parameter, value: Any) -> GraphError:
    """Graph's sentence for an invalid value; the value itself is not repeated where it might be long or secret."""
    name, schema = parameter.name, parameter.schema
    if name == "fields":
        return fields.complaint(endpoint.shape, value)
    if schema.get("type") == "array" and not isinstance(value, list):
        return INVALID(detail=f"Param {name} must be an array")
    if parameter.choices:
        return UNKNOWN_TASK(place=name + _place(parameter, value), choices=", ".join(parameter.choices))
    if choices := schema.get("enum"):
        return INVALID(detail=f"Param {name} must be one of {{{', '.join(choices)}}}")
    if parameter.is_id:
        return INVALID(detail=f"Param {name} must be a valid ID string")
    error = next(iter(parameter.validator.iter_errors(value)))
    return INVALID(detail=f"Param {name} is not valid: {error.message[:200]}")


def _place(parameter: Parameter, value: Any) -> str:
    """Which entry of a list is not among the choices, as "[1]"; empty where it is not one entry."""
    given = value if isinstance(value, list) else re.findall(r"[^\[\]\s,\"']+", str(value))
    return next((f"[{n}]" for n, item in enumerate(given) if item not in parameter.choices), "")
