"""The server under test: the document as Schemathesis sees it, what was sent, and the way to send more.

A server with the sandbox's control API is tested with the ids that it knows, and the right token for each of them.
"""

import time
import tomllib
from collections import defaultdict
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from functools import cache, cached_property
from typing import Any
from urllib.parse import quote

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.core.failures import AcceptedNegativeData, Failure
from schemathesis.openapi.checks import UseAfterFree

from scripts.node import ROOT
from tests.contract import checks, kinds
from tests.contract.cases import with_names
from tests.contract.findings import Finding, curl_of, findings_of, without
from tests.contract.kinds import Kind
from tests.contract.plan import ANY_TOKEN, Plan, Target, is_loopback
from tests.contract.tally import Tally
from tests.contract.world import World, find
from tests.support.document import MOUNTED, ONE_CALL, resolve

CONFIG = ROOT / "schemathesis.toml"
SANDBOX_API = "Sandbox"  # title of the part of schemathesis.toml that is for servers with its control API
DEEP_EXAMPLES, DEEP_EXAMPLES_OF_SANDBOX = 200, 800  # for each operation; the sandbox is the faster server
# As many where ids are known, and no call was a success yet: few of all pairs of businesses have something to remove.
ENOUGH = 100
# Schemathesis draws strings of exactly the greatest length from the pattern, which takes it half a minute for the
# long ones. cases.py tests these lengths instead.
LONG = 200
# They mean something to every call (openapi/b2b.yaml, "Requests"), which a schema that ignores unknown fields cannot
# say. The tests of the sandbox's wire have them.
KNOWN_TO_EVERY_CALL = {
    *("method", "appsecret_proof", "suppress_http_code", "date_format", "metadata", "debug", "callback")
}


# A list of scopes in JSON as one text, since Schemathesis takes no known values for what may be of two types.
SCHEMAS = MOUNTED["components"]["schemas"]
COMPONENTS = {
    **MOUNTED["components"],
    "schemas": {**SCHEMAS, "ScopeInput": {"$ref": "#/components/schemas/ScopeList"}},
}


# A server that limits calls is asked so often, and waited for so long (seconds).
TRIES, LONGEST_WAIT = 3, 60
ANSWER = 500  # characters of an answer in a report
PAUSE = 5  # seconds, where it does not say how long to wait


class CannotBeSent(Exception):
    """The server cannot take this request: it would end, or give no answer."""


class RateLimited(Exception):
    """The server limits calls, so nothing more is sent to it; the text says what it answered."""


class Session(requests.Session):
    """Sends what may be sent, and nothing else, with the token for it."""

    def __init__(self, server: "Server") -> None:
        super().__init__()
        self._server = server
        # On this machine neither a proxy nor a password from ~/.netrc can be meant.
        self.trust_env = not is_loopback(server.address)

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        """Raises AssertionError for what may not be sent, CannotBeSent for what the server cannot take, RateLimited."""
        server = self._server
        if not server.target.writes and request.method != "GET":
            raise AssertionError(f"{request.method} to a server that is not on this machine was not sent")
        if any(applies(request) for applies in server.kind.cannot_be_sent):
            raise CannotBeSent
        method, url = request.method or "", request.url or ""
        if request.headers.get("Authorization") == f"Bearer {server.token}":
            request.headers["Authorization"] = f"Bearer {server.token_for(method, url)}"
        request.url = server.proven(method, url)
        server.last, server.answered = request, None
        for tried in range(1, TRIES + 1):
            if server.limited:
                break
            response = server.answered = super().send(request, **kwargs)
            code = checks.code_of(response)
            if response.status_code != 429 and code not in checks.LIMITS:
                return response
            wait = seconds_to_wait(response)
            if tried < TRIES and wait <= LONGEST_WAIT:
                time.sleep(wait)
            else:
                told = f"HTTP {response.status_code}{'' if code is None else f', code {code}'}"
                server.limited = (
                    f"{server.address} limits calls ({told}), so nothing more was sent: "
                    "try again later, or with a token that may call more often"
                )
        raise RateLimited(server.limited)


