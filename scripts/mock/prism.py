"""The mock: Prism, answering from generated/openapi/prism.yaml. Run: make mock (PORT=… HOST=… to choose).

Prism is kept alive and on a leash: when it crashes it is started again on the same port, and it never
outlives this process. When the document is generated anew, Prism reads it again by itself.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType, TracebackType
from typing import ClassVar, NoReturn, Self

from meta_b2b_sandbox import redaction
from meta_b2b_sandbox.address import AddressError, bind, origin, parse_port
from meta_b2b_sandbox.document import OPENAPI, Document, DocumentError

from scripts.node import ROOT, ToolMissing, node_command, node_env

API = OPENAPI / "b2b.yaml"
GUARD = ROOT / "scripts" / "mock" / "guard.cjs"
START_SECONDS = 30  # Prism takes about 1; a loaded machine may take several
STOP_SECONDS = 3  # Prism takes about 0.03
SHORT_LIFE_SECONDS = 1
SHORT_LIVES = 5

READY = "listening on port "  # printed by scripts/mock/guard.cjs
# Each refusal is logged twice, first without saying where in the request: this is the second one.
REFUSAL = re.compile(r"\[(?:VALIDATOR|HTTP SERVER)\](.*?)\S+ +error +(Violation: .+|Request terminated .+)")
# As Node.js prints objects too, which is not what a journal sees.
SECRET = re.compile(rf"""((?:{"|".join(redaction.NAMES)})["']?\s*[=:]\s*["']?|bearer\s+)[^\s&"']+""", re.I)


class MockError(Exception):
    """The mock cannot start or go on; the text says why."""


class Mock:
    """Prism on a free port of this machine, ended with the block: `with Mock() as mock: … mock.base_url …`.

    `base_url` has the document's default version ("http://127.0.0.1:54321/v26.0"); Prism takes any. The process ends
    with the one that started it, even if that is killed.
    """

    document: ClassVar[Path] = ROOT / "generated" / "openapi" / "prism.yaml"

    def __init__(self, host: str = "127.0.0.1", port: int = 0, verbose: bool = False) -> None:
        """`port` 0 takes a free one. With `verbose` the reasons for refused requests go to stderr; the news of a
        crash always goes there."""
        self.host = host
        self.port = port
        self.base_url = ""
        self._address = ""
        self._verbose = verbose
        self._lock = threading.Lock()  # between a restart and stop()
        self._stopping = False
        self._process: subprocess.Popen[str] | None = None
        self._tail: deque[str] = deque(maxlen=16)
        self._failure: Exception | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._supervise, name="mock", daemon=True)

    @property
    def pid(self) -> int:
        """Prism's process id, which a restart changes. Raises MockError before the start."""
        if self._process is None:
            raise MockError("the mock was not started")
        return self._process.pid

    def __enter__(self) -> Self:
        """Start Prism and wait until it listens.

        Raises DocumentError for a document that is missing or broken, AddressError when nothing can listen there,
        MockError when Prism does not start, ToolMissing without Node.js or Prism.
        """
        Document.load(self.document)  # Prism's own words about a broken one are a page of JavaScript
        base_path = Document.load(API).base_path
        # Prism gets a port, not 0: it listens anew when its document changes, and 0 would be another port then.
        self._address, self.port = bind(self.host, self.port)
        try:
            self._launch()
            self._thread.start()
        except BaseException:
            self.stop()
            raise
        self.base_url = origin(self.host, self.port) + base_path
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def wait(self) -> NoReturn:
        """Block while the mock is served. Raises MockError when it gave up restarting Prism."""
        self._over.wait()
        raise self._failure or MockError("the mock was stopped")

    def stop(self) -> None:
        """End Prism; returns when it is gone. Does nothing the second time."""
        with self._lock:
            self._stopping = True
            process = self._process
        if process is not None:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if self._thread.is_alive():
            self._thread.join()
        if process is not None:
            close(process)

    def _launch(self) -> None:
        """Start one Prism and wait until it listens; MockError when it ends or takes too long before that."""
        where = ("-h", self._address, "-p", str(self.port))
        node, *prism = node_command("prism", "mock", "--verboseLevel", "error", *where, str(self.document))
        with self._lock:
            if self._stopping:
                return
            try:
                self._process = process = subprocess.Popen(
                    [node, "--require", str(GUARD), *prism],
                    stdin=subprocess.PIPE,  # never written to: its end tells Prism that we are gone
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    env=node_env(),
                    encoding="utf-8",
                    errors="replace",
                    process_group=0,  # Ctrl-C reaches this process alone, which then ends Prism
                )
            except OSError as error:
                raise MockError(f"Prism cannot be started: {error}") from error
        deadline = threading.Timer(START_SECONDS, process.kill)
        deadline.daemon = True
        started = time.monotonic()
        try:
            deadline.start()
            for line in self._lines(process):
                if line.startswith(READY):
                    self._tail.clear()
                    return
        finally:
            deadline.cancel()
        code = process.wait()
        close(process)
        if time.monotonic() - started >= START_SECONDS:
            raise MockError(f"Prism did not listen within {START_SECONDS} seconds{self._said()}")
        raise MockError(f"Prism {ending(code)} before it listened{self._said()}")

    def _supervise(self) -> None:
        """Read Prism's output until it ends, and start it again, until stop() or until that is pointless."""
        short_lives = 0
        try:
            while (process := self._process) is not None:
                born = time.monotonic()
                for _ in self._lines(process):
                    pass
                code = process.wait()
                if self._stopping:
                    return
                close(process)
                report(f"Prism {ending(code)}{self._said()}")
                short_lives = short_lives + 1 if time.monotonic() - born < SHORT_LIFE_SECONDS else 0
                if short_lives >= SHORT_LIVES:
                    raise MockError(f"Prism ended {SHORT_LIVES} times right after its start; giving up")
                self._launch()
                report(f"started Prism again on port {self.port}")
        except (MockError, ToolMissing) as error:
            self._failure = error
        finally:
            self._over.set()

    def _lines(self, process: subprocess.Popen[str]) -> Iterator[str]:
        """Prism's lines as they come, without tokens; the last ones are kept for error texts."""
        assert process.stdout is not None
        for raw in process.stdout:
            line = redact(raw.rstrip())
            self._tail.append(line)
            if self._verbose and (refusal := REFUSAL.search(line)):
                report(f"{refusal[1].strip()} {refusal[2]}".strip())
            yield line

    def _said(self) -> str:
        lines = [line for line in self._tail if line.strip()]
        self._tail.clear()
        return "".join(["; its last words:" if lines else "", *(f"\n    {line}" for line in lines)])


def close(process: subprocess.Popen[str]) -> None:
    """Close our ends of the pipes to a process that has ended."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def ending(code: int) -> str:
    """How a process ended, from its return code: "exited with 1", "was ended by SIGKILL"."""
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"exited with {code}"


def redact(text: str) -> str:
    """The text without access tokens and secrets: in a URL, a form, JSON or an Authorization header."""
    return SECRET.sub(r"\1***", text)


def report(text: str) -> None:
    print(f"mock: {text}", file=sys.stderr, flush=True)


def example_call(api: Document, base_url: str) -> str:
    """A curl line for the first operation that reads and needs an id only, with the document's example of it."""
    for operation in api.operations.values():
        needed = [p for p in operation.parameters if p.get("required")]
        if operation.method == "get" and all(p["in"] == "path" for p in needed):
            path = operation.path.format(**{p["name"]: p["example"] for p in needed})
            return f"curl -H 'Authorization: Bearer any-token' '{base_url}{path}'"
    raise DocumentError(f"{api.name} has no operation that reads and needs an id only")


def leave(_number: int, _frame: FrameType | None) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not cut the clean-up short
    sys.exit(0)


def main(argv: Sequence[str] | None = None) -> int:
    """The command `make mock`; returns the exit code: 0 stopped, 1 it cannot serve, 2 wrong usage."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup keeps it running
            signal.signal(number, leave)
    argparse.ArgumentParser(
        prog="mock",
        usage="make mock [PORT=4010] [HOST=127.0.0.1]",
        description="Prism answers Meta's B2B and OBO calls with the document's examples.",
    ).parse_args(argv)
    try:
        port = parse_port(os.environ.get("PORT") or "4010")
        with Mock(os.environ.get("HOST") or "127.0.0.1", port, verbose=True) as mock:
            print(f"Mock on {mock.base_url} (Ctrl-C stops it)", flush=True)
            print(f"Try: {example_call(Document.load(API), mock.base_url)}", flush=True)
            mock.wait()
    except AddressError as error:
        report(f"{error}; to choose: make mock PORT=… HOST=…")
        return 2 if error.usage else 1
    except DocumentError as error:
        report(f"{error}; run: make generate")
    except ToolMissing as error:
        report(f"{error}; run: make setup")
    except MockError as error:
        report(str(error))
    return 1
