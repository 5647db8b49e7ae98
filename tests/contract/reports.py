"""What a run reports: no token, and at its end what was sent to each server."""

import pytest

from tests.contract.server import Servers
from tests.support.document import ONE_CALL


class Reports:
    """A plugin of pytest for the servers of a run."""

    def __init__(self, servers: Servers) -> None:
        self._servers = servers

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._redact(report)

    @pytest.hookimpl(trylast=True)  # Schemathesis writes the report anew here, when it is logged already
    def pytest_exception_interact(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        self._redact(report)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """The run fails when a server was never successful: it may refuse everything."""
        if any(server.answers and not server.successes() for server in self._servers.started.values()):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for server in self._servers.started.values():
            if not server.answers and not server.remarks:
                continue
            terminalreporter.section(f"requests to {server.base_url}")
            for operation_id in ONE_CALL:
                answers = server.answers[operation_id]
                statuses = ", ".join(f"{count} x {status}" for status, count in sorted(answers.items()))
                terminalreporter.write_line(f"{operation_id:34} {answers.total():5}: {statuses}")
            terminalreporter.write_line(
                f"{server.sent} requests without those of the client and of the model"
            )
            for remark in server.remarks:
                terminalreporter.write_line(remark)
            if server.answers and not server.successes():
                terminalreporter.write_line(
                    "No request at all was answered with a success: nothing was proven."
                )

    def _redact(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        """Take the tokens out of a report, wherever they came from: the server's answers may repeat them."""
        for secret in self._servers.secrets:
            if secret in str(report.longrepr):
                report.longrepr = str(report.longrepr).replace(secret, "[token]")
            report.sections = [(name, text.replace(secret, "[token]")) for name, text in report.sections]
