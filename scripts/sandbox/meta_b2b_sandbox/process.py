"""The sandbox as a process of its own, for tests and programs: `with Sandbox() as sandbox: … sandbox.base_url …`."""

import contextlib
import os
import re
import ssl
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

from meta_b2b_sandbox.control_client import SandboxError, SandboxWorld

START_SECONDS = 30  # it takes about 0.2; a loaded machine may take several
STOP_SECONDS = 5
STARTED = re.compile(r"Sandbox on (\S+)")


class Sandbox:
    """A sandbox on a free port of this machine, ended with the block: `with Sandbox() as sandbox: …`.

    `base_url` has the version ("http://127.0.0.1:54321/v26.0"), `control_url` is that of the control API. The process
    ends with the one that started it, even if that is killed. What it prints to stderr goes to this process's stderr.
    `Sandbox(tls=True)` speaks HTTPS, with a certificate from the authority in the file `authority`. `first_world` is
    the world that these addresses lead to, and `world()` makes others beside it.
    """

    command: ClassVar[Sequence[str]] = (sys.executable, "-P", "-m", "meta_b2b_sandbox")

    def __init__(
        self, db: str | Path = ":memory:", host: str = "127.0.0.1", port: int = 0, tls: bool = False
    ) -> None:
        """`db`: a file that keeps the state. `port` 0 takes a free one. `tls` needs the extra `tls`."""
        self.host = host
        self.port = port
        self.base_url = self.control_url = ""
        self._db = str(db)
        self._tls = tls
        self._first_world: SandboxWorld | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._process: subprocess.Popen[str] | None = None
        self._errors: deque[str] = deque(maxlen=16)
        self._reader = threading.Thread(target=self._read_errors, name="sandbox", daemon=True)

    @property
    def pid(self) -> int:
        """Its process id. Raises SandboxError before the start."""
        if self._process is None:
            raise SandboxError("the sandbox was not started")
        return self._process.pid

    @property
    def authority(self) -> Path:
        """The certificate that callers must trust, as a PEM file that goes with the block. Raises SandboxError for a
        sandbox without HTTPS, or before the start."""
        if self._folder is None:
            raise SandboxError("there is an authority only inside of: with Sandbox(tls=True) as sandbox: …")
        return Path(self._folder.name, "sandbox-ca.pem")

    @property
    def first_world(self) -> SandboxWorld:
        """The world that it started with. Raises SandboxError before the start."""
        if self._first_world is None:
            raise SandboxError("the sandbox was not started")
        return self._first_world

    def world(
        self, name: str | None = None, *, state: Mapping[str, Any] | None = None, file: str | None = None
    ) -> SandboxWorld:
        """A new world of its own; see `SandboxWorld.create_world`. It ends with `end()`, its block, or the sandbox."""
        return self.first_world.create_world(name, state=state, file=file)

    def __enter__(self) -> Self:
        """Start it, and wait until it listens. Raises SandboxError when it cannot."""
        options = ["--host", self.host, "--port", str(self.port), "--db", self._db, "--stop-with-stdin"]
        if self._tls:
            self._folder = tempfile.TemporaryDirectory(prefix="meta-b2b-sandbox-")
            options += ["--tls", str(self.authority)]
        self._process = process = subprocess.Popen(
            [*self.command, *options],
            stdin=subprocess.PIPE,  # never written to: its end tells the sandbox that we are gone
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            env={
                **os.environ,
                "TLS": "",
                "WORLD": "",
                "ALLOWED_HOSTS": "",
            },  # as with the other options, only what is said here counts
            process_group=0,  # Ctrl-C reaches this process alone, which then ends the sandbox
        )
        try:
            self._reader.start()
            deadline = threading.Timer(START_SECONDS, process.kill)
            deadline.daemon = True
            deadline.start()
            try:
                assert process.stdout is not None
                started = STARTED.match(process.stdout.readline())
            finally:
                deadline.cancel()
            if started is None:
                process.wait()
                self._reader.join()
                raise SandboxError("\n".join(self._errors) or "the sandbox ended before it listened")
            self.base_url = started[1]
            origin = self.base_url.rpartition("/")[0]
            self.control_url = f"{origin}/_sandbox"
            self.port = int(origin.rpartition(":")[2])
            verify = ssl.create_default_context(cafile=self.authority) if self._tls else True
            self._first_world = SandboxWorld(self.base_url, self.control_url, verify=verify)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End it; returns when it is gone. Does nothing the second time."""
        if self._first_world is not None:
            self._first_world.close()
        if self._folder is not None:
            self._folder.cleanup()
        process = self._process
        if process is None or process.stdout is None or process.stdout.closed:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._reader.join()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()

    def _read_errors(self) -> None:
        assert self._process is not None and self._process.stderr is not None
        for line in self._process.stderr:
            self._errors.append(line.rstrip())
            if self.base_url:  # before, they are the reason why it did not start
                with contextlib.suppress(ValueError):  # our own stderr is closed
                    print(line, end="", file=sys.stderr, flush=True)
