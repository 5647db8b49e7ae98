from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.error_response import ErrorResponse
from ...models.grant_result import GrantResult
from ...models.page_grant import PageGrant
from ...types import Response, path_segment


def _get_kwargs(
    page_or_business_id: str,
    *,
    body: PageGrant,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": f"/{path_segment(page_or_business_id)}/agencies",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | GrantResult | None:
    if response.status_code == 200:
        response_200 = GrantResult.from_dict(response.json())

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
) -> Response[ErrorResponse | GrantResult]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    page_or_business_id: str,
    *,
    client: AuthenticatedClient,
    body: PageGrant,
) -> Response[ErrorResponse | GrantResult]:
    """Give a business access to your Page

     Gives another business access to a Page that you own, with the tasks that you name. The same call
    accepts a
    waiting request and grants access unasked.

    - Takes a **Page access token**; with any other the answer is code 190.
    - If the token's access to the Page comes through a business, this business must be the **owner**:
    an agency
      cannot pass its access on.
    - `permitted_tasks` is mandatory in the guide, and optional in the reference.
    - With the id of a business instead of a Page there is no such call (code 100, subcode 33).
    - A second grant to the same business answers 3989 (reference).

    Source: guide, "Grant Access to Assets for Another Business Manager"; reference, page/agencies.

    Args:
        page_or_business_id (str): An id, as a string of digits; numbers of this size lose digits
            in JSON.
        body (PageGrant): Who gets access to the Page, and for which tasks.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | GrantResult]
    """

    kwargs = _get_kwargs(
        page_or_business_id=page_or_business_id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    page_or_business_id: str,
    *,
    client: AuthenticatedClient,
    body: PageGrant,
) -> ErrorResponse | GrantResult | None:
    """Give a business access to your Page

     Gives another business access to a Page that you own, with the tasks that you name. The same call
    accepts a
    waiting request and grants access unasked.

    - Takes a **Page access token**; with any other the answer is code 190.
    - If the token's access to the Page comes through a business, this business must be the **owner**:
    an agency
      cannot pass its access on.
    - `permitted_tasks` is mandatory in the guide, and optional in the reference.
    - With the id of a business instead of a Page there is no such call (code 100, subcode 33).
    - A second grant to the same business answers 3989 (reference).

    Source: guide, "Grant Access to Assets for Another Business Manager"; reference, page/agencies.

    Args:
        page_or_business_id (str): An id, as a string of digits; numbers of this size lose digits
            in JSON.
        body (PageGrant): Who gets access to the Page, and for which tasks.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | GrantResult
    """

    return sync_detailed(
        page_or_business_id=page_or_business_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    page_or_business_id: str,
    *,
    client: AuthenticatedClient,
    body: PageGrant,
) -> Response[ErrorResponse | GrantResult]:
    """Give a business access to your Page

     Gives another business access to a Page that you own, with the tasks that you name. The same call
    accepts a
    waiting request and grants access unasked.

    - Takes a **Page access token**; with any other the answer is code 190.
    - If the token's access to the Page comes through a business, this business must be the **owner**:
    an agency
      cannot pass its access on.
    - `permitted_tasks` is mandatory in the guide, and optional in the reference.
    - With the id of a business instead of a Page there is no such call (code 100, subcode 33).
    - A second grant to the same business answers 3989 (reference).

    Source: guide, "Grant Access to Assets for Another Business Manager"; reference, page/agencies.

    Args:
        page_or_business_id (str): An id, as a string of digits; numbers of this size lose digits
            in JSON.
        body (PageGrant): Who gets access to the Page, and for which tasks.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | GrantResult]
    """

    kwargs = _get_kwargs(
        page_or_business_id=page_or_business_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    page_or_business_id: str,
    *,
    client: AuthenticatedClient,
    body: PageGrant,
) -> ErrorResponse | GrantResult | None:
    """Give a business access to your Page

     Gives another business access to a Page that you own, with the tasks that you name. The same call
    accepts a
    waiting request and grants access unasked.

    - Takes a **Page access token**; with any other the answer is code 190.
    - If the token's access to the Page comes through a business, this business must be the **owner**:
    an agency
      cannot pass its access on.
    - `permitted_tasks` is mandatory in the guide, and optional in the reference.
    - With the id of a business instead of a Page there is no such call (code 100, subcode 33).
    - A second grant to the same business answers 3989 (reference).

    Source: guide, "Grant Access to Assets for Another Business Manager"; reference, page/agencies.

    Args:
        page_or_business_id (str): An id, as a string of digits; numbers of this size lose digits
            in JSON.
        body (PageGrant): Who gets access to the Page, and for which tasks.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | GrantResult
    """

    return (
        await asyncio_detailed(
            page_or_business_id=page_or_business_id,
            client=client,
            body=body,
        )
    ).parsed
