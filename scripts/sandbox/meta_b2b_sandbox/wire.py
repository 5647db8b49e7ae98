"""The way of a request through the sandbox: version, route, method, token, parameters, handler, answer.

It is Graph's way and knows no business rules: these are the handlers'. Sources: Meta's Graph API guides (versioning,
error handling, results), what Meta's SDKs put on the wire, and openapi/b2b.yaml, which says what is an assumption.
"""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson

from meta_b2b_sandbox import answering
from meta_b2b_sandbox.answering import Response
from meta_b2b_sandbox.batch import SEVERAL, Calls, edge_of_ids, is_batch
from meta_b2b_sandbox.document import METHODS, Document
from meta_b2b_sandbox.errors import Errors, Failure, GraphError, Headers
from meta_b2b_sandbox.expansion import MAX_EDGES, Choice, Expansion, Selection
from meta_b2b_sandbox.graph_names import GraphNames
from meta_b2b_sandbox.journal import Entry
from meta_b2b_sandbox.paging import paging, window_of
from meta_b2b_sandbox.reading import Request, parse_body, parse_query, read_fields, read_params
from meta_b2b_sandbox.routing import Endpoint, Match, Routes
from meta_b2b_sandbox.store import Page, Store, Token, Window
from meta_b2b_sandbox.switches import SWITCHED_ON, switched
from meta_b2b_sandbox.tokens import read_token
from meta_b2b_sandbox.worlds import World

INVALID = Failure("invalid_parameter", __name__)
NOT_FOUND = Failure("unknown_object", __name__)
NOT_MODELLED = Failure("not_modelled", __name__)
NO_USER = Failure("no_user", __name__)
UNKNOWN_ALIAS = Failure("unknown_alias", __name__)
UNKNOWN_FIELD = Failure("unknown_field", __name__)
UNKNOWN_PATH = Failure("unknown_path", __name__)

NOBODY = Token("", "", None, None, 1, "", "[]", role="")  # calls that take no token
OVERRIDDEN = ("GET", "POST")  # by the parameter `method`

# Older versions are answered by the oldest that is usable, newer ones do not exist (Graph API, guides/versioning).
OLDEST_VERSION = (20, 0)
VERSION = re.compile(r"v([0-9]{1,3})\.([0-9]{1,3})")
SLASHES = re.compile("//+")  # of a program whose base ends in one, and whose paths begin with one [A45]


@dataclass(slots=True)
class Call:
    """A valid call of an operation, for its handler."""

    endpoint: Endpoint
    path: Mapping[str, str]
    params: Mapping[str, Any]
    token: Token
    store: Store
    reading: "Reading"
    proven: bool = False  # with a right appsecret_proof

    @property
    def window(self) -> Window:
        """The part of a list that is asked for."""
        return window_of(self.params)

    def not_found(self, id: str) -> GraphError:
        """Unknown id, no permission to see it, or no such call on it: Graph gives the same answer to all three."""
        return NOT_FOUND(method=self.endpoint.method.lower(), id=id[:50])

    def expand(self, choice: Choice, id: str) -> dict[str, Any] | None:
        """An edge of the node with this id, for a field; None when it is empty. Raises GraphError."""
        return self.reading.edge(self, choice, id)

    def told(self, error: GraphError) -> dict[str, Any]:
        """A failure as it is told, for an answer that tells of it."""
        return self.reading.wire.told(error)

    def metadata(self, node: str, id: str) -> dict[str, Any]:
        """What a node of this type has, as `metadata=1` shows it."""
        return self.reading.wire.metadata(node, f"{self.reading.base}/{id}")


@dataclass(slots=True)
class Edge:
    """A handler's answer that is a list: whole nodes, their page (None: an edge without pages), and how many there are
    in all (None: an edge without a summary)."""

    nodes: list[dict[str, Any]]
    page: Page | None
    count: Callable[[], int] | None


