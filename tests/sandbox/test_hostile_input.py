"""Hostile input over real sockets: always an envelope or a closed connection, no harm, bounded memory."""

import contextlib
import json
import socket
import sys
import time
from collections.abc import Iterator

import pytest
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, CROWDED, OWNER

from tests.support.graph import ERRORS
from tests.support.http import GOOD, answers, get, head, request
from tests.support.sandbox import HTTP, WatchedSandbox, received

FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"
PART = b'--b\r\nContent-Disposition: form-data; name="business"\r\n\r\n3333333333\r\n'
TASKS_PART = b'--b\r\nContent-Disposition: form-data; name="permitted_tasks"\r\n\r\nADVERTISE\r\n'
# In two chunks, which lack their end
CHUNKED = head(
    "POST",
    f"/v26.0/{AD_ACCOUNT}/agencies",
    "Content-Type: application/json",
    "Transfer-Encoding: chunked",
) + b"\r\n9\r\n%b\r\n%x\r\n%b\r\n" % (GOOD[:9], len(GOOD) - 9, GOOD[9:])
# What is HTTP is answered with a Graph error envelope
HOSTILE = {
    # Cut off, or of another length than was said
    "truncated JSON": request(GOOD[:-5]),
    "body longer than said": request(GOOD + GOOD, length=len(GOOD) - 1),
    "malformed chunks": head("POST", "/v26.0/1", "Transfer-Encoding: chunked")
    + b"\r\nzz\r\nabc\r\n0\r\n\r\n",
    "length and chunks": head("POST", "/v26.0/1", "Content-Length: 3", "Transfer-Encoding: chunked")
    + b"\r\n0\r\n\r\n",
    # Large
    "10 MB JSON": request(b'{"business":"' + b"3" * 10_000_000 + b'"}'),
    "10 MB form": request(b"business=" + b"3" * 10_000_000, FORM),
    "10 MB multipart": request(PART + b"x" * 10_000_000, MULTIPART),
    "10 MB to nobody": head("POST", "/nothing/there", "Content-Length: 10000000")
    + b"\r\n"
    + b"x" * 10_000_000,
    "10 MB of chunks": head("POST", "/v26.0/1", "Transfer-Encoding: chunked")
    + b"\r\n"
    + (b"10000\r\n" + b"x" * 65536 + b"\r\n") * 160,
    "almost 1 MB of names": request(b"&".join(b"%d=" % n for n in range(120_000)), FORM),
    "almost 1 MB of parts": request(PART * 12_000 + b"--b--\r\n", MULTIPART),
    "almost 1 MB of fields": request(b"fields=" + b"id," * 300_000 + b"id&method=get", FORM),
    "almost 1 MB of tasks": request(
        b'{"business":"1","permitted_tasks":[' + b'"ADVERTISE",' * 70_000 + b"1]}"
    ),
    "long path": get(b"/v26.0/" + b"1" * 60_000),
    "thousands of query parameters": get(b"/v26.0/1?" + b"&".join(b"a%d=1" % n for n in range(5000))),
    "the same query parameter thousands of times": get(b"/v26.0/1/clients?" + b"limit=1&" * 5000),
    "long token": head("GET", "/v26.0/1").replace(b"owner-token", b"x" * 60_000) + b"\r\n",
    "huge number": request(b'{"business":' + b"9" * 900_000 + b',"permitted_tasks":["ADVERTISE"]}'),
    "huge exponent": request(b'{"business":1e999999999,"permitted_tasks":["ADVERTISE"]}'),
    # Deep
    "100,000 lists": request(b'{"business":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "100,000 objects": request(b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "500 lists": request(b'{"permitted_tasks":["ADVERTISE"],"business":' + b"[" * 500 + b"]" * 500 + b"}"),
    "100,000 open braces": request(b"{" * 100_000),
    # Not UTF-8, NUL, surrogates
    "invalid UTF-8 in the path": get(b"/v26.0/%ff%fe/clients"),
    "overlong UTF-8 in the path": get(b"/v26.0/%c0%af/clients"),
    "a surrogate in the path": get(b"/v26.0/%ed%a0%80/clients"),
    "invalid UTF-8 in the query": get(f"/v26.0/{AGENCY}/client_ad_accounts?search_query=%ff".encode()),
    "invalid UTF-8 in a name": get(f"/v26.0/{AGENCY}/client_ad_accounts?%ff=1".encode()),
    "broken escapes": get(b"/v26.0/%zz%/clients?%=1&%1=2"),
    "invalid UTF-8 in a form": request(b"business=%ff&permitted_tasks=ADVERTISE", FORM),
    "raw bytes in a form": request(b"business=\xff&permitted_tasks=ADVERTISE", FORM),
    "invalid UTF-8 in JSON": request(b'{"business":"\xff","permitted_tasks":["ADVERTISE"]}'),
    "UTF-16 JSON": request(GOOD.decode().encode("utf-16")),
    "invalid UTF-8 in a part": request(PART.replace(b"333", b"\xff") + TASKS_PART + b"--b--\r\n", MULTIPART),
    "invalid UTF-8 in a part's name": request(PART.replace(b"business", b"\xff") + b"--b--\r\n", MULTIPART),
    "invalid UTF-8 in a token": head("GET", "/v26.0/1").replace(b"owner-token", b"\xff") + b"\r\n",
    "invalid UTF-8 in a header": head("GET", "/v26.0/1").replace(b"Host: x", b"Host: \xff\xfe") + b"\r\n",
    "NUL in the path": get(b"/v26.0/1%00/clients"),
    "NUL in JSON": request(GOOD.replace(b"333", b"\\u0000")),
    "NUL in a form": request(b"business=333%00&permitted_tasks=ADVERTISE", FORM),
    "NULs for a body": request(b"\0" * 1000),
    "a lone surrogate in a value": request(GOOD.replace(b"333", b"\\ud800")),
    "a lone surrogate in a name": request(b'{"\\ud800":1,"business":"1","permitted_tasks":["ADVERTISE"]}'),
    "a lone surrogate in the tasks": request(GOOD.replace(b"ADVERTISE", b"\\udfff")),
    "a lone surrogate in the method": request(b'{"method":"\\ud800"}'),
    "a lone surrogate in the token": request(b'{"access_token":"\\ud800"}').replace(
        b"Authorization", b"X-No"
    ),
    "a lone surrogate in the proof": request(b'{"appsecret_proof":"\\ud800"}'),
    "a lone surrogate in fields": request(b'{"method":"get","fields":"\\ud800"}'),
    "a lone surrogate in after": request(b'{"method":"get","after":"\\ud800"}'),
    # Malformed multipart
    "no boundary": request(PART + b"--b--\r\n", "multipart/form-data"),
    "an empty boundary": request(PART + b"--b--\r\n", "multipart/form-data; boundary="),
    "another boundary": request(PART.replace(b"--b", b"--c") + b"--c--\r\n", MULTIPART),
    "no end": request(PART + TASKS_PART, MULTIPART),
    "cut in a header": request(PART[:30], MULTIPART),
    "only the end": request(b"--b--\r\n", MULTIPART),
    "no name": request(PART.replace(b'; name="business"', b"") + b"--b--\r\n", MULTIPART),
    "no header": request(b"--b\r\n\r\nx\r\n--b--\r\n", MULTIPART),
    "a malformed header": request(b"--b\r\nnonsense\r\n\r\nx\r\n--b--\r\n", MULTIPART),
    "a file": request(
        PART.replace(b'"business"', b'"business"; filename="f"') + TASKS_PART + b"--b--\r\n", MULTIPART
    ),
    "a broken base64 part": request(
        PART.replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: base64\r\n\r\n", 1).replace(b"333", b"!")
        + b"--b--\r\n",
        MULTIPART,
    ),
    "an unknown transfer encoding": request(
        PART.replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: owner-token\r\n\r\n", 1) + b"--b--\r\n",
        MULTIPART,
    ),
    "a boundary of a megabyte": request(PART, "multipart/form-data; boundary=" + "b" * 100_000),
    # Twice
    "a JSON name twice": request(b'{"business":"3333333333","business":"1","permitted_tasks":["ADVERTISE"]}'),
    "a form field twice": request(b"business=1&business=3333333333&permitted_tasks=ADVERTISE", FORM),
    "a part twice": request(PART + PART + TASKS_PART + b"--b--\r\n", MULTIPART),
    "a query parameter twice": get(f"/v26.0/{OWNER}/agencies?limit=1&limit=2".encode()),
    "a token twice": get(f"/v26.0/{OWNER}/agencies?access_token=a&access_token=b".encode()).replace(
        b"Authorization", b"X-No"
    ),
    # Not HTTP, or not this one
    "a websocket": head(
        "GET", "/v26.0/1", "Upgrade: websocket", "Sec-WebSocket-Key: eA==", "Sec-WebSocket-Version: 13"
    )
    + b"\r\n",
    "CONNECT": b"CONNECT x:80 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "no host": b"GET /v26.0/1 HTTP/1.1\r\nConnection: close\r\n\r\n",
    "HTTP/1.0": b"GET /v26.0/1 HTTP/1.0\r\n\r\n",
}
# What is not even HTTP, or beyond the limits of its heads, ends the connection, with a bare 4xx or with nothing
NOT_HTTP = {
    "two lengths": head("POST", "/v26.0/1", "Content-Length: 3", "Content-Length: 4") + b"\r\nabcd",
    "negative length": head("POST", "/v26.0/1", "Content-Length: -1") + b"\r\n",
    "endless length": head("POST", "/v26.0/1", "Content-Length: 99999999999999999999999") + b"\r\n",
    "huge header": head("GET", "/v26.0/1", "X-Big: " + "x" * 1_000_000) + b"\r\n",
    "10,000 headers": head("GET", "/v26.0/1", *(f"X-{n}: {n}" for n in range(10_000))) + b"\r\n",
    "huge path": get(b"/v26.0/" + b"1" * 1_000_000),
    "deep fields": get(f"/v26.0/{OWNER}/agencies?fields=".encode() + b"page_permissions%7B" * 5_000),
    "raw bytes in the path": get(b"/v26.0/\xff\xfe/clients"),
    "raw bytes in the query": get(f"/v26.0/{AGENCY}/client_ad_accounts?search_query=".encode() + b"\xff"),
    "a raw NUL in the path": get(b"/v26.0/1\0/clients"),
    "not HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 100,
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/0.9": b"GET /\r\n\r\n",
    "a folded header": head("GET", "/v26.0/1", "X-A: 1\r\n 2") + b"\r\n",
}
# What is not all there, and then the client closes its side
CUT = {
    "body shorter than said": request(GOOD, length=len(GOOD) + 9),
    "chunks that end early": head("POST", "/v26.0/1", "Transfer-Encoding: chunked") + b"\r\n5\r\nab",
    "good chunks without an end": CHUNKED,
    "empty lines": b"\r\n" * 1000,
    "a good body that is cut": request(GOOD, length=len(GOOD) + 1),
    "half a head": head()[:60],
    "no head": b"",
}


def still_serves(sandbox: WatchedSandbox) -> None:
    answer = HTTP.get(f"{sandbox.base_url}/{CROWDED}/agencies?limit=1&access_token=owner-token")
    assert answer.json()["data"][0]["id"] == "9000000001"


@pytest.fixture
def unimpressed(sandbox: WatchedSandbox) -> Iterator[WatchedSandbox]:
    """The sandbox, which serves afterwards as it did before, from the same world."""
    yield sandbox
    still_serves(sandbox)
    url = f"{sandbox.base_url}/{AD_ACCOUNT}/agencies?access_token=owner-token"
    assert HTTP.get(url).json() == {"data": []}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_gets_a_graph_error_envelope(unimpressed: WatchedSandbox, name: str) -> None:
    got = answers(unimpressed.send(HOSTILE[name]))
    if name.startswith("10 MB") and not got:
        return  # the connection is closed before all is sent; then the answer may be lost
    ((status, body),) = got
    assert status == 413 if name.startswith("10 MB") else 400 <= status < 500
    assert ERRORS.is_valid(json.loads(body)), body


@pytest.mark.parametrize("name", NOT_HTTP)
def test_what_is_not_http_ends_the_connection(unimpressed: WatchedSandbox, name: str) -> None:
    for status, body in answers(unimpressed.send(NOT_HTTP[name])):  # which returns when it is closed
        assert (400 <= status < 500, body) == (True, b"")


@pytest.mark.parametrize("name", CUT)
def test_what_is_cut_off_does_nothing(unimpressed: WatchedSandbox, name: str) -> None:
    with unimpressed.connect() as sock:
        sock.sendall(CUT[name])
        sock.shutdown(socket.SHUT_WR)
        for status, body in answers(received(sock)):
            assert (status, ERRORS.is_valid(json.loads(body))) == (400, True)


def test_a_body_in_chunks() -> None:
    with WatchedSandbox() as sandbox:
        ((status, body),) = answers(sandbox.send(CHUNKED + b"0\r\n\r\n"))
        assert (status, json.loads(body)) == (200, {"success": True})


def test_pipelined_calls_are_answered_in_order(sandbox: WatchedSandbox) -> None:
    one = b"GET /v26.0/1111111111?fields=id HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer owner-token\r\n\r\n"
    got = answers(
        sandbox.send(one + one.replace(b"1111111111", b"1") + one * 48 + get(b"/v26.0/1111111112?fields=id"))
    )
    assert [status for status, _ in got] == [200, 400, *[200] * 49]
    assert json.loads(got[-1][1]) == {"id": "1111111112"}


class HastySandbox(WatchedSandbox):
    """Waits for heads and bodies for two seconds only."""

    command = (
        *(sys.executable, "-P", "-c"),
        "import sys; from meta_b2b_sandbox import app, cli, serving;"
        "app.BODY_SECONDS = serving.HEAD_SECONDS = 2; sys.exit(cli.main())",
    )


def test_slow_clients_are_cut_off_and_hinder_nobody() -> None:
    """All at once, while others are served. The limits are shorter than the command's own."""
    with HastySandbox() as sandbox, contextlib.ExitStack() as stack:
        slow = [stack.enter_context(sandbox.connect()) for _ in range(60)]
        for number, sock in enumerate(slow):
            sock.sendall((b"", head("GET", "/v26.0/1"), request(GOOD, length=1000))[number % 3])
        start = time.monotonic()
        still_serves(sandbox)
        assert time.monotonic() - start < 2
        for number, sock in enumerate(slow):
            got = received(sock, 15)
            if number % 3 == 2:
                ((status, body),) = answers(got)
                assert (status, b"took longer than" in body) == (408, True)
            else:
                assert all(400 <= status < 500 for status, _ in answers(got))
        assert time.monotonic() - start > 1
        still_serves(sandbox)
        assert sandbox.end() == (0, "", [])


def test_memory_is_bounded() -> None:
    """The hostile calls over and over do not make it grow."""
    with WatchedSandbox() as sandbox:

        def round_of_calls() -> int:
            for sent in [*HOSTILE.values(), *NOT_HTTP.values()]:
                sandbox.send(sent)
            return sandbox.rss()

        for _ in range(2):
            warm = round_of_calls()
        assert warm < 200_000_000
        for _ in range(5):
            last = round_of_calls()
        assert last - warm < 15_000_000
        still_serves(sandbox)
        assert sandbox.end() == (0, "", [])
