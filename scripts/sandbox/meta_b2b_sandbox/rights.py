"""What a token may do: the one place that knows how users, assignments, grants and Page access tokens make rights.

An admin acts on all that its business owns, and on what the business holds, with the tasks that were granted [A28]. An
employee, and a system user that is no admin, act on what is assigned to them, with the tasks of the assignment; on what
their business only holds, with no more than was granted (Meta's guides, "Business On Behalf Of" and "System Users").
"""

from meta_b2b_sandbox.store import Asset, Listing, Store, Token, User

AD_ACCOUNT_TASKS = ["DRAFT", "ANALYZE", "ADVERTISE", "MANAGE"]
PAGE_TASKS = ["ANALYZE", "ADVERTISE", "MODERATE", "CREATE_CONTENT", "MANAGE"]


def of_business(store: Store, asset: Asset, business: str) -> list[str]:
    """The tasks of a business on an asset: all on its own, those granted on another's, none without access."""
    if asset.owner == business:
        return AD_ACCOUNT_TASKS if asset.kind == "ad_account" else PAGE_TASKS
    access = store.access(asset.id, business)
    return access.tasks if access is not None and access.confirmed else []


def tasks(store: Store, asset: Asset, token: Token) -> list[str]:
    """The tasks of whoever has the token on an asset, none without any."""
    theirs = of_business(store, asset, token.business)
    if token.admin:
        return theirs
    if token.user is None:
        return []  # an app is nobody
    assigned = store.assigned(asset.id, token.user)
    return assigned if asset.owner == token.business else [task for task in assigned if task in theirs]


def page_token(store: Store, page: Asset, token: Token) -> str | None:
    """The Page access token of whoever has the token, None without a task on the Page."""
    if not tasks(store, page, token):
        return None
    if not token.admin:
        return f"page-token-{page.id}-{token.user}"
    return page.access_token if page.owner == token.business else f"page-token-{page.id}-{token.business}"


def is_good(store: Store, token: Token) -> bool:
    """Whether a Page access token still counts: it ends with the access of its business or its user [A29]."""
    if token.page is None:
        return True
    page = store.asset(token.page)
    return page is not None and bool(tasks(store, page, token))


def within_reach(store: Store, user: User, token: Token, kind: str) -> Listing:
    """The assets of a kind on which the user of the token may act."""
    if token.admin:
        return store.within_reach(user.business, kind)
    return store.assigned_to(user.id, kind)


def owned(store: Store, token: Token, kind: str, search: str | None) -> Listing:
    """The assets of the token's business that it may see."""
    if token.admin:
        return store.owned(token.business, kind, search)
    return store.assigned_to(token.user or "", kind, owned_by=token.business)


def most_tasks(store: Store, asset: Asset, user: User) -> list[str]:
    """The most that can be assigned to a user: on what its business only holds, no more than was granted."""
    return of_business(store, asset, user.business)
