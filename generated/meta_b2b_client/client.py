import hmac
import logging
import re
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from types import TracebackType
from typing import Any, Generic, NamedTuple, Protocol, Self, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
from attrs import define, evolve, field
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    Retrying,
    stop_after_attempt,
    stop_before_delay,
    wait_exponential_jitter,
)

from .errors import (
    ConnectionFailed,
    GraphError,
    RateLimited,
    TemporaryFailure,
    TimedOut,
    UnexpectedAnswer,
    failure,
)


def _check_token(_client: Any, _attribute: Any, token: str) -> None:
    """Raises ValueError, without the token in its text, for a token that no header can carry."""
    if not token or not all("!" <= character <= "~" for character in token):
        raise ValueError(
            "The token must be printable ASCII without spaces or line breaks, and not empty"
        )


@define
class Client:
    """A class for keeping track of data related to the API

    The following are accepted as keyword arguments and will be used to construct httpx Clients internally:

        ``base_url``: The base URL for the API, all requests are made to a relative path to this URL

        ``cookies``: A dictionary of cookies to be sent with every request

        ``headers``: A dictionary of headers to be sent with every request

        ``timeout``: The maximum amount of a time a request can take. API functions will raise
        httpx.TimeoutException if this is exceeded. The default is 60 seconds; None waits for ever.

        ``verify_ssl``: Whether or not to verify the SSL certificate of the API server. This should be True in production,
        but can be set to False for testing purposes.

        ``follow_redirects``: Whether or not to follow redirects. Default value is False.

        ``httpx_args``: A dictionary of additional arguments to be passed to the ``httpx.Client`` and ``httpx.AsyncClient`` constructor.


    Attributes:
        raise_on_unexpected_status: Whether or not to raise an errors.UnexpectedStatus if the API returns a
            status code that was not documented in the source OpenAPI document. Can also be provided as a keyword
            argument to the constructor.
    """

    raise_on_unexpected_status: bool = field(default=False, kw_only=True)
    _base_url: str = field(alias="base_url")
    _cookies: dict[str, str] = field(
        factory=dict, repr=False, kw_only=True, alias="cookies"
    )
    _headers: dict[str, str] = field(
        factory=dict, repr=False, kw_only=True, alias="headers"
    )
    _timeout: httpx.Timeout | None = field(
        default=httpx.Timeout(60), kw_only=True, alias="timeout"
    )
    _verify_ssl: str | bool | ssl.SSLContext = field(
        default=True, kw_only=True, alias="verify_ssl"
    )
    _follow_redirects: bool = field(
        default=False, kw_only=True, alias="follow_redirects"
    )
    _httpx_args: dict[str, Any] = field(
        factory=dict, repr=False, kw_only=True, alias="httpx_args"
    )
    _client: httpx.Client | None = field(default=None, init=False)
    _async_client: httpx.AsyncClient | None = field(default=None, init=False)

    def with_headers(self, headers: dict[str, str]) -> "Client":
        """Get a new client matching this one with additional headers"""
        if self._client is not None:
            self._client.headers.update(headers)
        if self._async_client is not None:
            self._async_client.headers.update(headers)
        return evolve(self, headers={**self._headers, **headers})

    def with_cookies(self, cookies: dict[str, str]) -> "Client":
        """Get a new client matching this one with additional cookies"""
        if self._client is not None:
            self._client.cookies.update(cookies)
        if self._async_client is not None:
            self._async_client.cookies.update(cookies)
        return evolve(self, cookies={**self._cookies, **cookies})

    def with_timeout(self, timeout: httpx.Timeout) -> "Client":
        """Get a new client matching this one with a new timeout configuration"""
        if self._client is not None:
            self._client.timeout = timeout
        if self._async_client is not None:
            self._async_client.timeout = timeout
        return evolve(self, timeout=timeout)

    def set_httpx_client(self, client: httpx.Client) -> Self:
        """Manually set the underlying httpx.Client

        **NOTE**: This will override any other settings on the client, including cookies, headers, and timeout.
        """
        self._client = client
        return self

    def get_httpx_client(self) -> httpx.Client:
        """Get the underlying httpx.Client, constructing a new one if not previously set"""
        if self._client is None:
            self._client = httpx.Client(
                base_url=self._base_url,
                cookies=self._cookies,
                headers=self._headers,
                timeout=self._timeout,
                verify=self._verify_ssl,
                follow_redirects=self._follow_redirects,
                **self._httpx_args,
            )
        return self._client

    def __enter__(self) -> Self:
        """Enter a context manager for self.client—you cannot enter twice (see httpx docs)"""
        self.get_httpx_client().__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Exit a context manager for internal httpx.Client (see httpx docs)"""
        self.get_httpx_client().__exit__(kind, error, trace)

    def set_async_httpx_client(self, async_client: httpx.AsyncClient) -> Self:
        """Manually set the underlying httpx.AsyncClient

        **NOTE**: This will override any other settings on the client, including cookies, headers, and timeout.
        """
        self._async_client = async_client
        return self

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        """Get the underlying httpx.AsyncClient, constructing a new one if not previously set"""
        if self._async_client is None:
            self._async_client = httpx.AsyncClient(
                base_url=self._base_url,
                cookies=self._cookies,
                headers=self._headers,
                timeout=self._timeout,
                verify=self._verify_ssl,
                follow_redirects=self._follow_redirects,
                **self._httpx_args,
            )
        return self._async_client

    async def __aenter__(self) -> Self:
        """Enter a context manager for underlying httpx.AsyncClient—you cannot enter twice (see httpx docs)"""
        await self.get_async_httpx_client().__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Exit a context manager for underlying httpx.AsyncClient (see httpx docs)"""
        await self.get_async_httpx_client().__aexit__(kind, error, trace)


