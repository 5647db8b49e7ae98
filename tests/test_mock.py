"""The wrapper around Prism: paths, restarts, errors, tokens, and that nothing stays behind."""

import http.client
import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts.mock import prism as module
from scripts.mock.prism import DOCUMENT, Mock, MockError, mount, redact
from scripts.node import NODE, ROOT
from scripts.yaml_io import load_yaml

FIXTURE = Path(__file__).parent / "fixtures" / "mock.yaml"
FORM = "application/x-www-form-urlencoded"
TOKEN = "EAAtokenThatMustStaySecret"
SECONDS = 30  # the bound of everything that is waited for here


def ask(
    port: int, method: str, path: str, body: str | None = None, **headers: str
) -> tuple[int, dict[str, str]]:
    """Status and JSON body of the answer to one request with a Bearer token."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        sent = {"Authorization": f"Bearer {TOKEN}", **{k.replace("_", "-"): v for k, v in headers.items()}}
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def crash(port: int) -> None:
    """Send what ends Prism 5.16: a malformed percent escape in the key of a form field."""
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        ask(port, "POST", f"/v26.0/1/agencies?access_token={TOKEN}", "%=1", Content_Type=FORM)


def processes(mark: Path) -> list[int]:
    """The ids of the Node.js processes that name a file in the folder: Prism, whose document is there."""
    lines = subprocess.check_output(["ps", "-A", "-ww", "-o", "pid=,args="], text=True).splitlines()
    found = (line.split(maxsplit=1) for line in lines if f"{mark}/" in line)
    return [int(number) for number, command in found if command.startswith(str(NODE))]


def listening(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, "this never came true"


class Command:
    """`python -m scripts.mock` in a session of its own, with its output; `patch` is run before main()."""

    def __init__(self, folder: Path, *arguments: str, patch: str = "", **environment: str) -> None:
        self.folder = folder
        code = ["import sys, scripts.mock, scripts.node", "from pathlib import Path", patch]
        code += ["sys.exit(scripts.mock.main())"]
        self.process = subprocess.Popen(
            [sys.executable, "-c", "\n".join(code), *arguments],
            cwd=ROOT,
            env={**os.environ, "TMPDIR": str(folder), "PORT": "0", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.deadline = threading.Timer(SECONDS, self.process.kill)
        self.deadline.start()
        self.output = ""

    def read(self, text: str) -> str:
        """The next line with the text in it."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.output += line
            if text in line:
                return line
        pytest.fail(f"{text!r} is not in the output:\n{self.output}")

    def port(self) -> int:
        return int(self.read("Mock on").split("/v26.0")[0].rpartition(":")[2])

    def end(self) -> tuple[int, str]:
        """Exit code and whole output, once the command has ended."""
        rest, _ = self.process.communicate(timeout=SECONDS)
        self.deadline.cancel()
        self.output += rest
        return self.process.returncode, self.output


@pytest.fixture
def command(tmp_path: Path) -> Iterator[Callable[..., Command]]:
    """Starts commands; kills those that still run after the test."""
    started: list[Command] = []

    def start(*arguments: str, **options: str) -> Command:
        started.append(Command(tmp_path, *arguments, **options))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.end()


@pytest.fixture(scope="module")
def mock() -> Iterator[Mock]:
    with Mock(FIXTURE) as running:
        yield running


def fake_prism(folder: Path, script: str) -> str:
    """The patch that runs the script instead of Prism (still with the guard)."""
    file = folder / "fake.js"
    file.write_text(script)
    return f"scripts.mock.node_command = lambda *_: [{str(NODE)!r}, {str(file)!r}]"


# Paths


def test_mount_puts_the_version_on_every_path_in_order() -> None:
    document = load_yaml(FIXTURE)
    paths = mount(document)["paths"]
    assert list(paths) == [
        f"/{{api_version}}{path}{slash}" for path in document["paths"] for slash in ("", "/")
    ]
    for item in paths.values():
        assert item["parameters"][0] == {
            "name": "api_version",
            "in": "path",
            "required": True,
            "schema": {"type": "string", "pattern": r"^v[0-9]+\.[0-9]+$"},
        }


