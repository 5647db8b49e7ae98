"""`make check` names an operation without a handler or a rule test, and handlers and tests of no operation."""

from pathlib import Path

import pytest
from meta_b2b_sandbox import app, people, rules

from scripts import check, completeness
from tests.support.document import OPERATIONS

MARKED = """
import pytest

both = pytest.mark.parametrize("kind", ["page", "ad_account"])

@both
@pytest.mark.operation("grant_page_access", "grant_ad_account_access")
def test_a_grant(kind): ...

@pytest.mark.operation("list_clients")
def test_a_list(): ...

@pytest.mark.parametrize("id", [pytest.param(1, marks=pytest.mark.operation("list_agencies")), "remove_client"])
def test_parameters(id): ...

@pytest.mark.other("remove_agency")
@pytest.mark.operation(number=1)
@pytest.mark.operation(1, CONSTANT)
def test_other_marks(): ...

@pytest.mark.operation("cancel_obo_request")
def helper(): ...

# @pytest.mark.operation("get_obo_request")
class TestMore:
    @pytest.mark.operation("list_clients")
    def test_more_of_it(self): ...
"""


def test_the_tests_of_each_operation(tmp_path: Path) -> None:
    (tmp_path / "test_rules.py").write_text(MARKED)
    (tmp_path / "test_wire.py").write_text(MARKED.partition("# ")[0].replace("test_a_", "test_another_"))
    (tmp_path / "conftest.py").write_text(MARKED.replace("list_clients", "list_client_pages"))
    assert completeness.operations_tested(tmp_path) == {
        **{
            id: ["test_rules.py::test_a_grant", "test_wire.py::test_another_grant"]
            for id in ("grant_page_access", "grant_ad_account_access")
        },
        "list_agencies": ["test_rules.py::test_parameters", "test_wire.py::test_parameters"],
        "list_clients": [
            "test_rules.py::test_a_list",
            "test_rules.py::test_more_of_it",
            "test_wire.py::test_another_list",
        ],
    }


def test_a_missing_and_a_needless_handler_are_named() -> None:
    list_clients, list_system_users = rules.list_clients, people.list_system_users
    assert completeness.missing_handlers(
        ["list_clients", "remove_client"], {"remove_client": list_clients}
    ) == [
        "list_clients has no handler: write one in rules.py or people.py of scripts/sandbox/meta_b2b_sandbox"
    ]
    handlers = {"list_clients": list_clients, "list_nothing": list_clients, "list_nobody": list_system_users}
    text = "handles no operation of openapi/b2b.yaml: describe it there, or remove the handler"
    assert completeness.missing_handlers(["list_clients"], handlers) == [
        f"scripts/sandbox/meta_b2b_sandbox/rules.py: list_nothing {text}",
        f"scripts/sandbox/meta_b2b_sandbox/people.py: list_nobody {text}",
    ]
    assert completeness.missing_handlers(["list_clients"], {"list_clients": list_clients}) == []


def test_a_missing_and_a_needless_test_are_named() -> None:
    assert completeness.missing_tests(["list_clients", "remove_client"], {"remove_client": ["a::b"]}) == [
        "list_clients has no test of its rules: write one in tests/sandbox, "
        'marked @pytest.mark.operation("list_clients")'
    ]
    assert completeness.missing_tests(
        ["list_clients"], {"list_clients": ["a::b"], "list_x": ["a::c", "a::d"]}
    ) == ["a::c, a::d: marked for list_x, which is no operation of openapi/b2b.yaml"]
    assert completeness.missing_tests(["list_clients"], {"list_clients": ["a::b"]}) == []


def test_the_check_asks_for_this_documents_operations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without handlers and tests, each operation of the document is named twice, and the check fails."""
    monkeypatch.setattr(app, "HANDLERS", {})
    monkeypatch.setattr(completeness, "SEVERAL", {})
    monkeypatch.setattr(completeness, "operations_tested", dict)
    _, findings = completeness.report()
    assert [finding.partition(" ")[0] for finding in findings] == [*OPERATIONS, *OPERATIONS]
    with pytest.raises(check.CheckFailed, match="list_clients has no handler") as failed:
        check.CHECKS["operations"]()
    assert str(failed.value).splitlines() == findings
