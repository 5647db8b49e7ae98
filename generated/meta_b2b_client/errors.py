"""What calls raise. `B2BClient` raises `GraphError` or one of its subclasses, and ValueError for an argument that
cannot be sent."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any


class UnexpectedStatus(Exception):
    """Raised by the plain functions for a status that is not documented, if Client.raise_on_unexpected_status is True"""

    def __init__(self, status_code: int, content: bytes):
        self.status_code = status_code
        self.content = content

        super().__init__(
            f"Unexpected status code: {status_code}\n\nResponse content:\n{content.decode(errors='ignore')}"
        )


class GraphError(Exception):
    """A call failed. The base of all the exceptions below, and the class of what none of them describes.

    Attributes:
        message: What went wrong, for developers.
        operation: Name of the method that failed.
        status: HTTP status of the answer; None if there was no answer. It says less than `code`.
        code: Graph's number of what went wrong; None if the answer did not come from Graph, or there was none.
        subcode: A finer number.
        type: Graph's class of the error, for example OAuthException.
        user_title: A title for the user, in the user's language.
        user_message: A message for the user, in the user's language.
        fbtrace_id: The id that Meta's support asks for.
        is_transient: Whether Graph says that the same call may succeed later.
        retry_after: Seconds that the server asks to wait before the next call; None if it does not say.
    """

    def __init__(
        self,
        message: str,
        *,
        operation: str = "",
        status: int | None = None,
        code: int | None = None,
        subcode: int | None = None,
        type: str | None = None,
        user_title: str | None = None,
        user_message: str | None = None,
        fbtrace_id: str | None = None,
        is_transient: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.operation = operation
        self.status = status
        self.code = code
        self.subcode = subcode
        self.type = type
        self.user_title = user_title
        self.user_message = user_message
        self.fbtrace_id = fbtrace_id
        self.is_transient = is_transient
        self.retry_after = retry_after

    def __str__(self) -> str:
        known = {
            "code": self.code,
            "subcode": self.subcode,
            "HTTP status": self.status,
            "retry after seconds": self.retry_after,
            "fbtrace_id": self.fbtrace_id,
        }
        details = ", ".join(
            f"{name} {value}" for name, value in known.items() if value is not None
        )
        text = f"{self.operation}: {self.message}" if self.operation else self.message
        return f"{text} ({details})" if details else text


class AuthenticationFailed(GraphError):
    """The access token is missing, invalid, expired or of the wrong kind."""


class PermissionDenied(GraphError):
    """The token, its business or the app may not do this."""


class RateLimited(GraphError):
    """Too many calls; `retry_after` says how many seconds to wait, if the server did."""


class InvalidParameter(GraphError):
    """An argument is wrong, or does not go with what is there already."""


class NotFound(GraphError):
    """There is no such object or call, or the token may not see it."""


class TemporaryFailure(GraphError):
    """The server failed; the same call may succeed later."""


class ConnectionFailed(GraphError):
    """There was no answer. `may_have_been_sent` says whether the server may have carried the call out."""

    may_have_been_sent = True


class TimedOut(ConnectionFailed):
    """There was no answer in time."""


class UnexpectedAnswer(GraphError):
    """The answer is not JSON, not Graph's envelope of an error, or not what the document says."""


