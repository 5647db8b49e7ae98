from typing import Literal

KnownAccessStatus = Literal["CLIENT_RESPONSE_PENDING", "CONFIRMED", "PENDING"]

KNOWN_ACCESS_STATUS_VALUES: set[KnownAccessStatus] = {
    "CLIENT_RESPONSE_PENDING",
    "CONFIRMED",
    "PENDING",
}


def check_known_access_status(value: str) -> KnownAccessStatus:
    if value in KNOWN_ACCESS_STATUS_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {KNOWN_ACCESS_STATUS_VALUES!r}"
    )
