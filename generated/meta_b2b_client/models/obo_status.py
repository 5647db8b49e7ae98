from typing import Literal

OboStatus = Literal[
    "APPROVE",
    "CANCELED",
    "DECLINE",
    "EXPIRED",
    "IN_PROGRESS",
    "MMA_DIRECT_ASSETS_APPROVED",
    "MMA_DIRECT_ASSETS_DECLINED",
    "MMA_DIRECT_ASSETS_EXPIRED",
    "MMA_DIRECT_ASSETS_PENDING",
    "PENDING",
    "PENDING_EMAIL_VERIFICATION",
    "PENDING_INTEGRITY_REVIEW",
]

OBO_STATUS_VALUES: set[OboStatus] = {
    "APPROVE",
    "CANCELED",
    "DECLINE",
    "EXPIRED",
    "IN_PROGRESS",
    "MMA_DIRECT_ASSETS_APPROVED",
    "MMA_DIRECT_ASSETS_DECLINED",
    "MMA_DIRECT_ASSETS_EXPIRED",
    "MMA_DIRECT_ASSETS_PENDING",
    "PENDING",
    "PENDING_EMAIL_VERIFICATION",
    "PENDING_INTEGRITY_REVIEW",
}


def check_obo_status(value: str) -> OboStatus:
    if value in OBO_STATUS_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {OBO_STATUS_VALUES!r}"
    )
