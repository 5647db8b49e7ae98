"""The validation proxy as a process, whose report is in a folder of the test's, and what stands behind it."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx

from scripts.evidence.exchange import Exchange
from scripts.evidence.notes import Notes
from scripts.node import ROOT
from tests.support.graph import Graph

SECONDS = 60  # the bound of everything that is waited for; far more than a loaded machine needs


class Proxy:
    """`make proxy`, with its report in `folder`: `with Proxy(upstream, folder) as proxy: … proxy.url …`."""

    def __init__(self, upstream: str, folder: Path, **env: str) -> None:
        self.url, self.folder = "", folder
        code = (
            "import sys; from pathlib import Path; from scripts.evidence import proxy, report; "
            f"report.FOLDER = Path({str(folder)!r}); sys.exit(proxy.main([]))"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "UPSTREAM": upstream, "PORT": "0", "HOST": "", "WRITES": "", **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "Proxy":
        assert self._process.stdout is not None
        first = self._process.stdout.readline()
        assert first.startswith("Proxy on "), self.end()
        self.url = first.split()[2]
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
        """Ends it by a signal: (exit code, what it printed to stdout after its first line, to stderr)."""
        if self._process.poll() is None:
            self._process.send_signal(number)
        try:
            out, errors = self._process.communicate(timeout=SECONDS)
        except ValueError:  # it was ended before
            return self._process.returncode, "", ""
        return self._process.returncode, out, errors

    def report(self) -> dict[str, Any]:
        """The report, once it was ended."""
        found: dict[str, Any] = json.loads((self.folder / "report.json").read_text())
        return found


@dataclass
class Came:
    """One request as it came to a server."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes


# Status, headers and body of an answer.
Answer = tuple[int, list[tuple[str, str]], bytes]


@dataclass
class Upstream:
    """A server that answers as it is told, and remembers what came."""

    url: str
    came: list[Came] = field(default_factory=list)


@contextmanager
def upstream(answer: Callable[[Came], Answer]) -> Iterator[Upstream]:
    """A server on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            came = Came(self.command, self.path, list(self.headers.items()), body)
            found.came.append(came)
            status, headers, body = answer(came)
            self.send_response_only(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_DELETE = do_PUT = handle_any

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found = Upstream(f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield found
        finally:
            server.shutdown()
            thread.join()


def exchange(
    method: str,
    target: str,
    status: int,
    answer: Any,
    *,
    headers: Mapping[str, str] | None = None,
    sent: Mapping[str, str] | None = None,
    body: bytes = b"",
) -> Exchange:
    """An exchange as the proxy notes it. `target`: path and query. `answer`: JSON, or bytes."""
    path, _, query = target.partition("?")
    told = {"content-type": "application/json; charset=UTF-8", **(headers or {})}
    content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    return Exchange(method, path, query, dict(sent or {}), body, status, tuple(told.items()), content)


class NotedGraph(Graph):
    """The sandbox in this process, whose calls go into notes."""

    notes: Notes

    def raw(
        self,
        method: str,
        path: bytes,
        query: bytes = b"",
        headers: list[tuple[bytes, bytes]] | None = None,
        body: bytes = b"",
    ) -> httpx.Response:
        answer = super().raw(method, path, query, headers, body)
        if not path.startswith(b"/_sandbox"):
            sent = {name.decode(): value.decode() for name, value in headers or ()}
            told = tuple((name.decode(), value.decode()) for name, value in answer.headers.raw)
            asked = (method, path.decode(), query.decode(), sent, body)
            self.notes.add(Exchange(*asked, answer.status_code, told, answer.content))
        return answer
