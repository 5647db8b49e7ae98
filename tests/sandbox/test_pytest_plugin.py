"""The pytest plugin, in test runs of their own: a world for each test, its seed, its calls in the report."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

IMPORTED = """
import json, sys
import pytest
before = set(sys.modules)
import meta_b2b_sandbox.pytest_plugin
print(json.dumps(sorted({name.partition(".")[0] for name in set(sys.modules) - before} - sys.stdlib_module_names)))
"""
SEED = {"businesses": [{"name": "Mine"}, {"name": "Theirs"}], "pages": [{"name": "News", "owner": "Theirs"}]}
TOKENS = ("owner-token", "agency-token", "outsider-token", "owner-page-token")


def run(pytester: pytest.Pytester, *options: str) -> pytest.RunResult:
    """A test run in a process of its own, without the plugin that takes seconds to load."""
    return pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:schemathesis", *options)


def test_loading_it_imports_nothing_else() -> None:
    done = subprocess.run([sys.executable, "-c", IMPORTED], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == ["meta_b2b_sandbox"]


def test_a_run_that_asks_for_no_world_imports_nothing_else(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # other plugins import what they like
    pytester.makepyfile(
        """
        import sys

        def test_it():
            assert "meta_b2b_sandbox.pytest_plugin" in sys.modules
            assert not {"httpx", "granian", "yaml", "jsonschema_rs", "meta_b2b_client"} & sys.modules.keys()
        """
    )
    run(pytester, "-p", "meta_b2b_sandbox.pytest_plugin").assert_outcomes(passed=1)


def test_each_test_has_a_world_of_its_own_that_ends_with_it(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("turn", [1, 2])
        def test_it(b2b_sandbox, b2b_sandbox_server, turn):
            assert b2b_sandbox_server.first_world.list_worlds() == [b2b_sandbox.name]
            with b2b_sandbox.client("Example Owner") as owner:
                assert list(owner.list_ad_account_agencies("4444444444")) == []
                owner.grant_ad_account_access("4444444444", business="3333333333", permitted_tasks=["ANALYZE"])
                assert len(list(owner.list_ad_account_agencies("4444444444"))) == 1

        def test_the_server_is_one(b2b_sandbox_server):
            assert b2b_sandbox_server.first_world.list_worlds() == []
            assert b2b_sandbox_server.first_world.calls() == []
            with b2b_sandbox_server.world("mine") as world:
                assert world.base_url.endswith("/w/mine/v26.0")

        def test_a_world_may_be_ended_by_its_test(b2b_sandbox):
            b2b_sandbox.end()
        """
    )
    run(pytester, "-p", "no:asyncio", "-W", "error").assert_outcomes(passed=4)


def test_the_marker_says_what_a_world_begins_with(pytester: pytest.Pytester) -> None:
    pytester.mkdir("tests").joinpath("beside.yaml").write_text(
        "businesses: [{name: Beside}]  # a comment\n", encoding="utf-8"
    )
    pytester.path.joinpath("root.json").write_text(json.dumps(SEED), encoding="utf-8")
    pytester.path.joinpath("tests", "test_it.py").write_text(
        f"""
import pytest

pytestmark = pytest.mark.b2b_world("../root.json")

def names(world):
    return [business["name"] for business in world.state()["businesses"]]

def test_a_module(b2b_sandbox):
    assert names(b2b_sandbox) == ["Mine", "Theirs"]

@pytest.mark.b2b_world("beside.yaml")
def test_beside(b2b_sandbox):
    assert names(b2b_sandbox) == list(b2b_sandbox.tokens) == ["Beside"]

@pytest.mark.b2b_world("root.json")
def test_in_the_rootdir(b2b_sandbox):
    assert names(b2b_sandbox) == ["Mine", "Theirs"]

@pytest.mark.b2b_world({SEED})
def test_a_dict(b2b_sandbox):
    with b2b_sandbox.client("Theirs") as b2b:
        assert [page.name for page in b2b.list_pages("me")] == ["News"]
        b2b_sandbox.reset()
        assert names(b2b_sandbox) == ["Mine", "Theirs"]
""",
        encoding="utf-8",
    )
    pytester.makeini("[pytest]\naddopts = --strict-markers")
    run(pytester).assert_outcomes(passed=4)


@pytest.mark.parametrize(
    ("marker", "told"),
    [
        ("'no-such.yaml'", "b2b_world: there is no no-such.yaml in *, nor in *"),
        (
            "",
            'b2b_world is used like this: @pytest.mark.b2b_world("file.yaml"), or a dict instead of the name',
        ),
        (
            "1",
            'b2b_world is used like this: @pytest.mark.b2b_world("file.yaml"), or a dict instead of the name',
        ),
        ("'broken.yaml'", "b2b_world: *broken.yaml*"),
        ("{'businesses': [{'name': 'A'}], 'pages': [{'name': 'P', 'owner': 'B'}]}", "*pages?0?.owner: *B"),
    ],
)
def test_a_marker_that_cannot_be_followed(pytester: pytest.Pytester, marker: str, told: str) -> None:
    pytester.path.joinpath("broken.yaml").write_text("businesses: [", encoding="utf-8")
    pytester.makepyfile(f"import pytest\n@pytest.mark.b2b_world({marker})\ndef test_it(b2b_sandbox): pass\n")
    result = run(pytester)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([told])
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*pytest_plugin.py:*")


