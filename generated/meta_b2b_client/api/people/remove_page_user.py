from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.error_response import ErrorResponse
from ...models.success import Success
from ...types import UNSET, Response, path_segment


def _get_kwargs(
    page_id: str,
    *,
    user: str,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["user"] = user

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": f"/{path_segment(page_id)}/assigned_users",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | Success | None:
    if response.status_code == 200:
        response_200 = Success.from_dict(response.json())

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
) -> Response[ErrorResponse | Success]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    page_id: str,
    *,
    client: AuthenticatedClient,
    user: str,
) -> Response[ErrorResponse | Success]:
    """Take a Page from a user

     Takes all tasks on the Page away from a user or a system user. It needs the token of an admin of
    that user's
    business.

    Source: reference, page/assigned_users.

    Args:
        page_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        user (str): An id, as a string of digits; numbers of this size lose digits in JSON.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | Success]
    """

    kwargs = _get_kwargs(
        page_id=page_id,
        user=user,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    page_id: str,
    *,
    client: AuthenticatedClient,
    user: str,
) -> ErrorResponse | Success | None:
    """Take a Page from a user

     Takes all tasks on the Page away from a user or a system user. It needs the token of an admin of
    that user's
    business.

    Source: reference, page/assigned_users.

    Args:
        page_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        user (str): An id, as a string of digits; numbers of this size lose digits in JSON.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | Success
    """

    return sync_detailed(
        page_id=page_id,
        client=client,
        user=user,
    ).parsed


async def asyncio_detailed(
    page_id: str,
    *,
    client: AuthenticatedClient,
    user: str,
) -> Response[ErrorResponse | Success]:
    """Take a Page from a user

     Takes all tasks on the Page away from a user or a system user. It needs the token of an admin of
    that user's
    business.

    Source: reference, page/assigned_users.

    Args:
        page_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        user (str): An id, as a string of digits; numbers of this size lose digits in JSON.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | Success]
    """

    kwargs = _get_kwargs(
        page_id=page_id,
        user=user,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    page_id: str,
    *,
    client: AuthenticatedClient,
    user: str,
) -> ErrorResponse | Success | None:
    """Take a Page from a user

     Takes all tasks on the Page away from a user or a system user. It needs the token of an admin of
    that user's
    business.

    Source: reference, page/assigned_users.

    Args:
        page_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        user (str): An id, as a string of digits; numbers of this size lose digits in JSON.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | Success
    """

    return (
        await asyncio_detailed(
            page_id=page_id,
            client=client,
            user=user,
        )
    ).parsed
