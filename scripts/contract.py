"""The contract tests: is a server what openapi/b2b.yaml says? Run: make contract (BASE_URL=… for a server of yours).

Without BASE_URL they test the mock and the sandbox, both started for the purpose. The suite is in tests/contract/, its
settings in schemathesis.toml. From the environment come BASE_URL, ACCESS_TOKEN, SEED and REPORT; the suite itself does
not read it. Exit codes: 0 the server keeps the contract, 1 it does not, 2 wrong usage.
"""

import argparse
import os
import re
import secrets
import signal
import socket
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from meta_b2b_sandbox import SandboxError

from scripts.mock.prism import MockError
from scripts.node import ROOT, ToolMissing
from tests.contract.plan import DEFAULT, PLAN, Plan, elsewhere, is_loopback, packed
from tests.contract.reports import PAGE

SUITE = ROOT / "tests" / "contract"
CONNECT_SECONDS = 5
# So many processes test at most: so many requests are on their way to a server of somebody else.
MOST_PROCESSES = 12
# What a test does for a request while the server does nothing.
OWN_SECONDS = 0.01
EXAMPLE = "make contract BASE_URL=http://127.0.0.1:4010/v26.0"


class UsageError(Exception):
    """What was asked for cannot be done; the text says why and what to do instead."""


def check_base_url(text: str) -> str:
    """The address without a slash at its end. Raises UsageError when it is not that of a server, with a version."""
    try:
        parts = urlsplit(text)
        valid = (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        valid = False
    if not valid:
        raise UsageError(f"BASE_URL={text} is not the address of a server; for example: {EXAMPLE}")
    if parts.username is not None or parts.query or parts.fragment:
        raise UsageError(
            f"BASE_URL={parts.scheme}://{parts.hostname}… has more than host and version; "
            "the token goes into ACCESS_TOKEN"
        )
    if not re.fullmatch(r"/v[0-9]+\.[0-9]+/?", parts.path):
        raise UsageError(f"BASE_URL={text} does not end in the version of the API; for example: {EXAMPLE}")
    return text.rstrip("/")


def check_reachable(base_url: str) -> None:
    """Raises UsageError when nothing listens there."""
    parts = urlsplit(base_url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname or "", port), CONNECT_SECONDS).close()
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"no server at {base_url} ({reason}); is it running?") from None


def arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.contract", description="Contract tests of a server."
    )
    parser.add_argument(
        "base_url",
        nargs="?",
        default=os.environ.get("BASE_URL") or None,
        help="http://host:port/v26.0 (default: BASE_URL from the environment; without it, a mock and a sandbox)",
    )
    parser.add_argument(
        "--deep", action="store_true", help="many more requests, with a new seed each time (or SEED)"
    )
    parser.add_argument(
        "--allow-writes", action="store_true", help="more than GET on a server that is not on this machine"
    )
    return parser.parse_args(argv)


def planned(options: argparse.Namespace, env: Mapping[str, str]) -> Plan:
    """What the options and the environment ask for. Raises UsageError."""
    seed = env.get("SEED") or (str(secrets.randbelow(2**32)) if options.deep else "")
    if not re.fullmatch("[0-9]{0,19}", seed, re.ASCII):
        raise UsageError(f"SEED={seed} is not a number")
    targets = DEFAULT.targets
    if options.base_url is not None:
        base_url, token = check_base_url(options.base_url), env.get("ACCESS_TOKEN", "")
        if not is_loopback(base_url) and not token:
            raise UsageError(f"{base_url} needs a token: put one into the environment as ACCESS_TOKEN")
        targets = (elsewhere(base_url, token, options.allow_writes),)
    return Plan(targets, int(seed) if seed else None, options.deep)


def report_folder(env: Mapping[str, str]) -> Path | None:
    """The folder that REPORT names, made if it is not there. Raises UsageError."""
    if not env.get("REPORT"):
        return None
    folder = Path(env["REPORT"]).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text("", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"REPORT={folder} cannot be written to ({error.strerror})") from None
    return folder


class Planned:
    """A plugin of pytest that hands the plan to the suite, in this process and in those that test."""

    def __init__(self, plan: Plan, addresses: dict[str, str], folder: Path | None) -> None:
        self._plan, self._addresses, self._folder = plan, addresses, folder

    @pytest.hookimpl(tryfirst=True)  # before the suite takes it
    def pytest_configure(self, config: pytest.Config) -> None:
        config.stash[PLAN] = self._plan
        if self._folder is not None:
            config.stash[PAGE] = self._folder

    def pytest_configure_node(self, node: Any) -> None:
        node.workerinput["plan"] = packed(self._plan, self._addresses)


def processes(addresses: list[str]) -> int:
    """How many are to test: the longer a server takes to answer, the more, since they wait for most of the time."""
    cores = os.cpu_count() or 1
    waited = max(map(seconds_to_answer, addresses))
    return max(1, min(MOST_PROCESSES, round(cores * (1 + waited / OWN_SECONDS))))


def seconds_to_answer(base_url: str) -> float:
    """How long the server at this address takes for a call without a token; 0 if it does not answer."""
    with requests.Session() as session:
        session.trust_env = not is_loopback(base_url)
        taken = []
        for _ in range(3):  # the first opens the connection
            start = time.monotonic()
            try:
                session.get(f"{base_url}/me", timeout=CONNECT_SECONDS, allow_redirects=False)
            except requests.RequestException:
                return 0
            taken.append(time.monotonic() - start)
    return min(taken)


def run(plan: Plan, folder: Path | None) -> int:
    """Runs the suite; 0 when every server keeps the contract, else 1. What it prints is for the user.

    Raises what the start of a server raises.
    """
    with ExitStack() as stack:
        addresses = {target.name: stack.enter_context(target.start()).base_url for target in plan.targets}
        options = ["-c", str(ROOT / "pyproject.toml"), str(SUITE), "-q", "-rs", "--tb=no"]
        options += [f"-n{processes(list(addresses.values()))}", "--dist=worksteal"]
        if plan.seed is not None:
            options.append(f"--hypothesis-seed={plan.seed}")
        if folder is not None:
            options.append(f"--junitxml={folder / 'junit.xml'}")
        # The suite's plan has imported the package already, whose pytest plugin is then said to come too late.
        late = "ignore:Module already imported so cannot be rewritten"
        found = pytest.main([*options, "-W", late], plugins=[Planned(plan, addresses, folder)])
    return 0 if found == pytest.ExitCode.OK else 1


def main(argv: list[str]) -> int:
    options = arguments(argv)
    try:
        plan = planned(options, os.environ)
        if options.base_url is not None:
            check_reachable(check_base_url(options.base_url))
        folder = report_folder(os.environ)
    except UsageError as error:
        print(f"contract: {error}", file=sys.stderr)
        return 2
    if not all(target.writes for target in plan.targets):
        print("contract: only GET, as the server is not on this machine (WRITES=yes: everything)", flush=True)
    if plan.seed is not None:
        target = "contract-deep" if plan.deep else "contract"
        print(f"contract: the same requests again: make {target} SEED={plan.seed}", flush=True)
    print(f"contract: testing {options.base_url or 'the mock and the sandbox'}", flush=True)
    try:
        return run(plan, folder)
    except (MockError, SandboxError, ToolMissing) as error:
        print(f"contract: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    # As Ctrl-C: pytest ends the servers that it started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main(sys.argv[1:]))
