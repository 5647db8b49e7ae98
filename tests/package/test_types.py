"""The client as code: strict types, nothing for ruff to find, and types that the user's type checker sees."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.node import ROOT
from tests.support.environment import Environment, output

pytestmark = pytest.mark.xdist_group("wheel")

PACKAGE = ROOT / "generated" / "meta_b2b_client"

# What a user's type checker must see: an error of the kind that a line names, and no other.
TYPED = """
from datetime import datetime

import httpx
from meta_b2b_client import AsyncB2BClient, B2BClient, GraphError, GraphObject, RateLimited, RawResponse, Usage, prepare
from meta_b2b_client.models import AdAccount, AssetAgency, AssetAgencyList, Business, BusinessReference
from meta_b2b_client.models import ClientList, GrantResult, User


def slow_down(usage: Usage) -> None:
    used: float = usage.percent


b2b = B2BClient(http_client=httpx.Client(), on_usage=slow_down).with_options(access_token="any", timeout=3)
b2b = B2BClient("any", app_secret="any", base_url="http://127.0.0.1", timeout=httpx.Timeout(5), max_retries=0)
result: GrantResult = b2b.grant_ad_account_access("1", business="2", permitted_tasks=["ADVERTISE"])
agency: AssetAgency
for agency in b2b.list_ad_account_agencies("1", limit=5, max_items=None):
    name: str | None = agency.name
    when: datetime | None = agency.access_requested_time
page: AssetAgencyList
for page in b2b.list_ad_account_agencies("1").pages():
    first: str = page.data[0].id
count: int = b2b.list_clients("1", summary="total_count").total_count()
me: User = b2b.get_me(fields="id")
mine: list[Business] = list(b2b.list_businesses())
account: AdAccount
for account in b2b.list_owned_ad_accounts(mine[0].id):
    owner: BusinessReference | None = account.business
token: str | None = b2b.get_page("1").access_token
b2b.grant_ad_account_access("1", business="2")
try:
    b2b.cancel_obo_request("1")
except RateLimited as error:
    seconds: float | None = error.retry_after
except GraphError as error:
    code: int | None = error.code

raw: RawResponse[User] = b2b.with_raw_response.get_me(fields="id")
retries: int = raw.retries
pages_raw: RawResponse[ClientList] = b2b.with_raw_response.list_clients("1", limit=5)
both: list[Business | GraphError] = b2b.batch([prepare.get_business("1"), prepare.get_business("2", fields="id")])
anything: GraphObject = b2b.get("/me", {"fields": "id"}, timeout=httpx.Timeout(3))
others: list[GraphObject] = [*b2b.get_items("/me/accounts")]

B2BClient().with_options(base_url="http://127.0.0.1")  # bad: call-arg
B2BClient(http_client=httpx.AsyncClient())  # bad: arg-type
b2b.with_raw_response.get_me(field="id")  # bad: call-arg
b2b.with_raw_response.get_obo_request(1)  # bad: arg-type
prepare.get_business()  # bad: call-arg
b2b.batch([b2b.get_business("1")])  # bad: arg-type
raw.parse().nothing  # bad: attr-defined
User(name="x")  # bad: call-arg
User("1")  # bad: call-arg
B2BClient(access_token=1)  # bad: arg-type
B2BClient("any", retries=1)  # bad: call-arg
b2b.grant_ad_account_access("1", business="2", permitted_tasks=["MODERATE"])  # bad: list-item
b2b.grant_ad_account_access("1", business="2", permitted_tasks="ADVERTISE")  # bad: arg-type
b2b.grant_ad_account_access("1", permitted_tasks=["ADVERTISE"])  # bad: call-arg
b2b.grant_ad_account_access("1", "2", ["ADVERTISE"])  # bad: call-arg
b2b.list_ad_account_obo_requests("1", status="NEW")  # bad: arg-type
b2b.list_clients("1", summary="all")  # bad: arg-type
b2b.get_obo_request(1)  # bad: arg-type
b2b.list_pages(1)  # bad: arg-type
b2b.get_business()  # bad: call-arg
b2b.remove_client_page("1")  # bad: call-arg
b2b.list_ad_account_agencies("1").total_count()  # bad: attr-defined
b2b.grant_everything("1")  # bad: attr-defined
result.granted  # bad: attr-defined
agency.name.upper()  # bad: union-attr


async def main() -> None:
    async with AsyncB2BClient("any") as b2b:
        done: GrantResult = await b2b.grant_ad_account_access("1", business="2", permitted_tasks=["DRAFT"])
        names = [agency.name async for agency in b2b.list_ad_account_agencies("1")]
        async for page in b2b.list_clients("1").pages():
            data: list[str] = [client.id for client in page.data]
        count: int = await b2b.list_clients("1").total_count()
        me: User = await b2b.get_user("1")
        pages = [page.access_token async for page in b2b.list_pages()]
        for agency in b2b.list_ad_account_agencies("1"):  # bad: attr-defined
            pass
        b2b.cancel_obo_request("1").success  # bad: attr-defined
        whole: RawResponse[User] = await b2b.with_raw_response.get_me()
        first: ClientList = (await b2b.with_raw_response.list_clients("1")).parse()
        several: list[User | GraphError] = await b2b.batch([prepare.get_me()])
        b2b.with_raw_response.get_me().retries  # bad: attr-defined
        with AsyncB2BClient("any"):  # bad: attr-defined
            pass
"""


def test_code_is_clean() -> None:
    # UP028 wants `yield from`, which the half for asyncio cannot have; and the halves are equal.
    for command in (["check", "--ignore=UP028"], ["format", "--check"]):
        ruff = ("ruff", *command, "--isolated", "--no-cache", "--target-version=py311", "--line-length=110")
        output(sys.executable, "-m", *ruff, PACKAGE, cwd=PACKAGE.parent)


def test_type_checkers_see_the_installed_types(plain: Environment, tmp_path: Path) -> None:
    """In the package itself strict mypy finds nothing, in use.py what its lines say."""
    (tmp_path / "use.py").write_text(TYPED)
    mypy = (sys.executable, "-m", "mypy", "--strict", "--config-file=", "--cache-dir", tmp_path)
    result = subprocess.run(
        [*mypy, "--python-executable", plain.programs / "python", "-p", "meta_b2b_client", "-m", "use"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.findall(r"^(.*?):(\d+): error: .*\[([a-z-]+)\]$", result.stdout, re.M)
    wanted = [
        ("use.py", str(number), line.split("# bad: ")[1])
        for number, line in enumerate(TYPED.splitlines(), 1)
        if "# bad: " in line
    ]
    modules = len(list(PACKAGE.rglob("*.py")))
    assert f"(checked {modules + 1} source files)" in result.stdout
    assert sorted(set(found)) == sorted(wanted), result.stdout + result.stderr
