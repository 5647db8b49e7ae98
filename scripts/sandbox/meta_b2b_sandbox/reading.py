"""Reading a request as Graph does: query, the three encodings of a body, and parameters that are valid by the document.

Sources: Meta's guide (multipart), what Meta's Python SDK 26.0 (form) and Node SDK 24.0 (JSON) put on the wire, and what
other programs do (real-programs.md).
"""

import json
import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any
from urllib.parse import parse_qsl

import orjson
from python_multipart import FormParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from meta_b2b_sandbox.document import FORM, JSON, MULTIPART
from meta_b2b_sandbox.errors import Failure, GraphError
from meta_b2b_sandbox.routing import Endpoint, Parameter

INVALID = Failure("invalid_parameter", __name__)
MISSING = Failure("missing_parameter", __name__)
UNKNOWN_TASK = Failure("unknown_task", __name__)

MAX_PARAMETERS = 1000
UNTYPED = ("", "text/plain")
INDEX = re.compile(r"\[([0-9]{0,4})\]")  # behind the name of a list
SCOPE = re.compile("[a-z_]+")  # a permission, in a list of them
QUOTED = re.compile(r"\[\s*'[A-Z_]+'(\s*,\s*'[A-Z_]+')*\s*\]")  # as in the guide
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
    """Stands for a parameter that was given more than once, with its values, or as a file, without [A16]."""

    def __init__(self, *values: Any) -> None:
        self.values = list(values)


def parse_query(text: str) -> Mapping[str, Any]:
    """A query or a form as name → text, or Twice. Raises ValueError for what is not UTF-8 or too long."""
    return _known_query(text) if len(text) <= LONG else _parse_query(text)


def _parse_query(text: str) -> Mapping[str, Any]:
    if not text:
        return {}
    return once(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_PARAMETERS))


_known_query = lru_cache(maxsize=1024)(_parse_query)


def parse_body(request: Request) -> tuple[str, Mapping[str, Any]]:
    """(media type, name → value or Twice) of the body. Raises ValueError, RecursionError: it cannot be read.

    Without a media type, or with `text/plain`, it is JSON if it looks so, else a form (what fbgraph sends).
    """
    if not request.body:
        return JSON, {}
    media, _, _ = request.headers.get("content-type", "").partition(";")
    media = media.strip().lower()
    if media in UNTYPED:
        media = JSON if request.body.lstrip().startswith(b"{") else FORM
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
    """name → value; Twice for a name that occurs more than once."""
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name not in values:
            values[name] = value
        elif isinstance(values[name], Twice):
            values[name].values.append(value)
        else:
            values[name] = Twice(values[name], value)
    return values


# Not orjson: it hides names that are given twice.
_DECODER = json.JSONDecoder(object_pairs_hook=once)


def _parse_multipart(request: Request) -> dict[str, Any]:
    pairs: list[tuple[str, Any]] = []

    def on_field(field: Any) -> None:
        pairs.append((field.field_name.decode("utf-8"), (field.value or b"").decode("utf-8")))

    def on_file(file: Any) -> None:
        pairs.append((file.field_name.decode("utf-8"), Twice()))  # no parameter is a file

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
    """The endpoint's parameters, valid by the document, and its defaults [A21] [A36]. `fields` is not among them.

    Raises GraphError that names the first that is not valid.
    """
    params = dict(endpoint.defaults)
    # A body may carry what is described for the query: the guide's DELETE does.
    given = {**{name: _as_text(value) for name, value in body.items()}, **query} if body else query
    for name, value in given.items():
        if name in endpoint.query and name != "fields" and value is not None:
            params[name] = _check(endpoint.query[name], value)
    for name in endpoint.required:
        if name not in params:
            raise MISSING(name=name)
    described = endpoint.bodies.get(media)
    if described is None:
        return params
    given = with_lists({**query, **body}, described)  # Graph reads the query of a POST too
    for name, parameter in described.items():
        if (
            name == "access_token"
        ):  # read before; one that does not count, since another comes first, is read here
            if name in given:
                _check(parameter, given[name])
            continue
        if name in given:
            params[name] = _check(parameter, given[name])
        elif parameter.default is not None:
            params[name] = parameter.default
        elif parameter.required:
            raise MISSING(name=name)
    return params


def read_fields(parameter: Parameter, query: Mapping[str, Any], body: Mapping[str, Any]) -> str:
    """The text of `fields`, "" without: from the query, the body, or a list in either. Raises GraphError."""
    text = _fields(query, body) if query or body else ""
    if len(text) > (longest := parameter.schema["maxLength"]):
        raise INVALID(detail=f"Param fields is longer than {longest} characters")
    return text


