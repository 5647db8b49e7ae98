"""The demo world for the clients of others, after a start that most of their stories need."""

import http.client
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

import pytest
from meta_b2b_sandbox import Sandbox
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, PAGE

from tests.support.sandbox import HTTP

# What a browser's fetch leaves as it is in an address: braces and brackets, too.
AS_IT_IS = "".join(chr(code) for code in range(33, 127) if chr(code) not in '"<>')


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


Send = Callable[..., Answer]


@pytest.fixture
def graph_url(sandbox: Sandbox) -> str:
    """What stands for https://graph.facebook.com."""
    return sandbox.base_url.rpartition("/")[0]


@pytest.fixture
def shared(sandbox: Sandbox) -> Sandbox:
    """The demo world in which the agency has access to an ad account and a Page of the owner's."""
    for asset, token in ((AD_ACCOUNT, "owner-token"), (PAGE, "owner-page-token")):
        grant = {"access_token": token, "business": AGENCY, "permitted_tasks": "ADVERTISE,ANALYZE"}
        assert HTTP.post(f"{sandbox.base_url}/{asset}/agencies", data=grant).is_success
    return sandbox


@pytest.fixture
def send(shared: Sandbox) -> Send:
    """Sends one request as it is written: `send("GET", "/v24.0/me", headers={…}, body=b"…")`."""

    def sent(method: str, target: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Answer:
        connection = http.client.HTTPConnection(shared.host, shared.port, timeout=10)
        try:
            connection.putrequest(method, quote(target, safe=AS_IT_IS), skip_accept_encoding=True)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if body:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body or None)
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    return sent
