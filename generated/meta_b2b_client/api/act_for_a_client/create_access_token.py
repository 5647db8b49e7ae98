from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.access_token_result import AccessTokenResult
from ...models.error_response import ErrorResponse
from ...models.token_request import TokenRequest
from ...types import Response, path_segment


def _get_kwargs(
    business_id: str,
    *,
    body: TokenRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": f"/{path_segment(business_id)}/access_token",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> AccessTokenResult | ErrorResponse | None:
    if response.status_code == 200:
        response_200 = AccessTokenResult.from_dict(response.json())

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
) -> Response[AccessTokenResult | ErrorResponse]:
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
    body: TokenRequest,
) -> Response[AccessTokenResult | ErrorResponse]:
    """Get the token of the system user in a client's business

     Makes a system user in the client's business, an employee to whom nothing is assigned, and answers
    its access
    token. Takes the token of an **admin system user of the partner**, with every scope that is asked
    for, and
    `appsecret_proof`.

    - The first call makes the system user. Its name is `system_user_name`, or that of the client,
    followed by
      `SYSTEM USER`. **Assumption [A52]:** later calls answer the token of the same system user.
    - A newer copy of the guide demands `appsecret_proof`, an older one does not mention it, and
    programs do not
      send it. **Assumption [A53]:** without it the call is refused, unless the app has `require_proof:
    false` in
      the sandbox.
    - **Assumption [A54]:** to one that is no partner of the client, with the app of another business,
    or with
      another kind of token the answer is code 200. A scope that the token lacks is code 100.

    Source: Meta's guide "Business On Behalf Of", step 2.

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (TokenRequest): For which app, and with which permissions.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AccessTokenResult | ErrorResponse]
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
    body: TokenRequest,
) -> AccessTokenResult | ErrorResponse | None:
    """Get the token of the system user in a client's business

     Makes a system user in the client's business, an employee to whom nothing is assigned, and answers
    its access
    token. Takes the token of an **admin system user of the partner**, with every scope that is asked
    for, and
    `appsecret_proof`.

    - The first call makes the system user. Its name is `system_user_name`, or that of the client,
    followed by
      `SYSTEM USER`. **Assumption [A52]:** later calls answer the token of the same system user.
    - A newer copy of the guide demands `appsecret_proof`, an older one does not mention it, and
    programs do not
      send it. **Assumption [A53]:** without it the call is refused, unless the app has `require_proof:
    false` in
      the sandbox.
    - **Assumption [A54]:** to one that is no partner of the client, with the app of another business,
    or with
      another kind of token the answer is code 200. A scope that the token lacks is code 100.

    Source: Meta's guide "Business On Behalf Of", step 2.

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (TokenRequest): For which app, and with which permissions.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AccessTokenResult | ErrorResponse
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
    body: TokenRequest,
) -> Response[AccessTokenResult | ErrorResponse]:
    """Get the token of the system user in a client's business

     Makes a system user in the client's business, an employee to whom nothing is assigned, and answers
    its access
    token. Takes the token of an **admin system user of the partner**, with every scope that is asked
    for, and
    `appsecret_proof`.

    - The first call makes the system user. Its name is `system_user_name`, or that of the client,
    followed by
      `SYSTEM USER`. **Assumption [A52]:** later calls answer the token of the same system user.
    - A newer copy of the guide demands `appsecret_proof`, an older one does not mention it, and
    programs do not
      send it. **Assumption [A53]:** without it the call is refused, unless the app has `require_proof:
    false` in
      the sandbox.
    - **Assumption [A54]:** to one that is no partner of the client, with the app of another business,
    or with
      another kind of token the answer is code 200. A scope that the token lacks is code 100.

    Source: Meta's guide "Business On Behalf Of", step 2.

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (TokenRequest): For which app, and with which permissions.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AccessTokenResult | ErrorResponse]
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
    body: TokenRequest,
) -> AccessTokenResult | ErrorResponse | None:
    """Get the token of the system user in a client's business

     Makes a system user in the client's business, an employee to whom nothing is assigned, and answers
    its access
    token. Takes the token of an **admin system user of the partner**, with every scope that is asked
    for, and
    `appsecret_proof`.

    - The first call makes the system user. Its name is `system_user_name`, or that of the client,
    followed by
      `SYSTEM USER`. **Assumption [A52]:** later calls answer the token of the same system user.
    - A newer copy of the guide demands `appsecret_proof`, an older one does not mention it, and
    programs do not
      send it. **Assumption [A53]:** without it the call is refused, unless the app has `require_proof:
    false` in
      the sandbox.
    - **Assumption [A54]:** to one that is no partner of the client, with the app of another business,
    or with
      another kind of token the answer is code 200. A scope that the token lacks is code 100.

    Source: Meta's guide "Business On Behalf Of", step 2.

    Args:
        business_id (str): An id, as a string of digits; numbers of this size lose digits in JSON.
        body (TokenRequest): For which app, and with which permissions.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AccessTokenResult | ErrorResponse
    """

    return (
        await asyncio_detailed(
            business_id=business_id,
            client=client,
            body=body,
        )
    ).parsed
