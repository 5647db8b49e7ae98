"""Look up known vulnerabilities of what requirements.txt and package-lock.json pin (`make audit`).

Asks the registries' own services, so it needs the network and is no part of `make test`. Exit codes: 0 none known, 1
one is, or a package could not be looked up.
"""

import subprocess
import sys

from scripts.node import ROOT, npm


def main() -> int:
    """The command; runs both look-ups even when the first finds something. Returns the exit code."""
    # --strict: a package that cannot be looked up is a failure, not a line among many.
    command = [sys.executable, "-m", "pip_audit", "--strict", "--disable-pip", "--require-hashes"]
    python = subprocess.run([*command, "--requirement", "requirements.txt"], cwd=ROOT, check=False).returncode
    return 1 if npm("audit") or python else 0


if __name__ == "__main__":
    sys.exit(main())