@define
class AuthenticatedClient:
    """A Client which has been authenticated for use on secured endpoints

    The following are accepted as keyword arguments and will be used to construct httpx Clients internally:

        ``base_url``: The base URL for the API, all requests are made to a relative path to this URL

        ``cookies``: A dictionary of cookies to be sent with every request

        ``headers``: A dictionary of headers to be sent with every request

        ``timeout``: The maximum amount of a time a request can take. API functions will raise
        httpx.TimeoutException if this is exceeded. The default is 60 seconds; None waits for ever.

        ``verify_ssl``: Whether or not to verify the SSL certificate of the API server. This should be True in production,
        but can be set to False for testing purposes.

        ``follow_redirects``: Whether or not to follow redirects. Default value is False.

        ``httpx_args``: A dictionary of additional arguments to be passed to the ``httpx.Client`` and ``httpx.AsyncClient`` constructor.


    Attributes:
        raise_on_unexpected_status: Whether or not to raise an errors.UnexpectedStatus if the API returns a
            status code that was not documented in the source OpenAPI document. Can also be provided as a keyword
            argument to the constructor.
        token: The token to use for authentication; printable ASCII without spaces, or a ValueError is raised
        prefix: The prefix to use for the Authorization header
        auth_header_name: The name of the Authorization header
    """

    raise_on_unexpected_status: bool = field(default=False, kw_only=True)
    _base_url: str = field(alias="base_url")
    _cookies: dict[str, str] = field(
        factory=dict, repr=False, kw_only=True, alias="cookies"
    )
    _headers: dict[str, str] = field(
        factory=dict, repr=False, kw_only=True, alias="headers"
    )
    _timeout: httpx.Timeout | None = field(
        default=httpx.Timeout(60), kw_only=True, alias="timeout"
    )
    _verify_ssl: str | bool | ssl.SSLContext = field(
        default=True, kw_only=True, alias="verify_ssl"
    )
    _follow_redirects: bool = field(
        default=False, kw_only=True, alias="follow_redirects"
    )
    _httpx_args: dict[str, Any] = field(
        factory=dict, repr=False, kw_only=True, alias="httpx_args"
    )
    _client: httpx.Client | None = field(default=None, init=False)
    _async_client: httpx.AsyncClient | None = field(default=None, init=False)

    token: str = field(repr=False, validator=_check_token)
    prefix: str = "Bearer"
    auth_header_name: str = "Authorization"

    def with_headers(self, headers: dict[str, str]) -> "AuthenticatedClient":
        """Get a new client matching this one with additional headers"""
        if self._client is not None:
            self._client.headers.update(headers)
        if self._async_client is not None:
            self._async_client.headers.update(headers)
        return evolve(self, headers={**self._headers, **headers})

    def with_cookies(self, cookies: dict[str, str]) -> "AuthenticatedClient":
        """Get a new client matching this one with additional cookies"""
        if self._client is not None:
            self._client.cookies.update(cookies)
        if self._async_client is not None:
            self._async_client.cookies.update(cookies)
        return evolve(self, cookies={**self._cookies, **cookies})

    def with_timeout(self, timeout: httpx.Timeout) -> "AuthenticatedClient":
        """Get a new client matching this one with a new timeout configuration"""
        if self._client is not None:
            self._client.timeout = timeout
        if self._async_client is not None:
            self._async_client.timeout = timeout
        return evolve(self, timeout=timeout)

    def set_httpx_client(self, client: httpx.Client) -> Self:
        """Manually set the underlying httpx.Client

        **NOTE**: This will override any other settings on the client, including cookies, headers, and timeout.
        """
        self._client = client
        return self

    def get_httpx_client(self) -> httpx.Client:
        """Get the underlying httpx.Client, constructing a new one if not previously set"""
        if self._client is None:
            self._headers[self.auth_header_name] = (
                f"{self.prefix} {self.token}" if self.prefix else self.token
            )
            self._client = httpx.Client(
                base_url=self._base_url,
                cookies=self._cookies,
                headers=self._headers,
                timeout=self._timeout,
                verify=self._verify_ssl,
                follow_redirects=self._follow_redirects,
                **self._httpx_args,
            )
        return self._client

    def __enter__(self) -> Self:
        """Enter a context manager for self.client—you cannot enter twice (see httpx docs)"""
        self.get_httpx_client().__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Exit a context manager for internal httpx.Client (see httpx docs)"""
        self.get_httpx_client().__exit__(kind, error, trace)

    def set_async_httpx_client(self, async_client: httpx.AsyncClient) -> Self:
        """Manually set the underlying httpx.AsyncClient

        **NOTE**: This will override any other settings on the client, including cookies, headers, and timeout.
        """
        self._async_client = async_client
        return self

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        """Get the underlying httpx.AsyncClient, constructing a new one if not previously set"""
        if self._async_client is None:
            self._headers[self.auth_header_name] = (
                f"{self.prefix} {self.token}" if self.prefix else self.token
            )
            self._async_client = httpx.AsyncClient(
                base_url=self._base_url,
                cookies=self._cookies,
                headers=self._headers,
                timeout=self._timeout,
                verify=self._verify_ssl,
                follow_redirects=self._follow_redirects,
                **self._httpx_args,
            )
        return self._async_client

    async def __aenter__(self) -> Self:
        """Enter a context manager for underlying httpx.AsyncClient—you cannot enter twice (see httpx docs)"""
        await self.get_async_httpx_client().__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Exit a context manager for underlying httpx.AsyncClient (see httpx docs)"""
        await self.get_async_httpx_client().__aexit__(kind, error, trace)


