"""The demo world: who is there when the sandbox starts with an empty file, or is reset."""

import hashlib
import hmac
import json
from typing import Any

from meta_b2b_sandbox.clock import stamp
from meta_b2b_sandbox.store import App, Asset, Store, User
from meta_b2b_sandbox.tokens import APP_SECRET

OWNER, AGENCY, OUTSIDER = "2222222222", "3333333333", "5555555555"
PAGE, OTHER_PAGE = "1900952844321", "1900952844322"
AD_ACCOUNT, CROWDED, REVIEWED = "act_4444444444", "act_4444444445", "act_4444444446"
AGENCY_AD_ACCOUNT = "act_4444444447"
APP, EMPLOYEE, SYSTEM_USER = "400000000000001", "122102222222222", "122103333333333"
CROWD = 120
SHOWN = 30  # lines of the table at most: a world may have 100,000 ad accounts


def load(store: Store) -> None:
    """Replace everything in the store by the demo world, in one transaction."""
    with store.change():
        store.clear()
        store.start_ids(access_requests=6000000001, obo_requests=1111111111)
        owner = add_business(store, OWNER, "Example Owner")
        agency = add_business(store, AGENCY, "Example Agency")
        outsider = add_business(store, OUTSIDER, "Example Outsider")
        store.add_app(App(APP, "Example App", AGENCY, APP_SECRET, 1))
        store.add_token("owner-token", owner, APP)
        store.add_token("agency-token", agency, APP)
        store.add_token("outsider-token", outsider, APP)
        store.add_token("no-access-token", agency, APP, app_access=False)
        employee = User(EMPLOYEE, "Employee of Example Owner", OWNER, "EMPLOYEE")
        system = User(SYSTEM_USER, "Example Agency System User", AGENCY, "ADMIN", "system_user")
        for user, token in ((employee, "owner-employee-token"), (system, "agency-system-token")):
            store.add_user(user)
            store.add_token(token, user, APP)
        store.add_asset(Asset(PAGE, "page", "Random Page", OWNER, "owner-page-token", 0))
        store.add_asset(Asset(OTHER_PAGE, "page", "Outsider's Page", OUTSIDER, "outsider-page-token", 0))
        store.add_asset(Asset(AD_ACCOUNT, "ad_account", "Example Ad Account", OWNER, None, 0))
        crowded = Asset(CROWDED, "ad_account", "Ad Account With Many Agencies", OWNER, None, 0)
        store.add_asset(crowded)
        store.add_asset(Asset(REVIEWED, "ad_account", "Ad Account Under Review", OWNER, None, 1))
        store.add_asset(Asset(AGENCY_AD_ACCOUNT, "ad_account", "Agency's Ad Account", AGENCY, None, 0))
        for number in range(1, CROWD + 1):
            id = str(9000000000 + number)
            add_business(store, id, f"Agency {number}")
            store.put_access(crowded, id, ["ADVERTISE", "ANALYZE"] if number % 2 else ["ANALYZE"], None)
        for status, owned_object, requesting, receiving in (
            ("IN_PROGRESS", AGENCY_AD_ACCOUNT, AGENCY, OWNER),
            ("APPROVE", AGENCY_AD_ACCOUNT, AGENCY, OWNER),
            ("DECLINE", AGENCY_AD_ACCOUNT, AGENCY, OUTSIDER),
            ("IN_PROGRESS", AD_ACCOUNT, OWNER, AGENCY),
            ("EXPIRED", AGENCY_AD_ACCOUNT, AGENCY, OWNER),
        ):
            store.add_obo_request(owned_object.removeprefix("act_"), requesting, receiving, status)


def add_business(store: Store, id: str, name: str) -> User:
    """A business, and the user who is its admin, which is returned. Within `change`."""
    store.add_business(id, name)
    admin = User(f"122{id:0>12}", f"Admin of {name}", id)
    store.add_user(admin)
    return admin


def state(store: Store) -> dict[str, Any]:
    """Everything in the store, as `GET /_sandbox/state` shows it."""
    assets = store.all("assets")
    return {
        "businesses": store.all("businesses"),
        "users": store.all("users"),
        "apps": [{**app, "require_proof": bool(app["require_proof"])} for app in store.all("apps")],
        "pages": [
            {"id": a["id"], "name": a["name"], "owner": a["owner"], "access_token": a["access_token"]}
            for a in assets
            if a["kind"] == "page"
        ],
        "ad_accounts": [
            {
                "id": a["id"].removeprefix("act_"),
                "name": a["name"],
                "owner": a["owner"],
                "admin_review": bool(a["admin_review"]),
            }
            for a in assets
            if a["kind"] == "ad_account"
        ],
        "tokens": [
            {
                **token,
                "scopes": json.loads(token["scopes"]),
                "expires": None if token["expires"] is None else stamp(token["expires"]),
                "revoked": bool(token["revoked"]),
                "app_access": bool(token["app_access"]),
            }
            for token in store.all("tokens")
        ],
        "relationships": store.all("relationships"),
        "assignments": [{**one, "tasks": json.loads(one["tasks"])} for one in store.all("assignments")],
        "accesses": [
            {
                "asset": a["asset"],
                "business": a["business"],
                "permitted_tasks": json.loads(a["permitted_tasks"]),
                "access_status": "CONFIRMED" if a["waits_for"] is None else "PENDING",
                "waits_for": a["waits_for"],
                "access_requested_time": stamp(a["requested"]),
                "access_updated_time": stamp(a["updated"]),
            }
            for a in store.all("accesses")
        ],
        "obo_requests": [{**o, "id": str(o["id"])} for o in store.all("obo_requests")],
    }


def table(store: Store, base_url: str, curl: str = "curl") -> str:
    """The world as a short table, three calls that work when pasted, and the lines of a story; `curl` is how they
    begin."""
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
    curls = [
        # All three can be repeated, and are right after a restart on the same file too.
        f"{curl} '{base_url}/{AD_ACCOUNT}/agencies' -d access_token=owner-token -d business={AGENCY} "
        """-d 'permitted_tasks=["ADVERTISE"]'""",
        f"{curl} '{base_url}/{AGENCY}/clients?access_token=agency-token'",
        f"{curl} '{base_url}/{CROWDED}/agencies?limit=3&access_token=owner-token'",
    ]
    head = ["  name, id, access token"]
    notes = [
        f"  App: {APP}, of Example Agency; its secret, for appsecret_proof: {APP_SECRET}",
        f"  Everything: {base_url.rpartition('/')[0]}/_sandbox/state",
    ]
    story = [
        "Act for a client, one line after the other:",
        *(f"  {line}" for line in act_for(base_url, curl)),
    ]
    return "\n".join([*head, *shown, *tail, *notes, "Try:", *(f"  {c}" for c in curls), *story])


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
