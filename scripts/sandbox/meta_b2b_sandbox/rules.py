"""The rules of the B2B and OBO endpoints: one handler per operationId. Each rule cites its source. Those of people, and
of a partner that acts for a client, are in people.py.

"Guide" is Meta's Business-to-Business guide. What no source says is an assumption, in openapi/b2b.yaml too.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any

from meta_b2b_sandbox import clock, rights
from meta_b2b_sandbox.errors import Failure
from meta_b2b_sandbox.registry import Registry
from meta_b2b_sandbox.store import Access, Agency, Asset, Listing, OboRequest, Page, User, Window
from meta_b2b_sandbox.wire import Call, Edge

ALREADY_GRANTED = Failure("already_granted", __name__)
ALREADY_HAS_ACCESS = Failure("already_has_access", __name__)
ALREADY_REQUESTED = Failure("already_requested", __name__)
NO_USER = Failure("no_user", __name__)
NOT_A_PAGE_TOKEN = Failure("not_a_page_token", __name__)
OWN_ASSET = Failure("own_asset", __name__)
PAGE_NOT_SHARED = Failure("page_not_shared", __name__)
PERMISSION_DENIED = Failure("permission_denied", __name__)
PERMISSION_ERROR = Failure("permission_error", __name__)

REGISTRY = Registry()
handler, reader = REGISTRY.handler, REGISTRY.reader

# What every node of the world has alike.
BUSINESS = {
    "verification_status": "verified",
    "timezone_id": 47,
    "two_factor_type": "none",
    "created_time": "2014-01-07T23:26:09+0000",
    "vertical": "OTHER",
    "is_hidden": False,
    "shared_ca_count": 0,
}
AD_ACCOUNT = {
    "account_status": 1,
    "disable_reason": 0,
    "currency": "EUR",
    "timezone_name": "Europe/Berlin",
    "timezone_id": 47,
    "timezone_offset_hours_utc": 1,
    "amount_spent": "0",
    "balance": "0",
    "spend_cap": "0",
    "created_time": "2020-01-07T09:00:00+0100",
    "is_personal": 0,
    "is_prepay_account": False,
}
PAGE = {
    "category": "Business",
    "category_list": [{"id": "2500", "name": "Business"}],
    "fan_count": 0,
    "followers_count": 0,
    "is_published": True,
    "has_transitioned_to_new_page_experience": True,
    "verification_status": "not_verified",
}


# Who may do what


def own_business(call: Call, id: str) -> str:
    """The business with this id, which must be the token's own [A4], and not a Page's token [A5]."""
    if call.store.business(id) is None or call.token.page is not None:
        raise call.not_found(id)
    if id != call.token.business:
        raise PERMISSION_ERROR()
    return id


def administered(call: Call, id: str) -> str:
    """The business with this id, of which the token's user must be an admin: "the token belongs to an admin, or an
    admin system user" (Meta's Pages guide) [A48]."""
    own_business(call, id)
    if not call.token.admin:
        raise PERMISSION_ERROR()
    return id


def owned_ad_account(call: Call) -> Asset:
    """The ad account in the path: access "can only be granted if this business is the OWNER" (guide).

    Of others only an agency hears that it is there [A6]; a Page's token sees no ad account [A5].
    """
    id = f"act_{call.path['ad_account_id']}"
    asset = call.store.asset(id)
    if asset is None or call.token.page is not None:
        raise call.not_found(id)
    if asset.owner != call.token.business:
        access = call.store.access(id, call.token.business)
        if access is not None and access.confirmed:
            raise PERMISSION_ERROR()  # it sees the ad account, but is just an agency
        raise call.not_found(id)
    if not call.token.admin:
        raise PERMISSION_ERROR()  # [A48]
    return asset


