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
from typing import Any
from urllib.parse import urlencode

import pytest
from meta_b2b_sandbox.address import AddressError
from meta_b2b_sandbox.document import DocumentError

from scripts.files import replacing
from scripts.mock import prism as module
from scripts.mock.mounting import MountError, mount
from scripts.mock.prism import Mock, MockError, redact
from scripts.node import NODE, ROOT
from tests.support.document import OPERATIONS, resolve

FIXTURE = Path(__file__).parent / "fixtures" / "mock.yaml"
FORM = "application/x-www-form-urlencoded"
TOKEN = "EAAtokenThatMustStaySecret"
PATH = "/v26.0/1/agencies"
GOOD = (200, {"kind": "good"})
SECONDS = 120  # the bound of everything that is waited for here; far more than a loaded machine needs


def ask(port: int, method: str, path: str, body: str | None = None, **headers: str) -> tuple[int, Any]:
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
        ask(port, "POST", f"{PATH}?access_token={TOKEN}", "%=1", Content_Type=FORM)


def processes(folder: Path) -> list[int]:
    """The ids of the Node.js processes that name a file in the folder: Prism, whose document is there."""
    lines = subprocess.check_output(["ps", "-A", "-ww", "-o", "pid=,args="], text=True).splitlines()
    found = (line.split(maxsplit=1) for line in lines if f"{folder}/" in line)
    return [int(number) for number, command in found if command.startswith(str(NODE))]


