"""Environments into which the wheel is installed, away from this checkout."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Environment:
    """An environment of its own. Its programs find no Node.js, and nothing of this checkout."""

    folder: Path

    @classmethod
    def create(cls, folder: Path, python: str | Path = sys.executable) -> "Environment":
        """An empty one, in this folder: Python alone, of the kind of `python`."""
        output(python, "-m", "venv", "--without-pip", folder, cwd=folder.parent)
        return cls(folder)

    @property
    def programs(self) -> Path:
        return self.folder / "bin"

    @property
    def packages(self) -> Path:
        (path,) = self.folder.glob("lib/python*/site-packages")
        return path

    def install(self, *wanted: str) -> str:
        """Install these; returns what did it, "uv" or "pip".

        uv takes a tenth of pip's time, but does not read pip's configuration: where no index answers to it, pip does.
        """
        python = str(self.programs / "python")
        uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", python, *wanted]
        if subprocess.run(uv, cwd=self.folder, capture_output=True, check=False).returncode == 0:
            return "uv"
        pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", *wanted)
        output(*pip, cwd=self.folder)
        return "pip"

    def python(self, *arguments: str | Path, cwd: Path) -> str:
        """What its Python prints, which sees the installed packages alone (-I)."""
        return output(self.programs / "python", "-I", *arguments, cwd=cwd, env={"PATH": str(self.programs)})


def output(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    """What the command prints; a failure is told with all of it."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def interpreter(version: str) -> Path | None:
    """The Python of this version, such as 3.13, on PATH or among pyenv's; None if there is none here."""
    name = f"python{version}"
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for path in (shutil.which(name), *sorted(pyenv.glob(f"versions/{version}.*/bin/{name}"))):
        # pyenv puts programs on PATH that only say which version to choose.
        if path and subprocess.run([path, "-c", ""], capture_output=True, check=False).returncode == 0:
            return Path(path)
    return None
