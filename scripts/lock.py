"""Pin the newest versions that pyproject.toml and package.json allow.

Writes requirements.txt and package-lock.json. Exit codes: 0 done, 1 a tool failed (its file stays as it was).
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.node import ROOT, npm

HEADER = "# Written by `make lock` from pyproject.toml: the package, its extras and the dev group.\n"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "requirements.txt"
        compiler = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "pyproject.toml"]
        # The file names packages and hashes, not the registry they came from.
        options = [
            "--extra=sandbox",
            "--extra=tls",
            "--group=pyproject.toml:dev",
            "--universal",
            "--python-version=3.11",
            "--generate-hashes",
            "--no-header",
            "--no-emit-index-url",
        ]
        result = subprocess.run(
            [*compiler, *options, "--output-file", str(out)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode:
            sys.exit(f"lock: uv could not resolve pyproject.toml:\n{result.stderr}")
        (ROOT / "requirements.txt").write_text(HEADER + out.read_text())
    if npm("update", "--package-lock-only"):
        sys.exit("lock: npm could not resolve package.json (see above)")


if __name__ == "__main__":
    main()