Answer = TypeVar("Answer")
Item = TypeVar("Item")
Page = TypeVar("Page", bound="HasData")

IDEMPOTENT = ("get", "put", "delete")
# How a page leads to another: its direction, and the address that is there if there is another page.
LINKS = {"after": "next", "before": "previous"}
SECRETS = (
    "access_token",
    "appsecret_proof",
    "client_secret",
    "fb_exchange_token",
    "input_token",
)
# Answers hold tokens, such as those of Pages; a cut text may end in one.
TOKEN_IN_ANSWER = re.compile(r'("access_token"\s*:\s*")[^"]*')
SECRET_IN_ADDRESS = re.compile(rf"([?&](?:{'|'.join(SECRETS)})=)[^&]*")


def _without_secrets(record: logging.LogRecord) -> bool:
    """Takes secrets out of the addresses that httpx logs: where Graph wants one in the query, it is in them."""
    if isinstance(record.args, tuple):
        record.args = tuple(
            SECRET_IN_ADDRESS.sub(r"\1[secret]", str(value))
            if isinstance(value, httpx.URL)
            else value
            for value in record.args
        )
    return True


logging.getLogger("httpx").addFilter(_without_secrets)


class HasData(Protocol):
    """A page: the model of an answer whose entries are in `data`."""

    data: list[Any]


class Call(NamedTuple, Generic[Answer]):
    """One call: the operation's name, the arguments of httpx's request(), and how to read the JSON that answers it."""

    operation: str
    request: dict[str, Any]
    read: Callable[[dict[str, Any]], Answer]


def given(**arguments: Any) -> dict[str, Any]:
    """The arguments that are not None."""
    return {name: value for name, value in arguments.items() if value is not None}


