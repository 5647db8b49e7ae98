from typing import Literal

SummaryWanted = Literal["total_count", "true"]

SUMMARY_WANTED_VALUES: set[SummaryWanted] = {
    "total_count",
    "true",
}


def check_summary_wanted(value: str) -> SummaryWanted:
    if value in SUMMARY_WANTED_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {SUMMARY_WANTED_VALUES!r}"
    )
