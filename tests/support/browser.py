"""A browser at the sandbox's page, and what must never happen in it."""

import base64
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from meta_b2b_sandbox import SandboxWorld
from playwright.sync_api import Browser, Page, Request, Route, expect

SWITCHES = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
LOOPBACK = re.compile(r"http://127\.0\.0\.1:[0-9]+/")
expect.set_options(timeout=15_000)


@dataclass
class Visitor:
    """Somebody who looks at a world in a browser. What must not happen is noted, and looked at when the test ends."""

    browser: Browser
    world: SandboxWorld
    strange: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)

    def open(
        self,
        path: str = "",
        locale: str = "en-GB",
        dark: bool = False,
        width: int = 1280,
        height: int = 900,
    ) -> Page:
        """A page of the world; `path` is behind /_sandbox/ui."""
        context = self.browser.new_context(
            locale=locale,
            color_scheme="dark" if dark else "light",
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            accept_downloads=True,
        )
        context.set_default_timeout(15_000)
        context.route("**/*", self._watch)
        context.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.error(`policy: ${e.violatedDirective}`))"
        )
        page = context.new_page()
        page.on("console", lambda line: self._note(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: self.strange.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(f"{self.ui}{path}")
        self.pages.append(page)
        return page

    @property
    def ui(self) -> str:
        """Where the page of the world is."""
        return f"{self.world.control_url}/ui"

    def _note(self, text: str) -> None:
        if "Failed to load resource" not in text:  # what was refused, as a test wants it
            self.strange.append(text)

    def _watch(self, route: Route, request: Request) -> None:
        if LOOPBACK.match(request.url):
            route.continue_()
        else:
            self.strange.append(f"a request to {request.url}")
            route.abort()

    def close(self) -> None:
        """Close everything, and tell what was strange."""
        for page in self.pages:
            page.context.close()
        assert not self.strange, "\n".join(self.strange)


# What is another one at each run, and would make each picture a new one.
STEADY = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    texts.currentNode.data = texts.currentNode.data
      .replace(/127\\.0\\.0\\.1:[0-9]+/g, "127.0.0.1:4020")
      .replace(/\\/w\\/world-[0-9]+/g, "")
      .replace(/world-[0-9]+/g, "demo")
      .replace(/[0-9.]+ ms/g, "0.3 ms");
  }
  for (const cell of document.querySelectorAll("td.number")) cell.textContent = "0.3";
}"""


def picture(page: Page, name: str) -> None:
    """Take a picture, where pictures are wanted: <PICTURES>/<name>.webp."""
    if folder := os.environ.get("PICTURES"):
        page.evaluate(STEADY)
        path = Path(folder) / f"{name}.webp"
        path.parent.mkdir(parents=True, exist_ok=True)
        # Playwright itself takes no WebP, which is a third as large as PNG.
        taken = page.context.new_cdp_session(page).send(
            "Page.captureScreenshot", {"format": "webp", "quality": 65}
        )
        path.write_bytes(base64.b64decode(taken["data"]))
