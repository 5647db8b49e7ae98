"""The rules of the B2B and OBO endpoints: one handler per operationId. Each rule cites its source.

"Guide" is Meta's Business-to-Business guide. What no source says is an assumption, in openapi/b2b.yaml too.
"""

import time
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from meta_b2b_sandbox.store import Access, Agency, Asset, OboRequest, Rows, Window
from meta_b2b_sandbox.wire import Call, Edge, GraphError

Handler = Callable[[Call], dict[str, Any] | Edge]
HANDLERS: dict[str, Handler] = {}


def handler(function: Handler) -> Handler:
    """The function handles the operation of its name."""
    HANDLERS[function.__name__] = function
    return function


# Who may do what


def own_business(call: Call) -> str:
    """The business in the path, which must be the token's own."""
    id = call.path["business_id"]
    if call.store.business(id) is None or call.token.page is not None:
        raise call.not_found(id)
    if id != call.token.business:
        raise GraphError(200)
    return id


def owned_ad_account(call: Call) -> Asset:
    """The ad account in the path: access "can only be granted if this business is the OWNER" (guide)."""
    asset = call.store.asset(f"act_{call.path['ad_account_id']}")
    if asset is None or call.token.page is not None:
        raise call.not_found(f"act_{call.path['ad_account_id']}")
    if asset.owner != call.token.business:
        held = call.store.access(asset.id, call.token.business)
        if held and held.waits_for is None:
            raise GraphError(200)  # it sees the ad account, but is just an agency
        raise call.not_found(asset.id)
    return asset


def page_with_its_token(call: Call, asset: Asset) -> Asset:
    """The Page, if the token is its own: "requires a page token" (guide, Request Access to Assets)."""
    if call.token.page is None:
        raise GraphError(190, None, "(#190) This method must be called with a Page Access Token")
    if call.token.page != asset.id:
        raise GraphError(200)
    return asset


def partner(call: Call) -> str:
    """The business that `business` names."""
    id = str(call.params["business"])
    if call.store.business(id) is None:
        raise call.not_found(id)
    return id


# Request access (guide, "Request Access to Assets")


def request_access(call: Call, asset_id: str, kind: str) -> dict[str, Any]:
    business = own_business(call)
    asset = call.store.asset(asset_id)
    if asset is None or asset.kind != kind:
        raise call.not_found(asset_id)
    if asset.owner == business:
        raise GraphError(3946)
    access = call.store.access(asset.id, business)
    if access is not None:
        raise GraphError(3944 if access.waits_for is None else 3936)
    with call.store.change():
        call.store.put_access(asset, business, call.params["permitted_tasks"], "owner")
    return {"access_status": "PENDING"}


@handler
def request_ad_account_access(call: Call) -> dict[str, Any]:
    return request_access(call, call.params["adaccount_id"], "ad_account")


@handler
def request_page_access(call: Call) -> dict[str, Any]:
    return request_access(call, call.params["page_id"], "page")


def ad_account_of(call: Call, access: Access) -> dict[str, Any]:
    asset = call.store.asset(access.asset)
    assert asset is not None
    account_id = asset.id.removeprefix("act_")
    node: dict[str, Any] = {"id": asset.id, "account_id": account_id}
    if wants(call, "ad_account", "name"):
        node["name"] = asset.name
    if wants(call, "ad_account", "account_status", "currency"):
        node |= {"account_status": 1, "currency": "EUR"}
    return node


def page_of(call: Call, access: Access) -> dict[str, Any]:
    asset = call.store.asset(access.asset)
    assert asset is not None
    node: dict[str, Any] = {"id": asset.id, "name": asset.name}
    if wants(call, "page", "category", "link"):
        node |= {"category": "Business", "link": f"https://www.facebook.com/{asset.id}"}
    return node


def wants(call: Call, inner: str | None, *names: str) -> bool:
    """Whether `fields` asks for one of these; of an inner object if that is named."""
    fields = call.params.get("fields")
    if fields is None:
        return False
    if inner is not None:
        fields = fields.get(inner, {})
    return any(name in fields for name in names)


def open_requests(call: Call, kind: str, owned: bool) -> Edge:
    """Membership is the status: an answered request is no longer listed (reference, business/pending_…)."""
    business = own_business(call)
    if owned:  # the reference shows no paging on the owner's edges
        rows = call.store.asked(business, kind, Window(2**31))
    else:
        rows = call.store.held(business, kind, "owner", call.window)
    make = ("ad_account", ad_account_of) if kind == "ad_account" else ("page", page_of)
    entries = [
        {"id": str(row.request_id), make[0]: make[1](call, row), "permitted_tasks": row.permitted_tasks}
        for row in rows.rows
    ]
    if owned:
        return Edge(entries, None, lambda: len(entries))
    return Edge(entries, rows, partial(call.store.count, "held", business, kind, "owner"))


@handler
def list_pending_client_ad_accounts(call: Call) -> Edge:
    return open_requests(call, "ad_account", owned=False)


