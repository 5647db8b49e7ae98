"""All measurements in one run: `make bench`, about nine minutes.

Exit codes: 0 measured, whatever the figures; 1 it could not measure.
"""

import sqlite3
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from meta_b2b_sandbox import SandboxError

from scripts.bench import client, fields, new_world
from scripts.bench.bare import compare_with_bare
from scripts.bench.errors import BenchError
from scripts.bench.growth import grow
from scripts.bench.journal import compare_journal
from scripts.bench.load import load_generator
from scripts.bench.page import compare_page
from scripts.bench.sandbox import compare
from scripts.bench.signals import leave_on_signals
from scripts.mock.prism import MockError
from scripts.node import ToolMissing


def main() -> int:
    """Measure and print; returns the exit code."""
    leave_on_signals()
    try:
        with TemporaryDirectory(prefix="bench-") as folder:
            print(
                "Rounds in turns, and their medians unless a table says otherwise; takes about nine minutes …",
                flush=True,
            )
            with load_generator() as load:
                compare(load, Path(folder))
                grow(load, Path(folder))
                compare_page(load, Path(folder))
            compare_with_bare(Path(folder))
            compare_journal(Path(folder))
            fields.compare()
            new_world.compare()
            client.compare()
    except (
        BenchError,
        SandboxError,
        MockError,
        ToolMissing,
        OSError,
        sqlite3.Error,
        subprocess.SubprocessError,
    ) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
