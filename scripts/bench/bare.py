"""The sandbox beside a bare server that gives the same answers, by wrk: what of the time is the sandbox's own.

Wrk costs less for each request than autocannon, which would hold the bare server back. Each run lasts a second, since
wrk takes no number of requests.
"""

import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

from meta_b2b_sandbox import Sandbox

from scripts.bench.errors import BenchError
from scripts.bench.load import Kind
from scripts.bench.servers import Answer, fetch, run, sandbox
from scripts.bench.worlds import agency, error, fill, grant, page, remove
from scripts.node import ROOT

FOLDER = ROOT / "scripts" / "bench"
CONNECTIONS = 16
ROUNDS, SECONDS = 3, 1
ENTRIES = 100_000  # to be removed, and as many businesses to be granted access: more than the rounds need
BUSINESS = "BUSINESS"  # where wrk.lua puts an id that counts up


@dataclass
class Part:
    """What is measured.

    `least`: the share of the bare server's rate that is wanted, None without a target. `first`: the number of the next
    business to be changed, which counts up; None where nothing changes.
    """

    kind: Kind
    least: float | None = None
    first: int | None = None


def parts() -> dict[str, Part]:
    """Name → part."""
    return {
        "list of 2": Part(page(2), 0.36),
        "page of 25": Part(page(25), 0.23),
        "page of 100": Part(page(100)),
        "grant": Part(Kind([grant(BUSINESS)]), first=0),
        "remove": Part(Kind([remove(BUSINESS)]), first=ENTRIES),
        "error": Part(error()),
    }


def compare_with_bare(folder: Path) -> None:
    """Measure and print, or say how to get wrk."""
    if shutil.which("wrk") is None:
        print("\nSandbox beside a bare server: left out, it needs wrk; get it by: apt-get install wrk")
        return
    fill(folder / "bare.db", ENTRIES, ENTRIES)
    print(f"\n{f'{CONNECTIONS} connections, requests/s':32}{'sandbox':>10}{'bare':>10}{'ratio':>8}   target")
    with run(sandbox(folder / "bare.db")) as ours:
        for name, part in parts().items():
            with run(bare_server(first_answer(ours.base_url, part), folder)) as theirs:
                both = [
                    # The bare server uses no business up.
                    (rate(ours.base_url, part), rate(theirs.base_url, replace(part)))
                    for _ in range(ROUNDS + 1)
                ][1:]  # the first warms up
            our_rate, their_rate = (statistics.median(rates) for rates in zip(*both, strict=True))
            ratio = our_rate / their_rate
            target = ""
            if part.least is not None:
                target = f"   at least {part.least}: {'reached' if ratio >= part.least else 'missed'}"
            print(f"{name:32}{our_rate:>10,.0f}{their_rate:>10,.0f}{ratio:>8.2f}{target}", flush=True)
    print("bare: the same server with an application that gives the sandbox's answer and does nothing else.")


def first_answer(base_url: str, part: Part) -> Answer:
    """What the sandbox answers. Raises BenchError for another status than that of the kind."""
    [request] = part.kind.requests
    if part.first is not None:
        request = json.loads(json.dumps(request).replace(BUSINESS, agency(part.first)))
        part.first += 1
    answer = fetch(base_url, request)
    if answer.status != part.kind.status:
        raise BenchError(
            f"{base_url} answered {request['method']} {request['path']} by {answer.status}, not {part.kind.status}"
        )
    return answer


def bare_server(answer: Answer, folder: Path) -> Sandbox:
    """The bare server, not started yet. It gives this answer to everything."""
    file = folder / "answer.json"
    # The length and the date are granian's to tell.
    headers = [pair for pair in answer.headers if pair[0] not in ("content-length", "date", "server")]
    file.write_text(json.dumps({"status": answer.status, "headers": headers, "body": answer.body.decode()}))

    class Bare(Sandbox):
        command: ClassVar[Sequence[str]] = (sys.executable, "-P", str(FOLDER / "bare_server.py"), str(file))

    return Bare()


def rate(base_url: str, part: Part) -> float:
    """Requests per second by wrk. Raises BenchError unless each gets the status of the kind."""
    [request] = part.kind.requests
    url = urlsplit(base_url)
    path = url.path + request["path"]
    command = ["wrk", "--threads=1", f"--connections={CONNECTIONS}", f"--duration={SECONDS}s"]
    command += [f"--header={name}: {value}" for name, value in request["headers"].items()]
    command += [f"--script={FOLDER / 'wrk.lua'}", f"{url.scheme}://{url.netloc}{path}"]
    if part.first is not None:
        command += ["--", request["method"], path, request.get("body", ""), agency(part.first)]
    # A group of its own: Ctrl-C is for this process. Wrk ends by itself.
    done = subprocess.run(command, capture_output=True, text=True, check=True, process_group=0)
    result = json.loads(done.stdout.splitlines()[-1])
    refused = result["requests"] if part.kind.status >= 400 else 0
    if result["failed"] or result["refused"] != refused or not result["requests"]:
        raise BenchError(
            f"{base_url} did not answer each {request['method']} {request['path']} by {part.kind.status}: {result}"
        )
    if part.first is not None:
        part.first += result["requests"] + CONNECTIONS  # of the last, nobody saw the answer
    return float(result["requests"] / result["seconds"])
