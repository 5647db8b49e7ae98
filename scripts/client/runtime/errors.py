"""What calls raise: `GraphError` or one of its subclasses, and ValueError for an argument that cannot be sent."""

from ._usage import Usage


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
        usage: How much of its limits Graph reported to be used up with this answer; empty if it did not say.
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
        usage: Usage | None = None,
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
        self.usage = usage or Usage()

    def __str__(self) -> str:
        known = {
            "code": self.code,
            "subcode": self.subcode,
            "HTTP status": self.status,
            "retry after seconds": self.retry_after,
            "fbtrace_id": self.fbtrace_id,
        }
        details = ", ".join(f"{name} {value}" for name, value in known.items() if value is not None)
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
]