def seconds_to_wait(response: requests.Response) -> int:
    """What `Retry-After` says, if that is a number of seconds."""
    text = response.headers.get("Retry-After", "")
    return int(text) if text.isascii() and text.isdigit() else PAUSE


class Server:
    """A server under test. `address` is where it was said to be, `base_url` where it is called: in a world of its own,
    if it has the sandbox's control API and more than GET may be sent to it.

    `world` is that world, else None; `token` is that of a call whose address is no reason for another one. `kind` says
    what it may do otherwise than the document has it. `tally` counts what was sent and answered.
    """

    def __init__(self, target: Target, base_url: str, plan: Plan) -> None:
        """Sends nothing: `recognise` does, once the server runs."""
        self.target, self.plan = target, plan
        self.address = self.base_url = base_url
        self.world: World | None = None
        self.kind: Kind = kinds.SERVER
        self.token = target.token or ANY_TOKEN
        self.session = Session(self)
        self.tally = Tally(base_url)
        self.removed: dict[str, set[str]] = defaultdict(set)  # path of an edge → ids that a walk removed
        self.shapes_without_token: set[tuple[str, ...]] = set()
        self.asked = ""  # the operation of the last call, and what `session` sent for it
        self.last: requests.PreparedRequest | None = None
        self.answered: requests.Response | None = None  # to it
        self.limited = ""  # that the server limits calls, and how it said so
        self.noted: list[Finding] = []  # by the test that runs
        self._silent: set[str] = set()
        # By which operations the world was made ready; None: a call may have changed it.
        self._furnished: tuple[str, ...] | None = None

    def recognise(self) -> None:
        """Find out what the server is, by what it answers."""
        asking = requests.Session()
        asking.trust_env = self.session.trust_env
        try:
            if kinds.is_mock(asking, self.address):
                self.kind = kinds.MOCK
        except requests.RequestException:
            pass  # the tests will tell
        if self.kind is kinds.SERVER and self.target.writes:
            self.world = find(self.address, asking)
        if self.world:
            self.kind, self.base_url = kinds.SANDBOX, self.world.base_url
            self.token = self.target.token or self.world.default
        self.tally.kind, self.tally.told_by = self.kind.name, self.kind.told_by

    @property
    def secrets(self) -> set[str]:
        """What no report may show: the tokens in use, as they are and as in an address."""
        tokens = {self.token, *(self.world.secrets if self.world else ())}
        return tokens | {quote(token, safe="") for token in tokens}

    @contextmanager
    def noting(self, label: str = "") -> Generator[None]:
        """Keeps what is wrong with an answer, and how to ask for it again. The error goes on. `label`: what is special
        about the request."""
        try:
            yield
        except (AssertionError, BaseExceptionGroup) as error:
            self.note(error, label)
            raise

    def note(self, error: BaseException, label: str = "") -> None:
        """Keeps what is wrong with the answer to the last request."""
        curl = curl_of(self.last, self.secrets, (self.base_url, self.address)) if self.last else ""
        answer = ""
        if self.answered is not None:
            text = without(self.secrets, self.answered.text)
            answer = f"Answer: {self.answered.status_code} {text[:ANSWER]}{'…' if len(text) > ANSWER else ''}"
        for cause, detail in findings_of(error, self.secrets):
            self.noted.append(
                Finding(
                    self.target.name,
                    cause,
                    "\n".join(filter(None, (label, detail, answer))),
                    curl,
                    self.asked,
                )
            )

    @cached_property
    def schema(self) -> Any:
        """The document as a Schemathesis schema that has only the operations which may be sent."""
        paths = {one.path: MOUNTED["paths"][one.path] for one in ONE_CALL.values()}
        schema = self.configured(without_long_limits({**MOUNTED, "paths": paths, "components": COMPONENTS}))
        return schema if self.target.writes else schema.include(method="GET")

    @cached_property
    def operations(self) -> dict[str, Any]:
        """operationId → the operation of the schema."""
        return {id_of(found := result.ok()): found for result in self.schema.get_all_operations()}

    @cached_property
    def machine(self) -> Any:
        """Schemathesis' state machine of the schema: its steps follow the document's links."""
        return self.schema.as_state_machine()

    @cached_property
    def links(self) -> dict[str, list[str]]:
        """Label of an operation → the names that Schemathesis gives to the links from it to those that may be sent."""
        known = self.machine._transitions.operations
        return {label: sorted(link.full_name for link in one.outgoing) for label, one in known.items()}

    def configured(self, document: dict[str, Any]) -> Any:
        """A document as a Schemathesis schema, with schemathesis.toml as it is for this server."""
        config = overlaid(read_config(), self.kind.config)
        # Without it, Schemathesis does not know a request in another world as one to the operation.
        config["base-url"] = self.base_url
        # In the header: with the token in the query, Schemathesis does not report wrong or missing query parameters.
        config["auth"] = {"openapi": {"bearer": {"bearer": self.token}}}
        if self.plan.seed is not None:
            config["seed"] = self.plan.seed
        if self.plan.deep:
            examples = DEEP_EXAMPLES_OF_SANDBOX if self.world else DEEP_EXAMPLES
            config = overlaid(config, {"generation": {"max-examples": examples}})
        title = document["info"]["title"]
        if self.world:
            title = SANDBOX_API
            config["dictionaries"] = {name: {"values": ids} for name, ids in self.world.ids.items()}
        if not self.target.writes:
            # Or the coverage phase tries what the document does not have, POST and DELETE among it.
            config = overlaid(config, {"phases": {"coverage": {"unexpected-methods": []}}})
        schema = schemathesis.openapi.from_dict(
            {
                **document,
                "info": {**document["info"], "title": title},
                "paths": {path: with_names_of_fields(item) for path, item in document["paths"].items()},
            },
            config=schemathesis.Config.from_dict(config),
        )
        schema.hook(map_body)

        @schema.hook
        def filter_failure(context: Any, failure: Failure, case: Any, response: Any) -> bool:
            return self.counts(failure, case, response)

        return schema

    def counts(self, failure: Failure, case: Any, response: Any) -> bool:
        """Whether Schemathesis is to report a failure.

        Its use_after_free takes a whole edge for gone once an entry is removed, and an OBO request once it is
        cancelled, but Graph goes on to show both (guide, "Remove Access to Assets" and "View OBO Request Details").
        So what counts is that the entry is listed no more, and that the request is in progress no more.
        """
        if isinstance(failure, AcceptedNegativeData):
            return not self.takes(case, response.request)
        if isinstance(failure, UseAfterFree):
            body = checks.body_of(response)
            still = checks.listed(response) & self.removed[case.formatted_path]
            return bool(still) or body.get("status") == "IN_PROGRESS"
        return True

    def takes(self, case: Any, request: requests.PreparedRequest) -> bool:
        """Whether an exception is made for the server: it may accept this invalid request."""
        return any(applies(case, request) for applies in self.kind.takes)

    def token_for(self, method: str, url: str) -> str:
        """The token for this call: one that may, where the server's world is known."""
        known = self.world.token_for(method, checks.path_of(url)) if self.world else None
        return known or self.token

    def proven(self, method: str, url: str) -> str:
        """The address of a call, with an `appsecret_proof` of its token where the call is refused without one."""
        proof = self.world.proof_for(method, checks.path_of(url)) if self.world else None
        if proof is None or "appsecret_proof=" in url:
            return url
        return f"{url}{'&' if '?' in url else '?'}appsecret_proof={proof}"

    def fresh(self, operation_id: str) -> None:
        """A world that no call has changed, for one of this operation. Only the sandbox has one."""
        if self.world and self._furnished != self.world.needed(operation_id):
            self._furnished = self.world.reset(operation_id)

    def changed(self) -> None:
        """Say that a call may have changed the world."""
        self._furnished = None

    def call(self, case: Any, fresh: bool = True, **kwargs: Any) -> Any:
        """The answer to the request, None if the server cannot take it. `kwargs` go to requests (headers, data).

        `fresh`: in a world that no call before has changed. Raises AssertionError when there is no answer in time; the
        same operation is not waited for twice.
        """
        self.asked, self.last, self.answered = id_of(case.operation), None, None
        assert self.asked not in self._silent, "no answer before, so this request was not sent"
        self.tally.sent += 1
        if fresh:
            self.fresh(self.asked)
        try:
            response = case.call(base_url=self.base_url, session=self.session, **kwargs)
        except CannotBeSent:
            self.tally.sent -= 1
            return None
        except requests.exceptions.ConnectionError as error:
            if isinstance(error, requests.exceptions.Timeout):
                self._silent.add(self.asked)
            raise AssertionError(f"no answer\n{error}") from None
        except requests.exceptions.Timeout:
            self._silent.add(self.asked)
            seconds = self.schema.config.request_timeout
            raise AssertionError(f"no answer within {seconds} seconds") from None
        self.tally.answers[self.asked][response.status_code] += 1
        if case.method != "GET" and response.status_code < 300:
            self.changed()
        return response

    def successes(self, operation_id: str | None = None) -> int:
        """How many requests of the operation, or of all, were answered with a success."""
        return self.tally.successes(operation_id)


