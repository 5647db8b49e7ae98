"""Hostile input over real sockets: always an envelope or a closed connection, no harm, bounded memory."""

import contextlib
import json
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from types import FrameType
from typing import Any, ClassVar

import pytest
from meta_b2b_sandbox.errors import GraphError
from meta_b2b_sandbox.fields import parse
from meta_b2b_sandbox.graph_names import GraphNames
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, CROWDED, OWNER, PAGE

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
GRANT = b"business=3333333333&"


def fields(text: bytes) -> bytes:
    """A list with these fields. It is longer than a head may be, so it comes in a form."""
    return request(b"method=get&fields=" + text, FORM)


def node_fields(text: bytes) -> bytes:
    """A business with these fields."""
    return get(f"/v26.0/{OWNER}?fields=".encode() + text)


def post(path: str, body: bytes, media: str = "application/json") -> bytes:
    """A POST with this body to another path than a grant's."""
    return request(body, media).replace(f"/v26.0/{AD_ACCOUNT}/agencies".encode(), f"/v26.0{path}".encode(), 1)


def untyped(body: bytes) -> bytes:
    return request(body).replace(b"Content-Type: application/json\r\n", b"")


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
    "invalid UTF-8 in a header": head("GET", "/v26.0/1").replace(b"Host: localhost", b"Host: \xff\xfe")
    + b"\r\n",
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
        PART.replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: owner-token\r\n\r\n", 1).replace(
            b"333", b"!"
        )
        + b"--b--\r\n",
        MULTIPART,
    ),
    "a boundary of a megabyte": request(PART, "multipart/form-data; boundary=" + "b" * 100_000),
    # `fields`
    "fields that are 10,000 deep": request(b"method=get&fields=" + b"a{" * 10_000 + b"}" * 10_000, FORM),
    "edges that are 2,000 deep": fields(b"agencies.limit(1){" * 500),
    "10,000 names": request(b"method=get&fields=" + b",".join(b"n%d" % n for n in range(10_000)), FORM),
    "1,500 names": fields(b",".join(b"n%d" % n for n in range(1500))),
    "a megabyte of fields": request(b"method=get&fields=" + b"x" * 900_000, FORM),
    "a megabyte of blanks": request(b"method=get&fields=id" + b"+" * 900_000 + b",", FORM),
    "10,000 blanks": fields(b"id" + b"%20" * 9_990 + b"{"),
    "open brackets": fields(b"[" * 9_000),
    "closed brackets": fields(b"]" * 9_000),
    "open parentheses": fields(b"agencies.limit" + b"(" * 9_000),
    "open braces": fields(b"agencies{" * 10 + b"id" + b"}" * 9),
    "brackets of two kinds": fields(b"agencies{[}]"),
    "thousands of parameters": fields(b"agencies" + b".a()" * 2_000 + b"."),
    "lists in lists": fields(b'["["[' * 1_000),
    "a list in a list": fields(b'[["id"]]'),
    "numbers in a list": fields(b"[1,2]"),
    "JSON in JSON in JSON": fields(b'["[\\"[\\\\\\"nmae\\\\\\"]\\"]"]'),
    "a list that is 10,000 deep": request(b"method=get&fields=" + b"[" * 10_000 + b"]" * 10_000, FORM),
    "a huge limit of an edge": node_fields(b"agencies.limit(" + b"9" * 9_000 + b"){nmae}"),
    "a huge limit that is a number": get(f"/v26.0/{OWNER}/agencies?limit=-".encode() + b"9" * 900),
    "a negative limit of an edge": node_fields(b"agencies.limit(-1)"),
    "a limit of an edge that is no number": node_fields(b"agencies.limit(1e9)"),
    "NUL in fields": fields(b"id%00"),
    "invalid UTF-8 in fields": fields(b"%ff"),
    "Arabic digits in fields": fields("agencies.limit(٣)".encode()),
    "a line feed in an unknown field": fields(b"nmae%0d%0aX-Injected:1"),
    "edges in edges, more than a call may read": node_fields(
        b"owned_ad_accounts{business{" * 9 + b"id" + b"}}" * 9
    ),
    "fields of a node that nobody knows": get(b"/v26.0/999999999999?fields=" + b"agencies{" * 20),
    # Lists with brackets
    "thousands of indices": request(
        GRANT + b"&".join(b"permitted_tasks[%d]=ANALYZE" % n for n in range(3000)), FORM
    ),
    "900 indices of one wrong task": request(
        GRANT
        + b"&".join(b"permitted_tasks[%d]=%s" % (n, b"NONE" if n == 899 else b"ANALYZE") for n in range(900)),
        FORM,
    ),
    "a negative index": request(GRANT + b"permitted_tasks[-1]=ANALYZE", FORM),
    "a huge index": request(GRANT + b"permitted_tasks[99999999999999999999]=ANALYZE", FORM),
    "an index of a megabyte": request(GRANT + b"permitted_tasks[" + b"1" * 900_000 + b"]=ANALYZE", FORM),
    "a name for an index": request(GRANT + b"permitted_tasks[a]=ANALYZE", FORM),
    "two indices": request(GRANT + b"permitted_tasks[0][0]=ANALYZE", FORM),
    "an index without an end": request(GRANT + b"permitted_tasks[0=ANALYZE", FORM),
    "an index in Arabic digits": request(GRANT + "permitted_tasks[٣]=ANALYZE".encode(), FORM),
    "a list in a list of tasks": request(b'{"business":"3333333333","permitted_tasks":[["ADVERTISE"]]}'),
    "an empty list in a list of tasks": request(b'{"business":"3333333333","permitted_tasks":["[]"]}'),
    "a deep list in a list of tasks": request(
        b'{"business":"3333333333","permitted_tasks":["' + b"[" * 100_000 + b'"]}'
    ),
    "quotes without an end": request(GRANT + b"permitted_tasks=['ANALYZE'" + b"+" * 800_000, FORM),
    "quotes without commas": request(GRANT + b"permitted_tasks=[" + b"'ANALYZE'+" * 80_000 + b"]", FORM),
    # Bodies without a content type, or of none that is known
    "no content type, bytes": untyped(b"\xff\xfe\x00"),
    "no content type, neither JSON nor a form": untyped(b"business"),
    "no content type, XML": untyped(b"<a business='3333333333'/>"),
    "no content type, a list": untyped(b'["business"]'),
    "no content type, JSON without its end": untyped(b'{"business":"3333333333"'),
    "no content type, a part of multipart": untyped(PART),
    "text/plain, bytes": request(b"\xff\xfe", "text/plain"),
    "an unknown content type": request(GOOD, "application/x-unknown"),
    "a content type of a megabyte": request(GOOD, "a" * 50_000),
    # Switches
    "markup as a callback": get(b"/v26.0/1?callback=%3Cscript%3Ealert(1)%3C/script%3E"),
    "a callback with a line feed": get(b"/v26.0/1?callback=a%0d%0aX-Injected:1"),
    "a callback of 60,000 characters": get(b"/v26.0/1?callback=" + b"a" * 50_000),
    "a callback twice": get(b"/v26.0/1?callback=a&callback=b"),
    "a method twice": get(f"/v26.0/{OWNER}/agencies?method=get&method=delete".encode()),
    "a method in a list": request(b'{"method":["get"]}'),
    "a method that is none": get(f"/v26.0/{OWNER}/agencies?method=%0d%0aX-Injected:1".encode()),
    "switches twice": get(b"/v26.0/1?suppress_http_code=1&suppress_http_code=1&debug=all&debug=all"),
    "a debug that is a list": request(b'{"debug":["all"],"date_format":["U"],"metadata":{}}'),
    # People and tokens
    "a megabyte of scopes": post(
        f"/{OWNER}/access_token", b"app_id=400000000000001&scope=" + b"ads_management," * 60_000, FORM
    ),
    "a scope that is no text": post(
        f"/{OWNER}/access_token", b'{"app_id":"400000000000001","scope":{"a":["ads_management"]}}'
    ),
    "a scope that is 10,000 lists deep": post(
        f"/{OWNER}/access_token",
        b'{"app_id":"400000000000001","scope":' + b"[" * 10_000 + b"]" * 10_000 + b"}",
    ),
    "a scope in quotes without an end": post(
        f"/{OWNER}/access_token", b"app_id=400000000000001&scope=['ads_management", FORM
    ),
    "tasks that are objects": post(f"/{PAGE}/assigned_users", b'{"user":"7122102222222222","tasks":[{}]}'),
    "70,000 tasks and a wrong one": post(
        f"/{AD_ACCOUNT}/assigned_users",
        b'{"user":"7122102222222222","tasks":[' + b'"ADVERTISE",' * 70_000 + b'"NONE"]}',
    ),
    "a megabyte of an e-mail": post(f"/{OWNER}/business_users", b"email=" + b"a" * 900_000 + b"@b", FORM),
    "an e-mail with many at signs": post(f"/{OWNER}/business_users", b"email=" + b"@" * 100_000, FORM),
    "an e-mail with a line feed": post(f"/{OWNER}/business_users", b"email=a%0aX-Injected:1@b", FORM),
    "an e-mail that is a surrogate": post(f"/{OWNER}/business_users", b'{"email":"\\ud800@b"}'),
    "a name that is a surrogate": post(f"/{OWNER}/system_users", b'{"name":"\\ud800"}'),
    "an input_token of 50,000 characters": get(b"/v26.0/debug_token?input_token=" + b"x" * 50_000),
    "an input_token of nothing": get(b"/v26.0/debug_token?input_token="),
    "an input_token of an app that nobody knows": get(b"/v26.0/debug_token?input_token=%ff|1"),
    "a token of nothing but a bar": head("GET", "/v26.0/me").replace(b"owner-token", b"|") + b"\r\n",
    "an app with an empty secret": head("GET", "/v26.0/me").replace(b"owner-token", b"400000000000001|")
    + b"\r\n",
    "an app with a wrong secret": head("GET", "/v26.0/me").replace(b"owner-token", b"400000000000001|x|y")
    + b"\r\n",
    "an app of 50,000 digits": head("GET", "/v26.0/me").replace(b"owner-token", b"4" * 50_000 + b"|x")
    + b"\r\n",
    "an app that asks who it is": head("GET", "/v26.0/me").replace(
        b"owner-token", b"400000000000001|sandbox-app-secret"
    )
    + b"\r\n",
    "an app that asks for its Pages": head("GET", "/v26.0/me/accounts").replace(
        b"owner-token", b"400000000000001|sandbox-app-secret"
    )
    + b"\r\n",
    "a 7 alone": get(b"/v26.0/7/assigned_pages"),
    "two 7s before a person": get(b"/v26.0/77122102222222222/assigned_pages"),
    "a 7 before a system user": get(b"/v26.0/7122103333333333/assigned_pages"),
    "a 7 before 19 digits": get(b"/v26.0/79999999999999999999/assigned_pages"),
    "a user that is a 7": post(f"/{PAGE}/assigned_users", b'{"user":"7"}'),
    "a user that is a huge number": post(f"/{PAGE}/assigned_users", b'{"user":7' + b"1" * 9_000 + b"}"),
    "users of nobody as a field": get(f"/v26.0/{PAGE}?fields=assigned_users.business(){{id}}".encode()),
    "users of a word as a field": get(f"/v26.0/{PAGE}?fields=assigned_users.business(abc){{id}}".encode()),
    "users of no business as a field": get(f"/v26.0/{PAGE}?fields=assigned_users{{id}}".encode()),
    "users of two businesses as a field": get(
        f"/v26.0/{PAGE}?fields=assigned_users.business({OWNER}).business({AGENCY}){{nmae}}".encode()
    ),
    "a secret of a megabyte": request(
        b"method=get&grant_type=fb_exchange_token&client_id=1&client_secret=" + b"x" * 900_000, FORM
    ).replace(f"{AD_ACCOUNT}/agencies".encode(), b"oauth/access_token", 1),
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
    "CONNECT": b"CONNECT x:80 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
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


