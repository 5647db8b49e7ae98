"""Servers that tests share: one for each process that runs tests, started when the first test asks for it."""

from collections.abc import Iterator

import httpx
import pytest
from meta_b2b_sandbox import Sandbox

from scripts.mock.prism import Mock


@pytest.fixture(scope="session")
def mock() -> Iterator[Mock]:
    """Prism with the project's document. It keeps no state, so that tests cannot disturb each other."""
    with Mock() as running:
        yield running


@pytest.fixture(scope="session")
def shared_sandbox() -> Iterator[Sandbox]:
    """The sandbox that all tests share. Most want `sandbox`, which does not show them what others did."""
    with Sandbox() as running:
        yield running


@pytest.fixture(scope="session")
def control(shared_sandbox: Sandbox) -> Iterator[httpx.Client]:
    """A client of the shared sandbox's control API."""
    with httpx.Client(base_url=shared_sandbox.control_url) as client:
        yield client


@pytest.fixture
def sandbox(shared_sandbox: Sandbox, control: httpx.Client) -> Sandbox:
    """The shared sandbox, as it is at the start: the demo world and no faults."""
    assert control.post("/reset").is_success
    return shared_sandbox
