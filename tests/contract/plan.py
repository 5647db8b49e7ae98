"""What is to be tested, and how long: scripts/contract.py makes a plan of its options; without one it is DEFAULT.

A plan is data. Nothing is started, called or read from the environment before the tests run.
"""

import ipaddress
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Protocol, Self
from urllib.parse import urlsplit

import pytest
from meta_b2b_sandbox import Sandbox
from requests import PreparedRequest

from scripts.mock.prism import Mock
from tests.contract import graph, prism

ANY_TOKEN = "EAAanyTokenIsGoodForThisServer"


class Running(Protocol):
    """A server that can be called. `base_url` has the version and no slash at its end: "http://host:port/v26.0"."""

    @property
    def base_url(self) -> str: ...


@dataclass(frozen=True)
class Elsewhere:
    """A server that somebody else runs, with the face of Mock and Sandbox."""

    base_url: str

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass


@dataclass(frozen=True)
class Exceptions:
    """What a server may do otherwise than the document has it; the reasons stand where the exceptions are listed.

    `config` is laid over schemathesis.toml. `takes` say of a case of Schemathesis and its request that the server
    accepts it although the document does not allow it, `cannot_be_sent` that the server would not live or answer.
    """

    config: Mapping[str, Any] = field(default_factory=dict)
    takes_any_token: bool = False
    takes: tuple[Callable[[Any, PreparedRequest], bool], ...] = ()
    cannot_be_sent: tuple[Callable[[PreparedRequest], bool], ...] = ()


@dataclass(frozen=True)
class Target:
    """A server to test. `name` is for the names of tests, `start` gives a context in which it runs.

    `token`: the access token of all calls; "" for any, or for those that a server with the sandbox's control API names.
    `writes`: whether more than GET may be sent.
    `knows_every_id`: each example must be answered with a success.
    """

    name: str
    start: Callable[[], AbstractContextManager[Running]]
    token: str = field(default="", repr=False)
    writes: bool = True
    knows_every_id: bool = False
    exceptions: Exceptions = Exceptions()


@dataclass(frozen=True)
class Plan:
    """The servers, the seed of all that is generated (None: that of schemathesis.toml), and whether to take long."""

    targets: tuple[Target, ...]
    seed: int | None = None
    deep: bool = False


# Where the tests find it; without one they follow DEFAULT.
PLAN = pytest.StashKey[Plan]()
MOCK = Target(
    "mock",
    Mock,
    knows_every_id=True,
    exceptions=Exceptions(prism.CONFIG, prism.TAKES_ANY_TOKEN, prism.TAKES, prism.CANNOT_BE_SENT),
)
# Of all that claim to be Graph.
GRAPH = Exceptions(takes=graph.TAKES)
SANDBOX = Target("sandbox", Sandbox, exceptions=GRAPH)
DEFAULT = Plan((MOCK, SANDBOX))


def elsewhere(base_url: str, token: str, allow_writes: bool) -> Target:
    """A server that runs at this address; without `allow_writes` only GET is sent to another machine."""
    return Target(
        "server",
        lambda: Elsewhere(base_url),
        token=token,
        writes=allow_writes or is_loopback(base_url),
        exceptions=GRAPH,
    )


def is_loopback(base_url: str) -> bool:
    """Whether the server is on this machine: `localhost` or a loopback address. No name is looked up."""
    host = urlsplit(base_url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