# (code, subcode or None for any): the exception
CODES: dict[tuple[int, int | None], type[GraphError]] = {
    (1, None): TemporaryFailure,  # Unknown error
    (2, None): TemporaryFailure,  # Service unavailable
    (3, None): PermissionDenied,  # The app may not make this call
    (4, None): RateLimited,  # Limit of the app reached
    (10, None): PermissionDenied,  # Permission denied
    (17, None): RateLimited,  # Limit of the user reached
    (32, None): RateLimited,  # Limit of the Page reached
    (100, 33): NotFound,  # Unknown id, no permission, or no such call on this object
    (100, None): InvalidParameter,  # Invalid parameter
    (104, None): AuthenticationFailed,  # No access token
    (
        190,
        None,
    ): AuthenticationFailed,  # Access token invalid, expired or of the wrong kind
    (200, None): PermissionDenied,  # Permission error
    (270, None): PermissionDenied,  # The app has development access only
    (368, None): PermissionDenied,  # Blocked as abusive
    (415, None): PermissionDenied,  # The asset demands two-factor authentication
    (452, None): AuthenticationFailed,  # The session of the token is invalid
    (613, None): RateLimited,  # A custom limit reached
    (803, None): NotFound,  # Unknown alias
    (2500, None): NotFound,  # Unknown path, or `fields` that cannot be read
    (
        2620,
        None,
    ): InvalidParameter,  # The tasks on the ad account cannot be changed like this
    (3919, None): TemporaryFailure,  # Unexpected technical issue
    (3936, None): InvalidParameter,  # Access was already asked for
    (3944, None): InvalidParameter,  # The business has access already
    (3946, None): InvalidParameter,  # The asset belongs to this business
    (3989, None): InvalidParameter,  # Access was already granted
    (3996, None): NotFound,  # The Page does not belong to this business
    (42004, None): InvalidParameter,  # The business of a client could not be made
    (80001, None): RateLimited,  # Limit of the Page use case reached
    (80004, None): RateLimited,  # Limit of the ad account use case reached
}


def failure(
    operation: str,
    status: int,
    headers: Mapping[str, str],
    text: str,
    hide: Callable[[str], str],
    reason: str,
) -> GraphError:
    """The exception for an answer that the operation does not have, because of `reason` if its status is.

    `hide` takes secrets out of a text.

    Without Graph's envelope the HTTP status decides: 429 is a rate limit, 500 and above a temporary failure.
    """
    error: Any = None
    try:
        error = json.loads(text)["error"]
    except (ValueError, TypeError, KeyError, RecursionError):
        pass
    code = error.get("code") if isinstance(error, dict) else None
    kind: type[GraphError] | None = None
    if status == 429:
        kind = RateLimited
    elif status >= 500:
        kind = TemporaryFailure
    if type(code) is not int:
        shown = " ".join(text.split())[:200]
        content_type = headers.get("content-type", "no content type")
        return (kind or UnexpectedAnswer)(
            hide(
                f"not an answer of Graph's: {reason or 'no error code'}: {content_type}: {shown!r}"
            ),
            operation=operation,
            status=status,
            retry_after=_retry_after(headers),
        )

    def field(name: str) -> str | None:
        value = error.get(name)
        return hide(value) if isinstance(value, str) else None

    subcode = error.get("error_subcode")
    subcode = subcode if type(subcode) is int else None
    is_transient = error.get("is_transient") is True
    if is_transient:
        kind = kind or TemporaryFailure
    kind = CODES.get((code, subcode)) or CODES.get((code, None)) or kind or GraphError
    return kind(
        field("message") or "Graph gives no message",
        operation=operation,
        status=status,
        code=code,
        subcode=subcode,
        type=field("type"),
        user_title=field("error_user_title"),
        user_message=field("error_user_msg"),
        fbtrace_id=field("fbtrace_id"),
        is_transient=is_transient,
        retry_after=_retry_after(headers),
    )


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait: the longest that Retry-After (seconds, or a date) and x-business-use-case-usage (minutes) say."""
    waits: list[float] = []
    text = headers.get("retry-after", "")
    if text.isascii() and text.isdecimal():
        waits.append(float(text))
    elif text:
        try:
            waits.append(
                (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds()
            )
        except (ValueError, TypeError):
            pass  # not a date, or one without a zone
    try:
        usage = json.loads(headers.get("x-business-use-case-usage", "{}"))
        waits += [
            60.0 * use.get("estimated_time_to_regain_access", 0)
            for uses in usage.values()
            for use in uses
        ]
    except (ValueError, TypeError, KeyError, AttributeError):
        pass  # not what Meta's guide to rate limits says
    return max((wait for wait in waits if wait > 0), default=None)


__all__ = [
    "AuthenticationFailed",
    "ConnectionFailed",
    "GraphError",
    "InvalidParameter",
    "NotFound",
    "PermissionDenied",
    "RateLimited",
    "TemporaryFailure",
    "TimedOut",
    "UnexpectedAnswer",
    "UnexpectedStatus",
]
