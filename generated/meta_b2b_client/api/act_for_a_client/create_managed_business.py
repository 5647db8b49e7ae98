from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.client_choice import ClientChoice
from ...models.error_response import ErrorResponse
from ...models.managed_business import ManagedBusiness
from ...types import Response, path_segment


def _get_kwargs(
    business_id: str,
    *,
    body: ClientChoice,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": f"/{path_segment(business_id)}/managed_businesses",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | ManagedBusiness | None:
    if response.status_code == 200:
        response_200 = ManagedBusiness.from_dict(response.json())

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
) -> Response[ErrorResponse | ManagedBusiness]:
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
    body: ClientChoice,
) -> Response[ErrorResponse | ManagedBusiness]:
    """Become the partner of a client

     Makes your business the partner of a client: the first step of acting for it. Takes the token of an
    admin of the
    **client**, which the partner's app got when that admin logged in.

    - The answer is the client. **Assumption [A49]:** a second call answers the same.
    - **Assumption [A50]:** if the token is not of an admin of the client, or not of the partner's app,
    the answer
      is code 200 with subcode 2655040, as for an app without this capability. 42004 is documented, too.
    - Making a business for a client that has none (`name`, `vertical`, …) is outside of this document.

    Source: Meta's guide "Business On Behalf Of", step 1; reference, business/managed_businesses.

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (ClientChoice): Which client.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | ManagedBusiness]
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
    body: ClientChoice,
) -> ErrorResponse | ManagedBusiness | None:
    """Become the partner of a client

     Makes your business the partner of a client: the first step of acting for it. Takes the token of an
    admin of the
    **client**, which the partner's app got when that admin logged in.

    - The answer is the client. **Assumption [A49]:** a second call answers the same.
    - **Assumption [A50]:** if the token is not of an admin of the client, or not of the partner's app,
    the answer
      is code 200 with subcode 2655040, as for an app without this capability. 42004 is documented, too.
    - Making a business for a client that has none (`name`, `vertical`, …) is outside of this document.

    Source: Meta's guide "Business On Behalf Of", step 1; reference, business/managed_businesses.

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (ClientChoice): Which client.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | ManagedBusiness
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
    body: ClientChoice,
) -> Response[ErrorResponse | ManagedBusiness]:
    """Become the partner of a client

     Makes your business the partner of a client: the first step of acting for it. Takes the token of an
    admin of the
    **client**, which the partner's app got when that admin logged in.

    - The answer is the client. **Assumption [A49]:** a second call answers the same.
    - **Assumption [A50]:** if the token is not of an admin of the client, or not of the partner's app,
    the answer
      is code 200 with subcode 2655040, as for an app without this capability. 42004 is documented, too.
    - Making a business for a client that has none (`name`, `vertical`, …) is outside of this document.

    Source: Meta's guide "Business On Behalf Of", step 1; reference, business/managed_businesses.

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (ClientChoice): Which client.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | ManagedBusiness]
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
    body: ClientChoice,
) -> ErrorResponse | ManagedBusiness | None:
    """Become the partner of a client

     Makes your business the partner of a client: the first step of acting for it. Takes the token of an
    admin of the
    **client**, which the partner's app got when that admin logged in.

    - The answer is the client. **Assumption [A49]:** a second call answers the same.
    - **Assumption [A50]:** if the token is not of an admin of the client, or not of the partner's app,
    the answer
      is code 200 with subcode 2655040, as for an app without this capability. 42004 is documented, too.
    - Making a business for a client that has none (`name`, `vertical`, …) is outside of this document.

    Source: Meta's guide "Business On Behalf Of", step 1; reference, business/managed_businesses.

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (ClientChoice): Which client.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | ManagedBusiness
    """

    return (
        await asyncio_detailed(
            business_id=business_id,
            client=client,
            body=body,
        )
    ).parsed