def test_mount_leaves_a_document_without_version_as_it_is() -> None:
    item: dict[str, object] = {"get": {}}
    for servers in ([], [{"url": "/"}], [{"url": "https://host"}]):
        assert list(mount({"servers": servers, "paths": {"/a": item}})["paths"]) == ["/a", "/a/"]


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/v26.0/1/agencies?status=x", 200, "generic"),
        ("/v24.0/1/agencies?status=x", 200, "generic"),
        ("/v26.0/1/agencies/?status=x", 200, "generic"),
        ("/v26.0/1", 200, "node"),
        ("/v26.0/1/", 200, "node"),
        ("/v26.0/act_1/agencies", 200, "ad account"),
        ("/v26.0/act_1/agencies/", 200, "ad account"),
        ("/v26.0/act_x/agencies", 400, "refused"),
        ("/v26.0/x/agencies?status=x", 400, "refused"),
        ("/foo/1/agencies?status=x", 400, "refused"),
        ("/v26/1/agencies?status=x", 400, "refused"),
        ("/xv26.0/1", 400, "refused"),
        ("/foo/1/", 400, "refused"),
    ],
)
def test_answers_under_any_version(mock: Mock, path: str, status: int, kind: str) -> None:
    assert ask(mock.port, "GET", path) == (status, {"kind": kind})


def test_base_url_has_the_default_version(mock: Mock) -> None:
    assert mock.base_url == f"http://127.0.0.1:{mock.port}/v26.0"


# Start, crash and restart


def test_prints_where_it_listens_and_a_curl_line_that_works(command: Callable[..., Command]) -> None:
    run = command(str(FIXTURE))
    port = run.port()
    assert f"http://127.0.0.1:{port}/v26.0 (Ctrl-C stops it)" in run.output
    line = run.read("curl").removeprefix("Try: ")
    assert f"'http://127.0.0.1:{port}/v26.0/1234/agencies?status=OPEN+%26+SHUT'" in line
    assert json.loads(subprocess.check_output([*shlex.split(line), "-sS", "--fail"])) == {"kind": "generic"}


def test_restarts_after_a_crash_within_two_seconds_on_the_same_port(command: Callable[..., Command]) -> None:
    run = command(str(FIXTURE))
    port = run.port()
    for _ in range(2):
        crash(port)
        crashed = time.monotonic()
        run.read("Prism exited with 1; its last words:")
        run.read("URIError: URI malformed")
        run.read(f"started Prism again on port {port}")
        assert time.monotonic() - crashed < 2
        assert ask(port, "GET", "/v26.0/1") == (200, {"kind": "node"})


def test_restarts_inside_a_test_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Mock(FIXTURE) as mock:
        port = mock.port
        [prism] = processes(tmp_path)
        os.kill(prism, signal.SIGKILL)
        until(lambda: "started Prism again" in capfd.readouterr().err)
        assert ask(port, "GET", "/v26.0/1") == (200, {"kind": "node"})
    assert processes(tmp_path) == []


def test_gives_up_when_prism_ends_before_it_listens(tmp_path: Path, command: Callable[..., Command]) -> None:
    script = "console.log('out of order'); process.exit(3)"
    code, output = command(str(FIXTURE), patch=fake_prism(tmp_path, script)).end()
    assert code == 1
    assert "Prism exited with 3 before it listened; its last words:\n    out of order\n" in output
    assert "Traceback" not in output


def test_gives_up_when_prism_ends_right_after_each_start(
    tmp_path: Path, command: Callable[..., Command]
) -> None:
    script = (
        "require('net').createServer().listen(0, '127.0.0.1', () => setTimeout(() => process.exit(4), 20))"
    )
    code, output = command(str(FIXTURE), patch=fake_prism(tmp_path, script)).end()
    assert code == 1
    assert output.count("Prism exited with 4") == module.SHORT_LIVES
    assert "giving up" in output.splitlines()[-1]
    assert "Traceback" not in output


def test_gives_up_when_prism_never_listens(tmp_path: Path, command: Callable[..., Command]) -> None:
    patch = fake_prism(tmp_path, "setInterval(() => 0, 1000)") + "\nscripts.mock.START_SECONDS = 0.5"
    code, output = command(str(FIXTURE), patch=patch).end()
    assert (code, output) == (1, "mock: Prism did not listen within 0.5 seconds\n")


