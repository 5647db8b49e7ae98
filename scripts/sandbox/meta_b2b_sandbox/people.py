"""The rules of people: a partner that acts for a client, users and system users, what is assigned to them, and tokens.

"Guide" is Meta's guide "Business On Behalf Of"; facts with their sources are in the descriptions of openapi/b2b.yaml.
"""

import hashlib
import secrets
from typing import Any

import orjson

from meta_b2b_sandbox import rights
from meta_b2b_sandbox.errors import Failure, GraphError
from meta_b2b_sandbox.reading import as_list
from meta_b2b_sandbox.registry import Registry
from meta_b2b_sandbox.rules import administered, asset_node, business_node, own_user
from meta_b2b_sandbox.store import Asset, Token, User
from meta_b2b_sandbox.tokens import valid_token
from meta_b2b_sandbox.wire import Call, Edge

INVALID = Failure("invalid_parameter", __name__)
NO_BUSINESS_USER = Failure("no_business_user", __name__)
NO_PARTNER = Failure("no_partner", __name__)
PERMISSION_DENIED = Failure("permission_denied", __name__)
PERMISSION_ERROR = Failure("permission_error", __name__)
PROOF_REQUIRED = Failure("proof_required", __name__)
TOO_MANY_TASKS = Failure("too_many_tasks", __name__)

REGISTRY = Registry()
handler, reader = REGISTRY.handler, REGISTRY.reader

LONG_LIVED = 60 * 86400  # seconds (Meta's guide to long-lived tokens)


# Act for a client (guide)


@handler
def create_managed_business(call: Call) -> dict[str, Any]:
    """Step 1: by an admin of the client, with the partner's app [A50]; a second call answers the same [A49]."""
    partner, client = call.path["business_id"], str(call.params["existing_client_business_id"])
    for id in (partner, client):
        if call.store.business(id) is None or call.token.page is not None:
            raise call.not_found(id)
    app = call.store.app(call.token.app)
    user = call.store.user(call.token.user or "")
    of_client = (
        user is not None and user.kind == "user" and call.token.business == client and call.token.admin
    )
    if not of_client or app is None or app.business != partner or partner == client:
        raise NO_PARTNER()
    with call.store.change():
        call.store.relate(partner, client)
    return {"id": client, "name": call.store.business(client)}


@handler
def remove_managed_business(call: Call) -> dict[str, Any]:
    """The FAQ: it ends the system user and its token as well. By an admin of the client or of the partner [A51]."""
    partner, client = call.path["business_id"], str(call.params["existing_client_business_id"])
    if call.token.page is not None or call.token.business not in (partner, client):
        raise call.not_found(partner)
    if not call.token.admin:
        raise PERMISSION_ERROR()
    with call.store.change():
        if not call.store.part(partner, client):
            raise call.not_found(client)
    return {"success": True}


@handler
def create_access_token(call: Call) -> dict[str, Any]:
    """Step 2: makes the system user once [A52], for an admin system user of the partner [A54]."""
    client = call.path["business_id"]
    name = call.store.business(client)
    if name is None or call.token.page is not None:
        raise call.not_found(client)
    app = call.store.app(str(call.params["app_id"]))
    caller = call.store.user(call.token.user or "")
    if app is None or caller is None or caller.kind != "system_user" or not call.token.admin:
        raise PERMISSION_ERROR()
    if app.business != caller.business or not call.store.related(caller.business, client):
        raise PERMISSION_ERROR()
    if app.require_proof and not call.proven:  # [A53]
        raise PROOF_REQUIRED()
    scopes = wanted_scopes(call)
    with call.store.change():
        user = call.store.system_user_of(client, app.id)
        if user is None:
            title = str(call.params.get("system_user_name") or f"{name} SYSTEM USER")
            user = User(call.store.new_user_id(), title, client, "EMPLOYEE", "system_user", app.id)
            call.store.add_user(user)
        text = call.store.token_of(user.id, app.id) or new_token()
        call.store.put_token(text, user, app.id, scopes)
    return {"access_token": text}


def wanted_scopes(call: Call) -> str:
    """The scopes asked for, as JSON; the token must have all of them."""
    wanted = list(dict.fromkeys(as_list(call.params["scope"])))
    if missing := [scope for scope in wanted if scope not in orjson.loads(call.token.scopes)]:
        raise INVALID(detail=f"Param scope has what the access token lacks: {', '.join(missing)[:200]}")
    return orjson.dumps(wanted).decode()


def new_token() -> str:
    """A text that nobody guesses, such as Graph's."""
    return f"EAA{secrets.token_hex(24)}"


@handler
def list_owned_businesses(call: Call) -> Edge:
    listing = call.store.clients_of_partner(administered(call, call.path["business_id"]))
    page = listing.page(call.window)
    return Edge([business_node(call, row.client) for row in page.rows], page, listing.count)


# Users and system users (reference, business/system_users and business/business_users)


def staff_id(user: User) -> str:
    """The id of a user in its business. A person has another one there than for itself."""
    return user.id if user.kind == "system_user" else f"7{user.id}"


