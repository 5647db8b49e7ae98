"""A small server that keeps the contract, and breaks it where it is told to: proof that the contract tests bite.

Routes, validation and answers come from openapi/b2b.yaml: each valid request gets the operation's first example. It is
not the sandbox: it has no state, and knows one token.
"""

import email.policy
import json
import re
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from meta_b2b_sandbox.document import FORM, JSON, METHODS, MULTIPART
from meta_b2b_sandbox.errors import GraphError
from meta_b2b_sandbox.expansion import Expansion
from meta_b2b_sandbox.graph_names import GraphNames
from meta_b2b_sandbox.routing import Endpoint, Match, Route

from tests.support.document import B2B, ONE_CALL, ROUTES, resolve

TOKEN = "EAAtokenThatNoReportMayShow"
VERSION = B2B.base_path

EXPANSION = Expansion(ROUTES, GraphNames.load(), {})

Place = Callable[[Endpoint], bool]
# Of paths of the same form, only what an id is tells which is meant, and this server knows no ids.
SHARED = {e.id for route in ROUTES.routes if route.others for e in route.endpoints.values()}
# With an id in its path, and a token to call it.
ANY: Place = lambda e: bool(e.id_name) and not e.public and e.id not in SHARED  # noqa: E731
READS: Place = lambda endpoint: "limit" in endpoint.query  # noqa: E731
TASKS: Place = lambda e: any({"tasks", "permitted_tasks"} & set(b) for b in e.bodies.values())  # noqa: E731
WRITES: Place = lambda endpoint: bool(endpoint.bodies)  # noqa: E731
# The only operations on their paths: on others, theirs would fail too.
LONELY = {e.id for r in ROUTES.routes if len(r.endpoints) == 1 and not r.others for e in r.endpoints.values()}
ALONE: Place = lambda endpoint: endpoint.id in LONELY  # noqa: E731


def taken(route: Route, match: Match) -> Match | None:
    """The match as one of another route of the same form, if its id may be there."""
    (id,) = match.values.values()
    ((name, parameter),) = route.parameters.items()
    return Match(route, {name: id}, None) if parameter.validator.is_valid(id) else None


# Each fault, and the operations in which it can be planted.
FAULTS: dict[str, Place] = {
    "an entry without its id": READS,
    "an id that is a number": READS,
    "a status that is not documented": ANY,
    "another content type": ANY,
    "JSON without its end": ANY,
    "a response header of another form": ANY,
    "200 with an error": ANY,
    "500 when fields are chosen": READS,
    "no such operation": ANY,
    "errors without envelope": ANY,
    "404 for an invalid parameter": ANY,
    "the token is not checked": ANY,
    "a bad token is an invalid parameter": ANY,
    "no token in the query": ANY,
    "405 without Allow": ALONE,
    "takes an id with a letter": ANY,
    "takes a line feed after an id": ANY,
    "takes digits that are not ASCII": ANY,
    "ignores limit": READS,
    "takes an unknown status": lambda endpoint: "status" in endpoint.query,
    "ignores what is missing in the query": lambda endpoint: any(p.required for p in endpoint.query.values()),
    "takes an unknown field": READS,
    "takes an unknown task": TASKS,
    "ignores a missing field": WRITES,
    "refuses forms": WRITES,
    "refuses single quotes": TASKS,
    "answers too late": ANY,
}


