"""What is logged under `meta_b2b_client`: each call at DEBUG, each wait at INFO, never a secret."""

import logging
import os

import httpx

from ._options import hide_in_address

logger = logging.getLogger("meta_b2b_client")


def _without_secrets(record: logging.LogRecord) -> bool:
    """Takes secrets out of the addresses that httpx logs: where Graph wants one in the query, it is in them."""
    if isinstance(record.args, tuple):
        record.args = tuple(
            hide_in_address(str(value)) if isinstance(value, httpx.URL) else value for value in record.args
        )
    return True


def set_up() -> None:
    """Hide secrets in httpx's log; and write ours to stderr from the level that META_B2B_LOG names, if it does."""
    logging.getLogger("httpx").addFilter(_without_secrets)
    wanted = os.environ.get("META_B2B_LOG", "")
    if not wanted:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    level = logging.getLevelNamesMapping().get(wanted.upper())
    if level is None:
        logger.warning("META_B2B_LOG must be debug or info, unlike %r", wanted)
    else:
        logger.setLevel(level)