def _is_found_nowhere_else(secret: str | None) -> bool:
    """Made-up tokens of a few letters would be found in every word."""
    return secret is not None and len(secret) > 6


class _Settings:
    """What both clients have in common."""

    def __init__(
        self,
        access_token: str,
        *,
        app_secret: str | None = None,
        base_url: str = "https://graph.facebook.com/v26.0",
        timeout: float | httpx.Timeout | None = 30.0,
        verify: bool | ssl.SSLContext = True,
        max_retries: int = 3,
        max_seconds: float = 120.0,
    ) -> None:
        """
        Args:
            access_token: Sent in the `Authorization` header, and nowhere else.
            app_secret: The secret of the token's app. If given, each call carries `appsecret_proof`, which proves
                that it comes from the app.
            base_url: Another server than Meta's, with the version: `http://127.0.0.1:4010/v26.0`.
            timeout: Seconds that connecting, and each wait for the server, may take. None waits for ever.
            verify: Whether to verify the server's certificate, or an SSLContext that says how.
            max_retries: How often a call is repeated after a failure that may pass: no connection, a rate limit, a
                temporary failure. A POST is not repeated when the server may have carried it out.
            max_seconds: No repetition begins later than so many seconds after the first failure. Waits that the
                server asks for are kept; one that goes beyond this raises the failure at once.

        Raises:
            ValueError: The token or the address cannot be used.
        """
        if not base_url.startswith(("https://", "http://")):
            raise ValueError(
                f"base_url must begin with https:// or http://, unlike {base_url!r}"
            )
        proof = (
            app_secret
            and hmac.new(
                app_secret.encode(), access_token.encode(), "sha256"
            ).hexdigest()
        )
        self._secrets = [
            *filter(_is_found_nowhere_else, (access_token, app_secret, proof))
        ]
        #: For the plain functions of `meta_b2b_client.api`, with the same settings; these do not repeat calls.
        self.client = AuthenticatedClient(
            base_url,
            access_token,
            timeout=timeout
            if isinstance(timeout, httpx.Timeout)
            else httpx.Timeout(timeout),
            verify_ssl=verify,
            httpx_args={"params": {"appsecret_proof": proof}} if proof else {},
        )
        self._retries: dict[str, Any] = {
            "stop": stop_after_attempt(max_retries + 1)
            | stop_before_delay(max_seconds),
            "wait": _wait,
            "retry": _may_be_repeated,
            "reraise": True,
        }
        self._open()

    def _open(self) -> None:
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self.client._base_url!r})"

    def _hide(self, call: Call[Any], text: str) -> str:
        given = (call.request.get("params", {}).get(name) for name in SECRETS)
        for secret in [*self._secrets, *filter(_is_found_nowhere_else, given)]:
            text = text.replace(secret, "[secret]")
        return TOKEN_IN_ANSWER.sub(r"\1[secret]", text)

    def _read(self, call: Call[Answer], response: httpx.Response) -> Answer:
        """What the answer holds. Raises GraphError."""
        reason = ""
        if response.is_success:
            try:
                body = response.json()
                if "error" not in body:  # Graph puts failures into a 200, too
                    if body.get("success") in (False, "false"):
                        raise ValueError("it says that it was not done")
                    return call.read(body)
            except (
                ValueError,
                TypeError,
                KeyError,
                AttributeError,
                RecursionError,
            ) as error:
                reason = f"lacks {error}" if isinstance(error, KeyError) else str(error)
        raise failure(
            call.operation,
            response.status_code,
            response.headers,
            response.text,
            lambda text: self._hide(call, text),
            reason,
        )

    def _no_answer(self, call: Call[Any], error: httpx.RequestError) -> GraphError:
        """The exception for a call without an answer. Without `error` as its cause: that holds the token."""
        if isinstance(error, httpx.DecodingError):
            return UnexpectedAnswer(
                self._hide(call, str(error)), operation=call.operation
            )
        kind = (
            TimedOut if isinstance(error, httpx.TimeoutException) else ConnectionFailed
        )
        url = f"{self.client._base_url}{call.request['url']}"
        failed = kind(
            self._hide(call, f"{url}: {type(error).__name__} {error}".strip()),
            operation=call.operation,
        )
        failed.may_have_been_sent = not isinstance(
            error,
            (
                httpx.ConnectError,
                httpx.ConnectTimeout,
                httpx.PoolTimeout,
                httpx.ProxyError,
            ),
        )
        return failed


