from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.error_response import ErrorResponse
from ...models.success import Success
from ...types import UNSET, Response, path_segment


def _get_kwargs(
    business_id: str,
    *,
    adaccount_id: str,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["adaccount_id"] = adaccount_id

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": f"/{path_segment(business_id)}/ad_accounts",
        "params": params,
    }

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
    business_id: str,
    *,
    client: AuthenticatedClient,
    adaccount_id: str,
) -> Response[ErrorResponse | Success]:
    """Give up one ad account of a client

     Your business gives up its access to one ad account, or withdraws its request for it. To take access
    away from
    an agency, the owner calls the ad account's `agencies` edge.

    - **Assumption [A35]:** of an ad account that your business owns, this is refused with code 200;
    without access
      or request the answer is code 100 with subcode 33.

    Source: reference, business/ad_accounts; SDK (`delete_ad_accounts`).

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        adaccount_id (str): The id of an ad account, `act_` and its digits.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | Success]
    """

    kwargs = _get_kwargs(
        business_id=business_id,
        adaccount_id=adaccount_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    business_id: str,
    *,
    client: AuthenticatedClient,
    adaccount_id: str,
) -> ErrorResponse | Success | None:
    """Give up one ad account of a client

     Your business gives up its access to one ad account, or withdraws its request for it. To take access
    away from
    an agency, the owner calls the ad account's `agencies` edge.

    - **Assumption [A35]:** of an ad account that your business owns, this is refused with code 200;
    without access
      or request the answer is code 100 with subcode 33.

    Source: reference, business/ad_accounts; SDK (`delete_ad_accounts`).

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        adaccount_id (str): The id of an ad account, `act_` and its digits.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | Success
    """

    return sync_detailed(
        business_id=business_id,
        client=client,
        adaccount_id=adaccount_id,
    ).parsed


async def asyncio_detailed(
    business_id: str,
    *,
    client: AuthenticatedClient,
    adaccount_id: str,
) -> Response[ErrorResponse | Success]:
    """Give up one ad account of a client

     Your business gives up its access to one ad account, or withdraws its request for it. To take access
    away from
    an agency, the owner calls the ad account's `agencies` edge.

    - **Assumption [A35]:** of an ad account that your business owns, this is refused with code 200;
    without access
      or request the answer is code 100 with subcode 33.

    Source: reference, business/ad_accounts; SDK (`delete_ad_accounts`).

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        adaccount_id (str): The id of an ad account, `act_` and its digits.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | Success]
    """

    kwargs = _get_kwargs(
        business_id=business_id,
        adaccount_id=adaccount_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    business_id: str,
    *,
    client: AuthenticatedClient,
    adaccount_id: str,
) -> ErrorResponse | Success | None:
    """Give up one ad account of a client

     Your business gives up its access to one ad account, or withdraws its request for it. To take access
    away from
    an agency, the owner calls the ad account's `agencies` edge.

    - **Assumption [A35]:** of an ad account that your business owns, this is refused with code 200;
    without access
      or request the answer is code 100 with subcode 33.

    Source: reference, business/ad_accounts; SDK (`delete_ad_accounts`).

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        adaccount_id (str): The id of an ad account, `act_` and its digits.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | Success
    """

    return (
        await asyncio_detailed(
            business_id=business_id,
            client=client,
            adaccount_id=adaccount_id,
        )
    ).parsed
