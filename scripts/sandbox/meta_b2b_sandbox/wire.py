"""How Graph speaks: versions, tokens, encodings, fields, pages, errors and headers. Knows no business rules.

Sources: Meta's Graph API guides (versioning, error handling, results, field expansion), what Meta's Python SDK 26.0
and Node SDK 24.0 put on the wire, and openapi/b2b.yaml, which says which of these are assumptions.
"""

import base64
import hashlib
import hmac
import itertools
import json
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, quote_plus, urlencode

import orjson
from python_multipart import FormParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from meta_b2b_sandbox.document import FORM, JSON, METHODS, MULTIPART, Document
from meta_b2b_sandbox.routing import Endpoint as Operation
from meta_b2b_sandbox.routing import Parameter, Routes
from meta_b2b_sandbox.store import Rows, Store, Window

# Older versions are answered by the oldest that is usable, newer ones do not exist (Graph API, guides/versioning).
OLDEST_VERSION = (20, 0)
MAX_BODY_BYTES = 1_000_000
MAX_PARAMETERS = 1000
APP_SECRET = "sandbox-app-secret"

TOKEN = re.compile(r"[A-Za-z0-9_.|~+/=-]{1,500}")
KEY = re.compile("(act_)?[0-9]{1,20}")  # of a row, in a cursor
AFTER_ALL = "~"  # greater than every key
VERSION = re.compile(r"/v([0-9]{1,3})\.([0-9]{1,3})(?=/|\Z)")

# It logs parts of bad bodies, and without a handler these go to stderr.
logging.getLogger("python_multipart").addHandler(logging.NullHandler())
logging.getLogger("python_multipart").propagate = False

Headers = list[tuple[str, str]]
_traces = itertools.count(1)


class GraphError(Exception):
    """A failure, as Graph tells it: `code`, `subcode`, and the text if it is not the document's own."""

    def __init__(
        self, code: int, subcode: int | None = None, message: str | None = None, status: int | None = None
    ):
        super().__init__(message or f"code {code}")
        self.code, self.subcode, self.message, self.status = code, subcode, message, status
        self.headers: Headers = []


def not_found(method: str, id: str) -> GraphError:
    """Unknown id, no permission to see it, or no such call on it: Graph gives the same answer to all three."""
    return GraphError(
        100,
        33,
        f"Unsupported {method.lower()} request. Object with ID '{id[:50]}' does not exist, cannot be loaded due to "
        "missing permissions, or does not support this operation. Please read the Graph API documentation at "
        "https://developers.facebook.com/docs/graph-api",
    )


@dataclass(slots=True)
class Token:
    """Whose token it is: the business, and the Page if it is a Page's token."""

    business: str
    page: str | None
    access_token: str


