from typing import Literal

KnownPermissionStatus = Literal["declined", "expired", "granted"]

KNOWN_PERMISSION_STATUS_VALUES: set[KnownPermissionStatus] = {
    "declined",
    "expired",
    "granted",
}


def check_known_permission_status(value: str) -> KnownPermissionStatus:
    if value in KNOWN_PERMISSION_STATUS_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {KNOWN_PERMISSION_STATUS_VALUES!r}"
    )
