"""The demo world: who is there when the sandbox starts with an empty file, or is reset."""

import hashlib
import hmac
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from meta_b2b_sandbox import seeds
from meta_b2b_sandbox.store import Store
from meta_b2b_sandbox.tokens import APP_SECRET

DEMO = Path(__file__).with_name("demo.yaml")
# What of it the code and the tests name.
OWNER, AGENCY, OUTSIDER = "2222222222", "3333333333", "5555555555"
PAGE, OTHER_PAGE = "1900952844321", "1900952844322"
AD_ACCOUNT, CROWDED, REVIEWED = "act_4444444444", "act_4444444445", "act_4444444446"
AGENCY_AD_ACCOUNT = "act_4444444447"
APP, EMPLOYEE, SYSTEM_USER = "400000000000001", "122102222222222", "122103333333333"
OWNER_TOKEN, AGENCY_TOKEN = "owner-token", "agency-token"
CROWD = 120
SHOWN = 30  # lines of the table at most: a world may have 100,000 ad accounts


@cache
def demo() -> Mapping[str, Any]:
    """The seed of the demo world. Raises SeedError."""
    return seeds.read_file(DEMO)


def load(store: Store) -> None:
    """Replace everything in the store by the demo world, in one transaction."""
    seeds.put(store, demo())


def table(store: Store, base_url: str, curl: str = "curl") -> str:
    """The world as a short table, and calls that work when pasted: of the demo world three, and the lines of a story.
    `curl` is how they begin."""
    rows = []
    for token in store.all("tokens", SHOWN):
        name = store.business(token["business"])
        note = who(store, token["user"]) if token["app_access"] else "of an app without access"
        rows.append(f"  {name:18} {token['business']:14} {token['access_token']}  ({note})")
    for asset in store.all("assets", SHOWN):  # Pages come first: their ids have no act_
        owner = store.business(asset["owner"])
        if asset["kind"] == "page":
            rows.append(f"  {asset['name']:18} {asset['id']:14} {asset['access_token']}  (Page of {owner})")
        else:
            note = ", grants need an admin's approval" if asset["admin_review"] else ""
            rows.append(f"  {asset['id']:18} {asset['name']}  (of {owner}{note})")
    more = store.size("tokens") + store.size("assets") - len(rows[:SHOWN])
    shown = rows[:SHOWN] + ([f"  … {more} more"] if more else [])
    tail = [f"  {store.size('businesses')} businesses in all"]
    notes = [
        f"  App: {app['id']}, of {store.business(app['business'])}; its secret, for appsecret_proof: {app['secret']}"
        for app in store.all("apps", SHOWN)
    ]
    origin = base_url.rpartition("/")[0]
    notes += [f"  In a browser: {origin}/", f"  Everything: {origin}/_sandbox/state"]
    return "\n".join(["  name, id, access token", *shown, *tail, *notes, *lines(store, base_url, curl)])


def lines(store: Store, base_url: str, curl: str) -> list[str]:
    """What can be tried: another world than the demo's has other ids and tokens."""
    owners = {asset: getattr(store.asset(asset), "owner", None) for asset in (PAGE, AD_ACCOUNT, CROWDED)}
    tokens = {text: getattr(store.token(text), "business", None) for text in (OWNER_TOKEN, AGENCY_TOKEN)}
    if {*owners.values()} != {OWNER} or [*tokens.values()] != [OWNER, AGENCY]:
        token = next(iter(store.all("tokens", 1)), None)
        return [f"Try:\n  {curl} '{base_url}/me?access_token={token['access_token']}'"] if token else []
    curls = [
        # All three can be repeated, and are right after a restart on the same file too.
        f"{curl} '{base_url}/{AD_ACCOUNT}/agencies' -d access_token=owner-token -d business={AGENCY} "
        """-d 'permitted_tasks=["ADVERTISE"]'""",
        f"{curl} '{base_url}/{AGENCY}/clients?access_token=agency-token'",
        f"{curl} '{base_url}/{CROWDED}/agencies?limit=3&access_token=owner-token'",
    ]
    story = [
        "Act for a client, one line after the other:",
        *(f"  {line}" for line in act_for(base_url, curl)),
    ]
    return ["Try:", *(f"  {c}" for c in curls), *story]


def who(store: Store, id: str) -> str:
    """The user with this id, in a few words."""
    user = store.user(id)
    assert user is not None
    role = "admin" if user.role == "ADMIN" else "employee"
    if user.kind == "system_user":
        return f"{role}, system user {id}"
    return f"{role} {id}, in its business 7{id}"


def value_of(name: str) -> str:
    """The command that takes the value of this name out of an answer."""
    return rf"""sed 's/.*"{name}":"\([^"]*\)".*/\1/'"""


def act_for(base_url: str, curl: str) -> list[str]:
    """Meta's guide "Business On Behalf Of", from its first step to the end of it, as lines for a shell. They can be
    repeated."""
    proof = hmac.new(APP_SECRET.encode(), b"agency-system-token", hashlib.sha256).hexdigest()
    partner = f"{base_url}/{AGENCY}/managed_businesses"
    assign = "-d access_token=owner-token -d user=$WHO -d tasks=ADVERTISE,ANALYZE"
    return [
        f"{curl} '{partner}' -d access_token=owner-token -d existing_client_business_id={OWNER}",
        f"TOKEN=$({curl} -s '{base_url}/{OWNER}/access_token' -d access_token=agency-system-token -d app_id={APP} "
        f"-d scope=ads_management,pages_read_engagement -d appsecret_proof={proof} "
        f"| {value_of('access_token')})",
        f'WHO=$({curl} -s "{base_url}/me?access_token=$TOKEN" | {value_of("id")})',
        f"{curl} '{base_url}/{PAGE}/assigned_users' {assign}",
        f"{curl} '{base_url}/{AD_ACCOUNT}/assigned_users' {assign}",
        f'{curl} "{base_url}/me/accounts?access_token=$TOKEN"',
        f'{curl} "{base_url}/me/adaccounts?fields=name,user_tasks&access_token=$TOKEN"',
        f"{curl} -X DELETE '{partner}?existing_client_business_id={OWNER}&access_token=owner-token'",
    ]
