"""Copy what the sandbox's page takes from npm into the package: `python -m scripts.vendor`.

Exit codes: 0 done, 1 a package is not installed.
"""

import shutil
import sys

from scripts.node import ROOT

STATIC = ROOT / "scripts" / "sandbox" / "meta_b2b_sandbox" / "page" / "static"
# Name in STATIC → file in node_modules.
FILES = {"htmx.min.js": "htmx.org/dist/htmx.min.js", "htmx-LICENSE.txt": "htmx.org/LICENSE"}


def main() -> None:
    for name, source in FILES.items():
        try:
            shutil.copyfile(ROOT / "node_modules" / source, STATIC / name)
        except FileNotFoundError:
            sys.exit(f"vendor: node_modules/{source} is missing; run make setup")


if __name__ == "__main__":
    main()
