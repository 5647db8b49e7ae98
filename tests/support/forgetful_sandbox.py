"""A sandbox with three planted faults: it acknowledges these calls and changes nothing. Run as a program."""

import sys
from functools import partial
from typing import Any

from meta_b2b_sandbox import app, cli

ACKNOWLEDGED: dict[str, dict[str, Any]] = {
    "remove_ad_account_agency": {"success": True},
    "remove_client_page": {"success": True},
    "cancel_obo_request": {"success": "true"},
}


def acknowledge(answer: dict[str, Any], *_: Any) -> dict[str, Any]:
    """What a handler of the sandbox answers, without what it does."""
    return answer


if __name__ == "__main__":
    for operation_id, answer in ACKNOWLEDGED.items():
        app.HANDLERS[operation_id] = partial(acknowledge, answer)
    sys.exit(cli.main())
