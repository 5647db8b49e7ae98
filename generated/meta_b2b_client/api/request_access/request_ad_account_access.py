from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.access_request_result import AccessRequestResult
from ...models.ad_account_access_request import AdAccountAccessRequest
from ...models.error_response import ErrorResponse
from ...types import Response, path_segment


def _get_kwargs(
    business_id: str,
    *,
    body: AdAccountAccessRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": f"/{path_segment(business_id)}/client_ad_accounts",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> AccessRequestResult | ErrorResponse | None:
    if response.status_code == 200:
        response_200 = AccessRequestResult.from_dict(response.json())

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
) -> Response[AccessRequestResult | ErrorResponse]:
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
    body: AdAccountAccessRequest,
) -> Response[AccessRequestResult | ErrorResponse]:
    """Ask for access to an ad account

     Asks the owner of an ad account to give your business access to it, with the tasks that you name.
    The
    owner's admins are notified. The request waits until they accept it, in the user interface or with
    `POST /act_{ad_account_id}/agencies`.

    - `permitted_tasks` is mandatory in the guide, and optional in the SDK.
    - Ask only businesses that already know yours. Too many reports as spam lock your business.
    - **Assumption [A18]:** the token belongs to an admin of the requesting business, as with
    `owned_ad_accounts`.
    - Left the SDK on 2021-06-10, two days after access was limited; the guide still has it. facebook-
    business 10.0.1 was
      the last release with it.

    The sibling call on `owned_ad_accounts` also documents 457, 2702, 3979, 3980 and 3994, without
    saying what they
    mean.

    Source: guide, "Request Access to Assets"; SDK until 2021-06-10.

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (AdAccountAccessRequest): Which ad account, and which tasks on it.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AccessRequestResult | ErrorResponse]
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
    body: AdAccountAccessRequest,
) -> AccessRequestResult | ErrorResponse | None:
    """Ask for access to an ad account

     Asks the owner of an ad account to give your business access to it, with the tasks that you name.
    The
    owner's admins are notified. The request waits until they accept it, in the user interface or with
    `POST /act_{ad_account_id}/agencies`.

    - `permitted_tasks` is mandatory in the guide, and optional in the SDK.
    - Ask only businesses that already know yours. Too many reports as spam lock your business.
    - **Assumption [A18]:** the token belongs to an admin of the requesting business, as with
    `owned_ad_accounts`.
    - Left the SDK on 2021-06-10, two days after access was limited; the guide still has it. facebook-
    business 10.0.1 was
      the last release with it.

    The sibling call on `owned_ad_accounts` also documents 457, 2702, 3979, 3980 and 3994, without
    saying what they
    mean.

    Source: guide, "Request Access to Assets"; SDK until 2021-06-10.

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (AdAccountAccessRequest): Which ad account, and which tasks on it.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AccessRequestResult | ErrorResponse
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
    body: AdAccountAccessRequest,
) -> Response[AccessRequestResult | ErrorResponse]:
    """Ask for access to an ad account

     Asks the owner of an ad account to give your business access to it, with the tasks that you name.
    The
    owner's admins are notified. The request waits until they accept it, in the user interface or with
    `POST /act_{ad_account_id}/agencies`.

    - `permitted_tasks` is mandatory in the guide, and optional in the SDK.
    - Ask only businesses that already know yours. Too many reports as spam lock your business.
    - **Assumption [A18]:** the token belongs to an admin of the requesting business, as with
    `owned_ad_accounts`.
    - Left the SDK on 2021-06-10, two days after access was limited; the guide still has it. facebook-
    business 10.0.1 was
      the last release with it.

    The sibling call on `owned_ad_accounts` also documents 457, 2702, 3979, 3980 and 3994, without
    saying what they
    mean.

    Source: guide, "Request Access to Assets"; SDK until 2021-06-10.

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (AdAccountAccessRequest): Which ad account, and which tasks on it.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AccessRequestResult | ErrorResponse]
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
    body: AdAccountAccessRequest,
) -> AccessRequestResult | ErrorResponse | None:
    """Ask for access to an ad account

     Asks the owner of an ad account to give your business access to it, with the tasks that you name.
    The
    owner's admins are notified. The request waits until they accept it, in the user interface or with
    `POST /act_{ad_account_id}/agencies`.

    - `permitted_tasks` is mandatory in the guide, and optional in the SDK.
    - Ask only businesses that already know yours. Too many reports as spam lock your business.
    - **Assumption [A18]:** the token belongs to an admin of the requesting business, as with
    `owned_ad_accounts`.
    - Left the SDK on 2021-06-10, two days after access was limited; the guide still has it. facebook-
    business 10.0.1 was
      the last release with it.

    The sibling call on `owned_ad_accounts` also documents 457, 2702, 3979, 3980 and 3994, without
    saying what they
    mean.

    Source: guide, "Request Access to Assets"; SDK until 2021-06-10.

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (AdAccountAccessRequest): Which ad account, and which tasks on it.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AccessRequestResult | ErrorResponse
    """

    return (
        await asyncio_detailed(
            business_id=business_id,
            client=client,
            body=body,
        )
    ).parsed
