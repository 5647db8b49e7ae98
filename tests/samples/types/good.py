"""What users write: type checkers in strict mode have nothing to say, and know what each call gives."""

import datetime
from typing import assert_type

import httpx
from meta_b2b_client import (
    AsyncB2BClient,
    AsyncCountedItems,
    AsyncItems,
    B2BClient,
    CountedItems,
    GraphError,
    GraphList,
    GraphObject,
    Items,
    Limit,
    RateLimited,
    RawResponse,
    Usage,
    prepare,
)
from meta_b2b_client.models import (
    AdAccount,
    AssetAgency,
    AssetAgencyList,
    Business,
    BusinessList,
    BusinessReference,
    Client,
    ClientList,
    GrantResult,
    OboRequest,
    Page,
    PageList,
    User,
)

limits: list[Limit] = []


def slow_down(usage: Usage) -> None:
    limits.extend(usage.limits)


b2b = B2BClient(
    "any",
    app_secret="any",
    base_url="http://127.0.0.1",
    timeout=httpx.Timeout(5),
    max_retries=0,
    http_client=httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(200))),
    on_usage=slow_down,
)
from_environment = B2BClient()

# Calls and lists

assert_type(b2b.grant_ad_account_access("1", business="2", permitted_tasks=["ADVERTISE"]), GrantResult)
assert_type(b2b.grant_ad_account_access("1", business="2"), GrantResult)
assert_type(b2b.get_me(fields="id", timeout=1.0), User)
assert_type(b2b.list_businesses(), Items[Business, BusinessList])
assert_type(b2b.list_clients("1", summary="total_count"), CountedItems[Client, ClientList])
assert_type(b2b.list_clients("1").total_count(), int)
for agency in b2b.list_ad_account_agencies("1", limit=5, max_items=None):
    assert_type(agency, AssetAgency)
    assert_type(agency.name, str | None)
for page in b2b.list_ad_account_agencies("1").pages():
    assert_type(page, AssetAgencyList)
    assert_type(page.data[0].id, str)
    assert_type(page.usage.percent, float)

# Models

account: AdAccount = b2b.get_ad_account("1")
assert_type(account.business, BusinessReference | None)
assert_type(account.created_time, datetime.datetime | None)
assert_type(b2b.get_page("1").access_token, str | None)
made = AdAccount(id="act_1", name="any")
read: AdAccount = AdAccount.from_dict({"id": "act_1"})
field: object = read["not_in_the_document"]

# Seams

assert_type(b2b.with_options(timeout=1.0, max_retries=0, access_token="other"), B2BClient)
raw = b2b.with_raw_response.get_me()
assert_type(raw, RawResponse[User])
assert_type(raw.parse(), User)
assert_type(raw.status, int)
assert_type(raw.retries, int)
assert_type(raw.fbtrace_id, str | None)
assert_type(b2b.with_raw_response.list_businesses(limit=1).parse(), BusinessList)
assert_type(b2b.with_options(max_retries=0).with_raw_response.get_page("1").parse(), Page)
assert_type(b2b.get("/me", {"fields": "id"}), GraphObject)
assert_type(b2b.post("/1", {"name": "any"}), GraphObject)
assert_type(b2b.delete("/1"), GraphObject)
assert_type(b2b.get_items("/me/accounts"), Items[GraphObject, GraphList])
assert_type(b2b.batch([prepare.get_business("1"), prepare.get_business("2")]), list[Business | GraphError])
assert_type(b2b.batch([prepare.list_pages()]), list[PageList | GraphError])
business, clients = b2b.batch([prepare.get_business("1"), prepare.list_clients("1")])
if isinstance(business, Business) and isinstance(clients, ClientList):
    assert_type(clients.data, list[Client])
for result in b2b.batch([prepare.get_business("1")]):
    if isinstance(result, GraphError):
        assert_type(result.usage, Usage)
    else:
        assert_type(result, Business)

# Errors

try:
    b2b.cancel_obo_request("1")
except RateLimited as error:
    assert_type(error.retry_after, float | None)
except GraphError as error:
    assert_type(error.code, int | None)


# asyncio


async def slow_down_async(usage: Usage) -> None:
    limits.extend(usage.limits)


async def main() -> None:
    async with AsyncB2BClient("any", http_client=httpx.AsyncClient(), on_usage=slow_down_async) as b2b:
        assert_type(
            await b2b.grant_ad_account_access("1", business="2", permitted_tasks=["DRAFT"]), GrantResult
        )
        assert_type(b2b.list_businesses(), AsyncItems[Business, BusinessList])
        assert_type(b2b.list_clients("1"), AsyncCountedItems[Client, ClientList])
        assert_type(await b2b.list_clients("1").total_count(), int)
        names = [agency.name async for agency in b2b.list_ad_account_agencies("1")]
        assert_type(names, list[str | None])
        async for page in b2b.list_clients("1").pages():
            assert_type(page, ClientList)
        assert_type(b2b.with_options(max_retries=0), AsyncB2BClient)
        assert_type((await b2b.with_raw_response.get_user("1")).parse(), User)
        assert_type((await b2b.with_raw_response.list_pages()).parse(), PageList)
        assert_type(await b2b.batch([prepare.get_obo_request("1")]), list[OboRequest | GraphError])
        assert_type(await b2b.get("/me"), GraphObject)
        async for entry in b2b.get_items("/me/accounts"):
            assert_type(entry, GraphObject)
