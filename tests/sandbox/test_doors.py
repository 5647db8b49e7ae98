"""Who gets in: callers by a name that is served, and to the control API no page of a stranger."""

import http.client
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from facebook_business.adobjects.adaccount import AdAccount
from facebook_business.api import FacebookAdsApi, FacebookSession
from facebook_business.exceptions import FacebookRequestError
from meta_b2b_sandbox import Sandbox, cli
from meta_b2b_sandbox.address import LONG, AddressError, Doors
from meta_b2b_sandbox.tokens import APP_SECRET
from meta_b2b_sandbox.world import CROWDED

from tests.support.http import answers
from tests.support.sandbox import WatchedSandbox, refusal

GRAPH = f"/v26.0/{CROWDED}/agencies?limit=1&access_token=owner-token"
STATE = "/_sandbox/state"
ALLOWED = ["Sandbox.Example", "sandbox_1", "192.0.2.7", "2001:db8::7"]
# What a stranger's page can be called by, or what looks like a name that is served.
STRANGERS = [
    *("evil.example", "localhost.evil.example", "evil-localhost", "127.0.0.1.evil.example", "1.0.0.127.in-addr.arpa"),
    *("graph.facebook.com.evil.example", "x.graph.facebook.com", "facebook.com", "x.sandbox.example", "example"),
    *("sandbox", "192.0.2.8", "0.0.0.0", "[::]", "[2001:db8::8]", "[::ffff:192.0.2.8]", "2130706433", "127.1"),
]  # fmt: skip
JUNK = [
    *(b'evil"', b"evil\\", b"evil/path", b"evil#a", b"user@localhost", b"a b", b"localhost, evil", b"localhost:80:90"),
    *(b"localhost:", b"localhost:0", b"localhost:65536", b"localhost:x", b":80", b"[::1", b"[evil]", b"::1", b"", b" "),
    *(b".", b"<script>", b"{host}", b"\xff\xfe", b"\xc3\xa4", b"e" * 254, b"localhost" + b" " * 99 + b"x", b"e" * 9000),
    b"http://localhost",
]  # fmt: skip


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: Any

    @property
    def message(self) -> str:
        return str(self.body["error"]["message"])


class Known(WatchedSandbox):
    """A sandbox that was told its names, with a world beside its first."""

    command = (*Sandbox.command, *(word for name in ALLOWED for word in ("--allowed-host", name)))


def ask(sandbox: Sandbox, method: str, path: str, host: str, **headers: str) -> Answer:
    """The answer to a call under this name; `headers` by their names with _ for -."""
    connection = http.client.HTTPConnection(sandbox.host, sandbox.port, timeout=10)
    sent = {"Host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
    try:
        connection.request(method, path, headers=sent)
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    got = {name.lower(): value for name, value in answer.getheaders()}
    return Answer(answer.status, got, json.loads(body) if body else None)


@pytest.fixture(scope="module")
def known() -> Iterator[WatchedSandbox]:
    with Known() as running:
        made = ask(running, "POST", "/_sandbox/worlds", "localhost")
        assert made.body["name"] == "world-1"
        yield running
        assert running.end() == (0, "", [])


# In the first world and in one beside it
GRAPHS = [GRAPH, f"/w/world-1{GRAPH}"]
STATES = [STATE, f"/w/world-1{STATE}"]


# Names


@pytest.mark.parametrize("path", GRAPHS + STATES)
@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "LocalHost:4020", "localhost.", "sandbox.localhost:81", "a.b.LOCALHOST", "127.0.0.1"),
        *("127.8.9.10:65535", "[::1]", "[::1]:4020", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]:1"),
        *("sandbox.example", "SANDBOX.example:8443", "sandbox.example.", "sandbox_1:4020", "192.0.2.7:80"),
        *("[2001:db8::7]", "[2001:DB8:0::7]:4020"),
    ],
)
def test_names_that_are_served(known: WatchedSandbox, path: str, host: str) -> None:
    assert ask(known, "GET", path, host).status == 200


@pytest.mark.parametrize("port", ["", ":80", ":4020"])
@pytest.mark.parametrize("host", STRANGERS)
def test_strangers_are_told_what_would_serve_them(known: WatchedSandbox, host: str, port: str) -> None:
    name = host.strip("[]")
    for path in (*GRAPHS, "/", "/nothing/here", "/w/none/v26.0/me", "/_sandbox", "/%20"):
        answer = ask(known, "GET", path, host.upper() + port)
        # Graph's envelope: SDKs show nothing else.
        error = answer.body["error"]
        assert (answer.status, error["type"], error["code"]) == (403, "OAuthException", 200)
        assert error["fbtrace_id"] == answer.headers["x-fb-trace-id"]
        assert f"the sandbox is not served under the name {name}:" in answer.message
        assert "DNS rebinding" in answer.message
        assert answer.message.endswith(f"start the sandbox with --allowed-host {name}")
    for path in (*STATES, "/_sandbox/", "/_sandbox/nothing", "/w/none/_sandbox/state", "/%5Fsandbox/state"):
        answer = ask(known, "GET", path, host + port)
        assert (answer.status, set(answer.body["error"])) == (403, {"message"})
        assert f"the control API is not served under the name {name}:" in answer.message
        assert answer.message.endswith(f"start the sandbox with --allowed-host {name}")


