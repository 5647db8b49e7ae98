"""The command `make sandbox`: PORT, HOST and DB from the environment.

Exit codes: 0 stopped, 1 it cannot serve, 2 wrong usage.
"""

import asyncio
import contextlib
import os
import re
import signal
import socket
import sqlite3
import sys
from pathlib import Path
from typing import Any

import uvloop
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from scripts.sandbox import world
from scripts.sandbox.app import make_app
from scripts.sandbox.document import DocumentError
from scripts.sandbox.store import Store, StoreError

CONNECTIONS = 1024
STOP_SECONDS = 0.5  # calls that are still being answered, or a slow client, get no more
ROOT = Path(__file__).resolve().parent.parent.parent


def fail(text: str, code: int = 1) -> int:
    print(f"sandbox: {text}", file=sys.stderr)
    return code


def main() -> int:
    port_text = os.environ.get("PORT") or "4020"
    if not re.fullmatch("[0-9]{1,5}", port_text) or int(port_text) > 65535:
        return fail(f"PORT={port_text} is not a port: a whole number from 0 to 65535", 2)
    host, port = os.environ.get("HOST") or "127.0.0.1", int(port_text)
    try:
        with socket.create_server((host, port)) as free:
            port = free.getsockname()[1]
    except OSError as error:
        reason = str(error.strerror).partition(" (while")[0]  # what follows repeats the address
        return fail(f"cannot listen on {host}:{port} ({reason}); choose another: make sandbox PORT=…")
    try:
        store = Store(os.environ.get("DB") or str(ROOT / "sandbox.db"))
    except StoreError as error:
        return fail(str(error))
    with contextlib.closing(store):
        try:
            if store.empty:
                world.load(store)
            app = make_app(store)
        except (DocumentError, ValueError) as error:
            return fail(str(error))
        except sqlite3.Error as error:
            return fail(f"{store.file} cannot be read ({error}); remove it, or: make sandbox DB=…")
        uvloop.run(serve(app, store, host, port))
    return 0


async def wait_for_answer(host: str, port: int) -> None:
    """Return when somebody listens: granian does not tell, and what is printed must work when it is pasted."""
    while True:
        try:
            _, writer = await asyncio.open_connection(host, port)
        except OSError:
            await asyncio.sleep(0.005)
        else:
            return writer.close()


async def serve(app: Any, store: Store, host: str, port: int) -> None:
    server = Server(
        app,
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        websockets=False,
        # Open connections that are served, idle ones too: with the default of 128 the next one gets no answer.
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=10_000, keep_alive=True),
        log_access=False,
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    serving = asyncio.create_task(server.serve())
    stopping = asyncio.create_task(stop.wait())
    answering = asyncio.create_task(wait_for_answer(host, port))
    await asyncio.wait([serving, stopping, answering], return_when=asyncio.FIRST_COMPLETED)
    if answering.done():
        base_url = f"http://{host}:{port}/v26.0"
        print(f"Sandbox on {base_url} (Ctrl-C stops it); its state: {store.file}", flush=True)
        print(world.table(store, base_url), flush=True)
        await asyncio.wait([serving, stopping], return_when=asyncio.FIRST_COMPLETED)
    if stop.is_set():
        server.stop()  # type: ignore[no-untyped-call]
        await asyncio.wait([serving], timeout=STOP_SECONDS)
        store.close()
        # Not by returning: asyncio would answer the calls that are left with a 500 of granian's, and granian's threads
        # may panic when the interpreter is taken down under a body that was not read.
        os._exit(0)
    await serving


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:  # before the server took the signals over
        sys.exit(0)
