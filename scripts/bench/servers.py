"""The servers that are measured, each on a free port, and what is known of them."""

import http.client
import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from meta_b2b_sandbox import Sandbox, world

from scripts.bench.signals import signals_wait
from scripts.bench.worlds import request
from scripts.mock.prism import Mock


@dataclass
class Measured:
    """A server that runs. `start`: seconds from its start to its first answer."""

    base_url: str
    pid: int
    start: float


@dataclass
class Answer:
    """One HTTP response."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


@contextmanager
def run(server: Sandbox | Mock) -> Iterator[Measured]:
    """The server while the block runs, after its first answer."""
    begin = time.perf_counter()
    with ExitStack() as stack:
        with signals_wait():
            stack.enter_context(server)
        fetch(server.base_url, request("GET", f"/{world.AD_ACCOUNT}/agencies"))
        yield Measured(server.base_url, server.pid, time.perf_counter() - begin)


def sandbox(file: Path) -> Sandbox:
    """The sandbox as people start it, with its state in a file."""
    return Sandbox(db=file)


def fetch(base_url: str, request: dict[str, Any]) -> Answer:
    """The response to a request."""
    url = urlsplit(base_url)
    connection = http.client.HTTPConnection(str(url.hostname), url.port, timeout=10)
    try:
        connection.request(
            request["method"], url.path + request["path"], request.get("body"), request["headers"]
        )
        response = connection.getresponse()
        return Answer(response.status, response.getheaders(), response.read())
    finally:
        connection.close()


def agencies(base_url: str) -> int:
    """How many agencies the owner of the ad account has."""
    answer = fetch(base_url, request("GET", f"/{world.OWNER}/agencies?limit=1&summary=total_count"))
    return int(json.loads(answer.body)["summary"]["total_count"])


def memory(pid: int) -> float:
    """Megabytes that a process and its children hold (resident set)."""
    listed = subprocess.run(["ps", "-axo", "pid=,ppid=,rss="], capture_output=True, text=True, check=True)
    rows = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    family = {pid}
    for _ in rows:  # a child may stand before its parent
        family |= {child for child, parent, _ in rows if parent in family}
    return sum(kilobytes for child, _, kilobytes in rows if child in family) * 1024 / 1e6
