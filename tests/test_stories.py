"""The guide's stories run in the sandbox, and each of them fails where the sandbox does not do what it tells."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest
from meta_b2b_sandbox import Sandbox

from scripts import stories
from scripts.yaml_io import load_yaml
from tests.support.faulty_server import first_example

WORKFLOWS: dict[str, dict[str, Any]] = {
    workflow["workflowId"]: workflow for workflow in load_yaml(stories.STORIES)["workflows"]
}
SERVE = "import sys\nfrom meta_b2b_sandbox.cli import main\nsys.exit(main(sys.argv[1:]))\n"


def step_operations(step: dict[str, Any]) -> tuple[str, str]:
    """("graph", "list_clients"), of `$sourceDescriptions.graph.list_clients`."""
    _, source, operation = step["operationId"].split(".")
    return source, operation


def forgets(*prefixes: str) -> str:
    """Python that makes a sandbox acknowledge the operations whose names begin so, and do nothing."""
    used = {step_operations(step) for workflow in WORKFLOWS.values() for step in workflow["steps"]}
    graph = {
        id: first_example(id) for source, id in sorted(used) if source == "graph" and id.startswith(prefixes)
    }
    clicks = (
        "from meta_b2b_sandbox import control\n"
        "control.Control._answer_access = lambda *given: control.DONE\n"
        "control.Control._answer_obo_request = lambda *given: control.DONE\n"
    )
    return (
        "from meta_b2b_sandbox import app\n"
        f"for id, answer in {graph!r}.items():\n"
        "    app.HANDLERS[id] = lambda *given, answer=answer: answer\n"
    ) + (clicks if "approve" in prefixes else "")


# What is wrong with a sandbox → Python that plants it, and the stories that fail, each with its step.
FAULTS: dict[str, tuple[str, dict[str, str]]] = {
    "requests and grants are acknowledged, and change nothing": (
        forgets("request", "grant"),
        {
            "ask_and_be_granted": "see_what_waits",
            "ask_for_a_page": "see_the_request",
            "grant_unasked": "see_who_has_access",
            "page_with_its_token": "be_refused",
            "admin_review": "grant",
            "owner_takes_one_away": "remove_ad_account",
            "owner_takes_all_away": "see_both",
            "agency_gives_one_up": "give_up_ad_account",
            "agency_gives_all_up": "see_the_client",
            "list_from_both_sides": "of_the_ad_account",
        },
    ),
    "removals and clicks are acknowledged, and change nothing": (
        forgets("remove", "cancel", "approve"),
        {
            "ask_for_a_page": "see_the_page",
            "admin_review": "see_it_confirmed",
            "owner_takes_one_away": "see_nobody",
            "owner_takes_all_away": "see_no_agency",
            "agency_gives_one_up": "see_no_ad_account",
            "agency_gives_all_up": "see_no_client",
            "obo_see_and_filter": "filter_approved",
            "obo_cancel": "see_it_cancelled",
        },
    ),
    "rules are not kept": (
        # The token of the owner does for its Pages.
        "from meta_b2b_sandbox import rules\n"
        "rules.with_its_own_token = lambda call, page: page\n"
        # What is taken away, or given up, is more than the one asset.
        "rules.remove_from = lambda call, asset: rules.remove_between(call, asset.owner, call.params['business'])\n"
        "def give_up(call, id, kind):\n"
        "    return rules.remove_between(call, call.store.asset(id).owner, call.path['business_id'])\n"
        "rules.give_up = give_up\n"
        # The filter is not one.
        "from meta_b2b_sandbox.store import Store\n"
        "obo_of_object = Store.obo_of_object\n"
        "Store.obo_of_object = lambda self, id, status, receiving=None: obo_of_object(self, id, None, receiving)\n"
        # What needs a review is there at once, and each access has all tasks.
        "put_access = Store.put_access\n"
        "def put(self, asset, business, tasks, waits_for):\n"
        "    waits = None if waits_for == 'admin_review' else waits_for\n"
        "    put_access(self, asset, business, ['ADVERTISE', 'ANALYZE'], waits)\n"
        "Store.put_access = put\n",
        {
            "ask_and_be_granted": "see_who_has_access",
            "ask_for_a_page": "see_the_request",
            "page_with_its_token": "be_refused",
            "admin_review": "see_it_pending",
            "owner_takes_one_away": "see_the_page_alone",
            "agency_gives_one_up": "see_the_page",
            "obo_see_and_filter": "filter_in_progress",
        },
    ),
}


def test_the_stories_run(shared_sandbox: Sandbox) -> None:
    with shared_sandbox.world() as world:
        failed, told = stories.run(world)
    assert failed == dict.fromkeys(WORKFLOWS), told


@pytest.mark.parametrize("fault", FAULTS)
def test_a_story_fails_where_the_sandbox_is_wrong(fault: str) -> None:
    before, expected = FAULTS[fault]

    class Faulty(Sandbox):
        command: ClassVar[Sequence[str]] = (sys.executable, "-P", "-c", before + SERVE)

    with Faulty() as sandbox:
        failed, told = stories.run(sandbox.first_world)
    assert {story: step for story, step in failed.items() if step} == expected, told
    assert not [token for token in ("owner-token", "agency-token", "page-token") if token in told]


def test_each_story_is_broken_by_a_fault() -> None:
    assert {story for _, expected in FAULTS.values() for story in expected} == WORKFLOWS.keys()


@pytest.mark.parametrize("story", WORKFLOWS)
def test_each_step_says_what_must_come_back(story: str) -> None:
    """A status, and of a call of Graph something of the answer; and each output is used by a later step."""
    first, *steps = WORKFLOWS[story]["steps"]
    assert step_operations(first) == ("sandbox", "reset")
    later = str(steps)
    for step in steps:
        status, *others = step["successCriteria"]
        assert re.fullmatch(r"\$statusCode == \d{3}", status["condition"]), step["stepId"]
        said = [one for one in others if "$response.body" in f"{one['condition']}{one.get('context')}"]
        assert said or step_operations(step)[0] == "sandbox", step["stepId"]
        for name in step.get("outputs", {}):
            assert f"$steps.{step['stepId']}.outputs.{name}" in later, name


def test_what_is_wrong_with_the_stories_themselves_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shared_sandbox: Sandbox
) -> None:
    broken = tmp_path / "stories.arazzo.yaml"
    text = stories.STORIES.read_text(encoding="utf-8")
    text = text.replace("url: ", f"url: {stories.STORIES.parent}/").replace(
        "outputs.ad_account_id}", "outputs.unknown}"
    )
    broken.write_text(text, encoding="utf-8")
    monkeypatch.setattr(stories, "STORIES", broken)
    with (
        shared_sandbox.world() as world,
        pytest.raises(stories.StoriesError, match='"unknown" is not defined'),
    ):
        stories.run(world)
