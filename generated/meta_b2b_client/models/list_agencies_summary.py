from typing import Literal

ListAgenciesSummary = Literal["total_count", "true"]

LIST_AGENCIES_SUMMARY_VALUES: set[ListAgenciesSummary] = {
    "total_count",
    "true",
}


def check_list_agencies_summary(value: str) -> ListAgenciesSummary:
    if value in LIST_AGENCIES_SUMMARY_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_AGENCIES_SUMMARY_VALUES!r}"
    )
