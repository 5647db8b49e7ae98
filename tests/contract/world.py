"""The world of a server with the sandbox's control API (openapi/sandbox.yaml): which ids it knows, whose token each of
them needs, and a way to begin each test with the same world."""

from collections.abc import Iterator
from typing import Any

import requests
from meta_b2b_sandbox.document import JSON

from tests.support.document import ONE_CALL, resolve

SECONDS = 5  # for each call of the control API


class World:
    """`ids`: the dictionaries that schemathesis.toml names. `tokens`: an id in a path → the token that may call it."""

    def __init__(self, base_url: str) -> None:
        """Resets it. Raises requests.RequestException, or another error when the state is not the sandbox's."""
        self._base_url = base_url
        self._session = requests.Session()
        self._session.trust_env = False
        self._control("POST", "reset")
        state = self.state()
        own = {t["business"]: t["access_token"] for t in reversed(state["tokens"]) if t["app_access"]}
        pages = {page["id"]: page["access_token"] for page in state["pages"]}
        accounts = {account["id"]: own[account["owner"]] for account in state["ad_accounts"]}
        obo_requests = {o["id"]: own[o["requesting_business"]] for o in state["obo_requests"]}
        # `me` is whoever calls: any token is right for it.
        users = {user["id"]: own[user["business"]] for user in state["users"] if user["business"] in own}
        self.tokens: dict[str, str] = {**own, **pages, **accounts, **obo_requests, **users}
        other = next(b["id"] for b in state["businesses"] if b["id"] not in own)
        self.ids = {
            "businesses": list(own),
            "partners": [*own, other],
            "users": [*users, "me"],
            "pages": list(pages),
            "pages_and_businesses": [*pages, *own],
            "ad_accounts": list(accounts),
            "act_ad_accounts": [f"act_{id}" for id in accounts],
            "obo_requests": list(obo_requests),
        }
        # Without those that are refused, as where a business asks for what is its own.
        self._writes = [write for write in self._example_writes() if self._write(*write)]

    def reset(self, furnished: bool) -> None:
        """The demo world. Furnished: and in it all that the document's examples ask for and grant, so that the lists
        have entries. Raises requests.RequestException."""
        self._control("POST", "reset")
        for write in self._writes if furnished else ():
            self._write(*write)

    def state(self) -> Any:
        """Everything in it. Raises requests.RequestException."""
        return self._control("GET", "state")

    def _write(self, path: str, body: Any, token: str) -> bool:
        """Whether this POST is answered with a success."""
        headers = {"Authorization": f"Bearer {token}"}
        return self._session.post(self._base_url + path, json=body, headers=headers, timeout=SECONDS).ok

    def _control(self, method: str, call: str) -> Any:
        url = f"{self._base_url.rpartition('/')[0]}/_sandbox/{call}"
        answer = self._session.request(method, url, timeout=SECONDS, allow_redirects=False)
        answer.raise_for_status()
        return answer.json()

    def _example_writes(self) -> Iterator[tuple[str, Any, str]]:
        """(path, body, token) of the first example of each POST; each business asks, and for each Page."""
        for operation in ONE_CALL.values():
            if operation.method != "post":
                continue
            body = resolve(next(iter(operation.bodies[JSON]["examples"].values())))["value"]
            parameter = operation.parameters[0]
            name = parameter["name"]
            bodies = [{**body, "page_id": id} for id in self.ids["pages"]] if "page_id" in body else [body]
            for id in self.ids["businesses"] if name == "business_id" else [parameter["example"]]:
                for one in bodies:
                    yield operation.path.replace(f"{{{name}}}", id), one, self.tokens[id]


def find(base_url: str) -> World | None:
    """The world of the server at this address, reset; None if the server there has no control API."""
    try:
        return World(base_url)
    except (requests.RequestException, ValueError, KeyError, TypeError, StopIteration):
        return None
