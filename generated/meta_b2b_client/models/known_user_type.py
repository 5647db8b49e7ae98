from typing import Literal

KnownUserType = Literal["business_user", "system_user"]

KNOWN_USER_TYPE_VALUES: set[KnownUserType] = {
    "business_user",
    "system_user",
}


def check_known_user_type(value: str) -> KnownUserType:
    if value in KNOWN_USER_TYPE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {KNOWN_USER_TYPE_VALUES!r}"
    )
