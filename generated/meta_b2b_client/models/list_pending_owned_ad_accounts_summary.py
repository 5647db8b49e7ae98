from typing import Literal

ListPendingOwnedAdAccountsSummary = Literal["total_count", "true"]

LIST_PENDING_OWNED_AD_ACCOUNTS_SUMMARY_VALUES: set[
    ListPendingOwnedAdAccountsSummary
] = {
    "total_count",
    "true",
}


def check_list_pending_owned_ad_accounts_summary(
    value: str,
) -> ListPendingOwnedAdAccountsSummary:
    if value in LIST_PENDING_OWNED_AD_ACCOUNTS_SUMMARY_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_PENDING_OWNED_AD_ACCOUNTS_SUMMARY_VALUES!r}"
    )
