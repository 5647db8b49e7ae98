"""Debian's Chromium, driven by Playwright, and a world of its own for each test of the page.

CHROMIUM names another Chromium. PICTURES names a folder for pictures of the main views.
"""

from collections.abc import Iterator

import pytest
from meta_b2b_sandbox import Sandbox, SandboxWorld
from playwright.sync_api import Browser, sync_playwright

from scripts.docs.pictures import CHROMIUM
from tests.support.browser import SWITCHES, Visitor


# Not for the session: as long as it is there, Playwright's event loop runs in this thread, and no other test's could.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for the tests of a module."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield running
        running.close()


@pytest.fixture
def world(shared_sandbox: Sandbox) -> Iterator[SandboxWorld]:
    """A demo world that no other test sees."""
    with shared_sandbox.world() as world:
        yield world


@pytest.fixture
def visitor(browser: Browser, world: SandboxWorld) -> Iterator[Visitor]:
    """Leaves nothing open. Fails for a request to another machine, a broken policy, or an error of a script."""
    visitor = Visitor(browser, world)
    yield visitor
    visitor.close()
