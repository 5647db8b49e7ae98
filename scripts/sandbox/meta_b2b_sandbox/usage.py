"""A budget of calls for each business, and the headers that tell how much of it is used up.

Source of the headers: Meta's guide to rate limits.
"""

import json
import math
from dataclasses import dataclass, field

from meta_b2b_sandbox.answering import Response
from meta_b2b_sandbox.errors import Failure

USED_UP = Failure("ad_account_use_case_limit", __name__)

BUSINESS_HEADER, APP_HEADER = "x-business-use-case-usage", "x-app-usage"
NOBODY = "0"  # stands for the business of a call that has none


def of_business(business: str, percent: int, minutes: int) -> tuple[str, str]:
    """The header that tells how much of its budget a business has used, and in how many minutes it may call again."""
    use = {
        "type": "ads_management",
        "call_count": percent,
        "total_cputime": percent,
        "total_time": percent,
        "estimated_time_to_regain_access": minutes,
    }
    return BUSINESS_HEADER, json.dumps({business: [use]})


def of_app(percent: int) -> tuple[str, str]:
    """The header that tells how much of its budget an app has used."""
    return APP_HEADER, json.dumps({"call_count": percent, "total_time": percent, "total_cputime": percent})


@dataclass(slots=True)
class Window:
    """The calls of a business since `begun`, seconds since 1970."""

    begun: float
    calls: int = 0


@dataclass
class Budget:
    """So many calls of each business in so many seconds, which begin with its first call. `now` is seconds since 1970,
    by the clock of the world."""

    calls: int
    seconds: int
    _windows: dict[str, Window] = field(default_factory=dict)

    def use(self, business: str | None, now: float) -> None:
        """Count a call; those of no business are free. Raises GraphError when the budget was used up before."""
        if not business:
            return
        window = self._windows.get(business)
        if window is None or not 0 <= now - window.begun < self.seconds:  # the clock may have been put back
            window = self._windows[business] = Window(now)
        window.calls += 1
        if window.calls > self.calls:
            raise USED_UP()

    def report(self, response: Response, business: str, now: float) -> None:
        """Let an answer to the business tell the usage; what it tells already stays. `now` may lie before the calls in
        a batch."""
        window = self._windows.get(business)
        passed = 0.0 if window is None else max(0.0, now - window.begun)
        if window is None or passed >= self.seconds:
            window = Window(now)
        percent = 100 * window.calls // self.calls
        minutes = math.ceil((self.seconds - passed) / 60) if window.calls > self.calls else 0
        told = dict(response.headers)
        headers = (of_business(business, percent, minutes), of_app(percent))
        response.headers += [(name, value) for name, value in headers if name not in told]
