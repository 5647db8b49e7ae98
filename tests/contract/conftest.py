"""The server under test."""

from collections.abc import Iterator

import pytest

from scripts.mock import Mock


@pytest.fixture(scope="session")
def base_url() -> Iterator[str]:
    """Its address with the version: "http://127.0.0.1:4010/v26.0"."""
    with Mock() as mock:
        yield mock.base_url


@pytest.fixture(scope="session")
def token() -> str:
    """An access token that it takes."""
    return "EAAtokenThatMustStaySecret"


@pytest.fixture(scope="session")
def writes() -> bool:
    """Whether calls that change data may be made; on a server that is not on this machine only on demand."""
    return True
