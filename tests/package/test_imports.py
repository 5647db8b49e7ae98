"""Whatever code imports is declared where it is imported from: nothing comes by chance, nothing is declared in vain."""

import ast
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from scripts.node import ROOT
from tests.support.pyproject import DEPENDENCIES, DEV, names, normal, optional

OURS = {
    "meta_b2b_client",
    "meta_b2b_sandbox",
    "scripts",
    "tests",
    "onboarding",
}  # the last is a sample project
DISTRIBUTIONS = packages_distributions()


def imports(folder: Path) -> dict[str, set[str]]:
    """Top-level module → the files below `folder` that import it; without the standard library."""
    found: dict[str, set[str]] = {}
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules: list[str] = []
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules = [node.module]
            for module in modules:
                top = module.partition(".")[0]
                if top not in sys.stdlib_module_names:
                    found.setdefault(top, set()).add(path.relative_to(folder).as_posix())
    return found


def undeclared(folder: Path, declared: set[str], ours: set[str]) -> dict[str, set[str]]:
    """Those of `imports` that no declared distribution brings, and that are not among `ours`."""
    return {
        module: files
        for module, files in imports(folder).items()
        if module not in ours and not {normal(d) for d in DISTRIBUTIONS.get(module, [])} & declared
    }


def test_the_installed_packages_import_what_they_declare_and_nothing_else() -> None:
    for package, folder, requirements, there in (
        ("meta_b2b_client", "generated", DEPENDENCIES, set()),
        (
            "meta_b2b_sandbox",
            "scripts/sandbox",
            [*optional("sandbox"), *optional("tls")],
            # The client's, which is always there, and pytest, without which nobody loads the plugin.
            {"meta_b2b_client", "httpx", "pytest"},
        ),
    ):
        found = imports(ROOT / folder / package)
        assert undeclared(ROOT / folder / package, names(requirements), {package, *there}) == {}
        brought = {normal(d) for module in found for d in DISTRIBUTIONS.get(module, [])}
        assert names(requirements) <= brought, "declared, and not imported"


def test_the_client_needs_two_packages() -> None:
    assert names(DEPENDENCIES) == {"anyio", "httpx"}  # as the README promises


@pytest.mark.parametrize("folder", ["scripts", "tests"])
def test_this_checkout_declares_what_it_imports(folder: str) -> None:
    declared = names([*DEV, *DEPENDENCIES, *optional("sandbox"), *optional("tls")])
    assert undeclared(ROOT / folder, declared, OURS) == {}


def test_an_import_without_declaration_is_found(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.py").write_text(
        "import os, yaml.nodes\nfrom . import c\ndef f():\n    from urllib3.util import Retry\n    import no_such\n"
    )
    found = undeclared(tmp_path, {"pyyaml"}, set())
    assert found == {"urllib3": {"a/b.py"}, "no_such": {"a/b.py"}}
