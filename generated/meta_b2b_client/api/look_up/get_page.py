from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.error_response import ErrorResponse
from ...models.page import Page
from ...types import UNSET, Response, Unset, path_segment


def _get_kwargs(
    page_id: str,
    *,
    fields: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["fields"] = fields

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/{path_segment(page_id)}",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | Page | None:
    if response.status_code == 200:
        response_200 = Page.from_dict(response.json())

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
) -> Response[ErrorResponse | Page]:
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
    fields: str | Unset = UNSET,
) -> Response[ErrorResponse | Page]:
    """Look at a Page

     Reads one Page. `access_token` is its Page access token, for a business that owns it or has access
    to it; all
    others read the rest [A27].

    Source: reference, page.

    Args:
        page_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
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
        Response[ErrorResponse | Page]
    """

    kwargs = _get_kwargs(
        page_id=page_id,
        fields=fields,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    page_id: str,
    *,
    client: AuthenticatedClient,
    fields: str | Unset = UNSET,
) -> ErrorResponse | Page | None:
    """Look at a Page

     Reads one Page. `access_token` is its Page access token, for a business that owns it or has access
    to it; all
    others read the rest [A27].

    Source: reference, page.

    Args:
        page_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
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
        ErrorResponse | Page
    """

    return sync_detailed(
        page_id=page_id,
        client=client,
        fields=fields,
    ).parsed


async def asyncio_detailed(
    page_id: str,
    *,
    client: AuthenticatedClient,
    fields: str | Unset = UNSET,
) -> Response[ErrorResponse | Page]:
    """Look at a Page

     Reads one Page. `access_token` is its Page access token, for a business that owns it or has access
    to it; all
    others read the rest [A27].

    Source: reference, page.

    Args:
        page_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
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
        Response[ErrorResponse | Page]
    """

    kwargs = _get_kwargs(
        page_id=page_id,
        fields=fields,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    page_id: str,
    *,
    client: AuthenticatedClient,
    fields: str | Unset = UNSET,
) -> ErrorResponse | Page | None:
    """Look at a Page

     Reads one Page. `access_token` is its Page access token, for a business that owns it or has access
    to it; all
    others read the rest [A27].

    Source: reference, page.

    Args:
        page_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
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
        ErrorResponse | Page
    """

    return (
        await asyncio_detailed(
            page_id=page_id,
            client=client,
            fields=fields,
        )
    ).parsed
