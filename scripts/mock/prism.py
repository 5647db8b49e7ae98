"""The mock: Prism, answering from generated/openapi/prism.yaml. Run: make mock (PORT=… HOST=… to choose).

Prism is kept alive and on a leash: when it crashes it is started again on the same port, and it never
outlives this process.
"""

import errno
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType, TracebackType
from typing import Any, NoReturn, Self
from urllib.parse import quote, urlencode, urlsplit

from scripts.node import ROOT, ToolMissing, node_command, node_env
from scripts.yaml_io import YamlError, load_yaml

DOCUMENT = ROOT / "generated" / "openapi" / "prism.yaml"
GUARD = ROOT / "scripts" / "mock" / "guard.cjs"
START_SECONDS = 30  # Prism takes about 1; a loaded machine may take several
STOP_SECONDS = 3  # Prism takes about 0.03
SHORT_LIFE_SECONDS = 1
SHORT_LIVES = 5

READY = re.compile(r"listening on port (\d+)")
# Each refusal is logged twice, first without saying where in the request: this is the second one.
REFUSAL = re.compile(r"\[(?:VALIDATOR|HTTP SERVER)\](.*?)\S+ +error +(Violation: .+|Request terminated .+)")
TEMPLATE = re.compile(r"{([^}]+)}")
# The variables of the server's path: Graph's versions (Graph API, guides/versioning).
VERSION = {"type": "string", "pattern": r"^v[0-9]+\.[0-9]+$"}
SECRET = re.compile(r"""((?:access_token|appsecret_proof)["']?\s*[=:]\s*["']?|bearer\s+)[^\s&"']+""", re.I)


class MockError(Exception):
    """The mock cannot start or go on; the text says why and what to do about it."""


class Mock:
    """Prism as a subprocess: `with Mock(document) as mock: … mock.base_url …`.

    `base_url` is "http://host:port/v26.0": the server's address with the document's default version.
    `port` 0 takes a free one. With `verbose` the reasons for refused requests go to stderr; the news of
    a crash always goes there.
    """

    def __init__(
        self, document: Path = DOCUMENT, host: str = "127.0.0.1", port: int = 0, verbose: bool = False
    ) -> None:
        """Read the document (YAML or JSON). Raises MockError when it is missing, broken or not OpenAPI."""
        self.document = load(document)
        try:
            self._prefix = default_prefix(self.document)
            self._mounted = json.dumps(mount(self.document))
        except (AttributeError, IndexError, KeyError, TypeError) as error:
            raise MockError(
                f"{document}: `servers` or `paths` are not as OpenAPI has them: {error!r}"
            ) from None
        self.host = host
        self.port = port
        self._verbose = verbose
        self._lock = threading.Lock()  # between a restart and stop()
        self._stopping = False
        self._process: subprocess.Popen[str] | None = None
        self._tail: deque[str] = deque(maxlen=16)
        self._failure: Exception | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._supervise, name="mock", daemon=True)

    @property
    def base_url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}{self._prefix}"

    @property
    def pid(self) -> int:
        """Prism's process id, which a restart changes. Raises MockError before the start."""
        if self._process is None:
            raise MockError("the mock was not started")
        return self._process.pid

    def __enter__(self) -> Self:
        """Start Prism and wait until it listens.

        Raises MockError when it cannot listen there or does not start, ToolMissing without Node.js or Prism.
        """
        check_address(self.host, self.port)
        try:
            self._launch()
            self._thread.start()
        except BaseException:
            self.stop()
            raise
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
        with TemporaryDirectory(prefix="mock-") as folder:
            # Prism reads the file at its start only, so it never stays behind, even after a kill -9.
            file = Path(folder) / "document.json"
            file.write_text(self._mounted, encoding="utf-8")
            node, *prism = node_command(
                "prism", "mock", "--verboseLevel", "error", "-h", self.host, "-p", str(self.port), str(file)
            )
            with self._lock:
                if self._stopping:
                    return
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
            deadline = threading.Timer(START_SECONDS, process.kill)
            deadline.daemon = True
            started = time.monotonic()
            try:
                deadline.start()
                for line in self._lines(process):
                    if ready := READY.match(line):
                        self.port = int(ready[1])
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
        except (MockError, ToolMissing, OSError) as error:
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


def load(document: Path) -> dict[str, Any]:
    """The OpenAPI document in the file. Raises MockError, naming file and line, when there is none."""
    mend = "; run: make generate" if document == DOCUMENT else ""
    if not document.exists():
        raise MockError(f"{document} does not exist{mend}")
    try:
        tree = load_yaml(document)
    except YamlError as error:
        raise MockError(f"{error}{mend}") from error
    if not str(tree.get("openapi")).startswith("3."):
        raise MockError(f"{document}:1: not an OpenAPI document: it has no `openapi: 3.…`{mend}")
    paths = tree.get("paths")
    if not isinstance(paths, dict) or not paths or not all(isinstance(item, dict) for item in paths.values()):
        raise MockError(f"{document}:1: not an OpenAPI document: it has no `paths` with operations{mend}")
    return tree


