"""What the methods of the client stand on: sending calls, repeating them, and calls that have no method."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from ssl import SSLContext
from time import monotonic
from typing import Any, ClassVar, Self, TypeVar

import anyio
import httpx

from .._answers import Codes, RawResponse, no_answer, read
from .._batch import Batch, results
from .._calls import Call, Timeout, any_path
from .._logging import logger
from .._models import GraphList, GraphObject
from .._options import Options, from_environment
from .._pages import HasData
from .._retries import seconds_to_wait
from .._usage import AsyncOnUsage, Usage
from ..errors import GraphError
from ._paging import AsyncCountedItems, AsyncItems

T = TypeVar("T")
Page = TypeVar("Page", bound=HasData)


class AsyncCalls:
    """Sends calls, and repeats them where that may help."""

    # Both are the document's.
    _server: ClassVar[str]
    _codes: ClassVar[Codes]

    def __init__(
        self,
        access_token: str | None = None,
        *,
        app_secret: str | None = None,
        base_url: str | None = None,
        timeout: Timeout = None,
        verify: bool | SSLContext = True,
        max_retries: int = 3,
        max_seconds: float = 120.0,
        http_client: httpx.AsyncClient | None = None,
        on_usage: AsyncOnUsage | None = None,
    ) -> None:
        """
        Args:
            access_token: Sent in the `Authorization` header, and nowhere else. Without it,
                `META_B2B_ACCESS_TOKEN` of the environment.
            app_secret: The secret of the token's app. If given, each call carries `appsecret_proof`, which proves
                that it comes from the app. Without it, `META_B2B_APP_SECRET`.
            base_url: Another server than Meta's, with the version: `http://127.0.0.1:4010/v26.0`. Without it,
                `META_B2B_BASE_URL`.
            timeout: Seconds that connecting, and each wait for the server, may take. Without it 30, or what an
                `http_client` of yours has; `httpx.Timeout(None)` waits for ever.
            verify: Whether to verify the server's certificate, or an SSLContext that says how.
            max_retries: How often a call is repeated after a failure that may pass: no connection, a rate limit, a
                temporary failure. A POST is not repeated when the server may have carried it out.
            max_seconds: No repetition begins later than so many seconds after the first failure. Waits that the
                server asks for are kept; one that goes beyond this raises the failure at once.
            http_client: Sends the calls instead of one that is made here, with its proxies, transport and hooks. It
                is not closed here, and has its own way to verify certificates.
            on_usage: Called with the Usage that an answer reports, before the call returns or raises.

        Raises:
            ValueError: There is no token, or the token, the address or a combination cannot be used.
        """
        if http_client and verify is not True:
            raise ValueError("verify has no effect on an http_client of yours; give it to that client")
        token = from_environment("ACCESS_TOKEN", access_token, None)
        if token is None:
            raise ValueError("there is no access token: give access_token, or set META_B2B_ACCESS_TOKEN")
        if timeout is None and not http_client:
            timeout = 30.0
        self._options = Options(
            access_token=token,
            app_secret=from_environment("APP_SECRET", app_secret, None),
            base_url=from_environment("BASE_URL", base_url, self._server).rstrip("/"),
            timeout=timeout,
            max_retries=max_retries,
            max_seconds=max_seconds,
        )
        self._on_usage = on_usage
        self._owns_connections = http_client is None
        self._http = http_client or httpx.AsyncClient(verify=verify)
        self._sleep = anyio.sleep

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self._options.base_url!r})"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections, unless they belong to an `http_client` of yours or to another client."""
        if self._owns_connections:
            await self._http.aclose()

    def with_options(
        self, *, timeout: Timeout = None, max_retries: int | None = None, access_token: str | None = None
    ) -> Self:
        """The same client with other settings, on the same connections, which the first one closes.

        With another token, each call proves with `app_secret` that this one comes from the app. Raises ValueError for
        a token that cannot be used.
        """
        given: dict[str, Any] = {"timeout": timeout, "max_retries": max_retries, "access_token": access_token}
        options = replace(
            self._options, **{name: value for name, value in given.items() if value is not None}
        )
        return self._share(type(self), options)

    def _share(self, kind: type[T], options: Options) -> T:
        """A client of this kind on the same connections."""
        other = object.__new__(kind)
        other.__dict__.update(self.__dict__, _options=options, _owns_connections=False)
        return other

    # Calls that have no method

    async def get(
        self, path: str, params: Mapping[str, Any] | None = None, *, timeout: Timeout = None
    ) -> GraphObject:
        """Read a node, or whatever else Graph has at this path; for calls that have no method of their own.

        Args:
            path: Path without version and query: `/me`.
            params: The query; lists and objects are sent as JSON, what is None is left out.
            timeout: Seconds, for this call alone.

        Raises:
            GraphError: It failed.
            ValueError: The path cannot be sent.
        """
        return await self._send(Call("get", "GET", any_path(path), GraphObject.from_dict, params), timeout)

    async def post(
        self, path: str, body: Mapping[str, Any] | None = None, *, timeout: Timeout = None
    ) -> GraphObject:
        """Create or change something at this path, with a JSON body; else like `get`."""
        call = Call("post", "POST", any_path(path), GraphObject.from_dict, body=body)
        return await self._send(call, timeout)

    async def delete(
        self, path: str, params: Mapping[str, Any] | None = None, *, timeout: Timeout = None
    ) -> GraphObject:
        """Remove what is at this path; else like `get`."""
        return await self._send(
            Call("delete", "DELETE", any_path(path), GraphObject.from_dict, params), timeout
        )

    def get_items(
        self,
        path: str,
        params: Mapping[str, Any] | None = None,
        *,
        max_items: int | None = None,
        timeout: Timeout = None,
    ) -> AsyncItems[GraphObject, GraphList]:
        """The entries of the list at this path, page by page: `/me/accounts`; else like `get`."""
        call = Call("get_items", "GET", any_path(path), GraphList.from_dict, params)
        return self._items(call, max_items, timeout)

    async def batch(self, calls: Sequence[Call[T]], *, timeout: Timeout = None) -> list[T | GraphError]:
        """Make up to 50 calls in one request: `batch([prepare.get_business("1"), prepare.get_page("2")])`.

        Returns what each of them gives, in their order, or the exception that it would raise; of a list, its first
        page. Calls that failed are not repeated by themselves. The request is, if it failed as a whole and all its
        calls may be repeated.

        Raises:
            GraphError: None of the calls was made, or nobody knows.
            ValueError: There are more than 50 calls.
        """
        if not calls:
            return []
        answers = await self._send(Batch(calls), timeout)
        return results(calls, answers, self._codes, self._options)

    # Sending

    def _items(self, call: Call[Page], max_items: int | None, timeout: Timeout) -> AsyncItems[Any, Page]:
        return AsyncItems(self, call, max_items, timeout)

    def _counted_items(
        self, call: Call[Page], max_items: int | None, timeout: Timeout, count: dict[str, Any]
    ) -> AsyncCountedItems[Any, Page]:
        return AsyncCountedItems(self, call, max_items, timeout, count)

    async def _send(self, call: Call[T], timeout: Timeout = None) -> T:
        """Make the call, and make it again where that may help. Raises GraphError."""
        return (await self._send_raw(call, timeout)).parse()

    async def _send_raw(self, call: Call[T], timeout: Timeout = None) -> RawResponse[T]:
        retries, failing_since = 0, 0.0
        while True:
            try:
                response = await self._send_once(call, timeout)
                return RawResponse(read(call, response, self._codes, self._options), response, retries)
            except GraphError as error:
                now = monotonic()
                failing_since = failing_since or now
                waited = now - failing_since
                seconds = seconds_to_wait(self._options, error, call.idempotent, retries, waited)
                if seconds is None:
                    raise
                retries += 1
                kind, most = type(error).__name__, self._options.max_retries
                logger.info("%s: %s; try %d of %d in %.1f s", call, kind, retries + 1, most + 1, seconds)
            await self._sleep(seconds)

    async def _send_once(self, call: Call[Any], timeout: Timeout) -> httpx.Response:
        options = self._options
        params = {**call.params, "appsecret_proof": options.proof} if options.proof else call.params
        timeout = options.timeout if timeout is None else timeout
        begin = monotonic()
        try:
            response = await self._http.request(
                call.method,
                options.base_url + call.path,
                params=params or None,
                json=call.body,
                headers={"Authorization": f"Bearer {options.access_token}"},
                timeout=httpx.USE_CLIENT_DEFAULT if timeout is None else timeout,
            )
        except httpx.RequestError as error:
            failed = no_answer(call, error, options)
            logger.debug("%s: %s", call, type(error).__name__)
        else:
            logger.debug("%s: %d in %.3f s", call, response.status_code, monotonic() - begin)
            if self._on_usage and (usage := Usage.of(response.headers)):
                await self._on_usage(usage)
            return response
        raise failed  # here, where httpx's exception is not its context
