"""Whether each operation of openapi/b2b.yaml has its handler in the sandbox and a test of its rules (`make check`).

A test says which operations it proves: `@pytest.mark.operation("list_clients", …)`, with the operationIds as plain
strings, so that they are found by searching, too.
"""

import ast
import inspect
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from meta_b2b_sandbox import app
from meta_b2b_sandbox.batch import SEVERAL
from meta_b2b_sandbox.document import OPENAPI, Document

from scripts.node import ROOT

SANDBOX = Path(app.__file__).parent
TESTS = ROOT / "tests" / "sandbox"


def report() -> tuple[str, list[str]]:
    """A line with the number of operations, and the findings: one for each thing that an operation lacks, and for each
    handler or test of an operation that is not there. Raises DocumentError for a document that cannot be read."""
    operations = Document.load(OPENAPI / "b2b.yaml").operations
    findings = missing_handlers(operations, {**app.HANDLERS, **SEVERAL}) + missing_tests(
        operations, operations_tested()
    )
    return f"{len(operations)} operations, each with a handler and a test of its rules", findings


def missing_handlers(operations: Collection[str], handlers: Mapping[str, Callable[..., object]]) -> list[str]:
    """A finding for each operationId that only one of the two has, in their order."""
    place = f"rules.py or people.py of {_name(SANDBOX)}"
    return [
        *(f"{id} has no handler: write one in {place}" for id in operations if id not in handlers),
        *(
            f"{_name(Path(inspect.getfile(handler)))}: {id} handles no operation of openapi/b2b.yaml: "
            "describe it there, or remove the handler"
            for id, handler in handlers.items()
            if id not in operations
        ),
    ]


def missing_tests(operations: Collection[str], tested: Mapping[str, list[str]]) -> list[str]:
    """A finding for each operationId without a test, and for each test of an operation that is not there.

    `tested`: operationId → names of its tests.
    """
    return [
        *(
            f'{id} has no test of its rules: write one in {_name(TESTS)}, marked @pytest.mark.operation("{id}")'
            for id in operations
            if id not in tested
        ),
        *(
            f"{', '.join(tests)}: marked for {id}, which is no operation of openapi/b2b.yaml"
            for id, tests in tested.items()
            if id not in operations
        ),
    ]


def operations_tested(folder: Path = TESTS) -> dict[str, list[str]]:
    """operationId → the tests marked for it in the files test_*.py of `folder`, as "test_rules.py::test_name"."""
    tested: dict[str, list[str]] = {}
    # Parsed, not imported: the check takes no time, and the tests need not run for it.
    for file in sorted(folder.glob("test_*.py")):
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"), str(file))):
            if isinstance(function, ast.FunctionDef) and function.name.startswith("test_"):
                for id in _marked(function):
                    tested.setdefault(id, []).append(f"{file.name}::{function.name}")
    return tested


def _marked(test: ast.FunctionDef) -> list[str]:
    """The operationIds in the marks of a test, those of single parameters (`pytest.param(…, marks=…)`) included."""
    calls = (
        node
        for decorator in test.decorator_list
        for node in ast.walk(decorator)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.operation"
    )
    return [
        a.value
        for call in calls
        for a in call.args
        if isinstance(a, ast.Constant) and isinstance(a.value, str)
    ]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)
