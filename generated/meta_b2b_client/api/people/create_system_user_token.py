from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.access_token_result import AccessTokenResult
from ...models.error_response import ErrorResponse
from ...models.system_user_token import SystemUserToken
from ...types import Response, path_segment


def _get_kwargs(
    business_id: str,
    *,
    body: SystemUserToken,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": f"/{path_segment(business_id)}/system_user_access_tokens",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> AccessTokenResult | ErrorResponse | None:
    if response.status_code == 200:
        response_200 = AccessTokenResult.from_dict(response.json())

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
) -> Response[AccessTokenResult | ErrorResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    business_id: str,
    *,
    client: AuthenticatedClient,
    body: SystemUserToken,
) -> Response[AccessTokenResult | ErrorResponse]:
    """Make a token for a system user of yours

     Makes an access token for a system user of your business, with scopes that your own token has.
    `asset`, which
    would assign assets to it, is outside of this document. The code 3962 is documented as well, without
    what it
    means.

    Source: reference, business/system_user_access_tokens.

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (SystemUserToken): For which system user, and with which permissions.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AccessTokenResult | ErrorResponse]
    """

    kwargs = _get_kwargs(
        business_id=business_id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    business_id: str,
    *,
    client: AuthenticatedClient,
    body: SystemUserToken,
) -> AccessTokenResult | ErrorResponse | None:
    """Make a token for a system user of yours

     Makes an access token for a system user of your business, with scopes that your own token has.
    `asset`, which
    would assign assets to it, is outside of this document. The code 3962 is documented as well, without
    what it
    means.

    Source: reference, business/system_user_access_tokens.

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (SystemUserToken): For which system user, and with which permissions.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AccessTokenResult | ErrorResponse
    """

    return sync_detailed(
        business_id=business_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    business_id: str,
    *,
    client: AuthenticatedClient,
    body: SystemUserToken,
) -> Response[AccessTokenResult | ErrorResponse]:
    """Make a token for a system user of yours

     Makes an access token for a system user of your business, with scopes that your own token has.
    `asset`, which
    would assign assets to it, is outside of this document. The code 3962 is documented as well, without
    what it
    means.

    Source: reference, business/system_user_access_tokens.

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (SystemUserToken): For which system user, and with which permissions.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AccessTokenResult | ErrorResponse]
    """

    kwargs = _get_kwargs(
        business_id=business_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    business_id: str,
    *,
    client: AuthenticatedClient,
    body: SystemUserToken,
) -> AccessTokenResult | ErrorResponse | None:
    """Make a token for a system user of yours

     Makes an access token for a system user of your business, with scopes that your own token has.
    `asset`, which
    would assign assets to it, is outside of this document. The code 3962 is documented as well, without
    what it
    means.

    Source: reference, business/system_user_access_tokens.

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (SystemUserToken): For which system user, and with which permissions.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AccessTokenResult | ErrorResponse
    """

    return (
        await asyncio_detailed(
            business_id=business_id,
            client=client,
            body=body,
        )
    ).parsed
