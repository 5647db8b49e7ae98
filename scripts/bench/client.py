"""The client beside plain httpx: the same requests of one small local server, in turns, in this process.

Lists are read beside httpx with the models that openapi-python-client writes by itself, from the same document. The
figure of each side is its fastest round: what else the machine does makes both slower, at different times.
"""

import asyncio
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qs

import httpx
from granian.constants import Interfaces
from granian.server.embed import Server
from meta_b2b_client import AsyncB2BClient, B2BClient
from meta_b2b_client.models import AdAccountTask
from meta_b2b_sandbox.document import Document, mounted

from scripts.bench.errors import BenchError
from scripts.bench.signals import signals_wait
from scripts.node import ROOT

TOKEN = "bench-token"
HEADERS = {"Authorization": f"Bearer {TOKEN}"}
CALLS = 2000
ITEMS, PAGE = 10_000, 100
LIST_ROUNDS, IMPORTS = 15, 25
DOCUMENT = ROOT / "generated" / "openapi" / "client.yaml"
STOCK = "stock_client"
EDGE = "/act_1/agencies"
AGENCY = "3333333333"
TASKS: list[AdAccountTask] = ["ADVERTISE", "ANALYZE"]
GRANT = {"business": AGENCY, "permitted_tasks": TASKS}


# The server


def page(after: int) -> bytes:
    """The JSON of the page behind entry number `after`."""
    entries = [
        {
            "id": str(9_000_000_000 + number),
            "name": f"Agency {number}",
            "access_status": "CONFIRMED",
            "access_requested_time": "2014-01-07T23:26:09+0000",
            "access_updated_time": "2014-01-07T23:26:09+0000",
            "permitted_tasks": TASKS,
        }
        for number in range(after, after + PAGE)
    ]
    last = after + PAGE
    paging = {"cursors": {"before": str(after), "after": str(last)}}
    if last < ITEMS:
        paging["next"] = f"http://127.0.0.1/v26.0{EDGE}?limit={PAGE}&after={last}"  # type: ignore[assignment]
    return json.dumps({"data": entries, "paging": paging}).encode()


PAGES = {number: page(number) for number in range(0, ITEMS, PAGE)}


async def answer(scope: Any, receive: Any, send: Any) -> None:
    """ASGI: a page to each GET, success to all else."""
    if scope["type"] != "http":
        return
    if scope["method"] == "GET":
        body = PAGES[int(parse_qs(scope["query_string"].decode()).get("after", ["0"])[0])]
    else:
        await receive()
        body = b'{"success":true}'
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]}
    )
    await send({"type": "http.response.body", "body": body})


def serve() -> None:
    """Serve until stdin ends, which it does with the process that started this one."""
    threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(0)), daemon=True).start()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    print(f"http://127.0.0.1:{port}/v26.0", flush=True)
    server = Server(answer, address="127.0.0.1", port=port, interface=Interfaces.ASGINL, log_enabled=False)
    asyncio.run(server.serve())