class Servers:
    """The servers of a plan, each started when it is first asked for; `with Servers(plan) as servers: …` ends them."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.started: dict[str, Server] = {}  # by the target's name
        self._stack = ExitStack()

    def __enter__(self) -> "Servers":
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    @property
    def secrets(self) -> set[str]:
        """What no report may show: the tokens in use, as they are and as in an address."""
        given = {target.token for target in self.plan.targets if target.token}
        found = given | {quote(token, safe="") for token in given}
        return found.union(*(server.secrets for server in self.started.values()))

    def of(self, target: Target) -> Server:
        """The running server. Raises what its start raises."""
        if target.name not in self.started:
            running = self._stack.enter_context(target.start())
            server = Server(target, running.base_url, self.plan)
            server.recognise()
            if server.world:
                self._stack.callback(server.world.end)
            self.started[target.name] = server
        return self.started[target.name]


def profile(plan: Plan, max_examples: int) -> settings:
    """Hypothesis' settings for what the suite draws itself; they do not depend on the profile of the other tests."""
    return settings(
        settings.get_profile("default"),
        max_examples=max_examples,
        derandomize=plan.seed is None,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        # The first tells of the machine, the second of how many calls fail: no test is wrong for it.
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


def id_of(operation: Any) -> str:
    """The operationId of an operation of a Schemathesis schema."""
    return str(operation.definition.raw["operationId"])


def map_body(context: Any, body: Any) -> Any:
    """A generated body without the names that are no unknown fields to Graph; a hook of Schemathesis."""
    if not isinstance(body, dict):
        return body
    return {name: value for name, value in body.items() if name not in KNOWN_TO_EVERY_CALL}


@cache
def read_config() -> dict[str, Any]:
    return tomllib.loads(CONFIG.read_text(encoding="utf-8"))


def overlaid(below: Any, above: Any) -> Any:
    """Both trees in one; where they differ, what is above counts."""
    if not (isinstance(below, dict) and hasattr(above, "items")):
        return above
    return {**below, **{key: overlaid(below.get(key), value) for key, value in above.items()}}


def with_names_of_fields(path_item: dict[str, Any]) -> dict[str, Any]:
    """A path whose operations have `fields` as cases.py has it."""
    return {
        key: {**one, "parameters": [with_names(resolve(p), one["operationId"]) for p in one["parameters"]]}
        if isinstance(one, dict) and "parameters" in one
        else one
        for key, one in path_item.items()
    }


def without_long_limits(node: Any) -> Any:
    """A copy without `maxLength` beside `pattern`, where it is long."""
    if isinstance(node, dict):
        drop = "pattern" in node and node.get("maxLength", 0) >= LONG
        return {k: without_long_limits(v) for k, v in node.items() if not (drop and k == "maxLength")}
    return [without_long_limits(item) for item in node] if isinstance(node, list) else node
