"""`make check` runs each check, tells of all of them in their order, and fails when one does."""

import threading
from pathlib import Path
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


def test_a_line_that_is_too_long_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deeper").mkdir()
    (tmp_path / "right.yaml").write_text("ü" * 120)
    (tmp_path / "deeper" / "wrong.yaml").write_text("a: 1\n" + "b" * 121)
    monkeypatch.setattr(check, "ROOT", tmp_path)
    monkeypatch.setattr(check, "WRITTEN", (tmp_path,))
    with pytest.raises(check.CheckFailed) as caught:
        check.lines()
    assert str(caught.value) == "deeper/wrong.yaml:2: 121 characters, and 120 at most are wanted"
