"""Clients of Graph for Node.js, unmodified: Meta's SDK and fbgraph. Each story is a script of its own."""

import json
import subprocess
from pathlib import Path
from typing import Any

from meta_b2b_sandbox.world import CROWD, OWNER

from scripts.node import NODE, node_env

TASKS = ["ADVERTISE", "ANALYZE"]


def story(script: str, graph_url: str) -> Any:
    """What the script prints: what it read of the sandbox."""
    done = subprocess.run(
        [NODE, Path(__file__).with_name(script), graph_url],
        env=node_env(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def test_metas_sdk(graph_url: str) -> None:
    assert story("node_sdk.cjs", graph_url) == {
        "business": OWNER,
        "accounts": [3, "Europe/Berlin"],
        "pages": ["Random Page"],
        "pageAgencies": ["Example Agency"],
        "agencies": ["Example Agency"],
        "clients": ["Example Owner"],
        "held": [
            {
                "id": "act_4444444444",
                "name": "Example Ad Account",
                "currency": "EUR",
                "business": {"id": OWNER, "name": "Example Owner"},
                "user_tasks": TASKS,
            }
        ],
        "allFields": "Example Ad Account",
        "crowd": CROWD,
        "left": 0,
        "refused": [403, 200],
    }


def test_fbgraph(graph_url: str) -> None:
    assert story("fbgraph.cjs", graph_url) == {
        "business": OWNER,
        "accounts": ["Example Ad Account", "Ad Account With Many Agencies", "Ad Account Under Review"],
        "pages": ["Random Page"],
        "agencies": ["Example Agency"],
        "clients": ["Example Owner"],
        "held": ["Europe/Berlin", TASKS],
        "crowd": CROWD,
        "left": 0,
        "refused": 200,
    }
