"""A proxy that hands everything on as it came, later: what a server far away is like."""

import asyncio
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

CHUNK = 65536  # bytes


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float) -> None:
    """What comes in goes out this long after it came, and a caller that sends on is not held up."""
    loop = asyncio.get_running_loop()
    waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def deliver() -> None:
        while True:
            due, data = await waiting.get()
            await asyncio.sleep(due - loop.time())
            if not data:
                return
            writer.write(data)
            await writer.drain()

    delivering = asyncio.create_task(deliver())
    data = b"?"
    while data:
        data = b""
        with suppress(ConnectionError):
            data = await reader.read(CHUNK)
        waiting.put_nowait((loop.time() + seconds, data))
    with suppress(ConnectionError):
        await delivering
    writer.close()


@contextmanager
def delaying(base_url: str, seconds: float) -> Generator[str]:
    """The address of a proxy on a free port of 127.0.0.1, while the block runs: each answer of the server at `base_url`
    takes so much longer."""
    upstream = urlsplit(base_url)
    started = threading.Event()
    loop: asyncio.AbstractEventLoop
    stop: asyncio.Event
    port: int

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back = writer
        with suppress(ConnectionError):
            answers, back = await asyncio.open_connection(upstream.hostname, upstream.port)
        try:
            if back is not writer:
                await asyncio.gather(pump(reader, back, seconds), pump(answers, writer, 0))
        finally:
            for one in (writer, back):
                one.close()
                with suppress(ConnectionError):
                    await one.wait_closed()

    async def serve() -> None:
        nonlocal loop, stop, port
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(accept, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        started.set()
        await stop.wait()
        server.close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    started.wait()
    try:
        yield f"http://127.0.0.1:{port}{upstream.path}"
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
