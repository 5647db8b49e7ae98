"""`make check` runs each check, tells of all of them in their order, and fails when one does."""

import threading
from typing import NoReturn

import pytest

from scripts import check


def fails() -> NoReturn:
    raise check.CheckFailed("line 1\nline 2")


def test_all_checks_run_also_when_one_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "CHECKS", {"first": fails, "second": lambda: "as it should be"})
    with pytest.raises(SystemExit, match="check: 1 of 2 checks failed"):
        check.main()
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition("(")[0].split() for line in lines] == [
        ["check:", "first", "FAILED"],
        ["line", "1"],
        ["line", "2"],
        ["check:", "second", "ok", "as", "it", "should", "be"],
    ]


def test_checks_run_side_by_side_and_are_told_in_their_order(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    both = threading.Barrier(2)

    def meets() -> str:
        both.wait(timeout=30)  # broken, and so the check, unless the other one runs meanwhile
        return "met"

    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(check, "CHECKS", {"first": meets, "second": meets})
    check.main()
    assert [line.split()[1:4] for line in capsys.readouterr().out.splitlines()] == [
        ["first", "ok", "met"],
        ["second", "ok", "met"],
    ]