Handler = Callable[[Call], dict[str, Any] | Edge]
Reader = Callable[[Call, str], dict[str, Any]]


@dataclass(slots=True)
class Asked:
    """What a request calls, and who calls: whether its parameters are valid is not known yet.

    `empty`: the edge that is empty because the sandbox does not have it [A37].
    """

    match: Match
    endpoint: Endpoint
    query: Mapping[str, Any]
    media: str
    body: Mapping[str, Any]
    token: Token
    empty: str = ""


@dataclass(slots=True)
class Reading:
    """One request while it is answered: where its addresses begin ("http://127.0.0.1:4020/v26.0"), and how many edges
    it has read as fields."""

    wire: "Wire"
    world: World
    base: str
    edges: int = 0

    def edge(self, call: Call, choice: Choice, id: str) -> dict[str, Any] | None:
        """See Call.expand."""
        edge = choice.edge
        assert edge is not None and choice.inner is not None
        self.edges += 1
        if self.edges > MAX_EDGES:
            raise INVALID(detail=f"Param fields reads more than {MAX_EDGES} edges; ask for fewer entries")
        check_scope(edge, call.token)
        inner = Call(
            edge, {edge.id_name: id.removeprefix("act_")}, choice.params, call.token, call.store, self
        )
        answer = self.wire.handlers[edge.id](inner)
        assert isinstance(answer, Edge)
        query = {"fields": choice.text} if choice.text else {}
        address = f"{self.base}/{id}/{edge.edge}"
        shown = self.list(inner, answer, choice.inner, address, {**query, **choice.params})
        return shown if shown["data"] or "summary" in shown else None

    def list(
        self, call: Call, answer: Edge, selection: Selection, address: str, query: dict[str, Any]
    ) -> dict[str, Any]:
        """A page of a list. `address` and `query`: what was asked for, and stands in the other pages' addresses too."""
        shown: dict[str, Any] = {"data": self.wire.expansion.show(call, selection, answer.nodes)}
        if answer.page is not None and answer.page.rows:
            query["access_token"], query["limit"] = call.token.access_token, call.params["limit"]
            shown["paging"] = paging(answer.page, address, query)
        if answer.count is not None and "summary" in call.params:
            shown["summary"] = {"total_count": answer.count()}
        return shown


def check_scope(endpoint: Endpoint, token: Token) -> None:
    """Raises GraphError for a token without the permission that the operation takes. A Page access token has those of
    its Page."""
    if endpoint.scope and token.page is None and f'"{endpoint.scope}"' not in token.scopes:
        raise GraphError(endpoint.without, {"scope": endpoint.scope})


def node_of(token: Token) -> str:
    """The id of `me`: a Page or a user. Raises GraphError for the token of an app, which is nobody's."""
    id = token.page or token.user
    if id is None:
        raise NO_USER()
    return id