@pytest.mark.parametrize("path", GRAPHS + STATES)
def test_what_is_no_name_is_refused(known: WatchedSandbox, path: str, subtests: pytest.Subtests) -> None:
    for host in JUNK:
        with subtests.test(str(host[:50])):
            head = f"GET {path} HTTP/1.1\r\nHost: ".encode() + host + b"\r\nConnection: close\r\n\r\n"
            ((status, body),) = answers(known.send(head))
            assert status == 403
            message = json.loads(body)["error"]["message"]
            assert message.startswith("the Host header is not a name or an address: '")
            assert message.isascii() and len(message) < LONG + 150


@pytest.mark.parametrize("path", GRAPHS + STATES)
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_programs_without_a_host_are_served(known: WatchedSandbox, path: str, version: str) -> None:
    head = f"GET {path} HTTP/{version}\r\nConnection: close\r\n\r\n"
    ((status, _),) = answers(known.send(head.encode()))
    assert status == 200


@pytest.mark.parametrize("host", ["graph.facebook.com", "Graph.Facebook.com:443", "graph.facebook.com."])
def test_programs_whose_host_is_fixed_reach_graphs_paths_alone(known: WatchedSandbox, host: str) -> None:
    for path in GRAPHS:
        assert ask(known, "GET", path, host).status == 200
    for path in STATES:
        answer = ask(known, "GET", path, host)
        assert answer.status == 403
        assert "the control API is not served under the name graph.facebook.com:" in answer.message
        assert answer.message.endswith("--allowed-host graph.facebook.com")


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_where_it_listens_everywhere_any_address_is_served(host: str) -> None:
    with WatchedSandbox(host=host) as sandbox:
        for path in (GRAPH, STATE):
            for name in ("192.0.2.8:80", "10.1.2.3", "[2001:db8::8]:4020", "0.0.0.0", "[::]", "localhost:1"):
                assert ask(sandbox, "GET", path, name).status == 200
            for name in ("evil.example", "192.0.2.8.evil.example", "3221225992", "192.0.520", "sandbox"):
                assert ask(sandbox, "GET", path, name).status == 403
        assert sandbox.end() == (0, "", [])


def refused(doors: Doors, host: str) -> bool:
    return doors.refusal({"host": host}, f"http://{host}", True) != ""


@pytest.mark.parametrize(
    ("host", "ip", "name"),
    [
        ("box.example", "192.0.2.1", "box.example"),
        ("Box.Example.", "192.0.2.1", "box.example:80"),
        ("box", "192.0.2.1", "192.0.2.1:4020"),
        ("2001:db8::1", "2001:db8::1", "[2001:DB8::1]:80"),
        ("fe80::1%eth0", "fe80::1%eth0", "[fe80::1]"),
    ],
)
def test_where_it_listens_is_served(host: str, ip: str, name: str) -> None:
    doors = Doors(host, ip)
    assert not refused(doors, name)
    assert not refused(doors, "localhost")
    for other in ("192.0.2.2", "[2001:db8::2]", "evil.example", "", "x"):
        assert refused(doors, other)


def test_a_name_that_was_allowed_is_served_everywhere() -> None:
    assert refused(Doors("127.0.0.1", "127.0.0.1"), "graph.facebook.com")
    assert not refused(Doors("127.0.0.1", "127.0.0.1", ["Graph.Facebook.com."]), "graph.facebook.com:443")


def test_names_are_remembered_but_not_many_and_no_long_ones() -> None:
    doors = Doors("127.0.0.1", "127.0.0.1")
    cache = doors._known.cache_info
    for n in range(3000):
        assert refused(doors, f"x{n}.example")
    assert cache().currsize == cache().maxsize == 1024
    misses = cache().misses
    assert refused(doors, "x2999.example")
    assert refused(doors, "e" * (LONG + 1))
    assert cache().misses == misses


# The command