def with_its_own_token(call: Call, page: Asset) -> Asset:
    """The Page, if the token is its own [A4]: "requires a page token" (guide, Request Access to Assets)."""
    if call.token.page is None:
        raise NOT_A_PAGE_TOKEN()
    if call.token.page != page.id or call.token.business != page.owner:  # an agency's user has one, too [A29]
        raise PERMISSION_ERROR()
    if "MANAGE" not in rights.tasks(call.store, page, call.token):
        raise PERMISSION_DENIED()  # "of a person with the MANAGE task" (reference, page/agencies)
    return page


def own_user(call: Call) -> User:
    """The user in the path, who must be the token's own [A28]; a Page access token has none."""
    id = call.path["user_id"]
    user = call.store.user(id)
    if user is None or id != call.token.user or call.token.page is not None:
        raise call.not_found(id)
    return user


def other_business(call: Call) -> str:
    """The business that `business` names, which must be there [A7]."""
    id = str(call.params["business"])
    if call.store.business(id) is None:
        raise call.not_found(id)
    return id


# Nodes, with the fields that show by default. What shows on request is read when it is asked for.


def business_node(call: Call, id: str) -> dict[str, Any]:
    return {"id": id, "name": call.store.business(id)}


@reader("Business")
def read_business(call: Call, id: str) -> dict[str, Any]:
    """`permitted_roles`: on the business of the user only [A28]."""
    node = {**BUSINESS, "link": f"https://business.facebook.com/{id}"}
    if id == call.token.business:
        node["permitted_roles"] = [call.token.role]
    if pages := call.store.owned(id, "page").page(Window(1)).rows:
        node["primary_page"] = page_node(pages[0])
    return node


def ad_account_node(asset: Asset) -> dict[str, Any]:
    return {"id": asset.id, "account_id": asset.id.removeprefix("act_")}


@reader("AdAccount")
def read_ad_account(call: Call, id: str) -> dict[str, Any]:
    asset = call.store.asset(id)
    assert asset is not None
    owner = business_node(call, asset.owner)
    opened = datetime.strptime(str(AD_ACCOUNT["created_time"]), "%Y-%m-%dT%H:%M:%S%z")
    return {
        **AD_ACCOUNT,
        "name": asset.name,
        "age": round((call.store.clock.now() - opened.timestamp()) / 86400, 3),
        "owner": asset.owner,
        "business": owner,
        "business_name": owner["name"],
        "user_tasks": rights.tasks(call.store, asset, call.token) or None,
        "permitted_tasks": held_tasks(call, asset),
    }


def page_node(asset: Asset) -> dict[str, Any]:
    return {"name": asset.name, "id": asset.id}


@reader("Page")
def read_page(call: Call, id: str) -> dict[str, Any]:
    """Its access token only for who has a task on it (reference, page); with a Page access token of this Page, that."""
    asset = call.store.asset(id)
    assert asset is not None
    if call.token.page is None:
        token = rights.page_token(call.store, asset, call.token)
    else:
        token = call.token.access_token if call.token.page == id else None
    return {
        **PAGE,
        "access_token": token,
        "link": f"https://www.facebook.com/{id}",
        "business": business_node(call, asset.owner),
        "picture": picture_of(call, id),
        "tasks": rights.tasks(call.store, asset, call.token) or None,
        "permitted_tasks": held_tasks(call, asset),
    }


@reader("User")
def read_user(call: Call, id: str) -> dict[str, Any]:
    return {"picture": picture_of(call, id)}


def picture_of(call: Call, id: str) -> dict[str, Any]:
    """That of a node without one, wrapped as an edge is. Its address is the sandbox's: programs follow it."""
    url = f"{call.reading.base}/{id}/picture"
    return {"data": {"height": 50, "is_silhouette": True, "url": url, "width": 50}}


def held_tasks(call: Call, asset: Asset) -> list[str] | None:
    """The tasks that the token's business holds on an asset of another."""
    access = call.store.access(asset.id, call.token.business)
    return access.tasks if access is not None and access.confirmed else None


def asset_node(asset: Asset) -> dict[str, Any]:
    return ad_account_node(asset) if asset.kind == "ad_account" else page_node(asset)