def listening(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, "this never came true"
        time.sleep(0.01)


class Command:
    """`make mock` with the document, in a session of its own; `patch` is run before main()."""

    def __init__(
        self, document: Path, *arguments: str, patch: str = "", hang_up: str = "SIG_DFL", **environment: str
    ) -> None:
        code = [
            "import signal, sys, scripts.node",
            "from pathlib import Path",
            "from scripts.mock import prism",
            f"prism.Mock.document = Path({str(document)!r})",
            # A test run started by nohup hands its own way on.
            f"signal.signal(signal.SIGHUP, signal.{hang_up})",
            patch,
            "sys.exit(prism.main())",
        ]
        self.process = subprocess.Popen(
            [sys.executable, "-c", "\n".join(code), *arguments],
            cwd=ROOT,
            env={**os.environ, "PORT": "0", **environment},
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
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small document in a folder of this test's own, which every mock of it serves."""
    file = tmp_path / "generated" / "prism.yaml"
    file.parent.mkdir()
    file.write_bytes(FIXTURE.read_bytes())
    monkeypatch.setattr(Mock, "document", file)
    return file


@pytest.fixture
def command(document: Path) -> Iterator[Callable[..., Command]]:
    """Starts commands; kills those that still run after the test."""
    started: list[Command] = []

    def start(*arguments: str, **options: str) -> Command:
        started.append(Command(document, *arguments, **options))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.end()


# Answers at once what Prism answers after a second: for tests of what the wrapper does, whatever it runs.
QUICK = """
const port = process.argv[process.argv.indexOf("-p") + 1];
require("node:http").createServer((_, answer) => answer.end('{"kind": "good"}')).listen(port, "127.0.0.1");
"""


def instead_of_prism(document: Path, script: str) -> list[str]:
    """The beginning of a command line that runs the script, and takes Prism's arguments."""
    file = document.parent / "instead.js"
    file.write_text(script)
    return [str(NODE), str(file)]


def patch_of(document: Path, script: str) -> str:
    """What lets a Command run the script instead of Prism."""
    return f"prism.node_command = lambda *arguments: [*{instead_of_prism(document, script)}, *arguments]"


@pytest.fixture
def stand_in(document: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Lets each Mock of this test run a script instead of Prism."""

    def take(script: str) -> None:
        line = instead_of_prism(document, script)
        monkeypatch.setattr(module, "node_command", lambda *arguments: [*line, *arguments])

    return take


# Paths


def test_mount_puts_the_version_on_every_path_in_order() -> None:
    version = {"default": "v26.0", "description": "Which."}
    server = {
        "url": "https://host/{api_version}",
        "description": "Graph",
        "variables": {"api_version": version},
    }
    own = {"name": "id", "in": "path"}
    item = {"parameters": [own], "get": {"operationId": "read", "x": 1}, "delete": {"operationId": "remove"}}
    document = {
        "openapi": "3.1.0",
        "servers": [server],
        "paths": {"/{id}": item, "/a": {"get": {"operationId": "a"}}},
    }
    before = json.dumps(document)
    parameter = {
        "name": "api_version",
        "in": "path",
        "required": True,
        "description": "Which.",
        "schema": {"type": "string", "pattern": r"^v[0-9]+\.[0-9]+$"},
        "example": "v26.0",
    }
    mounted = mount(document)
    assert mounted == {
        "openapi": "3.1.0",
        "servers": [{"url": "https://host", "description": "Graph"}],
        "paths": {
            "/{api_version}/{id}": {**item, "parameters": [parameter, own]},
            "/{api_version}/{id}/": {
                "parameters": [parameter, own],
                "get": {"operationId": "read_with_slash", "x": 1},
                "delete": {"operationId": "remove_with_slash"},
            },
            "/{api_version}/a": {"parameters": [parameter], "get": {"operationId": "a"}},
            "/{api_version}/a/": {"parameters": [parameter], "get": {"operationId": "a_with_slash"}},
        },
    }
    assert list(mounted["paths"]) == [f"/{{api_version}}{path}" for path in ("/{id}", "/{id}/", "/a", "/a/")]
    assert json.dumps(document) == before


def test_mount_puts_the_root_there_with_and_without_a_slash() -> None:
    server = {"url": "https://host/{v}", "variables": {"v": {"default": "v26.0"}}}
    mounted = mount({"servers": [server], "paths": {"/": {"get": {"operationId": "root"}}}})
    assert {path: item["get"] for path, item in mounted["paths"].items()} == {
        "/{v}": {"operationId": "root"},
        "/{v}/": {"operationId": "root_with_slash"},
    }


@pytest.mark.parametrize("url", [None, "/", "https://host", "https://host/"])
def test_mount_without_a_version_adds_the_slash_only(url: str | None) -> None:
    paths = {"/": {"get": {"operationId": "root"}}, "/a": {"get": {"operationId": "a"}}}
    mounted = mount({"servers": [{"url": url}] if url else [], "paths": paths})
    assert mounted["servers"] == [{"url": "https://host" if "host" in str(url) else "/"}]
    assert list(mounted["paths"]) == ["/", "/a", "/a/"]


def reading(id: str, *examples: str, **query: str) -> dict[str, Any]:
    """An operation that answers an object of a type named like the operation."""
    media = {
        "schema": {"$ref": f"#/components/schemas/{id}"},
        "examples": {name: {"value": {"id": name}} for name in examples},
    }
    answer = {"description": id, "content": {"application/json": media}}
    parameters = [{"name": name, "in": "query", "description": text} for name, text in query.items()]
    return {"operationId": id, "parameters": parameters, "responses": {"200": answer}}


def shared(**others: dict[str, Any]) -> dict[str, Any]:
    """A document with a path, and path items of the same form in its components."""
    first = reading("first", "one", "two", fields="of the first")
    items = {
        name: {"x-path": f"/{{{name}_id}}", "parameters": [{"name": f"{name}_id", "in": "path"}], "get": get}
        for name, get in others.items()
    }
    path = {"parameters": [{"name": "id", "in": "path"}], "get": first, "delete": reading("remove", "gone")}
    return {"paths": {"/me": {"get": reading("me", "me")}, "/{id}": path}, "components": {"pathItems": items}}


def test_operations_that_share_a_form_of_path_become_one() -> None:
    """Prism would serve the last of them only."""
    second = reading("second", "three", fields="of the second", limit="How many")
    document = shared(second=second, third=reading("third", "four"))
    before = json.dumps(document)
    paths = mount(document)["paths"]
    assert list(paths) == ["/me", "/me/", "/{id}", "/{id}/"]
    assert paths["/me"]["get"] == reading("me", "me")
    assert paths["/{id}"]["parameters"] == [{"name": "id", "in": "path"}]
    assert paths["/{id}"]["delete"] == reading("remove", "gone")
    one = paths["/{id}"]["get"]
    assert one["operationId"] == "first"
    assert {p["name"]: p["description"] for p in one["parameters"]} == {
        "fields": "of the first",
        "limit": "How many",
    }
    media = one["responses"]["200"]["content"]["application/json"]
    assert list(media["examples"]) == ["one", "two", "three", "four"]  # Prism takes the first, unless told
    assert media["schema"] == {
        "anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("first", "second", "third")]
    }
    assert json.dumps(document) == before


def test_a_path_takes_the_ids_of_all_that_share_its_form() -> None:
    document = shared(second=reading("second", "three"), third=reading("third", "four"))
    number, me = {"type": "string", "pattern": "^[0-9]+$"}, {"$ref": "#/components/schemas/Me"}
    document["components"]["parameters"] = {"Number": {"name": "id", "in": "path", "schema": number}}
    document["paths"]["/{id}"]["parameters"] = [{"$ref": "#/components/parameters/Number"}]
    items = document["components"]["pathItems"]
    items["second"]["parameters"][0]["schema"] = number
    items["third"]["parameters"][0]["schema"] = me
    before = json.dumps(document)
    paths = mount(document)["paths"]
    assert paths["/{id}"]["parameters"] == [{"name": "id", "in": "path", "schema": {"anyOf": [number, me]}}]
    assert json.dumps(document) == before


def test_examples_of_one_name_cannot_be_told_apart() -> None:
    with pytest.raises(MountError, match="first and second both have an example named two"):
        mount(shared(second=reading("second", "two")))


@pytest.mark.parametrize("id", ["get_obo_request", "get_business", "get_page", "get_user"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_the_caller_chooses_among_the_nodes_that_share_a_path(mock: Mock, id: str, slash: str) -> None:
    examples = OPERATIONS[id].responses["200"]["content"]["application/json"]["examples"]
    for name, example in examples.items():
        answer = ask(mock.port, "GET", f"/v26.0/1{slash}", Prefer=f"example={name}")
        assert answer == (200, resolve(example)["value"])


@pytest.mark.parametrize(
    ("path", "operation_id"),
    [
        ("/v26.0/me", "get_me"),
        ("/v26.0/me/", "get_me"),
        ("/v26.0/me/accounts", "list_pages"),
        ("/v26.0/122/accounts", "list_pages"),
        ("/v26.0/act_1", "get_ad_account"),
        ("/v26.0/1/agencies", "list_agencies"),
        ("/v24.0/1/agencies", "list_agencies"),
        ("/v26.0/1/agencies/", "list_agencies"),
        ("/v26.0/1", "get_obo_request"),
        ("/v26.0/1/", "get_obo_request"),
        ("/v26.0?ids=1,2", "get_nodes"),
        ("/v26.0/?ids=1,2", "get_nodes"),
        ("/v26.0/act_1/agencies", "list_ad_account_agencies"),
        ("/v26.0/act_1/agencies/", "list_ad_account_agencies"),
    ],
)
def test_answers_under_any_version(mock: Mock, path: str, operation_id: str) -> None:
    examples = OPERATIONS[operation_id].responses["200"]["content"]["application/json"]["examples"]
    assert ask(mock.port, "GET", path) == (200, resolve(next(iter(examples.values())))["value"])


@pytest.mark.parametrize("path", ["/v26.0", "/v26.0/", "/v24.0/"])
def test_answers_a_batch_with_the_example(mock: Mock, path: str) -> None:
    examples = OPERATIONS["send_batch"].responses["200"]["content"]["application/json"]["examples"]
    body = urlencode({"batch": '[{"method":"GET","relative_url":"1"}]', "access_token": TOKEN})
    answer = ask(mock.port, "POST", path, body, Content_Type=FORM)
    assert answer == (200, resolve(next(iter(examples.values())))["value"])
    status, refusal = ask(mock.port, "POST", path, "x=1", Content_Type=FORM)
    assert (status, refusal["error"]["code"]) == (400, 100)


@pytest.mark.parametrize(
    "path",
    [
        "/v26.0/act_x/agencies",
        "/v26.0/x/agencies",
        "/foo/1/agencies",
        "/v26/1/agencies",
        "/xv26.0/1",
        "/foo/1/",
    ],
)
def test_refuses_what_is_no_version_and_no_id(mock: Mock, path: str) -> None:
    status, body = ask(mock.port, "GET", path)
    assert (status, body["error"]["code"]) == (400, 100)


def test_base_url_has_the_default_version(mock: Mock) -> None:
    assert mock.base_url == f"http://127.0.0.1:{mock.port}/v26.0"


# Start, crash and restart


def test_prints_where_it_listens_and_a_curl_line_that_works(
    document: Path, command: Callable[..., Command], mock: Mock
) -> None:
    run = command(patch=patch_of(document, QUICK))
    port = run.port()
    assert f"http://127.0.0.1:{port}/v26.0 (Ctrl-C stops it)" in run.output
    line = run.read("curl").removeprefix("Try: ")
    assert f"'http://127.0.0.1:{port}/v26.0/" in line
    line = line.replace(f":{port}/", f":{mock.port}/")  # where the project's document is served
    assert "id" in json.loads(subprocess.check_output([*shlex.split(line), "-sS", "--fail"]))


def test_restarts_after_a_crash_on_the_same_port(command: Callable[..., Command]) -> None:
    run = command()
    port = run.port()
    crash(port)
    run.read("Prism exited with 1; its last words:")
    run.read("URIError: URI malformed")
    run.read(f"started Prism again on port {port}")
    assert ask(port, "GET", PATH) == GOOD


def test_restarts_as_often_as_it_is_killed(
    document: Path, stand_in: Callable[[str], None], capfd: pytest.CaptureFixture[str]
) -> None:
    stand_in(QUICK)
    with Mock() as mock:
        for _ in range(3):
            before = mock.pid
            assert processes(document.parent) == [before]
            os.kill(before, signal.SIGKILL)
            until(lambda: "started Prism again" in capfd.readouterr().err)
            assert ask(mock.port, "GET", PATH) == GOOD
            assert mock.pid != before
    assert processes(document.parent) == []


def test_serves_what_is_generated_anew_at_the_same_address(document: Path) -> None:
    def generated_and_served() -> bool:
        with replacing(document.parent) as new:
            (new / document.name).write_text(FIXTURE.read_text().replace("kind: good", "kind: changed"))
        time.sleep(2)  # Prism waits half a second for the end of a change
        try:
            return ask(mock.port, "GET", PATH) == (200, {"kind": "changed"})
        except (ConnectionError, http.client.HTTPException):
            return False  # its port is closed for a moment

    with Mock() as mock:
        pid = mock.pid
        # More than once: Prism begins to watch its document a little after it listens.
        until(generated_and_served)
        assert mock.pid == pid


def test_tells_why_prism_ended_before_it_listened(stand_in: Callable[[str], None]) -> None:
    stand_in("console.log('out of order'); process.exit(3)")
    with pytest.raises(MockError) as error, Mock():
        pass
    assert str(error.value) == "Prism exited with 3 before it listened; its last words:\n    out of order"


def test_gives_up_when_prism_ends_right_after_each_start(
    stand_in: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    stand_in(f"{QUICK}\nsetTimeout(() => process.exit(4), 200)")
    # However slow this machine is, those are short lives.
    monkeypatch.setattr(module, "SHORT_LIFE_SECONDS", SECONDS)
    with pytest.raises(MockError, match="giving up"), Mock() as mock:
        mock.wait()
    assert capfd.readouterr().err.count("Prism exited with 4") == module.SHORT_LIVES


def test_gives_up_when_prism_never_listens(
    document: Path, stand_in: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in("setInterval(() => 0, 1000)")
    monkeypatch.setattr(module, "START_SECONDS", 0.5)
    with pytest.raises(MockError) as error, Mock():
        pass
    assert str(error.value) == "Prism did not listen within 0.5 seconds"
    assert processes(document.parent) == []


# Bad input: one message, no traceback


def test_names_the_port_that_is_taken(command: Callable[..., Command]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, output = command(PORT=str(port)).end()
    assert code == 1
    assert output == (
        f"mock: port {port} of 127.0.0.1 is taken; choose another, or 0 for any free one;"
        " to choose: make mock PORT=… HOST=…\n"
    )


@pytest.mark.parametrize("port", ["abc", "٤٠١٠"])
def test_what_is_not_a_port_is_wrong_usage(port: str, command: Callable[..., Command]) -> None:
    code, output = command(PORT=port).end()
    assert code == 2
    assert output.startswith(f"mock: {port} is not a port:")
    assert len(output.splitlines()) == 1


def test_an_argument_is_wrong_usage(command: Callable[..., Command]) -> None:
    code, output = command("a").end()
    assert (code, output.startswith("usage: make mock")) == (2, True)


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1", "x" * 300])
def test_a_host_that_is_not_ours(host: str, document: Path) -> None:
    with pytest.raises(AddressError, match=f"^{host} is not an address of this machine"), Mock(host):
        pass


@pytest.mark.parametrize(
    ("patch", "missing"),
    [
        ("scripts.node.NODE = Path('/nowhere/bin/node')", "Node.js is missing"),
        ("scripts.node.ROOT = Path('/nowhere')", "prism is missing"),
    ],
)
def test_missing_tools_name_make_setup(patch: str, missing: str, command: Callable[..., Command]) -> None:
    code, output = command(patch=patch).end()
    assert code == 1
    assert output.startswith(f"mock: {missing}")
    assert output.endswith("; run: make setup\n")
    assert len(output.splitlines()) == 1


def test_a_missing_document_names_make_generate(document: Path, command: Callable[..., Command]) -> None:
    document.unlink()
    code, output = command().end()
    assert code == 1
    assert output == f"mock: {document} cannot be read: No such file or directory; run: make generate\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("openapi: 3.1.0\npaths:\n  /a: [\n", "line 4"),
        ("- 1", "not a usable OpenAPI document"),
        ("openapi: 3.1.0", "'paths'"),
        ("paths: {/a: {get: {operationId: a, responses: {'200': {$ref: '#/nowhere'}}}}}", "'nowhere'"),
    ],
)
def test_a_broken_document_is_named(document: Path, text: str, problem: str) -> None:
    document.write_text(text)
    with pytest.raises(DocumentError) as error, Mock():
        pass
    assert str(error.value).startswith(str(document))
    assert problem in str(error.value)


def test_a_document_that_prism_alone_refuses_gives_its_words(
    document: Path, command: Callable[..., Command]
) -> None:
    document.write_text("openapi: 3.1.0\npaths: {}\n")
    code, output = command().end()
    assert code == 1
    assert output.startswith("mock: Prism exited with 1 before it listened; its last words:\n")
    assert "No operations found" in output
    assert "Traceback" not in output


# Nothing stays behind


@pytest.mark.parametrize(
    ("send", "number", "code", "quick"),
    [
        (os.killpg, signal.SIGINT, 0, True),  # Ctrl-C in a terminal
        (os.kill, signal.SIGHUP, 0, True),
        (os.kill, signal.SIGTERM, 0, False),
        (os.kill, signal.SIGKILL, -signal.SIGKILL, False),
    ],
    ids=["Ctrl-C", "SIGHUP", "SIGTERM", "SIGKILL"],
)
def test_leaves_no_process_and_no_file(
    send: Callable[[int, int], None],
    number: int,
    code: int,
    quick: bool,
    document: Path,
    tmp_path: Path,
    command: Callable[..., Command],
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    run = command(patch=patch_of(document, QUICK) if quick else "", TMPDIR=str(temporary))
    port = run.port()
    run.read("Try:")
    [prism] = processes(document.parent)
    assert os.getpgid(prism) != os.getpgid(run.process.pid)  # the terminal's Ctrl-C is for the wrapper alone
    send(run.process.pid, number)
    assert run.end()[0] == code
    assert len(run.output.splitlines()) == 2  # the two of the start: no crash was seen, nothing restarted
    until(lambda: processes(document.parent) == [] and not listening(port))
    assert list(temporary.iterdir()) == []


def test_nohup_keeps_it_running(document: Path, command: Callable[..., Command]) -> None:
    run = command(patch=patch_of(document, QUICK), hang_up="SIG_IGN")
    port = run.port()
    run.read("Try:")
    os.kill(run.process.pid, signal.SIGHUP)
    assert ask(port, "GET", PATH) == GOOD
    os.kill(run.process.pid, signal.SIGTERM)
    assert run.end()[0] == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_leaves_nothing_when_ended_during_the_start(
    number: int, document: Path, command: Callable[..., Command]
) -> None:
    run = command(patch=patch_of(document, "setInterval(() => 0, 1000)"))
    until(lambda: len(processes(document.parent)) == 1)
    os.kill(run.process.pid, number)
    code, output = run.end()
    assert (code, output) == (-number if number == signal.SIGKILL else 0, "")
    until(lambda: processes(document.parent) == [])


def test_leaves_nothing_when_the_test_inside_fails(document: Path, stand_in: Callable[[str], None]) -> None:
    stand_in(QUICK)
    with pytest.raises(ZeroDivisionError), Mock():
        assert len(processes(document.parent)) == 1
        _ = 1 / 0
    assert processes(document.parent) == []


# Tokens


def test_tokens_never_reach_the_log(command: Callable[..., Command]) -> None:
    run = command()
    port = run.port()
    for method, path, body, headers in [
        ("GET", "/v26.0/1/agencies", None, {}),
        ("GET", "/v26.0/1/agencies?limit=x", None, {}),
        ("GET", "/v26.0/1/nowhere", None, {}),
        ("PUT", "/v26.0/1/agencies", None, {}),
        ("GET", "//", None, {}),
        ("POST", "/v26.0/1/agencies", f"business=x&access_token={TOKEN}", {"Content_Type": FORM}),
        ("POST", "/v26.0/1/agencies", f"access_token={TOKEN}", {"Content_Type": "text/xml"}),
        ("GET", "/v26.0/1/agencies", None, {"Prefer": "code=abc"}),
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
        ("?client_secret=abc&fb_exchange_token=def&a=1", "?client_secret=***&fb_exchange_token=***&a=1"),
        ("/debug_token?input_token=abc", "/debug_token?input_token=***"),
        ("Authorization: Bearer abc", "Authorization: Bearer ***"),
        ("authorization: 'bearer abc|def'", "authorization: 'bearer ***'"),
        ("no token here", "no token here"),
    ],
)
def test_redact(text: str, clean: str) -> None:
    assert redact(text) == clean
