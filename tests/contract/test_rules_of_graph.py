"""A server with the sandbox's control API does what the model in memory does, call by call and list by list."""

from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.contract.suite import SANDBOX, SCHEMA, SETTINGS, Server
from tests.support.model import Machine

SEQUENCES, STEPS = (150, 60) if SETTINGS.deep else (20, 40)


@pytest.mark.skipif(
    SANDBOX is None, reason="the server has no control API to begin anew and to see its state"
)
def test_server_does_what_the_model_says(server: Server) -> None:
    root = server.base_url.rpartition("/")[0]
    session = requests.Session()  # not that of the suite, which would put the right tokens in
    session.trust_env = False
    sent = 0
    server.changed()

    def send(method: str, path: str, body: Any, token: str | None) -> tuple[int, Any]:
        nonlocal sent
        sent += 1
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        timeout = SCHEMA.config.request_timeout
        answer = session.request(method, root + path, json=body, headers=headers, timeout=timeout)
        return answer.status_code, answer.json()

    machine = type("ServerMachine", (Machine,), {"transport": staticmethod(send)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=STEPS,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    server.remarks.append(f"{SEQUENCES} sequences of the model, {sent} calls")
