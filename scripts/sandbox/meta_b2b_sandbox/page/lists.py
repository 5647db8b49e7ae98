"""What the page lists, read from the store a part at a time: a world may have 100,000 accesses."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from meta_b2b_sandbox.store import Access, Asset, OboRequest, Store, User, in_one_row

ROWS = 25  # of a list that goes page by page
COLUMNS = 8  # assets of the matrix beside each other
MOST_CHOICES = 200  # of a choice; for more there is a field beside it
FOUND = "(instr(lower(name), lower(?1)) OR instr(id, ?1))"
KINDS = "kind IN ('page', 'ad_account')"


@dataclass
class Part:
    """Some rows of a list: `number` is that of the page, from 1 on, of `pages`; `total` rows in all."""

    rows: list[Any]
    number: int
    total: int
    size: int = ROWS

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))


class BusinessRow(NamedTuple):
    """A business, and how many Pages and ad accounts it owns, and how many accesses it has to those of others."""

    id: str
    name: str
    pages: int
    ad_accounts: int
    held: int


class AgencyRow(NamedTuple):
    """A business that has accesses to assets of another one, and how many."""

    id: str
    name: str
    accesses: int


class AssetRow(NamedTuple):
    """A Page or an ad account, and how many others have access to it, or asked for it."""

    id: str
    kind: str
    name: str
    admin_review: int
    agencies: int


def part(store: Store, row: Any, query: str, number: int, total: int, *values: Any, size: int = ROWS) -> Part:
    """The page with this number, or the last one, of a query without a limit."""
    number = max(1, min(number, -(-total // size)))
    columns = ", ".join(row._fields)
    limited = f"{query} LIMIT {size} OFFSET {size * (number - 1)}"
    return Part(list(map(row._make, store.read(in_one_row(columns, limited), *values))), number, total, size)


def businesses(store: Store, search: str, number: int) -> Part:
    """Businesses, those first that own most; `search`: a text in the name or the id, "" for all."""
    where = f"WHERE ?1 = '' OR {FOUND}"
    total = store.count(f"SELECT count(*) FROM businesses {where}", search)
    query = (
        "SELECT id, name, 0 AS pages, 0 AS ad_accounts, 0 AS held, "
        "(SELECT count(*) FROM assets WHERE owner = businesses.id) AS owned "
        f"FROM businesses {where} ORDER BY owned DESC, length(name), name, id"
    )
    found = part(store, BusinessRow, query, number, total, search)
    # Of these alone: it would take long to count what all have.
    of_kind = "SELECT count(*) FROM assets WHERE owner = ? AND kind = ?"
    found.rows = [
        row._replace(
            pages=store.count(of_kind, row.id, "page"),
            ad_accounts=store.count(of_kind, row.id, "ad_account"),
            held=store.count("SELECT count(*) FROM accesses WHERE business = ?", row.id),
        )
        for row in found.rows
    ]
    return found


def owned(store: Store, business: str, number: int) -> Part:
    """The Pages and ad accounts of a business."""
    total = store.count(f"SELECT count(*) FROM assets WHERE owner = ? AND {KINDS}", business)
    query = (
        "SELECT id, kind, name, admin_review, "
        "(SELECT count(*) FROM accesses WHERE asset = assets.id) AS agencies "
        f"FROM assets WHERE owner = ? AND {KINDS} ORDER BY kind DESC, id"
    )
    return part(store, AssetRow, query, number, total, business)


def held(store: Store, business: str, number: int) -> Part:
    """The accesses of a business to assets of others, and its requests."""
    total = store.count(f"SELECT count(*) FROM accesses WHERE business = ? AND {KINDS}", business)
    columns = ", ".join(Access._fields)
    query = f"SELECT {columns} FROM accesses WHERE business = ? AND {KINDS} ORDER BY kind, waits_for, asset"
    return part(store, Access, query, number, total, business)


def columns(store: Store, owner: str, number: int) -> Part:
    """The assets of a business that are beside each other in the matrix, those first to which most have access."""
    total = store.count("SELECT count(*) FROM assets WHERE owner = ?", owner)
    query = (
        "SELECT id, kind, name, admin_review, "
        "(SELECT count(*) FROM accesses WHERE asset = assets.id) AS agencies "
        "FROM assets WHERE owner = ? ORDER BY agencies DESC, id"
    )
    return part(store, AssetRow, query, number, total, owner, size=COLUMNS)


SORTS = {"name": "length(name), name, id", "id": "length(id), id", "most": "accesses DESC, id"}


def agencies(store: Store, owner: str, search: str, sort: str, number: int) -> Part:
    """Who has access to assets of a business, or asked for it. `sort`: one of SORTS."""
    if search:
        where = f"owner = ?2 AND business IN (SELECT id FROM businesses WHERE {FOUND})"
    else:
        where = "?1 = '' AND owner = ?2"
    total = store.count(f"SELECT count(DISTINCT business) FROM accesses WHERE {where}", search, owner)
    query = (
        "SELECT id, name, accesses FROM (SELECT business, count(*) AS accesses FROM accesses "
        f"WHERE {where} GROUP BY business) JOIN businesses ON id = business ORDER BY {SORTS[sort]}"
    )
    return part(store, AgencyRow, query, number, total, search, owner)


def cells(store: Store, agencies: list[AgencyRow], assets: list[AssetRow]) -> dict[tuple[str, str], Access]:
    """(business, asset) → access, of these."""
    columns, rows = ", ".join(Access._fields), [row.id for row in agencies]
    ids = [asset.id for asset in assets]
    marks = [", ".join("?" * len(some)) for some in (ids, rows)]
    query = f"SELECT {columns} FROM accesses WHERE asset IN ({marks[0]}) AND business IN ({marks[1]})"
    found = map(Access._make, store.read(in_one_row(columns, query), *ids, *rows))
    return {(access.business, access.asset): access for access in found}


def owners(store: Store, most: int = MOST_CHOICES) -> list[AgencyRow]:
    """The businesses that own something, those first to whose assets most have access."""
    shared = (
        "SELECT id, name, accesses FROM (SELECT owner, count(*) AS accesses FROM accesses GROUP BY owner "
        "ORDER BY accesses DESC, owner LIMIT ?) JOIN businesses ON id = owner ORDER BY accesses DESC, name, id"
    )
    unshared = (
        "SELECT id, name, 0 AS accesses FROM businesses WHERE id IN (SELECT owner FROM assets) "
        "AND id NOT IN (SELECT owner FROM accesses) ORDER BY name, id LIMIT ?"
    )
    rows = store.read(in_one_row("id, name, accesses", shared), most)
    if len(rows) < most:
        rows += store.read(in_one_row("id, name, accesses", unshared), most - len(rows))
    return list(map(AgencyRow._make, rows))


def owner_like(store: Store, text: str) -> str | None:
    """The id of the first business that owns something and has the text as its id, or in its name or id."""
    query = (
        f"SELECT id FROM businesses WHERE {FOUND} AND id IN (SELECT owner FROM assets) "
        "ORDER BY id != ?1, length(name), name, id LIMIT 1"
    )
    rows = store.read(in_one_row("id", query), text)
    return str(rows[0][0]) if rows else None


def waiting_count(store: Store) -> int:
    """How many requests, reviews and OBO requests wait for somebody."""
    accesses = store.count("SELECT count(*) FROM accesses WHERE waits_for IS NOT NULL")
    return accesses + store.count("SELECT count(*) FROM obo_requests WHERE status = 'IN_PROGRESS'")


def rows_where(store: Store, row: Any, table: str, where: str, order: str, number: int, *values: Any) -> Part:
    """The page with this number of the rows of a table for which `where` holds."""
    total = store.count(f"SELECT count(*) FROM {table} WHERE {where}", *values)
    query = f"SELECT {', '.join(row._fields)} FROM {table} WHERE {where} ORDER BY {order}"
    return part(store, row, query, number, total, *values)


def waiting_accesses(store: Store, number: int) -> Part:
    """The accesses that wait, the latest first."""
    order = "updated DESC, asset, business"
    return rows_where(store, Access, "accesses", "waits_for IS NOT NULL", order, number)


def waiting_obo(store: Store, number: int) -> Part:
    """The OBO requests that are in progress, the latest first."""
    return rows_where(store, OboRequest, "obo_requests", "status = 'IN_PROGRESS'", "id DESC", number)


def obo_of(store: Store, business: str, number: int) -> Part:
    """The OBO requests of a business and to it, the latest first."""
    where = "requesting_business = ?1 OR receiving_business = ?1"
    return rows_where(store, OboRequest, "obo_requests", where, "id DESC", number, business)


def users(store: Store, business: str, number: int) -> Part:
    """The people and system users of a business."""
    return rows_where(store, User, "users", "business = ?", "kind DESC, id", number, business)


def pages(store: Store, business: str, number: int) -> Part:
    """The Pages of a business that have an access token."""
    where = "owner = ? AND kind = 'page' AND access_token IS NOT NULL"
    return rows_where(store, Asset, "assets", where, "id", number, business)


class TokenRow(NamedTuple):
    """An access token of a user. `scopes`: as JSON."""

    access_token: str
    user: str
    name: str
    scopes: str
    expires: int | None
    revoked: int
    app_access: int


def tokens(store: Store, business: str, number: int) -> Part:
    """The access tokens of the users of a business."""
    table, order = "users JOIN tokens ON user = users.id", "kind DESC, users.id, access_token"
    return rows_where(store, TokenRow, table, "users.business = ?", order, number, business)


def callers(store: Store, most: int = MOST_CHOICES) -> list[User]:
    """Users that have a token, for a choice of who calls: admins first."""
    columns = ", ".join(User._fields)
    query = (
        f"SELECT {columns} FROM users WHERE id IN (SELECT user FROM tokens) "
        "ORDER BY role, kind DESC, business, id LIMIT ?"
    )
    return list(map(User._make, store.read(in_one_row(columns, query), most)))


def _good(condition: str) -> str:
    query = (
        "SELECT access_token FROM users JOIN tokens ON user = users.id "
        f"WHERE {condition} AND app_access AND NOT revoked AND (expires IS NULL OR expires > ?) "
        "ORDER BY kind DESC, users.id LIMIT 1"
    )
    return in_one_row("access_token", query)


def token_of_user(store: Store, user: str) -> str | None:
    """A good access token of the user with this id, None without one."""
    rows = store.read(_good("users.id = ?"), user, store.clock.now())
    return str(rows[0][0]) if rows else None


def token_of_admin(store: Store, business: str) -> str | None:
    """A good access token of the first admin of a business, people before system users; None without one."""
    rows = store.read(_good("users.business = ? AND role = 'ADMIN'"), business, store.clock.now())
    return str(rows[0][0]) if rows else None
