from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.error_response import ErrorResponse
from ...models.obo_request import OboRequest
from ...types import UNSET, Response, Unset, path_segment


def _get_kwargs(
    obo_request_id: str,
    *,
    fields: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["fields"] = fields

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/{path_segment(obo_request_id)}",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | OboRequest | None:
    if response.status_code == 200:
        response_200 = OboRequest.from_dict(response.json())

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
) -> Response[ErrorResponse | OboRequest]:
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
    fields: str | Unset = UNSET,
) -> Response[ErrorResponse | OboRequest]:
    """Look at an OBO request

     Reads one OBO request. (A newer copy of the guide wraps the answer in `data`; a node read on Graph
    is bare.)

    Source: guide, "View OBO Request Details".

    Args:
        obo_request_id (str): An id, as a string of digits; numbers of this size lose digits in
            JSON.
        fields (str | Unset): Names of fields, with commas between them: `id,name`. Blanks beside
            a comma are read, and so is a list as JSON.
            Braces choose the fields of what is inside a field: `business{id,name}`. An edge of the
            node is a field as well:
            `owned_pages{id}` is its first page with `paging`. Before the braces stand its parameters,
            `owned_pages.limit(5).after(MA){id}`, `.summary(true)` with the number of its entries, and
            `.fields(id)` instead
            of braces. Which names count says the schema of the answer; Graph's other fields are left
            out of the answer.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | OboRequest]
    """

    kwargs = _get_kwargs(
        obo_request_id=obo_request_id,
        fields=fields,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    obo_request_id: str,
    *,
    client: AuthenticatedClient,
    fields: str | Unset = UNSET,
) -> ErrorResponse | OboRequest | None:
    """Look at an OBO request

     Reads one OBO request. (A newer copy of the guide wraps the answer in `data`; a node read on Graph
    is bare.)

    Source: guide, "View OBO Request Details".

    Args:
        obo_request_id (str): An id, as a string of digits; numbers of this size lose digits in
            JSON.
        fields (str | Unset): Names of fields, with commas between them: `id,name`. Blanks beside
            a comma are read, and so is a list as JSON.
            Braces choose the fields of what is inside a field: `business{id,name}`. An edge of the
            node is a field as well:
            `owned_pages{id}` is its first page with `paging`. Before the braces stand its parameters,
            `owned_pages.limit(5).after(MA){id}`, `.summary(true)` with the number of its entries, and
            `.fields(id)` instead
            of braces. Which names count says the schema of the answer; Graph's other fields are left
            out of the answer.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | OboRequest
    """

    return sync_detailed(
        obo_request_id=obo_request_id,
        client=client,
        fields=fields,
    ).parsed


async def asyncio_detailed(
    obo_request_id: str,
    *,
    client: AuthenticatedClient,
    fields: str | Unset = UNSET,
) -> Response[ErrorResponse | OboRequest]:
    """Look at an OBO request

     Reads one OBO request. (A newer copy of the guide wraps the answer in `data`; a node read on Graph
    is bare.)

    Source: guide, "View OBO Request Details".

    Args:
        obo_request_id (str): An id, as a string of digits; numbers of this size lose digits in
            JSON.
        fields (str | Unset): Names of fields, with commas between them: `id,name`. Blanks beside
            a comma are read, and so is a list as JSON.
            Braces choose the fields of what is inside a field: `business{id,name}`. An edge of the
            node is a field as well:
            `owned_pages{id}` is its first page with `paging`. Before the braces stand its parameters,
            `owned_pages.limit(5).after(MA){id}`, `.summary(true)` with the number of its entries, and
            `.fields(id)` instead
            of braces. Which names count says the schema of the answer; Graph's other fields are left
            out of the answer.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | OboRequest]
    """

    kwargs = _get_kwargs(
        obo_request_id=obo_request_id,
        fields=fields,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    obo_request_id: str,
    *,
    client: AuthenticatedClient,
    fields: str | Unset = UNSET,
) -> ErrorResponse | OboRequest | None:
    """Look at an OBO request

     Reads one OBO request. (A newer copy of the guide wraps the answer in `data`; a node read on Graph
    is bare.)

    Source: guide, "View OBO Request Details".

    Args:
        obo_request_id (str): An id, as a string of digits; numbers of this size lose digits in
            JSON.
        fields (str | Unset): Names of fields, with commas between them: `id,name`. Blanks beside
            a comma are read, and so is a list as JSON.
            Braces choose the fields of what is inside a field: `business{id,name}`. An edge of the
            node is a field as well:
            `owned_pages{id}` is its first page with `paging`. Before the braces stand its parameters,
            `owned_pages.limit(5).after(MA){id}`, `.summary(true)` with the number of its entries, and
            `.fields(id)` instead
            of braces. Which names count says the schema of the answer; Graph's other fields are left
            out of the answer.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | OboRequest
    """

    return (
        await asyncio_detailed(
            obo_request_id=obo_request_id,
            client=client,
            fields=fields,
        )
    ).parsed
