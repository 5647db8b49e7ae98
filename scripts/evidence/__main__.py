"""`make evidence`: shows the report of the proxy, or writes one from a recording (HAR=file.har).

Exit codes: 0 done, whatever differs, 1 the report cannot be written, 2 wrong usage.
"""

import argparse
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from meta_b2b_sandbox.document import packaged

from scripts.evidence import report
from scripts.evidence.har import HarError, exchanges
from scripts.evidence.notes import Notes


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="evidence",
        usage="make evidence [HAR=file.har] [UPSTREAM=https://graph.facebook.com]",
        description=__doc__,
    )
    parser.parse_args(argv)
    har = os.environ.get("HAR")
    try:
        return recorded(Path(har)) if har else shown()
    except HarError as error:
        return fail(error, 2)
    except OSError as error:
        return fail(f"the report cannot be written: {error}", 1)


def recorded(file: Path) -> int:
    """Write the report about a recording. Raises HarError, OSError."""
    document = packaged("b2b.yaml")
    hosts = {
        urlsplit(url).netloc.lower() for url in (document.server_url, os.environ.get("UPSTREAM") or "")
    } - {""}
    notes = Notes(document)
    for one in exchanges(file, hosts, notes.skipped):
        notes.add(one)
    if not notes.calls:
        names = " or ".join(sorted(hosts))
        raise HarError(
            f"{file} has no answered call of {names}; for another server: UPSTREAM=https://its.host"
        )
    written = report.write(notes)
    print(f"evidence: {notes.calls} calls, {notes.differences} differences: {shortened(written)} (and .json)")
    return 0


def shown() -> int:
    """Print the last report."""
    file = report.FOLDER / "report.md"
    try:
        text = file.read_text(encoding="utf-8")
    except OSError:
        return fail(
            "there is no report yet; run: make proxy UPSTREAM=https://graph.facebook.com, "
            "or make evidence HAR=file.har",
            2,
        )
    print(text)
    print(f"evidence: this is {shortened(file)}; the same as JSON is beside it", file=sys.stderr)
    return 0


def shortened(file: Path) -> Path:
    """The path as somebody in the current folder would write it."""
    return file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file


def fail(text: object, code: int) -> int:
    print(f"evidence: {text}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
