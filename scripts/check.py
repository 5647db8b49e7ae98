"""Check what is written by hand, and that generated/ is what it gives (`make check`).

Runs every check even when one fails, as many at a time as there are processors. Exit codes: 0 all passed, 1 one failed.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from openapi_spec_validator import OpenAPIV31SpecValidator

from scripts import completeness, generate, python_api
from scripts.node import ROOT, ToolMissing, run_node
from scripts.overlays import translation
from scripts.stories import STORIES
from scripts.yaml_io import YamlError, load_yaml

DOCUMENT = ROOT / "openapi" / "b2b.yaml"
WRITTEN = (ROOT / "openapi", ROOT / "overlays")
LONGEST_LINE = 120
# Meta's own published OpenAPI document gets 76.9, Redocly's museum example 86.5. Redocly counts it as "dependency" when
# operations do not all share a schema, so each new subject costs two points.
SCORE_WANTED = 89.0


class CheckFailed(Exception):
    """A check failed; the text says where and how to mend it."""


def specification() -> str:
    """The document is valid OpenAPI 3.1."""
    errors = list(OpenAPIV31SpecValidator(load_yaml(DOCUMENT)).iter_errors())
    if errors:
        raise CheckFailed("\n".join(f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in errors))
    return "valid OpenAPI 3.1"


def lint(document: Path) -> str:
    """Redocly's strictest rules and ours (redocly.yaml) find no error and no warning in a document."""
    result = run_node("redocly", "lint", "--format=json", str(document.relative_to(ROOT)))
    try:
        problems = json.loads(result.stdout)["problems"]
    except (ValueError, KeyError):
        raise CheckFailed(result.stdout + result.stderr) from None
    if problems or result.returncode:
        places = (f"{p['location'][0].get('pointer', '')}: {p['message']} ({p['ruleId']})" for p in problems)
        raise CheckFailed("\n".join(places) or result.stderr)
    return "no error, no warning"


def score() -> str:
    """Redocly's score of the document is high enough."""
    result = run_node("redocly", "score", "--format=json", str(DOCUMENT.relative_to(ROOT)))
    try:
        value = float(json.loads(result.stdout)["agentReadiness"])
    except (ValueError, KeyError):
        raise CheckFailed(result.stdout + result.stderr) from None
    if value < SCORE_WANTED:
        raise CheckFailed(f"{value} of 100, and at least {SCORE_WANTED} is wanted; see: redocly score")
    return f"{value} of 100, at least {SCORE_WANTED:.0f} wanted"


def lines() -> str:
    """No line of what is written by hand in YAML is longer than people read without scrolling."""
    files = [path for folder in WRITTEN for path in sorted(folder.rglob("*.yaml"))]
    findings = [
        f"{path.relative_to(ROOT)}:{number}: {len(line)} characters, and {LONGEST_LINE} at most are wanted"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST_LINE
    ]
    if findings:
        raise CheckFailed("\n".join(findings))
    return f"none over {LONGEST_LINE} characters, in {len(files)} files"


def translations() -> str:
    """The German overlays cover every text, and none has changed since it was translated."""
    reports = [translation.report(*pair) for pair in translation.TRANSLATIONS.items()]
    if any(findings for _, findings in reports):
        raise CheckFailed("\n".join(line for summary, findings in reports for line in (summary, *findings)))
    return "; ".join(summary for summary, _ in reports)


def operations() -> str:
    """Each operation has its handler in the sandbox, and a test of its rules."""
    summary, findings = completeness.report()
    if findings:
        raise CheckFailed("\n".join(findings))
    return summary


def public_api() -> str:
    """What programs use of the two packages is still there, or CHANGELOG.md announces that it breaks."""
    summary, findings = python_api.report()
    if findings:
        raise CheckFailed("\n".join([summary, *findings]))
    return summary


def drift() -> str:
    """generated/ is what the document, the overlays, scripts/client/ and Meta's SDK give."""
    findings = generate.drift()
    if findings:
        raise CheckFailed("\n".join([*findings, "run: make generate"]))
    return "generated/ is up to date"


def tool(name: str, *args: str) -> Callable[[], str]:
    """A check that is a Python tool's own command."""

    def check() -> str:
        result = subprocess.run(
            [sys.executable, "-m", name, *args], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if result.returncode:
            raise CheckFailed((result.stdout + result.stderr).strip())
        return result.stdout.strip().splitlines()[-1] if result.stdout.strip() else "done"

    return check


WORKFLOWS = [str(path) for path in sorted((ROOT / ".github" / "workflows").glob("*.yml"))]
# The two longest first, so that the others are done beside them.
CHECKS: dict[str, Callable[[], str]] = {
    "drift": drift,
    "mypy": tool("mypy"),
    "specification": specification,
    "lint": partial(lint, DOCUMENT),
    "lint stories": partial(lint, STORIES),
    "lines": lines,
    "score": score,
    "German": translations,
    "operations": operations,
    "Python API": public_api,
    "workflows": tool("check_jsonschema", "--builtin-schema=vendor.github-workflows", *WORKFLOWS),
    "ruff check": tool("ruff", "check"),
    "ruff format": tool("ruff", "format", "--check"),
}


@dataclass
class Outcome:
    """What a check found, or why it failed, and the seconds it took."""

    passed: bool
    text: str
    seconds: float


def outcome(check: Callable[[], str]) -> Outcome:
    start = time.monotonic()
    try:
        passed, text = True, check()
    except (CheckFailed, ToolMissing, YamlError, generate.GenerateError) as error:
        passed, text = False, "\n  " + "\n  ".join(str(error).splitlines())
    return Outcome(passed, text, time.monotonic() - start)


def main() -> None:
    failed = 0
    # Most of the work is done by other processes, so threads are enough.
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as threads:
        for name, one in zip(CHECKS, threads.map(outcome, CHECKS.values()), strict=True):
            failed += not one.passed
            mark = "ok" if one.passed else "FAILED"
            print(f"check: {name:14} {mark}  {one.text}  ({one.seconds:.1f} s)", flush=True)
    if failed:
        sys.exit(f"check: {failed} of {len(CHECKS)} checks failed")


if __name__ == "__main__":
    main()
