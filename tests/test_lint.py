"""Each rule of redocly.yaml finds what it is for. In tests/lint/ are a document that keeps all rules, and
for each rule an overlay of it that breaks this rule and no other, `x-problems` times."""

import json
from collections import Counter

import pytest

from scripts.node import ROOT, run_node
from scripts.overlays.overlay import apply
from scripts.yaml_io import dump_yaml, load_yaml

RULES = load_yaml(ROOT / "redocly.yaml")["rules"]
# Rules of Redocly's that are off, and ours that do the same: the reason stands beside each in redocly.yaml.
REPLACED = {"path-parameters-defined": "house/path-parameters"}
FOLDER = ROOT / "tests" / "lint"
CLEAN = FOLDER / "clean.yaml"
FIXTURES = {
    str(path.relative_to(FOLDER).with_suffix("")): path for path in FOLDER.rglob("*.yaml") if path != CLEAN
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Counter[str]]:
    """Fixture → the rules that its document breaks, with how often. One run of Redocly for all of them."""
    folder = tmp_path_factory.mktemp("lint")
    clean = load_yaml(CLEAN)
    files = [str(CLEAN)]
    for number, path in enumerate(FIXTURES.values()):
        document, _ = apply(clean, load_yaml(path), path)
        file = folder / f"{number}.yaml"
        file.write_text(dump_yaml(document))
        files.append(str(file))
    run = run_node("redocly", "lint", "--format=json", "--max-problems=1000", *files)
    # Redocly prints one JSON text per file, in order, with nothing between them.
    found = []
    rest = run.stdout.strip()
    while rest:
        report, end = json.JSONDecoder().raw_decode(rest)
        found.append(Counter(problem["ruleId"] for problem in report["problems"]))
        rest = rest[end:].strip()
    assert len(found) == len(files), run.stderr
    return dict(zip(["clean", *FIXTURES], found, strict=True))


def test_the_clean_document_breaks_no_rule(broken: dict[str, Counter[str]]) -> None:
    assert broken["clean"] == {}


@pytest.mark.parametrize("rule", sorted(FIXTURES))
def test_a_document_breaks_its_rule_and_no_other(rule: str, broken: dict[str, Counter[str]]) -> None:
    assert broken[rule] == {rule: load_yaml(FIXTURES[rule])["info"]["x-problems"]}


def test_each_rule_of_ours_has_a_document_that_breaks_it() -> None:
    assert set(FIXTURES) == RULES.keys() - REPLACED.keys()


def test_a_rule_that_is_off_has_one_of_ours_in_its_place() -> None:
    assert REPLACED.keys() <= RULES.keys()
    assert all(RULES[ours] == "error" for ours in REPLACED.values())


def test_all_rules_of_ours_are_errors() -> None:
    for rule, setting in RULES.items():
        severity = setting.get("severity", "error") if isinstance(setting, dict) else setting
        assert severity == ("off" if rule in REPLACED else "error"), rule
    assert not (ROOT / ".redocly.lint-ignore.yaml").exists()
