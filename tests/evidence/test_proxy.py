"""The validation proxy: passes calls on unchanged, refuses what may write, and keeps strangers out."""

import gzip
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from meta_b2b_sandbox import Sandbox
from meta_b2b_sandbox.world import CROWDED

from scripts.evidence import proxy
from scripts.evidence.exchange import Exchange
from scripts.evidence.notes import Notes
from tests.support.document import B2B
from tests.support.evidence import Answer, Came, Proxy, Upstream, upstream
from tests.support.sandbox import received

FORM = "application/x-www-form-urlencoded"
ODD_JSON = b'{ "data" : [ {"id":  "1"} ],\n\t"paging": {} }'


def odd(came: Came) -> Answer:
    """What a client library would tidy up: names twice, another order, compression, blanks in JSON."""
    headers = [
        ("Content-Type", "application/json; charset=UTF-8"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
    ]
    headers += [("X-FB-Debug", "one"), ("X-FB-Debug", "two"), ("Server", "proxygen"), ("Date", "today")]
    if "gzip" in came.target:
        return 200, [*headers, ("Content-Encoding", "gzip")], gzip.compress(ODD_JSON, mtime=0)
    return 418 if "teapot" in came.target else 200, headers, ODD_JSON


@pytest.fixture(scope="module")
def server() -> Iterator[Upstream]:
    with upstream(odd) as running:
        yield running


@pytest.fixture(scope="module")
def writing(server: Upstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """A proxy that passes everything on."""
    with Proxy(server.url, tmp_path_factory.mktemp("report"), WRITES="yes") as running:
        yield running


@pytest.fixture(scope="module")
def reading(server: Upstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """A proxy that passes only what reads."""
    with Proxy(server.url, tmp_path_factory.mktemp("report")) as running:
        yield running


def send(running: Proxy, head: str, body: bytes = b"") -> bytes:
    """All that comes back to a request, byte by byte as it is given."""
    port = urlsplit(running.url).port
    with socket.create_connection(("127.0.0.1", port or 0), 5) as sock:
        length = f"\r\nContent-Length: {len(body)}" if body and "chunked" not in head else ""
        more = f"{length}\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
        sock.sendall((head + more).encode() + body)
        return received(sock)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("GET /v26.0/3333333333/clients?fields=id%2Cname&x=%5b1%5D&y='&z&a+b=%2F HTTP/1.1", b""),
        (
            "GET /v26.0//me%2Faccounts/?access_token=a|b HTTP/1.1\r\nAuthorization: OAuth  x\r\nX-A: 1\r\nX-A: 2",
            b"",
        ),
        ("GET /v26.0/1 HTTP/1.1\r\nAccept: */*\r\nUser-Agent: fb\r\nAccept-Encoding: br;q=1.0, gzip", b""),
        (f"POST /v26.0/1/agencies HTTP/1.1\r\nContent-Type: {FORM}", b"%=1&a=1&a=2"),
        (
            "POST /v26.0/1/agencies HTTP/1.1\r\nContent-Type: application/json",
            b'{ "business" : 33333333333333333333}',
        ),
        (
            "POST /v26.0/1/agencies HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=q",
            b'--q\r\nContent-Disposition: form-data; name="business"\r\n\r\n\xff1\r\n--q--\r\n',
        ),
        (f"DELETE /v26.0/1/agencies HTTP/1.1\r\nContent-Type: {FORM}", b"business=1"),
    ],
)
def test_requests_pass_unchanged(server: Upstream, writing: Proxy, head: str, body: bytes) -> None:
    server.came.clear()
    send(writing, head, body)
    (came,) = server.came
    line, *headers = head.split("\r\n")
    assert f"{came.method} {came.target} HTTP/1.1" == line
    assert came.body == body
    pairs = [header.split(":", 1) for header in headers]
    sent = [(name.lower(), value.strip()) for name, value in pairs] + [("host", urlsplit(server.url).netloc)]
    sent += [("content-length", str(len(body)))] if body else []
    assert sorted((name.lower(), value) for name, value in came.headers) == sorted(sent)


def test_a_body_in_chunks_passes_whole(server: Upstream, writing: Proxy) -> None:
    server.came.clear()
    chunks = b"3\r\na=1\r\n4\r\n&b=2\r\n0\r\n\r\n"
    send(writing, f"POST /v26.0/1 HTTP/1.1\r\nContent-Type: {FORM}\r\nTransfer-Encoding: chunked", chunks)
    assert server.came[0].body == b"a=1&b=2"


def test_headers_between_neighbours_go_no_further(server: Upstream, writing: Proxy) -> None:
    server.came.clear()
    send(writing, "GET /v26.0/1 HTTP/1.1\r\nConnection: x-mine\r\nX-Mine: 1\r\nTE: trailers\r\nX-Other: 2")
    names = {name.lower() for name, _ in server.came[0].headers}
    assert names == {"host", "x-other"}


@pytest.mark.parametrize("target", ["/v26.0/1/clients", "/v26.0/1/clients?gzip", "/v26.0/1/teapot"])
def test_answers_pass_unchanged(writing: Proxy, target: str) -> None:
    head, _, body = send(writing, f"GET {target} HTTP/1.1").partition(b"\r\n\r\n")
    status, headers, expected = odd(Came("GET", target, [], b""))
    first, *lines = head.decode().split("\r\n")
    assert first.split()[1] == str(status) and body == expected
    found = sorted(tuple(line.split(": ", 1)) for line in lines)
    wanted = [(name.lower(), value) for name, value in headers]
    assert found == sorted([*wanted, ("content-length", str(len(expected))), ("connection", "close")])


def test_what_the_server_adds_to_an_answer(tmp_path: Path) -> None:
    """No more than these two, and only where they are missing."""
    with upstream(lambda _: (200, [("A", "1")], b"{}")) as server, Proxy(server.url, tmp_path) as running:
        head = send(running, "GET /v26.0/1 HTTP/1.1").partition(b"\r\n\r\n")[0].decode()
    names = {line.partition(":")[0] for line in head.split("\r\n")[1:]}
    assert names == {"a", "server", "date", "content-length", "connection"}


WRITES = {
    "another method": ("DELETE", "/v26.0/1/agencies?business=2", {}, b""),
    "a POST": ("POST", "/v26.0/1/agencies", {"Content-Type": FORM}, b"business=2"),
    "a POST that says it is a GET": ("POST", "/v26.0/1/agencies?method=get", {}, b""),
    "HEAD, which nobody needs": ("HEAD", "/v26.0/1", {}, b""),
    "method in the query": ("GET", "/v26.0/1?method=delete", {}, b""),
    "in capitals": ("GET", "/v26.0/1?METHOD=DELETE", {}, b""),
    "escaped": ("GET", "/v26.0/1?%6dethod=p%6fst", {}, b""),
    "behind a plus": ("GET", "/v26.0/1?+method=post", {}, b""),
    "as a list": ("GET", "/v26.0/1?method[]=post", {}, b""),
    "the second of two": ("GET", "/v26.0/1?method=get&method=delete", {}, b""),
    "in a form": ("GET", "/v26.0/1", {"Content-Type": FORM}, b"method=delete"),
    "in JSON": ("GET", "/v26.0/1", {"Content-Type": "application/json"}, b'{"method":"delete"}'),
    "in a body that cannot be read": ("GET", "/v26.0/1", {"Content-Type": "text/csv"}, b"method"),
    "in a header": ("GET", "/v26.0/1", {"X-HTTP-Method-Override": "DELETE"}, b""),
    "a batch": ("GET", '/v26.0/?batch=[{"method":"DELETE","relative_url":"1"}]', {}, b""),
}


@pytest.mark.parametrize("what", WRITES)
def test_what_may_write_is_refused(server: Upstream, reading: Proxy, what: str) -> None:
    server.came.clear()
    method, target, headers, body = WRITES[what]
    answer = httpx.request(method, reading.url + target, headers=headers, content=body)
    assert answer.status_code == 403 and server.came == []
    if method != "HEAD":
        error = answer.json()["error"]
        assert (error["code"], error["type"]) == (200, "OAuthException") and "WRITES=yes" in error["message"]


@pytest.mark.parametrize("what", WRITES)
def test_what_may_write_passes_when_allowed(server: Upstream, writing: Proxy, what: str) -> None:
    server.came.clear()
    method, target, headers, body = WRITES[what]
    if method != "HEAD":  # this server has none
        assert httpx.request(method, writing.url + target, headers=headers, content=body).status_code == 200
        assert server.came[0].method == method


@pytest.mark.parametrize("query", ["", "?method=GET", "?fields=method", "?methods=post"])
def test_what_reads_passes(reading: Proxy, query: str) -> None:
    assert httpx.get(f"{reading.url}/v26.0/1{query}").status_code == 200


def test_an_empty_json_body_of_a_get_passes(reading: Proxy) -> None:
    """Meta's Node SDK sends one."""
    json_type = {"Content-Type": "application/json"}
    assert httpx.request("GET", f"{reading.url}/v26.0/1", headers=json_type, content=b"{}").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
    ids=str,
)
def test_pages_of_strangers_are_refused(server: Upstream, writing: Proxy, headers: dict[str, str]) -> None:
    server.came.clear()
    answer = httpx.get(f"{writing.url}/v26.0/1", headers=headers)
    assert answer.status_code == 403 and "pages in a browser" in answer.json()["error"]["message"]
    assert server.came == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_its_end_writes_the_report(server: Upstream, tmp_path: Path, number: signal.Signals) -> None:
    with Proxy(server.url, tmp_path / "new") as running:
        httpx.get(f"{running.url}/v26.0/3333333333/clients?access_token=EAAsecret")
        httpx.get(f"{running.url}/v26.0/3333333333/clients", headers={"Host": "evil.example"})
        code, out, errors = running.end(number)
        report = running.report()
    assert (code, errors) == (0, "") and "1 calls, 0 differences" in out
    assert report["operations"]["list_clients"]["calls"] == report["calls"] == 1
    assert report["left_out"] == {"calls that the proxy refused": 1}
    assert "list_clients" in (tmp_path / "new" / "report.md").read_text()


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with Proxy(f"http://127.0.0.1:{port}", tmp_path) as running:
        answer = httpx.get(f"{running.url}/v26.0/1?access_token=EAAsecret")
        running.end()
        assert running.report()["left_out"] == {"calls without an answer": 1}
    assert answer.status_code == 502 and f"127.0.0.1:{port}" in answer.json()["error"]["message"]


