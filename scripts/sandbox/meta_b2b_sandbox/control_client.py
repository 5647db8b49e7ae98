"""The control API as Python methods: `SandboxWorld`, one world of a sandbox, seen and changed from a test.

openapi/sandbox.yaml describes every operation; a test holds the methods here to it. What most tests call has a short
name, all else is named by its operationId. httpx is imported when the first call is made: whoever only has the pytest
plugin installed does not wait for it.
"""

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar
from urllib.parse import quote

if TYPE_CHECKING:
    import httpx
    from meta_b2b_client import AsyncB2BClient, B2BClient

Method = TypeVar("Method", bound=Callable[..., Any])
SECONDS = 90  # a call may wait for the delay of a fault of another one


class SandboxError(Exception):
    """The sandbox did not start, or refused what it was told; the text has its own words."""


def operation(id: str) -> Callable[[Method], Method]:
    """Notes that a method calls the operation of this operationId."""

    def mark(method: Method) -> Method:
        method.operation = id  # type: ignore[attr-defined]
        return method

    return mark


@dataclass(frozen=True)
class Call:
    """A call of Graph, as the journal has it. `at` is a time as Graph writes it, by the world's clock; `operation` None
    for a call that no operation is for; `code` is Graph's, None for a success; `ms` milliseconds; `fault` an id."""

    id: int
    at: str
    operation: str | None
    method: str
    path: str
    params: dict[str, Any]
    business: str | None
    status: int
    code: int | None
    ms: float
    fault: str | None


@dataclass(frozen=True)
class WholeCall(Call):
    """A call with `reason` (why it failed), `request` (method, path, query, headers, body) and `answer` (headers,
    body)."""

    reason: str | None
    request: dict[str, Any]
    answer: dict[str, Any]


@dataclass(frozen=True)
class ClockTime:
    """The time in a world, as Graph writes it, and whether it stands still."""

    now: str
    stands: bool


def given(**arguments: Any) -> dict[str, Any]:
    """The arguments that are not None."""
    return {name: value for name, value in arguments.items() if value is not None}


