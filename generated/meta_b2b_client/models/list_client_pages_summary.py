from typing import Literal

ListClientPagesSummary = Literal["total_count", "true"]

LIST_CLIENT_PAGES_SUMMARY_VALUES: set[ListClientPagesSummary] = {
    "total_count",
    "true",
}


def check_list_client_pages_summary(value: str) -> ListClientPagesSummary:
    if value in LIST_CLIENT_PAGES_SUMMARY_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_CLIENT_PAGES_SUMMARY_VALUES!r}"
    )
