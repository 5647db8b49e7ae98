from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.error_response import ErrorResponse
from ...models.grant_type import GrantType
from ...models.long_lived_token import LongLivedToken
from ...types import UNSET, Response


def _get_kwargs(
    *,
    grant_type: GrantType,
    client_id: str,
    client_secret: str,
    fb_exchange_token: str,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_grant_type: str = grant_type
    params["grant_type"] = json_grant_type

    params["client_id"] = client_id

    params["client_secret"] = client_secret

    params["fb_exchange_token"] = fb_exchange_token

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/oauth/access_token",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | LongLivedToken | None:
    if response.status_code == 200:
        response_200 = LongLivedToken.from_dict(response.json())

        return response_200

    if response.status_code == 400:
        response_400 = ErrorResponse.from_dict(response.json())

        return response_400

    if response.status_code == 403:
        response_403 = ErrorResponse.from_dict(response.json())

        return response_403

    if response.status_code == 404:
        response_404 = ErrorResponse.from_dict(response.json())

        return response_404

    if response.status_code == 429:
        response_429 = ErrorResponse.from_dict(response.json())

        return response_429

    if response.status_code == 500:
        response_500 = ErrorResponse.from_dict(response.json())

        return response_500

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ErrorResponse | LongLivedToken]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    grant_type: GrantType,
    client_id: str,
    client_secret: str,
    fb_exchange_token: str,
) -> Response[ErrorResponse | LongLivedToken]:
    """Exchange a token for one that lasts longer

     Answers a token of the same user and app that lasts for 60 days. It needs no access token of its
    own, but the id
    and the secret of the app.

    Source: Meta's guide to long-lived tokens.

    Args:
        grant_type (GrantType): The one way to get a token that this document has.
        client_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        client_secret (str): The secret of an app.
        fb_exchange_token (str): An access token. A secret.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | LongLivedToken]
    """

    kwargs = _get_kwargs(
        grant_type=grant_type,
        client_id=client_id,
        client_secret=client_secret,
        fb_exchange_token=fb_exchange_token,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    grant_type: GrantType,
    client_id: str,
    client_secret: str,
    fb_exchange_token: str,
) -> ErrorResponse | LongLivedToken | None:
    """Exchange a token for one that lasts longer

     Answers a token of the same user and app that lasts for 60 days. It needs no access token of its
    own, but the id
    and the secret of the app.

    Source: Meta's guide to long-lived tokens.

    Args:
        grant_type (GrantType): The one way to get a token that this document has.
        client_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        client_secret (str): The secret of an app.
        fb_exchange_token (str): An access token. A secret.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | LongLivedToken
    """

    return sync_detailed(
        client=client,
        grant_type=grant_type,
        client_id=client_id,
        client_secret=client_secret,
        fb_exchange_token=fb_exchange_token,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    grant_type: GrantType,
    client_id: str,
    client_secret: str,
    fb_exchange_token: str,
) -> Response[ErrorResponse | LongLivedToken]:
    """Exchange a token for one that lasts longer

     Answers a token of the same user and app that lasts for 60 days. It needs no access token of its
    own, but the id
    and the secret of the app.

    Source: Meta's guide to long-lived tokens.

    Args:
        grant_type (GrantType): The one way to get a token that this document has.
        client_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        client_secret (str): The secret of an app.
        fb_exchange_token (str): An access token. A secret.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | LongLivedToken]
    """

    kwargs = _get_kwargs(
        grant_type=grant_type,
        client_id=client_id,
        client_secret=client_secret,
        fb_exchange_token=fb_exchange_token,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    grant_type: GrantType,
    client_id: str,
    client_secret: str,
    fb_exchange_token: str,
) -> ErrorResponse | LongLivedToken | None:
    """Exchange a token for one that lasts longer

     Answers a token of the same user and app that lasts for 60 days. It needs no access token of its
    own, but the id
    and the secret of the app.

    Source: Meta's guide to long-lived tokens.

    Args:
        grant_type (GrantType): The one way to get a token that this document has.
        client_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        client_secret (str): The secret of an app.
        fb_exchange_token (str): An access token. A secret.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | LongLivedToken
    """

    return (
        await asyncio_detailed(
            client=client,
            grant_type=grant_type,
            client_id=client_id,
            client_secret=client_secret,
            fb_exchange_token=fb_exchange_token,
        )
    ).parsed