def with_access(node: dict[str, Any], access: Access | Agency, waiting: str) -> dict[str, Any]:
    """The node with the access, as every edge shows it. `waiting`: what its status is called while it waits [A9]."""
    node["permitted_tasks"] = access.tasks
    node["access_status"] = "CONFIRMED" if access.waits_for is None else waiting
    node["access_requested_time"] = stamp(access.requested)
    node["access_updated_time"] = stamp(access.updated)
    return node


stamp = lru_cache(maxsize=4096)(clock.stamp)


# Request access (guide, "Request Access to Assets")


def request_access(call: Call, asset_id: str, kind: str) -> dict[str, Any]:
    """By the requesting business [A18]; ad accounts answer as Pages do [A25] [A15], also for what is not there [A7]."""
    business = administered(call, call.path["business_id"])
    asset = call.store.asset(asset_id)
    if asset is None or asset.kind != kind:
        raise call.not_found(asset_id)
    if asset.owner == business:
        raise OWN_ASSET()
    access = call.store.access(asset.id, business)
    if access is not None:
        raise ALREADY_HAS_ACCESS() if access.confirmed else ALREADY_REQUESTED()
    with call.store.change():
        call.store.put_access(asset, business, call.params["permitted_tasks"], "owner")
    return {"access_status": "PENDING"}


@handler
def request_ad_account_access(call: Call) -> dict[str, Any]:
    return request_access(call, call.params["adaccount_id"], "ad_account")


@handler
def request_page_access(call: Call) -> dict[str, Any]:
    return request_access(call, call.params["page_id"], "page")


def request_node(call: Call, access: Access) -> dict[str, Any]:
    asset = call.store.asset_of(access)
    return {
        "id": str(access.request_id),
        access.kind: asset_node(asset),
        "permitted_tasks": access.tasks,
    }


def open_requests(call: Call, kind: str) -> Edge:
    """Membership is the status: an answered request is no longer listed (reference, business/pending_…) [A9]."""
    listing = call.store.requested_by(administered(call, call.path["business_id"]), kind)
    page = listing.page(call.window)
    return Edge([request_node(call, access) for access in page.rows], page, listing.count)


def open_requests_of_others(call: Call, kind: str) -> Edge:
    """All at once: the reference shows no paging on the owner's edges (reference, business/pending_owned_…)."""
    accesses = call.store.requested_of(administered(call, call.path["business_id"]), kind)
    return Edge([request_node(call, access) for access in accesses], None, lambda: len(accesses))


@handler
def list_pending_client_ad_accounts(call: Call) -> Edge:
    return open_requests(call, "ad_account")


@handler
def list_pending_client_pages(call: Call) -> Edge:
    return open_requests(call, "page")


@handler
def list_pending_owned_ad_accounts(call: Call) -> Edge:
    return open_requests_of_others(call, "ad_account")


@handler
def list_pending_owned_pages(call: Call) -> Edge:
    return open_requests_of_others(call, "page")


# Grant access (guide, "Grant Access to Assets for Another Business Manager")


@handler
def grant_page_access(call: Call) -> dict[str, Any]:
    """A second grant to the same business is an error, 3989 (reference, page/agencies)."""
    id = call.path["page_or_business_id"]
    asset = call.store.asset(id)
    if asset is None:
        raise call.not_found(id)  # a business has no such call
    with_its_own_token(call, asset)
    business = other_business(call)
    if business == asset.owner:
        raise OWN_ASSET()
    access = call.store.access(asset.id, business)
    if access is not None and access.confirmed:
        raise ALREADY_GRANTED()
    with call.store.change():
        call.store.put_access(asset, business, call.params["permitted_tasks"], None)
    return {"success": True}


@handler
def grant_ad_account_access(call: Call) -> dict[str, Any]:
    """ "A review from another business admin is sometimes required" (guide): here for ad accounts marked so.

    A second grant to the same business replaces its tasks, without a new review [A20]; one to the owner fails [A15].
    """
    asset = owned_ad_account(call)
    business = other_business(call)
    if business == asset.owner:
        raise OWN_ASSET()
    access = call.store.access(asset.id, business)
    review = bool(asset.admin_review) and not (access is not None and access.confirmed)
    waits_for = "admin_review" if review else None
    with call.store.change():
        call.store.put_access(asset, business, call.params["permitted_tasks"], waits_for)
    return {"success": True, "requires_admin_approval": True} if review else {"success": True}


