from typing import Literal

ListPendingOwnedPagesSummary = Literal["total_count", "true"]

LIST_PENDING_OWNED_PAGES_SUMMARY_VALUES: set[ListPendingOwnedPagesSummary] = {
    "total_count",
    "true",
}


def check_list_pending_owned_pages_summary(value: str) -> ListPendingOwnedPagesSummary:
    if value in LIST_PENDING_OWNED_PAGES_SUMMARY_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_PENDING_OWNED_PAGES_SUMMARY_VALUES!r}"
    )
