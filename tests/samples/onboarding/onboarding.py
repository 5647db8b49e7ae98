"""How an agency gets access to its clients' ad accounts and Pages through Meta's Graph API, and gives it up.

An asset is named by its id: a Page's, or `act_` and the digits of an ad account.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Self

import httpx

GRAPH = "https://graph.facebook.com/v26.0"
TASKS = ("ADVERTISE", "ANALYZE")
RATE_LIMITS = {4, 17, 32, 613, *range(80000, 80015)}
TEMPORARY = {1, 2}
ALREADY_REQUESTED = 3936
POLL_SECONDS = 60.0


class GraphFailure(Exception):
    """Graph refused a call, or did not answer it in time. `code` is Graph's, None without an answer of its own."""

    def __init__(self, text: str, code: int | None = None) -> None:
        super().__init__(text)
        self.code = code


class Graph:
    """Calls Graph with one access token, and repeats what may work the next time."""

    def __init__(
        self, token: str, url: str = GRAPH, tries: int = 4, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """`tries`: how often a call is made at most; `sleep` waits for so many seconds in between."""
        self._http = httpx.Client(base_url=url, headers={"authorization": f"Bearer {token}"})
        self._tries, self._sleep = tries, sleep

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def call(self, method: str, path: str, **params: Any) -> dict[str, Any]:
        """The answer. Raises GraphFailure for what Graph refuses, and after the last try."""
        for attempt in range(1, self._tries + 1):
            try:
                return self._call(method, path, params)
            except _Again as again:
                if attempt == self._tries:
                    raise again.failure from None
                self._sleep(again.seconds or 2.0**attempt)
        raise AssertionError("there is at least one try")

    def entries(self, path: str, limit: int = 100) -> Iterator[dict[str, Any]]:
        """The entries of a list, page by page."""
        after = {}
        while True:
            page = self.call("GET", path, limit=limit, **after)
            yield from page["data"]
            paging = page.get("paging", {})
            if "next" not in paging:
                return
            after = {"after": paging["cursors"]["after"]}

    def _call(self, method: str, path: str, params: dict[str, Any]) -> dict[str, Any]:
        what = f"{method} {path}"
        given = {key: value if isinstance(value, str) else json.dumps(value) for key, value in params.items()}
        where = {"data": given} if method == "POST" else {"params": given}
        try:
            answer = self._http.request(method, path, **where)  # type: ignore[arg-type]
        except httpx.TransportError as error:
            raise _Again(GraphFailure(f"{what}: {type(error).__name__}")) from None
        try:
            shown = answer.json()
        except ValueError:
            raise _Again(GraphFailure(f"{what}: {answer.status_code}, and no JSON")) from None
        if "error" not in shown:
            return dict(shown)
        code = shown["error"]["code"]
        failure = GraphFailure(f"{what}: {shown['error']['message']}", code)
        if code in RATE_LIMITS | TEMPORARY:
            raise _Again(failure, _wait(answer.headers))
        raise failure


class _Again(Exception):
    """The call may work the next time; `seconds` is what Graph asks to wait for, 0 when it does not say."""

    def __init__(self, failure: GraphFailure, seconds: float = 0.0) -> None:
        self.failure, self.seconds = failure, seconds


def _wait(headers: httpx.Headers) -> float:
    """How many seconds the headers of a rate limit ask for."""
    if "retry-after" in headers:
        return float(headers["retry-after"])
    usage = json.loads(headers.get("x-business-use-case-usage", "{}"))
    return 60.0 * max(
        (one.get("estimated_time_to_regain_access", 0) for all in usage.values() for one in all), default=0
    )


def kind(asset: str) -> str:
    """What Graph calls this kind of asset."""
    return "ad_account" if asset.startswith("act_") else "page"


class Onboarding:
    """What an agency does with its clients' assets; `business` is the agency's id."""

    def __init__(self, graph: Graph, business: str, sleep: Callable[[float], None] = time.sleep) -> None:
        self._graph, self._business, self._sleep = graph, business, sleep

    def ask(self, assets: Iterable[str], tasks: Iterable[str] = TASKS) -> None:
        """Ask for access to these assets. It may be repeated: what is asked for already stays so."""
        for asset in assets:
            name = "adaccount_id" if kind(asset) == "ad_account" else "page_id"
            try:
                self._graph.call(
                    "POST",
                    f"/{self._business}/client_{kind(asset)}s",
                    **{name: asset, "permitted_tasks": list(tasks)},
                )
            except GraphFailure as failure:
                if failure.code != ALREADY_REQUESTED:
                    raise

    def wait(self, assets: Iterable[str], polls: int = 60) -> dict[str, str]:
        """Look until each asset is "granted" or "declined", `polls` times at most; "waiting" is what is left then."""
        wanted = list(assets)
        answers = dict.fromkeys(wanted, "waiting")
        for poll in range(polls):
            if poll:
                self._sleep(POLL_SECONDS)
            there = {access["id"]: access["access_status"] for access in self.accesses()}
            answers = {asset: _answer(there.get(asset)) for asset in wanted}
            if "waiting" not in answers.values():
                break
        return answers

    def accesses(self, limit: int = 100) -> Iterator[dict[str, Any]]:
        """Each access there is or is asked for: `client`, and `id`, `access_status` and `permitted_tasks`."""
        for client in self._graph.entries(f"/{self._business}/clients", limit):
            for access in (*client.get("adaccount_permissions", ()), *client.get("page_permissions", ())):
                yield {"client": client["id"], **access}

    def leave(self, client: str) -> list[str]:
        """Give up all access to what this client owns; returns the assets."""
        left = [access["id"] for access in self.accesses() if access["client"] == client]
        for asset in left:
            if kind(asset) == "ad_account":
                self._graph.call("DELETE", f"/{self._business}/ad_accounts", adaccount_id=asset)
            else:
                self._graph.call("DELETE", f"/{self._business}/pages", page_id=asset)
        return left


def act_for(owner: Graph, robot: Graph, agency: str, client: str, app: str, proof: str) -> str:
    """Let the agency act for a client: the token of a system user in the client's business.

    `owner` calls as an admin of the client, `robot` as the agency's program; `proof` is `proof_of` its token.
    """
    owner.call("POST", f"/{agency}/managed_businesses", existing_client_business_id=client)
    made = robot.call(
        "POST",
        f"/{client}/access_token",
        app_id=app,
        scope="ads_management,pages_read_engagement",
        appsecret_proof=proof,
    )
    return str(made["access_token"])


def assign(owner: Graph, asset: str, user: str, tasks: Iterable[str] = TASKS) -> None:
    """Let a user of the client's business work on one of its assets."""
    owner.call("POST", f"/{asset}/assigned_users", user=user, tasks=list(tasks))


def stop_acting_for(owner: Graph, agency: str, client: str) -> None:
    """End `act_for`."""
    owner.call("DELETE", f"/{agency}/managed_businesses", existing_client_business_id=client)


def proof_of(token: str, secret: str) -> str:
    """The `appsecret_proof` of a token."""
    return hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()


def _answer(status: str | None) -> str:
    """What an access with this status, or none, means for whoever asked."""
    if status is None:
        return "declined"
    return "waiting" if "PENDING" in status else "granted"
