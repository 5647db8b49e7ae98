"""An httpx client of the caller's may speak HTTP/2. The sandbox does not, and so the benchmark's server answers."""

import asyncio

import httpx
from meta_b2b_client import AsyncB2BClient, B2BClient

from scripts.bench.client import TOKEN, local_server


def test_calls_over_http_2() -> None:
    versions: list[str] = []

    async def note(response: httpx.Response) -> None:
        versions.append(response.http_version)

    async def later(base_url: str) -> None:
        async with httpx.AsyncClient(
            http1=False, http2=True, event_hooks={"response": [note]}
        ) as http_client:
            b2b = AsyncB2BClient(TOKEN, base_url=base_url, http_client=http_client)
            assert (await b2b.grant_ad_account_access("1", business="2")).success

    with local_server() as base_url:
        hooks = {"response": [lambda response: versions.append(response.http_version)]}
        with httpx.Client(http1=False, http2=True, event_hooks=hooks) as http_client:
            raw = B2BClient(TOKEN, base_url=base_url, http_client=http_client).with_raw_response
            assert len(raw.list_ad_account_agencies("1").parse().data) == 100
        asyncio.run(later(base_url))
    assert versions == ["HTTP/2", "HTTP/2"]