def _may_be_repeated(state: RetryCallState) -> bool:
    """Whether the call that `_send` made may be made again, and the failure may pass."""
    error = state.outcome.exception() if state.outcome else None
    if not isinstance(error, GraphError):
        return False
    if isinstance(error, RateLimited):  # it was refused
        return True
    may_have_been_done = (
        not isinstance(error, ConnectionFailed) or error.may_have_been_sent
    )
    if may_have_been_done and state.args[0].request["method"] not in IDEMPOTENT:
        return False
    return (
        isinstance(error, (ConnectionFailed, TemporaryFailure))
        or error.is_transient
        or (error.status or 0) >= 500
    )


_growing = wait_exponential_jitter(max=30)  # seconds: 1 to 2, 2 to 3, 4 to 5, …


def _wait(state: RetryCallState) -> float:
    """Seconds until the next attempt: as long as the server asks for, or longer each time."""
    error = state.outcome.exception() if state.outcome else None
    return (isinstance(error, GraphError) and error.retry_after) or _growing(state)


def _page_reader(
    read: Callable[[dict[str, Any]], Page], direction: str
) -> Callable[[dict[str, Any]], tuple[Page, str | None]]:
    """Reads a page, and the cursor that leads on; None on the last page.

    The address in `next` only tells that there is another page. It is not called: it holds the token, and may be on
    any host. For the same reason the token does not stay in it.
    """

    def read_page(body: dict[str, Any]) -> tuple[Page, str | None]:
        paging = body.get("paging") or {}
        cursor = None
        if link := paging.get(LINKS[direction]):
            query = dict(parse_qsl(urlsplit(link).query))
            cursor = (paging.get("cursors") or {}).get(direction) or query.get(
                direction
            )
            if not isinstance(cursor, str):
                raise ValueError(f"paging has {LINKS[direction]}, but no cursor")
        for name in LINKS.values():
            if link := paging.get(name):
                parts = urlsplit(link)
                query = {
                    key: value
                    for key, value in parse_qsl(parts.query)
                    if key not in SECRETS
                }
                paging[name] = parts._replace(query=urlencode(query)).geturl()
        return read(body), cursor

    return read_page


def _total_count(body: dict[str, Any]) -> int:
    return int(body["summary"]["total_count"])


class Calls(_Settings):
    """Sends calls, and repeats them."""

    def _open(self) -> None:
        self._http = self.client.get_httpx_client()
        self._retrying = Retrying(**self._retries)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _send(self, call: Call[Answer]) -> Answer:
        """Make the call, and make it again where that may help. Raises GraphError."""
        try:
            return self._send_once(call)
        except GraphError as error:
            failures = [error]

        def again(call: Call[Answer]) -> Answer:
            if failures:
                raise failures.pop()
            return self._send_once(call)

        # Only now, because tenacity takes as long as all else here. Its first attempt is the one above.
        answer: Answer = self._retrying(again, call)
        return answer

    def _send_once(self, call: Call[Answer]) -> Answer:
        try:
            response = self._http.request(**call.request)
        except httpx.RequestError as error:
            failed = self._no_answer(call, error)
        else:
            return self._read(call, response)
        raise failed  # here, where httpx's exception is not its context


class Items(Generic[Item, Page]):
    """The entries of a list: `for entry in items`. Nothing is sent before; each iteration starts anew.

    Pages are fetched as they are needed. An empty page does not end the list, but a cursor that leads back to a page
    that was there already raises UnexpectedAnswer.
    """

    def __init__(
        self,
        calls: Calls,
        call: Call[Page],
        max_items: int | None,
        count: dict[str, Any] | None = None,
    ) -> None:
        if max_items is not None and max_items < 0:
            raise ValueError(f"max_items must not be negative, unlike {max_items}")
        self._calls, self._call, self._max_items, self._count = (
            calls,
            call,
            max_items,
            count or {},
        )

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._call.operation}>"

    def __iter__(self) -> Iterator[Item]:
        left = self._max_items
        for page in self.pages():
            yield from page.data[:left]
            if left is not None:
                left -= len(page.data)

    def pages(self) -> Iterator[Page]:
        """Whole pages, until `max_items` entries are fetched: `for page in items.pages()`."""
        left, params = self._max_items, self._call.request.get("params", {})
        direction = (
            "before" if "before" in params and "after" not in params else "after"
        )
        read = _page_reader(self._call.read, direction)
        seen = {params.get(direction)}
        while left is None or left > 0:
            call = Call(
                self._call.operation, {**self._call.request, "params": params}, read
            )
            page, cursor = self._calls._send(call)
            yield page
            if cursor is None:
                return
            if cursor in seen:
                raise UnexpectedAnswer(
                    f"the pages go round in circles: {cursor!r} again",
                    operation=call.operation,
                )
            seen.add(cursor)
            params = {
                name: value for name, value in params.items() if name not in LINKS
            } | {direction: cursor}
            if left is not None:
                left -= len(page.data)


