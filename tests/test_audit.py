"""`make audit` against services of its own on loopback: what they know of is told, and fails."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from scripts import audit

LEAK = {"id": "OSV-1", "affected": ()}
ADVISORY = {"id": 1, "title": "It leaks", "severity": "high", "url": "x", "vulnerable_versions": "*"}


class Services(ThreadingHTTPServer):
    """OSV and npm's advisories in one: `known` has the names of what is vulnerable."""

    known: frozenset[str] = frozenset()
    asked: set[str]


class Handler(BaseHTTPRequestHandler):
    server: Services

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.add(self.path)
        if self.path == "/osv":
            name = json.loads(body)["package"]["name"]
            answer: dict[str, object] = {"vulns": [LEAK]} if name in self.server.known else {}
        else:
            answer = {name: [ADVISORY] for name in self.server.known}
        text = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_GET(self) -> None:
        """No package can be had."""
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    with Services(("127.0.0.1", 0), Handler) as server:
        server.asked = set()
        address = f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setenv("PIP_AUDIT_VULNERABILITY_SERVICE", "osv")
        monkeypatch.setenv("PIP_AUDIT_OSV_URL", f"{address}/osv")
        monkeypatch.setenv("npm_config_registry", address)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("known", "code", "told"),
    [
        ("nothing-of-ours", 0, "found 0 vulnerabilities"),
        ("httpx", 1, "OSV-1"),
        ("@stoplight/prism-cli", 1, "It leaks"),
    ],
)
def test_what_is_known_of_is_told(
    services: Services, known: str, code: int, told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each service is asked for the whole lock, whatever the other one says."""
    services.known = frozenset({known})
    assert audit.main() == code
    assert told in capfd.readouterr().out
    assert services.asked == {"/osv", "/-/npm/v1/security/advisories/bulk"}