class Refused(Exception):
    """The request is refused with this status and error."""

    def __init__(self, status: int, code: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status, self.headers = status, headers
        self.error = {"message": message, "type": "OAuthException", "code": code}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # headers and body in one packet
    server: "FaultyServer"

    def handle_any(self) -> None:
        self.fault = ""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.requests.append((self.command, self.path, body))
        try:
            status, answer, headers = self.answer(body)
        except Refused as refused:
            status, answer, headers = refused.status, {"error": refused.error}, refused.headers
            # What a careless server may do; no report of the suite may repeat it.
            refused.error["message"] = f"{refused} (Authorization: {self.headers.get('Authorization')})"
            if self.fault == "errors without envelope":
                answer = refused.error
        text = json.dumps(answer)
        if self.fault == "JSON without its end" and status == 200:
            text = text[:-1]
        kind = "text/html" if self.fault == "another content type" else "application/json; charset=UTF-8"
        self.send_response(status)
        version = "latest" if self.fault == "a response header of another form" else VERSION[1:]
        for name, value in {"Content-Type": kind, "facebook-api-version": version, **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text.encode())

    def answer(self, body: bytes) -> tuple[int, Any, dict[str, str]]:
        """Status, JSON and headers for the request. Raises Refused."""
        url = urlsplit(self.path)
        match = ROUTES.match(unquote(url.path.removeprefix(VERSION)))
        if match is not None and match.invalid is not None:  # another of the same form may take it, as `me`
            match = next((found for other in match.route.others if (found := taken(other, match))), match)
        if match is None or not url.path.startswith(VERSION):
            raise Refused(400, 2500, f"Unknown path components: {url.path}")
        endpoints = {m: e for route in (*match.route.others, match.route) for m, e in route.endpoints.items()}
        endpoint = endpoints.get(self.command)
        if endpoint is None:
            faults = {self.server.planted.get(e.id) for e in endpoints.values()}
            allow = {} if "405 without Allow" in faults else {"Allow": ", ".join(endpoints)}
            raise Refused(405, 100, f"Unsupported method {self.command}", **allow)
        self.fault = self.server.planted.get(endpoint.id, "")
        if self.fault == "no such operation":
            raise Refused(405, 100, "Unsupported method", Allow=", ".join(set(endpoints) - {self.command}))
        if self.fault == "answers too late":
            self.server.closing.wait(60)
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        kind = (self.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
        fields = self.fields(kind, body) if body else {}
        if not endpoint.public:
            self.check_token(query, fields)
        self.check_parameters(match, endpoint, query)
        if endpoint.bodies:
            self.check_body(endpoint, kind, fields)
        return self.success(endpoint, query)

    def check_token(self, query: dict[str, str], fields: Any) -> None:
        sent = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        if not sent and self.fault != "no token in the query":
            sent = query.get("access_token", "")
        if not sent and isinstance(fields, dict):
            sent = str(fields.get("access_token", ""))
        if self.fault == "the token is not checked" or sent == TOKEN:
            return
        code = 100 if self.fault == "a bad token is an invalid parameter" else 190 if sent else 104
        raise Refused(400, code, "Invalid OAuth access token")

    def fields(self, kind: str, body: bytes) -> Any:
        """What is in the body; None if that cannot be read, or is of another kind."""
        try:
            if kind == JSON:
                return json.loads(body)
            if kind == FORM:
                return dict(parse_qsl(body.decode(), keep_blank_values=True))
            if kind == MULTIPART:
                head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
                message = BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
                parts = message.iter_parts() if message.is_multipart() else []
                return {
                    str(part.get_param("name", header="content-disposition")): part.get_payload(
                        decode=True
                    ).decode()  # type: ignore[union-attr]
                    for part in parts
                }
        except (ValueError, RecursionError, AttributeError):
            pass
        return None

    def check_parameters(self, match: Match, endpoint: Endpoint, query: dict[str, str]) -> None:
        """Raises Refused for what is not as the document says."""
        if match.invalid and not self.takes_id(match.invalid[1]):
            raise self.invalid(match.invalid[0])
        for name, parameter in endpoint.query.items():
            if name not in query:
                if parameter.required and self.fault != "ignores what is missing in the query":
                    raise self.invalid(name)
            elif not parameter.validator.is_valid(parameter.parse(query[name])) and (
                name,
                self.fault,
            ) not in (
                ("limit", "ignores limit"),
                ("status", "takes an unknown status"),
            ):
                raise self.invalid(name)
        if "fields" in endpoint.query and self.fault != "takes an unknown field":
            try:
                EXPANSION.selection(endpoint.shape, endpoint.by_default, query.get("fields", ""))
            except GraphError:
                raise self.invalid("fields") from None

    def check_body(self, endpoint: Endpoint, kind: str, fields: Any) -> None:
        """Raises Refused for what is not as the document says."""
        refused = self.fault == "refuses forms" and kind == FORM
        if not isinstance(fields, dict) or kind not in endpoint.bodies or refused:
            raise self.invalid("body")
        for name, parameter in endpoint.bodies[kind].items():
            value = fields.get(name)
            if name not in fields:
                if parameter.required and self.fault != "ignores a missing field":
                    raise self.invalid(name)
            elif not parameter.validator.is_valid(value) and not (
                self.fault == "takes an unknown task" and "NO_SUCH_VALUE" in str(value)
            ):
                raise self.invalid(name)
            if self.fault == "refuses single quotes" and kind == MULTIPART and "'" in str(value):
                raise self.invalid(name)

    def takes_id(self, text: str) -> bool:
        return (
            (self.fault == "takes an id with a letter" and text.isalnum() and text.isascii())
            or (self.fault == "takes a line feed after an id" and bool(re.match("^[0-9]+$", text)))
            or (self.fault == "takes digits that are not ASCII" and text.isdigit())
        )

    def invalid(self, name: str) -> Refused:
        status = 404 if self.fault == "404 for an invalid parameter" else 400
        return Refused(status, 100, f"(#100) Invalid parameter: {name}")

    def success(self, endpoint: Endpoint, query: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
        """The operation's first example, with what the fault does to it."""
        answer = json.loads(json.dumps(self.server.examples[endpoint.id]))
        if "paging" in answer:
            answer["paging"]["next"] = f"https://graph.facebook.com/v26.0/next?access_token={TOKEN}"
        if self.fault == "an entry without its id":
            del answer["data"][0]["id"]
        if self.fault == "an id that is a number":
            answer["data"][0]["id"] = 12345
        if self.fault == "200 with an error":
            answer["error"] = {"message": "(#1) Unknown error", "type": "OAuthException", "code": 1}
        if self.fault == "500 when fields are chosen" and "fields" in query:
            raise Refused(500, 1, "An unknown error has occurred.")
        return 202 if self.fault == "a status that is not documented" else 200, answer, {}

    def log_message(self, format: str, *args: Any) -> None:
        pass


# TRACE and QUERY among them: Schemathesis tries each method that the document does not have.
for _method in (*METHODS, "query"):
    setattr(Handler, f"do_{_method.upper()}", Handler.handle_any)


class FaultyServer(ThreadingHTTPServer):
    """Serves the document on a free port of this machine. `planted`: operationId → fault, a key of FAULTS.

    `requests`: (method, path and query, body) of each, as they came.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, planted: dict[str, str]) -> None:
        self.planted = planted
        self.requests: list[tuple[str, str, bytes]] = []
        self.closing = threading.Event()
        self.examples = {id: first_example(id) for id in ONE_CALL}
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{VERSION}"


def first_example(operation_id: str) -> Any:
    """The first example of the operation's success."""
    examples = ONE_CALL[operation_id].responses["200"]["content"][JSON]["examples"]
    return resolve(next(iter(examples.values())))["value"]


@contextmanager
def serving(planted: dict[str, str]) -> Generator[FaultyServer]:
    """A server with these faults, while the context lasts."""
    with FaultyServer(planted) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()
