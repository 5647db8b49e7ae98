"""Serving the sandbox with granian, until a signal comes."""

import asyncio
import contextlib
import os
import shlex
import signal
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvloop
from granian.constants import HTTPModes, Interfaces, SSLProtocols
from granian.http import HTTP1Settings
from granian.server.embed import Server

from meta_b2b_sandbox import world
from meta_b2b_sandbox.app import App
from meta_b2b_sandbox.worlds import Worlds

if TYPE_CHECKING:  # its library is in an extra of its own
    from meta_b2b_sandbox.tls import TLS

CONNECTIONS = 1024
HEAD_SECONDS = 10  # a head that takes longer ends the connection
STOP_SECONDS = 0.5  # calls that are still being answered, or a slow client, get no more
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(
    app: App, worlds: Worlds, ip: str, port: int, base_url: str, tls: "TLS | None", stop_with_stdin: bool
) -> None:
    """Serve the application of worlds until a signal comes, or stdin ends. Does not return after a start.

    `base_url` is what is printed: "http://127.0.0.1:4020/v26.0"; with `tls` it is https.
    """
    uvloop.run(serve(app, worlds, ip, port, base_url, tls, stop_with_stdin))


async def serve(
    app: App, worlds: Worlds, ip: str, port: int, base_url: str, tls: "TLS | None", stop_with_stdin: bool
) -> None:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in SIGNALS:
        loop.add_signal_handler(number, stop.set)
    if stop_with_stdin:
        threading.Thread(target=wait_for_stdin, args=(loop, stop), daemon=True).start()
    stopping = asyncio.create_task(stop.wait())
    # From here on signals let the block end: the server's key is in a file until somebody got through to it.
    with tls.files() if tls else contextlib.nullcontext((None, None)) as (certificate, key):
        server = make_server(app, ip, port, certificate, key)
        serving = asyncio.create_task(server.serve())
        answering = asyncio.create_task(wait_for_answer(ip, port, tls))
        await asyncio.wait([serving, stopping, answering], return_when=asyncio.FIRST_COMPLETED)
    if answering.done():
        store = worlds.first.store
        state, curl = f"its state: {store.file}", "curl"
        if tls:
            state += f"; its certificate's authority: {tls.authority}"
            curl += f" --cacert {shlex.quote(str(tls.authority))}"
        print(
            f"Sandbox on {base_url} (Ctrl-C stops it); {state}\n{world.table(store, base_url, curl)}",
            flush=True,
        )
        await asyncio.wait([serving, stopping], return_when=asyncio.FIRST_COMPLETED)
    if stop.is_set():
        server.stop()  # type: ignore[no-untyped-call]
        await asyncio.wait([serving], timeout=STOP_SECONDS)
        worlds.close()
        # Not by returning: asyncio would answer the calls that are left with a 500 of granian's, and granian's threads
        # may panic when the interpreter is taken down under a body that was not read.
        os._exit(0)
    await serving


def make_server(app: App, ip: str, port: int, certificate: Path | None, key: Path | None) -> Server:
    """Granian, with HTTPS if there is a certificate. It reads the two files when it serves."""
    return Server(
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
        ssl_cert=certificate,
        ssl_key=key,
        ssl_protocol_min=SSLProtocols.tls12,  # Java 8 speaks no other
    )


async def wait_for_answer(ip: str, port: int, tls: "TLS | None") -> None:
    """Return when somebody listens: granian does not tell, and what is printed must work when it is pasted.

    With `tls`, when the certificate is the right one: then granian has read it and its key.
    """
    trust: dict[str, Any] = {"ssl": tls.caller(), "server_hostname": "localhost"} if tls else {}
    while True:
        try:
            _, writer = await asyncio.open_connection(ip, port, **trust)
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
