from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.error_response import ErrorResponse
from ...models.page_list import PageList
from ...models.summary_wanted import SummaryWanted
from ...types import UNSET, Response, Unset, path_segment


def _get_kwargs(
    user_id: str = "me",
    *,
    fields: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    after: str | Unset = UNSET,
    before: str | Unset = UNSET,
    summary: SummaryWanted | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["fields"] = fields

    params["limit"] = limit

    params["after"] = after

    params["before"] = before

    json_summary: str | Unset = UNSET
    if not isinstance(summary, Unset):
        json_summary = summary

    params["summary"] = json_summary

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/{path_segment(user_id)}/accounts",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | PageList | None:
    if response.status_code == 200:
        response_200 = PageList.from_dict(response.json())

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
) -> Response[ErrorResponse | PageList]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    user_id: str = "me",
    *,
    client: AuthenticatedClient,
    fields: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    after: str | Unset = UNSET,
    before: str | Unset = UNSET,
    summary: SummaryWanted | Unset = UNSET,
) -> Response[ErrorResponse | PageList]:
    """List the Pages of a user, each with its access token

     Lists the Pages on which the user of the token may act, each with the **Page access token** that the
    `agencies`
    edge of the Page takes. These are all that the user's business owns, and all to which it has access
    [A28].

    Source: reference, user/accounts; Meta's Business On Behalf Of guide, step 6.

    Args:
        user_id (str):  Default: 'me'.
        fields (str | Unset): Names of fields, with commas between them: `id,name`. Blanks beside
            a comma are read, and so is a list as JSON.
            Braces choose the fields of what is inside a field: `business{id,name}`. An edge of the
            node is a field as well:
            `owned_pages{id}` is its first page with `paging`. Before the braces stand its parameters,
            `owned_pages.limit(5).after(MA){id}`, `.summary(true)` with the number of its entries, and
            `.fields(id)` instead
            of braces. Which names count says the schema of the answer; Graph's other fields are left
            out of the answer.
        limit (int | Unset):
        after (str | Unset): A cursor that an answer gave. **Assumption [A47]:** an empty one is
            none, as programs send it at first.
        before (str | Unset): A cursor that an answer gave. **Assumption [A47]:** an empty one is
            none, as programs send it at first.
        summary (SummaryWanted | Unset): Which summary of a list is asked for. Graph knows one, by
            two names.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | PageList]
    """

    kwargs = _get_kwargs(
        user_id=user_id,
        fields=fields,
        limit=limit,
        after=after,
        before=before,
        summary=summary,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    user_id: str = "me",
    *,
    client: AuthenticatedClient,
    fields: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    after: str | Unset = UNSET,
    before: str | Unset = UNSET,
    summary: SummaryWanted | Unset = UNSET,
) -> ErrorResponse | PageList | None:
    """List the Pages of a user, each with its access token

     Lists the Pages on which the user of the token may act, each with the **Page access token** that the
    `agencies`
    edge of the Page takes. These are all that the user's business owns, and all to which it has access
    [A28].

    Source: reference, user/accounts; Meta's Business On Behalf Of guide, step 6.

    Args:
        user_id (str):  Default: 'me'.
        fields (str | Unset): Names of fields, with commas between them: `id,name`. Blanks beside
            a comma are read, and so is a list as JSON.
            Braces choose the fields of what is inside a field: `business{id,name}`. An edge of the
            node is a field as well:
            `owned_pages{id}` is its first page with `paging`. Before the braces stand its parameters,
            `owned_pages.limit(5).after(MA){id}`, `.summary(true)` with the number of its entries, and
            `.fields(id)` instead
            of braces. Which names count says the schema of the answer; Graph's other fields are left
            out of the answer.
        limit (int | Unset):
        after (str | Unset): A cursor that an answer gave. **Assumption [A47]:** an empty one is
            none, as programs send it at first.
        before (str | Unset): A cursor that an answer gave. **Assumption [A47]:** an empty one is
            none, as programs send it at first.
        summary (SummaryWanted | Unset): Which summary of a list is asked for. Graph knows one, by
            two names.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | PageList
    """

    return sync_detailed(
        user_id=user_id,
        client=client,
        fields=fields,
        limit=limit,
        after=after,
        before=before,
        summary=summary,
    ).parsed


