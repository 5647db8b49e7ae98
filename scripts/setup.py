"""Set up what every other command needs: `.venv` (Python packages, Node.js included) and `node_modules`.

Runs with the system's Python and its standard library alone: `python3 scripts/setup.py`.
Exit codes: 0 done, 1 something could not be installed (nothing half-installed stays behind).
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
NODE_MODULES = ROOT / "node_modules"
STAMP = VENV / ".ready"


def run(step: str, *commands: list[str]) -> None:
    """Run an installer, and the next one where it fails.

    When all fail, remove both folders and end with the last lines of the last one and what to do.
    """
    print(f"setup: {step}", flush=True)
    for command in commands:
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if result.returncode == 0:
            return
    clean()
    tail = "\n".join(f"  {line}" for line in (result.stdout + result.stderr).strip().splitlines()[-8:])
    sys.exit(
        f"setup: {step} failed (exit code {result.returncode}):\n{tail}\n"
        "Nothing was left half-installed. Is the network up (and a proxy, if you need one, set)? "
        "Then run: make setup"
    )


def pinned(name: str) -> str:
    """A package's lines of requirements.txt: its version and hashes."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    found = re.search(rf"^{name}==(.*\\\n)*.*\n", text, re.MULTILINE)
    if found is None:
        sys.exit(
            f"setup: {name} is not in requirements.txt, which is broken: get it anew from the repository"
        )
    return found[0]


def clean() -> None:
    """Remove what a broken set-up would leave behind."""
    shutil.rmtree(VENV, ignore_errors=True)
    shutil.rmtree(NODE_MODULES, ignore_errors=True)


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 (an older Python can start this file)
        sys.exit(
            f"setup: Python 3.11 or newer is needed, and {sys.executable} is {sys.version.split()[0]}. "
            "Name another one: make setup PYTHON=python3.12"
        )
    clean()
    try:
        run("create .venv", [sys.executable, "-m", "venv", str(VENV)])
        python = str(VENV / "bin" / "python")
        pip = [python, "-m", "pip", "install", "--quiet"]
        uv = [python, "-m", "uv", "pip", "install", "--quiet", "--python", python]
        installer = VENV / "uv.txt"
        installer.write_text(pinned("uv"), encoding="utf-8")
        run("install uv, the installer of Python packages", [*pip, "--require-hashes", "-r", str(installer)])
        # uv is several times as fast, but does not read pip's settings: a mirror in them is found by pip alone.
        # Compiled at once, as pip does: where Python may not write bytecode, each start would compile everything.
        packages = ["--require-hashes", "-r", "requirements.txt"]
        run(
            "install the Python packages (requirements.txt)",
            [*uv, "--compile-bytecode", *packages],
            [*pip, *packages],
        )
        run(
            "install the project itself, as it stands here",
            [*pip, "--no-deps", "--no-build-isolation", "--editable", "."],
        )
        run(
            "install the Node.js packages (package-lock.json)",
            [python, "-m", "scripts.node", "ci", "--no-fund", "--no-audit", "--loglevel=error"],
        )
    except BaseException:
        clean()
        raise
    STAMP.touch()
    print("setup: done")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("setup: interrupted; nothing was left half-installed")
