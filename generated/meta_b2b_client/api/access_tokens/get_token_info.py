from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.error_response import ErrorResponse
from ...models.token_info import TokenInfo
from ...types import UNSET, Response


def _get_kwargs(
    *,
    input_token: str,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["input_token"] = input_token

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/debug_token",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | TokenInfo | None:
    if response.status_code == 200:
        response_200 = TokenInfo.from_dict(response.json())

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
) -> Response[ErrorResponse | TokenInfo]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    input_token: str,
) -> Response[ErrorResponse | TokenInfo]:
    """Ask what a token is

     Tells whose an access token is, of which app, with which scopes, until when, and whether it is
    valid. Takes the
    token of the app (`id|secret`), or that of an admin of the business that owns the app. A token that
    is not valid
    is no error of this call: `is_valid` is false then, and `error` tells why.

    Source: reference, debug_token.

    Args:
        input_token (str): An access token. A secret.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | TokenInfo]
    """

    kwargs = _get_kwargs(
        input_token=input_token,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    input_token: str,
) -> ErrorResponse | TokenInfo | None:
    """Ask what a token is

     Tells whose an access token is, of which app, with which scopes, until when, and whether it is
    valid. Takes the
    token of the app (`id|secret`), or that of an admin of the business that owns the app. A token that
    is not valid
    is no error of this call: `is_valid` is false then, and `error` tells why.

    Source: reference, debug_token.

    Args:
        input_token (str): An access token. A secret.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | TokenInfo
    """

    return sync_detailed(
        client=client,
        input_token=input_token,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    input_token: str,
) -> Response[ErrorResponse | TokenInfo]:
    """Ask what a token is

     Tells whose an access token is, of which app, with which scopes, until when, and whether it is
    valid. Takes the
    token of the app (`id|secret`), or that of an admin of the business that owns the app. A token that
    is not valid
    is no error of this call: `is_valid` is false then, and `error` tells why.

    Source: reference, debug_token.

    Args:
        input_token (str): An access token. A secret.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | TokenInfo]
    """

    kwargs = _get_kwargs(
        input_token=input_token,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    input_token: str,
) -> ErrorResponse | TokenInfo | None:
    """Ask what a token is

     Tells whose an access token is, of which app, with which scopes, until when, and whether it is
    valid. Takes the
    token of the app (`id|secret`), or that of an admin of the business that owns the app. A token that
    is not valid
    is no error of this call: `is_valid` is false then, and `error` tells why.

    Source: reference, debug_token.

    Args:
        input_token (str): An access token. A secret.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | TokenInfo
    """

    return (
        await asyncio_detailed(
            client=client,
            input_token=input_token,
        )
    ).parsed
