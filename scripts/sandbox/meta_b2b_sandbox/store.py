"""The sandbox's state, in SQLite. Knows no rules and nothing of HTTP.

Every change is one transaction, committed before the call returns: a killed process loses nothing that was answered.
"""

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any

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
CREATE TABLE tokens (
    access_token TEXT PRIMARY KEY, business TEXT NOT NULL REFERENCES businesses, app_access INTEGER NOT NULL
) WITHOUT ROWID;
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
CREATE INDEX accesses_asked ON accesses (owner, kind, asset) WHERE waits_for = 'owner';
CREATE INDEX accesses_agencies ON accesses (owner, business);
CREATE INDEX accesses_clients ON accesses (business, owner);
CREATE TABLE request_ids (last INTEGER NOT NULL);
CREATE TABLE obo_requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    business_owned_object TEXT NOT NULL,
    requesting_business TEXT NOT NULL REFERENCES businesses,
    receiving_business TEXT NOT NULL REFERENCES businesses,
    status TEXT NOT NULL
);
CREATE INDEX obo_of_object ON obo_requests (business_owned_object, id);
CREATE INDEX obo_of_object_status ON obo_requests (business_owned_object, status, id);
CREATE INDEX obo_received ON obo_requests (receiving_business, status, id);
CREATE INDEX obo_sent ON obo_requests (requesting_business, status, id);
"""
# The lists whose length `summary` tells.
LISTS = {
    "asset": "count(*) FROM accesses WHERE asset = ?",
    "held": "count(*) FROM accesses WHERE business = ? AND kind = ? AND waits_for IS ?",
    "agencies": "count(DISTINCT business) FROM accesses WHERE owner = ?",
    "clients": "count(DISTINCT owner) FROM accesses WHERE business = ?",
}
# In the header of the file: that it is a sandbox's, and of which schema. Another version when SCHEMA changes.
APPLICATION_ID, SCHEMA_VERSION = 0x42324200, 3
TABLES = ("obo_requests", "request_ids", "accesses", "tokens", "assets", "businesses")


class StoreError(Exception):
    """The state cannot be read or kept; the text says why and what to do."""


@dataclass(slots=True)
class Access:
    """One business's access to one asset, or its request for it."""

    asset: str
    business: str
    kind: str
    owner: str
    permitted_tasks: list[str]
    waits_for: str | None
    requested: int
    updated: int
    request_id: int | None


@dataclass(slots=True)
class Agency:
    """One business's access to an asset that is known, or its request for it: what a page of them takes to show."""

    business: str
    permitted_tasks: list[str]
    waits_for: str | None
    requested: int
    updated: int


@dataclass(frozen=True, slots=True)
class Asset:
    """A Page or an ad account."""

    id: str
    kind: str
    name: str
    owner: str
    access_token: str | None
    admin_review: int


@dataclass(slots=True)
class OboRequest:
    """A request to act on behalf of another business."""

    id: int
    business_owned_object: str
    requesting_business: str
    receiving_business: str
    status: str


@dataclass(slots=True)
class Window:
    """Which part of a list: at most `limit` rows after (or before) the row with this key, text that orders the list."""

    limit: int
    after: str | None = None
    before: str | None = None


@dataclass(slots=True)
class Rows:
    """One page of a list, and the keys of its first and its last row."""

    rows: list[Any]
    more_before: bool
    more_after: bool
    first: str = ""
    last: str = ""


@lru_cache(maxsize=4096)
def _tasks(text: str) -> list[str]:
    return list(json.loads(text))


def _access(*row: Any) -> Access:
    access = Access(*row)
    access.permitted_tasks = _tasks(row[4])
    return access


def _agency(business: str, tasks: str, waits_for: str | None, requested: int, updated: int) -> Agency:
    return Agency(business, _tasks(tasks), waits_for, requested, updated)