class SandboxWorld:
    """One world of a sandbox: its addresses, and the control API for it.

    `base_url` is Graph's with the version ("http://127.0.0.1:4020/w/onboarding/v26.0"), `control_url` that of the
    control API, `name` None for the world that the sandbox starts with. `with sandbox.world() as world:` ends it with
    the block. Every method raises SandboxError, in the sandbox's own words, for what cannot be done, and when the
    sandbox does not answer. Ids are strings of digits, an asset is a Page's id or `act_` and an ad account's.
    """

    def __init__(
        self,
        base_url: str,
        control_url: str,
        name: str | None = None,
        *,
        verify: bool | ssl.SSLContext = True,
    ) -> None:
        """`verify`: for HTTPS, how to verify the certificate."""
        self.base_url, self.control_url, self.name = base_url, control_url, name
        # Without HTTPS there is nothing to verify, and reading the machine's certificates takes longer than a test.
        self._verify = verify if base_url.startswith("https:") else False
        self._parent: SandboxWorld | None = None
        self._http: httpx.Client | None = None
        self._ended = False

    def __repr__(self) -> str:
        return f"<SandboxWorld {self.base_url}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def close(self) -> None:
        """Close the connections, which this world shares with those that it created. It stays as it is."""
        if self._http is not None:
            self._http.close()

    def _client(self) -> "httpx.Client":
        if self._parent is not None:
            return self._parent._client()
        if self._http is None:
            import httpx

            self._http = httpx.Client(verify=self._verify, timeout=SECONDS, trust_env=False)
        return self._http

    def _send(
        self,
        method: str,
        *path: str | int,
        json: Mapping[str, Any] | None = None,
        query: Mapping[str, Any] | None = None,
    ) -> Any:
        """The JSON that answers a call of the control API; `path` is its parts, below `control_url`."""
        __tracebackhide__ = True  # a failed test shows its own line
        import httpx

        url = "/".join([self.control_url, *(quote(str(part), safe="") for part in path)])
        try:
            answer = self._client().request(method, url, json=json, params=query)
            shown = answer.json()
        except (httpx.RequestError, ValueError) as error:
            text = f"{method} {url}: the sandbox does not answer ({type(error).__name__}: {error})"
            raise SandboxError(text) from None
        if not answer.is_success:
            raise SandboxError(shown["error"]["message"])
        return shown

    # What it is

    @property
    def tokens(self) -> dict[str, str]:
        """Name of a business → the access token of its first admin who has a good one. Of two businesses of one name
        the first one's."""
        found: dict[str, str] = {}
        for _, name, token in self._tokens():
            found.setdefault(name, token)
        return found

    def client(self, business: str, **settings: Any) -> "B2BClient":
        """A client that calls as an admin of this business, named by its id or by its name. `settings` are those of
        B2BClient: `max_retries`, `app_secret`, …"""
        from meta_b2b_client import B2BClient

        return B2BClient(self.token(business), base_url=self.base_url, verify=self._verify, **settings)

    def async_client(self, business: str, **settings: Any) -> "AsyncB2BClient":
        """The same for asyncio."""
        from meta_b2b_client import AsyncB2BClient

        return AsyncB2BClient(self.token(business), base_url=self.base_url, verify=self._verify, **settings)

    def token(self, business: str) -> str:
        """The access token of the first admin of a business, named by its id or by its name, who has a good one."""
        tokens = self._tokens()
        by_id = [token for id, _, token in tokens if id == business]
        found = by_id or [token for _, name, token in tokens if name == business]
        if not found:
            raise SandboxError(f"no admin of a business {business} has a good access token")
        if len(found) > 1:
            raise SandboxError(f"{len(found)} businesses are named {business}: name one by its id")
        return found[0]

    def _tokens(self) -> list[tuple[str, str, str]]:
        """(id, name, token) of each business that has an admin with a good token: one that is not ended, of an app that
        may call. People come before system users."""
        state, now = self.state(), self.get_clock().now
        good: dict[str, str] = {}  # by user
        for token in state["tokens"]:
            # Both times are written alike, with +0000, and so their texts are in order.
            ended = token["revoked"] or (token["expires"] is not None and token["expires"] <= now)
            if token["app_access"] and not ended:
                good.setdefault(token["user"], token["access_token"])
        first: dict[str, str] = {}  # by business
        for user in sorted(state["users"], key=lambda user: user["kind"] == "system_user"):
            if user["role"] == "ADMIN" and user["id"] in good:
                first.setdefault(user["business"], good[user["id"]])
        return [
            (one["id"], one["name"], first[one["id"]]) for one in state["businesses"] if one["id"] in first
        ]

    @operation("get_description")
    def get_description(self) -> dict[str, Any]:
        """The OpenAPI document of the control API."""
        return dict(self._send("GET", "openapi.json"))

    @operation("get_graph_description")
    def get_graph_description(self) -> dict[str, Any]:
        """The OpenAPI document of Graph's calls that the sandbox has."""
        return dict(self._send("GET", "graph.json"))

    @operation("get_health")
    def get_health(self) -> dict[str, Any]:
        """`status`, and the versions of sandbox and document."""
        return dict(self._send("GET", "health"))

    # What it holds

    @operation("get_state")
    def state(self) -> dict[str, Any]:
        """Everything that the world holds, as the document's `State`."""
        return dict(self._send("GET", "state"))

    @operation("put_state")
    def put_state(self, seed: Mapping[str, Any]) -> None:
        """Another world instead of what is there: what `state` answers, or a shorter seed."""
        self._send("PUT", "state", json=seed)

    @operation("reset")
    def reset(self) -> None:
        """The world as it began: no journal, faults, answers or budget, and the machine's time."""
        self._send("POST", "reset")

    @operation("list_snapshots")
    def list_snapshots(self) -> list[str]:
        """The names of the snapshots."""
        return list(self._send("GET", "snapshots")["snapshots"])

    @operation("save_snapshot")
    def save_snapshot(self, name: str) -> None:
        """Keep what the world holds now."""
        self._send("POST", "snapshots", name)

    @operation("restore_snapshot")
    def restore_snapshot(self, name: str) -> None:
        """What the world held when the snapshot was made; journal, faults, answers and clock stay."""
        self._send("POST", "snapshots", name, "restore")

    @operation("add_business")
    def add_business(self, name: str, *, id: str | None = None) -> str:
        """A business, with an admin and a token of this admin: see `token`. Returns the id."""
        return str(self._send("POST", "businesses", json=given(id=id, name=name))["id"])

    @operation("add_page")
    def add_page(
        self, name: str, business: str, *, id: str | None = None, access_token: str | None = None
    ) -> str:
        """A Page of a business. Returns the id."""
        json = given(id=id, name=name, business=business, access_token=access_token)
        return str(self._send("POST", "pages", json=json)["id"])

    @operation("add_ad_account")
    def add_ad_account(
        self, name: str, business: str, *, id: str | None = None, admin_review: bool | None = None
    ) -> str:
        """An ad account of a business; `admin_review`: whether each grant waits for another admin. Returns the digits
        of the id, as `id` is too."""
        json = given(id=id, name=name, business=business, admin_review=admin_review)
        return str(self._send("POST", "ad_accounts", json=json)["id"])

    @operation("add_user")
    def add_user(
        self,
        name: str,
        business: str,
        *,
        role: Literal["ADMIN", "EMPLOYEE"] | None = None,
        kind: Literal["user", "system_user"] | None = None,
    ) -> str:
        """A person of a business, or a system user; an employee without `role`. Returns the id."""
        json = given(name=name, business=business, role=role, kind=kind)
        return str(self._send("POST", "users", json=json)["id"])

    @operation("put_app")
    def put_app(
        self,
        name: str,
        business: str,
        secret: str,
        *,
        id: str | None = None,
        require_proof: bool | None = None,
    ) -> str:
        """An app of a business; with the `id` of one, that app is changed. Returns the id."""
        json = given(id=id, name=name, business=business, secret=secret, require_proof=require_proof)
        return str(self._send("POST", "apps", json=json)["id"])

    @operation("add_token")
    def add_token(
        self,
        user: str,
        *,
        app: str | None = None,
        access_token: str | None = None,
        scopes: list[str] | None = None,
        expires_in: int | None = None,
    ) -> str:
        """An access token of a user, which is returned. `expires_in`: seconds, never without it."""
        json = given(user=user, app=app, access_token=access_token, scopes=scopes, expires_in=expires_in)
        return str(self._send("POST", "tokens", json=json)["access_token"])

    @operation("expire_token")
    def expire_token(self, access_token: str) -> None:
        """Let an access token expire now."""
        self._send("POST", "tokens", "expire", json={"access_token": access_token})

    @operation("revoke_token")
    def revoke_token(self, access_token: str) -> None:
        """Revoke an access token."""
        self._send("POST", "tokens", "revoke", json={"access_token": access_token})

    @operation("create_obo_request")
    def create_obo_request(
        self, business_owned_object: str, requesting_business: str, receiving_business: str
    ) -> str:
        """A new OBO request, in progress, for an ad account (its digits) of the requesting business. Returns the id."""
        json = given(
            business_owned_object=business_owned_object,
            requesting_business=requesting_business,
            receiving_business=receiving_business,
        )
        return str(self._send("POST", "obo_requests", json=json)["id"])

    # What the other side answers

    @operation("approve_access")
    def approve(self, asset: str, business: str) -> None:
        """Approve what this business asked for or was given on the asset, and what waits for an admin's review."""
        self._send("POST", "accesses", asset, business, "approve")

    @operation("decline_access")
    def decline(self, asset: str, business: str) -> None:
        """Decline it."""
        self._send("POST", "accesses", asset, business, "decline")

    @operation("approve_obo_request")
    def approve_obo_request(self, id: str) -> None:
        """Approve an OBO request that is in progress."""
        self._send("POST", "obo_requests", id, "approve")

    @operation("decline_obo_request")
    def decline_obo_request(self, id: str) -> None:
        """Decline an OBO request that is in progress."""
        self._send("POST", "obo_requests", id, "decline")

    @operation("put_answer")
    def answers(
        self,
        answer: Literal["approve", "decline"],
        *,
        for_: Literal["all", "access_request", "admin_review", "obo_request"] | None = None,
        asset: str | None = None,
        business: str | None = None,
        after_reads: int | None = None,
        after_seconds: int | None = None,
    ) -> None:
        """From now on the world answers by itself what waits and what will come: `world.answers("approve",
        after_reads=2)` still shows it waiting twice. `for_` is the kind, "all" without it; `after_seconds` counts by
        the world's clock."""
        json = given(
            answer=answer,
            asset=asset,
            business=business,
            after_reads=after_reads,
            after_seconds=after_seconds,
            **{"for": for_},
        )
        self._send("PUT", "answers", json=json)

    @operation("list_answers")
    def list_answers(self) -> list[dict[str, Any]]:
        """What the other side was told to answer; of those that fit, the last one counts."""
        return list(self._send("GET", "answers")["answers"])

    @operation("clear_answers")
    def clear_answers(self) -> None:
        """Nobody answers by itself any more."""
        self._send("DELETE", "answers")

    # What goes wrong

    @operation("add_fault")
    def fault(
        self,
        operation: str = "all",
        *,
        asset: str | None = None,
        access_token: str | None = None,
        times: int | None = None,
        after: int | None = None,
        every: int | None = None,
        code: int | None = None,
        answer: Literal["html_502", "empty", "error_in_200", "cut_json", "cut_connection"] | None = None,
        delay_ms: int | None = None,
        retry_after: int | None = None,
        regain_access_minutes: int | None = None,
    ) -> str:
        """Make the next calls of an operation fail or wait, one without `times`: with an error `code` of Graph's, with
        an `answer` that is none, or after `delay_ms` milliseconds. Only those that name the `asset` or carry the
        `access_token`; `after` are spared first, and then every `every`-th is hit. `retry_after` (seconds) and
        `regain_access_minutes` are what the error's headers say. Returns the fault's id, as the journal has it."""
        json = given(
            operation=operation,
            asset=asset,
            access_token=access_token,
            times=times,
            after=after,
            every=every,
            code=code,
            answer=answer,
            delay_ms=delay_ms,
            retry_after=retry_after,
            regain_access_minutes=regain_access_minutes,
        )
        return str(self._send("POST", "faults", json=json)["id"])

    @operation("list_faults")
    def faults(self) -> list[dict[str, Any]]:
        """The faults that still wait for calls; of those that fit a call, the first one counts."""
        return list(self._send("GET", "faults")["faults"])

    @operation("remove_fault")
    def remove_fault(self, id: str) -> None:
        """One fault less."""
        self._send("DELETE", "faults", id)

    @operation("clear_faults")
    def clear_faults(self) -> None:
        """No more faults."""
        self._send("DELETE", "faults")

    @operation("put_budget")
    def budget(self, budget: int, per_seconds: int) -> None:
        """Each business may make `budget` calls in `per_seconds` seconds of the world's clock; more are code 80004."""
        self._send("PUT", "budget", json=given(budget=budget, per_seconds=per_seconds))

    @operation("get_budget")
    def get_budget(self) -> dict[str, int] | None:
        """`budget` and `per_seconds`; None without a budget."""
        found: dict[str, int] | None = self._send("GET", "budget")["budget"]
        return found

    @operation("clear_budget")
    def clear_budget(self) -> None:
        """As many calls as anybody likes."""
        self._send("DELETE", "budget")

    # What happened, and when

    @operation("list_calls")
    def calls(
        self,
        operation: str | None = None,
        *,
        asset: str | None = None,
        business: str | None = None,
        status: int | None = None,
        since: int | None = None,
    ) -> list[Call]:
        """The calls of Graph, newest last: of this operationId, that name this asset, with a token of this business
        (its id), answered with this HTTP status, after the call with the id `since`."""
        query = given(operation=operation, asset=asset, business=business, status=status, since=since)
        return [Call(**call) for call in self._send("GET", "calls", query=query)["calls"]]

    @operation("get_call")
    def call(self, id: int) -> WholeCall:
        """One call, with request and answer; access tokens, proofs and secrets are hidden in it."""
        return WholeCall(**self._send("GET", "calls", id))

    @operation("clear_calls")
    def clear_calls(self) -> None:
        """An empty journal; ids go on where they were."""
        self._send("DELETE", "calls")

    @operation("put_clock")
    def clock(self, at: str | None = None, *, forward_seconds: int | None = None) -> ClockTime:
        """Stand still at a time ("2026-03-01T09:00:00+0000"), or go forward; with both at the sum."""
        json = given(at=at, forward_seconds=forward_seconds)
        return ClockTime(**self._send("PUT", "clock", json=json))

    @operation("get_clock")
    def get_clock(self) -> ClockTime:
        """The time in the world."""
        return ClockTime(**self._send("GET", "clock"))

    @operation("reset_clock")
    def reset_clock(self) -> ClockTime:
        """The time of the machine again."""
        return ClockTime(**self._send("DELETE", "clock"))

    # Other worlds

    def _first(self) -> "SandboxWorld":
        """The world of the sandbox itself, under which all others are made and ended."""
        return self if self._parent is None else self._parent

    @operation("create_world")
    def create_world(
        self, name: str | None = None, *, state: Mapping[str, Any] | None = None, file: str | None = None
    ) -> "SandboxWorld":
        """A new world beside this one: from the seed `state`, or as the first one began; kept in a `file` beside the
        first one's. The name is made up without one; a world with a file needs one."""
        made = self._first()._send("POST", "worlds", json=given(name=name, state=state, file=file))
        world = SandboxWorld(**made, verify=self._verify)
        world._parent = self._first()
        return world

    @operation("list_worlds")
    def list_worlds(self) -> list[str]:
        """The names of the worlds beside the first."""
        return [world["name"] for world in self._first()._send("GET", "worlds")["worlds"]]

    @operation("end_world")
    def end(self) -> None:
        """End this world; its file stays. Does nothing the second time. The first one ends with its sandbox alone."""
        if self.name is None or self._parent is None:
            raise SandboxError("this world was not made by create_world, and ends with its sandbox")
        if not self._ended:
            self._parent._send("DELETE", "worlds", self.name)
            self._ended = True
