"""Ctrl-C and SIGTERM: each process that was started is ended, once it is known."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def signals_wait() -> Iterator[None]:
    """Signals that come within the block count after it: nobody could end a process that is just being started."""
    came: list[int] = []
    before = {one: signal.signal(one, lambda number, _: came.append(number)) for one in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for late in came:
            signal.raise_signal(late)


def leave(_number: int, _frame: FrameType | None) -> None:
    """The handler of the signals."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not cut the clean-up short
    sys.exit("bench: stopped")


def leave_on_signals() -> None:
    """End this process in order when a signal comes."""
    for number in SIGNALS:
        signal.signal(number, leave)
