"""One build, and one environment with its wheel alone, for all tests of the package."""

from pathlib import Path

import pytest

from scripts.build import build
from tests.support.environment import Environment


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which this checkout was built, with all checks of `make build`; it was not empty before."""
    folder = tmp_path_factory.mktemp("dist")
    earlier = ("meta_b2b-0.0.1-py3-none-any.whl", "meta_b2b-0.0.1.tar.gz")
    for name in (*earlier, "docs.html", "meta_b2b_extras-1.0-py3-none-any.whl"):
        (folder / name).write_text("as it was")
    build(folder)
    return folder


@pytest.fixture(scope="session")
def wheel(dist: Path) -> Path:
    (path,) = dist.glob("meta_b2b-*.whl")
    return path


@pytest.fixture(scope="session")
def plain(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """The wheel without its extra, and what it asks for."""
    environment = Environment.create(tmp_path_factory.mktemp("plain"))
    environment.install(str(wheel))
    return environment
