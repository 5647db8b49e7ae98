"""The servers of the plan, and each test once for each of them."""

from collections.abc import Generator, Iterator
from typing import Any

import pytest
from meta_b2b_sandbox import SandboxError

from scripts.mock.prism import MockError
from scripts.node import ToolMissing
from tests.contract.plan import DEFAULT, PLAN, Plan, Target, unpacked
from tests.contract.reports import Reports
from tests.contract.server import Server, Servers

SERVERS = pytest.StashKey[Servers]()


def pytest_configure(config: pytest.Config) -> None:
    packed = getattr(config, "workerinput", {}).get("plan")
    plan = config.stash.get(PLAN, DEFAULT) if packed is None else unpacked(packed)
    servers = config.stash[SERVERS] = Servers(plan)
    config.pluginmanager.register(Reports(servers, config))
    config.addinivalue_line("markers", "sends_requests: the test fails when it sends none to the server")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "target" in metafunc.fixturenames:
        targets = metafunc.config.stash[SERVERS].plan.targets
        metafunc.parametrize("target", targets, ids=[target.name for target in targets])


@pytest.fixture(scope="session")
def servers(request: pytest.FixtureRequest) -> Iterator[Servers]:
    with request.config.stash[SERVERS] as servers:
        yield servers


@pytest.fixture(scope="session")
def plan(servers: Servers) -> Plan:
    return servers.plan


@pytest.fixture
def server(servers: Servers, target: Target) -> Server:
    """The server under test, which runs until the end of the session."""
    try:
        return servers.of(target)
    except (MockError, SandboxError, ToolMissing) as error:
        pytest.exit(f"the {target.name} cannot be started: {error}", returncode=1)


@pytest.fixture
def operation(server: Server, operation_id: str) -> Any:
    """The operation as the server's Schemathesis schema has it."""
    if operation_id not in server.operations:
        pytest.skip("changes data, and the server is not on this machine")
    return server.operations[operation_id]


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Fails a test that is marked so when it sent no request: it would have proven nothing."""
    if pyfuncitem.get_closest_marker("sends_requests") is None:
        return (yield)
    server = pyfuncitem.funcargs["server"]
    assert isinstance(server, Server)
    before = server.tally.sent
    result = yield
    assert server.tally.sent > before, "this test sent no request, so it proves nothing"
    return result
