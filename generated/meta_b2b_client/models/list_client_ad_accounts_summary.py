from typing import Literal

ListClientAdAccountsSummary = Literal["total_count", "true"]

LIST_CLIENT_AD_ACCOUNTS_SUMMARY_VALUES: set[ListClientAdAccountsSummary] = {
    "total_count",
    "true",
}


def check_list_client_ad_accounts_summary(value: str) -> ListClientAdAccountsSummary:
    if value in LIST_CLIENT_AD_ACCOUNTS_SUMMARY_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_CLIENT_AD_ACCOUNTS_SUMMARY_VALUES!r}"
    )
