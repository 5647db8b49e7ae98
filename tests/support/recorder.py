"""A local server that keeps each request, to see what a client puts on the wire."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Request:
    """A recorded request; `target` is path and query as they were sent, header names are in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class Recorder(ThreadingHTTPServer):
    """A server on a free port of 127.0.0.1 that keeps each request.

    `answer` makes status, headers and body of an answer; `reply` makes it answer all alike.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.requests: list[Request] = []
        self.answer: Callable[[Request], tuple[int, dict[str, str], bytes]]
        self.reply(200, {})

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v26.0"

    def reply(self, status: int, body: Any, content_type: str = "application/json", **headers: str) -> None:
        """What to answer from now on: bytes as they are, anything else as JSON. `a_b=c` is the header `a-b: c`."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answer = lambda request: (status, {"Content-Type": content_type, **named}, content)

    def last(self) -> Request:
        """The only request since the last call of this function."""
        request, *more = self.requests
        assert not more
        self.requests.clear()
        return request


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # otherwise each answer waits 40 ms for the client's delayed ACK
    server: Recorder

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        assert len(headers) == len(self.headers)
        request = Request(self.command, self.path, headers, body)
        self.server.requests.append(request)
        status, answered, content = self.server.answer(request)
        self.send_response(status)
        for name, value in answered.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_DELETE = do_GET

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def recorder() -> Iterator[Recorder]:
    """A Recorder that answers while the block runs."""
    with Recorder() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
