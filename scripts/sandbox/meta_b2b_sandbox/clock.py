"""The time in a world: the machine's, or what the control API made of it."""

import time


class Clock:
    """Goes with the machine's clock, maybe ahead of it, or stands still. Times are seconds since 1970."""

    def __init__(self) -> None:
        self._stands_at: float | None = None
        self._ahead = 0.0

    @property
    def stands(self) -> bool:
        """Whether it stands still."""
        return self._stands_at is not None

    def now(self) -> float:
        """The time in the world."""
        return time.time() + self._ahead if self._stands_at is None else self._stands_at

    def put(self, at: float | None = None, forward: float = 0.0) -> None:
        """Let it stand at a time, or as it goes or stands now, and move it on by so many seconds."""
        if at is not None:
            self._stands_at = at
        if self._stands_at is None:
            self._ahead += forward
        else:
            self._stands_at += forward

    def reset(self) -> None:
        """The machine's time again."""
        self._stands_at, self._ahead = None, 0.0


def stamp(seconds: float) -> str:
    """A time as Graph writes it."""
    return time.strftime("%Y-%m-%dT%H:%M:%S+0000", time.gmtime(seconds))
