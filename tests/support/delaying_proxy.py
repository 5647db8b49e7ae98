"""A proxy that hands everything on as it came, later: what a server far away is like."""

import asyncio
import contextlib
import threading
from collections.abc import Generator
from contextlib import contextmanager
from urllib.parse import urlsplit

CHUNK = 65536  # bytes


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float) -> None:
    """What comes in goes out this long after it came, so that a caller who sends on is not held up."""
    loop = asyncio.get_running_loop()
    waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def deliver() -> None:
        with contextlib.suppress(ConnectionError):
            while True:
                due, data = await waiting.get()
                await asyncio.sleep(due - loop.time())
                if not data:
                    break
                writer.write(data)
                await writer.drain()
        writer.close()

    delivering = asyncio.create_task(deliver())
    data = b"?"
    while data:
        try:
            data = await reader.read(CHUNK)
        except ConnectionError:
            data = b""
        waiting.put_nowait((loop.time() + seconds, data))
    await delivering


@contextmanager
def delaying(base_url: str, seconds: float = 0.05) -> Generator[str]:
    """The address of a proxy on a free port of 127.0.0.1, while the block runs: each answer of the server at `base_url`
    takes so much longer."""
    upstream = urlsplit(base_url)
    loop = asyncio.new_event_loop()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there = await asyncio.open_connection(upstream.hostname, upstream.port)
        except ConnectionError:
            writer.close()
            return
        await asyncio.gather(pump(reader, there[1], seconds), pump(there[0], writer, 0))

    server = loop.run_until_complete(asyncio.start_server(accept, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}{upstream.path}"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