def staff(call: Call, id: str) -> User | None:
    """The user with this id in its business; None without one."""
    user = call.store.user(id)
    if user is not None and user.kind == "system_user":
        return user
    person = call.store.user(id[1:]) if id.startswith("7") else None
    return person if person is not None and person.kind == "user" else None


def staff_node(user: User) -> dict[str, Any]:
    return {"id": staff_id(user), "name": user.name, "role": user.role}


@reader("BusinessUser")
def read_staff(call: Call, id: str) -> dict[str, Any]:
    user = staff(call, id)
    assert user is not None
    email = None
    if user.kind == "user":  # whoever was invited is named by its address
        email = user.name if "@" in user.name else f"{user.id}@example.com"
    return {"business": business_node(call, user.business), "email": email}


def staff_of(call: Call, kind: str) -> Edge:
    listing = call.store.users_of(administered(call, call.path["business_id"]), kind)
    page = listing.page(call.window)
    return Edge([staff_node(user) for user in page.rows], page, listing.count)


@handler
def list_system_users(call: Call) -> Edge:
    return staff_of(call, "system_user")


@handler
def list_business_users(call: Call) -> Edge:
    return staff_of(call, "user")


@handler
def list_business_users_of_user(call: Call) -> Edge:
    return Edge([staff_node(own_user(call))], None, None)


@handler
def create_system_user(call: Call) -> dict[str, Any]:
    """[A55]"""
    return add_staff(call, str(call.params["name"]), "system_user")


@handler
def invite_business_user(call: Call) -> dict[str, Any]:
    """Who is invited comes at once [A56]."""
    return add_staff(call, str(call.params["email"]), "user")


def add_staff(call: Call, name: str, kind: str) -> dict[str, Any]:
    business = administered(call, call.path["business_id"])
    with call.store.change():
        role = str(call.params.get("role", "EMPLOYEE"))
        user = User(call.store.new_user_id(), name, business, role, kind)
        call.store.add_user(user)
    return {"id": staff_id(user)}


@handler
def create_system_user_token(call: Call) -> dict[str, Any]:
    business = administered(call, call.path["business_id"])
    user = call.store.user(str(call.params["system_user_id"]))
    if user is None or user.kind != "system_user" or user.business != business:
        raise call.not_found(str(call.params["system_user_id"]))
    scopes, text = wanted_scopes(call), new_token()
    with call.store.change():
        call.store.put_token(text, user, call.token.app, scopes)
    return {"access_token": text}


# What is assigned to them (guide, step 4; reference, page/assigned_users and ad-account/assigned_users)


def assignable(call: Call, id: str) -> Asset:
    """The asset, on whose tasks an admin of the business that owns or holds it decides; for a Page its access token
    does, too, with `MANAGE` [A48] (guide and reference differ)."""
    asset = call.store.asset(id)
    if asset is None or (call.token.page is not None and call.token.page != id):
        raise call.not_found(id)
    theirs = rights.tasks(call.store, asset, call.token)
    if not theirs:
        raise call.not_found(id)
    if call.token.page is not None:
        if "MANAGE" not in theirs:
            raise PERMISSION_DENIED()
    elif not call.token.admin:
        raise PERMISSION_ERROR()
    return asset


def assigned_user(call: Call) -> User:
    """The user that `user` names, by its id in a business."""
    id = str(call.params["user"])
    user = staff(call, id)
    if user is None or user.business != call.token.business:
        raise NO_BUSINESS_USER()
    return user


def assign(call: Call, asset: Asset) -> dict[str, Any]:
    """The tasks replace those that the user had [A57]; they are no more than the business was granted."""
    user, tasks = assigned_user(call), call.params["tasks"]
    most = rights.most_tasks(call.store, asset, user)
    if asset.owner != user.business and any(task not in most for task in tasks):
        raise TOO_MANY_TASKS(granted=", ".join(most))
    with call.store.change():
        call.store.assign(asset.id, user.id, tasks)
    return {"success": True}


def unassign(call: Call, asset: Asset) -> dict[str, Any]:
    user = assigned_user(call)
    with call.store.change():
        if not call.store.unassign(asset.id, user.id):
            raise call.not_found(str(call.params["user"]))
    return {"success": True}


def assigned_users(call: Call, asset: Asset) -> Edge:
    """Of the business that is named; of another than the token's, none (graph-companion-facts.md, A.4)."""
    business = str(call.params["business"])
    listing = call.store.users_on(asset.id, business if business == call.token.business else "")
    page = listing.page(call.window)
    nodes = []
    for row in page.rows:
        user = call.store.user(row.user)
        assert user is not None
        nodes.append({"id": staff_id(user), "name": user.name, "tasks": orjson.loads(row.tasks)})
    return Edge(nodes, page, listing.count)


