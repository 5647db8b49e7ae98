"""Pages of a list: which part is asked for, cursors, and the addresses of the pages beside."""

import base64
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from meta_b2b_sandbox.reading import Twice
from meta_b2b_sandbox.store import Page, Window

KEY = re.compile("(act_)?[0-9]{1,20}")  # of a row, in a cursor
AFTER_ALL = "~"  # greater than every key
# Those of this page, and what would be taken for the method of a call.
NOT_REPEATED = ("after", "before", "method")

_known = lru_cache(maxsize=1024)(quote_plus)  # the same few values again and again


def _quote(text: str) -> str:
    return _known(text) if len(text) <= 100 else quote_plus(text)


def window_of(params: Mapping[str, Any]) -> Window:
    """The part of the list that `limit`, `after` and `before` ask for; of the two cursors `before` counts [A46]."""
    before = cursor_key(params.get("before") or None)  # an empty one is none [A47]
    return Window(
        params["limit"], cursor_key(params.get("after") or None) if before is None else None, before
    )


@lru_cache(maxsize=4096)
def cursor(key: str) -> str:
    """The cursor of the row with this key."""
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def cursor_key(text: str | None) -> str | None:
    """The key of the row behind a cursor; for one that this sandbox did not give, a key after all others [A13]."""
    if text is None:
        return None
    try:
        key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii")
    except ValueError:
        return AFTER_ALL
    return key if KEY.fullmatch(key) else AFTER_ALL


def paging(page: Page, address: str, query: dict[str, Any]) -> dict[str, Any]:
    """`paging` of a page with rows. `address` and `query` are what was asked for, and stand in the other pages' too."""
    before, after = cursor(page.first), cursor(page.last)
    shown: dict[str, Any] = {"cursors": {"before": before, "after": after}}
    if page.more_after or page.more_before:
        # Not urlencode, which quotes the same few texts anew each time.
        rest = (
            f"{_quote(k)}={_quote(str(v))}"
            for k, v in query.items()
            if k not in NOT_REPEATED and not isinstance(v, Twice)
        )
        asked = f"{address}?{'&'.join(rest)}"
        if page.more_after:
            shown["next"] = f"{asked}&after={after}"
        if page.more_before:
            shown["previous"] = f"{asked}&before={before}"
    return shown