def test_what_a_caller_sends_becomes_no_header_and_no_markup(sandbox: WatchedSandbox) -> None:
    sent = [text for text in HOSTILE.values() if b"X-Injected" in text or b"script" in text]
    good = f"/v26.0/{OWNER}?callback=%3Cscript%3Ealert(1)%3C/script%3E".encode()
    for text in [*sent, get(good), get(good.replace(b"%3C", b"a%0d%0aX-Injected:1"))]:
        top, _, body = sandbox.send(text).partition(b"\r\n\r\n")
        lines = top.lower().split(b"\r\n")
        assert not [line for line in lines if line.startswith(b"x-injected")]
        assert [line for line in lines if line.startswith(b"content-type: application/json")]
        assert body.startswith(b"{") and b"<script" not in body


# Texts of `fields`, longer and longer.
GROWING: dict[str, Callable[[int], str]] = {
    "names": lambda size: ",".join(f"n{number}" for number in range(size // 8)),
    "braces": lambda size: ",".join(f"n{number}{{id}}" for number in range(size // 12)),
    "parameters": lambda size: "a" + ".b(1)" * (size // 5),
    "parentheses": lambda size: "a.b" + "(" * (size // 2) + ")" * (size // 2),
    "open parentheses": lambda size: "a.b" + "(" * size,
    "depth": lambda size: "a{" * 15 + "b" * size + "}" * 15,
    "a list as JSON": lambda size: json.dumps([f"n{number}" for number in range(size // 10)]),
    "open brackets": lambda size: "[" * size,
    "lists in lists": lambda size: '["' * size,
    "blanks": lambda size: "a" + " " * size + "b",
}


@pytest.mark.parametrize("name", GROWING)
def test_reading_fields_takes_steps_as_their_text_is_long(name: str) -> None:
    """Twice the text, about twice the steps: lines of Python, as a clock would tell of the machine."""

    def steps(text: str) -> int:
        count = 0

        def trace(frame: FrameType, event: str, _: object) -> Any:
            nonlocal count
            count += 1
            return trace if frame.f_globals["__name__"].startswith(("meta_b2b_sandbox", "json")) else None

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            with contextlib.suppress(GraphError):
                parse(text)
        finally:
            sys.settrace(before)
        return count

    assert steps(GROWING[name](6000)) <= 2.2 * steps(GROWING[name](3000)) + 100


def test_what_is_kept_of_callers_texts_is_bounded() -> None:
    """Thousands of different texts, each of them good: none is worth remembering them all."""
    names = sorted(GraphNames.load().fields("Business") - {"id"})
    with WatchedSandbox() as sandbox:

        def different_calls(first: int) -> int:
            for number in range(first, first + 700):
                text = ",".join([f"agencies.limit({number + 1}){{id}}", *names])[:990].rpartition(",")[0]
                sandbox.send(get(f"/v26.0/{OWNER}?fields={text}".encode()))
                for edge in ("agencies", "owned_pixels"):  # the sandbox has the first only
                    sandbox.send(get(f"/v26.0/{number:030000}/{edge}".encode()))
            return sandbox.rss()

        warm = different_calls(0)
        assert different_calls(700) - warm < 20_000_000
        assert sandbox.end() == (0, "", [])


def test_a_token_stands_in_no_answer_but_where_it_belongs(sandbox: WatchedSandbox) -> None:
    """Neither the caller's own, but in the addresses of other pages, nor one that is asked about, nor a secret."""
    secrets = (b"owner-token", b"agency-system-token", b"sandbox-app-secret", b"owner-page-token")
    for text in [*HOSTILE.values(), get(b"/v26.0/debug_token?input_token=agency-system-token")]:
        for _, body in answers(sandbox.send(text)):
            assert not [secret for secret in secrets if secret in body], body


def test_a_body_in_chunks() -> None:
    with WatchedSandbox() as sandbox:
        ((status, body),) = answers(sandbox.send(CHUNKED + b"0\r\n\r\n"))
        assert (status, json.loads(body)) == (200, {"success": True})


def test_pipelined_calls_are_answered_in_order(sandbox: WatchedSandbox) -> None:
    one = b"GET /v26.0/1111111111?fields=id HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer owner-token\r\n\r\n"
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
    """The hostile calls over and over do not make it grow, once the journal is full."""

    class ShortJournal(WatchedSandbox):
        command: ClassVar[Sequence[str]] = (*WatchedSandbox.command, "--journal", "100")

    with ShortJournal() as sandbox:

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