@reader("AssignedUser")
def read_assigned_user(call: Call, id: str) -> dict[str, Any]:
    user = staff(call, id)
    assert user is not None
    asset = call.store.asset(call.path.get("page_id") or f"act_{call.path.get('ad_account_id')}")
    return {
        "business": business_node(call, user.business),
        "user_type": "system_user" if user.kind == "system_user" else "business_user",
        "permitted_tasks": rights.most_tasks(call.store, asset, user) if asset is not None else None,
    }


@handler
def assign_page_user(call: Call) -> dict[str, Any]:
    return assign(call, assignable(call, call.path["page_id"]))


@handler
def list_page_users(call: Call) -> Edge:
    return assigned_users(call, assignable(call, call.path["page_id"]))


@handler
def remove_page_user(call: Call) -> dict[str, Any]:
    return unassign(call, assignable(call, call.path["page_id"]))


@handler
def assign_ad_account_user(call: Call) -> dict[str, Any]:
    return assign(call, assignable(call, f"act_{call.path['ad_account_id']}"))


@handler
def list_ad_account_users(call: Call) -> Edge:
    return assigned_users(call, assignable(call, f"act_{call.path['ad_account_id']}"))


@handler
def remove_ad_account_user(call: Call) -> dict[str, Any]:
    return unassign(call, assignable(call, f"act_{call.path['ad_account_id']}"))


def assigned_assets(call: Call, kind: str) -> Edge:
    """Of the user itself, or of a user of the business of which the token is an admin's."""
    id = call.path["user_id"]
    user = call.store.user(id) if id == call.token.user else staff(call, id)
    mine = user is not None and (user.id == call.token.user or call.token.admin)
    if user is None or not mine or user.business != call.token.business or call.token.page is not None:
        raise call.not_found(id)
    listing = call.store.assigned_to(user.id, kind)
    page = listing.page(call.window)
    nodes = [{**asset_node(asset), "tasks": call.store.assigned(asset.id, user.id)} for asset in page.rows]
    return Edge(nodes, page, listing.count)


@handler
def list_assigned_pages(call: Call) -> Edge:
    return assigned_assets(call, "page")


@handler
def list_assigned_ad_accounts(call: Call) -> Edge:
    return assigned_assets(call, "ad_account")


# Access tokens


@handler
def list_permissions(call: Call) -> Edge:
    own_user(call)
    granted = [{"permission": one, "status": "granted"} for one in orjson.loads(call.token.scopes)]
    return Edge(granted, None, None)


@handler
def get_token_info(call: Call) -> dict[str, Any]:
    """For the app, or an admin of the business that owns it (reference, debug_token)."""
    text = str(call.params["input_token"])
    data: dict[str, Any] = {"is_valid": True}
    try:
        valid_token(text, call.store)
    except GraphError as error:
        told = call.told(error)
        data = {"is_valid": False, "error": {"code": told["code"], "message": told["message"]}}
        if "error_subcode" in told:
            data["error"]["subcode"] = told["error_subcode"]
    token = call.store.token(text)
    if token is None:
        return {"data": {**data, "scopes": []}}
    app = call.store.app(token.app)
    of_app = call.token.role == "APP" and call.token.app == token.app
    of_owner = call.token.admin and call.token.page is None
    if app is None or not (of_app or (of_owner and call.token.business == app.business)):
        raise PERMISSION_ERROR()
    data |= {
        "app_id": app.id,
        "type": token_type(call, token),
        "application": app.name,
        "data_access_expires_at": 0,
        "expires_at": token.expires or 0,
        "issued_at": 1767225600,
        "scopes": orjson.loads(token.scopes),
    }
    if token.user is not None:
        data["user_id"] = token.user
    if token.page is not None:
        data["profile_id"] = token.page
    return {"data": data}


def token_type(call: Call, token: Token) -> str:
    if token.page is not None:
        return "PAGE"
    user = call.store.user(token.user or "")
    if user is None:
        return "APP"
    return "SYSTEM_USER" if user.kind == "system_user" else "USER"


@handler
def get_long_lived_token(call: Call) -> dict[str, Any]:
    """By the id and the secret of the token's app; the new token is another one of the same user."""
    app = call.store.app(str(call.params["client_id"]))
    secret = str(call.params["client_secret"])
    if app is None or not secrets.compare_digest(app.secret.encode(), secret.encode()):
        raise INVALID(detail="Error validating client secret.")
    token = valid_token(call.params["fb_exchange_token"], call.store)
    user = call.store.user(token.user or "")
    if token.app != app.id or token.page is not None or user is None:
        raise INVALID(detail="Error validating access token: it is none of a user of this app")
    text = "EAA" + hashlib.sha256(f"{token.access_token} for 60 days".encode()).hexdigest()[:48]
    known = call.store.token(text)
    if known is not None and known.revoked:
        raise INVALID(detail="Error validating access token: its long-lived token was revoked")
    with call.store.change():
        expires = int(call.store.clock.now()) + LONG_LIVED
        call.store.put_token(text, user, app.id, token.scopes, expires, bool(token.app_access))
    return {"access_token": text, "token_type": "bearer", "expires_in": LONG_LIVED}
