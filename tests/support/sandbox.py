"""A sandbox as a process, with what its tests look at: what it prints, its memory, raw connections, its end."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from itertools import takewhile
from pathlib import Path
from typing import Any

import httpx
from meta_b2b_sandbox import Sandbox

# One for all: a client that reads the certificates of the system first takes longer than many calls.
HTTP = httpx.Client(verify=False, limits=httpx.Limits(max_keepalive_connections=0))


class WatchedSandbox(Sandbox):
    """A sandbox whose outputs are kept. `printed`: the lines of its start, after the first."""

    def __enter__(self) -> "WatchedSandbox":
        super().__enter__()
        assert self._process is not None and self._process.stdout is not None
        self.printed: list[str] = []
        for line in self._process.stdout:
            self.printed.append(line.rstrip())
            if "DELETE" in line:  # the last one
                break
        return self

    @property
    def calls(self) -> list[str]:
        """The lines of calls that its start prints to be tried."""
        return self._below("Try:")

    @property
    def story(self) -> list[str]:
        """The lines that its start prints to be run one after the other."""
        return self._below("Act for a client, one line after the other:")

    def _below(self, title: str) -> list[str]:
        below = self.printed[self.printed.index(title) + 1 :]
        return [line.strip() for line in takewhile(lambda line: line.startswith("  "), below)]

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str, list[str]]:
        """Ends it by a signal: (exit code, what it printed after the start to stdout, lines of its stderr)."""
        assert self._process is not None and self._process.stdout is not None
        if self._process.poll() is None:
            self._process.send_signal(number)
        code, out = self._process.wait(10), self._process.stdout.read()
        self.stop()
        return code, out, list(self._errors)

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def rss(self) -> int:
        """Memory, in bytes."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def connect(self) -> socket.socket:
        return socket.create_connection((self.host, self.port), timeout=5)

    def send(self, data: bytes) -> bytes:
        """All that comes back until the server closes."""
        with self.connect() as sock:
            with contextlib.suppress(OSError):  # closed while we were sending
                sock.sendall(data)
            return received(sock)


def run_story(sandbox: WatchedSandbox) -> list[Any]:
    """The answers to the lines of its story, run by bash as they would be when pasted; those that are shown."""
    script = "\n".join(line.replace("curl ", "curl -sw '\\n' ", 1) for line in sandbox.story)
    done = subprocess.run(["bash", "-euc", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def received(sock: socket.socket, seconds: float = 5) -> bytes:
    """All that comes until the other side closes, which it must within this time."""
    sock.settimeout(seconds)
    got = b""
    with contextlib.suppress(ConnectionResetError):
        while part := sock.recv(65536):
            got += part
    return got


def run(*options: str, **env: str) -> subprocess.CompletedProcess[str]:
    """The command where it is expected to stop by itself."""
    return subprocess.run(
        [sys.executable, "-m", "meta_b2b_sandbox", *options],
        env={**os.environ, "PORT": "0", "DB": ":memory:", **env},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


def refusal(*options: str, **env: str) -> tuple[int, str]:
    """(exit code, the one line on stderr) of a start that is refused."""
    done = run(*options, **env)
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    return done.returncode, done.stderr.rstrip()
