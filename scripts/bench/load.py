"""The load generator of the comparisons with Prism and of the growth: autocannon, as one process for all runs."""

import json
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from scripts.bench.errors import BenchError
from scripts.bench.signals import signals_wait
from scripts.node import NODE, ROOT, node_command, node_env

CONNECTIONS = 10


@dataclass
class Kind:
    """Requests of one kind, and the status that each must get.

    A request has `method`, `path` (behind the version), `headers`, and `body` as text where there is one. More requests
    than there are start over.
    """

    requests: list[dict[str, Any]]
    status: int = 200


@dataclass
class Figures:
    """Requests per second, and milliseconds that half and 99 of 100 of them took at the most."""

    rate: float
    p50: float
    p99: float


def median(figures: Sequence[Figures]) -> Figures:
    """The median of each figure."""
    return Figures(
        statistics.median(one.rate for one in figures),
        statistics.median(one.p50 for one in figures),
        statistics.median(one.p99 for one in figures),
    )


class Load:
    """Autocannon: warm after the first run, and the same for all servers."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(self, base_url: str, kind: Kind, amount: int) -> Figures:
        """Send `amount` requests over all connections. Raises BenchError unless each gets its status."""
        assert self._process.stdin and self._process.stdout
        order = {"url": base_url, "connections": CONNECTIONS, "amount": amount, "requests": kind.requests}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise BenchError("the load generator ended (its reason is above)")
        result = json.loads(line)
        if result["failures"] or result["statuses"] != {str(kind.status): amount}:
            first = kind.requests[0]
            raise BenchError(
                f"{base_url} answered {amount} times {first['method']} {first['path']} by {result['statuses']}, "
                f"{result['failures']} failed; {kind.status} was expected each time"
            )
        latencies = sorted(result["latencies"])
        return Figures(
            amount / result["seconds"], latencies[len(latencies) // 2], latencies[len(latencies) * 99 // 100]
        )


@contextmanager
def load_generator() -> Iterator[Load]:
    """The load generator while the block runs. Raises ToolMissing without Node.js or autocannon."""
    node_command("autocannon")  # says so when it is missing
    with signals_wait():
        process = subprocess.Popen(
            [str(NODE), str(ROOT / "scripts" / "bench" / "load.cjs")],
            stdin=subprocess.PIPE,  # its end, when this process is gone, ends the load generator
            stdout=subprocess.PIPE,
            env=node_env(),
            cwd=ROOT,
            encoding="utf-8",
            process_group=0,  # Ctrl-C is for this process, which ends the others
        )
    with process:
        try:
            yield Load(process)
        finally:
            process.kill()