def test_the_environment_names_them_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", " a.example, b.example ,,")
    assert cli.arguments([]).allowed_host == ["a.example", "b.example"]
    assert cli.arguments(["--allowed-host", "c"]).allowed_host == ["c"]
    monkeypatch.setenv("ALLOWED_HOSTS", "")
    assert cli.arguments([]).allowed_host == []

    class Told(WatchedSandbox):
        command = ("env", "ALLOWED_HOSTS=a.example,b.example", *Sandbox.command)

    with Told() as sandbox:
        assert [ask(sandbox, "GET", STATE, f"{name}.example").status for name in "abc"] == [200, 200, 403]
    # A sandbox from Python does not read the environment; what other programs mean by it stops none.
    monkeypatch.setenv("ALLOWED_HOSTS", "a.example,*")
    with Sandbox() as deaf:
        assert ask(deaf, "GET", STATE, "a.example").status == 403


@pytest.mark.parametrize(
    "name",
    [
        "sandbox:4020",
        "http://sandbox",
        "a/b",
        "*",
        "*.example",
        ".example",
        "[::1]",
        "",
        "a b",
        "ä",
        "e" * 254,
    ],
)
def test_what_is_no_name_is_wrong_usage(name: str) -> None:
    with pytest.raises(AddressError, match="is neither a name") as raised:
        Doors("127.0.0.1", "127.0.0.1", [name])
    assert raised.value.usage


def test_the_command_says_so() -> None:
    text = (
        "is neither a name, as sandbox.example is, nor an address, as ::1 is; write no scheme, port or path"
    )
    wanted = (2, f"meta-b2b-sandbox: sandbox:4020 {text} (see --allowed-host)")
    assert refusal("--allowed-host", "sandbox:4020") == wanted
    assert refusal(ALLOWED_HOSTS="a,sandbox:4020") == wanted


# Pages


def test_a_page_under_a_name_of_its_own_gets_nothing(known: WatchedSandbox) -> None:
    """DNS rebinding: for the browser it is one origin with the sandbox, so that nothing is asked before."""
    host = f"evil.example:{known.port}"
    before = ask(known, "GET", STATE, "localhost").body
    page = {"Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
    for world in ("", "/w/world-1"):
        assert ask(known, "GET", f"{world}{STATE}", host).status == 403
        assert ask(known, "POST", f"{world}/_sandbox/snapshots/evil", host, **page).status == 403
        assert ask(known, "POST", f"{world}/_sandbox/reset", host, **page).status == 403
        assert ask(known, "GET", f"{world}{GRAPH}", host).status == 403
        # What a page can send besides changes nothing.
        told = {"X-Forwarded-Host": "localhost", "X-Forwarded-Proto": "http"}
        assert ask(known, "GET", f"{world}{STATE}", host, **told).status == 403
        assert ask(known, "POST", f"{world}/_sandbox/snapshots/evil", host, **page, **told).status == 403
        assert ask(known, "GET", f"{world}/_sandbox/snapshots", "localhost").body == {"snapshots": []}
    assert ask(known, "GET", STATE, "localhost").body == before


@pytest.mark.parametrize("world", ["", "/w/world-1"])
@pytest.mark.parametrize(
    "page",
    [
        *(
            "https://evil.example",
            "null",
            "",
            "http://evil.example:{port}",
            "http://localhost",
            "localhost:{port}",
        ),
        *(
            "https://localhost:{port}",
            "http://localhost:1",
            "http://127.0.0.1:{port}",
            "http://x.localhost:{port}",
        ),
        *("http://localhost:{port}/", "http://localhost:{port}.evil.example", "\xff", "e" * 9000),
    ],
)
def test_pages_of_strangers_do_not_reach_the_control_api(
    known: WatchedSandbox, world: str, page: str
) -> None:
    host, page = f"localhost:{known.port}", page.format(port=known.port)
    for method, path in (
        ("POST", "/snapshots/evil"),
        ("POST", "/reset"),
        ("GET", "/state"),
        ("GET", "/nothing"),
    ):
        answer = ask(known, method, f"{world}/_sandbox{path}", host, Origin=page)
        assert (answer.status, set(answer.body["error"])) == (403, {"message"})
        assert "takes no calls from pages in a browser but the sandbox's own" in answer.message
        assert f"called http://{host};" in answer.message and "call it from a program" in answer.message
        assert not [name for name in answer.headers if name.startswith("access-control-")]
        assert len(answer.message) < LONG + 250
    assert ask(known, "GET", f"{world}/_sandbox/snapshots", host).body == {"snapshots": []}


def test_the_reason_names_the_page(known: WatchedSandbox) -> None:
    answer = ask(known, "POST", "/_sandbox/reset", "localhost:4020", Origin="https://app.example")
    assert "it comes from 'https://app.example', and called http://localhost:4020;" in answer.message


@pytest.mark.parametrize("path", STATES)
@pytest.mark.parametrize(
    ("host", "page"),
    [
        ("localhost:4020", "http://localhost:4020"),
        ("LOCALHOST:4020", "http://localhost:4020"),
        ("127.0.0.1", "http://127.0.0.1"),
        ("localhost:80", "http://localhost"),
        ("localhost", "http://localhost:80"),
        ("[::1]:4020", "http://[::1]:4020"),
        ("sandbox.example:4020", "http://sandbox.example:4020"),
    ],
)
def test_the_sandboxs_own_pages_reach_it(known: WatchedSandbox, path: str, host: str, page: str) -> None:
    assert ask(known, "GET", path, host, Origin=page).status == 200


@pytest.mark.parametrize("path", GRAPHS)
def test_graphs_paths_are_for_pages_of_any_site(known: WatchedSandbox, path: str) -> None:
    for page in ("https://app.example", "null", "http://evil.example"):
        answer = ask(known, "GET", path, "localhost", Origin=page)
        assert (answer.status, answer.headers["access-control-allow-origin"]) == (200, "*")


def preflight(sandbox: Sandbox, path: str, host: str, page: str) -> Answer:
    asks = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,x-forwarded-host",
        "Access-Control-Request-Private-Network": "true",
    }
    return ask(sandbox, "OPTIONS", path, host, Origin=page, **asks)