@handler
def list_pending_client_pages(call: Call) -> Edge:
    return open_requests(call, "page", owned=False)


@handler
def list_pending_owned_ad_accounts(call: Call) -> Edge:
    return open_requests(call, "ad_account", owned=True)


@handler
def list_pending_owned_pages(call: Call) -> Edge:
    return open_requests(call, "page", owned=True)


# Grant access (guide, "Grant Access to Assets for Another Business Manager")


@handler
def grant_page_access(call: Call) -> dict[str, Any]:
    """A second grant to the same business is an error, 3989 (reference, page/agencies)."""
    id = call.path["page_or_business_id"]
    asset = call.store.asset(id)
    if asset is None:
        raise call.not_found(id)  # a business has no such call
    page_with_its_token(call, asset)
    business = partner(call)
    if business == asset.owner:
        raise GraphError(3946)
    access = call.store.access(asset.id, business)
    if access is not None and access.waits_for is None:
        raise GraphError(3989)
    with call.store.change():
        call.store.put_access(asset, business, call.params["permitted_tasks"], None)
    return {"success": True}


@handler
def grant_ad_account_access(call: Call) -> dict[str, Any]:
    """ "A review from another business admin is sometimes required" (guide): here for ad accounts marked so.

    Assumption: a second grant to the same business replaces its tasks.
    """
    asset = owned_ad_account(call)
    business = partner(call)
    if business == asset.owner:
        raise GraphError(3946)
    access = call.store.access(asset.id, business)
    confirmed = access is not None and access.waits_for is None
    review = bool(asset.admin_review) and not confirmed
    with call.store.change():
        call.store.put_access(
            asset, business, call.params["permitted_tasks"], "admin_review" if review else None
        )
    return {"success": True, "requires_admin_approval": True} if review else {"success": True}


# Remove access (guide, "Remove Access to Assets")


def remove(call: Call, asset: Asset) -> dict[str, Any]:
    business = partner(call)
    access = call.store.access(asset.id, business)
    if access is None:
        raise call.not_found(business)
    with call.store.change():
        call.store.remove_access(access)
    return {"success": True}


def remove_all(call: Call, owner: str, business: str) -> dict[str, Any]:
    """All accesses between two businesses at once (reference, business/agencies and business/clients)."""
    if not call.store.accesses_between(owner, business):
        raise call.not_found(str(call.params["business"]))
    with call.store.change():
        call.store.remove_partner(owner, business)
    return {"success": True}


@handler
def remove_ad_account_agency(call: Call) -> dict[str, Any]:
    return remove(call, owned_ad_account(call))


@handler
def remove_agency(call: Call) -> dict[str, Any]:
    id = call.path["page_or_business_id"]
    asset = call.store.asset(id)
    if asset is not None:
        return remove(call, page_with_its_token(call, asset))
    call.path["business_id"] = id
    return remove_all(call, own_business(call), partner(call))


@handler
def remove_client(call: Call) -> dict[str, Any]:
    business = own_business(call)
    return remove_all(call, partner(call), business)


# View agency access, view client access (guide)


