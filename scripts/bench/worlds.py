"""The worlds in which is measured, and the requests that fit them."""

import json
from pathlib import Path
from typing import Any

from meta_b2b_sandbox import world
from meta_b2b_sandbox.paging import cursor
from meta_b2b_sandbox.store import Asset, Store

from scripts.bench.load import Kind

ACCOUNT = "act_7000000000"
EDGE = f"/{ACCOUNT}/agencies"
TASKS = ["ADVERTISE", "ANALYZE"]


def agency(number: int) -> str:
    """The id of a business."""
    return str(8_000_000_000 + number)


def fill(file: Path, entries: int, spare: int) -> list[str]:
    """Write a world to the file; returns cursors in the middle of its four long lists.

    `entries` agencies on one ad account, of which each has an ad account of its own that one agency has access to;
    and before them `spare` businesses with nothing, to be granted access.
    """
    store = Store(str(file))
    try:
        world.load(store)
        with store.change():
            account = Asset(ACCOUNT, "ad_account", "Ad Account", world.OWNER, None, 0)
            store.add_asset(account)
            for number in range(spare + entries):
                store.add_business(agency(number), f"Business {number}")
            for number in range(spare, spare + entries):
                store.put_access(account, agency(number), TASKS, None)
            for number in range(spare, spare + entries):
                name = f"Ad Account {number}"
                own = Asset(f"act_{agency(number)}", "ad_account", name, agency(number), None, 0)
                store.add_asset(own)
                store.put_access(own, world.AGENCY, TASKS, None)
    finally:
        store.close()
    last_of_half = agency(spare + entries // 2 - 1)
    return [cursor(key) for key in (last_of_half, last_of_half, f"act_{last_of_half}", last_of_half)]


def request(
    method: str, path: str, token: str = "owner-token", body: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A request; `path` without the version."""
    headers = {"Authorization": f"Bearer {token}"}
    if body is None:
        return {"method": method, "path": path, "headers": headers}
    headers["Content-Type"] = "application/json"
    return {"method": method, "path": path, "headers": headers, "body": json.dumps(body)}


def grant(business: str) -> dict[str, Any]:
    """Give the business access to the ad account."""
    return request("POST", EDGE, body={"business": business, "permitted_tasks": TASKS})


def remove(business: str) -> dict[str, Any]:
    """Take it away."""
    return request("DELETE", f"{EDGE}?business={business}")


def changes(amount: int) -> dict[str, Kind]:
    """Grants to the first `amount` businesses, and their removal."""
    return {
        "grant": Kind([grant(agency(number)) for number in range(amount)]),
        "remove": Kind([remove(agency(number)) for number in range(amount)]),
    }


def page(limit: int) -> Kind:
    """One page of the ad account's agencies."""
    return Kind([request("GET", f"{EDGE}?limit={limit}")])


def error() -> Kind:
    """A request that is refused."""
    return Kind([request("GET", f"{EDGE}?limit=none")], 400)