def test_preflights(known: WatchedSandbox) -> None:
    for world in ("", "/w/world-1", "/w/none"):
        for path in ("/state", "/reset", "/nothing"):
            answer = preflight(known, f"{world}/_sandbox{path}", "localhost", "https://app.example")
            assert answer.status == 403
            assert not [name for name in answer.headers if name.startswith("access-control-")]
    # Of one's own page no browser sends any.
    assert preflight(known, STATE, "localhost", "http://localhost").status == 405
    for path in GRAPHS:
        assert preflight(known, path, "localhost", "https://app.example").status == 200
        assert preflight(known, path, "evil.example", "https://app.example").status == 403


# Proxies on this machine


def test_a_proxy_tells_a_name_that_is_served(known: WatchedSandbox) -> None:
    told = {"X_Forwarded_Proto": "https", "X_Forwarded_Host": "sandbox.example"}
    for path in STATES:
        assert ask(known, "GET", path, "127.0.0.1:4020", **told).status == 200
        for page, status in (
            ("https://sandbox.example", 200),
            ("https://sandbox.example:443", 200),
            ("http://sandbox.example", 403),
            ("http://127.0.0.1:4020", 403),
            ("https://evil.example", 403),
        ):
            assert ask(known, "GET", path, "127.0.0.1:4020", Origin=page, **told).status == status
    made = ask(known, "POST", "/_sandbox/worlds", "127.0.0.1:4020", Origin="https://sandbox.example", **told)
    assert made.body["control_url"].startswith("https://sandbox.example/w/")
    assert ask(known, "DELETE", f"/_sandbox/worlds/{made.body['name']}", "localhost").status == 200


def test_through_a_proxy_a_page_cannot_use_a_name_of_its_own_either(known: WatchedSandbox) -> None:
    """A proxy for any name says what it was called, which may be a name that was rebound."""
    told = {"X_Forwarded_Host": "evil.example"}
    for path in STATES:
        for page in ({}, {"Origin": "http://evil.example"}):
            answer = ask(known, "GET", path, "127.0.0.1:4020", **told, **page)
            assert answer.status == 403
            assert answer.message.endswith("start the sandbox with --allowed-host evil.example")
    # Graph's paths are for any page anyway; the addresses in its answers are of the name that the proxy says.
    for path in GRAPHS:
        answer = ask(known, "GET", path, "127.0.0.1:4020", **told)
        assert answer.body["paging"]["next"].startswith("http://evil.example/")


def test_what_a_proxy_tells_opens_no_door(known: WatchedSandbox) -> None:
    for path in GRAPHS + STATES:
        for told in ("localhost", "sandbox.example", "127.0.0.1"):
            assert ask(known, "GET", path, "evil.example", X_Forwarded_Host=told).status == 403


# Programs


def test_metas_sdk_shows_the_reason(known: WatchedSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FacebookSession, "GRAPH", f"http://127.0.0.1:{known.port}")
    session = FacebookSession(app_secret=APP_SECRET, access_token="owner-token")
    session.requests.headers["Host"] = "sandbox.internal"
    session.requests.trust_env = False
    with pytest.raises(FacebookRequestError) as raised:
        AdAccount(CROWDED, api=FacebookAdsApi(session)).get_agencies()
    assert raised.value.api_error_code() == 200
    assert raised.value.api_error_message().endswith("--allowed-host sandbox.internal")