# Bad input: one message, no traceback


def test_names_the_port_that_is_taken(command: Callable[..., Command]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, output = command(str(FIXTURE), PORT=str(port)).end()
    assert code == 1
    assert output == (
        f"mock: port {port} of 127.0.0.1 is taken; choose another: make mock PORT=… (0 takes any free one)\n"
    )


@pytest.mark.parametrize("port", ["abc", "-1", "65536", "40.10", "4_010", "٤٠١٠", " 4010"])
def test_a_port_that_is_none_is_wrong_usage(port: str, command: Callable[..., Command]) -> None:
    code, output = command(str(FIXTURE), PORT=port).end()
    assert code == 2
    assert output.startswith(f"mock: PORT={port} is not a port:")
    assert len(output.splitlines()) == 1


def test_more_than_one_document_is_wrong_usage(command: Callable[..., Command]) -> None:
    code, output = command("a", "b").end()
    assert (code, output.startswith("mock: usage:")) == (2, True)


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1", "x" * 300])
def test_a_host_that_is_not_ours(host: str, command: Callable[..., Command]) -> None:
    code, output = command(str(FIXTURE), HOST=host).end()
    assert (code, output) == (1, f"mock: HOST={host} is not an address of this machine; try: make mock\n")


@pytest.mark.parametrize(
    ("patch", "missing"),
    [
        ("scripts.node.NODE = Path('/nowhere/bin/node')", "Node.js is missing"),
        ("scripts.node.ROOT = Path('/nowhere')", "prism is missing"),
    ],
)
def test_missing_tools_name_make_setup(patch: str, missing: str, command: Callable[..., Command]) -> None:
    code, output = command(str(FIXTURE), patch=patch).end()
    assert code == 1
    assert output.startswith(f"mock: {missing}")
    assert output.endswith("run: make setup\n")
    assert len(output.splitlines()) == 1


def test_a_missing_document_names_make_generate(tmp_path: Path, command: Callable[..., Command]) -> None:
    code, output = command(patch=f"scripts.mock.DOCUMENT = Path({str(tmp_path / 'prism.yaml')!r})").end()
    assert (code, output) == (1, f"mock: {tmp_path / 'prism.yaml'} does not exist; run: make generate\n")


@pytest.mark.parametrize(
    ("text", "where", "problem"),
    [
        (b"openapi: 3.1.0\npaths:\n  /a: [\n", ":4:1", "expected"),
        (b"openapi: 3.1.0\n\ta: 1\n", ":2:1", "tab"),
        (b"a: \xff", "", "UTF-8"),
        (b"", ":1:1", "empty"),
        (b"- 1", ":1:1", "mapping"),
        (b"swagger: '2.0'\npaths: {/a: {}}", ":1", "`openapi: 3.…`"),
        (b"openapi: 3.1.0", ":1", "`paths`"),
        (b"openapi: 3.1.0\npaths: {/a: 1}", ":1", "`paths`"),
        (b"openapi: 3.1.0\npaths: {/a: {}}\nservers: [{url: '/{v}'}]", "", "KeyError('v')"),
        (b"openapi: 3.1.0\npaths: {/a: {parameters: 1}}", "", "not as OpenAPI has them"),
    ],
)
def test_a_broken_document_names_file_and_line(tmp_path: Path, text: bytes, where: str, problem: str) -> None:
    file = tmp_path / "broken.yaml"
    file.write_bytes(text)
    with pytest.raises(MockError) as error:
        Mock(file)
    assert str(error.value).startswith(f"{file}{where}: ")
    assert problem in str(error.value)


def test_a_document_that_prism_refuses_gives_its_words(
    tmp_path: Path, command: Callable[..., Command]
) -> None:
    file = tmp_path / "unresolved.yaml"
    file.write_text("openapi: 3.1.0\npaths: {/a: {get: {responses: {'200': {$ref: '#/nowhere'}}}}}")
    code, output = command(str(file)).end()
    assert code == 1
    assert "before it listened" in output
    assert "nowhere" in output
    assert "Traceback" not in output


# Nothing stays behind


@pytest.mark.parametrize(
    ("send", "number", "code"),
    [
        (os.killpg, signal.SIGINT, 0),  # Ctrl-C in a terminal
        (os.kill, signal.SIGINT, 0),
        (os.kill, signal.SIGTERM, 0),
        (os.kill, signal.SIGHUP, 0),
        (os.kill, signal.SIGKILL, -signal.SIGKILL),
    ],
    ids=["Ctrl-C", "SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"],
)
def test_leaves_no_process_and_no_file(
    send: Callable[[int, int], None], number: int, code: int, tmp_path: Path, command: Callable[..., Command]
) -> None:
    run = command(str(FIXTURE))
    port = run.port()
    run.read("Try:")
    [prism] = processes(tmp_path)
    assert os.getpgid(prism) != os.getpgid(run.process.pid)  # the terminal's Ctrl-C is for the wrapper alone
    assert list(tmp_path.iterdir()) == []
    send(run.process.pid, number)
    assert run.end()[0] == code
    assert len(run.output.splitlines()) == 2  # the two of the start: no crash was seen, nothing restarted
    until(lambda: processes(tmp_path) == [] and not listening(port))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_leaves_nothing_when_ended_during_the_start(
    number: int, tmp_path: Path, command: Callable[..., Command]
) -> None:
    run = command(str(FIXTURE), patch=fake_prism(tmp_path, "setInterval(() => 0, 1000)"))
    until(lambda: len(processes(tmp_path)) == 1)
    os.kill(run.process.pid, number)
    code, output = run.end()
    assert (code, output) == (-number if number == signal.SIGKILL else 0, "")
    until(lambda: processes(tmp_path) == [])


def test_leaves_nothing_when_the_test_inside_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(ZeroDivisionError), Mock(FIXTURE):
        assert len(processes(tmp_path)) == 1
        _ = 1 / 0
    assert processes(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


# Tokens


def test_tokens_never_reach_the_log(command: Callable[..., Command]) -> None:
    run = command(str(FIXTURE))
    port = run.port()
    for method, path, body, headers in [
        ("GET", "/v26.0/1/agencies", None, {}),
        ("GET", "/v26.0/1/agencies?status=x&limit=x", None, {}),
        ("GET", "/v26.0/1/nowhere", None, {}),
        ("PUT", "/v26.0/1/agencies", None, {}),
        ("GET", "//", None, {}),
        ("POST", "/v26.0/1/agencies", f"business=x&access_token={TOKEN}", {"Content_Type": FORM}),
        ("POST", "/v26.0/1/agencies", f"access_token={TOKEN}", {"Content_Type": "text/xml"}),
        ("GET", "/v26.0/1", None, {"Prefer": "code=abc"}),
    ]:
        separator = "&" if "?" in path else "?"
        ask(port, method, f"{path}{separator}access_token={TOKEN}", body, **headers)
    crash(port)
    run.read("started Prism again")
    os.kill(run.process.pid, signal.SIGTERM)
    _, output = run.end()
    assert TOKEN not in output
    assert "Violation: request.query.limit Request query parameter limit must be integer" in output
    assert "get /v26.0/1/nowhere Request terminated with error" in output


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("GET /v26.0/1?access_token=abc&limit=1", "GET /v26.0/1?access_token=***&limit=1"),
        ("input: '//?access_token=abc'", "input: '//?access_token=***'"),
        ('{"access_token": "abc", "b": 1}', '{"access_token": "***", "b": 1}'),
        ("{ access_token: 'abc' }", "{ access_token: '***' }"),
        ("appsecret_proof=abc", "appsecret_proof=***"),
        ("Authorization: Bearer abc", "Authorization: Bearer ***"),
        ("authorization: 'bearer abc|def'", "authorization: 'bearer ***'"),
        ("no token here", "no token here"),
    ],
)
def test_redact(text: str, clean: str) -> None:
    assert redact(text) == clean


def test_the_default_document_is_the_generated_one() -> None:
    assert DOCUMENT == ROOT / "generated" / "openapi" / "prism.yaml"
