"""The validation proxy. Run: make proxy UPSTREAM=https://graph.facebook.com (PORT=… HOST=… WRITES=yes to choose).

A program points at it instead of at Graph. Every call passes through unchanged and is held against the document; the
report is written while it runs, and once more when it ends. Exit codes: 0 stopped, 1 it cannot serve, 2 wrong usage.
"""

import argparse
import asyncio
import os
import sys
import traceback
from collections.abc import Sequence
from urllib.parse import urlsplit

import httpx
import uvloop
from granian.constants import HTTPModes, Interfaces
from granian.server.embed import Server
from meta_b2b_sandbox.address import AddressError, Doors, bind, is_loopback, origin, parse_port
from meta_b2b_sandbox.document import packaged
from meta_b2b_sandbox.serving import SIGNALS, STOP_SECONDS, wait_for_answer

from scripts.evidence import report
from scripts.evidence.exchange import Exchange
from scripts.evidence.forwarding import Upstream, make_app
from scripts.evidence.notes import Notes

REPORT_SECONDS = 2  # how old the report may be
EXAMPLE = "make proxy UPSTREAM=https://graph.facebook.com"


class UsageError(Exception):
    """What was asked for cannot be done; the text says why and what to do instead."""


class Recorder:
    """Notes what passes, tells of each new difference, and writes the report."""

    def __init__(self, notes: Notes) -> None:
        self._notes, self._changed = notes, True

    def note(self, exchange: Exchange) -> None:
        self._changed = True
        try:
            for label, found in self._notes.add(exchange):
                print(f"proxy: {label}: {found.kind} {found.place}: {found.text}", flush=True)
        except Exception as error:
            # A fault of the proxy's own. Its text may repeat what was answered; its kind and its place do not.
            place = traceback.extract_tb(error.__traceback__)[-1]
            self.missed("calls that could not be compared")
            print(f"proxy: not compared: {type(error).__name__} in {place.name}", file=sys.stderr, flush=True)

    def missed(self, why: str) -> None:
        self._notes.skipped[why] += 1
        self._changed = True

    def write(self) -> None:
        """Write the report if there is anything new."""
        if self._changed:
            try:
                report.write(self._notes)
                self._changed = False
            except OSError as error:
                print(f"proxy: the report cannot be written: {error}", file=sys.stderr, flush=True)

    def summary(self) -> str:
        calls, differences = self._notes.calls, self._notes.differences
        return f"proxy: {calls} calls, {differences} differences; make evidence shows the report"


def check_upstream(text: str) -> str:
    """The address of the other server, without a slash at its end. Raises UsageError."""
    try:
        parts = urlsplit(text)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    if not valid:
        raise UsageError(f"UPSTREAM={text} is not the address of a server; for example: {EXAMPLE}")
    if parts.username is not None or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise UsageError(
            f"UPSTREAM={parts.scheme}://{parts.hostname}… has more than scheme, host and port; the version and all "
            f"else come with each call; for example: {EXAMPLE}"
        )
    if parts.scheme == "http" and not (parts.hostname == "localhost" or is_loopback(f"{parts.hostname}:0")):
        raise UsageError(f"UPSTREAM={text} would send access tokens in clear: write https")
    return text.rstrip("/")


async def serve(upstream: Upstream, recorder: Recorder, ip: str, port: int, greeting: str) -> None:
    """Serve until a signal comes; then the report is written. Does not return after a start."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in SIGNALS:
        loop.add_signal_handler(number, stop.set)
    server = Server(
        make_app(upstream, recorder.note, recorder.missed),
        address=ip,
        port=port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        websockets=False,
        log_access=False,
        log_enabled=False,
    )
    serving = asyncio.create_task(server.serve())
    answering = asyncio.create_task(wait_for_answer(ip, port, None))
    await asyncio.wait([serving, answering], return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        await serving
        return
    print(greeting, flush=True)
    while not stop.is_set() and not serving.done():
        await asyncio.wait([serving, asyncio.create_task(stop.wait())], timeout=REPORT_SECONDS)
        recorder.write()
    if not stop.is_set():
        await serving
        return
    server.stop()  # type: ignore[no-untyped-call]
    await asyncio.wait([serving], timeout=STOP_SECONDS)
    recorder.write()
    print(recorder.summary(), flush=True)
    os._exit(0)  # as the sandbox does: granian's threads may hold the interpreter up


def main(argv: Sequence[str] | None = None) -> int:
    argparse.ArgumentParser(
        prog="proxy",
        usage=f"{EXAMPLE} [PORT=4030] [HOST=127.0.0.1] [WRITES=yes]",
        description="Passes calls on to Graph and reports where its answers differ from the document.",
    ).parse_args(argv)
    env = os.environ
    try:
        if not env.get("UPSTREAM"):
            raise UsageError(f"say to which server the calls go: {EXAMPLE}")
        url, host = check_upstream(env["UPSTREAM"]), env.get("HOST") or "127.0.0.1"
        writes = env.get("WRITES") == "yes"
        ip, port = bind(host, parse_port(env.get("PORT") or "4030"))
        if urlsplit(url).port == port and urlsplit(url).hostname in (host, ip, "localhost"):
            raise UsageError(f"UPSTREAM={url} is the proxy itself")
        upstream = Upstream(url, writes, Doors(host, ip), httpx.AsyncClient())
    except UsageError as error:
        return fail(error, 2)
    except AddressError as error:
        return fail(f"{error}; to choose: make proxy UPSTREAM=… PORT=… HOST=…", 2 if error.usage else 1)
    greeting = (
        f"Proxy on {origin(host, port)} for {url} (Ctrl-C stops it); "
        f"{'writes pass, too' if writes else 'only GET passes (WRITES=yes: everything)'}\n"
        f"Its report: {report.FOLDER / 'report.md'}"
    )
    uvloop.run(serve(upstream, Recorder(Notes(packaged("b2b.yaml"))), ip, port, greeting))
    return 0


def fail(text: object, code: int) -> int:
    print(f"proxy: {text}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
