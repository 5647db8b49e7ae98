"""The way of a request through the sandbox: version, route, method, token, parameters, handler, answer.

It is Graph's way and knows no business rules: these are the handlers'. Sources: Meta's Graph API guides (versioning,
error handling, results), what Meta's SDKs put on the wire, and openapi/b2b.yaml, which says what is an assumption.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from meta_b2b_sandbox import answering
from meta_b2b_sandbox.answering import Response
from meta_b2b_sandbox.batch import SEVERAL, Calls, edge_of_ids, is_batch
from meta_b2b_sandbox.document import METHODS, Document
from meta_b2b_sandbox.errors import Errors, Failure, GraphError
from meta_b2b_sandbox.faults import Faults
from meta_b2b_sandbox.paging import paging, window_of
from meta_b2b_sandbox.reading import Request, parse_body, parse_query, read_params
from meta_b2b_sandbox.routing import Endpoint, Match, Routes
from meta_b2b_sandbox.store import Page, Store, Token, Window
from meta_b2b_sandbox.tokens import read_token

INVALID = Failure("invalid_parameter", __name__)
NOT_FOUND = Failure("unknown_object", __name__)
UNKNOWN_ALIAS = Failure("unknown_alias", __name__)
UNKNOWN_PATH = Failure("unknown_path", __name__)

# Older versions are answered by the oldest that is usable, newer ones do not exist (Graph API, guides/versioning).
OLDEST_VERSION = (20, 0)
VERSION = re.compile(r"v([0-9]{1,3})\.([0-9]{1,3})")


@dataclass(slots=True)
class Call:
    """A valid call of an operation, for its handler."""

    endpoint: Endpoint
    path: Mapping[str, str]
    params: Mapping[str, Any]
    token: Token
    store: Store

    @property
    def window(self) -> Window:
        """The part of a list that is asked for."""
        return window_of(self.params)

    def not_found(self, id: str) -> GraphError:
        """Unknown id, no permission to see it, or no such call on it: Graph gives the same answer to all three."""
        return NOT_FOUND(method=self.endpoint.method.lower(), id=id[:50])


@dataclass(slots=True)
class Edge:
    """A handler's answer that is a list: whole nodes, their page (None: an edge without pages), and how many there are
    in all (None: an edge without a summary)."""

    nodes: list[dict[str, Any]]
    page: Page | None
    count: Callable[[], int] | None


Handler = Callable[[Call], dict[str, Any] | Edge]


@dataclass(slots=True)
class Asked:
    """What a request calls, and who calls: whether its parameters are valid is not known yet."""

    match: Match
    endpoint: Endpoint
    query: Mapping[str, Any]
    media: str
    body: Mapping[str, Any]
    token: Token


class Wire:
    """Turns requests into calls of the handlers, and their answers into Graph's responses."""

    def __init__(
        self, document: Document, store: Store, handlers: Mapping[str, Handler], faults: Faults | None = None
    ) -> None:
        """`handlers`: operationId → handler. A missing or a needless one is a ValueError that names it. Raises
        DocumentError when the document lacks an error that code may raise."""
        missing = document.operations.keys() - handlers.keys() - SEVERAL.keys()
        needless = handlers.keys() - document.operations.keys()
        if missing or needless:
            raise ValueError(
                f"operations without a handler in rules.py: {sorted(missing) or 'none'}; "
                f"handlers without an operation in {document.name}: {sorted(needless) or 'none'}"
            )
        self._routes, self._errors = Routes(document), Errors(document)
        self._store, self._handlers, self._faults = store, handlers, faults or Faults()
        major, minor = document.base_path.removeprefix("/v").split(".")
        self._newest = (int(major), int(minor))
        self._version = lru_cache(maxsize=256)(self._served_version)

    def answer(self, request: Request, nested: bool = False) -> Response:
        """The response to a request; never raises for what a caller may send. `nested`: it stands in a batch."""
        version, path, delay = self._version(""), request.path, 0.0
        try:
            head = path[1:].partition("/")[0]
            if served := self._version(head[:9]):  # no version is as long
                version, path = served, path[len(head) + 1 :]
            edge = edge_of_ids(request, path, lambda path: self._routes.match(path) is not None)
            if edge or path == "" or is_batch(request, path):
                path = "/"
            asked = self._read(request, path)
            fault = self._faults.take(asked.endpoint.id)
            if fault is not None:
                delay = fault.delay
                if fault.code is not None:
                    raise self._errors.of_code(fault.code, fault.headers)
            if several := SEVERAL.get(asked.endpoint.id):
                response = several(
                    Calls(
                        *(request, version, asked.query, asked.body, asked.token.access_token, edge, nested),
                        run=lambda one: self.answer(one, nested=True),
                        refuse=lambda error: self.refuse(error, version),
                    )
                )
                response.delay += delay
                return response
            body = self._run(asked, f"http://{request.headers.get('host', '127.0.0.1')}/{version}{path}")
            return Response(200, answering.headers(version, answering.new_trace(), 200), body, delay)
        except GraphError as error:
            return self.refuse(error, version, delay)

    def refuse(self, error: GraphError, version: str | None = None, delay: float = 0.0) -> Response:
        """The response to a request that fails."""
        trace = answering.new_trace()
        status, own_headers, body = self._errors.answer(error, trace)
        headers = answering.headers(version or self._version(""), trace, status)
        return Response(status, headers + own_headers, body, delay)

    def _served_version(self, asked: str) -> str:
        """The version that answers when this one is asked for, as "v26.0"; the newest for "", and "" for what is no
        version. Raises GraphError for one that never was [A2]."""
        match = VERSION.fullmatch(asked)
        if match is None and asked:
            return ""
        number = (int(match[1]), int(match[2])) if match else self._newest
        # Since v4.0 there are no minor versions.
        if number > self._newest or (number > OLDEST_VERSION and number[1] != 0):
            raise UNKNOWN_PATH(path=f"/{asked}")
        major, minor = max(number, OLDEST_VERSION)
        return f"v{major}.{minor}"

    def _read(self, request: Request, path: str) -> Asked:
        """What is called, and by whom. Raises GraphError."""
        match = self._routes.match(path[:-1] if path.endswith("/") and len(path) > 1 else path)
        if match is None:
            raise UNKNOWN_PATH(path=f"/{path.rpartition('/')[2][:100]}")
        try:
            query = parse_query(request.query)
            media, body = parse_body(request)
        except (ValueError, RecursionError) as error:  # invalid UTF-8, too many fields, too deep, not JSON
            raise INVALID(detail=f"The request cannot be read: {error}") from None
        method = request.method
        if method == "POST" and (override := query.get("method") or body.get("method")):
            method = str(override).upper()
            if method.lower() not in METHODS:
                raise INVALID(detail=f"Param method must be one of {{{', '.join(METHODS).upper()}}}")
        endpoint = match.route.endpoints.get(method)
        if endpoint is None:  # [A17]
            allow = ("allow", ", ".join(match.route.endpoints))
            raise NOT_FOUND(405, [allow], method=method.lower(), id=path.split("/")[1][:50])
        token = read_token(request, query, body, self._store)
        return Asked(match, endpoint, query, media, body, token)

    def _run(self, asked: Asked, address: str) -> bytes:
        """The answer of the handler, as JSON. Raises GraphError for what is not valid, and what the handler refuses."""
        endpoint = asked.endpoint
        if asked.match.invalid is not None:
            raise UNKNOWN_ALIAS(alias=asked.match.invalid[1][:100])
        try:
            params = read_params(endpoint, asked.query, asked.media, asked.body)
        except ValueError:  # of a validator: no schema takes objects, but it cannot even look at this one
            raise INVALID(detail="The request cannot be read: a name stands twice in an object") from None
        answer = self._handlers[endpoint.id](
            Call(endpoint, asked.match.values, params, asked.token, self._store)
        )
        wanted = params.get("fields") or endpoint.by_default
        if not isinstance(answer, Edge):
            return orjson.dumps(endpoint.shape.show([answer], wanted)[0])
        shown: dict[str, Any] = {"data": endpoint.shape.show(answer.nodes, wanted)}
        if answer.page is not None and answer.page.rows:
            # What came in a body or a header stands in the addresses of the other pages too: they work as they are.
            query = dict(asked.query)
            for name in asked.body:
                if name in endpoint.query:
                    query.setdefault(name, asked.body[name])
            query["access_token"], query["limit"] = asked.token.access_token, params["limit"]
            shown["paging"] = paging(answer.page, address, query)
        if answer.count is not None and "summary" in params:
            shown["summary"] = {"total_count": answer.count()}
        return orjson.dumps(shown)
