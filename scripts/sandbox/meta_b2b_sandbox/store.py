"""The sandbox's state, in SQLite. Knows no rules and nothing of HTTP.

Every change is one transaction, committed before the call returns: a killed process loses nothing that was answered.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, groupby
from operator import attrgetter
from typing import Any, NamedTuple

import orjson

from meta_b2b_sandbox.clock import Clock

SCHEMA = """
CREATE TABLE businesses (id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE assets (
    id TEXT PRIMARY KEY,              -- a Page's id, or act_<digits>
    kind TEXT NOT NULL,               -- 'page' or 'ad_account'
    name TEXT NOT NULL,
    owner TEXT NOT NULL REFERENCES businesses,
    access_token TEXT UNIQUE,         -- of a Page
    admin_review INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX assets_owned ON assets (owner, kind, id);
CREATE TABLE apps (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    business TEXT NOT NULL REFERENCES businesses,
    secret TEXT NOT NULL,
    require_proof INTEGER NOT NULL    -- whether a partner's calls must carry appsecret_proof
) WITHOUT ROWID;
CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    business TEXT NOT NULL REFERENCES businesses,
    role TEXT NOT NULL,               -- 'ADMIN' or 'EMPLOYEE'
    kind TEXT NOT NULL,               -- 'user' or 'system_user'
    app TEXT REFERENCES apps          -- of a system user that a partner's app made
) WITHOUT ROWID;
CREATE INDEX users_of ON users (business, kind, id);
CREATE TABLE tokens (
    access_token TEXT PRIMARY KEY,
    business TEXT NOT NULL REFERENCES businesses,
    user TEXT NOT NULL REFERENCES users,
    app TEXT NOT NULL REFERENCES apps,
    scopes TEXT NOT NULL,             -- JSON list
    expires INTEGER,                  -- seconds since 1970, NULL: never
    revoked INTEGER NOT NULL DEFAULT 0,
    app_access INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX tokens_of ON tokens (user);
CREATE TABLE relationships (
    partner TEXT NOT NULL REFERENCES businesses, client TEXT NOT NULL REFERENCES businesses,
    PRIMARY KEY (partner, client)
) WITHOUT ROWID;
CREATE TABLE assignments (
    asset TEXT NOT NULL REFERENCES assets,
    user TEXT NOT NULL REFERENCES users,
    tasks TEXT NOT NULL,              -- JSON list
    PRIMARY KEY (asset, user)
) WITHOUT ROWID;
CREATE INDEX assignments_of ON assignments (user, asset);
-- In the order of its key, which is that of the pages too: each further index is a page more for every write.
CREATE TABLE accesses (
    asset TEXT NOT NULL REFERENCES assets,
    business TEXT NOT NULL REFERENCES businesses,
    kind TEXT NOT NULL,               -- of the asset
    owner TEXT NOT NULL,              -- of the asset
    permitted_tasks TEXT NOT NULL,    -- JSON list
    waits_for TEXT,                   -- 'owner', 'admin_review', or NULL: confirmed
    requested INTEGER NOT NULL,       -- seconds since 1970
    updated INTEGER NOT NULL,
    request_id INTEGER,               -- of what was asked for; NULL: given without
    PRIMARY KEY (asset, business)
) WITHOUT ROWID;
CREATE INDEX accesses_held ON accesses (business, kind, waits_for, asset);
CREATE INDEX accesses_waiting ON accesses (owner, kind, waits_for, asset) WHERE waits_for IS NOT NULL;
CREATE INDEX accesses_agencies ON accesses (owner, business);
CREATE INDEX accesses_clients ON accesses (business, owner);
CREATE TABLE request_ids (last INTEGER NOT NULL);
CREATE TABLE obo_requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    business_owned_object TEXT NOT NULL,
    requesting_business TEXT NOT NULL REFERENCES businesses,
    receiving_business TEXT NOT NULL REFERENCES businesses,
    status TEXT NOT NULL,
    created INTEGER NOT NULL          -- seconds since 1970
);
CREATE INDEX obo_of_object ON obo_requests (business_owned_object, id);
CREATE INDEX obo_of_object_status ON obo_requests (business_owned_object, status, id);
CREATE INDEX obo_received ON obo_requests (receiving_business, status, id);
CREATE INDEX obo_sent ON obo_requests (requesting_business, status, id);
"""
IN_MEMORY = ":memory:"
# In the header of the file: that it is a sandbox's, and of which schema. Another version when SCHEMA changes.
APPLICATION_ID, SCHEMA_VERSION = 0x42324200, 6
LONGEST_ID = 24
# What is assigned to the users of a business on an asset.
OF_ACCESS = "FROM assignments WHERE asset = ? AND user IN (SELECT id FROM users WHERE business = ?)"
# Permissions that users give to apps, as JSON (Graph API, permissions).
ALL_SCOPES = (
    '["ads_management","ads_read","business_management",'
    '"pages_manage_metadata","pages_read_engagement","pages_show_list"]'
)
# A Page access token: which Page, and which business, or which user where that is no admin.
PAGE_TOKEN = re.compile("page-token-([0-9]{1,20})-([0-9]{1,20})")
TABLES = (
    *("assignments", "relationships", "obo_requests", "request_ids", "accesses"),
    *("tokens", "users", "apps", "assets", "businesses"),
)


# A condition in SQL with a question mark, and the value that stands for it.
Condition = tuple[str, str | int]


class StoreError(Exception):
    """The state cannot be read or kept; the text says why and what to do."""


class Access(NamedTuple):
    """One business's access to one asset, or its request for it."""

    asset: str
    business: str
    kind: str
    owner: str
    permitted_tasks: str  # as JSON; `tasks` is the list
    waits_for: str | None
    requested: int
    updated: int
    request_id: int | None

    @property
    def confirmed(self) -> bool:
        return self.waits_for is None

    @property
    def tasks(self) -> list[str]:
        return _tasks(self.permitted_tasks)


class Agency(NamedTuple):
    """One business's access to an asset that is known, or its request for it: what a page of them takes to show."""

    business: str
    permitted_tasks: str
    waits_for: str | None
    requested: int
    updated: int

    @property
    def tasks(self) -> list[str]:
        return _tasks(self.permitted_tasks)


class Asset(NamedTuple):
    """A Page or an ad account."""

    id: str
    kind: str
    name: str
    owner: str
    access_token: str | None
    admin_review: int


class App(NamedTuple):
    """A program, registered with Meta by a business."""

    id: str
    name: str
    business: str
    secret: str
    require_proof: int


class User(NamedTuple):
    """A person or a system user of a business. `app`: the one that made the system user, for its partner."""

    id: str
    name: str
    business: str
    role: str = "ADMIN"
    kind: str = "user"
    app: str | None = None


class Assignment(NamedTuple):
    """What a user may do on an asset."""

    asset: str
    user: str
    tasks: str  # as JSON


class Token(NamedTuple):
    """Whose token it is: the business and its user, or the Page if it is a Page's token; and whether its app has
    access."""

    access_token: str
    business: str
    user: str | None
    page: str | None
    app_access: int
    app: str
    scopes: str  # as JSON
    expires: int | None = None
    revoked: int = 0
    role: str = "ADMIN"

    @property
    def admin(self) -> bool:
        """Whether it acts for all of its business, not only for what is assigned to its user."""
        return self.role == "ADMIN"

    def has_expired(self, now: float) -> bool:
        """Whether it has expired at this time."""
        return self.expires is not None and self.expires <= now


class OboRequest(NamedTuple):
    """A request to act on behalf of another business."""

    id: int
    business_owned_object: str
    requesting_business: str
    receiving_business: str
    status: str
    created: int


class Client(NamedTuple):
    """A business for which a partner acts."""

    client: str


class Partner(NamedTuple):
    """The business at the other side of accesses."""

    id: str


@dataclass(slots=True)
class Window:
    """Which part of a list: at most `limit` rows after (or before) the row with this key, text that orders the list.

    `after` wins over `before`.
    """

    limit: int
    after: str | None = None
    before: str | None = None


@dataclass(slots=True)
class Page:
    """The rows of a window, in the order of their keys; the keys of the first and the last, "" without rows."""

    rows: list[Any]
    more_before: bool
    more_after: bool
    first: str = ""
    last: str = ""


@lru_cache(maxsize=4096)
def _tasks(text: str) -> list[str]:
    return list(orjson.loads(text))


def in_one_row(columns: str, query: str) -> str:
    """SQL for the rows of a query, in their order, as one JSON list.

    For each row that it fetches, the sqlite3 module lets other threads have the interpreter, and the server's own
    thread wants it all the time.
    """
    return f"SELECT json_group_array(json_array({columns})) FROM ({query})"


class Selection:
    """Which rows make a list, and the key that orders it [A12]: SQL for its pages and its length, from one condition.

    With an index on the condition and the key, the cost of a page does not grow with the list.
    """

    def __init__(self, row: Any, key: str, where: str, columns: str | None = None) -> None:
        """`row`: the type of a row, a NamedTuple of its columns. `where`: a table and the condition."""
        fields = ", ".join(row._fields)
        select = f"SELECT {columns or fields} FROM {where}"
        self.row, self.key = row, attrgetter(key)
        self.first = in_one_row(fields, f"{select} ORDER BY {key} LIMIT ?")
        self.after = in_one_row(fields, f"{select} AND {key} > ? ORDER BY {key} LIMIT ?")
        self.before = in_one_row(fields, f"{select} AND {key} < ? ORDER BY {key} DESC LIMIT ?")
        self.count = f"SELECT count(*) FROM {where}"
        self.every = in_one_row(fields, f"{select} ORDER BY {key}")


class PartnerSelection(Selection):
    """A list of the businesses at the other side of accesses, which the column `key` of an access names."""

    def __init__(self, key: str, where: str) -> None:
        super().__init__(Partner, key, where, f"DISTINCT {key} AS id")
        self.key = attrgetter("id")
        self.count = f"SELECT count(DISTINCT {key}) FROM {where}"
        accesses = ", ".join(Access._fields)
        between = f"SELECT {accesses} FROM {where} AND {key} BETWEEN ? AND ? ORDER BY {key}, asset"
        self.accesses = in_one_row(accesses, between)
        self.partner = attrgetter(key)


class ReachSelection(Selection):
    """The assets that a business owns, and those of others to which it has access.

    Two conditions that are never both true, each with its index in the order of the ids, merged by SQLite.
    """

    def __init__(self) -> None:
        self.row, self.key = Asset, attrgetter("id")
        columns = ", ".join(Asset._fields)
        all_columns = ", ".join(f"assets.{name}" for name in Asset._fields)
        owned = f"SELECT {columns} FROM assets WHERE owner = ?1 AND kind = ?2"
        where = "business = ?1 AND accesses.kind = ?2 AND waits_for IS NULL"
        held = f"SELECT {all_columns} FROM accesses JOIN assets ON assets.id = asset WHERE {where}"

        def both(limit: str, compare: str = "", order: str = "") -> str:
            mine, theirs = (f" AND id {compare} ?3", f" AND asset {compare} ?3") if compare else ("", "")
            query = f"{owned}{mine} UNION ALL {held}{theirs} ORDER BY id {order} LIMIT {limit}"
            return in_one_row(columns, query)

        self.first, self.after, self.before = both("?3"), both("?4", ">"), both("?4", "<", "DESC")
        self.count = (
            "SELECT (SELECT count(*) FROM assets WHERE owner = ?1 AND kind = ?2) "
            f"+ (SELECT count(*) FROM accesses WHERE {where})"
        )


OF_ASSET = Selection(Agency, "business", "accesses WHERE asset = ?")
HELD = Selection(Access, "asset", "accesses WHERE business = ? AND kind = ? AND waits_for IS NULL")
SEARCHED = Selection(
    Access,
    "asset",
    "accesses WHERE business = ? AND kind = ? AND waits_for IS NULL "
    "AND asset IN (SELECT id FROM assets WHERE instr(lower(name), lower(?)) OR instr(id, ?))",
)
OWNED = Selection(Asset, "id", "assets WHERE owner = ? AND kind = ?")
OWNED_SEARCHED = Selection(
    Asset, "id", "assets WHERE owner = ? AND kind = ? AND (instr(lower(name), lower(?)) OR instr(id, ?))"
)
REACH = ReachSelection()
ASSIGNED = Selection(Asset, "id", "assets JOIN assignments ON asset = id WHERE user = ? AND kind = ?")
ASSIGNED_OWNED = Selection(
    Asset, "id", "assets JOIN assignments ON asset = id WHERE user = ? AND kind = ? AND owner = ?"
)
ASSIGNED_HELD = Selection(
    Asset, "id", "assets JOIN assignments ON asset = id WHERE user = ? AND kind = ? AND owner != ?"
)
NAMED = " AND (instr(lower(name), lower(?)) OR instr(id, ?))"  # as it is searched for
ASSIGNED_OWNED_SEARCHED = Selection(
    Asset, "id", f"assets JOIN assignments ON asset = id WHERE user = ? AND kind = ? AND owner = ?{NAMED}"
)
ASSIGNED_HELD_SEARCHED = Selection(
    Asset, "id", f"assets JOIN assignments ON asset = id WHERE user = ? AND kind = ? AND owner != ?{NAMED}"
)
ASSIGNED_USERS = Selection(
    Assignment,
    "user",
    "assignments WHERE asset = ? AND user IN (SELECT id FROM users WHERE business = ?)",
)
USERS = Selection(User, "id", "users WHERE business = ? AND kind = ?")
PARTNERS_CLIENTS = Selection(Client, "client", "relationships WHERE partner = ?")
REQUESTED_BY = Selection(Access, "asset", "accesses WHERE business = ? AND kind = ? AND waits_for = 'owner'")
REQUESTED_OF = Selection(Access, "asset", "accesses WHERE owner = ? AND kind = ? AND waits_for = 'owner'")
AGENCIES = PartnerSelection("business", "accesses WHERE owner = ?")
CLIENTS = PartnerSelection("owner", "accesses WHERE business = ?")
OBO_OF_OBJECT = Selection(OboRequest, "id", "obo_requests WHERE business_owned_object = ?")
OBO_OF_OBJECT_BY_STATUS = Selection(
    OboRequest, "id", "obo_requests WHERE business_owned_object = ? AND status = ?"
)
OBO_OF_OBJECT_RECEIVED = Selection(
    OboRequest, "id", "obo_requests WHERE business_owned_object = ? AND receiving_business = ?"
)
OBO_OF_OBJECT_RECEIVED_BY_STATUS = Selection(
    OboRequest,
    "id",
    "obo_requests WHERE business_owned_object = ? AND receiving_business = ? AND status = ?",
)
OBO_RECEIVED = Selection(
    OboRequest, "id", "obo_requests WHERE receiving_business = ? AND status = 'IN_PROGRESS'"
)
OBO_SENT = Selection(
    OboRequest, "id", "obo_requests WHERE requesting_business = ? AND status = 'IN_PROGRESS'"
)


class Listing:
    """A list, page by page in the order of its key, and how many rows it has."""

    __slots__ = ("_selection", "_store", "_values")

    def __init__(self, store: "Store", selection: Any, *values: Any) -> None:
        """`values`: those of the selection's condition."""
        self._store, self._selection, self._values = store, selection, values

    def page(self, window: Window) -> Page:
        """The rows of the window."""
        selection = self._selection
        limit = window.limit + 1  # one more tells whether there are more
        if window.after is not None:
            rows = self._store.read(selection.after, *self._values, window.after, limit)
        elif window.before is not None:
            rows = self._store.read(selection.before, *self._values, window.before, limit)
        else:
            rows = self._store.read(selection.first, *self._values, limit)
        more = len(rows) == limit
        if more:
            rows.pop()
        backwards = window.after is None and window.before is not None
        if backwards:
            rows.reverse()
        rows = list(map(selection.row._make, rows))
        page = Page(
            rows,
            more_before=more if backwards else window.after is not None,
            more_after=backwards or more,
        )
        if rows:
            page.first, page.last = str(selection.key(rows[0])), str(selection.key(rows[-1]))
        return page

    def count(self) -> int:
        """How many rows there are in all."""
        return self._store.count(self._selection.count, *self._values)


class PartnerListing(Listing):
    """Each row is the list of all accesses with one business."""

    __slots__ = ()

    def page(self, window: Window) -> Page:
        page = super().page(window)
        if page.rows:
            rows = self._store.read(self._selection.accesses, *self._values, page.first, page.last)
            together = groupby(map(Access._make, rows), self._selection.partner)
            page.rows = [list(accesses) for _, accesses in together]
        return page


class Store:
    """The state in a SQLite file (or ":memory:"), held by this process alone.

    Raises StoreError when another sandbox has the file, or it is somebody else's.
    """

    def __init__(self, file: str, source: "Store | None" = None) -> None:
        """`source`: what it holds if it is new; nothing without. Raises StoreError."""
        self.file = file
        self.clock = Clock()
        self._counts: dict[tuple[Any, ...], int] = {}
        # What never changes once it is there; `_forget` empties these.
        self.business = lru_cache(maxsize=16384)(self._business)
        self.asset = lru_cache(maxsize=16384)(self._asset)
        self.user = lru_cache(maxsize=4096)(self._user)
        self.token = lru_cache(maxsize=4096)(self._token)
        self._type = lru_cache(maxsize=16384)(self._node_type)
        try:
            self._db = sqlite3.connect(file, isolation_level=None, timeout=0.2, cached_statements=256)
        except sqlite3.Error as error:
            raise self._unusable(error) from None
        try:
            self._open(source)
        except sqlite3.Error as error:
            self._db.close()
            raise self._unusable(error) from None
        except StoreError:
            self._db.close()
            raise

    def _open(self, source: "Store | None") -> None:
        if self.file == IN_MEMORY and source is not None:
            return self.restore(source)
        # Exclusive: two sandboxes on one file would each answer from its own view of it.
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        # Before anything is written: somebody else's file stays as it is.
        application = self._db.execute("PRAGMA application_id").fetchone()[0]
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        tables = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables and application != APPLICATION_ID:
            raise StoreError(f"{self.file} is a SQLite file, but not a sandbox's; name another file")
        if tables and version != SCHEMA_VERSION:
            raise StoreError(
                f"{self.file} is of another version of the sandbox; remove it, or name another file"
            )
        # A change of one row writes the whole page, and one of each index: small ones save time.
        self._db.execute("PRAGMA page_size = 1024")
        self._db.execute("PRAGMA journal_mode = WAL")
        # Moving the log into the file holds every caller up: after 40 MB, not after each megabyte.
        self._db.execute("PRAGMA wal_autocheckpoint = 40000")
        # Survives a kill of this process at any moment; only a power cut may lose the last answers.
        self._db.execute("PRAGMA synchronous = NORMAL")
        with self.change():
            if not tables:
                for statement in SCHEMA.split(";\n"):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        if source is not None and self.empty:
            self.restore(source)

    def _unusable(self, error: sqlite3.Error) -> StoreError:
        if "locked" in str(error):
            return StoreError(f"{self.file} is in use by another sandbox; stop it, or name another file")
        if isinstance(error, sqlite3.OperationalError):
            return StoreError(f"{self.file} cannot be opened ({error}); name another file")
        return StoreError(f"{self.file} is not a sandbox's file ({error}); name another file")

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def change(self) -> Iterator[None]:
        """One transaction: all of the block, or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        self._counts.clear()
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            self._forget()
            raise

    @property
    def changes(self) -> int:
        """A number that grows with each change; what `restore` does is none."""
        return self._db.total_changes

    @property
    def empty(self) -> bool:
        return self._one("SELECT 1 FROM businesses LIMIT 1") is None

    def restore(self, source: "Store") -> None:
        """Hold what another store holds, and nothing else, from one moment to the next."""
        source._db.backup(self._db)
        self._forget()

    def clear(self) -> None:
        """Forget everything. Within `change`."""
        for table in TABLES:
            self._db.execute(f"DELETE FROM {table}")
        self._db.execute("DELETE FROM sqlite_sequence")
        self._forget()

    # What there is

    def _business(self, id: str) -> str | None:
        """The name of a business, None without one."""
        row = self._one("SELECT name FROM businesses WHERE id = ?", id)
        return row[0] if row else None

    def asset_of(self, access: Access) -> Asset:
        """The asset of an access, which is always there."""
        asset = self.asset(access.asset)
        assert asset is not None
        return asset

    def _asset(self, id: str) -> Asset | None:
        """The asset with this id, None without one."""
        row = self._one(
            "SELECT id, kind, name, owner, access_token, admin_review FROM assets WHERE id = ?", id
        )
        return row and Asset(*row)

    def _user(self, id: str) -> User | None:
        """The user with this id, None without one."""
        row = self._one("SELECT id, name, business, role, kind, app FROM users WHERE id = ?", id)
        return row and User._make(row)

    def node_type(self, id: str) -> str | None:
        """What Graph calls the type of the node with this id, None without one; an ad account has its `act_`."""
        return self._type(id) if len(id) <= LONGEST_ID else None

    def taken(self, id: str) -> bool:
        """Whether something but an ad account has this id."""
        return self.node_type(id) is not None or self.app(id) is not None

    def _node_type(self, id: str) -> str | None:
        if (asset := self.asset(id)) is not None:
            return "Page" if asset.kind == "page" else "AdAccount"
        if self.business(id) is not None:
            return "Business"
        if self.user(id) is not None or (id.startswith("7") and self.user(id[1:]) is not None):
            return "User"  # a person's id in its business begins with 7
        if id.isascii() and id.isdigit() and self.obo_request(id) is not None:
            return "BusinessOwnedObjectOnBehalfOfRequest"
        return None

    def _token(self, access_token: str) -> Token | None:
        """Whose token it is, None for an unknown one."""
        row = self._one(
            "SELECT access_token, tokens.business, user, NULL, app_access, tokens.app, scopes, expires, revoked, role "
            "FROM tokens JOIN users ON users.id = user WHERE access_token = ?",
            access_token,
        )
        return (
            Token._make(row)
            if row is not None
            else self._page_token(access_token) or self._app_token(access_token)
        )

    def _page_token(self, access_token: str) -> Token | None:
        """A Page access token: the Page's own, which is that of its owner, or one of a business or a user."""
        app = (self._one("SELECT id FROM apps ORDER BY id LIMIT 1") or ("",))[0]
        row = self._one("SELECT owner, id FROM assets WHERE access_token = ?", access_token)
        if row is not None:
            return Token(access_token, row[0], None, row[1], 1, app, ALL_SCOPES)
        match = PAGE_TOKEN.fullmatch(access_token)
        page = self.asset(match[1]) if match else None
        if match is None or page is None or page.kind != "page":
            return None
        user = self.user(match[2])
        business = user.business if user is not None else match[2]
        if self.business(business) is None:
            return None
        id, role = (user.id, user.role) if user is not None else (None, "ADMIN")
        return Token(access_token, business, id, page.id, 1, app, ALL_SCOPES, role=role)

    def _app_token(self, access_token: str) -> Token | None:
        """The token of an app, `id|secret`: it is nobody's, and no business's."""
        id, _, secret = access_token.partition("|")
        app = self.app(id) if secret else None
        if app is None or app.secret != secret:
            return None
        return Token(access_token, "", None, None, 1, app.id, "[]", role="APP")

    def app(self, id: str) -> App | None:
        """The app with this id, None without one."""
        row = self._one("SELECT * FROM apps WHERE id = ?", id)
        return row and App._make(row)

    def first_app(self) -> App | None:
        """The app of whatever names none."""
        row = self._one("SELECT * FROM apps ORDER BY id LIMIT 1")
        return row and App._make(row)

    def related(self, partner: str, client: str) -> bool:
        """Whether the partner acts for the client."""
        sql = "SELECT 1 FROM relationships WHERE partner = ? AND client = ?"
        return self._one(sql, partner, client) is not None

    def system_user_of(self, client: str, app: str) -> User | None:
        """The system user that a partner's app has at a client, None without one."""
        row = self._one("SELECT * FROM users WHERE business = ? AND app = ?", client, app)
        return row and User._make(row)

    def token_of(self, user: str, app: str) -> str | None:
        """The token of the user for an app that never expires, None without one."""
        sql = "SELECT access_token FROM tokens WHERE user = ? AND app = ? AND expires IS NULL AND NOT revoked"
        row = self._one(sql, user, app)
        return row[0] if row else None

    def assigned(self, asset: str, user: str) -> list[str]:
        """The tasks of a user on an asset that was assigned to it."""
        row = self._one("SELECT tasks FROM assignments WHERE asset = ? AND user = ?", asset, user)
        return _tasks(row[0]) if row else []

    def share(self, business: str, other: str) -> bool:
        """Whether two businesses share an access, an access request or an OBO request, or one acts for the other."""
        return bool(
            self._one(
                "SELECT EXISTS (SELECT 1 FROM accesses WHERE owner = ?1 AND business = ?2) "
                "OR EXISTS (SELECT 1 FROM accesses WHERE owner = ?2 AND business = ?1) "
                "OR EXISTS (SELECT 1 FROM obo_requests WHERE requesting_business = ?1 AND receiving_business = ?2) "
                "OR EXISTS (SELECT 1 FROM obo_requests WHERE requesting_business = ?2 AND receiving_business = ?1) "
                "OR EXISTS (SELECT 1 FROM relationships WHERE partner = ?1 AND client = ?2) "
                "OR EXISTS (SELECT 1 FROM relationships WHERE partner = ?2 AND client = ?1)",
                business,
                other,
            )[0]
        )

    def access(self, asset: str, business: str) -> Access | None:
        row = self._one("SELECT * FROM accesses WHERE asset = ? AND business = ?", asset, business)
        return row and Access._make(row)

    def obo_request(self, id: str) -> OboRequest | None:
        # "01" is no other spelling of "1", and more digits than these are no number of SQLite's.
        row = None
        if len(id) < 19 and str(int(id)) == id:
            row = self._one("SELECT * FROM obo_requests WHERE id = ?", int(id))
        return row and OboRequest._make(row)

    # Lists

    def agencies_of(self, asset: str) -> Listing:
        """Accesses and requests of others to this asset: rows of Agency."""
        return Listing(self, OF_ASSET, asset)

    def held(self, business: str, kind: str, search: str | None = None) -> Listing:
        """Confirmed accesses of a business to assets of others; `search`: a text in the asset's name or id."""
        if search is None:
            return Listing(self, HELD, business, kind)
        return Listing(self, SEARCHED, business, kind, search, search)

    def owned(self, business: str, kind: str, search: str | None = None) -> Listing:
        """The assets of a business; `search`: a text in the asset's name or id."""
        if search is None:
            return Listing(self, OWNED, business, kind)
        return Listing(self, OWNED_SEARCHED, business, kind, search, search)

    def within_reach(self, business: str, kind: str) -> Listing:
        """The assets that a business owns, and those of others to which it has access."""
        return Listing(self, REACH, business, kind)

    def assigned_to(
        self,
        user: str,
        kind: str,
        owned_by: str | None = None,
        held_by: str | None = None,
        search: str | None = None,
    ) -> Listing:
        """The assets on which a user has tasks: all, or those that its business owns, or those of others; `search`, of
        one of the latter two: a text in the asset's name or id."""
        if owned_by is None and held_by is None:
            return Listing(self, ASSIGNED, user, kind)
        business = owned_by if owned_by is not None else held_by
        if search is None:
            selection = ASSIGNED_OWNED if owned_by is not None else ASSIGNED_HELD
            return Listing(self, selection, user, kind, business)
        selection = ASSIGNED_OWNED_SEARCHED if owned_by is not None else ASSIGNED_HELD_SEARCHED
        return Listing(self, selection, user, kind, business, search, search)

    def users_on(self, asset: str, business: str) -> Listing:
        """The users of a business who have tasks on an asset: rows of Assignment."""
        return Listing(self, ASSIGNED_USERS, asset, business)

    def users_of(self, business: str, kind: str) -> Listing:
        """The users, or the system users, of a business."""
        return Listing(self, USERS, business, kind)

    def clients_of_partner(self, partner: str) -> Listing:
        """The businesses for which a partner acts."""
        return Listing(self, PARTNERS_CLIENTS, partner)

    def requested_by(self, business: str, kind: str) -> Listing:
        """Open requests of a business for assets of others."""
        return Listing(self, REQUESTED_BY, business, kind)

    def requested_of(self, owner: str, kind: str) -> list[Access]:
        """All open requests of others for assets of this business."""
        return list(map(Access._make, self.read(REQUESTED_OF.every, owner, kind)))

    def agencies(self, owner: str) -> Listing:
        """Accesses and requests to assets of this business: a list for each business that has some."""
        return PartnerListing(self, AGENCIES, owner)

    def clients(self, business: str) -> Listing:
        """Accesses and requests of this business: a list for each business to whose assets they are."""
        return PartnerListing(self, CLIENTS, business)

    def waiting(self, conditions: Sequence[Condition]) -> list[Access]:
        """The accesses that wait for an answer, of which all the conditions hold."""
        # Each value is named: so the indexes lead to what waits, of one owner, one business, or at all.
        where = "kind IN ('page', 'ad_account') AND waits_for IN ('owner', 'admin_review')"
        return list(map(Access._make, self._read_where(Access, "accesses", where, conditions)))

    def obo_in_progress(self, conditions: Sequence[Condition]) -> list[OboRequest]:
        """The OBO requests in progress of which all the conditions hold."""
        where = "status = 'IN_PROGRESS'"
        return list(map(OboRequest._make, self._read_where(OboRequest, "obo_requests", where, conditions)))

    def _read_where(self, row: Any, table: str, where: str, conditions: Sequence[Condition]) -> list[Any]:
        fields = ", ".join(row._fields)
        where = " AND ".join([where, *(condition for condition, _ in conditions)])
        return self.read(
            in_one_row(fields, f"SELECT {fields} FROM {table} WHERE {where}"),
            *(value for _, value in conditions),
        )

    def obo_of_object(self, object_id: str, status: str | None, receiving: str | None = None) -> Listing:
        """The OBO requests for an object, of one status or of all; `receiving`: only those to this business."""
        values = [value for value in (receiving, status) if value is not None]
        if receiving is None:
            selection = OBO_OF_OBJECT if status is None else OBO_OF_OBJECT_BY_STATUS
        else:
            selection = OBO_OF_OBJECT_RECEIVED if status is None else OBO_OF_OBJECT_RECEIVED_BY_STATUS
        return Listing(self, selection, object_id, *values)

    def obo_received(self, business: str) -> Listing:
        """OBO requests to this business that are in progress."""
        return Listing(self, OBO_RECEIVED, business)

    def obo_sent(self, business: str) -> Listing:
        """OBO requests of this business that are in progress."""
        return Listing(self, OBO_SENT, business)

    def read(self, sql: str, *values: Any) -> list[Any]:
        """The rows of a query that `in_one_row` made."""
        rows: list[Any] = orjson.loads(self._db.execute(sql, values).fetchone()[0])
        return rows

    def count(self, sql: str, *values: Any) -> int:
        """The number that a query tells; kept until something changes, since counting many rows takes long."""
        key = sql, *values
        if key not in self._counts:
            if len(self._counts) >= 1000:  # each search is another one
                self._counts.clear()
            self._counts[key] = self._one(sql, *values)[0]
        return self._counts[key]

    # Changes, each within `change`

    def add_business(self, id: str, name: str) -> None:
        self._db.execute("INSERT INTO businesses VALUES (?, ?)", (id, name))
        self._forget()

    def add_app(self, app: App) -> None:
        self._db.execute("INSERT INTO apps VALUES (?, ?, ?, ?, ?)", app)
        self._forget()

    def put_app(self, app: App) -> None:
        """Add an app, or change the one with its id."""
        if self.app(app.id) is None:
            self.add_app(app)
        else:
            sql = "UPDATE apps SET name = ?, business = ?, secret = ?, require_proof = ? WHERE id = ?"
            self._db.execute(sql, (*app[1:], app.id))
            self._forget()

    def new_app_id(self) -> str:
        """The first id that nothing has."""
        return next(id for id in map(str, count(400000000000001)) if not self.taken(id))

    def end_token(self, access_token: str, expires: int | None = None, revoked: bool = False) -> bool:
        """Let a token expire, or revoke it. Whether there is one."""
        sql = (
            "UPDATE tokens SET expires = coalesce(?, expires), revoked = revoked OR ? WHERE access_token = ?"
        )
        done = self._db.execute(sql, (expires, revoked, access_token))
        self._forget()
        return done.rowcount > 0

    def add_user(self, user: User) -> None:
        self._db.execute("INSERT INTO users VALUES (?, ?, ?, ?, ?, ?)", user)
        self._forget()

    def remove_user(self, id: str) -> None:
        """With its tokens and what is assigned to it."""
        for table in ("assignments", "tokens"):
            self._db.execute(f"DELETE FROM {table} WHERE user = ?", (id,))
        self._db.execute("DELETE FROM users WHERE id = ?", (id,))
        self._forget()

    def assign(self, asset: str, user: str, tasks: list[str]) -> None:
        """Give a user these tasks on an asset, instead of those that it has."""
        self._db.execute(
            "INSERT INTO assignments VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET tasks = excluded.tasks",
            (asset, user, orjson.dumps(tasks).decode()),
        )

    def unassign(self, asset: str, user: str) -> bool:
        """Whether the user had tasks on the asset."""
        done = self._db.execute("DELETE FROM assignments WHERE asset = ? AND user = ?", (asset, user))
        return done.rowcount > 0

    def new_user_id(self) -> str:
        """An id that nothing has, and with a 7 before it neither: more than the greatest of the users, of those that
        are not longer than ids are here."""
        sql = "SELECT max(CAST(id AS INTEGER)) FROM users WHERE length(id) <= 15"
        first = max(122900000000000, self._one(sql)[0] or 0) + 1
        return next(id for id in map(str, count(first)) if not self.taken(id) and not self.taken(f"7{id}"))

    def relate(self, partner: str, client: str) -> None:
        self._db.execute("INSERT OR IGNORE INTO relationships VALUES (?, ?)", (partner, client))

    def part(self, partner: str, client: str) -> bool:
        """End the relation, with the system users that the partner's apps have at the client. Whether there was one."""
        done = self._db.execute(
            "DELETE FROM relationships WHERE partner = ? AND client = ?", (partner, client)
        )
        made = self._db.execute(
            "SELECT users.id FROM users JOIN apps ON apps.id = app WHERE users.business = ? AND apps.business = ?",
            (client, partner),
        )
        for (user,) in made.fetchall():
            self.remove_user(user)
        return done.rowcount > 0

    def add_asset(self, asset: Asset) -> None:
        self._db.execute("INSERT INTO assets VALUES (?, ?, ?, ?, ?, ?)", asset)
        self._forget()

    def add_token(
        self,
        access_token: str,
        user: User,
        app: str,
        app_access: bool = True,
        scopes: str | None = None,
        expires: int | None = None,
    ) -> None:
        """`scopes`: as JSON, all of them without; `expires`: seconds since 1970."""
        scopes = ALL_SCOPES if scopes is None else scopes
        self._db.execute(
            "INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
            (access_token, user.business, user.id, app, scopes, expires, app_access),
        )
        self._forget()

    def put_token(
        self,
        access_token: str,
        user: User,
        app: str,
        scopes: str,
        expires: int | None = None,
        app_access: bool = True,
    ) -> None:
        """Add a token of a user, or give the one with this text other scopes and another end."""
        self._db.execute("DELETE FROM tokens WHERE access_token = ?", (access_token,))
        self.add_token(access_token, user, app, app_access, scopes, expires)

    def put_access(self, asset: Asset, business: str, tasks: list[str], waits_for: str | None) -> None:
        """Give a business access to an asset, or note its request; an access that is there is replaced, and what its
        users were assigned beyond it ends."""
        now = int(self.clock.now())
        request_id = None
        if waits_for == "owner":
            request_id = self._one("UPDATE request_ids SET last = last + 1 RETURNING last")[0]
        self._db.execute(
            "INSERT INTO accesses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
            "permitted_tasks = excluded.permitted_tasks, waits_for = excluded.waits_for, updated = excluded.updated",
            (
                asset.id,
                business,
                asset.kind,
                asset.owner,
                orjson.dumps(tasks).decode(),
                waits_for,
                now,
                now,
                request_id,
            ),
        )
        for user, assigned in self._db.execute(
            f"SELECT user, tasks {OF_ACCESS}", (asset.id, business)
        ).fetchall():
            left = [task for task in _tasks(assigned) if task in tasks]
            if left:
                self.assign(asset.id, user, left)
            else:
                self.unassign(asset.id, user)

    def confirm(self, access: Access, at: int | None = None) -> None:
        """`at`: when, in seconds since 1970; now without it."""
        at = int(self.clock.now()) if at is None else at
        self._db.execute(
            "UPDATE accesses SET waits_for = NULL, updated = ? WHERE asset = ? AND business = ?",
            (at, access.asset, access.business),
        )

    def remove_access(self, access: Access) -> None:
        self._db.execute(
            "DELETE FROM accesses WHERE asset = ? AND business = ?", (access.asset, access.business)
        )
        self._db.execute(f"DELETE {OF_ACCESS}", (access.asset, access.business))

    def remove_between(self, owner: str, business: str) -> bool:
        """Take away every access of the second business to assets of the first; whether there was one."""
        done = self._db.execute("DELETE FROM accesses WHERE owner = ? AND business = ?", (owner, business))
        self._db.execute(
            "DELETE FROM assignments WHERE user IN (SELECT id FROM users WHERE business = ?) "
            "AND asset IN (SELECT id FROM assets WHERE owner = ?)",
            (business, owner),
        )
        return done.rowcount > 0

    def add_obo_request(
        self, business_owned_object: str, requesting: str, receiving: str, status: str
    ) -> int:
        """Returns its id."""
        id = next(id for id in count(self.next_ids()[1]) if not self.taken(str(id)))
        row = OboRequest(id, business_owned_object, requesting, receiving, status, int(self.clock.now()))
        self._db.execute("INSERT INTO obo_requests VALUES (?, ?, ?, ?, ?, ?)", row)
        self._type.cache_clear()
        return id

    def set_obo_status(self, id: int, status: str) -> None:
        self._db.execute("UPDATE obo_requests SET status = ? WHERE id = ?", (status, id))

    def start_ids(self, access_requests: int, obo_requests: int) -> None:
        """The next requests get these ids: ids look like Graph's, and never come twice."""
        self._db.execute("DELETE FROM request_ids")
        self._db.execute("INSERT INTO request_ids VALUES (?)", (access_requests - 1,))
        self._db.execute("DELETE FROM sqlite_sequence")
        self._db.execute("INSERT INTO sqlite_sequence VALUES ('obo_requests', ?)", (obo_requests - 1,))

    def next_ids(self) -> tuple[int, int]:
        """The id of the next access request, and that of the next OBO request, unless something else has it."""
        (requests,) = self._one("SELECT last FROM request_ids")
        (obo_requests,) = self._one("SELECT seq FROM sqlite_sequence WHERE name = 'obo_requests'")
        return requests + 1, obo_requests + 1

    def add_rows(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        """Add rows with all columns of a table."""
        columns = len(self._db.execute(f"SELECT * FROM {table} LIMIT 0").description)
        self._db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", rows)
        self._forget()

    def all(self, table: str, limit: int = -1) -> list[dict[str, Any]]:
        """Every row of a table, or the first ones, by column."""
        rows = self._db.execute(f"SELECT * FROM {table} ORDER BY 1, 2 LIMIT ?", (limit,))
        names = [column[0] for column in rows.description]
        return [dict(zip(names, row, strict=True)) for row in rows]

    def secrets(self) -> set[str]:
        """Every access token and app secret."""
        rows = self._db.execute(
            "SELECT access_token FROM tokens UNION SELECT access_token FROM assets WHERE access_token IS NOT NULL "
            "UNION SELECT secret FROM apps UNION SELECT id || '|' || secret FROM apps"
        )
        return {text for (text,) in rows}

    def size(self, table: str) -> int:
        """How many rows a table has."""
        return int(self._one(f"SELECT count(*) FROM {table}")[0])

    def _forget(self) -> None:
        """Read everything anew."""
        self.business.cache_clear()
        self.asset.cache_clear()
        self.user.cache_clear()
        self.token.cache_clear()
        self._type.cache_clear()
        self._counts.clear()

    def _one(self, sql: str, *values: Any) -> Any:
        return self._db.execute(sql, values).fetchone()
