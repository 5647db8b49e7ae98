"""Run the guide's stories, openapi/stories.arazzo.yaml, in a sandbox of their own: `python -m scripts.stories`.

Redocly Respect makes the calls and holds each answer against the story and against the document. Access tokens are
hidden in what it prints and writes. Exit codes: 0 every story runs, 1 one fails.
"""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from meta_b2b_sandbox import Sandbox, SandboxError, SandboxWorld

from scripts.node import ROOT, ToolMissing, run_node
from scripts.yaml_io import load_yaml

STORIES = ROOT / "openapi" / "stories.arazzo.yaml"
# Input of the stories → whose token it is, in the demo world.
TOKENS = {"owner_token": "Example Owner", "agency_token": "Example Agency"}


class StoriesError(Exception):
    """The stories could not be run; the text says why, and holds no access token."""


def run(world: SandboxWorld) -> tuple[dict[str, str | None], str]:
    """Run all stories in `world`, which each of them resets. Returns workflowId → the stepId that failed, None if none
    did, and what Respect says of it. Raises StoriesError, SandboxError, ToolMissing."""
    inputs = [f"--input={name}={world.token(business)}" for name, business in TOKENS.items()]
    with TemporaryDirectory() as folder:
        file = Path(folder, "report.json")
        done = run_node(
            *("redocly", "respect", str(STORIES), f"--json-output={file}", *inputs),
            f"--server=graph={world.base_url}",
            f"--server=sandbox={world.control_url.removesuffix('/_sandbox')}",
        )
        if not file.exists():  # the stories themselves are wrong
            raise StoriesError(f"redocly respect: {(done.stdout + done.stderr).strip()}")
        (report,) = json.loads(file.read_text(encoding="utf-8"))["files"].values()
    failed = {story["workflowId"]: _failed(story["executedSteps"]) for story in report["executedWorkflows"]}
    missing = {story["workflowId"] for story in load_yaml(STORIES)["workflows"]} - failed.keys()
    if missing or (done.returncode == 0) != (not any(failed.values())):
        raise StoriesError(f"redocly respect: not run: {sorted(missing)}, exit code {done.returncode}")
    return failed, done.stdout


def _failed(steps: list[dict[str, Any]]) -> str | None:
    """The first of the steps with a check that did not pass."""
    return next((s["stepId"] for s in steps if any(c["status"] != "success" for c in s["checks"])), None)


def main() -> int:
    """The command; returns the exit code."""
    try:
        with Sandbox() as sandbox:
            failed, told = run(sandbox.first_world)
    except (StoriesError, SandboxError) as error:
        print(f"stories: {error}", file=sys.stderr)
        return 1
    except ToolMissing as error:
        print(f"stories: {error}; run: make setup", file=sys.stderr)
        return 1
    if any(failed.values()):
        print(told)
        return 1
    print(f"stories: {len(failed)} run as Meta's guide tells them")
    return 0


if __name__ == "__main__":
    sys.exit(main())
