"""Pin the newest versions that pyproject.toml and package.json allow: `requirements.txt`, `package-lock.json`.

Exit codes: 0 done, 1 a tool failed; the lock files are then as they were.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.node import ROOT, npm


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "requirements.txt"
        # No `--emit-index-url`: the file names packages and hashes, not the registry they came from.
        result = subprocess.run(
            [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes"]
            + ["--python-version", "3.11", "--no-header", "--no-emit-index-url"]
            + ["--group", str(ROOT / "pyproject.toml") + ":dev", "--output-file", str(out)],
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode:
            sys.exit(f"lock: uv could not resolve the dev group of pyproject.toml:\n{result.stderr}")
        pinned = out.read_text()
    if npm("install", "--package-lock-only"):
        sys.exit("lock: npm could not resolve package.json (see above)")
    header = "# Written by `make lock` from the dev group in pyproject.toml.\n"
    (ROOT / "requirements.txt").write_text(header + pinned)


if __name__ == "__main__":
    main()
