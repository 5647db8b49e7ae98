"""The contract tests: is a server what openapi/b2b.yaml says? Run: make contract (BASE_URL=… for a server of yours).

Without BASE_URL they test the mock, and then the sandbox, both started for the purpose. The suite is in
tests/contract/, its settings in schemathesis.toml. Exit codes: 0 the server keeps the contract,
1 it does not, 2 wrong usage.
"""

import argparse
import ipaddress
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from scripts.node import ROOT

SUITE = ROOT / "tests" / "contract"
CONNECT_SECONDS = 5
# The sandbox ends when its input does, and so never outlives the process that started it.
LEASHED_SANDBOX = """
import os, sys, threading
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
from meta_b2b_sandbox.__main__ import main
sys.exit(main())
"""
EXAMPLE = "make contract BASE_URL=http://127.0.0.1:4010/v26.0"


class UsageError(Exception):
    """What was asked for cannot be done; the text says why and what to do instead."""


def is_loopback(base_url: str) -> bool:
    """Whether the server is on this machine: `localhost` or a loopback address. No name is looked up."""
    host = urlsplit(base_url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check_base_url(text: str) -> str:
    """The address without a slash at its end. Raises UsageError when it is none of a server with a version."""
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


@contextmanager
def sandbox() -> Iterator[str]:
    """Address of a sandbox with the demo world, on a free port of this machine, in memory. It ends with the context.

    Raises UsageError when it does not start; the reason is on stderr then.
    """
    process = subprocess.Popen(
        [sys.executable, "-c", LEASHED_SANDBOX],
        cwd=ROOT,
        env={**os.environ, "HOST": "127.0.0.1", "PORT": "0", "DB": ":memory:"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:  # closes its pipes, and waits for it
        assert process.stdout
        try:
            found = re.match(r"Sandbox on (\S+)", process.stdout.readline())
            if found is None:
                raise UsageError("the sandbox did not start (its reason is above)")
            yield found[1]
        finally:
            process.terminate()


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


def settings(options: argparse.Namespace, env: dict[str, str]) -> dict[str, str]:
    """The environment variables that tests/contract/suite.py reads. Raises UsageError."""
    found = {
        "BASE_URL": "",
        "WRITES": "yes" if options.allow_writes else "",
        "DEEP": "yes" if options.deep else "",
    }
    found["SEED"] = env.get("SEED") or (str(secrets.randbelow(2**32)) if options.deep else "")
    if not re.fullmatch("[0-9]{0,19}", found["SEED"], re.ASCII):
        raise UsageError(f"SEED={found['SEED']} is not a number")
    if options.base_url is not None:
        found["BASE_URL"] = check_base_url(options.base_url)
        if not is_loopback(found["BASE_URL"]) and not env.get("ACCESS_TOKEN"):
            raise UsageError(
                f"{found['BASE_URL']} needs a token: put one into the environment as ACCESS_TOKEN"
            )
    return found


def run(found: dict[str, str]) -> int:
    """Runs the suite with these variables; its exit code. What it prints is for the user."""
    base_url, seed = found["BASE_URL"], found["SEED"]
    options = [
        "-c",
        str(ROOT / "pyproject.toml"),
        str(SUITE),
        *([f"--hypothesis-seed={seed}"] if seed else []),
    ]
    print(f"contract: testing {base_url or 'the mock'}", flush=True)
    # A failing test is seen at the end; until then the dots are the progress.
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options], env={**os.environ, **found}, check=False
    )
    return min(done.returncode, 1) if done.returncode >= 0 else 1


def main(argv: list[str]) -> int:
    options = arguments(argv)
    try:
        found = settings(options, dict(os.environ))
        if found["BASE_URL"]:
            check_reachable(found["BASE_URL"])
    except UsageError as error:
        print(f"contract: {error}", file=sys.stderr)
        return 2
    base_url, seed = found["BASE_URL"], found["SEED"]
    if base_url and not is_loopback(base_url) and not options.allow_writes:
        print("contract: only GET, as the server is not on this machine (WRITES=yes: everything)", flush=True)
    if seed:
        target = "contract-deep" if options.deep else "contract"
        print(f"contract: the same requests again: make {target} SEED={seed}", flush=True)
    try:
        if base_url:
            return run(found)
        of_mock = run(found)
        with sandbox() as address:
            # A token in the environment is for another server.
            return max(of_mock, run({**found, "BASE_URL": address, "ACCESS_TOKEN": ""}))
    except UsageError as error:
        print(f"contract: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 1


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # leaving by an exception ends what was started
    sys.exit(main(sys.argv[1:]))