class Wire:
    """Turns requests into calls of the handlers, and their answers into Graph's responses."""

    def __init__(
        self,
        document: Document,
        handlers: Mapping[str, Handler],
        readers: Mapping[str, Reader],
    ) -> None:
        """`handlers`: operationId → handler; `readers`: type of a node → what reads the fields that show on request. A
        missing or a needless handler is a ValueError that names it. Raises DocumentError when the document lacks an
        error that code may raise."""
        missing = document.operations.keys() - handlers.keys() - SEVERAL.keys()
        needless = handlers.keys() - document.operations.keys()
        if missing or needless:
            raise ValueError(
                f"operations without a handler: {sorted(missing) or 'none'}; "
                f"handlers without an operation in {document.name}: {sorted(needless) or 'none'}"
            )
        self.handlers = handlers
        self._document, self._routes, self._errors = document, Routes(document), Errors(document)
        self._names = GraphNames.load()
        self._without_node: frozenset[str] = frozenset(document.tree.get("x-not-modelled", ()))
        self.expansion = Expansion(self._routes, self._names, readers)
        major, minor = document.base_path.removeprefix("/v").split(".")
        self._newest = (int(major), int(minor))
        self._version = lru_cache(maxsize=256)(self._served_version)

    def answer(self, request: Request, world: World, nested: bool = False) -> Response:
        """The response to a request in a world; never raises for what a caller may send. `nested`: it stands in a
        batch."""
        begun = time.perf_counter()
        version, path = self._version(""), SLASHES.sub("/", request.path)
        fault, budget = None, world.budget
        now = 0.0 if budget is None else world.clock.now()
        entry = Entry(request.method, path)
        try:
            head = path[1:].partition("/")[0]
            if served := self._version(head[:9]):  # no version is as long
                version, path = served, path[len(head) + 1 :]
                entry.path = path
            edge = edge_of_ids(request, path, lambda path: self._routes.match(path) is not None)
            if edge or path == "" or is_batch(request, path):
                path = "/"
            base = f"{request.origin}/{version}"
            asked = self._read(request, path, base, world, entry)
            several = SEVERAL.get(asked.endpoint.id)
            if budget is not None and several is None:
                budget.use(entry.business, now)
            if world.faults.waiting and not asked.empty:
                fault = world.faults.take(entry, asked.token.access_token, nested)
            if fault is not None and fault.error is not None:
                raise self._errors.of_code(fault.error, fault.headers(entry.business))
            if several is not None:
                response = several(
                    Calls(
                        *(request, version, asked.query, asked.body, asked.token.access_token, edge, nested),
                        run=lambda one: self.answer(one, world, nested=True),
                        refuse=lambda error: self.refuse(error, version),
                    )
                )
            else:
                response = self._run(asked, base, path, world, entry)
        except GraphError as error:
            response = self.refuse(error, version)
            told = orjson.loads(response.body)["error"]
            entry.code, entry.reason = (
                told.get("code"),
                told.get("message"),
            )  # a batch may fail without a code
        if budget is not None and entry.business:
            budget.report(response, entry.business, now)
        if request.query or request.body:
            response = switched(request, response)
        if fault is not None:
            response = fault.spoil(response, entry)
        if world.journal.on:
            world.journal.add(entry, world.clock.now(), time.perf_counter() - begun, request, response)
        return response

    def refuse(self, error: GraphError, version: str | None = None) -> Response:
        """The response to a request that fails."""
        trace = answering.new_trace()
        status, own_headers, body = self._errors.answer(error, trace)
        headers = answering.headers(version or self._version(""), trace, status)
        return Response(status, headers + own_headers, body)

    def told(self, error: GraphError) -> dict[str, Any]:
        """A failure as it is told: message, code and what else its example has."""
        told: dict[str, Any] = orjson.loads(self._errors.answer(error, "")[2])["error"]
        return told

    def metadata(self, node: str, address: str) -> dict[str, Any]:
        """What a node of this type has: its fields, its edges by name with their addresses, and its type."""
        read = self._routes.reads[node]
        return {
            "fields": [
                {
                    "name": name,
                    "description": one.get("description", ""),
                    "type": one.get("x-graph-type") or one.get("x-graph-node", one.get("type", "")).lower(),
                }
                for name, one in (
                    (name, self._document.resolve(value))
                    for name, value in self._document.properties(read.shape.schema).items()
                )
            ],
            "type": node.lower(),
            "connections": {edge: f"{address}/{edge}" for edge in sorted(self._routes.edges.get(node, ()))},
        }

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

    def _read(self, request: Request, path: str, base: str, world: World, entry: Entry) -> Asked:
        """What is called, and by whom; noted in `entry` too. Raises GraphError."""
        if path.endswith("/") and len(path) > 1:
            path = path[:-1]
        try:
            query = parse_query(request.query)
            media, body = parse_body(request)
        except (ValueError, RecursionError) as error:  # invalid UTF-8, too many fields, too deep, not JSON
            raise INVALID(detail=f"The request cannot be read: {error}") from None
        entry.params = {**query, **body} if body else query
        method = request.method
        if method in OVERRIDDEN and (override := query.get("method") or body.get("method")):  # [A38]
            method = str(override).upper()
            if method.lower() not in METHODS:
                raise INVALID(detail=f"Param method must be one of {{{', '.join(METHODS).upper()}}}")
            entry.method = method
        if path[1:] in self._without_node:
            raise self._no_such_call(method, "", path[1:], base)
        token = None
        if path.startswith("/me/"):
            token = self._token(request, query, body, path, world, entry)
            path = f"/{node_of(token)}{path[3:]}"
        match = self._routes.match(path)
        if match is not None and match.route.typed:
            match = self._by_type(match, world.store)
        if match is None:
            token = token or self._token(request, query, body, path, world, entry)
            match, edge = self._not_modelled(path, method, base, world.store)
            return Asked(match, match.route.endpoints["GET"], query, media, body, token, edge)
        endpoint = match.route.endpoints.get(method)
        if endpoint is None:  # [A17]
            if match.invalid is not None:
                raise UNKNOWN_ALIAS(alias=match.invalid[1][:100])
            id, _, edge = path[1:].partition("/")
            node, allow = world.store.node_type(id), ("allow", ", ".join(match.route.endpoints))
            if node is not None and method in self._names.methods_of_edge(node, edge):
                raise self._no_such_call(method, node, edge, base, 405, [allow])
            raise NOT_FOUND(405, [allow], method=method.lower(), id=id[:50])
        entry.operation = endpoint.id
        if endpoint.public:
            token = NOBODY
        token = token or self._token(request, query, body, path, world, entry)
        return Asked(match, endpoint, query, media, body, token)

    @staticmethod
    def _token(
        request: Request,
        query: Mapping[str, Any],
        body: Mapping[str, Any],
        path: str,
        world: World,
        entry: Entry,
    ) -> Token:
        me = path.partition("/")[2].partition("/")[0] == "me"
        try:
            token = read_token(request, query, body, world.store)
        except GraphError as error:
            if error.example == "no_token" and me:
                raise NO_USER() from None
            raise
        if me and not (token.page or token.user):
            raise NO_USER()  # it is an app's
        entry.business = token.business
        return token

    @staticmethod
    def _by_type(match: Match, store: Store) -> Match | None:
        """The route for nodes of the type that the id leads to; None where that type has no such edge."""
        route = match.route
        id = next(iter(match.values.values()))
        node = store.node_type(id)
        if node is None or node in route.nodes:
            return match
        for other in route.others:
            if node in other.nodes:
                return Match(other, dict.fromkeys(other.parameters, id), None)
        return None if "/" in route.template[1:] else match

    def _not_modelled(self, path: str, method: str, base: str, store: Store) -> tuple[Match, str]:
        """The node in a path whose edge no operation has, and the edge, which Graph has [A37].

        Raises GraphError for an edge that nobody knows, and for a write.
        """
        id, _, edge = path[1:].partition("/")
        node = store.node_type(id)
        if node is not None and self._names.methods_of_edge(node, edge):
            if method != "GET":
                raise self._no_such_call(method, node, edge, base)
            match = self._routes.match(f"/{id}")
            assert match is not None
            return self._by_type(match, store) or match, edge
        if node is not None and any(edge in edges for edges in self._routes.edges.values()):
            raise UNKNOWN_FIELD(field=edge, node=node)
        raise UNKNOWN_PATH(path=f"/{path.rpartition('/')[2][:100]}")

    @staticmethod
    def _no_such_call(
        method: str,
        node: str,
        call: str,
        base: str,
        status: int | None = None,
        headers: Headers | None = None,
    ) -> GraphError:
        """What Graph has and the sandbox has not [A37]: an edge of a node, or of none ("")."""
        list_of_calls = f"{base.rpartition('/')[0]}/_sandbox/graph.json"
        return NOT_MODELLED(status, headers, method=method, call=call, node=node, list=list_of_calls)

    def _run(self, asked: Asked, base: str, path: str, world: World, entry: Entry) -> Response:
        """The answer of the handler. Raises GraphError for what is not valid, and what the handler refuses."""
        body, absent = self._body(asked, base, path, world, entry)
        headers = answering.headers(base.rpartition("/")[2], answering.new_trace(), 200)
        if absent:
            headers.append(("x-sandbox-not-modelled", absent))
            entry.reason = f"the sandbox does not have this: {absent}"
        return Response(200, headers, orjson.dumps(body))

    def _body(
        self, asked: Asked, base: str, path: str, world: World, entry: Entry
    ) -> tuple[dict[str, Any], str]:
        """What the handler answers, and what of it is not modelled. Raises GraphError."""
        endpoint = asked.endpoint
        if asked.match.invalid is not None:
            raise UNKNOWN_ALIAS(alias=asked.match.invalid[1][:100])
        try:
            params = read_params(endpoint, asked.query, asked.media, asked.body)
        except ValueError:  # of a validator: no schema takes objects, but it cannot even look at this one
            raise INVALID(detail="The request cannot be read: a name stands twice in an object") from None
        entry.params = params
        reading = Reading(self, world, base)
        # A proof that is not right was refused.
        proven = asked.query.get("appsecret_proof", asked.body.get("appsecret_proof")) is not None
        call = Call(endpoint, asked.match.values, params, asked.token, world.store, reading, proven)
        check_scope(endpoint, call.token)
        if asked.empty:
            self._handle(call, world)  # raises for a node that the token does not see
            return {"data": []}, asked.empty
        # What is wrong with `fields` is wrong whatever the list. Of a node its type must be known, and that the token
        # sees it.
        answer = None if endpoint.edge else self._handle(call, world)
        read = endpoint
        if not endpoint.nodes and endpoint.shape.node:  # `me`
            read = self._routes.reads[world.store.node_type(node_of(asked.token)) or ""]
        text = (
            read_fields(endpoint.query["fields"], asked.query, asked.body)
            if "fields" in endpoint.query
            else ""
        )
        if text:
            entry.params = {**params, "fields": text}
        selection, absent = self.expansion.selection(read.shape, read.by_default, text)
        if answer is None:
            answer = self._handle(call, world)
        if isinstance(answer, Edge):
            # What came in a body or a header stands in the addresses of the other pages too: they work as they are.
            query = dict(asked.query)
            for name in asked.body:
                if name in endpoint.query:
                    query.setdefault(name, asked.body[name])
            shown = reading.list(call, answer, selection, f"{base}{path}", query)
        else:
            shown = self.expansion.show(call, selection, [answer])[0]
            if asked.query.get("metadata") in SWITCHED_ON and selection.node in self._routes.reads:
                shown = {**shown, "metadata": call.metadata(selection.node, answer["id"])}
        if asked.query.get("date_format") == "U":
            shown = with_unix_times(shown, self._routes.times)
        return shown, absent

    def _handle(self, call: Call, world: World) -> dict[str, Any] | Edge:
        """What the handler of a valid call answers. Raises GraphError for what it refuses."""
        endpoint = call.endpoint
        if world.answers:
            id = call.path.get(endpoint.id_name, "")
            if endpoint.nodes == ("AdAccount",):
                id = f"act_{id}"
            world.answers.before(world.store, endpoint, id, call.token.business)
        return self.handlers[endpoint.id](call)


def with_unix_times(value: Any, names: set[str]) -> Any:
    """A copy in which the fields of these names are seconds since 1970."""
    if isinstance(value, list):
        return [with_unix_times(one, names) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: int(datetime.strptime(one, "%Y-%m-%dT%H:%M:%S%z").timestamp())
        if name in names and isinstance(one, str)
        else with_unix_times(one, names)
        for name, one in value.items()
    }
