"""The workflows and forms of .github/: valid, each action pinned to a commit, no more rights than a job needs."""

import json
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from scripts.node import ROOT

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(file for file in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if file.name != "config.yml")
# A commit's hash, and beside it the version that a person, and Dependabot, can read.
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def valid(name: str, document: Any) -> bool:
    """Whether it fits GitHub's schema, which comes with check-jsonschema; its command takes seconds to start."""
    folder = Path(str(files("check_jsonschema")), "builtin_schemas", "vendor")
    return jsonschema_rs.validator_for(json.loads((folder / f"{name}.json").read_text())).is_valid(document)


def zizmor(*files: Path) -> subprocess.CompletedProcess[str]:
    """An audit of workflows: unpinned actions, rights that are too wide, texts that become code."""
    command = [str(Path(sys.executable).with_name("zizmor")), "--offline", "--no-progress", *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def load(file: Path) -> Any:
    # Not scripts.yaml_io: it refuses the key `on`, which is GitHub's.
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def unpinned(text: str) -> list[str]:
    return [use for use in re.findall(r"uses: *(.*)", text) if not PINNED.fullmatch(use)]


def test_each_action_is_pinned_to_a_commit_with_its_version_beside() -> None:
    assert {file.name: unpinned(file.read_text()) for file in WORKFLOWS} == {
        file.name: [] for file in WORKFLOWS
    }
    assert unpinned("- uses: actions/checkout@v7\n- uses: actions/checkout@" + "a" * 40) == [
        "actions/checkout@v7",
        "actions/checkout@" + "a" * 40,
    ]


def test_one_action_has_one_version_everywhere() -> None:
    uses = {use for file in WORKFLOWS for use in re.findall(r"uses: *(.*)", file.read_text())}
    assert len({use.partition("@")[0] for use in uses}) == len(uses)


def test_only_jobs_write_and_only_what_they_are_for() -> None:
    written = {}
    for file in WORKFLOWS:
        workflow = load(file)
        assert workflow["permissions"] == {"contents": "read"}, file.name
        for name, job in workflow["jobs"].items():
            for right, value in job.get("permissions", {}).items():
                written[file.stem, name, right] = value
    assert written == {
        ("nightly", "upstream-issue", "issues"): "write",
        ("release", "release", "contents"): "write",
    }


def test_the_audit_finds_nothing_and_would(tmp_path: Path) -> None:
    result = zizmor(GITHUB)
    assert result.returncode == 0, result.stdout
    planted = tmp_path / "planted.yml"
    text = (GITHUB / "workflows" / "test.yml").read_text()
    planted.write_text(re.sub(r"actions/checkout@\S+ # \S+", "actions/checkout@v7", text))
    assert "unpinned-uses" in zizmor(planted).stdout


@pytest.mark.parametrize(
    ("name", "documents"),
    [
        ("dependabot", [GITHUB / "dependabot.yml"]),
        ("github-issue-forms", FORMS),
        ("github-issue-config", [GITHUB / "ISSUE_TEMPLATE" / "config.yml"]),
    ],
)
def test_forms_and_settings_are_what_github_takes(name: str, documents: list[Path]) -> None:
    assert [file.name for file in documents if not valid(name, load(file))] == []
    assert not valid(name, {"version": "nonsense"})


def test_each_form_asks_for_the_evidence_report() -> None:
    for file in FORMS:
        assert any(part.get("id") == "evidence" for part in load(file)["body"]), file.name


def test_each_make_command_of_the_workflows_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text()
    texts = [file.read_text() for file in WORKFLOWS]
    commands = {command for text in texts for command in re.findall(r"\bmake ([a-z-]+)", text)}
    assert {"diff", "audit", "release-check"} <= commands
    assert commands <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


def nights_work(text: str, step: str) -> str:
    """The script of the step that has `step` in it."""
    (script,) = [
        one["run"]
        for job in load(Path(text))["jobs"].values()
        for one in job["steps"]
        if step in one.get("run", "")
    ]
    return str(script)


@pytest.mark.parametrize(("code", "ends", "told"), [(0, 0, False), (1, 0, True), (2, 2, False)])
def test_the_night_tells_news_and_fails_when_it_could_not_compare(
    code: int, ends: int, told: bool, tmp_path: Path
) -> None:
    script = nights_work(str(GITHUB / "workflows" / "nightly.yml"), "scripts.upstream")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\necho '- added: x'\nexit {code}\n")
    python.chmod(0o755)
    output = tmp_path / "output"
    output.touch()
    result = subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "GITHUB_OUTPUT": str(output)},
        check=False,
    )
    assert result.returncode == ends
    assert output.read_text() == ("news<<END_OF_REPORT\n- added: x\n\nEND_OF_REPORT\n" if told else "")


@pytest.mark.parametrize("number", ["", "7"])
def test_there_is_one_issue_at_a_time(number: str, tmp_path: Path) -> None:
    script = nights_work(str(GITHUB / "workflows" / "nightly.yml"), "gh issue")
    gh = tmp_path / "gh"
    gh.write_text(
        f'#!/bin/sh\ncd {tmp_path}\necho "$@" >> calls\n[ "$2" = list ] && echo "{number}" || cat report.md >> calls\n'
    )
    gh.chmod(0o755)
    env = {"PATH": f"{tmp_path}:/usr/bin:/bin", "NEWS": "- added: $(x)", "TITLE": "T t"}
    subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, env=env, check=True)
    calls = (tmp_path / "calls").read_text().splitlines()[1:]
    first = (
        f"issue edit {number} --body-file report.md"
        if number
        else "issue create --title T t --body-file report.md"
    )
    assert calls == [first, "- added: $(x)"]
