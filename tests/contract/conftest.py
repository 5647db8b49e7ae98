"""The server under test, what was sent to it, and reports without the token."""

from collections.abc import Generator, Iterator
from urllib.parse import quote

import pytest
from hypothesis import Phase, settings

from scripts.mock.prism import Mock, MockError
from scripts.node import ToolMissing
from tests.contract.suite import OPERATIONS, SANDBOX, SETTINGS, Server

# `explicit`: without it Schemathesis silently leaves out the documented examples and its coverage phase.
PHASES = [Phase.explicit, Phase.generate]
settings.register_profile(
    "commit", max_examples=15, derandomize=True, database=None, deadline=None, phases=PHASES
)
# What is not said here comes from the profile of ../conftest.py, and that is derandomized.
settings.register_profile(
    "deep", max_examples=250, derandomize=False, database=None, deadline=None, phases=PHASES
)
settings.load_profile("deep" if SETTINGS.deep else "commit")

SERVER = pytest.StashKey[Server]()
TOKENS = {SETTINGS.token, *(SANDBOX.tokens.values() if SANDBOX else ())}
SECRETS = TOKENS | {quote(token, safe="") for token in TOKENS}


@pytest.fixture(scope="session")
def base_url() -> Iterator[str]:
    """Address of the server under test, with the version: BASE_URL, or else that of a mock started for the session."""
    if SETTINGS.base_url is not None:
        yield SETTINGS.base_url
        return
    try:
        with Mock() as mock:
            yield mock.base_url
    except (MockError, ToolMissing) as error:
        pytest.exit(f"the mock cannot be started: {error}", returncode=1)


@pytest.fixture(scope="session")
def token() -> str:
    return SETTINGS.token


@pytest.fixture(scope="session")
def writes() -> bool:
    """Whether more than GET may be sent."""
    return SETTINGS.writes


@pytest.fixture(scope="session")
def server(base_url: str, request: pytest.FixtureRequest) -> Server:
    found = request.config.stash[SERVER] = Server(base_url)
    return found


@pytest.fixture
def exercised(server: Server) -> Iterator[None]:
    """Fails the test when it sent no request: it would have proven nothing."""
    before = server.sent
    yield
    if server.sent == before:
        pytest.fail("this test sent no request, so it proves nothing")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Names the operation in the tests of Schemathesis 4.32, which pytest 9.2 would all give one name."""
    report = yield
    label = getattr(item, "operation_label", None)
    if label is not None and label not in report.nodeid:
        report.nodeid += f"[{label}]"
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    redact(report)


@pytest.hookimpl(trylast=True)  # Schemathesis writes the report anew here, when it is logged already
def pytest_exception_interact(report: pytest.TestReport | pytest.CollectReport) -> None:
    redact(report)


def redact(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Takes the token out of a report, wherever it came from: the server's answers may repeat it."""
    for secret in SECRETS:
        if secret in str(report.longrepr):
            report.longrepr = str(report.longrepr).replace(secret, "[token]")
        report.sections = [(name, text.replace(secret, "[token]")) for name, text in report.sections]


def pytest_sessionfinish(session: pytest.Session) -> None:
    server = session.config.stash.get(SERVER, None)
    if server is not None and server.answers and not any(server.successes(o.label) for o in OPERATIONS):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    server = terminalreporter.config.stash.get(SERVER, None)
    if server is None:
        return
    terminalreporter.section(f"requests to {server.base_url}")
    for operation in OPERATIONS:
        answers = server.answers[operation.label]
        statuses = ", ".join(f"{count} x {status}" for status, count in sorted(answers.items()))
        terminalreporter.write_line(
            f"{operation.definition.raw['operationId']:34} {answers.total():5}: {statuses}"
        )
    terminalreporter.write_line(f"{server.sent} requests without those of the client and of the model")
    for remark in server.remarks:
        terminalreporter.write_line(remark)
    if not any(server.successes(operation.label) for operation in OPERATIONS):
        terminalreporter.write_line("No request at all was answered with a success: nothing was proven.")
