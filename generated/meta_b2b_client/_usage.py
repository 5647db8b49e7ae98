"""The part of its limits that Graph reports as used up, in headers of its answers."""

import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Limit:
    """One limit, and how much of it is used up.

    Source: Meta's guide to rate limits.

    Attributes:
        header: Where Graph reported it: `x-business-use-case-usage`, `x-app-usage` or `x-ad-account-usage`.
        id: Whose limit it is, the id of a business or an ad account; None for the app's.
        type: The use case, such as `ads_management`; None for other limits.
        percent: How much is used up, the highest of what Graph counts; calls are refused from 100 on.
        minutes_to_wait: Until calls are answered again; 0 while they are.
        reported: All that Graph said about it.
    """

    header: str
    id: str | None
    type: str | None
    percent: float
    minutes_to_wait: float
    reported: Mapping[str, Any]


@dataclass(frozen=True)
class Usage:
    """All limits that one answer reported; false if there are none."""

    limits: tuple[Limit, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.limits)

    @property
    def percent(self) -> float:
        """How much of the limit that is nearest its end is used up; 0 without a limit."""
        return max((limit.percent for limit in self.limits), default=0)

    @property
    def minutes_to_wait(self) -> float:
        """Until calls are answered again: the longest that a limit asks for; 0 while they are."""
        return max((limit.minutes_to_wait for limit in self.limits), default=0)

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> "Usage":
        """What these headers report; what is not as Meta's guide has it is left out."""
        return cls(tuple(limit for header in HEADERS for limit in _limits(header, headers.get(header))))


HEADERS = ("x-business-use-case-usage", "x-app-usage", "x-ad-account-usage")
PERCENTAGES = ("call_count", "total_cputime", "total_time", "acc_id_util_pct")

OnUsage = Callable[[Usage], object]
AsyncOnUsage = Callable[[Usage], Awaitable[object]]


def _limits(header: str, text: str | None) -> Iterator[Limit]:
    try:
        told = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return
    if not isinstance(told, dict):
        return
    if header != "x-business-use-case-usage":
        told = {None: [told]} if told else {}
    for id, uses in told.items():
        for use in uses if isinstance(uses, list) else []:
            if isinstance(use, dict):
                type = use.get("type")
                yield Limit(
                    header,
                    id,
                    type if isinstance(type, str) else None,
                    max(_number(use.get(name)) for name in PERCENTAGES),
                    # The ad account's limit says it in seconds.
                    _number(use.get("estimated_time_to_regain_access"))
                    or _number(use.get("reset_time_duration"))
                    / 60
                    * (_number(use.get("acc_id_util_pct")) >= 100),
                    use,
                )


def _minutes(use: Mapping[str, Any]) -> float:
    if _number(use.get("acc_id_util_pct")) >= 100:  # that of an ad account says it in seconds, at all times
        return _number(use.get("reset_time_duration")) / 60
    return _number(use.get("estimated_time_to_regain_access"))


def _number(value: Any) -> float:
    return value if type(value) in (int, float) and value > 0 else 0