def _fields(query: Mapping[str, Any], body: Mapping[str, Any]) -> str:
    given = query if "fields" in query else body
    value = given.get("fields")
    if isinstance(value, str):
        return value
    if value is None:
        listed = _items(query, "fields") or _items(body, "fields")
        if not listed:
            return ""
        value = listed
    values = value.values if isinstance(value, Twice) else value
    if not isinstance(values, list) or not values or not all(isinstance(one, str) for one in values):
        raise INVALID(detail="Param fields must be a list of names")
    return ",".join(values)


def with_lists(given: dict[str, Any], described: Mapping[str, Parameter]) -> dict[str, Any]:
    """The parameters, and in it as one list what came as `name[0]=…`, `name[]=…` or a repeated name."""
    for name, parameter in described.items():
        if parameter.choices or parameter.is_scope:
            if name not in given:
                if items := _items(given, name):
                    given[name] = items
            elif isinstance(given[name], Twice) and given[name].values:
                given[name] = given[name].values
    return given


def _items(given: Mapping[str, Any], name: str) -> list[Any]:
    """The values of `name[0]`, `name[1]`, … and `name[]`, in the order of the numbers. Raises GraphError for what else
    is in the brackets: left out, it would change what is asked for."""
    found: list[tuple[int, Any]] = []
    for key, value in given.items():
        if key.startswith(name + "["):
            match = INDEX.fullmatch(key, len(name))
            if match is None:
                raise INVALID(
                    detail=f"Param {name} must be an array, with numbers up to 9999 in the brackets"
                )
            values = value.values if isinstance(value, Twice) else [value]
            found += [(int(match[1] or 0), one) for one in values]
    return [value for _, value in sorted(found, key=itemgetter(0))]


def as_list(value: Any) -> Any:
    """A list as people write it: JSON, with single quotes as in the guide, or with commas between. What is no such
    text stays as it is."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if not text.startswith("["):
        return [part.strip() for part in text.split(",")] if text else value
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        if QUOTED.fullmatch(text):
            return re.findall("'([A-Z_]+)'", text)
        return value


def _as_text(value: Any) -> Any:
    """A number or a boolean of a JSON body, where a query has text."""
    return json.dumps(value) if isinstance(value, int | float) else value


def _check(parameter: Parameter, value: Any) -> Any:
    """The value, valid by its schema: an id as text, a list as a list, whatever it was written as."""
    if parameter.choices:
        return _check_list(parameter, value)
    if parameter.is_scope and isinstance(value, list):
        if not value or not all(isinstance(one, str) and SCOPE.fullmatch(one) for one in value):
            raise _complaint(parameter, value)
        return ",".join(value)
    value = parameter.parse(value)
    if isinstance(value, Twice):
        raise INVALID(detail=f"Param {parameter.name} must have one value")
    if not parameter.validator.is_valid(value):
        raise _complaint(parameter, value)
    if parameter.is_id:
        return str(int(value)) if isinstance(value, float) else str(value)  # 1.0 is an integer in JSON Schema
    if parameter.cut_to is not None:
        return min(value, parameter.cut_to)
    return value


def _check_list(parameter: Parameter, value: Any) -> list[str]:
    """A list of choices. Raises GraphError that names the first which is none."""
    inner = value[0] if isinstance(value, list) and len(value) == 1 else None
    if isinstance(inner, str) and inner.lstrip().startswith("["):
        value = inner  # `name[]=["A","B"]`
    listed = as_list(value)
    if not isinstance(listed, list) or not listed:
        raise INVALID(detail=f"Param {parameter.name} must be an array")
    for number, item in enumerate(listed):
        if not isinstance(item, str) or item not in parameter.choices:
            choices = ", ".join(parameter.choices)
            raise UNKNOWN_TASK(place=f"{parameter.name}[{number}]", choices=choices)
    return list(dict.fromkeys(listed))  # or a hundred thousand of them would be kept


def _complaint(parameter: Parameter, value: Any) -> GraphError:
    """Graph's sentence for an invalid value; the value itself is not repeated where it might be long or secret."""
    name, schema = parameter.name, parameter.schema
    if choices := schema.get("enum"):
        return INVALID(detail=f"Param {name} must be one of {{{', '.join(choices)}}}")
    if parameter.is_id:
        return INVALID(detail=f"Param {name} must be a valid ID string")
    error = next(iter(parameter.validator.iter_errors(value)), None)
    reason = error.message[:200] if error is not None else "not a list of names"
    return INVALID(detail=f"Param {name} is not valid: {reason}")
