from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.error_response import ErrorResponse
from ...models.new_id import NewId
from ...models.new_system_user import NewSystemUser
from ...types import Response, path_segment


def _get_kwargs(
    business_id: str,
    *,
    body: NewSystemUser,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": f"/{path_segment(business_id)}/system_users",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | NewId | None:
    if response.status_code == 200:
        response_200 = NewId.from_dict(response.json())

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
) -> Response[ErrorResponse | NewId]:
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
    body: NewSystemUser,
) -> Response[ErrorResponse | NewId]:
    """Make a system user

     Makes a system user of your business, who cannot be deleted. **Assumption [A55]:** it is an
    employee, unless
    `role` says `ADMIN`. The codes 3949 and 3965 are documented as well, without what they mean.

    Source: reference, business/system_users.

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (NewSystemUser): Its name, and its role.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | NewId]
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
    body: NewSystemUser,
) -> ErrorResponse | NewId | None:
    """Make a system user

     Makes a system user of your business, who cannot be deleted. **Assumption [A55]:** it is an
    employee, unless
    `role` says `ADMIN`. The codes 3949 and 3965 are documented as well, without what they mean.

    Source: reference, business/system_users.

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (NewSystemUser): Its name, and its role.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | NewId
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
    body: NewSystemUser,
) -> Response[ErrorResponse | NewId]:
    """Make a system user

     Makes a system user of your business, who cannot be deleted. **Assumption [A55]:** it is an
    employee, unless
    `role` says `ADMIN`. The codes 3949 and 3965 are documented as well, without what they mean.

    Source: reference, business/system_users.

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (NewSystemUser): Its name, and its role.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | NewId]
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
    body: NewSystemUser,
) -> ErrorResponse | NewId | None:
    """Make a system user

     Makes a system user of your business, who cannot be deleted. **Assumption [A55]:** it is an
    employee, unless
    `role` says `ADMIN`. The codes 3949 and 3965 are documented as well, without what they mean.

    Source: reference, business/system_users.

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (NewSystemUser): Its name, and its role.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | NewId
    """

    return (
        await asyncio_detailed(
            business_id=business_id,
            client=client,
            body=body,
        )
    ).parsed