def prefix(document: dict[str, Any]) -> str:
    """The path part of the first server: "/{api_version}", or "" when it has none."""
    servers = document.get("servers") or [{"url": "/"}]
    return urlsplit(str(servers[0]["url"])).path.rstrip("/")


def default_prefix(document: dict[str, Any]) -> str:
    """The same with the defaults of the server's variables: "/v26.0"."""
    variables = (document.get("servers") or [{}])[0].get("variables", {})
    return TEMPLATE.sub(lambda match: str(variables[match[1]]["default"]), prefix(document))


def mount(document: dict[str, Any]) -> dict[str, Any]:
    """The document as Prism needs it: the path part of the server, which Prism ignores, before every path.

    The order of the paths stays (Prism takes the last of equally good ones), and each path is there with
    a slash at its end too: Meta's Python SDK reads a node as `GET /v26.0/<id>/`.
    """
    before = prefix(document)
    variables = [
        {"name": name, "in": "path", "required": True, "schema": VERSION} for name in TEMPLATE.findall(before)
    ]
    paths = {}
    for path, item in document["paths"].items():
        mounted = {**item, "parameters": [*variables, *item.get("parameters", [])]}
        paths[before + path] = paths[before + path.rstrip("/") + "/"] = mounted
    return {**document, "paths": paths}


def example_call(document: dict[str, Any], base_url: str) -> str | None:
    """A curl line for the first GET operation whose required parameters have examples; None without one."""
    for path, item in document["paths"].items():
        parameters = [*item.get("parameters", []), *item.get("get", {}).get("parameters", [])]
        needed = [one for one in (resolve(document, one) for one in parameters) if one.get("required")]
        values = {one["name"]: example(document, one) for one in needed}
        if "get" in item and None not in values.values():
            query = urlencode({one["name"]: values[one["name"]] for one in needed if one["in"] == "query"})
            for name, value in values.items():
                path = path.replace(f"{{{name}}}", quote(str(value), safe=""))  # noqa: PLW2901
            url = f"{base_url}{path}?{query}".rstrip("?")
            return f"curl -H 'Authorization: Bearer any-token' '{url}'"
    return None


def example(document: dict[str, Any], parameter: dict[str, Any]) -> Any:
    """The first example value of the parameter or its schema, None without one."""
    schema = resolve(document, parameter.get("schema", {}))
    named = [resolve(document, one).get("value") for one in parameter.get("examples", {}).values()]
    values = [parameter.get("example"), *named, schema.get("example"), *schema.get("examples", [])]
    return next((value for value in values if value is not None), None)


def resolve(document: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """The node itself, or what its `$ref` within the document leads to."""
    while "$ref" in node:
        target: Any = document
        for key in node["$ref"].removeprefix("#/").split("/"):
            target = target[key.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def check_address(host: str, port: int) -> None:
    """Raises MockError when nothing can listen on host and port (0 to 65535) now."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        socket.create_server((str(address[0]), port), family=family).close()
    except (OSError, UnicodeError) as error:
        number = getattr(error, "errno", None)
        if number == errno.EADDRINUSE:
            problem = f"port {port} of {host} is taken"
        elif number == errno.EACCES:
            problem = f"this user may not listen on port {port}"
        else:
            raise MockError(f"HOST={host} is not an address of this machine; try: make mock") from None
        raise MockError(f"{problem}; choose another: make mock PORT=… (0 takes any free one)") from None


def close(process: subprocess.Popen[str]) -> None:
    """Close our ends of the pipes to a process that has ended."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def ending(code: int) -> str:
    """How a process ended, from its return code: "exited with 1", "was ended by SIGKILL"."""
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"exited with {code}"


def redact(text: str) -> str:
    """The text without access tokens: in a URL, a form, JSON or an Authorization header."""
    return SECRET.sub(r"\1***", text)


def report(text: str) -> None:
    print(f"mock: {text}", file=sys.stderr, flush=True)


def leave(_number: int, _frame: FrameType | None) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not cut the clean-up short
    sys.exit(0)


def main() -> int:
    """The command: PORT and HOST from the environment, the document as an optional argument."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup keeps it running
            signal.signal(number, leave)
    if len(sys.argv) > 2:
        report("usage: [PORT=4010] [HOST=127.0.0.1] python -m scripts.mock [document]")
        return 2
    port = os.environ.get("PORT") or "4010"
    if not re.fullmatch("[0-9]{1,5}", port) or int(port) > 65535:
        report(f"PORT={port} is not a port: a whole number from 0 (any free one) to 65535")
        return 2
    host = os.environ.get("HOST") or "127.0.0.1"
    try:
        with Mock(
            Path(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENT, host, int(port), verbose=True
        ) as mock:
            print(f"Mock on {mock.base_url} (Ctrl-C stops it)", flush=True)
            if call := example_call(mock.document, mock.base_url):
                print(f"Try: {call}", flush=True)
            mock.wait()
    except (MockError, ToolMissing) as error:
        report(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main())
