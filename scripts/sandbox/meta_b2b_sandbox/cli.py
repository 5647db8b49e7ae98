"""The command `meta-b2b-sandbox`. Exit codes: 0 stopped, 1 it cannot serve, 2 wrong usage."""

import argparse
import contextlib
import os
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

from meta_b2b_sandbox import __version__

PROGRAM = "meta-b2b-sandbox"
AUTHORITY = "sandbox-ca.pem"
EXAMPLES = """
examples:
  meta-b2b-sandbox                         on http://127.0.0.1:4020/v26.0, state in ./sandbox.db
  meta-b2b-sandbox --db :memory:           forgets everything when it stops
  meta-b2b-sandbox --port 8080 --db my.db
  meta-b2b-sandbox --host 0.0.0.0 --allowed-host sandbox.example
                                           for other machines too, which call it by this name or by an address
  meta-b2b-sandbox world > my-world.yaml   prints the demo world, to begin another with
  meta-b2b-sandbox --world my-world.yaml --db my.db
  meta-b2b-sandbox --tls                   on https://127.0.0.1:4020/v26.0; callers trust ./sandbox-ca.pem
"""


def whole_number(text: str) -> int:
    """A whole number from 0 to 1,000,000. Raises argparse.ArgumentTypeError."""
    if not (text.isascii() and text.isdigit() and int(text[:8]) <= 1_000_000):
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 0 to 1000000")
    return int(text)


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Meta's B2B and OBO endpoints with state, for development and tests.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    env = os.environ
    parser.add_argument(
        "command",
        nargs="?",
        choices=["world"],
        help="print the demo world as a file for --world, and serve nothing",
    )
    parser.add_argument(
        "--host", default=env.get("HOST") or "127.0.0.1", help="address to listen on (HOST; 127.0.0.1)"
    )
    parser.add_argument(
        "--allowed-host",
        action="append",
        metavar="NAME",
        help="a name or address by which it is called, beside localhost and --host; others are refused, since pages of "
        "strangers could use them; may be repeated (ALLOWED_HOSTS, with commas)",
    )
    parser.add_argument(
        "--port", default=env.get("PORT") or "4020", help="port, 0: any free one (PORT; 4020)"
    )
    parser.add_argument(
        "--db",
        default=env.get("DB") or "sandbox.db",
        metavar="FILE",
        help="file for the state, or :memory: (DB; sandbox.db)",
    )
    parser.add_argument(
        "--world",
        default=env.get("WORLD") or None,
        metavar="FILE",
        help="YAML or JSON file with the world to begin with where there is no state yet, and to which a reset "
        "returns (WORLD; the demo world)",
    )
    parser.add_argument(
        "--tls",
        default=env.get("TLS") or None,
        nargs="?",
        const=AUTHORITY,
        metavar="FILE",
        help="serve HTTPS; callers must trust the certificate that is written to FILE, anew at each start "
        f"(TLS; {AUTHORITY} without FILE)",
    )
    for name, default, text in (
        ("--max-worlds", "1000", "how many worlds there may be beside the first"),
        ("--idle-minutes", "60", "a world that nobody has called for so long ends"),
        ("--journal", "1000", "how many calls the journal of each world keeps; 0: none"),
    ):
        parser.add_argument(name, default=default, type=whole_number, metavar="N", help=f"{text} ({default})")
    parser.add_argument(
        "--stop-with-stdin",
        action="store_true",
        help="stop when the standard input ends: for programs that start a sandbox",
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    options = parser.parse_args(argv)
    if options.allowed_host is None:
        names = (name.strip() for name in env.get("ALLOWED_HOSTS", "").split(","))
        options.allowed_host = [name for name in names if name]
    return options


def fail(text: object, code: int = 1) -> int:
    print(f"{PROGRAM}: {text}", file=sys.stderr)
    return code


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until a signal comes, or print the demo world; returns the exit code."""
    options = arguments(argv)
    if options.command == "world":
        print(Path(__file__).with_name("demo.yaml").read_text(encoding="utf-8"), end="")
        return 0
    if options.world is not None and not Path(options.world).exists():
        return fail(f"there is no file {options.world} (see --world)", 2)
    return serve(options)


def serve(options: argparse.Namespace) -> int:
    try:
        from meta_b2b_sandbox import address, seeds, serving, world
        from meta_b2b_sandbox.app import make_app
        from meta_b2b_sandbox.document import DocumentError, packaged
        from meta_b2b_sandbox.seeds import SeedError
        from meta_b2b_sandbox.store import IN_MEMORY, Store, StoreError
        from meta_b2b_sandbox.worlds import Worlds

        if options.tls is not None:
            from meta_b2b_sandbox.tls import TLS
    except ModuleNotFoundError as error:
        extras = "sandbox" if options.tls is None else "sandbox,tls"
        return fail(f"a package is missing ({error.name}); run: pip install 'meta-b2b[{extras}]'")
    try:
        ip, port = address.bind(options.host, address.parse_port(options.port))
        doors = address.Doors(options.host, ip, options.allowed_host)
        beginning = Store(IN_MEMORY)
        seeds.put(beginning, world.demo() if options.world is None else seeds.from_file(options.world))
        store = Store(options.db, beginning)
    except address.AddressError as error:
        return fail(f"{error} (see {error.see})", 2 if error.usage else 1)
    except (StoreError, SeedError, DocumentError) as error:
        see = {StoreError: " (see --db)", SeedError: " (see --world)"}
        return fail(f"{error}{see.get(type(error), '')}")
    with contextlib.closing(store), contextlib.closing(beginning):
        try:
            worlds = Worlds(store, beginning, options.max_worlds, 60 * options.idle_minutes, options.journal)
            document = packaged("b2b.yaml")
            app = make_app(document, worlds, doors)
            # The last thing that can be refused: callers of a sandbox that runs already keep their authority.
            names = [options.host, *options.allowed_host]
            tls = None if options.tls is None else TLS(names, Path(options.tls))
        except (DocumentError, ValueError) as error:
            return fail(error)
        except sqlite3.Error as error:
            return fail(f"{store.file} cannot be read ({error}); remove it, or name another file (see --db)")
        base_url = address.origin(options.host, port, "https" if tls else "http") + document.base_path
        with contextlib.suppress(KeyboardInterrupt):  # before the server took the signals over
            serving.run(app, worlds, ip, port, base_url, tls, options.stop_with_stdin)
    return 0
