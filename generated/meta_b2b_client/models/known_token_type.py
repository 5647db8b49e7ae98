from typing import Literal

KnownTokenType = Literal["APP", "PAGE", "SYSTEM_USER", "USER"]

KNOWN_TOKEN_TYPE_VALUES: set[KnownTokenType] = {
    "APP",
    "PAGE",
    "SYSTEM_USER",
    "USER",
}


def check_known_token_type(value: str) -> KnownTokenType:
    if value in KNOWN_TOKEN_TYPE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {KNOWN_TOKEN_TYPE_VALUES!r}"
    )
