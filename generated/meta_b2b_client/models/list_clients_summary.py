from typing import Literal

ListClientsSummary = Literal["total_count", "true"]

LIST_CLIENTS_SUMMARY_VALUES: set[ListClientsSummary] = {
    "total_count",
    "true",
}


def check_list_clients_summary(value: str) -> ListClientsSummary:
    if value in LIST_CLIENTS_SUMMARY_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_CLIENTS_SUMMARY_VALUES!r}"
    )