# Remove access (guide, "Remove Access to Assets")


def remove_from(call: Call, asset: Asset) -> dict[str, Any]:
    """One business's access to one asset, or its request for it [A10], if there is one [A8]."""
    business = other_business(call)
    access = call.store.access(asset.id, business)
    if access is None:
        raise call.not_found(business)
    with call.store.change():
        call.store.remove_access(access)
    return {"success": True}


def remove_between(call: Call, owner: str, agency: str) -> dict[str, Any]:
    """All accesses between two businesses at once (reference, business/agencies and business/clients) [A8] [A10]."""
    with call.store.change():
        if not call.store.remove_between(owner, agency):
            raise call.not_found(str(call.params["business"]))
    return {"success": True}


@handler
def remove_ad_account_agency(call: Call) -> dict[str, Any]:
    return remove_from(call, owned_ad_account(call))


@handler
def remove_agency(call: Call) -> dict[str, Any]:
    id = call.path["page_or_business_id"]
    page = call.store.asset(id)
    if page is not None:
        return remove_from(call, with_its_own_token(call, page))
    return remove_between(call, administered(call, id), other_business(call))


@handler
def remove_client(call: Call) -> dict[str, Any]:
    business = administered(call, call.path["business_id"])
    return remove_between(call, other_business(call), business)


def give_up(call: Call, id: str, kind: str) -> dict[str, Any]:
    """One access of the business to an asset of another, or its request for it (reference, business/ad_accounts and
    business/pages) [A10]; what is its own is refused [A35], and so is what is not there [A8]."""
    business = administered(call, call.path["business_id"])
    asset = call.store.asset(id)
    if asset is None or asset.kind != kind:
        raise call.not_found(id)
    if asset.owner == business:
        raise PERMISSION_ERROR()
    access = call.store.access(id, business)
    if access is None:
        raise PAGE_NOT_SHARED() if kind == "page" else call.not_found(id)
    with call.store.change():
        call.store.remove_access(access)
    return {"success": True}


@handler
def remove_client_ad_account(call: Call) -> dict[str, Any]:
    return give_up(call, call.params["adaccount_id"], "ad_account")


@handler
def remove_client_page(call: Call) -> dict[str, Any]:
    return give_up(call, call.params["page_id"], "page")


# View agency access, view client access (guide)


def agencies_of(call: Call, asset: Asset) -> Edge:
    """Flat: the access stands on each business (reference, ad-account/agencies and page/agencies)."""
    page = call.store.agencies_of(asset.id).page(call.window)
    nodes = [with_access(business_node(call, row.business), row, "PENDING") for row in page.rows]
    return Edge(nodes, page, None)


def partner_node(call: Call, partner: str, accesses: list[Access], waiting: str) -> dict[str, Any]:
    """Nested: the accesses stand in lists by kind of asset (reference, business/agencies and business/clients).

    There are neither apps nor catalogs here [A24].
    """
    node = business_node(call, partner)
    for access in accesses:
        name = "adaccount_permissions" if access.kind == "ad_account" else "page_permissions"
        node.setdefault(name, []).append(with_access({"id": access.asset}, access, waiting))
    return node


@handler
def list_ad_account_agencies(call: Call) -> Edge:
    return agencies_of(call, owned_ad_account(call))


@handler
def list_agencies(call: Call) -> Edge:
    """Of a Page or of a business; the reference shows no summary on a Page."""
    id = call.path["page_or_business_id"]
    asset = call.store.asset(id)
    if asset is not None:
        return agencies_of(call, with_its_own_token(call, asset))
    listing = call.store.agencies(administered(call, id))
    page = listing.page(call.window)
    nodes = [partner_node(call, accesses[0].business, accesses, "PENDING") for accesses in page.rows]
    return Edge(nodes, page, listing.count)