@contextmanager
def local_server() -> Iterator[str]:
    """The server's base address, while it runs in a process of its own. Raises BenchError when it does not answer."""
    with signals_wait():
        process = subprocess.Popen(
            [sys.executable, "-m", "scripts.bench.client"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            process_group=0,  # Ctrl-C is for this process, which ends the others
        )
    with process:
        try:
            assert process.stdout
            base_url = process.stdout.readline().strip()
            for _ in range(1000):
                try:
                    httpx.get(base_url + EDGE)
                    break
                except (httpx.TransportError, httpx.UnsupportedProtocol):
                    time.sleep(0.01)
            else:
                raise BenchError(f"{base_url or 'the local server'} does not answer")
            yield base_url
        finally:
            process.kill()


# What is measured


def seconds(work: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def in_turns(rounds: int, plain: Callable[[], Any], ours: Callable[[], Any]) -> tuple[float, float]:
    """The fastest round of each, in seconds."""
    both = [(seconds(plain), seconds(ours)) for _ in range(rounds)]
    return min(p for p, _ in both), min(o for _, o in both)


def sync_calls(base_url: str) -> tuple[float, float]:
    """One call each, in turns."""
    with (
        httpx.Client(base_url=base_url, headers=HEADERS) as http,
        B2BClient(TOKEN, base_url=base_url) as b2b,
    ):
        return in_turns(
            CALLS,
            lambda: http.post(EDGE, json=GRANT).json(),
            lambda: b2b.grant_ad_account_access("1", business=AGENCY, permitted_tasks=TASKS),
        )


async def async_calls(base_url: str) -> tuple[float, float]:
    """One call each, in turns."""
    async with (
        httpx.AsyncClient(base_url=base_url, headers=HEADERS) as http,
        AsyncB2BClient(TOKEN, base_url=base_url) as b2b,
    ):
        plain, ours = [], []
        for _ in range(CALLS):
            begin = time.perf_counter()
            (await http.post(EDGE, json=GRANT)).json()
            between = time.perf_counter()
            await b2b.grant_ad_account_access("1", business=AGENCY, permitted_tasks=TASKS)
            plain.append(between - begin)
            ours.append(time.perf_counter() - between)
        return min(plain), min(ours)


def stock_model(folder: Path) -> Any:
    """The model of the page, as openapi-python-client writes it into `folder` by itself. Raises BenchError."""
    source, settings = folder / "client.json", folder / "settings.yaml"
    source.write_text(json.dumps(mounted(Document.load(DOCUMENT).tree)), encoding="utf-8")
    settings.write_text("literal_enums: true\npost_hooks: []\n", encoding="utf-8")
    stock = [sys.executable, "-m", "openapi_python_client", "generate", "--meta=none", f"--config={settings}"]
    command = [*stock, f"--path={source}", f"--output-path={folder / STOCK}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchError(f"openapi-python-client cannot read {DOCUMENT.relative_to(ROOT)}: {done.stderr}")
    sys.path.insert(0, str(folder))
    try:
        return import_module(f"{STOCK}.models").AssetAgencyList
    finally:
        sys.path.remove(str(folder))


def iteration(base_url: str, model: Any) -> tuple[float, float]:
    """All items of the list; `model` is what plain httpx reads a page with."""
    with (
        httpx.Client(base_url=base_url, headers=HEADERS) as http,
        B2BClient(TOKEN, base_url=base_url) as b2b,
    ):

        def plain() -> None:
            for number in range(0, ITEMS, PAGE):
                params = {"limit": PAGE, "after": number} if number else {"limit": PAGE}
                model.from_dict(http.get(EDGE, params=params).json())

        def ours() -> None:
            assert sum(1 for _ in b2b.list_ad_account_agencies("1", limit=PAGE)) == ITEMS

        return in_turns(LIST_ROUNDS, plain, ours)


def imports() -> tuple[float, float]:
    """Seconds that the import itself takes, in a new process each time."""

    def taken(module: str) -> float:
        code = (
            f"import time; begin = time.perf_counter(); import {module}; print(time.perf_counter() - begin)"
        )
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, cwd=ROOT / "generated", capture_output=True, text=True, check=True)
        return float(done.stdout)

    both = [(taken("httpx"), taken("meta_b2b_client")) for _ in range(IMPORTS)]
    return min(p for p, _ in both), min(o for _, o in both)


def compare() -> None:
    """Measure and print."""
    with TemporaryDirectory(prefix="bench-") as folder, local_server() as base_url:
        figures = [
            ("a call", sync_calls(base_url), 1.10),
            ("a call with asyncio", asyncio.run(async_calls(base_url)), 1.10),
            (f"{ITEMS:,} items", iteration(base_url, stock_model(Path(folder))), 1.00),
        ]
    figures.append(("import", imports(), 1.30))
    print(f"\n{'client, ms at best':22}{'ours':>10}{'httpx':>10}{'ratio':>8}   target")
    for name, (plain, ours), most in figures:
        verdict = "reached" if ours / plain <= most else "missed"
        print(
            f"{name:22}{1000 * ours:>10.2f}{1000 * plain:>10.2f}{ours / plain:>8.2f}   at most {most}: {verdict}"
        )


if __name__ == "__main__":
    serve()
