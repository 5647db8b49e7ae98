"""What is to be tested, and how long: scripts/contract.py makes a plan of its options; without one it is DEFAULT.

A plan is data. Nothing is started, called or read from the environment before the tests run.
"""

import ipaddress
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Protocol, Self
from urllib.parse import urlsplit

import pytest
from meta_b2b_sandbox import Sandbox

from scripts.mock.prism import Mock

ANY_TOKEN = "EAAanyTokenIsGoodForThisServer"


class Running(Protocol):
    """A server that can be called. `base_url` has the version and no slash at its end: "http://host:port/v26.0"."""

    @property
    def base_url(self) -> str: ...


@dataclass(frozen=True)
class Elsewhere:
    """A server that runs already, with the face of Mock and Sandbox."""

    base_url: str

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass


@dataclass(frozen=True)
class Target:
    """A server to test. `name`, which tells it from others, is for the names of tests; `start` gives a context in which
    it runs. What it may do otherwise than the document has it, its answers tell (kinds.py).

    `token`: the access token of all calls; "" for any, or for those that a server with the sandbox's control API names.
    `writes`: whether more than GET may be sent.
    """

    name: str
    start: Callable[[], AbstractContextManager[Running]] = field(compare=False)
    token: str = field(default="", repr=False, compare=False)
    writes: bool = field(default=True, compare=False)


@dataclass(frozen=True)
class Plan:
    """The servers, the seed of all that is generated (None: that of schemathesis.toml), and whether to take long."""

    targets: tuple[Target, ...]
    seed: int | None = None
    deep: bool = False


# Where the tests find it; without one they follow DEFAULT.
PLAN = pytest.StashKey[Plan]()
MOCK = Target("mock", Mock)
SANDBOX = Target("sandbox", Sandbox)
DEFAULT = Plan((MOCK, SANDBOX))


def elsewhere(base_url: str, token: str, allow_writes: bool, name: str = "server") -> Target:
    """A server that runs at this address; without `allow_writes` only GET is sent to another machine."""
    return Target(name, lambda: Elsewhere(base_url), token, allow_writes or is_loopback(base_url))


def packed(plan: Plan, addresses: dict[str, str]) -> dict[str, Any]:
    """A plan as plain data, for another process; `addresses`: name of each target → where it runs."""
    targets = [[addresses[target.name], target.token, target.writes, target.name] for target in plan.targets]
    return {"targets": targets, "seed": plan.seed, "deep": plan.deep}


def unpacked(data: dict[str, Any]) -> Plan:
    """The plan that `packed` wrote."""
    return Plan(tuple(elsewhere(*target) for target in data["targets"]), data["seed"], data["deep"])


def is_loopback(base_url: str) -> bool:
    """Whether the server is on this machine: `localhost` or a loopback address. No name is looked up."""
    host = urlsplit(base_url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