@handler
def list_clients(call: Call) -> Edge:
    """What waits is called as in the guide's example of this edge."""
    listing = call.store.clients(administered(call, call.path["business_id"]))
    page = listing.page(call.window)
    nodes = [
        partner_node(call, accesses[0].owner, accesses, "CLIENT_RESPONSE_PENDING") for accesses in page.rows
    ]
    return Edge(nodes, page, listing.count)


def assets_held(call: Call, kind: str) -> Edge:
    business = own_business(call, call.path["business_id"])
    if not call.token.admin:
        return assigned_and_held(call, kind)
    listing = call.store.held(business, kind, call.params.get("search_query"))
    page = listing.page(call.window)
    nodes = [
        {**asset_node(call.store.asset_of(access)), "permitted_tasks": access.tasks} for access in page.rows
    ]
    return Edge(nodes, page, listing.count)


def assigned_and_held(call: Call, kind: str) -> Edge:
    """What of it is assigned to the user, with its tasks."""
    search = call.params.get("search_query")
    listing = call.store.assigned_to(call.token.user or "", kind, held_by=call.token.business, search=search)
    page = listing.page(call.window)
    nodes = [
        {**asset_node(asset), "permitted_tasks": rights.tasks(call.store, asset, call.token)}
        for asset in page.rows
    ]
    return Edge(nodes, page, listing.count)


@handler
def list_client_ad_accounts(call: Call) -> Edge:
    return assets_held(call, "ad_account")


@handler
def list_client_pages(call: Call) -> Edge:
    return assets_held(call, "page")


# Look up (reference, user, business, ad-account and page)


@handler
def get_me(call: Call) -> dict[str, Any]:
    """Of a Page access token the Page (graph-companion-facts.md, B.1)."""
    page, user = call.store.asset(call.token.page or ""), call.store.user(call.token.user or "")
    if page is not None:
        return page_node(page)
    if user is None:
        raise NO_USER()
    return user_node(user)


def user_node(user: User) -> dict[str, Any]:
    return {"name": user.name, "id": user.id}


@handler
def get_user(call: Call) -> dict[str, Any]:
    return user_node(own_user(call))


@handler
def list_businesses(call: Call) -> Edge:
    """The one business of the user [A28]."""
    business = own_user(call).business
    page = one_of([business], call.window)
    return Edge([business_node(call, id) for id in page.rows], page, None)


def one_of(ids: list[str], window: Window) -> Page:
    """The page of a list so short that it needs no index."""
    if window.after is not None:
        ids = [id for id in ids if id > window.after]
    elif window.before is not None:
        ids = [id for id in ids if id < window.before]
    ids = ids[: window.limit]
    return Page(ids, False, False, *([ids[0], ids[-1]] if ids else []))


def assets_within_reach(call: Call, kind: str) -> Edge:
    """All that the user's business owns or holds [A28]."""
    user = own_user(call)
    listing = rights.within_reach(call.store, user, call.token, kind)
    page = listing.page(call.window)
    return Edge([asset_node(asset) for asset in page.rows], page, listing.count)


@handler
def list_ad_accounts(call: Call) -> Edge:
    return assets_within_reach(call, "ad_account")


@handler
def list_pages(call: Call) -> Edge:
    """Without `business_management` a person's token sees no Page of a business, and no error (changelog, v17)."""
    user = own_user(call)
    if user.kind == "user" and '"business_management"' not in call.token.scopes:
        return Edge([], None, None)
    return assets_within_reach(call, "page")


def assets_owned(call: Call, kind: str) -> Edge:
    own_business(call, call.path["business_id"])
    listing = rights.owned(call.store, call.token, kind, call.params.get("search_query"))
    page = listing.page(call.window)
    return Edge([asset_node(asset) for asset in page.rows], page, listing.count)


@handler
def list_owned_ad_accounts(call: Call) -> Edge:
    return assets_owned(call, "ad_account")