@dataclass(slots=True)
class Request:
    """One HTTP request, as it came."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]  # by names in small letters
    body: bytes = b""


@dataclass(slots=True)
class Response:
    """One HTTP response."""

    status: int
    headers: Headers
    body: bytes


@dataclass(slots=True)
class Call:
    """A valid call of an operation, for its handler."""

    operation: Operation
    path: dict[str, str]
    params: dict[str, Any]
    token: Token
    store: Store

    @property
    def window(self) -> Window:
        limit = self.params["limit"]
        return Window(limit, cursor_key(self.params.get("after")), cursor_key(self.params.get("before")))

    def not_found(self, id: str) -> GraphError:
        return not_found(self.operation.method, id)


@dataclass(slots=True)
class Edge:
    """A handler's answer that is a list: its entries, where they lie (None: an edge without pages), and how many
    there are in all (None: an edge without a summary)."""

    entries: list[dict[str, Any]]
    rows: Rows | None
    count: Callable[[], int] | None


class Wire:
    """Turns requests into calls of the handlers, and their answers into Graph's responses."""

    def __init__(
        self, document: Document, store: Store, handlers: dict[str, Callable[[Call], dict[str, Any] | Edge]]
    ):
        """`handlers`: operationId → handler. A missing or a needless one is a ValueError that names it."""
        missing = document.operations.keys() - handlers.keys()
        needless = handlers.keys() - document.operations.keys()
        if missing or needless:
            raise ValueError(
                f"operations without a handler in rules.py: {sorted(missing) or 'none'}; "
                f"handlers without an operation in openapi/b2b.yaml: {sorted(needless) or 'none'}"
            )
        self.document, self.store, self.handlers = document, store, handlers
        self.routes = Routes(document)
        self.errors = error_examples(document)
        version = document.base_path.strip("/")
        major, minor = version.removeprefix("v").split(".")
        self.newest = (int(major), int(minor))
        self.before_call: Callable[[Operation], None] = lambda operation: None

    def answer(self, request: Request) -> Response:
        """The response to a request; never raises for what a caller may send."""
        trace = f"{next(_traces):023d}"
        version = self.newest
        extra: Headers = []
        try:
            try:
                version, path = self._version(request.path)
                body = self._answer(request, version, path)
                status = 200
            except (UnicodeError, RecursionError, ValueError) as error:
                # What parsers raise: invalid UTF-8, too many fields, too deep, not JSON.
                raise GraphError(100, None, f"(#100) The request cannot be read: {error}") from None
        except GraphError as error:
            extra = list(error.headers)
            status, body = self._failure(error, trace, extra)
        return Response(status, headers(version, trace, status) + extra, body)

    def refuse(self, error: GraphError) -> Response:
        """The response to a request that could not be read at all."""
        trace, extra = f"{next(_traces):023d}", list(error.headers)
        status, body = self._failure(error, trace, extra)
        return Response(status, headers(self.newest, trace, status) + extra, body)

    def _version(self, path: str) -> tuple[tuple[int, int], str]:
        """The version that answers, and the path behind it. Without one: the newest (an assumption)."""
        found = VERSION.match(path)
        if not found:
            return self.newest, path
        asked = (int(found[1]), int(found[2]))
        # Since v4.0 there are no minor versions.
        if asked > self.newest or (asked > OLDEST_VERSION and asked[1] != 0):
            raise GraphError(2500, None, f"Unknown path components: {path[found.end() : found.end() + 100]}")
        return max(asked, OLDEST_VERSION), path[found.end() :]

    def _answer(self, request: Request, version: tuple[int, int], path: str) -> bytes:
        match = self.routes.match(path[:-1] if path.endswith("/") and len(path) > 1 else path)
        if match is None:
            tail = path.rpartition("/")[2]
            raise GraphError(2500, None, f"Unknown path components: /{tail[:100]}")
        query = parse_pairs(request.query)
        media, body = parse_body(request)
        method = request.method
        if method == "POST" and (override := query.get("method") or body.get("method")):
            method = str(override).upper()
            if method.lower() not in METHODS:
                raise GraphError(
                    100, None, f"(#100) Param method must be one of {{{', '.join(METHODS).upper()}}}"
                )
        operation = match.route.endpoints.get(method)
        if operation is None:
            error = not_found(method, path.split("/")[1])
            error.status = 405
            error.headers.append(("allow", ", ".join(match.route.endpoints)))
            raise error
        token = self._token(request, query, body)
        self.before_call(operation)
        for name, value in match.values.items():
            if not operation.path_parameters[name].validator.is_valid(value):
                raise GraphError(
                    803, None, f"(#803) Some of the aliases you requested do not exist: {value[:100]}"
                )
        params = read_params(operation, query, media, body)
        result = self.handlers[operation.id](Call(operation, match.values, params, token, self.store))
        if isinstance(result, Edge):
            host = request.headers.get("host", "127.0.0.1")
            here = f"http://{host}/v{version[0]}.{version[1]}{path}"
            # What came in a body or a header stands in the addresses of the other pages too: they work as they are.
            asked = {name: body[name] for name in operation.query if name in body} | query
            asked |= {"access_token": token.access_token, "limit": params.get("limit")}
            result = self._edge(result, operation, params, here, asked)
        elif "fields" in params:
            result = select(result, params["fields"])
        return orjson.dumps(result)  # json takes 15 times as long for a page of 25 entries

    def _token(self, request: Request, query: dict[str, Any], body: dict[str, Any]) -> Token:
        """Who calls. The header wins over the query, and this over the body (an assumption)."""
        header = request.headers.get("authorization")
        if header is not None:
            scheme, _, value = header.partition(" ")
            if scheme.lower() not in ("bearer", "oauth"):
                raise GraphError(190, None, "Malformed access token")
        else:
            value = query.get("access_token") or body.get("access_token") or ""
            if not value:
                raise GraphError(104)
        if not isinstance(value, str) or not TOKEN.fullmatch(value):
            raise GraphError(190, None, "Malformed access token")
        found = self.store.token(value)
        if found is None:
            raise GraphError(190)
        business, app_access, page = found
        proof = query.get("appsecret_proof", body.get("appsecret_proof"))
        if proof is not None:
            right = hmac.new(APP_SECRET.encode(), value.encode(), hashlib.sha256).hexdigest()
            if not hmac.compare_digest(right.encode(), str(proof).encode()):
                raise GraphError(100, None, "Invalid appsecret_proof provided in the API argument")
        if not app_access:
            # Assumption: no source shows the error of an app without access to these endpoints.
            raise GraphError(3)
        return Token(business, page, value)

    def _edge(
        self, edge: Edge, operation: Operation, params: dict[str, Any], here: str, asked: dict[str, Any]
    ) -> dict[str, Any]:
        """The list as Graph shows it; `here` is the address asked for, and `asked` its query."""
        fields = params.get("fields")
        entries = [select(entry, fields) for entry in edge.entries] if fields else edge.entries
        result: dict[str, Any] = {"data": entries}
        if edge.rows is not None and edge.rows.rows:
            before, after = cursor(edge.rows.first), cursor(edge.rows.last)
            paging: dict[str, Any] = {"cursors": {"before": before, "after": after}}
            rest = {
                k: v for k, v in asked.items() if k not in ("after", "before", "method") and v is not TWICE
            }
            address = f"{here}?{urlencode(rest, quote_via=_quote)}&" if rest else f"{here}?"
            if edge.rows.more_after:
                paging["next"] = f"{address}after={after}"
            if edge.rows.more_before:
                paging["previous"] = f"{address}before={before}"
            result["paging"] = paging
        if "summary" in params and edge.count is not None:
            result["summary"] = {"total_count": edge.count()}
        return result

    def _failure(self, error: GraphError, trace: str, extra: Headers) -> tuple[int, bytes]:
        """Status and body: the document's example of this code, with the text of this case."""
        status, example = (
            self.errors.get((error.code, error.subcode)) or self.errors.get((error.code, None)) or (400, {})
        )
        shown = {"type": "OAuthException", "message": f"(#{error.code}) Error", **example, "code": error.code}
        if error.subcode is not None:
            shown["error_subcode"] = error.subcode
        if error.message is not None:
            shown["message"] = error.message
            if error.code == 100:
                shown["type"] = "OAuthException" if error.message.startswith("(#") else "GraphMethodException"
        shown["fbtrace_id"] = trace
        status = error.status or status
        if shown["type"] == "OAuthException":
            kind = {190: "invalid_token", 104: "invalid_token", 200: "access_denied"}.get(
                error.code, "invalid_request"
            )
            text = re.sub(r'[^ -~]|["\\]', "?", shown["message"])
            extra.append(("www-authenticate", f'OAuth "Facebook Platform" "{kind}" "{text}"'))
        return status, json.dumps({"error": shown}, separators=(",", ":")).encode()


