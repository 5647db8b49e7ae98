from typing import Literal

LongLivedTokenTokenType = Literal["bearer"]

LONG_LIVED_TOKEN_TOKEN_TYPE_VALUES: set[LongLivedTokenTokenType] = {
    "bearer",
}


def check_long_lived_token_token_type(value: str) -> LongLivedTokenTokenType:
    if value in LONG_LIVED_TOKEN_TOKEN_TYPE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LONG_LIVED_TOKEN_TOKEN_TYPE_VALUES!r}"
    )
