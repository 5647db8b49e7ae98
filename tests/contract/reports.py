"""What a run reports: failures in groups of the same cause, what was sent to each server, and no token.

Tests run in several processes: each hands on what it found with the reports of its tests, and what it counted at its
end, and the one that started them adds it up.
"""

import json
from collections.abc import Generator, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.contract.findings import Finding, Group, grouped, without
from tests.contract.plan import PLAN
from tests.contract.server import Server, Servers
from tests.contract.tally import Tally
from tests.support.document import B2B, ONE_CALL

FINDINGS, TALLIES = "findings", "tallies"
# Where the page is to be written.
PAGE = pytest.StashKey[Path]()
SHOWN = 40  # operations of a group, and groups, in the terminal
LINES = 6  # of what was asked and answered


class Reports:
    """A plugin of pytest for the servers of a run."""

    def __init__(self, servers: Servers, config: pytest.Config) -> None:
        self._servers = servers
        self._config = config
        self._findings: list[Finding] = []
        self._tallies: dict[str, Tally] = {}  # of other processes, by the target's name

    @property
    def tallies(self) -> dict[str, Tally]:
        """What was counted here and in other processes, by the target's name."""
        for name, server in self._servers.started.items():
            self._tallies.setdefault(name, server.tally)
        return self._tallies

    # In the process that runs the test

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Function, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Hands on what the test found."""
        report = yield
        server = item.funcargs.get("server")
        if not isinstance(server, Server):
            return report
        if report.failed and call.excinfo is not None:
            if not server.noted and not server.limited:
                server.note(call.excinfo.value)
            found = [asdict(one.of(operation_of(item), item.nodeid)) for one in server.noted]
            # Not added to: it is a list of the test, not of the report.
            report.user_properties = [*report.user_properties, (FINDINGS, json.dumps(found))]
        if call.when != "setup":
            server.noted.clear()
            server.asked, server.last, server.answered = "", None, None
        if server.limited:
            item.session.shouldstop = server.limited
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._redact(report)
        if hasattr(self._config, "workerinput"):
            return  # it goes on to the process that started this one
        texts = [str(value) for name, value in report.user_properties if name == FINDINGS]
        report.user_properties = [pair for pair in report.user_properties if pair[0] != FINDINGS]
        found = [Finding(**one) for text in texts for one in json.loads(text)]
        self._findings += found
        if found and PLAN in self._config.stash:
            # Who tests a server wants what it answered, and not how the test came there.
            report.longrepr = "\n\n".join("\n".join(lines_of(one)) for one in dict.fromkeys(found))

    @pytest.hookimpl(trylast=True)  # Schemathesis writes the report anew here, when it is logged already
    def pytest_exception_interact(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        self._redact(report)

    def _redact(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        """Take the tokens out of a report, wherever they came from: the server's answers may repeat them."""
        secrets = self._servers.secrets
        if report.longrepr is not None and without(secrets, text := str(report.longrepr)) != text:
            report.longrepr = without(secrets, text)
        report.sections = [(name, without(secrets, text)) for name, text in report.sections]

    # At the end

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        """Adds what another process counted."""
        for name, data in getattr(node, "workeroutput", {}).get(TALLIES, {}).items():
            self._tallies.setdefault(name, Tally(data["address"])).add(data)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """The run fails when it proved nothing."""
        if hasattr(self._config, "workerinput"):
            packed = {name: tally.packed() for name, tally in self.tallies.items()}
            self._config.workeroutput[TALLIES] = packed  # type: ignore[attr-defined]
        elif any(tally.problems() for tally in self.tallies.values()):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if PLAN not in self._config.stash:
            return  # among other tests
        for tally in self.tallies.values():
            if tally.sent:
                terminalreporter.section(f"requests to {tally.address}")
                for line in lines_of_tally(tally):
                    terminalreporter.write_line(line)
        groups = grouped(self._findings, ONE_CALL)
        if groups:
            terminalreporter.section(f"{len(groups)} different failures")
        for number, group in enumerate(groups[:SHOWN], 1):
            terminalreporter.write_line(f"\n{number}. {group.server}: {group.cause}", bold=True)
            for line in lines_of_group(group):
                terminalreporter.write_line(line)
        if len(groups) > SHOWN:
            terminalreporter.write_line(f"\nand {len(groups) - SHOWN} more: REPORT=folder writes all of them")
        folder = self._config.stash.get(PAGE, None)
        if folder is not None:
            page = folder / "index.html"
            page.write_text(page_of(groups, self.tallies.values()), encoding="utf-8")
            terminalreporter.write_line(
                f"\ncontract: the report is {page}, and for programs junit.xml beside it"
            )


def operation_of(item: pytest.Function) -> str:
    """The operationId in a test's parameters; "" if it is about more than one operation."""
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    found = parameters.get("operation_id", parameters.get("operation", ""))
    return str(getattr(found, "id", found))


def lines_of(finding: Finding) -> list[str]:
    return [line for line in (finding.cause, *finding.detail.splitlines(), finding.curl) if line.strip()]


def lines_of_group(group: Group) -> list[str]:
    """Where it was seen, an example, and the line that shows it."""
    first = next((one for one in group.findings if one.curl), group.findings[0])
    names = group.operations
    more = f", and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    lines = [f"   {len(names)} operations: {', '.join(names[:SHOWN])}{more}"] if names else []
    detail = [line for line in first.detail.splitlines() if line.strip()]
    lines += [f"   {line}" for line in detail[:LINES]] + ["   …"] * (len(detail) > LINES)
    return [*lines, f"   {first.curl}"] if first.curl else lines


def lines_of_tally(tally: Tally) -> list[str]:
    """What the server is, and what was sent and answered."""
    lines = [f"It is tested as a {tally.kind}: {tally.told_by}."]
    for operation_id in ONE_CALL:
        answers = tally.answers[operation_id]
        statuses = ", ".join(f"{count} x {status}" for status, count in sorted(answers.items()))
        lines.append(f"{operation_id:34} {answers.total():5}: {statuses}")
    lines.append(f"{tally.sent} requests without those of the client and of the model")
    if tally.walks:
        lines.append(
            f"{tally.walks} walks, {tally.followed.total()} steps along {len(tally.followed)} of {len(tally.links)} "
            f"links; {tally.times('POST GET DELETE')} times created, read and removed; "
            f"{tally.times('DELETE GET')} times read after a removal"
        )
    return [*lines, *tally.remarks, *tally.problems()]


def page_of(groups: list[Group], tallies: Iterable[Tally]) -> str:
    """The report as one HTML page that asks for nothing more."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
    )
    return environment.get_template("report.html.jinja").render(
        groups=groups, tallies=list(tallies), operations=ONE_CALL, title=B2B.tree["info"]["title"]
    )
