"""How callers reach the sandbox: by which address, through which proxy, and from a page in a browser."""

import json
from types import SimpleNamespace

import pytest
from meta_b2b_sandbox.address import callers_origin, is_loopback
from meta_b2b_sandbox.app import origin_of
from meta_b2b_sandbox.world import CROWDED

from tests.support.document import DOCUMENT
from tests.support.graph import Graph, failure
from tests.support.http import answers
from tests.support.sandbox import WatchedSandbox

HERE = "127.0.0.1:4020"  # where the sandbox listens
# What a host is not; each would change the address, or what is around it, if it were repeated.
HOSTILE = [
    *('evil"', "evil\\", "evil/path", "evil?a=b", "evil#a", "user@evil", "a b", "evil:80:90", "evil:0", "evil:65536"),
    *("evil:", "evil:x", ":80", "[::1", "[evil]", "::1", "", " ", ".", "<script>", "%0d%0a", "evil\r\nx: y"),
    *("ä", "evil\n", "evil:\u0663", "e" * 254, "e" * 100_000, "$host", "{host}", "javascript:alert(1)"),
]  # fmt: skip


# The address by which a caller came


@pytest.mark.parametrize(
    ("said", "origin"),
    [
        # scheme, Host, X-Forwarded-Proto, -Host, -Port
        (("http", "127.0.0.1:4020"), "http://127.0.0.1:4020"),
        (("https", "localhost:4020"), "https://localhost:4020"),
        (("http", "sandbox_1"), "http://sandbox_1"),
        (("http", "[::1]:4020"), "http://[::1]:4020"),
        (("http", ""), "http://127.0.0.1:4020"),
        (("http", HERE, "https"), "https://127.0.0.1:4020"),
        (("http", HERE, "https", "sandbox.example"), "https://sandbox.example"),
        (("http", HERE, "HTTPS", "sandbox.example:8443"), "https://sandbox.example:8443"),
        (("http", HERE, "https", "sandbox.example", "8443"), "https://sandbox.example:8443"),
        (("http", HERE, "https", "[2001:db8::1]", "8443"), "https://[2001:db8::1]:8443"),
        (("http", HERE, "https", "sandbox.example:1", "8443"), "https://sandbox.example:1"),
        (("http", "sandbox.example", "https", "", "8443"), "https://sandbox.example:8443"),
        (("http", HERE, "https", "sandbox.example", "443"), "https://sandbox.example"),
        (("http", HERE, "", "sandbox.example", "80"), "http://sandbox.example"),
        (("http", HERE, "", "sandbox.example", "443"), "http://sandbox.example:443"),
        # Through two proxies
        (("http", HERE, "https, http", "a.example, b.example"), "https://a.example"),
        # What is no scheme and no port counts as not said.
        (("http", HERE, "ftp", "a.example"), "http://a.example"),
        (("http", HERE, "javascript", "a.example"), "http://a.example"),
        (("http", HERE, 'https"', "a.example"), "http://a.example"),
        (("http", HERE, "h" * 100_000, "a.example"), "http://a.example"),
        (("http", HERE, "", "a.example", "0"), "http://a.example"),
        (("http", HERE, "", "a.example", "65536"), "http://a.example"),
        (("http", HERE, "", "a.example", "8443, 80"), "http://a.example"),
        (("http", HERE, "", "a.example", "٣"), "http://a.example"),
        (("http", HERE, "", "a.example", '1"'), "http://a.example"),
    ],
)
def test_the_origin_of_a_caller(said: tuple[str, ...], origin: str) -> None:
    assert callers_origin(said[0], HERE, *said[1:]) == origin


@pytest.mark.parametrize("host", HOSTILE)
def test_what_is_no_host_is_not_repeated(host: str) -> None:
    assert callers_origin("http", HERE, host) == f"http://{HERE}"
    assert callers_origin("http", HERE, "a.example:81", "", host) == "http://a.example:81"


@pytest.mark.parametrize(
    ("peer", "here"),
    [
        *((f"{ip}:50000", True) for ip in ("127.0.0.1", "127.1.2.3", "[::1]", "[::ffff:127.0.0.1]")),
        *((f"{ip}:50000", False) for ip in ("192.0.2.1", "10.0.0.1", "[2001:db8::1]", "[::ffff:192.0.2.1]")),
        *((text, False) for text in ("", "127.0.0.1", "localhost:1", "0.0.0.0:1", "[::]:1", "x")),
    ],
)
def test_peers_on_this_machine(peer: str, here: bool) -> None:
    assert is_loopback(peer) is here