def test_the_certificate_is_checked(tmp_path: Path) -> None:
    with Sandbox(tls=True) as sandbox:
        host, target = (
            sandbox.base_url.rpartition("/")[0],
            f"/v26.0/{CROWDED}/agencies?access_token=owner-token",
        )
        with Proxy(host, tmp_path) as running:
            assert httpx.get(running.url + target).status_code == 502
        with Proxy(host, tmp_path, SSL_CERT_FILE=str(sandbox.authority)) as running:
            assert httpx.get(running.url + target).json()["data"]


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({}, "make proxy UPSTREAM=https://graph.facebook.com"),
        ({"UPSTREAM": "graph.facebook.com"}, "not the address of a server"),
        ({"UPSTREAM": "https://user:hidden@graph.facebook.com"}, "more than scheme, host and port"),
        ({"UPSTREAM": "https://graph.facebook.com/v26.0"}, "more than scheme, host and port"),
        ({"UPSTREAM": "http://graph.facebook.com"}, "write https"),
        ({"UPSTREAM": "https://graph.facebook.com", "PORT": "70000"}, "not a port"),
        ({"UPSTREAM": "http://127.0.0.1:4998", "PORT": "4998"}, "the proxy itself"),
    ],
)
def test_wrong_usage(
    env: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("UPSTREAM", "PORT", "HOST", "WRITES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert proxy.main([]) == 2
    out, errors = capsys.readouterr()
    assert out == "" and errors.count("\n") == 1 and said in errors and "hidden" not in errors


def test_a_fault_of_its_own_stops_nobody_and_tells_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    class Broken(Notes):
        def add(self, exchange: Exchange) -> list[object]:  # type: ignore[override]
            raise KeyError(exchange.query)

    notes = Broken(B2B)
    proxy.Recorder(notes).note(Exchange("GET", "/v26.0/1", "access_token=EAAsecret", {}, b"", 200, (), b"{}"))
    assert notes.skipped == {"calls that could not be compared": 1}
    assert "KeyError in add" in (said := capsys.readouterr().err) and "EAAsecret" not in said
