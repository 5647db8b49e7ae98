from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.error_response import ErrorResponse
from ...models.page_assignment import PageAssignment
from ...models.success import Success
from ...types import Response, path_segment


def _get_kwargs(
    page_id: str,
    *,
    body: PageAssignment,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": f"/{path_segment(page_id)}/assigned_users",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
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
    body: PageAssignment,
) -> Response[ErrorResponse | Success]:
    """Assign a user to a Page

     Gives a user or a system user tasks on the Page. Takes the token of an admin of the business that
    owns the Page,
    or of one that has access to it: that one can assign no more tasks than it was granted. **Assumption
    [A57]:**
    the tasks replace those that the user had, and without `tasks` it is `ANALYZE`.

    The guide calls it with the token of a user, the reference asks for a Page access token: both are
    taken.

    - `user` is the id of a system user, or the id that a person has in the business. The one that `/me`
    answers is
      another: code 100 with subcode 1752100.

    Source: Meta's guide "Business On Behalf Of", step 4; reference, page/assigned_users.

    Args:
        page_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (PageAssignment): Whom, and which tasks on the Page.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | Success]
    """

    kwargs = _get_kwargs(
        page_id=page_id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    page_id: str,
    *,
    client: AuthenticatedClient,
    body: PageAssignment,
) -> ErrorResponse | Success | None:
    """Assign a user to a Page

     Gives a user or a system user tasks on the Page. Takes the token of an admin of the business that
    owns the Page,
    or of one that has access to it: that one can assign no more tasks than it was granted. **Assumption
    [A57]:**
    the tasks replace those that the user had, and without `tasks` it is `ANALYZE`.

    The guide calls it with the token of a user, the reference asks for a Page access token: both are
    taken.

    - `user` is the id of a system user, or the id that a person has in the business. The one that `/me`
    answers is
      another: code 100 with subcode 1752100.

    Source: Meta's guide "Business On Behalf Of", step 4; reference, page/assigned_users.

    Args:
        page_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (PageAssignment): Whom, and which tasks on the Page.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | Success
    """

    return sync_detailed(
        page_id=page_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    page_id: str,
    *,
    client: AuthenticatedClient,
    body: PageAssignment,
) -> Response[ErrorResponse | Success]:
    """Assign a user to a Page

     Gives a user or a system user tasks on the Page. Takes the token of an admin of the business that
    owns the Page,
    or of one that has access to it: that one can assign no more tasks than it was granted. **Assumption
    [A57]:**
    the tasks replace those that the user had, and without `tasks` it is `ANALYZE`.

    The guide calls it with the token of a user, the reference asks for a Page access token: both are
    taken.

    - `user` is the id of a system user, or the id that a person has in the business. The one that `/me`
    answers is
      another: code 100 with subcode 1752100.

    Source: Meta's guide "Business On Behalf Of", step 4; reference, page/assigned_users.

    Args:
        page_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (PageAssignment): Whom, and which tasks on the Page.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | Success]
    """

    kwargs = _get_kwargs(
        page_id=page_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    page_id: str,
    *,
    client: AuthenticatedClient,
    body: PageAssignment,
) -> ErrorResponse | Success | None:
    """Assign a user to a Page

     Gives a user or a system user tasks on the Page. Takes the token of an admin of the business that
    owns the Page,
    or of one that has access to it: that one can assign no more tasks than it was granted. **Assumption
    [A57]:**
    the tasks replace those that the user had, and without `tasks` it is `ANALYZE`.

    The guide calls it with the token of a user, the reference asks for a Page access token: both are
    taken.

    - `user` is the id of a system user, or the id that a person has in the business. The one that `/me`
    answers is
      another: code 100 with subcode 1752100.

    Source: Meta's guide "Business On Behalf Of", step 4; reference, page/assigned_users.

    Args:
        page_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (PageAssignment): Whom, and which tasks on the Page.

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
            body=body,
        )
    ).parsed