@pytest.mark.parametrize(
    ("client", "origin"),
    [("127.0.0.1:50000", "https://b.example:8443"), ("192.0.2.1:50000", "http://a.example:4020")],
)
def test_only_a_proxy_on_this_machine_is_believed(client: str, origin: str) -> None:
    headers = {
        "host": "a.example:4020",
        "x-forwarded-proto": "https",
        "x-forwarded-host": "b.example",
        "x-forwarded-port": "8443",
    }
    assert origin_of(SimpleNamespace(scheme="http", server=HERE, client=client, headers=headers)) == origin


def next_page(sandbox: WatchedSandbox, *lines: bytes) -> str:
    """The address of the next page, when it is asked with these lines of a head."""
    path = f"/v26.0/{CROWDED}/agencies?limit=1&access_token=owner-token"
    head = b"\r\n".join([f"GET {path} HTTP/1.1".encode(), *lines, b"Connection: close", b"", b""])
    ((status, body),) = answers(sandbox.send(head))
    assert status == 200
    address = str(json.loads(body)["paging"]["next"])
    origin, found, _ = address.partition("/v26.0/")
    assert found
    return origin


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_addresses_of_pages_are_the_callers(host: str) -> None:
    with WatchedSandbox(host=host) as sandbox:
        own = f"http://[{host}]:{sandbox.port}" if ":" in host else f"http://{host}:{sandbox.port}"
        assert next_page(sandbox, b"Host: sandbox.localhost:81") == "http://sandbox.localhost:81"
        assert next_page(sandbox) == own
        proxy = (b"Host: localhost", b"X-Forwarded-Proto: https", b"X-Forwarded-Host: sandbox.example")
        assert next_page(sandbox, *proxy) == "https://sandbox.example"
        for value in (b'evil"', b"evil/\\", b"\xc3\xa4\xff", b"e" * 100_000, b"evil:99999", b"{}"):
            for name in (b"Proto", b"Host", b"Port"):
                said = (b"Host: localhost:81", b"X-Forwarded-" + name + b": " + value)
                assert next_page(sandbox, *said) == "http://localhost:81"
        assert sandbox.end() == (0, "", [])


# Pages in browsers


def preflight(graph: Graph, path: str, asks: str | None = None) -> dict[str, str]:
    """The headers of the answer to what a browser sends before a call with these headers."""
    headers = [
        (b"host", b"localhost"),
        (b"origin", b"https://app.example"),
        (b"access-control-request-method", b"DELETE"),
    ]
    if asks is not None:
        headers.append((b"access-control-request-headers", asks.encode("latin-1")))
    answer = graph.raw("OPTIONS", path.encode(), headers=headers)
    assert (answer.status_code, answer.content) == (200, b"")
    return dict(answer.headers)


@pytest.mark.parametrize("path", [*DOCUMENT["paths"], "/nothing/here", "/", "*"])
def test_a_preflight_allows_the_call(graph: Graph, path: str) -> None:
    # [A30]
    headers = preflight(graph, path if path == "*" else f"/v26.0{path}", "authorization,content-type,x-mine")
    assert headers["access-control-allow-origin"] == "*"
    assert {"GET", "POST", "DELETE"} <= set(headers["access-control-allow-methods"].split(", "))
    allowed = {name.strip() for name in headers["access-control-allow-headers"].split(",")}
    assert allowed == {"authorization", "content-type", "x-mine"}
    assert 0 < int(headers["access-control-max-age"]) <= 86400
    assert "access-control-allow-credentials" not in headers


@pytest.mark.parametrize(
    "asks", [None, "", 'a"', "a\r\nb: c", "a,,b", "ä", "a b", "a" * 101, ",".join(["a"] * 40)]
)
def test_a_preflight_repeats_nothing_but_names_of_headers(graph: Graph, asks: str | None) -> None:
    assert preflight(graph, "/v26.0/1", asks)["access-control-allow-headers"] == "authorization, content-type"


def test_the_call_after_a_preflight(graph: Graph) -> None:
    """A page may read answers and failures alike."""
    for token in ("owner-token", None):
        answer = graph("GET", f"/{CROWDED}/agencies", token, headers={"Origin": "https://app.example"})
        assert answer.headers["access-control-allow-origin"] == "*"
    assert failure(answer) == (400, 104, None)


@pytest.mark.parametrize("path", ["/state", "/reset", "/faults", "/nothing"])
def test_the_control_api_is_for_no_page(graph: Graph, path: str) -> None:
    asks = {"Origin": "https://app.example", "Access-Control-Request-Method": "POST"}
    answer = graph.sandbox("OPTIONS", path, headers=asks)
    assert answer.status_code == 403
    assert "takes no calls from pages in a browser but the sandbox's own" in answer.json()["error"]["message"]
    for refused in (
        answer,
        graph.sandbox("GET", path),
        graph.sandbox("POST", path),
        graph.sandbox("OPTIONS", path),
    ):
        assert not [name for name in refused.headers if name.startswith("access-control-")]
