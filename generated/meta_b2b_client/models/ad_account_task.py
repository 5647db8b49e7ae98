from typing import Literal

AdAccountTask = Literal["AA_ANALYZE", "ADVERTISE", "ANALYZE", "DRAFT", "MANAGE"]

AD_ACCOUNT_TASK_VALUES: set[AdAccountTask] = {
    "AA_ANALYZE",
    "ADVERTISE",
    "ANALYZE",
    "DRAFT",
    "MANAGE",
}


def check_ad_account_task(value: str) -> AdAccountTask:
    if value in AD_ACCOUNT_TASK_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {AD_ACCOUNT_TASK_VALUES!r}"
    )
