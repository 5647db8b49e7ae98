"""Several calls in one request: `batch`, and `ids`. Each of them is answered as if it came alone.

Sources: Meta's guides "Batch Requests" (today's, and its archived forms) and "Multi-ID read requests", what Meta's SDKs
put on the wire, and openapi/b2b.yaml, which says what is an assumption.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any
from urllib.parse import quote, unquote, unquote_plus

import orjson

from meta_b2b_sandbox import answering
from meta_b2b_sandbox.answering import Response
from meta_b2b_sandbox.document import FORM, METHODS
from meta_b2b_sandbox.errors import Failure, GraphError
from meta_b2b_sandbox.reading import Request, Twice, once, parse_body, parse_query
from meta_b2b_sandbox.switches import SWITCHES

INVALID = Failure("invalid_parameter", __name__)
MISSING = Failure("missing_parameter", __name__)
TOO_MANY_IDS = Failure("too_many_ids", __name__)
TOO_MANY_ITEMS = Failure("too_many_items", __name__)
UNRESOLVED = Failure("unresolved_request", __name__)

MOST = 50  # calls in one request
# What Graph itself bounds is not known; these keep one request from taking all of the sandbox's memory or time.
MAX_TEXT = 20_000  # characters of an item's address or body
MAX_QUERY = 5_000  # characters that each of the calls of `ids` gets
MAX_REFERENCES = 100  # in a batch
MAX_RESULTS = 1_000  # of one reference
MAX_PATH = 200  # characters of one reference's JSONPath
MAX_ANSWER = 10_000_000  # bytes of all answers of a batch

VERSION = re.compile(r"v[0-9]+\.[0-9]+")
ABSOLUTE = re.compile(r"/?([A-Za-z][A-Za-z0-9+.-]*:)?//")
# As it is, or as Meta's Python SDK quotes it in an address.
REFERENCE = re.compile(r"(?:\{|%7B)result(?:=|%3D)((?:(?!%7[BD])[^{}])*)(?:\}|%7D)", re.IGNORECASE)
TRAILING_COMMA = re.compile(r",\s*\]\s*\Z")
_DECODER = json.JSONDecoder(object_pairs_hook=once)


@dataclass(slots=True)
class Calls:
    """A request that stands for several calls, and what is needed to answer them.

    `version`: the one that answers, "v26.0". `query`, `body`: its parameters. `access_token`: the caller's. `edge`:
    that of all ids, "" for the nodes themselves. `nested`: it stands in a batch itself. `run` answers a call, `refuse`
    a call that fails.
    """

    request: Request
    version: str
    query: Mapping[str, Any]
    body: Mapping[str, Any]
    access_token: str
    edge: str
    nested: bool
    run: Callable[[Request], Response]
    refuse: Callable[[GraphError], Response]

    def param(self, name: str) -> Any:
        """The value of a parameter, None without one. Raises GraphError when it is given twice [A16]."""
        value = self.query.get(name, self.body.get(name))
        if isinstance(value, Twice):
            raise INVALID(detail=f"Param {name} must have one value")
        return value

    def response(self, answers: Any, delay: float) -> Response:
        """The response with all answers in it."""
        headers = answering.headers(self.version, answering.new_trace(), 200)
        return Response(200, headers, orjson.dumps(answers), delay)


@dataclass(slots=True)
class Item:
    """A call of a batch: what was given, the names of those that it depends on, and its answer, once there is one.

    `invalid`: why it cannot be called.
    """

    given: dict[str, Any]
    needs: list[str] = field(default_factory=list)
    invalid: str = ""
    response: Response | None = None

    @property
    def name(self) -> str | None:
        name = self.given.get("name")
        return name if isinstance(name, str) else None

    def text(self, name: str) -> str:
        """A field that holds text; "" where there is none, null, or something else."""
        value = self.given.get(name)
        return value if isinstance(value, str) else ""


class Unusable(Exception):
    """An item cannot be called; the text says why."""


def is_batch(request: Request, path: str) -> bool:
    """Whether a POST to a node is a batch: to `/me` and to a Page it may be sent as well.

    `path`: without the version.
    """
    if request.method != "POST" or path.count("/") > 1 + path.endswith("/"):
        return False
    if "batch" not in request.query and b"batch" not in request.body:
        return False
    try:
        return "batch" in parse_query(request.query) or "batch" in parse_body(request)[1]
    except (ValueError, RecursionError):
        return False  # whoever answers reads it again, and says what is wrong


def edge_of_ids(request: Request, path: str, exists: Callable[[str], bool]) -> str:
    """The edge of `GET /{edge}?ids=`, "" for any other call. `exists`: whether there is such a path."""
    if request.method != "GET" or "ids" not in request.query:
        return ""
    edge = path.strip("/")
    if "/" in edge or not edge:
        return ""
    try:
        ids = parse_query(request.query).get("ids")
    except ValueError:
        return ""
    first = ids.partition(",")[0].strip() if isinstance(ids, str) else "0"
    return edge if exists(f"/{first}/{edge}") else ""


def get_nodes(calls: Calls) -> Response:
    """What each of `ids` answers, by the id. One that fails is the answer to all [A34]. Raises GraphError."""
    value = calls.param("ids")
    if value is None:
        raise MISSING(name="ids")
    ids = [id.strip() for id in str(value).split(",")]
    if len(ids) > MOST:
        raise TOO_MANY_IDS(count=str(len(ids)))
    if not all(ids) or any("/" in id for id in ids):
        raise INVALID(detail="Param ids must be a list of ids with commas between")
    parts = calls.request.query.split("&")
    not_theirs = {"ids", *SWITCHES}
    query = "&".join(part for part in parts if unquote_plus(part.partition("=")[0]) not in not_theirs)
    if len(query) > MAX_QUERY:
        raise INVALID(detail=f"What stands beside ids is longer than {MAX_QUERY} characters")
    answers: dict[str, Any] = {}
    delay = 0.0
    for id in dict.fromkeys(ids):
        path = f"/{calls.version}/{id}{calls.edge and f'/{calls.edge}'}"
        one = calls.run(replace(calls.request, method="GET", path=path, query=query))
        delay += one.delay
        if one.status != 200:
            one.delay = delay
            return one
        answers[id] = orjson.Fragment(one.body)
    return calls.response(answers, delay)


def send_batch(calls: Calls) -> Response:
    """The answers to the calls in `batch`, in their order. Raises GraphError for what fails as a whole.

    That the batch has a token of its own was checked before, as for every call [A31].
    """
    if calls.nested:
        raise INVALID(detail="A batch cannot hold another batch")
    items = [Item(one) for one in _read(calls.param("batch"))]
    with_headers = not _is_false(calls.param("include_headers"))
    used = _link(items)
    named: dict[str, Item] = {}
    answers, delay, size = [], 0.0, 0
    for number, item in enumerate(items):
        try:
            if size > MAX_ANSWER:
                raise Unusable(f"The answers before this one are larger than {MAX_ANSWER} bytes")
            item.response = calls.run(_request(calls, number, item, named))
        except Unusable as reason:
            item.response = calls.refuse(INVALID(detail=str(reason)))
        if item.name is not None:
            named[item.name] = item
        delay += item.response.delay
        size += len(item.response.body)
        answers.append(None if _is_omitted(item, used) else _shown(item.response, with_headers))
    return calls.response(answers, delay)


SEVERAL: dict[str, Callable[[Calls], Response]] = {one.__name__: one for one in (get_nodes, send_batch)}


def _read(batch: Any) -> list[dict[str, Any]]:
    """The items of `batch`, a list or its JSON. Raises GraphError when they are none, or too many."""
    if batch is None:
        raise MISSING(name="batch")
    if isinstance(batch, str):
        text = TRAILING_COMMA.sub("]", batch)  # Meta's own example has one
        try:
            orjson.loads(text)  # refuses more than json: half a surrogate pair, and NaN
            batch = _DECODER.decode(text.strip())
        except (ValueError, RecursionError) as error:
            raise INVALID(detail=f"Param batch must be a JSON array: {str(error)[:200]}") from None
    if not isinstance(batch, list) or not batch:
        raise INVALID(detail="Param batch must be an array with at least one request")
    if len(batch) > MOST:
        raise TOO_MANY_ITEMS()  # [A33]
    for number, one in enumerate(batch):
        if not isinstance(one, dict):
            raise INVALID(detail=f"Param batch[{number}] must be an object")
    return batch


def _link(items: list[Item]) -> set[str]:
    """Find out what each item depends on, and whether it can be called. The names on which items depend.

    Raises GraphError for a name that no item before has: then nothing is called.
    """
    known: set[str] = set()
    used: set[str] = set()
    references = 0
    for number, item in enumerate(items):
        item.invalid = _wrong(item.given)
        if not item.invalid:
            for text in (item.text("relative_url"), item.text("body")):
                item.needs += [_parts(one)[0] for one in REFERENCE.findall(text)]
            references += len(item.needs)
            if references > MAX_REFERENCES:
                raise INVALID(detail=f"Param batch has more than {MAX_REFERENCES} references")
            if depends_on := item.given.get("depends_on"):
                item.needs.append(depends_on)
        for name in item.needs:
            if name not in known:
                raise UNRESOLVED(number=str(number), name=name[:100])
        used.update(item.needs)
        if item.name is not None:
            known.add(item.name)
    return used


def _wrong(given: dict[str, Any]) -> str:
    """What is wrong with the fields of an item, "" if nothing is."""
    method = given.get("method")
    if not isinstance(method, str) or method.lower() not in METHODS:
        return f"Param method must be one of {{{', '.join(METHODS).upper()}}}"
    if not isinstance(given.get("relative_url"), str):
        return "Param relative_url must be a string"
    for name in ("body", "name", "depends_on"):
        if not isinstance(given.get(name), str | None):
            return f"Param {name} must be a string"
    if given.get("attached_files"):
        return "Param attached_files must be empty: no call takes a file"
    for name in ("relative_url", "body"):
        text = given.get(name) or ""
        if len(text) > MAX_TEXT:
            return f"Param {name} is longer than {MAX_TEXT} characters"
    return ""


def _request(calls: Calls, number: int, item: Item, named: Mapping[str, Item]) -> Request:
    """The call of an item. Raises Unusable for what cannot be called, as when an item that it needs has failed [A32].

    `named`: the items before it that have a name.
    """
    if item.invalid:
        raise Unusable(item.invalid)
    for name in item.needs:
        if not _succeeded(named[name]):
            raise Unusable(f"Request {number} depends on the request with name {name[:100]}, which failed")
    url = _resolved(item, "relative_url", named)
    body = _resolved(item, "body", named)
    if ABSOLUTE.match(url):
        raise Unusable("Param relative_url must be a path with a query, without scheme and host")
    path, _, query = url.partition("?")
    path = path.removeprefix("/")
    if not VERSION.fullmatch(path.partition("/")[0]):
        path = f"{calls.version}/{path}"
    headers = {"content-type": FORM}
    if not (_has_token(query) or _has_token(body)):
        headers["authorization"] = f"Bearer {calls.access_token}"
    # Decoded as granian does it: what is not UTF-8 stands there as U+FFFD, which is in no id.
    method, path = item.text("method").upper(), f"/{unquote(path)}"
    return Request(method, path, query, headers, body.encode(), calls.request.origin)


def _has_token(text: str) -> bool:
    """Whether a query or a form has a token of its own, which counts before that of the batch."""
    try:
        return "access_token" in text and bool(parse_query(text).get("access_token"))
    except ValueError:
        return False  # the call says what is wrong


def _resolved(item: Item, name: str, named: Mapping[str, Item]) -> str:
    """A field of the item with the results in place of the references. Raises Unusable."""
    text = item.text(name)
    found, length = [], len(text)
    # Not by `sub`: it must end before the text is too long.
    for reference in REFERENCE.finditer(text):
        result = quote(_result(reference[1], named), safe=",")
        found.append((reference.span(), result))
        length += len(result)
        if length > MAX_TEXT:
            raise Unusable(f"Param {name} is longer than {MAX_TEXT} characters with the results in it")
    for (start, end), result in reversed(found):
        text = text[:start] + result + text[end:]
    return text


def _parts(reference: str) -> tuple[str, str]:
    """(name, JSONPath) of what stands behind `result=`."""
    name, _, path = unquote(reference).partition(":")
    return name, path


def _result(reference: str, named: Mapping[str, Item]) -> str:
    """What a reference stands for: the values that its path finds, with commas between. Raises Unusable."""
    import jsonpath_rfc9535 as jsonpath  # noqa: PLC0415 (only a batch with references needs it)

    name, path = _parts(reference)
    shown = path[:MAX_PATH]
    # Filters may hold regular expressions, and lists of selectors multiply what is found.
    if len(path) > MAX_PATH or "?" in path or "," in path or path.count("..") > 1:
        raise Unusable(f"The JSONPath {shown} is too long, or has a filter or a list of selectors")
    response = named[name].response
    assert response is not None
    try:
        nodes = list(islice(jsonpath.finditer(path, orjson.loads(response.body)), MAX_RESULTS + 1))
    except (jsonpath.JSONPathError, ValueError, RecursionError) as error:
        raise Unusable(f"The JSONPath {shown} cannot be read: {str(error)[:200]}") from None
    if not nodes:
        raise Unusable(
            f"The JSONPath {shown} finds nothing in the answer to the request with name {name[:100]}"
        )
    if len(nodes) > MAX_RESULTS:
        raise Unusable(f"The JSONPath {shown} finds more than {MAX_RESULTS} values")
    values = [node.value for node in nodes]
    return ",".join(one if isinstance(one, str) else orjson.dumps(one).decode() for one in values)


def _succeeded(item: Item) -> bool:
    return item.response is not None and item.response.status < 400


def _is_false(value: Any) -> bool:
    """Whether a switch is off; in a form it is text."""
    return value in (False, "false", "0")


def _is_omitted(item: Item, used: set[str]) -> bool:
    """Whether null stands for the answer: a success of an item with a name, which another one uses, or if told so."""
    if item.name is None or not _succeeded(item):
        return False
    told = item.given.get("omit_response_on_success")
    return item.name in used if told is None else not _is_false(told)


def _shown(response: Response, with_headers: bool) -> dict[str, Any]:
    """An answer as it stands in the list."""
    shown: dict[str, Any] = {"code": response.status}
    if with_headers:
        headers = {**dict(response.headers), "content-type": "text/javascript; charset=UTF-8"}
        shown["headers"] = [{"name": _cased(name), "value": value} for name, value in headers.items()]
    return {**shown, "body": response.body.decode()}


def _cased(name: str) -> str:
    """The name of a header as Graph writes it in a batch: `Content-Type`, `WWW-Authenticate`."""
    return name.title().replace("Www-", "WWW-")
