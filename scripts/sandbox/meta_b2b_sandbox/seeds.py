"""What a world is made of, in and out: a seed goes into a store, and the state comes out of it. The schemas `Seed` and
`State` of openapi/sandbox.yaml say what they hold; `put_state` there tells what is made up for what a seed leaves out.

`put(store, state(other))` makes a store with the same state, and every state is a seed.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache
from itertools import chain, count
from pathlib import Path
from typing import Any, NoReturn

import jsonschema_rs
import orjson
import yaml

from meta_b2b_sandbox.clock import stamp
from meta_b2b_sandbox.document import packaged
from meta_b2b_sandbox.store import ALL_SCOPES, Access, App, Asset, OboRequest, Store, User
from meta_b2b_sandbox.tokens import APP_SECRET

# The first ids that are made up, and that requests get where a seed says nothing.
FIRST_IDS = {
    "businesses": 1000000001,
    "users": 122900000000001,
    "apps": 400000000000001,
    "pages": 1900000000001,
    "ad_accounts": 4000000001,
    "obo_requests": 1111111111,
}
FIRST_ACCESS_REQUEST = 6000000001
BEGAN = "2026-01-01T09:00:00+0000"  # whatever has no time of its own
APP_NAME = "Example App"
LONGEST = 20  # digits of an id
LONGEST_NUMBER = 18  # digits of a request's id, which is a number in the store
LAST_SECOND = 253402300799  # of the year 9999
KINDS = {"page": ("PageTask", "a Page"), "ad_account": ("AdAccountTask", "an ad account")}
SECRETS = ("access_token", "secret")  # values that no text shows
_WITHOUT_VALUE = ("required", "additionalProperties", "unevaluatedProperties")  # problems whose text has none
_AFTER_VALUE = re.compile(r" (?:is|has|does) (?!.* (?:is|has|does) )", re.DOTALL)


class SeedError(Exception):
    """The seed is not right; the text says where and why, and holds no access token."""


# Reading a file


def read_file(path: Path | str) -> dict[str, Any]:
    """The mapping in a YAML or JSON file, as far as seeds need it: plain scalars are null, true, false or a text, so
    that ids and times need no quotes. Raises SeedError, with the line where there is one."""
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SeedError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise SeedError(f"{path} is not UTF-8 (byte {error.start})") from None
    return read_text(text, str(path))


def read_text(text: str, path: str) -> dict[str, Any]:
    """The same of a text; `path` is what error texts call it. Raises SeedError."""
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return _mapping_of(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f", line {mark.line + 1}" if mark else ""
        raise SeedError(f"{path}{line}: {error.problem or error.context}") from None
    except yaml.YAMLError as error:  # a character that YAML does not allow
        raise SeedError(f"{path}: {' '.join(str(error).split())}") from None
    except RecursionError:
        raise SeedError(f"{path} is nested too deeply") from None


def from_file(path: Path | str) -> dict[str, Any]:
    """The whole state that the seed in a file stands for. Raises SeedError, with the name of the file."""
    seed = read_file(path)
    try:
        return complete(seed)
    except SeedError as error:
        raise SeedError(f"{path}: {error}") from None


def _mapping_of(events: Iterator[Any]) -> dict[str, Any]:
    next(events)  # the stream's start
    start = next(events)
    if isinstance(start, yaml.StreamEndEvent):
        _fail(start, "the file is empty; a seed has at least the list businesses")
    first = next(events)
    value = _value(events, first)
    if not isinstance(value, dict):
        _fail(first, "a seed is a mapping (businesses: …)")
    next(events)  # the document's end
    end = next(events)
    if not isinstance(end, yaml.StreamEndEvent):
        _fail(end, "a second document starts here; a file holds one")
    return value


def _value(events: Iterator[Any], event: Any) -> Any:
    """The value that starts with this event; takes the events up to its end."""
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        _fail(event, f"write the value out instead of the anchor {event.anchor}")
    if event.tag is not None:
        _fail(event, f"the tag {event.tag} has no meaning in a seed")
    if isinstance(event, yaml.ScalarEvent):
        plain = {"null": None, "~": None, "": None, "true": True, "false": False}
        return plain.get(event.value, event.value) if event.implicit[0] else event.value
    if isinstance(event, yaml.SequenceStartEvent):
        values = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            values.append(_value(events, event))
        return values
    mapping: dict[str, Any] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        if not isinstance(event, yaml.ScalarEvent):
            _fail(event, "a name must be a text")
        if event.value in mapping:
            _fail(event, f"{event.value} stands here a second time")
        mapping[event.value] = _value(events, next(events))
    return mapping


def _fail(event: Any, problem: str) -> NoReturn:
    raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)


# In and out


def put(store: Store, seed: Mapping[str, Any]) -> None:
    """Replace everything in the store by the world of a seed, in one transaction. Raises SeedError, and nothing has
    changed then."""
    whole = complete(seed)
    assets = {asset.id: asset for asset in _assets(whole)}
    with store.change():
        store.clear()
        store.add_rows("businesses", [(one["id"], one["name"]) for one in whole["businesses"]])
        store.add_rows("apps", [App(**one) for one in whole["apps"]])
        store.add_rows("users", [User(**one) for one in whole["users"]])
        store.add_rows("assets", assets.values())
        store.add_rows(
            "tokens",
            [
                (
                    *(one["access_token"], one["business"], one["user"], one["app"], _json(one["scopes"])),
                    *(None if one["expires"] is None else _seconds(one["expires"]),),
                    *(one["revoked"], one["app_access"]),
                )
                for one in whole["tokens"]
            ],
        )
        store.add_rows("relationships", [(one["partner"], one["client"]) for one in whole["relationships"]])
        store.add_rows(
            "assignments", [(one["asset"], one["user"], _json(one["tasks"])) for one in whole["assignments"]]
        )
        store.add_rows("accesses", [_access(one, assets[one["asset"]]) for one in whole["accesses"]])
        store.add_rows(
            "obo_requests",
            [
                OboRequest(
                    int(one["id"]),
                    *(one["business_owned_object"], one["requesting_business"], one["receiving_business"]),
                    *(one["status"], _seconds(one["created_time"])),
                )
                for one in whole["obo_requests"]
            ],
        )
        store.start_ids(int(whole["next_ids"]["access_request"]), int(whole["next_ids"]["obo_request"]))


def _assets(whole: Mapping[str, Any]) -> list[Asset]:
    pages = [
        Asset(one["id"], "page", one["name"], one["owner"], one["access_token"], 0) for one in whole["pages"]
    ]
    accounts = [
        Asset(f"act_{one['id']}", "ad_account", one["name"], one["owner"], None, int(one["admin_review"]))
        for one in whole["ad_accounts"]
    ]
    return pages + accounts


def _access(one: Mapping[str, Any], asset: Asset) -> Access:
    return Access(
        *(
            asset.id,
            one["business"],
            asset.kind,
            asset.owner,
            _json(one["permitted_tasks"]),
            one["waits_for"],
        ),
        *(_seconds(one["access_requested_time"]), _seconds(one["access_updated_time"])),
        None if one["request_id"] is None else int(one["request_id"]),
    )


def _json(values: list[str]) -> str:
    return orjson.dumps(values).decode()


def state(store: Store) -> dict[str, Any]:
    """Everything in the store, as the schema State has it, in the order of ids."""
    assets = store.all("assets")
    access_request, obo_request = store.next_ids()
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
                "request_id": None if a["request_id"] is None else str(a["request_id"]),
            }
            for a in store.all("accesses")
        ],
        "obo_requests": [
            {
                "id": str(o["id"]),
                "business_owned_object": o["business_owned_object"],
                "requesting_business": o["requesting_business"],
                "receiving_business": o["receiving_business"],
                "status": o["status"],
                "created_time": stamp(o["created"]),
            }
            for o in store.all("obo_requests")
        ],
        "next_ids": {"access_request": str(access_request), "obo_request": str(obo_request)},
    }


# Checking and completing


def complete(seed: Mapping[str, Any]) -> dict[str, Any]:
    """The whole state that a seed stands for. The same seed is always completed alike. Raises SeedError."""
    try:
        copy = orjson.loads(orjson.dumps(seed))
        problem = next(_validator().iter_errors(copy), None)
    except (
        TypeError,
        ValueError,
    ) as error:  # orjson's and the validator's: half a surrogate pair, too deep, no text
        raise SeedError(f"the seed cannot be read: {error}") from None
    if problem is not None:
        raise SeedError(problem_text(problem, ""))
    return _Completion(copy).whole


@cache
def _validator() -> Any:
    schemas = packaged("sandbox.yaml").tree["components"]["schemas"]
    return jsonschema_rs.Draft202012Validator({**schemas["Seed"], "components": {"schemas": schemas}})


@cache
def _choices(schema: str) -> list[str]:
    """The values of an enum of openapi/b2b.yaml."""
    values: list[str] = packaged("b2b.yaml").tree["components"]["schemas"][schema]["enum"]
    return values


def problem_text(problem: jsonschema_rs.ValidationError, name: str) -> str:
    """Where a value is not as its schema says, and why. `name`: what the place begins with. No access token and no
    secret is in it."""
    kind = problem.kind
    while isinstance(kind, jsonschema_rs.ValidationErrorKind.AnyOf):
        problem = kind.context[0][0]  # of the first choice, which is the usual one
        kind = problem.kind
    path, text = list(problem.instance_path), problem.message
    hidden = isinstance(problem.instance, list | dict) or (bool(path) and path[-1] in SECRETS)
    if hidden and kind.name not in _WITHOUT_VALUE:
        found = _AFTER_VALUE.search(text)
        text = f"the value{text[found.start() :]}" if found else "the value is not valid"
    place = name
    for part in path:
        place += f"[{part}]" if isinstance(part, int) else f".{part}" if place else part
    return f"{place}: {text[:500]}" if place else text[:500]


@lru_cache(maxsize=4096)
def _seconds(time: str) -> int:
    """Seconds since 1970. Raises ValueError for what is no time, or none of the years 1970 to 9999."""
    seconds = int(datetime.strptime(time, "%Y-%m-%dT%H:%M:%S%z").timestamp())
    if not 0 <= seconds <= LAST_SECOND:
        raise ValueError("out of range")
    return seconds


class _Names:
    """What references of one kind can mean: ids, and names that only one has."""

    def __init__(self, kind: str, things: Iterable[tuple[str, str]]) -> None:
        """`things`: ids with names."""
        self.kind = kind
        self.names = dict(things)
        self._by_name: dict[str, list[str]] = {}
        for id, name in self.names.items():
            self._by_name.setdefault(name, []).append(id)

    def find(self, text: str, place: str) -> str:
        """The id. Raises SeedError."""
        for id in (text, f"act_{text}"):
            if id in self.names:
                return id
        ids = self._by_name.get(text, [])
        if not ids:
            raise SeedError(f"{place}: there is no {self.kind} {text}")
        if len(ids) > 1:
            raise SeedError(f"{place}: {' and '.join(ids[:5])} have the name {text}; write the id")
        return ids[0]


class _Completion:
    """A seed of the right shape on its way to `whole`, the state. Raises SeedError."""

    def __init__(self, seed: dict[str, Any]) -> None:
        self._seed = seed
        self._ids: dict[str, str] = {}  # id → where it is used
        self._accounts: dict[str, str] = {}  # the same of ad accounts, whose ids are their own
        self._new_ids = {section: map(str, count(first)) for section, first in FIRST_IDS.items()}
        self._texts: dict[str, str] = {}  # the same of access tokens
        self.whole: dict[str, Any] = {}
        self._claim_what_is_given()
        self._businesses()
        self._users()
        self._apps()
        self._assets()
        self._tokens()
        self._relationships()
        self._accesses()
        self._assignments()
        self._obo_requests()
        self._next_ids()

    def _section(self, name: str) -> list[dict[str, Any]]:
        section: list[dict[str, Any]] = self._seed.get(name, [])
        return section

    def _places(self, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The entries of a section with their places."""
        return ((f"{name}[{number}]", one) for number, one in enumerate(self._section(name)))

    # Ids

    def _claim_what_is_given(self) -> None:
        """Every id and every token of the seed, before others are made up."""
        for section in ("businesses", "users", "apps", "pages", "obo_requests"):
            for place, one in self._places(section):
                if "id" in one:
                    self._claim(one["id"], place)
                    if section == "users" and one.get("kind", "user") == "user":
                        self._claim_of_person(one["id"], place)
                    if section == "obo_requests":
                        _check_number(one["id"], f"{place}.id")
        for place, one in self._places("ad_accounts"):
            if "id" in one:
                _claim(self._accounts, one["id"], place)
        for section in ("tokens", "pages"):
            for place, one in self._places(section):
                if "access_token" in one:
                    other = self._texts.setdefault(one["access_token"], place)
                    if other != place:
                        raise SeedError(f"{place}.access_token: {other} has the same")

    def _claim(self, id: str, place: str) -> None:
        _claim(self._ids, id, place)

    def _claim_of_person(self, id: str, place: str) -> None:
        """A person has another id in its business [A28], with a 7 before its own."""
        if len(id) >= LONGEST:
            raise SeedError(f"{place}.id: the id of a person has fewer than {LONGEST} digits")
        inside = f"{place} in its business"
        other = self._ids.setdefault(f"7{id}", inside)
        if other != inside:
            raise SeedError(
                f"{place}.id: 7{id}, which this person is in its business, is the id of {other} too"
            )

    def _new_id(self, section: str) -> str:
        """The next id of a section that is not used; a person's is used in its business neither."""
        used = self._accounts if section == "ad_accounts" else self._ids
        unused = (id for id in self._new_ids[section] if id not in used)
        return next(id for id in unused if section != "users" or f"7{id}" not in used)

    def _with_id(self, section: str, place: str, one: Mapping[str, Any]) -> str:
        """The id of an entry, made up where it has none."""
        if "id" in one:
            return str(one["id"])
        id = self._new_id(section)
        self._ids[id] = place
        if section == "users" and one.get("kind", "user") == "user":
            self._ids[f"7{id}"] = f"{place} in its business"
        return id

    # Sections

    def _businesses(self) -> None:
        self.whole["businesses"] = [
            {"id": self._with_id("businesses", place, one), "name": one["name"]}
            for place, one in self._places("businesses")
        ]
        self._business = _Names("business", _ids_and_names(self.whole["businesses"]))

    def _users(self) -> None:
        users = self.whole["users"] = [
            {
                "id": self._with_id("users", place, one),
                "name": one["name"],
                "business": self._business.find(one["business"], f"{place}.business"),
                "role": one.get("role", "EMPLOYEE"),
                "kind": one.get("kind", "user"),
                "app": one.get("app"),
            }
            for place, one in self._places("users")
        ]
        # Business → its first admin.
        self._admins: dict[str, str] = {}
        for user in users:
            if user["role"] == "ADMIN" and user["kind"] == "user":
                self._admins.setdefault(user["business"], user["id"])
        for business in self.whole["businesses"]:
            if business["id"] not in self._admins:
                users.append(self._admin(business["id"], business["name"]))
                self._admins[business["id"]] = users[-1]["id"]
        self._user = _Names("user", _ids_and_names(users))
        self._business_of = {user["id"]: user["business"] for user in users}

    def _admin(self, business: str, name: str) -> dict[str, Any]:
        """A person who is made up, since the business has no admin."""
        id, place = f"122{business:0>12}", f"the admin of {business}"
        if len(id) >= LONGEST or not self._ids.keys().isdisjoint((id, f"7{id}")):
            id = self._with_id("users", place, {})
        self._ids |= {id: place, f"7{id}": f"{place} in its business"}
        return {
            "id": id,
            "name": f"Admin of {name}",
            "business": business,
            "role": "ADMIN",
            "kind": "user",
            "app": None,
        }

    def _apps(self) -> None:
        first = self.whole["businesses"][0]["id"]
        self._seed.setdefault("apps", [{"name": APP_NAME, "business": first}])
        self.whole["apps"] = [
            {
                "id": self._with_id("apps", place, one),
                "name": one["name"],
                "business": self._business.find(one["business"], f"{place}.business"),
                "secret": one.get("secret", APP_SECRET),
                "require_proof": one.get("require_proof", True),
            }
            for place, one in self._places("apps")
        ]
        self._app = _Names("app", _ids_and_names(self.whole["apps"]))
        for number, user in enumerate(self.whole["users"]):
            if user["app"] is not None:
                user["app"] = self._app.find(user["app"], f"users[{number}].app")

    def _assets(self) -> None:
        self.whole["pages"] = pages = []
        for place, one in self._places("pages"):
            id, owner = (
                self._with_id("pages", place, one),
                self._business.find(one["owner"], f"{place}.owner"),
            )
            text = one.get("access_token") or self._new_text(one["name"], "page-token", id, place)
            pages.append({"id": id, "name": one["name"], "owner": owner, "access_token": text})
        self.whole["ad_accounts"] = accounts = []
        for place, one in self._places("ad_accounts"):
            id = one["id"] if "id" in one else self._new_id("ad_accounts")
            self._accounts[id] = place
            owner = self._business.find(one["owner"], f"{place}.owner")
            review = one.get("admin_review", False)
            accounts.append({"id": id, "name": one["name"], "owner": owner, "admin_review": review})
        self._assets_by_id = {asset.id: asset for asset in _assets(self.whole)}
        assets = self._assets_by_id.values()
        self._asset = _Names("asset", ((one.id, one.name) for one in assets))
        self._account = _Names("ad account", ((a.id, a.name) for a in assets if a.kind == "ad_account"))

    def _tokens(self) -> None:
        if "tokens" not in self._seed:
            self._seed["tokens"] = [{"business": one["id"]} for one in self.whole["businesses"]]
        self.whole["tokens"] = [self._token(place, one) for place, one in self._places("tokens")]

    def _token(self, place: str, one: dict[str, Any]) -> dict[str, Any]:
        business = self._business.find(one["business"], f"{place}.business") if "business" in one else None
        if "user" in one:
            user = self._user.find(one["user"], f"{place}.user")
            if business not in (None, self._business_of[user]):
                name = self._user.names[user]
                raise SeedError(
                    f"{place}.business: {name} is no user of {self._business.names[business or '']}"
                )
        else:
            user = self._admins[business or ""]
        if "app" in one:
            app = self._app.find(one["app"], f"{place}.app")
        elif self.whole["apps"]:
            app = self.whole["apps"][0]["id"]
        else:
            raise SeedError(f"{place}: a token is one of an app, and the list apps is empty")
        business = self._business_of[user]
        of_admin = user == self._admins[business]
        name = self._business.names[business] if of_admin else self._user.names[user]
        if one.get("expires") is not None:
            _check_time(one["expires"], f"{place}.expires")
        return {
            "access_token": one.get("access_token")
            or self._new_text(name, "token", business if of_admin else user, place),
            "business": business,
            "user": user,
            "app": app,
            "scopes": one.get("scopes", orjson.loads(ALL_SCOPES)),
            "expires": one.get("expires"),
            "revoked": one.get("revoked", False),
            "app_access": one.get("app_access", True),
        }

    def _new_text(self, name: str, kind: str, id: str, place: str) -> str:
        """The text of an access token, of a name: "example-agency-token". The id, and then a number, makes it another
        one than others."""
        ascii = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        slug = re.sub("[^a-z0-9]+", "-", ascii).strip("-")
        text = f"{slug}-{kind}" if slug else kind
        texts = chain((text, f"{text}-{id}"), (f"{text}-{id}-{number}" for number in count(2)))
        new = next(one for one in texts if one not in self._texts)
        self._texts[new] = place
        return new

    def _relationships(self) -> None:
        found: dict[tuple[str, str], str] = {}
        for place, one in self._places("relationships"):
            partner = self._business.find(one["partner"], f"{place}.partner")
            client = self._business.find(one["client"], f"{place}.client")
            if partner == client:
                raise SeedError(f"{place}: {self._business.names[client]} cannot act for itself")
            _once(found, (partner, client), place)
        self.whole["relationships"] = [{"partner": one, "client": other} for one, other in found]

    def _accesses(self) -> None:
        ids: dict[str, str] = {}
        for place, one in self._places("accesses"):
            if one.get("request_id") is not None:
                _check_number(one["request_id"], f"{place}.request_id")
                _claim(ids, one["request_id"], place, "request_id")
        new = (id for id in map(str, count(FIRST_ACCESS_REQUEST)) if id not in ids)
        found: dict[tuple[str, str], str] = {}
        self.whole["accesses"] = accesses = []
        for place, one in self._places("accesses"):
            asset = self._assets_by_id[self._asset.find(one["asset"], f"{place}.asset")]
            business = self._business.find(one["business"], f"{place}.business")
            if asset.owner == business:
                raise SeedError(f"{place}: {self._business.names[business]} owns {asset.id} itself")
            _once(found, (asset.id, business), place)
            _check_tasks(one["permitted_tasks"], asset.kind, f"{place}.permitted_tasks")
            waits_for = _waits_for(one, place)
            requested = one.get("access_requested_time", BEGAN)
            updated = one.get("access_updated_time", requested)
            for name in ("access_requested_time", "access_updated_time"):
                if name in one:
                    _check_time(one[name], f"{place}.{name}")
            request_id = one.get("request_id")
            if request_id is None and waits_for == "owner":
                request_id = next(new)
                ids[request_id] = place
            accesses.append(
                {
                    "asset": asset.id,
                    "business": business,
                    "permitted_tasks": one["permitted_tasks"],
                    "access_status": "CONFIRMED" if waits_for is None else "PENDING",
                    "waits_for": waits_for,
                    "access_requested_time": requested,
                    "access_updated_time": updated,
                    "request_id": request_id,
                }
            )
        self._access_request_ids = list(ids)

    def _assignments(self) -> None:
        """On what the user's business only holds no more than was granted, as people.py has it."""
        granted = {
            (one["asset"], one["business"]): one["permitted_tasks"]
            for one in self.whole["accesses"]
            if one["waits_for"] is None
        }
        found: dict[tuple[str, str], str] = {}
        self.whole["assignments"] = assignments = []
        for place, one in self._places("assignments"):
            asset = self._assets_by_id[self._asset.find(one["asset"], f"{place}.asset")]
            user = self._user.find(one["user"], f"{place}.user")
            _once(found, (asset.id, user), place)
            _check_tasks(one["tasks"], asset.kind, f"{place}.tasks")
            business = self._business_of[user]
            if asset.owner != business:
                most, name = granted.get((asset.id, business)), self._business.names[business]
                if most is None:
                    raise SeedError(f"{place}: {name}, whose user this is, has no access to {asset.id}")
                if beyond := [task for task in one["tasks"] if task not in most]:
                    text = f"{name} has {', '.join(most)} on {asset.id}, and not {', '.join(beyond)}"
                    raise SeedError(f"{place}.tasks: {text}")
            assignments.append({"asset": asset.id, "user": user, "tasks": one["tasks"]})

    def _obo_requests(self) -> None:
        self.whole["obo_requests"] = requests = []
        for place, one in self._places("obo_requests"):
            asset = self._assets_by_id[
                self._account.find(one["business_owned_object"], f"{place}.business_owned_object")
            ]
            requesting = asset.owner
            if "requesting_business" in one:
                requesting = self._business.find(one["requesting_business"], f"{place}.requesting_business")
            if requesting != asset.owner:  # [A26]
                name = self._business.names[requesting]
                raise SeedError(f"{place}.requesting_business: {name} does not own {asset.id}")
            receiving = self._business.find(one["receiving_business"], f"{place}.receiving_business")
            status, created = one.get("status", "IN_PROGRESS"), one.get("created_time", BEGAN)
            if status not in _choices("OboStatus"):
                statuses = ", ".join(_choices("OboStatus"))
                raise SeedError(f"{place}.status: {status} is none of Graph's: {statuses}")
            _check_time(created, f"{place}.created_time")
            requests.append(
                {
                    "id": self._with_id("obo_requests", place, one),
                    "business_owned_object": asset.id.removeprefix("act_"),
                    "requesting_business": requesting,
                    "receiving_business": receiving,
                    "status": status,
                    "created_time": created,
                }
            )

    def _next_ids(self) -> None:
        used = {
            "access_request": (FIRST_ACCESS_REQUEST, self._access_request_ids),
            "obo_request": (FIRST_IDS["obo_requests"], [one["id"] for one in self.whole["obo_requests"]]),
        }
        given, next_ids = self._seed.get("next_ids", {}), {}
        for name, (first, ids) in used.items():
            least = max(map(int, ids), default=-1) + 1
            if name in given:
                _check_number(given[name], f"next_ids.{name}")
                if int(given[name]) < least:
                    raise SeedError(
                        f"next_ids.{name}: {given[name]} is not greater than {least - 1}, which is used"
                    )
            next_ids[name] = given.get(name, str(max(first, least)))
        self.whole["next_ids"] = next_ids