@lru_cache(maxsize=4096)
def stamp(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S+0000", time.gmtime(seconds))


def state(access: Access | Agency, waiting: str) -> dict[str, Any]:
    """The access as every edge shows it. `waiting`: what it says while it waits."""
    return {
        "permitted_tasks": access.permitted_tasks,
        "access_status": "CONFIRMED" if access.waits_for is None else waiting,
        "access_requested_time": stamp(access.requested),
        "access_updated_time": stamp(access.updated),
    }


def extra(call: Call) -> dict[str, Any]:
    """What a business shows only when `fields` asks for it."""
    return {"verification_status": "verified"} if wants(call, None, "verification_status") else {}


def agencies_of(call: Call, asset: Asset) -> Edge:
    """Flat: the access stands on each business (reference, ad-account/agencies and page/agencies)."""
    rows = call.store.of_asset(asset.id, call.window)
    name, more = call.store.business, extra(call)
    entries = [
        {"id": row.business, "name": name(row.business), **more, **state(row, "PENDING")} for row in rows.rows
    ]
    return Edge(entries, rows, partial(call.store.count, "asset", asset.id))


def partners(call: Call, rows: Rows, of_clients: bool, count: Callable[[], int]) -> Edge:
    """Nested: the accesses stand in lists by kind of asset (reference, business/agencies and business/clients)."""
    entries, more = [], extra(call)
    # The guide's example of /clients says CLIENT_RESPONSE_PENDING. Assumption: the owner sees PENDING.
    waiting = "CLIENT_RESPONSE_PENDING" if of_clients else "PENDING"
    for accesses in rows.rows:
        id = accesses[0].owner if of_clients else accesses[0].business
        node: dict[str, Any] = {"id": id, "name": call.store.business(id), **more}
        for access in accesses:
            name = "adaccount_permissions" if access.kind == "ad_account" else "page_permissions"
            node.setdefault(name, []).append({"id": access.asset, **state(access, waiting)})
        if "fields" in call.params:
            for name in ("adaccount", "page", "application", "productcatalog"):
                node.setdefault(f"{name}_permissions", [])
            node["shared_ca_count"] = 0
        entries.append(node)
    return Edge(entries, rows, count)


@handler
def list_ad_account_agencies(call: Call) -> Edge:
    return agencies_of(call, owned_ad_account(call))


@handler
def list_agencies(call: Call) -> Edge:
    id = call.path["page_or_business_id"]
    asset = call.store.asset(id)
    if asset is not None:
        edge = agencies_of(call, page_with_its_token(call, asset))
        edge.count = None  # the reference shows no summary on a Page
        return edge
    call.path["business_id"] = id
    business = own_business(call)
    rows = call.store.agencies(business, call.window)
    return partners(call, rows, of_clients=False, count=partial(call.store.count, "agencies", business))


@handler
def list_clients(call: Call) -> Edge:
    business = own_business(call)
    rows = call.store.clients(business, call.window)
    return partners(call, rows, of_clients=True, count=partial(call.store.count, "clients", business))


@handler
def list_client_ad_accounts(call: Call) -> Edge:
    business = own_business(call)
    search = call.params.get("search_query")
    rows = call.store.held(business, "ad_account", None, call.window, search)
    entries = []
    for row in rows.rows:
        asset = call.store.asset(row.asset)
        assert asset is not None
        node: dict[str, Any] = {
            "id": asset.id,
            "account_id": asset.id.removeprefix("act_"),
            "name": asset.name,
        }
        if wants(call, None, "account_status", "currency"):
            node |= {"account_status": 1, "currency": "EUR"}
        entries.append({**node, "permitted_tasks": row.permitted_tasks})
    if search is None:
        return Edge(entries, rows, partial(call.store.count, "held", business, "ad_account", None))
    return Edge(entries, rows, partial(call.store.count_found, business, "ad_account", search))


@handler
def list_client_pages(call: Call) -> Edge:
    business = own_business(call)
    rows = call.store.held(business, "page", None, call.window)
    entries = []
    for row in rows.rows:
        asset = call.store.asset(row.asset)
        assert asset is not None
        node: dict[str, Any] = {"id": asset.id, "name": asset.name}
        if wants(call, None, "category", "link"):
            node |= {"category": "Business", "link": f"https://www.facebook.com/{asset.id}"}
        entries.append({**node, "permitted_tasks": row.permitted_tasks})
    return Edge(entries, rows, partial(call.store.count, "held", business, "page", None))


# On-behalf-of requests (guide, "Managing Your Relationship as an Ad Agency Acting on Behalf of Another Business")


def obo_node(call: Call, row: OboRequest) -> dict[str, Any]:
    def party(name: str, id: str) -> dict[str, Any]:
        node = {"id": id, "name": call.store.business(id)}
        if wants(call, name, "verification_status"):
            node["verification_status"] = "verified"
        return node

    return {
        "id": str(row.id),
        "receiving_business": party("receiving_business", row.receiving_business),
        "requesting_business": party("requesting_business", row.requesting_business),
        "status": row.status,
        "business_owned_object": row.business_owned_object,
    }


def obo_request(call: Call) -> OboRequest:
    """The request in the path, for its two parties. Others do not see it."""
    row = call.store.obo_request(call.path["obo_request_id"])
    parties = (row.requesting_business, row.receiving_business) if row else ()
    if row is None or call.token.page is not None or call.token.business not in parties:
        raise call.not_found(call.path["obo_request_id"])
    return row


@handler
def get_obo_request(call: Call) -> dict[str, Any]:
    return obo_node(call, obo_request(call))


@handler
def cancel_obo_request(call: Call) -> dict[str, Any]:
    """ "To cancel a pending request" (guide): only while it is IN_PROGRESS. Answers a string, as the guide shows."""
    row = obo_request(call)
    if row.status != "IN_PROGRESS":
        raise call.not_found(str(row.id))
    with call.store.change():
        call.store.set_obo_status(row.id, "CANCELED")
    return {"success": "true"}


@handler
def list_ad_account_obo_requests(call: Call) -> Edge:
    """For the owner of the ad account, all of its requests; without `fields` as the guide's example shows them."""
    asset = owned_ad_account(call)
    rows = call.store.obo_of_object(asset.id.removeprefix("act_"), call.params.get("status"), call.window)
    return Edge([obo_node(call, row) for row in rows.rows], rows, None)


def obo_edge(call: Call, rows: Rows) -> Edge:
    """ "The response contains the IN_PROGRESS OBO request IDs" (guide)."""
    entries = [obo_node(call, row) if "fields" in call.params else {"id": str(row.id)} for row in rows.rows]
    return Edge(entries, rows, None)


@handler
def list_received_obo_requests(call: Call) -> Edge:
    return obo_edge(call, call.store.obo_received(own_business(call), call.window))


@handler
def list_sent_obo_requests(call: Call) -> Edge:
    return obo_edge(call, call.store.obo_sent(own_business(call), call.window))