def test_a_failed_test_shows_what_was_called(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import httpx
        import pytest

        def call(world, *path, **params):
            return httpx.get("/".join([world.base_url, *path]), params={"access_token": "owner-token", **params})

        def test_that_passes(b2b_sandbox):
            call(b2b_sandbox, "me")

        def test_that_fails(b2b_sandbox):
            tokens = [token["access_token"] for token in b2b_sandbox.state()["tokens"]]
            del tokens  # not for --showlocals
            for _ in range(25):
                call(b2b_sandbox, "me")
            b2b_sandbox.fault("list_clients", code=80001)
            call(b2b_sandbox, "2222222222", "clients", limit="5", fields="id,name," * 30)
            call(b2b_sandbox, "no", "such", "path")
            assert call(b2b_sandbox, "act_4444444444", "agencies").json() == {"data": 1}

        def test_without_calls(b2b_sandbox):
            assert not b2b_sandbox

        @pytest.fixture
        def unlucky(b2b_sandbox):
            call(b2b_sandbox, "me", "businesses")
            raise ValueError

        def test_whose_setup_fails(unlucky):
            pass
        """
    )
    result = run(pytester, "--showlocals")
    result.assert_outcomes(passed=1, failed=2, errors=1)
    text = result.stdout.str()
    assert text.count("calls to the sandbox") == 3
    result.stdout.fnmatch_lines(
        [
            "*- calls to the sandbox -*",
            "??:??:??  GET */me/businesses  list_businesses  200*",
            "*test_that_fails*",
        ]
    )
    result.stdout.fnmatch_lines(
        [
            "??:??:??  GET */2222222222/clients  list_clients  429 code 80001  *…  [[]fault 1]",
            "??:??:??  GET */no/such/path  (no operation)  400 code *",
            "??:??:??  GET */act_4444444444/agencies  list_ad_account_agencies  200*",
        ]
    )
    result.stdout.fnmatch_lines(["*test_without_calls*", "*- calls to the sandbox -*", "none"])
    assert sum("  get_me  200" in line for line in result.outlines) == 17
    quoted = [line for line in result.outlines if "access_token" not in line]
    assert not [token for token in TOKENS if token in "\n".join(quoted)]


def test_a_sandbox_that_is_gone_hides_nothing(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import os, signal

        def test_it(b2b_sandbox, b2b_sandbox_server):
            os.kill(b2b_sandbox_server.pid, signal.SIGKILL)
            os.waitid(os.P_PID, b2b_sandbox_server.pid, os.WEXITED | os.WNOWAIT)
            assert 1 == 2
        """
    )
    result = run(pytester)
    result.stdout.fnmatch_lines(
        ["E *assert 1 == 2", "*calls to the sandbox*", "GET *: the sandbox does not answer (*"]
    )
    result.stdout.no_fnmatch_line("INTERNALERROR*")


def test_without_the_extra_it_says_what_to_install(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = pytester.mkdir("hidden")
    hidden.joinpath("granian.py").write_text("raise ModuleNotFoundError(name='granian')", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(hidden))
    pytester.makepyfile("def test_it(b2b_sandbox): pass\n")
    result = run(pytester)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["meta-b2b-sandbox: a package is missing (granian); run: pip install 'meta-b2b?sandbox?'"]
    )
    result.stdout.no_fnmatch_line("*Error:*")


def test_asynchronous_tests(pytester: pytest.Pytester) -> None:
    """By anyio's plugin, by pytest-asyncio, and by themselves."""
    pytester.makepyfile(
        """
        import asyncio
        import pytest

        async def look(world):
            async with world.async_client("Example Owner") as owner:
                assert [one async for one in owner.list_ad_account_agencies("4444444444")] == []
            assert [call.operation for call in world.calls()] == ["list_ad_account_agencies"]

        @pytest.fixture
        def anyio_backend():
            return "asyncio"

        @pytest.mark.anyio
        async def test_anyio(b2b_sandbox):
            await look(b2b_sandbox)

        @pytest.mark.asyncio
        async def test_asyncio(b2b_sandbox):
            await look(b2b_sandbox)

        def test_run(b2b_sandbox):
            asyncio.run(look(b2b_sandbox))
        """
    )
    run(pytester).assert_outcomes(passed=3)


PARALLEL = """
import os, time
from pathlib import Path
import pytest

@pytest.mark.parametrize("number", range(8))
def test_it(b2b_sandbox, b2b_sandbox_server, number):
    Path(f"{os.environ['PYTEST_XDIST_WORKER']}.pid").write_text(str(b2b_sandbox_server.pid))
    with b2b_sandbox.client("Example Owner") as owner:
        assert list(owner.list_ad_account_agencies("4444444444")) == []
        owner.grant_ad_account_access("4444444444", business="3333333333", permitted_tasks=["ANALYZE"])
    while os.environ.get("STAY"):
        time.sleep(0.1)
"""


def test_each_process_of_a_parallel_run_has_its_sandbox(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(PARALLEL)
    run(pytester, "-n", "2", "--dist", "load").assert_outcomes(passed=8)
    assert len({file.read_text() for file in pytester.path.glob("gw?.pid")}) == 2


def test_a_parallel_run_that_is_killed_leaves_no_sandbox(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAY", "yes")
    pytester.makepyfile(PARALLEL)
    with subprocess.Popen(
        [sys.executable, "-m", "pytest", "-n", "2", "-p", "no:cacheprovider", "-p", "no:schemathesis"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as running:
        files = [pytester.path / "gw0.pid", pytester.path / "gw1.pid"]
        try:
            wait_until(lambda: all(file.exists() and file.read_text() for file in files))
        finally:
            running.send_signal(signal.SIGKILL)
    pids = [int(file.read_text()) for file in files]
    wait_until(lambda: not any(alive(pid) for pid in pids))


def alive(pid: int) -> bool:
    """Whether a process of this id runs; one that ended, and that nobody asked about, does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)