@handler
def list_owned_pages(call: Call) -> Edge:
    return assets_owned(call, "page")


@handler
def get_business(call: Call) -> dict[str, Any]:
    """Its own people see it, and its partners [A27]; a Page access token does not [A5]."""
    id = call.path["business_id"]
    own = call.token.business
    if call.store.business(id) is None or call.token.page is not None:
        raise call.not_found(id)
    if id != own and not call.store.share(own, id):
        raise call.not_found(id)
    return business_node(call, id)


@handler
def get_page(call: Call) -> dict[str, Any]:
    """Everybody sees it, without its token [A27]."""
    asset = call.store.asset(call.path["page_id"])
    if asset is None or asset.kind != "page":
        raise call.not_found(call.path["page_id"])
    return page_node(asset)


@handler
def get_ad_account(call: Call) -> dict[str, Any]:
    """Its owner sees it, and the agencies with access [A6]."""
    id = f"act_{call.path['ad_account_id']}"
    asset = call.store.asset(id)
    if asset is None or call.token.page is not None:
        raise call.not_found(id)
    if not rights.tasks(call.store, asset, call.token):
        raise call.not_found(id)
    return ad_account_node(asset)


# On-behalf-of requests (guide, "Managing Your Relationship as an Ad Agency Acting on Behalf of Another Business")


def obo_node(call: Call, row: OboRequest) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "receiving_business": business_node(call, row.receiving_business),
        "requesting_business": business_node(call, row.requesting_business),
        "status": row.status,
        "business_owned_object": row.business_owned_object,
    }


def obo_edge(call: Call, listing: Listing) -> Edge:
    page = listing.page(call.window)
    return Edge([obo_node(call, row) for row in page.rows], page, None)


def obo_request(call: Call) -> OboRequest:
    """The request in the path, for the admins [A48] of its two parties: others do not see it [A11], nor does a Page's
    token [A5]."""
    row = call.store.obo_request(call.path["obo_request_id"])
    parties = (row.requesting_business, row.receiving_business) if row else ()
    if row is None or call.token.page is not None or call.token.business not in parties:
        raise call.not_found(call.path["obo_request_id"])
    if not call.token.admin:
        raise PERMISSION_ERROR()  # [A48]
    return row


@handler
def get_obo_request(call: Call) -> dict[str, Any]:
    return obo_node(call, obo_request(call))


@handler
def cancel_obo_request(call: Call) -> dict[str, Any]:
    """ "To cancel a pending request" (guide): only while it is IN_PROGRESS [A8], by either party [A19].

    Answers a string, as the guide shows.
    """
    row = obo_request(call)
    if row.status != "IN_PROGRESS":
        raise call.not_found(str(row.id))
    with call.store.change():
        call.store.set_obo_status(row.id, "CANCELED")
    return {"success": "true"}


@handler
def list_ad_account_obo_requests(call: Call) -> Edge:
    """For the owner of the ad account, who sends its requests [A26], all of them; for others those that they received
    [A11]; of each its admins [A48]."""
    id = f"act_{call.path['ad_account_id']}"
    asset = call.store.asset(id)
    if asset is None or call.token.page is not None:
        raise call.not_found(id)
    if not call.token.admin:
        owned_ad_account(call)  # raises, as it does on other edges for whole businesses [A48]
    receiving = None if asset.owner == call.token.business else call.token.business
    object_id = call.path["ad_account_id"]
    if receiving is not None and not call.store.obo_of_object(object_id, None, receiving).count():
        owned_ad_account(call)  # raises what it does for everybody else
    if not call.token.admin:
        raise PERMISSION_ERROR()
    return obo_edge(call, call.store.obo_of_object(object_id, call.params.get("status"), receiving))


@handler
def list_received_obo_requests(call: Call) -> Edge:
    return obo_edge(call, call.store.obo_received(administered(call, call.path["business_id"])))


@handler
def list_sent_obo_requests(call: Call) -> Edge:
    return obo_edge(call, call.store.obo_sent(administered(call, call.path["business_id"])))
