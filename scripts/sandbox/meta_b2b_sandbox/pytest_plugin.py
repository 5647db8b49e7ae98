"""The pytest plugin, there wherever the package is: `b2b_sandbox` is a world of its own for each test.

pytest loads it at every start, so that it must not import more than pytest and the standard library.
"""

import json
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from meta_b2b_sandbox import Call, Sandbox, SandboxError, SandboxWorld

MARKER = "b2b_world"
USAGE = f'@pytest.mark.{MARKER}("file.yaml"), or a dict instead of the name'
TITLE = "calls to the sandbox"
SHOWN = 20  # calls in a report
WIDTH = 100  # letters of a call's parameters in it
WORLD = pytest.StashKey[SandboxWorld]()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        f"{MARKER}(seed): what the world of b2b_sandbox begins with: a dict, or the name of a YAML or JSON file beside "
        "the test or in the rootdir.",
    )


@pytest.fixture(scope="session")
def b2b_sandbox_server() -> Iterator[Sandbox]:
    """The sandbox of this process, in memory. Most tests want `b2b_sandbox`; `b2b_sandbox_server.world()` is for those
    that need more worlds, or one for longer than a test."""
    try:
        running = Sandbox().__enter__()
    except SandboxError as error:
        pytest.fail(str(error), pytrace=False)
    yield running
    running.stop()


@pytest.fixture
def b2b_sandbox(request: pytest.FixtureRequest, b2b_sandbox_server: Sandbox) -> Iterator[SandboxWorld]:
    """A new world for this test: the demo world, or what its marker `b2b_world` says."""
    try:
        world = b2b_sandbox_server.world(state=seed(request))
    except SandboxError as error:
        pytest.fail(str(error), pytrace=False)
    request.node.stash[WORLD] = world
    yield world
    world.end()


def seed(request: pytest.FixtureRequest) -> Mapping[str, Any] | None:
    """What the test's marker says the world begins with; None without a marker. Raises SandboxError."""
    marker = request.node.get_closest_marker(MARKER)
    if marker is None:
        return None
    if len(marker.args) != 1 or marker.kwargs or not isinstance(marker.args[0], str | Path | Mapping):
        raise SandboxError(f"{MARKER} is used like this: {USAGE}")
    (wanted,) = marker.args
    if isinstance(wanted, Mapping):
        return wanted
    folders = (request.path.parent, request.config.rootpath)
    for path in (folder / wanted for folder in folders):
        if path.is_file():
            return read(path)
    raise SandboxError(f"{MARKER}: there is no {wanted} in {folders[0]}, nor in {folders[1]}")


def read(path: Path) -> Mapping[str, Any]:
    """The seed in a file. Raises SandboxError."""
    from meta_b2b_sandbox import seeds

    try:
        return seeds.read_file(path)
    except seeds.SeedError as error:
        raise SandboxError(f"{MARKER}: {error}") from None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    world = item.stash.get(WORLD, None)
    if world is not None and report.failed and call.when in ("setup", "call"):
        try:
            calls = world.calls()
        except SandboxError as error:  # it is told, and hides nothing of the failure itself
            report.sections.append((TITLE, str(error)))
        else:
            report.sections.append((TITLE, "\n".join(map(line, calls[-SHOWN:])) or "none"))
    return report


def line(call: Call) -> str:
    """A call in one line: time, method, path, operation, status, Graph's code, parameters, and a fault."""
    params = " ".join(
        f"{name}={value if isinstance(value, str) else json.dumps(value)}"
        for name, value in call.params.items()
        if name != "access_token"
    )
    parts = [
        call.at[11:19],
        f"{call.method} {call.path}",
        call.operation or "(no operation)",
        str(call.status) if call.code is None else f"{call.status} code {call.code}",
        params if len(params) <= WIDTH else f"{params[:WIDTH]}…",
        "" if call.fault is None else f"[fault {call.fault}]",
    ]
    return "  ".join(filter(None, parts))
