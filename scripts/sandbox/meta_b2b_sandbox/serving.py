"""Serving the sandbox with granian, until a signal comes."""

import asyncio
import os
import signal
import sys
import threading
import time

import uvloop
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from meta_b2b_sandbox import world
from meta_b2b_sandbox.app import App
from meta_b2b_sandbox.store import Store

CONNECTIONS = 1024
HEAD_SECONDS = 10  # a head that takes longer ends the connection
STOP_SECONDS = 0.5  # calls that are still being answered, or a slow client, get no more
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(app: App, store: Store, ip: str, port: int, base_url: str, stop_with_stdin: bool) -> None:
    """Serve the application of a store until a signal comes, or stdin ends. Does not return after a start.

    `base_url` is what is printed: "http://127.0.0.1:4020/v26.0".
    """
    uvloop.run(serve(app, store, ip, port, base_url, stop_with_stdin))


async def serve(app: App, store: Store, ip: str, port: int, base_url: str, stop_with_stdin: bool) -> None:
    server = Server(
        app,
        address=ip,
        port=port,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        websockets=False,
        # Open connections that are served, idle ones too: with the default of 128 the next one gets no answer.
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD_SECONDS * 1000, keep_alive=True),
        log_access=False,
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in SIGNALS:
        loop.add_signal_handler(number, stop.set)
    if stop_with_stdin:
        threading.Thread(target=wait_for_stdin, args=(loop, stop), daemon=True).start()
    serving = asyncio.create_task(server.serve())
    stopping = asyncio.create_task(stop.wait())
    answering = asyncio.create_task(wait_for_answer(ip, port))
    await asyncio.wait([serving, stopping, answering], return_when=asyncio.FIRST_COMPLETED)
    if answering.done():
        print(
            f"Sandbox on {base_url} (Ctrl-C stops it); its state: {store.file}\n{world.table(store, base_url)}",
            flush=True,
        )
        await asyncio.wait([serving, stopping], return_when=asyncio.FIRST_COMPLETED)
    if stop.is_set():
        server.stop()  # type: ignore[no-untyped-call]
        await asyncio.wait([serving], timeout=STOP_SECONDS)
        store.close()
        # Not by returning: asyncio would answer the calls that are left with a 500 of granian's, and granian's threads
        # may panic when the interpreter is taken down under a body that was not read.
        os._exit(0)
    await serving


async def wait_for_answer(ip: str, port: int) -> None:
    """Return when somebody listens: granian does not tell, and what is printed must work when it is pasted."""
    while True:
        try:
            _, writer = await asyncio.open_connection(ip, port)
        except OSError:
            await asyncio.sleep(0.005)
        else:
            return writer.close()


def wait_for_stdin(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """Stop when stdin ends: only the process that started this one holds its other end."""
    sys.stdin.buffer.read()
    loop.call_soon_threadsafe(stop.set)
    time.sleep(2 * STOP_SECONDS)
    os._exit(0)  # the loop was busy
