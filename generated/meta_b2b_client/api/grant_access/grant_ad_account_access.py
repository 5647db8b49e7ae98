from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.ad_account_grant import AdAccountGrant
from ...models.error_response import ErrorResponse
from ...models.grant_result import GrantResult
from ...types import Response, path_segment


def _get_kwargs(
    ad_account_id: str,
    *,
    body: AdAccountGrant,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": f"/act_{path_segment(ad_account_id)}/agencies",
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
    ad_account_id: str,
    *,
    client: AuthenticatedClient,
    body: AdAccountGrant,
) -> Response[ErrorResponse | GrantResult]:
    """Give a business access to your ad account

     Gives another business access to an ad account that you own, with the tasks that you name. The same
    call
    accepts a waiting request and grants access unasked.

    - If the token's access to the ad account comes through a business, this business must be the
    **owner**: an
      agency cannot pass its access on.
    - `permitted_tasks` is mandatory in the guide, and optional in the SDK.
    - Sometimes another admin of your business must review the grant, at
      `https://business.facebook.com/settings/requests/admin_reviews`; the answer then has
      `requires_admin_approval: true`, and the access waits for this review.
    - **Assumption [A20]:** a second grant to the same business replaces its tasks, without another
    review; other
      reports say 3989, or no effect.
    - Left the SDK on 2021-06-10 and came back on 2024-01-23: facebook-business has it up to 10.0.1 and
    since 19.0.0.
      `AA_ANALYZE` came with it.

    Source: guide, "Grant Access to Assets for Another Business Manager"; SDK.

    Args:
        ad_account_id (str): An id, as a string of digits; numbers of this size lose digits in
            JSON.
        body (AdAccountGrant): Who gets access to the ad account, and for which tasks.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | GrantResult]
    """

    kwargs = _get_kwargs(
        ad_account_id=ad_account_id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    ad_account_id: str,
    *,
    client: AuthenticatedClient,
    body: AdAccountGrant,
) -> ErrorResponse | GrantResult | None:
    """Give a business access to your ad account

     Gives another business access to an ad account that you own, with the tasks that you name. The same
    call
    accepts a waiting request and grants access unasked.

    - If the token's access to the ad account comes through a business, this business must be the
    **owner**: an
      agency cannot pass its access on.
    - `permitted_tasks` is mandatory in the guide, and optional in the SDK.
    - Sometimes another admin of your business must review the grant, at
      `https://business.facebook.com/settings/requests/admin_reviews`; the answer then has
      `requires_admin_approval: true`, and the access waits for this review.
    - **Assumption [A20]:** a second grant to the same business replaces its tasks, without another
    review; other
      reports say 3989, or no effect.
    - Left the SDK on 2021-06-10 and came back on 2024-01-23: facebook-business has it up to 10.0.1 and
    since 19.0.0.
      `AA_ANALYZE` came with it.

    Source: guide, "Grant Access to Assets for Another Business Manager"; SDK.

    Args:
        ad_account_id (str): An id, as a string of digits; numbers of this size lose digits in
            JSON.
        body (AdAccountGrant): Who gets access to the ad account, and for which tasks.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | GrantResult
    """

    return sync_detailed(
        ad_account_id=ad_account_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    ad_account_id: str,
    *,
    client: AuthenticatedClient,
    body: AdAccountGrant,
) -> Response[ErrorResponse | GrantResult]:
    """Give a business access to your ad account

     Gives another business access to an ad account that you own, with the tasks that you name. The same
    call
    accepts a waiting request and grants access unasked.

    - If the token's access to the ad account comes through a business, this business must be the
    **owner**: an
      agency cannot pass its access on.
    - `permitted_tasks` is mandatory in the guide, and optional in the SDK.
    - Sometimes another admin of your business must review the grant, at
      `https://business.facebook.com/settings/requests/admin_reviews`; the answer then has
      `requires_admin_approval: true`, and the access waits for this review.
    - **Assumption [A20]:** a second grant to the same business replaces its tasks, without another
    review; other
      reports say 3989, or no effect.
    - Left the SDK on 2021-06-10 and came back on 2024-01-23: facebook-business has it up to 10.0.1 and
    since 19.0.0.
      `AA_ANALYZE` came with it.

    Source: guide, "Grant Access to Assets for Another Business Manager"; SDK.

    Args:
        ad_account_id (str): An id, as a string of digits; numbers of this size lose digits in
            JSON.
        body (AdAccountGrant): Who gets access to the ad account, and for which tasks.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | GrantResult]
    """

    kwargs = _get_kwargs(
        ad_account_id=ad_account_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    ad_account_id: str,
    *,
    client: AuthenticatedClient,
    body: AdAccountGrant,
) -> ErrorResponse | GrantResult | None:
    """Give a business access to your ad account

     Gives another business access to an ad account that you own, with the tasks that you name. The same
    call
    accepts a waiting request and grants access unasked.

    - If the token's access to the ad account comes through a business, this business must be the
    **owner**: an
      agency cannot pass its access on.
    - `permitted_tasks` is mandatory in the guide, and optional in the SDK.
    - Sometimes another admin of your business must review the grant, at
      `https://business.facebook.com/settings/requests/admin_reviews`; the answer then has
      `requires_admin_approval: true`, and the access waits for this review.
    - **Assumption [A20]:** a second grant to the same business replaces its tasks, without another
    review; other
      reports say 3989, or no effect.
    - Left the SDK on 2021-06-10 and came back on 2024-01-23: facebook-business has it up to 10.0.1 and
    since 19.0.0.
      `AA_ANALYZE` came with it.

    Source: guide, "Grant Access to Assets for Another Business Manager"; SDK.

    Args:
        ad_account_id (str): An id, as a string of digits; numbers of this size lose digits in
            JSON.
        body (AdAccountGrant): Who gets access to the ad account, and for which tasks.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | GrantResult
    """

    return (
        await asyncio_detailed(
            ad_account_id=ad_account_id,
            client=client,
            body=body,
        )
    ).parsed
