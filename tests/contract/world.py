"""A world of a server with the sandbox's control API (openapi/sandbox.yaml): which ids it knows, whose token each of
them needs, and a way to begin each test with the same world."""

import hmac
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import requests

from tests.support.document import ONE_CALL, example_call, resolve

SECONDS = 5  # for each call of the control API
PROVEN = "POST access_token"  # the one call that wants a proof (openapi/b2b.yaml, create_access_token)


class World:
    """One made for the purpose, so that neither tests side by side nor the server's own world are disturbed.

    `base_url`: where it is called. `ids`: the dictionaries that schemathesis.toml names. `secrets`: what no report may
    show.
    """

    def __init__(self, server: str, session: requests.Session) -> None:
        """Makes it on the server at this address, if that is a sandbox. Raises requests.RequestException, or another
        error when its answers are not those of the control API."""
        self._session = session
        self._server = server
        # A question first: nothing is to be sent to other servers but that.
        health = self._session.get(
            f"{origin(server)}/_sandbox/health", timeout=SECONDS, allow_redirects=False
        )
        health.raise_for_status()
        if health.json()["status"] != "ok":
            raise ValueError("not the health of a sandbox")
        made = self._session.post(f"{origin(server)}/_sandbox/worlds", json={}, timeout=SECONDS)
        made.raise_for_status()
        self._name = made.json()["name"]
        # Not the address in the answer: behind a proxy it may be another than ours.
        self.base_url = f"{origin(server)}/w/{self._name}{urlsplit(server).path}"
        self._saved: dict[tuple[str, ...], str] = {}  # what was made → the snapshot that has it
        state = self.state()
        good = [token for token in state["tokens"] if token["app_access"]]
        users = {user["id"]: user for user in state["users"]}
        own = {
            token["business"]: token["access_token"]
            for token in good
            if (users[token["user"]]["kind"], users[token["user"]]["role"]) == ("user", "ADMIN")
        }
        theirs = {token["user"]: token["access_token"] for token in good}
        pages = {page["id"]: page["access_token"] for page in state["pages"]}
        accounts = {account["id"]: own[account["owner"]] for account in state["ad_accounts"]}
        obo_requests = {o["id"]: own[o["requesting_business"]] for o in state["obo_requests"]}
        staff = {
            user["id"] if user["kind"] == "system_user" else f"7{user['id']}": own[user["business"]]
            for user in state["users"]
            if user["business"] in own
        }
        # An id in a path → the token that may call it. `me` is whoever calls: any token is right for it.
        self._tokens: dict[str, str] = {**own, **pages, **accounts, **obo_requests, **staff, **theirs}
        self.default = next(iter(own.values()))
        other = next(b["id"] for b in state["businesses"] if b["id"] not in own)
        systems = [id for id, user in users.items() if user["kind"] == "system_user"]
        client = example_call("create_managed_business")[3]["existing_client_business_id"]
        app = next(
            app for app in state["apps"] if app["id"] == example_call("create_access_token")[3]["app_id"]
        )
        system = next(
            theirs[id] for id in systems if users[id]["business"] == app["business"] and id in theirs
        )
        self._secret = app["secret"]
        assigned = theirs[example_call("assign_page_user")[3]["user"].removeprefix("7")]
        # Where it is not the id that says whose token it takes.
        self._tokens |= {
            "debug_token": own[app["business"]],
            "me/assigned_pages": assigned,
            "me/assigned_ad_accounts": assigned,
            "POST managed_businesses": own[client],
            PROVEN: system,
        }
        self.ids = {
            "businesses": list(own),
            "partners": [*own, other],
            "clients": [client],
            "users": [*theirs, "me"],
            "own_users": list(theirs),
            "staff": list(staff),
            "system_users": systems,
            "pages": list(pages),
            "pages_and_businesses": [*pages, *own],
            "ad_accounts": list(accounts),
            "act_ad_accounts": [f"act_{id}" for id in accounts],
            "obo_requests": list(obo_requests),
            "apps": [app["id"]],
            "app_secrets": [app["secret"]],
            "access_tokens": [token["access_token"] for token in good if token["app"] == app["id"]],
            "scopes": [",".join(scopes) for scopes in (good[0]["scopes"], good[0]["scopes"][:1])],
        }
        self.secrets = {*self._tokens.values(), self._secret}
        # Without those that are refused, as where a business asks for what is its own.
        self._writes = [write for write in self._example_writes() if self._write(*write)]

    def token_for(self, method: str, path: str) -> str | None:
        """The token for a call; the path begins with its first segment. None: there is no reason for any."""
        id, _, edge = path.removeprefix("act_").partition("/")
        found = (self._tokens.get(key) for key in (f"{method} {edge}", f"{id}/{edge}", id))
        return next(filter(None, found), None)

    def proof_for(self, method: str, path: str) -> str | None:
        """The `appsecret_proof` of a call that is refused without it, else None."""
        if f"{method} {path.partition('/')[2]}" != PROVEN:
            return None
        return hmac.new(self._secret.encode(), self._tokens[PROVEN].encode(), "sha256").hexdigest()

    def reset(self, operation_id: str) -> tuple[str, ...]:
        """The demo world, with what this operation needs there: all that the document's examples make, so that lists
        have entries. For a POST only what it follows from by a link: what it makes itself must not be there yet.

        Returns the operations that were called for it. Raises requests.RequestException.
        """
        made = self.needed(operation_id)
        if made in self._saved:
            self._control("POST", f"snapshots/{self._saved[made]}/restore")
            return made
        self._control("POST", "reset")
        for write in self._writes:
            if write[0] in made:
                self._write(*write)
        name = f"made-{len(self._saved)}"
        self._control("POST", f"snapshots/{name}")
        self._saved[made] = name
        return made

    def end(self) -> None:
        """Takes it from the server."""
        with suppress(requests.RequestException):
            self._session.delete(f"{origin(self._server)}/_sandbox/worlds/{self._name}", timeout=SECONDS)

    @staticmethod
    def needed(operation_id: str) -> tuple[str, ...]:
        """The operations whose examples are called before this one."""
        posts = [id for id, operation in ONE_CALL.items() if operation.method == "post"]
        if operation_id not in posts:
            return tuple(posts)
        links = {
            id: [resolve(link) for link in ONE_CALL[id].responses["200"].get("links", {}).values()]
            for id in posts
        }
        return tuple(id for id in posts if any(link["operationId"] == operation_id for link in links[id]))

    def state(self) -> Any:
        """Everything in it. Raises requests.RequestException."""
        return self._control("GET", "state")

    def _write(self, operation_id: str, path: str, body: Any) -> bool:
        """Whether this POST is answered with a success."""
        headers = {"Authorization": f"Bearer {self.token_for('POST', path[1:])}"}
        proof = self.proof_for("POST", path[1:])
        query = {"appsecret_proof": proof} if proof else None
        url = self.base_url + path
        return self._session.post(url, json=body, params=query, headers=headers, timeout=SECONDS).ok

    def _control(self, method: str, call: str) -> Any:
        url = f"{self.base_url.rpartition('/')[0]}/_sandbox/{call}"
        answer = self._session.request(method, url, timeout=SECONDS, allow_redirects=False)
        answer.raise_for_status()
        return answer.json()

    def _example_writes(self) -> Iterator[tuple[str, str, Any]]:
        """(operationId, path, body) of the first example of each POST; each business asks, and for each asset."""
        for id, operation in ONE_CALL.items():
            if operation.method != "post":
                continue
            body, parameter = example_call(id)[3], operation.parameters[0]
            asking = parameter["name"] == "business_id" and {"page_id", "adaccount_id"} & body.keys()
            bodies = [
                {**body, **other}
                for name, ids in (("page_id", "pages"), ("adaccount_id", "act_ad_accounts"))
                for other in ({name: id} for id in self.ids[ids])
                if name in body
            ] or [body]
            for caller in self.ids["businesses"] if asking else [parameter["example"]]:
                for one in bodies:
                    yield id, operation.path.replace(f"{{{parameter['name']}}}", caller), one


def origin(base_url: str) -> str:
    """The address without the version."""
    return base_url.rpartition("/")[0]


def find(server: str, session: requests.Session) -> World | None:
    """A world on the server at this address; None if it has no control API."""
    try:
        return World(server, session)
    except (requests.RequestException, ValueError, KeyError, TypeError, StopIteration):
        return None
