from typing import Literal

StaffRole = Literal["ADMIN", "EMPLOYEE"]

STAFF_ROLE_VALUES: set[StaffRole] = {
    "ADMIN",
    "EMPLOYEE",
}


def check_staff_role(value: str) -> StaffRole:
    if value in STAFF_ROLE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {STAFF_ROLE_VALUES!r}"
    )
