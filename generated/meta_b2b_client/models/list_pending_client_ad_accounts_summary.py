from typing import Literal

ListPendingClientAdAccountsSummary = Literal["total_count", "true"]

LIST_PENDING_CLIENT_AD_ACCOUNTS_SUMMARY_VALUES: set[
    ListPendingClientAdAccountsSummary
] = {
    "total_count",
    "true",
}


def check_list_pending_client_ad_accounts_summary(
    value: str,
) -> ListPendingClientAdAccountsSummary:
    if value in LIST_PENDING_CLIENT_AD_ACCOUNTS_SUMMARY_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_PENDING_CLIENT_AD_ACCOUNTS_SUMMARY_VALUES!r}"
    )
