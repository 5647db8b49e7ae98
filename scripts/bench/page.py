"""The sandbox's page: its views, and what it costs the calls of programs: nothing, while nobody looks.

Four sandboxes with the same world, in turns: two whose page nobody opened, one whose page was opened and closed again,
and one at whose calls and matrix somebody looks. The turns are short and many, and a ratio is the median of those of
the rounds: the machine is another one from second to second. The two unopened ones tell how much of a ratio is that.
"""

import http.client
import re
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from meta_b2b_sandbox import world

from scripts.bench.errors import BenchError
from scripts.bench.load import Load
from scripts.bench.servers import Measured, memory, run, sandbox
from scripts.bench.turns import Side, measure_rounds
from scripts.bench.worlds import agency, changes, fill, page

ROUNDS, REQUESTS, STARTS, VIEWS_ROUNDS = 30, 400, 5, 20
ENTRIES, MANY = 100, 100_000
LEAST = 0.95  # of the rate while nobody looks, beside a page that nobody ever opened
FIRST_MS = 100
# As often as the page asks, see page.js and macros.html: seconds.
ASKS_FOR_CALLS, ASKS_FOR_CHANGES = 0.7, 2.0
VIEWS = {
    "businesses": "",
    "a business": f"/businesses/{world.OWNER}",
    "an agency": f"/businesses/{agency(0)}",
    "matrix": "/access",
    "matrix, a search": "/access?q=99",
    "waiting": "/waiting",
    "calls": "/calls",
    "an operation": "/try/grant_ad_account_access",
}


class Browser:
    """Asks a sandbox for views, over one connection, as a browser does."""

    def __init__(self, base_url: str) -> None:
        url = urlsplit(base_url)
        self._connection = http.client.HTTPConnection(str(url.hostname), url.port, timeout=10)

    def see(self, path: str) -> tuple[float, http.client.HTTPResponse, str]:
        """The view at a path behind /_sandbox/ui: milliseconds, response and text. Raises BenchError without one."""
        begin = time.perf_counter()
        self._connection.request("GET", f"/_sandbox/ui{path}", headers={"accept": "text/html"})
        answer = self._connection.getresponse()
        text = answer.read().decode()
        if answer.status not in (200, 204):
            raise BenchError(f"the page answered {path} by {answer.status}")
        return (time.perf_counter() - begin) * 1000, answer, text

    def close(self) -> None:
        self._connection.close()


@contextmanager
def looking(base_url: str) -> Iterator[None]:
    """Somebody has calls and matrix open while the block runs: asks as the page's script does, for what is new."""
    stop = threading.Event()

    def calls() -> None:
        browser, since = Browser(base_url), "0"
        while not stop.wait(ASKS_FOR_CALLS):
            _, answer, _ = browser.see(f"/calls/new?since={since}")
            since = answer.getheader("x-last-call") or since
        browser.close()

    def matrix() -> None:
        browser = Browser(base_url)
        _, _, text = browser.see("/access")
        while not stop.wait(ASKS_FOR_CHANGES):
            if found := re.search(r"was=([0-9-]+)", text):
                text = browser.see(f"/access?was={found[1]}")[2] or text
        browser.close()

    threads = [threading.Thread(target=one, daemon=True) for one in (calls, matrix)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def compare_page(load: Load, folder: Path) -> None:
    """Measure and print."""
    views(folder)
    for name in ("unopened", "again", "closed", "open"):
        fill(folder / f"page-{name}.db", ENTRIES, REQUESTS)
    with (
        run(sandbox(folder / "page-unopened.db")) as unopened,
        run(sandbox(folder / "page-again.db")) as again,
        run(sandbox(folder / "page-closed.db")) as closed,
        run(sandbox(folder / "page-open.db")) as opened,
    ):
        for path in VIEWS.values():
            browser = Browser(closed.base_url)
            browser.see(path)
            browser.close()
        servers: list[Measured] = [unopened, again, closed, opened]
        kinds = {"list 25": page(25), **changes(REQUESTS)}
        sides = [Side(server.base_url, kinds, REQUESTS, keeps=True) for server in servers]
        with looking(opened.base_url):
            rounds = measure_rounds(load, sides, ROUNDS)
        used = [memory(server.pid) for server in servers]
    head = "".join(f"{name:>10}" for name in ("unopened", "again", "closed", "open"))
    print(f"\n{'the page, requests/s':22}{head}   ratios: again to unopened, else to both")
    for name in kinds:
        each = [[side[name].rate for side in figures] for figures in rounds]
        rates = [statistics.median(side) for side in zip(*each, strict=True)]
        again_ratio = statistics.median(one[1] / one[0] for one in each)
        closed_ratio, open_ratio = (
            statistics.median(one[side] / statistics.mean(one[:2]) for one in each) for side in (2, 3)
        )
        verdict = "reached" if closed_ratio >= LEAST else "missed"
        print(
            f"{name:22}{''.join(f'{rate:>10,.0f}' for rate in rates)}   "
            f"again {again_ratio:.2f}, closed {closed_ratio:.2f} (at least {LEAST}: {verdict}), open {open_ratio:.2f}"
        )
    print(f"{'memory MB':22}{''.join(f'{one:>10.0f}' for one in used)}")


def views(folder: Path) -> None:
    """Measure and print how long views take: the first one of a sandbox, and each in a world of 100,000 agencies."""
    first = []
    for number in range(STARTS):
        with run(sandbox(folder / f"page-first-{number}.db")) as server:
            browser = Browser(server.base_url)
            first.append(browser.see("")[0])
            browser.close()
    middle = statistics.median(first)
    verdict = "reached" if middle < FIRST_MS else "missed"
    print(f"\nThe page's first view, ms {middle:>8.1f}   under {FIRST_MS}: {verdict}")
    for entries in (ENTRIES, MANY):
        fill(folder / f"page-{entries}.db", entries, 0)
    with (
        run(sandbox(folder / f"page-{ENTRIES}.db")) as few,
        run(sandbox(folder / f"page-{MANY}.db")) as many,
    ):
        browsers = [Browser(server.base_url) for server in (few, many)]
        print(f"{'views, ms; agencies:':22}{ENTRIES:>10,}{MANY:>10,}{'at first':>10}{'KB':>8}")
        for name, path in VIEWS.items():
            cold = [browser.see(path) for browser in browsers]
            times = [[browser.see(path)[0] for browser in browsers] for _ in range(VIEWS_ROUNDS)]
            warm = [statistics.median(each) for each in zip(*times, strict=True)]
            kilobytes = len(cold[1][2].encode()) / 1000
            print(f"{name:22}{warm[0]:>10.1f}{warm[1]:>10.1f}{cold[1][0]:>10.1f}{kilobytes:>8.0f}")
        for browser in browsers:
            browser.close()