class CountedItems(Items[Item, Page]):
    """Entries whose number the server knows: `items.total_count()`."""

    def total_count(self) -> int:
        """Number of entries on all pages; one call. Raises UnexpectedAnswer when the server does not count them."""
        params = self._call.request.get("params", {})
        params = {
            name: value for name, value in params.items() if name not in LINKS
        } | self._count
        call = Call(
            self._call.operation, {**self._call.request, "params": params}, _total_count
        )
        return self._calls._send(call)


class AsyncCalls(_Settings):
    """Sends calls, and repeats them."""

    def _open(self) -> None:
        self._http = self.client.get_async_httpx_client()
        self._retrying = AsyncRetrying(**self._retries)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _send(self, call: Call[Answer]) -> Answer:
        """Make the call, and make it again where that may help. Raises GraphError."""
        try:
            return await self._send_once(call)
        except GraphError as error:
            failures = [error]

        async def again(call: Call[Answer]) -> Answer:
            if failures:
                raise failures.pop()
            return await self._send_once(call)

        # Only now, because tenacity takes as long as all else here. Its first attempt is the one above.
        answer: Answer = await self._retrying(again, call)
        return answer

    async def _send_once(self, call: Call[Answer]) -> Answer:
        try:
            response = await self._http.request(**call.request)
        except httpx.RequestError as error:
            failed = self._no_answer(call, error)
        else:
            return self._read(call, response)
        raise failed  # here, where httpx's exception is not its context


class AsyncItems(Generic[Item, Page]):
    """The entries of a list: `async for entry in items`. Nothing is sent before; each iteration starts anew.

    Pages are fetched as they are needed. An empty page does not end the list, but a cursor that leads back to a page
    that was there already raises UnexpectedAnswer.
    """

    def __init__(
        self,
        calls: AsyncCalls,
        call: Call[Page],
        max_items: int | None,
        count: dict[str, Any] | None = None,
    ) -> None:
        if max_items is not None and max_items < 0:
            raise ValueError(f"max_items must not be negative, unlike {max_items}")
        self._calls, self._call, self._max_items, self._count = (
            calls,
            call,
            max_items,
            count or {},
        )

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._call.operation}>"

    async def __aiter__(self) -> AsyncIterator[Item]:
        left = self._max_items
        async for page in self.pages():
            for item in page.data[:left]:
                yield item
            if left is not None:
                left -= len(page.data)

    async def pages(self) -> AsyncIterator[Page]:
        """Whole pages, until `max_items` entries are fetched: `async for page in items.pages()`."""
        left, params = self._max_items, self._call.request.get("params", {})
        direction = (
            "before" if "before" in params and "after" not in params else "after"
        )
        read = _page_reader(self._call.read, direction)
        seen = {params.get(direction)}
        while left is None or left > 0:
            call = Call(
                self._call.operation, {**self._call.request, "params": params}, read
            )
            page, cursor = await self._calls._send(call)
            yield page
            if cursor is None:
                return
            if cursor in seen:
                raise UnexpectedAnswer(
                    f"the pages go round in circles: {cursor!r} again",
                    operation=call.operation,
                )
            seen.add(cursor)
            params = {
                name: value for name, value in params.items() if name not in LINKS
            } | {direction: cursor}
            if left is not None:
                left -= len(page.data)


class AsyncCountedItems(AsyncItems[Item, Page]):
    """Entries whose number the server knows: `await items.total_count()`."""

    async def total_count(self) -> int:
        """Number of entries on all pages; one call. Raises UnexpectedAnswer when the server does not count them."""
        params = self._call.request.get("params", {})
        params = {
            name: value for name, value in params.items() if name not in LINKS
        } | self._count
        call = Call(
            self._call.operation, {**self._call.request, "params": params}, _total_count
        )
        return await self._calls._send(call)