async def asyncio_detailed(
    user_id: str = "me",
    *,
    client: AuthenticatedClient,
    fields: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    after: str | Unset = UNSET,
    before: str | Unset = UNSET,
    summary: SummaryWanted | Unset = UNSET,
) -> Response[ErrorResponse | PageList]:
    """List the Pages of a user, each with its access token

     Lists the Pages on which the user of the token may act, each with the **Page access token** that the
    `agencies`
    edge of the Page takes. These are all that the user's business owns, and all to which it has access
    [A28].

    Source: reference, user/accounts; Meta's Business On Behalf Of guide, step 6.

    Args:
        user_id (str):  Default: 'me'.
        fields (str | Unset): Names of fields, with commas between them: `id,name`. Blanks beside
            a comma are read, and so is a list as JSON.
            Braces choose the fields of what is inside a field: `business{id,name}`. An edge of the
            node is a field as well:
            `owned_pages{id}` is its first page with `paging`. Before the braces stand its parameters,
            `owned_pages.limit(5).after(MA){id}`, `.summary(true)` with the number of its entries, and
            `.fields(id)` instead
            of braces. Which names count says the schema of the answer; Graph's other fields are left
            out of the answer.
        limit (int | Unset):
        after (str | Unset): A cursor that an answer gave. **Assumption [A47]:** an empty one is
            none, as programs send it at first.
        before (str | Unset): A cursor that an answer gave. **Assumption [A47]:** an empty one is
            none, as programs send it at first.
        summary (SummaryWanted | Unset): Which summary of a list is asked for. Graph knows one, by
            two names.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | PageList]
    """

    kwargs = _get_kwargs(
        user_id=user_id,
        fields=fields,
        limit=limit,
        after=after,
        before=before,
        summary=summary,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    user_id: str = "me",
    *,
    client: AuthenticatedClient,
    fields: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    after: str | Unset = UNSET,
    before: str | Unset = UNSET,
    summary: SummaryWanted | Unset = UNSET,
) -> ErrorResponse | PageList | None:
    """List the Pages of a user, each with its access token

     Lists the Pages on which the user of the token may act, each with the **Page access token** that the
    `agencies`
    edge of the Page takes. These are all that the user's business owns, and all to which it has access
    [A28].

    Source: reference, user/accounts; Meta's Business On Behalf Of guide, step 6.

    Args:
        user_id (str):  Default: 'me'.
        fields (str | Unset): Names of fields, with commas between them: `id,name`. Blanks beside
            a comma are read, and so is a list as JSON.
            Braces choose the fields of what is inside a field: `business{id,name}`. An edge of the
            node is a field as well:
            `owned_pages{id}` is its first page with `paging`. Before the braces stand its parameters,
            `owned_pages.limit(5).after(MA){id}`, `.summary(true)` with the number of its entries, and
            `.fields(id)` instead
            of braces. Which names count says the schema of the answer; Graph's other fields are left
            out of the answer.
        limit (int | Unset):
        after (str | Unset): A cursor that an answer gave. **Assumption [A47]:** an empty one is
            none, as programs send it at first.
        before (str | Unset): A cursor that an answer gave. **Assumption [A47]:** an empty one is
            none, as programs send it at first.
        summary (SummaryWanted | Unset): Which summary of a list is asked for. Graph knows one, by
            two names.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | PageList
    """

    return (
        await asyncio_detailed(
            user_id=user_id,
            client=client,
            fields=fields,
            limit=limit,
            after=after,
            before=before,
            summary=summary,
        )
    ).parsed
