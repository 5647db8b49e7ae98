"""Servers that tests share: one for the whole run, started when the first test asks for it."""

from collections.abc import Iterator

import pytest

from scripts.mock.prism import Mock


@pytest.fixture(scope="session")
def mock() -> Iterator[Mock]:
    """Prism with the project's document. It keeps no state, so that tests cannot disturb each other."""
    with Mock() as running:
        yield running
