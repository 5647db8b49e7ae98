"""`make diff`: planted changes that break somebody and such that do not, and what a breaking one needs."""

import re
import sys
from collections.abc import Callable

import pytest

from scripts import diff
from scripts.diff import DiffError, breaking, missing
from scripts.node import ROOT

DOCUMENT = (ROOT / "openapi" / "b2b.yaml").read_text(encoding="utf-8")


def test_each_breaking_change_is_told_and_no_harmless_one() -> None:
    """All in one run: Redocly takes its time."""
    changed = DOCUMENT
    for old, new in {
        # breaking
        r"(?m)^  /\{business_id\}/pending_client_pages:\n(    .*\n|\n)*": "",
        r"enum: \[MANAGE, ADVERTISE, ANALYZE, DRAFT, AA_ANALYZE\]": "enum: [MANAGE, ADVERTISE, ANALYZE, AA_ANALYZE]",
        r"required: \[page_id\]": "required: [page_id, permitted_tasks]",
        r"operationId: list_clients\n": "operationId: list_all_clients\n",
        r"operationId: get_obo_request\n": "operationId: get_the_obo_request\n",
        r"operationId: get_business\n": "operationId: get_a_business\n",  # in components.pathItems
        # harmless
        r"Only ad accounts whose name": "Just ad accounts whose name",
        r"(?m)^        is_hidden:\n": "        is_new:\n          type: boolean\n        is_hidden:\n",
    }.items():
        changed, count = re.subn(old, new, changed, count=1)
        assert count, old
    found = breaking(DOCUMENT, changed)
    for told in (
        "Path `/{business_id}/pending_client_pages` was removed.",
        "lost values: 'DRAFT'",
        "became required: `permitted_tasks`",
        "'list_clients' to 'list_all_clients'",
        "'get_obo_request' to 'get_the_obo_request'",
        "'get_business' to 'get_a_business'",
    ):
        assert any(told in line for line in found), (told, found)
    assert not [line for line in found if "is_new" in line or "search_query" in line]


def test_a_comparison_that_fails_is_told() -> None:
    with pytest.raises(DiffError, match="redocly diff failed"):
        breaking("openapi: 3.1.0\npaths: {}\n", "openapi: [1]\npaths: {}\n")


NEXT = re.sub(r"(?m)^  version: (\d+)", lambda found: f"  version: {int(found[1]) + 1}", DOCUMENT, count=1)
LINE = "- **Breaking:** it is gone.\n"


@pytest.mark.parametrize(
    ("new", "log", "needs"),
    [
        (NEXT, LINE, []),
        (DOCUMENT, LINE, ["info.version"]),
        (NEXT, "- it is gone.\n- **Breaking:** an old one\n- **Breaking:**\n", ["CHANGELOG.md"]),
        (DOCUMENT, "", ["info.version", "CHANGELOG.md"]),
    ],
)
def test_a_breaking_change_needs_a_version_and_a_line(new: str, log: str, needs: list[str]) -> None:
    found = missing(DOCUMENT, new, "- **Breaking:** an old one\n", log)
    assert [line.split()[0] for line in found] == needs


def run(monkeypatch: pytest.MonkeyPatch, found: Callable[[str, str], list[str]], base: str = "HEAD") -> int:
    monkeypatch.setattr(diff, "breaking", found)
    monkeypatch.setattr(sys, "argv", ["diff", "--base", base])
    return diff.main()


def test_the_command_says_what_breaks_whom(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, lambda old, new: []) == 0
    assert capsys.readouterr().out.count("nothing breaks") == 2
    monkeypatch.setattr(diff, "missing", lambda *texts: ["it needs a version"])
    assert run(monkeypatch, lambda old, new: ["x was removed."] if "make generate" in new[:200] else []) == 1
    out, err = capsys.readouterr()
    assert "openapi/b2b.yaml: nothing breaks\n" in out
    assert "client.yaml: breaks users of the client:\n- x was removed.\n" in out
    assert err == "diff: it needs a version\n"
    assert run(monkeypatch, lambda old, new: [], "no-such-branch") == 2
    assert "BASE=no-such-branch" in capsys.readouterr().err