class Store:
    """The state in a SQLite file (or ":memory:"), held by this process alone.

    Raises StoreError when another sandbox has the file, or it is none of ours.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self._counts: dict[tuple[str | None, ...], int] = {}
        # What never changes once it is there; `_forget` empties these.
        self._name = lru_cache(maxsize=16384)(self._read_name)
        self._asset = lru_cache(maxsize=16384)(self._read_asset)
        self._token = lru_cache(maxsize=4096)(self._read_token)
        try:
            self._db = sqlite3.connect(file, isolation_level=None, timeout=0.2, cached_statements=256)
        except sqlite3.Error as error:
            raise self._unusable(error) from None
        try:
            self._open()
        except sqlite3.Error as error:
            self._db.close()
            raise self._unusable(error) from None
        except StoreError:
            self._db.close()
            raise

    def _open(self) -> None:
        # Exclusive: two sandboxes on one file would each answer from its own view of it.
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        # Before anything is written: somebody else's file stays as it is.
        application = self._db.execute("PRAGMA application_id").fetchone()[0]
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        tables = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables and application != APPLICATION_ID:
            raise StoreError(
                f"{self.file} is a SQLite file, but not a sandbox's; name another: make sandbox DB=…"
            )
        if tables and version != SCHEMA_VERSION:
            raise StoreError(
                f"{self.file} is of another version of the sandbox; remove it, or name another: make sandbox DB=…"
            )
        # A change of one row writes the whole page, and one of each index: small ones are a third faster.
        self._db.execute("PRAGMA page_size = 1024")
        self._db.execute("PRAGMA journal_mode = WAL")
        # Moving the log into the file holds every caller up, some 30 ms: after 40 MB, not after each megabyte.
        self._db.execute("PRAGMA wal_autocheckpoint = 40000")
        # Survives a kill of this process at any moment; only a power cut may lose the last answers.
        self._db.execute("PRAGMA synchronous = NORMAL")
        with self.change():
            if not tables:
                for statement in SCHEMA.split(";\n"):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _unusable(self, error: sqlite3.Error) -> StoreError:
        if "locked" in str(error):
            return StoreError(f"{self.file} is in use by another sandbox; stop it, or: make sandbox DB=…")
        if isinstance(error, sqlite3.OperationalError):
            return StoreError(f"{self.file} cannot be opened ({error}); name another: make sandbox DB=…")
        return StoreError(f"{self.file} is not a sandbox's file ({error}); name another: make sandbox DB=…")

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def change(self) -> Iterator[None]:
        """One transaction: all of the block, or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            self._forget()
            raise

    @property
    def empty(self) -> bool:
        return self._one("SELECT 1 FROM businesses LIMIT 1") is None

    def clear(self) -> None:
        """Forget everything. Within `change`."""
        for table in TABLES:
            self._db.execute(f"DELETE FROM {table}")
        self._db.execute("DELETE FROM sqlite_sequence")
        self._forget()

    # What there is

    def business(self, id: str) -> str | None:
        """The name of a business, None without one."""
        return self._name(id)

    def _read_name(self, id: str) -> str | None:
        row = self._one("SELECT name FROM businesses WHERE id = ?", id)
        return row[0] if row else None

    def asset(self, id: str) -> Asset | None:
        return self._asset(id)

    def _read_asset(self, id: str) -> Asset | None:
        row = self._one(
            "SELECT id, kind, name, owner, access_token, admin_review FROM assets WHERE id = ?", id
        )
        return row and Asset(*row)

    def token(self, access_token: str) -> tuple[str, bool, str | None] | None:
        """(business, whether its app has access, id of the Page of which it is the token), None for an unknown one."""
        return self._token(access_token)

    def _read_token(self, access_token: str) -> tuple[str, bool, str | None] | None:
        row: tuple[str, bool, str | None] | None = self._one(
            "SELECT business, app_access, NULL FROM tokens WHERE access_token = ?", access_token
        ) or self._one("SELECT owner, 1, id FROM assets WHERE access_token = ?", access_token)
        return row

    def access(self, asset: str, business: str) -> Access | None:
        row = self._one("SELECT * FROM accesses WHERE asset = ? AND business = ?", asset, business)
        return row and _access(*row)

    def obo_request(self, id: str) -> OboRequest | None:
        # "01" is no other spelling of "1", and more digits than these are no number of SQLite's.
        row = None
        if len(id) < 19 and str(int(id)) == id:
            row = self._one("SELECT * FROM obo_requests WHERE id = ?", int(id))
        return row and OboRequest(*row)

    def accesses_between(self, owner: str, business: str) -> list[Access]:
        """All accesses that the first business gave, or is asked to give, the second."""
        rows = self._db.execute(
            "SELECT * FROM accesses WHERE owner = ? AND business = ? ORDER BY asset", (owner, business)
        )
        return [_access(*row) for row in rows]

    # Lists, page by page, in the order of their keys

    def of_asset(self, asset: str, window: Window) -> Rows:
        # Not every column: a page of 25 is read in two thirds of the time.
        columns = "business, permitted_tasks, waits_for, requested, updated"
        return self._page(_agency, "business", "accesses WHERE asset = ?", (asset,), window, columns)

    def held(
        self, business: str, kind: str, waits_for: str | None, window: Window, search: str | None = None
    ) -> Rows:
        """Accesses (or open requests) of a business to assets of others; `search`: in the asset's name or id."""
        where = "accesses WHERE business = ? AND kind = ? AND waits_for IS ?"
        values = (business, kind, waits_for)
        if search is not None:
            where += (
                " AND asset IN (SELECT id FROM assets WHERE instr(lower(name), lower(?)) OR instr(id, ?))"
            )
            return self._page(_access, "asset", where, (*values, search, search), window)
        return self._page(_access, "asset", where, values, window)

    def asked(self, owner: str, kind: str, window: Window) -> Rows:
        """Open requests of others for assets of this business."""
        where = "accesses WHERE owner = ? AND kind = ? AND waits_for = 'owner'"
        return self._page(_access, "asset", where, (owner, kind), window)

    def agencies(self, owner: str, window: Window) -> Rows:
        """Accesses and requests to assets of this business: a list for each business that has some."""
        return self._partners("business", "owner", owner, window)

    def clients(self, business: str, window: Window) -> Rows:
        """Accesses and requests of this business: a list for each business to whose assets they are."""
        return self._partners("owner", "business", business, window)

    def obo_of_object(self, object_id: str, status: str | None, window: Window) -> Rows:
        where, values = "obo_requests WHERE business_owned_object = ?", [object_id]
        if status is not None:
            where, values = f"{where} AND status = ?", [object_id, status]
        return self._page(OboRequest, "id", where, values, window)

    def obo_received(self, business: str, window: Window) -> Rows:
        where = "obo_requests WHERE receiving_business = ? AND status = 'IN_PROGRESS'"
        return self._page(OboRequest, "id", where, (business,), window)

    def obo_sent(self, business: str, window: Window) -> Rows:
        where = "obo_requests WHERE requesting_business = ? AND status = 'IN_PROGRESS'"
        return self._page(OboRequest, "id", where, (business,), window)

    def count_found(self, business: str, kind: str, search: str) -> int:
        """How many rows `held` has in all for a search."""
        every = self.held(business, kind, None, Window(2**31), search)
        return len(every.rows)

    def count(self, *key: str | None) -> int:
        """How many rows a list has: ("asset", id), ("held", business, kind, waits_for), ("agencies", owner) …

        Counted once, then kept: counting 100,000 rows anew would slow the page down.
        """
        if key not in self._counts:
            self._counts[key] = self._one(f"SELECT {LISTS[str(key[0])]}", *key[1:])[0]
        return self._counts[key]

    # Changes, each within `change`

    def add_business(self, id: str, name: str) -> None:
        self._db.execute("INSERT INTO businesses VALUES (?, ?)", (id, name))
        self._forget()

    def add_asset(self, asset: Asset) -> None:
        self._db.execute(
            "INSERT INTO assets VALUES (?, ?, ?, ?, ?, ?)",
            (asset.id, asset.kind, asset.name, asset.owner, asset.access_token, asset.admin_review),
        )
        self._forget()

    def add_token(self, access_token: str, business: str, app_access: bool) -> None:
        self._db.execute("INSERT INTO tokens VALUES (?, ?, ?)", (access_token, business, app_access))
        self._forget()

    def put_access(self, asset: Asset, business: str, tasks: list[str], waits_for: str | None) -> None:
        """Give a business access to an asset, or note its request; an access that is there is replaced."""
        now, text = int(time.time()), json.dumps(tasks)
        request_id = None
        if waits_for == "owner":
            request_id = self._one("UPDATE request_ids SET last = last + 1 RETURNING last")[0]
        added = self._db.execute(
            "INSERT INTO accesses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (asset.id, business, asset.kind, asset.owner, text, waits_for, now, now, request_id),
        ).rowcount
        if added:
            self._count("asset", asset.id, by=1)
            self._count_partners(asset.owner, business, asset.id, by=1)
        else:
            old = self.access(asset.id, business)
            assert old is not None
            self._db.execute(
                "UPDATE accesses SET permitted_tasks = ?, waits_for = ?, updated = ? WHERE asset = ? AND business = ?",
                (text, waits_for, now, asset.id, business),
            )
            self._count("held", business, asset.kind, old.waits_for, by=-1)
        self._count("held", business, asset.kind, waits_for, by=1)

    def confirm(self, access: Access) -> None:
        self._db.execute(
            "UPDATE accesses SET waits_for = NULL, updated = ? WHERE asset = ? AND business = ?",
            (int(time.time()), access.asset, access.business),
        )
        self._count("held", access.business, access.kind, access.waits_for, by=-1)
        self._count("held", access.business, access.kind, None, by=1)

    def remove_access(self, access: Access) -> None:
        self._db.execute(
            "DELETE FROM accesses WHERE asset = ? AND business = ?", (access.asset, access.business)
        )
        self._count("asset", access.asset, by=-1)
        self._count("held", access.business, access.kind, access.waits_for, by=-1)
        self._count_partners(access.owner, access.business, access.asset, by=-1)

    def remove_partner(self, owner: str, business: str) -> None:
        """Take away every access of the second business to assets of the first."""
        for access in self.accesses_between(owner, business):
            self.remove_access(access)

    def add_obo_request(
        self, business_owned_object: str, requesting: str, receiving: str, status: str
    ) -> int:
        """Returns its id."""
        done = self._db.execute(
            "INSERT INTO obo_requests (business_owned_object, requesting_business, receiving_business, status) "
            "VALUES (?, ?, ?, ?)",
            (business_owned_object, requesting, receiving, status),
        )
        return int(done.lastrowid or 0)

    def set_obo_status(self, id: int, status: str) -> None:
        self._db.execute("UPDATE obo_requests SET status = ? WHERE id = ?", (status, id))

    def start_ids(self, access_requests: int, obo_requests: int) -> None:
        """The next requests get these ids: ids look like Graph's, and never come twice."""
        self._db.execute("DELETE FROM request_ids")
        self._db.execute("INSERT INTO request_ids VALUES (?)", (access_requests - 1,))
        self._db.execute("DELETE FROM sqlite_sequence")
        self._db.execute("INSERT INTO sqlite_sequence VALUES ('obo_requests', ?)", (obo_requests - 1,))

    def all(self, table: str, limit: int = -1) -> list[dict[str, Any]]:
        """Every row of a table, or the first ones, by column."""
        rows = self._db.execute(f"SELECT * FROM {table} ORDER BY 1, 2 LIMIT ?", (limit,))
        names = [column[0] for column in rows.description]
        return [dict(zip(names, row, strict=True)) for row in rows]

    def size(self, table: str) -> int:
        """How many rows a table has."""
        return int(self._one(f"SELECT count(*) FROM {table}")[0])

    def _forget(self) -> None:
        """Read everything anew."""
        self._name.cache_clear()
        self._asset.cache_clear()
        self._token.cache_clear()
        self._counts.clear()

    def _count_partners(self, owner: str, business: str, asset: str, by: int) -> None:
        """The access to this asset came or went: it counts if it is the only one between the two."""
        agencies, clients = ("agencies", owner), ("clients", business)
        if agencies in self._counts or clients in self._counts:
            other = "SELECT 1 FROM accesses WHERE owner = ? AND business = ? AND asset <> ? LIMIT 1"
            if self._one(other, owner, business, asset) is None:
                self._count(*agencies, by=by)
                self._count(*clients, by=by)

    def _count(self, *key: str | None, by: int) -> None:
        """A list has that many rows more, if anyone has asked for its length."""
        if key in self._counts:
            self._counts[key] += by

    def _one(self, sql: str, *values: Any) -> Any:
        return self._db.execute(sql, values).fetchone()

    def _page(
        self, make: Any, key: str, where: str, values: Iterable[Any], window: Window, columns: str = "*"
    ) -> Rows:
        """The rows of the window by key: with an index on (where, key) its cost does not grow with the list."""
        forwards, edge, sign, order = _direction(window)
        if edge is not None:
            where, values = f"{where} AND {key} {sign} ?", (*values, edge)
        found = self._db.execute(
            f"SELECT {columns} FROM {where} ORDER BY {key} {order} LIMIT ?", (*values, window.limit + 1)
        ).fetchall()
        rows = _rows([make(*row) for row in found], window, forwards)
        if rows.rows:
            rows.first, rows.last = (str(getattr(row, key)) for row in (rows.rows[0], rows.rows[-1]))
        return rows

    def _partners(self, key: str, of: str, id: str, window: Window) -> Rows:
        """The accesses of each partner in the window; `key`: the column of the partners, `of`: of the business."""
        forwards, edge, sign, order = _direction(window)
        where, values = f"accesses WHERE {of} = ?", [id]
        if edge is not None:
            where, values = f"{where} AND {key} {sign} ?", [id, edge]
        found = self._db.execute(
            f"SELECT DISTINCT {key} FROM {where} ORDER BY {key} {order} LIMIT ?", (*values, window.limit + 1)
        ).fetchall()
        rows = _rows([partner for (partner,) in found], window, forwards)
        if rows.rows:
            rows.first, rows.last = rows.rows[0], rows.rows[-1]
            accesses = self._db.execute(
                f"SELECT * FROM accesses WHERE {of} = ? AND {key} BETWEEN ? AND ? ORDER BY {key}, asset",
                (id, rows.first, rows.last),
            ).fetchall()
            together = groupby((_access(*row) for row in accesses), attrgetter(key))
            rows.rows = [list(of_partner) for _, of_partner in together]
        return rows


def _direction(window: Window) -> tuple[bool, str | None, str, str]:
    """Whether forwards, from which key on, and SQL's signs for it. `after` wins over `before`."""
    if window.before is not None and window.after is None:
        return False, window.before, "<", "DESC"
    return True, window.after, ">", "ASC"


def _rows(found: list[Any], window: Window, forwards: bool) -> Rows:
    """A page of what was found, one row more than its limit if there are more."""
    more, rows = len(found) > window.limit, found[: window.limit]
    if forwards:
        return Rows(rows, more_before=window.after is not None, more_after=more)
    return Rows(rows[::-1], more_before=more, more_after=True)