def error_examples(document: Document) -> dict[tuple[int, int | None], tuple[int, dict[str, Any]]]:
    """(code, subcode) → (HTTP status, the error as the document shows it); (code, None) is always there."""
    known: dict[tuple[int, int | None], tuple[int, dict[str, Any]]] = {}
    for one in document.errors.values():
        known.setdefault((one.error["code"], one.error.get("error_subcode")), (one.status, one.error))
    return {(code, None): shown for (code, _), shown in known.items()} | known


# Reading


def parse_pairs(text: str) -> dict[str, Any]:
    """A query or a form as name → value. A parameter that is given twice becomes a list, which no schema takes."""
    if not text:
        return {}
    return once(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_PARAMETERS))


def once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        found[name] = TWICE if name in found else value
    return found


class Twice:
    """Stands for a parameter that was given more than once, or as a file."""


TWICE = Twice()


def parse_body(request: Request) -> tuple[str, dict[str, Any]]:
    """(media type, name → value) of the body. Raises GraphError or ValueError for one that cannot be read."""
    if not request.body:
        return JSON, {}
    media, _, _ = request.headers.get("content-type", "").partition(";")
    media = media.strip().lower()
    if media == JSON:
        body = DECODER.decode(request.body.decode("utf-8"))
        if not isinstance(body, dict):
            raise GraphError(100, None, "(#100) The body must be a JSON object")
        return JSON, body
    if media == FORM:
        return FORM, parse_pairs(request.body.decode("utf-8"))
    if media == MULTIPART:
        return MULTIPART, parse_multipart(request)
    raise GraphError(100, None, f"(#100) The body must be {JSON}, {FORM} or {MULTIPART}")


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


# Not orjson: it hides names that are given twice.
DECODER = json.JSONDecoder(object_pairs_hook=once, parse_constant=_no_constant)


def parse_multipart(request: Request) -> dict[str, Any]:
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
    operation: Operation, query: dict[str, Any], media: str, body: dict[str, Any]
) -> dict[str, Any]:
    """The operation's parameters, valid by the document. Raises GraphError 100 that names the first that is not."""
    params: dict[str, Any] = {}
    for name, parameter in operation.query.items():
        # A form body may carry them too: the guide's DELETE does.
        value = query[name] if name in query else as_text(body.get(name))
        if value is None:
            if parameter.required:
                raise GraphError(100, None, f"(#100) The parameter {name} is required")
            if "default" in parameter.schema:
                params[name] = parameter.schema["default"]
            continue
        params[name] = check(parameter, value)
    for name, parameter in operation.bodies.get(media, {}).items():
        if name == "access_token":
            continue
        if name in body:
            params[name] = check(parameter, body[name])
        elif name in query:
            # Graph reads the query of a POST too; a list is written there as in a form.
            params[name] = check(operation.bodies[FORM][name], query[name])
        elif parameter.required:
            raise GraphError(100, None, f"(#100) The parameter {name} is required")
    return params


