from typing import Literal

ListPendingClientPagesSummary = Literal["total_count", "true"]

LIST_PENDING_CLIENT_PAGES_SUMMARY_VALUES: set[ListPendingClientPagesSummary] = {
    "total_count",
    "true",
}


def check_list_pending_client_pages_summary(
    value: str,
) -> ListPendingClientPagesSummary:
    if value in LIST_PENDING_CLIENT_PAGES_SUMMARY_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_PENDING_CLIENT_PAGES_SUMMARY_VALUES!r}"
    )
