"""Folders that are written as a whole: replaced in one step, or left as they were."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """An empty folder that takes the place of `target` when the block ends well; otherwise nothing changes."""
    # Beside the target, so that it can be moved there in one step.
    with TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as folder:
        new, old = Path(folder, "new"), Path(folder, "old")
        new.mkdir()
        yield new
        if target.exists():
            target.rename(old)
        try:
            new.rename(target)
        except BaseException:
            if old.exists():
                old.rename(target)
            raise


def snapshot(folder: Path) -> dict[str, bytes]:
    """The files below `folder` by their relative path; a link counts as a file that holds its target."""
    return {
        path.relative_to(folder).as_posix(): os.fsencode(path.readlink())
        if path.is_symlink()
        else path.read_bytes()
        for path in folder.rglob("*")
        if (path.is_symlink() or path.is_file()) and "__pycache__" not in path.parts
    }
