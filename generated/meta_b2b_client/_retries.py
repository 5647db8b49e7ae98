"""Which failures are tried again, and when."""

import random

from ._options import Options
from .errors import ConnectionFailed, GraphError, RateLimited, TemporaryFailure

LONGEST = 30.0  # seconds between two tries, unless the server asks for more


def seconds_to_wait(
    options: Options, error: GraphError, idempotent: bool, retries: int, waited: float
) -> float | None:
    """Seconds until the next try: as many as the server asks for, or more each time (1 to 2, 2 to 3, 4 to 5, …).

    None when the failure is to be raised. `retries`: how many there were, in the `waited` seconds since the first
    failure.
    """
    if retries >= options.max_retries or not _may_be_repeated(error, idempotent):
        return None
    seconds = error.retry_after or min(2.0**retries + random.random(), LONGEST)
    return None if waited + seconds > options.max_seconds else seconds


def _may_be_repeated(error: GraphError, idempotent: bool) -> bool:
    if isinstance(error, RateLimited):  # it was refused
        return True
    may_have_been_done = not isinstance(error, ConnectionFailed) or error.may_have_been_sent
    if may_have_been_done and not idempotent:
        return False
    return (
        isinstance(error, (ConnectionFailed, TemporaryFailure))
        or error.is_transient
        or (error.status or 0) >= 500
    )
