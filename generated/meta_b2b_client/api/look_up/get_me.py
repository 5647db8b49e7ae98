from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.error_response import ErrorResponse
from ...models.user import User
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    fields: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["fields"] = fields

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/me",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | User | None:
    if response.status_code == 200:
        response_200 = User.from_dict(response.json())

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
) -> Response[ErrorResponse | User]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    fields: str | Unset = UNSET,
) -> Response[ErrorResponse | User]:
    """Ask who you are

     Reads the user to whom the token belongs; with a Page access token, the Page. `me` stands for its
    id, here and
    in front of every edge.

    Source: reference, user; Meta's Business On Behalf Of guide, step 3.

    Args:
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
        Response[ErrorResponse | User]
    """

    kwargs = _get_kwargs(
        fields=fields,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    fields: str | Unset = UNSET,
) -> ErrorResponse | User | None:
    """Ask who you are

     Reads the user to whom the token belongs; with a Page access token, the Page. `me` stands for its
    id, here and
    in front of every edge.

    Source: reference, user; Meta's Business On Behalf Of guide, step 3.

    Args:
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
        ErrorResponse | User
    """

    return sync_detailed(
        client=client,
        fields=fields,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    fields: str | Unset = UNSET,
) -> Response[ErrorResponse | User]:
    """Ask who you are

     Reads the user to whom the token belongs; with a Page access token, the Page. `me` stands for its
    id, here and
    in front of every edge.

    Source: reference, user; Meta's Business On Behalf Of guide, step 3.

    Args:
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
        Response[ErrorResponse | User]
    """

    kwargs = _get_kwargs(
        fields=fields,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    fields: str | Unset = UNSET,
) -> ErrorResponse | User | None:
    """Ask who you are

     Reads the user to whom the token belongs; with a Page access token, the Page. `me` stands for its
    id, here and
    in front of every edge.

    Source: reference, user; Meta's Business On Behalf Of guide, step 3.

    Args:
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
        ErrorResponse | User
    """

    return (
        await asyncio_detailed(
            client=client,
            fields=fields,
        )
    ).parsed
