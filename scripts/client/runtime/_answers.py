"""What an answer of Graph's becomes: the result of a call, or the exception that says why it has none."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Generic, TypeVar

import httpx

from ._calls import Call
from ._models import came_with
from ._options import Options
from ._usage import Usage
from .errors import (
    ConnectionFailed,
    GraphError,
    RateLimited,
    TemporaryFailure,
    TimedOut,
    UnexpectedAnswer,
)

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
# (code, subcode or None for any): the exception
Codes = Mapping[tuple[int, int | None], type[GraphError]]
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


class RawResponse(Generic[T_co]):
    """The answer to a call that succeeded, with what came around it.

    Attributes:
        status: HTTP status.
        headers: The answer's headers.
        content: The body as it came. It may hold access tokens.
        retries: How often the call was repeated until it succeeded.
    """

    def __init__(self, result: T_co, response: httpx.Response, retries: int) -> None:
        self._result = result
        self.status, self.content = response.status_code, response.content
        self.headers: Mapping[str, str] = response.headers
        self.retries = retries

    def parse(self) -> T_co:
        """What the method itself returns; of a list, its first page."""
        return self._result

    @property
    def fbtrace_id(self) -> str | None:
        """The id that Meta's support asks for."""
        return self.headers.get("x-fb-trace-id")

    @property
    def usage(self) -> Usage:
        """How much of its limits Graph reported to be used up; empty if it did not say."""
        return Usage.of(self.headers)

    def __repr__(self) -> str:
        return f"<RawResponse {self.status}, retries {self.retries}, fbtrace_id {self.fbtrace_id}>"


def read(call: Call[T], response: httpx.Response, codes: Codes, options: Options) -> T:
    """What the answer holds. Raises GraphError."""
    reason = ""
    if response.is_success:
        try:
            body = response.json()
            if "error" not in body:  # Graph puts failures into a 200, too
                if isinstance(body, dict) and body.get("success") in (False, "false"):
                    raise ValueError("it says that it was not done")
                result = call.read(body)
                came_with(result, response.headers)
                return result
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            reason = f"lacks {error}" if isinstance(error, KeyError) else str(error)
    raise failure(call, response, codes, options, reason)


def failure(
    call: Call[Any], response: httpx.Response, codes: Codes, options: Options, reason: str
) -> GraphError:
    """The exception for an answer that is none of the operation's, because of `reason` if its status is.

    Without Graph's envelope the HTTP status decides: 429 is a rate limit, 500 and above a temporary failure.
    """
    status, headers = response.status_code, response.headers
    usage = Usage.of(headers)
    around: dict[str, Any] = {
        "operation": call.operation,
        "status": status,
        "usage": usage,
        "retry_after": _retry_after(headers, usage),
    }
    error: Any = None
    with suppress(ValueError, TypeError, KeyError, RecursionError):
        error = json.loads(response.text)["error"]
    code = _integer(error.get("code")) if isinstance(error, dict) else None
    kind: type[GraphError] | None = None
    if status == 429:
        kind = RateLimited
    elif status >= 500:
        kind = TemporaryFailure
    if code is None:
        shown = " ".join(response.text.split())[:200]
        text = f"{reason or 'no error code'}: {headers.get('content-type', 'no content type')}: {shown!r}"
        text = options.hide(f"not an answer of Graph's: {text}", call.params)
        return (kind or UnexpectedAnswer)(text, **around)

    def field(name: str) -> str | None:
        value = error.get(name)
        return options.hide(value, call.params) if isinstance(value, str) else None

    subcode = _integer(error.get("error_subcode"))
    is_transient = error.get("is_transient") is True
    if is_transient:
        kind = kind or TemporaryFailure
    kind = codes.get((code, subcode)) or codes.get((code, None)) or kind or GraphError
    return kind(
        field("message") or "Graph gives no message",
        code=code,
        subcode=subcode,
        type=field("type"),
        user_title=field("error_user_title"),
        user_message=field("error_user_msg"),
        fbtrace_id=field("fbtrace_id"),
        is_transient=is_transient,
        **around,
    )


def _integer(value: Any) -> int | None:
    """The number if it is whole; in JSON, 1.0 is as well."""
    return int(value) if type(value) in (int, float) and value == value // 1 else None


def no_answer(call: Call[Any], error: httpx.RequestError, options: Options) -> GraphError:
    """The exception for a call without an answer. Raise it without `error` as its cause: that holds the token."""
    if isinstance(error, httpx.DecodingError):
        return UnexpectedAnswer(options.hide(str(error), call.params), operation=call.operation)
    kind = TimedOut if isinstance(error, httpx.TimeoutException) else ConnectionFailed
    text = f"{options.base_url}{call.path}: {type(error).__name__} {error}".strip()
    failed = kind(options.hide(text, call.params), operation=call.operation)
    failed.may_have_been_sent = not isinstance(error, NOT_SENT)
    return failed


def _retry_after(headers: Mapping[str, str], usage: Usage) -> float | None:
    """Seconds to wait: the longest that Retry-After (seconds, or a date) and the usage (minutes) say."""
    waits = [60.0 * usage.minutes_to_wait]
    text = headers.get("retry-after", "")
    if text.isascii() and text.isdecimal():
        waits.append(float(text))
    elif text:
        with suppress(ValueError, TypeError):  # not a date, or one without a zone
            waits.append((parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    return max((wait for wait in waits if wait > 0), default=None)
