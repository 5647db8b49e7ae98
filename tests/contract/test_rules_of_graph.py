"""A server with the sandbox's control API does what the model in memory does, call by call and list by list."""

from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.contract.plan import Plan
from tests.contract.server import Server, profile
from tests.support.model import Machine

PARTS = 10  # each in a process of its own, when the server is far away


@pytest.mark.parametrize("part", range(PARTS))
def test_server_does_what_the_model_says(part: int, server: Server, plan: Plan) -> None:
    if server.world is None:
        pytest.skip("the server has no control API to begin anew and to see its state")
    sequences, steps = (16, 60) if plan.deep else (2, 40)  # the first is next to nothing
    root = server.base_url.rpartition("/")[0]
    below = urlsplit(root).path  # as in `next`, which the model follows
    session = requests.Session()  # not the server's, which would put the right tokens in
    session.trust_env = False
    timeout = server.schema.config.request_timeout
    sent = 0

    def send(method: str, path: str, body: Any, token: str | None) -> tuple[int, Any]:
        nonlocal sent
        sent += 1
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = session.request(
            method, root + path.removeprefix(below), json=body, headers=headers, timeout=timeout
        )
        return answer.status_code, answer.json()

    server.changed()
    machine = type("ServerMachine", (Machine,), {"transport": staticmethod(send), "below": below})
    run_state_machine_as_test(
        seed(f"{plan.seed or 0}, part {part}")(machine),  # else all parts would be the same
        settings=settings(
            profile(plan, sequences), stateful_step_count=steps, suppress_health_check=list(HealthCheck)
        ),
    )
    server.tally.remarks.append(f"the model, part {part + 1} of {PARTS}: {sequences} sequences, {sent} calls")
