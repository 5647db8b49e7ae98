from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.error_response import ErrorResponse
from ...models.obo_cancellation import OboCancellation
from ...types import Response, path_segment


def _get_kwargs(
    obo_request_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": f"/{path_segment(obo_request_id)}",
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | OboCancellation | None:
    if response.status_code == 200:
        response_200 = OboCancellation.from_dict(response.json())

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
) -> Response[ErrorResponse | OboCancellation]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    obo_request_id: str,
    *,
    client: AuthenticatedClient,
) -> Response[ErrorResponse | OboCancellation]:
    """Cancel an OBO request

     Cancels an OBO request that is still `IN_PROGRESS`. **Assumption [A19]:** either party may, and its
    status is
    `CANCELED` then; no source says who, or what becomes of it.

    The guide shows `"success": "true"`, a string; Meta's reference has a boolean everywhere. Expect
    both. The SDK
    dropped this call on 2020-06-02; Meta announced no deprecation, and the guide still has it.

    Source: guide, "Delete OBO Request".

    Args:
        obo_request_id (str): An id, as a string of digits; numbers of this size lose digits in
            JSON.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | OboCancellation]
    """

    kwargs = _get_kwargs(
        obo_request_id=obo_request_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    obo_request_id: str,
    *,
    client: AuthenticatedClient,
) -> ErrorResponse | OboCancellation | None:
    """Cancel an OBO request

     Cancels an OBO request that is still `IN_PROGRESS`. **Assumption [A19]:** either party may, and its
    status is
    `CANCELED` then; no source says who, or what becomes of it.

    The guide shows `"success": "true"`, a string; Meta's reference has a boolean everywhere. Expect
    both. The SDK
    dropped this call on 2020-06-02; Meta announced no deprecation, and the guide still has it.

    Source: guide, "Delete OBO Request".

    Args:
        obo_request_id (str): An id, as a string of digits; numbers of this size lose digits in
            JSON.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | OboCancellation
    """

    return sync_detailed(
        obo_request_id=obo_request_id,
        client=client,
    ).parsed


async def asyncio_detailed(
    obo_request_id: str,
    *,
    client: AuthenticatedClient,
) -> Response[ErrorResponse | OboCancellation]:
    """Cancel an OBO request

     Cancels an OBO request that is still `IN_PROGRESS`. **Assumption [A19]:** either party may, and its
    status is
    `CANCELED` then; no source says who, or what becomes of it.

    The guide shows `"success": "true"`, a string; Meta's reference has a boolean everywhere. Expect
    both. The SDK
    dropped this call on 2020-06-02; Meta announced no deprecation, and the guide still has it.

    Source: guide, "Delete OBO Request".

    Args:
        obo_request_id (str): An id, as a string of digits; numbers of this size lose digits in
            JSON.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | OboCancellation]
    """

    kwargs = _get_kwargs(
        obo_request_id=obo_request_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    obo_request_id: str,
    *,
    client: AuthenticatedClient,
) -> ErrorResponse | OboCancellation | None:
    """Cancel an OBO request

     Cancels an OBO request that is still `IN_PROGRESS`. **Assumption [A19]:** either party may, and its
    status is
    `CANCELED` then; no source says who, or what becomes of it.

    The guide shows `"success": "true"`, a string; Meta's reference has a boolean everywhere. Expect
    both. The SDK
    dropped this call on 2020-06-02; Meta announced no deprecation, and the guide still has it.

    Source: guide, "Delete OBO Request".

    Args:
        obo_request_id (str): An id, as a string of digits; numbers of this size lose digits in
            JSON.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | OboCancellation
    """

    return (
        await asyncio_detailed(
            obo_request_id=obo_request_id,
            client=client,
        )
    ).parsed