def _ids_and_names(things: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    return ((one["id"], one["name"]) for one in things)


def _claim(used: dict[str, str], id: str, place: str, name: str = "id") -> None:
    other = used.setdefault(id, place)
    if other != place:
        raise SeedError(f"{place}.{name}: {id} is the {name} of {other} too")


def _once(found: dict[tuple[str, str], str], key: tuple[str, str], place: str) -> None:
    other = found.setdefault(key, place)
    if other != place:
        raise SeedError(f"{place}: it is there already, {other}")


def _check_number(id: str, place: str) -> None:
    if len(id) > LONGEST_NUMBER or str(int(id)) != id:
        raise SeedError(f"{place}: {id} has more than {LONGEST_NUMBER} digits, or begins with a 0")


def _check_time(time: str, place: str) -> None:
    try:
        _seconds(time)
    except ValueError:
        raise SeedError(f"{place}: {time} is no time of the years 1970 to 9999") from None


def _check_tasks(tasks: list[str], kind: str, place: str) -> None:
    schema, what = KINDS[kind]
    for task in tasks:
        if task not in _choices(schema):
            raise SeedError(f"{place}: {task} is no task on {what}; these are: {', '.join(_choices(schema))}")


def _waits_for(one: Mapping[str, Any], place: str) -> str | None:
    """Whose answer an access waits for, None for nobody's."""
    status, waits_for = one.get("access_status"), one.get("waits_for")
    if status == "CONFIRMED" and waits_for is not None:
        raise SeedError(f"{place}.access_status: what waits for {waits_for} is PENDING, not CONFIRMED")
    if status == "PENDING" and waits_for is None:
        if "waits_for" in one:
            raise SeedError(f"{place}.waits_for: what is PENDING waits for owner or admin_review")
        return "owner"
    return None if waits_for is None else str(waits_for)