def as_text(value: Any) -> Any:
    """A number or a boolean of a JSON body, where a query has text."""
    return json.dumps(value) if isinstance(value, int | float) else value


def check(parameter: Parameter, value: Any) -> Any:
    """The value, valid by its schema; a list of tasks as a list, whatever it was written as."""
    value = parameter.parse(value)
    name = parameter.name
    if value is TWICE:
        raise GraphError(100, None, f"(#100) Param {name} must have one value")
    if not parameter.validator.is_valid(value):
        raise GraphError(100, None, _complaint(parameter, value))
    if name == "permitted_tasks" and isinstance(value, str):
        return re.findall("[A-Z_]+", value)
    if name == "business" or name.endswith("_id"):
        return str(int(value)) if isinstance(value, float) else str(value)  # 1.0 is an integer in JSON Schema
    if name == "fields":
        return parse_fields(value)
    return value


def _complaint(parameter: Parameter, value: Any) -> str:
    """Graph's sentence for an invalid value; the value itself is not repeated where it might be long or secret."""
    schema = parameter.schema
    if parameter.name == "fields" and isinstance(value, str):
        for word in re.findall(r"\w+", value[: schema["maxLength"]]):
            if not parameter.validator.is_valid(word) and not re.search(rf"\b{word}\b", schema["pattern"]):
                return f"(#100) Tried accessing nonexisting field ({word[:50]})"
        return "(#100) Param fields must be a list of field names"
    if schema.get("type") == "array" and not isinstance(value, list):
        return f"(#100) Param {parameter.name} must be an array"
    if choices := schema.get("enum") or parameter.choices:
        place = parameter.name
        if parameter.choices:
            given = value if isinstance(value, list) else re.findall(r"[^\[\]\s,\"']+", str(value))
            wrong = next((n for n, item in enumerate(given) if item not in choices), None)
            place += f"[{wrong}]" if wrong is not None else ""
        return f"(#100) Param {place} must be one of {{{', '.join(choices)}}}"
    if parameter.name == "business" or parameter.name.endswith("_id"):
        return f"(#100) Param {parameter.name} must be a valid ID string"
    error = next(iter(parameter.validator.iter_errors(value)))
    return f"(#100) Param {parameter.name} is not valid: {error.message[:200]}"


# Answering


@lru_cache(maxsize=1024)
def parse_fields(text: str) -> dict[str, Any]:
    """`id,page{name}` as {"id": {}, "page": {"name": {}}}. The text is valid by the document's pattern."""
    root: dict[str, Any] = {}
    stack = [root]
    last: dict[str, Any] = root
    for word in re.findall(r"\w+|[{}]", text):
        if word == "{":
            stack.append(last)
        elif word == "}":
            stack.pop()
        else:
            last = stack[-1].setdefault(word, {})
    return root


def select(value: Any, fields: dict[str, Any]) -> Any:
    """Only these fields of a node, its id always, in each node of a list. No fields: all."""
    if not fields:
        return value
    if isinstance(value, list):
        return [select(item, fields) for item in value]
    if not isinstance(value, dict):
        return value
    chosen = {name: select(value[name], inner) for name, inner in fields.items() if name in value}
    return {**chosen, "id": value["id"]} if "id" in value else chosen


_quote = lru_cache(maxsize=1024)(quote_plus)  # the same few values again and again


def cursor(key: str) -> str:
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def cursor_key(text: str | None) -> str | None:
    """The key of the row behind a cursor; one after those of all rows for a cursor that this sandbox did not give."""
    if text is None:
        return None
    try:
        key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii")
    except ValueError:
        return AFTER_ALL
    return key if KEY.fullmatch(key) else AFTER_ALL


_COMMON: Headers = [
    ("content-type", "application/json; charset=UTF-8"),
    ("access-control-allow-origin", "*"),
    ("pragma", "no-cache"),
    ("expires", "Sat, 01 Jan 2000 00:00:00 GMT"),
]


def headers(version: tuple[int, ...], trace: str, status: int) -> Headers:
    """What every response of Graph carries."""
    return [
        *_COMMON,
        ("cache-control", "private, no-cache, no-store, must-revalidate" if status < 400 else "no-store"),
        ("facebook-api-version", f"v{version[0]}.{version[1]}"),
        ("x-fb-trace-id", trace),
        ("x-fb-request-id", trace),
    ]
