"""What is tested and how: the settings, the document as Schemathesis sees it, and the way to the server.

A server with the sandbox's control API is tested with the ids that it knows, and the right token for each of them.

Settings come from the environment, as scripts/contract.py sets them: BASE_URL (none: the suite starts the mock),
ACCESS_TOKEN, WRITES=yes (more than GET on a server that is not on this machine), SEED (a number), DEEP=yes (many more
requests).
"""

import os
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import requests
import schemathesis

from scripts.contract import is_loopback
from scripts.node import ROOT
from scripts.yaml_io import load_yaml
from tests.contract import prism
from tests.contract.sandbox import Sandbox, find

CONFIG = ROOT / "schemathesis.toml"
DOCUMENT = load_yaml(ROOT / "openapi" / "b2b.yaml")
MOCK_TOKEN = "EAAanyTokenIsGoodForTheMock"
# Titles of the parts of schemathesis.toml that are for one kind of server.
MOCK, SANDBOX_API = "Prism mock", "Sandbox"
DEEP_EXAMPLES, DEEP_EXAMPLES_OF_SANDBOX = 200, 800  # for each operation; the sandbox is the faster server
# Schemathesis draws strings of exactly the greatest length from the pattern, which takes it half a minute for the
# long ones. cases.py tests these lengths instead.
LONG = 200


@dataclass(frozen=True)
class Settings:
    """How to test. `base_url` None is the mock that the suite starts itself."""

    base_url: str | None
    token: str
    writes: bool
    seed: int | None = None
    deep: bool = False

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> "Settings":
        base_url = env.get("BASE_URL") or None
        return cls(
            base_url=base_url,
            token=env.get("ACCESS_TOKEN") or MOCK_TOKEN,
            writes=base_url is None or is_loopback(base_url) or env.get("WRITES") == "yes",
            seed=int(env["SEED"]) if env.get("SEED") else None,
            deep=env.get("DEEP") == "yes",
        )


def load(settings: Settings, sandbox: Sandbox | None = None) -> Any:
    """The document as a Schemathesis schema that has only the operations which may be sent."""
    schema = configured(without_long_limits(DOCUMENT), settings, sandbox)
    return schema if settings.writes else schema.include(method="GET")


def configured(document: dict[str, Any], settings: Settings, sandbox: Sandbox | None = None) -> Any:
    """A document as a Schemathesis schema, with schemathesis.toml as it is for the server under test."""
    config = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    # In the header: with the token in the query, Schemathesis does not report wrong or missing query parameters.
    config["auth"] = {"openapi": {"bearer": {"bearer": settings.token}}}
    if settings.seed is not None:
        config["seed"] = settings.seed
    if settings.deep:
        config["generation"]["max-examples"] = DEEP_EXAMPLES_OF_SANDBOX if sandbox else DEEP_EXAMPLES
    title = MOCK if settings.base_url is None else SANDBOX_API if sandbox else document["info"]["title"]
    if sandbox:
        config["dictionaries"] = {name: {"values": ids} for name, ids in sandbox.ids.items()}
    if not settings.writes:
        # Or the coverage phase tries what the document does not have, POST and DELETE among it.
        config["phases"]["coverage"] = {"unexpected-methods": []}
    return schemathesis.openapi.from_dict(
        {**document, "info": {**document["info"], "title": title}},
        config=schemathesis.Config.from_dict(config),
    )


def without_long_limits(node: Any) -> Any:
    """A copy without `maxLength` beside `pattern`, where it is long."""
    if isinstance(node, dict):
        drop = "pattern" in node and node.get("maxLength", 0) >= LONG
        return {k: without_long_limits(v) for k, v in node.items() if not (drop and k == "maxLength")}
    return [without_long_limits(item) for item in node] if isinstance(node, list) else node


SETTINGS = Settings.from_environment(os.environ)
SANDBOX = find(SETTINGS.base_url, DOCUMENT) if SETTINGS.base_url and SETTINGS.writes else None
if SANDBOX and not os.environ.get("ACCESS_TOKEN"):
    SETTINGS = replace(SETTINGS, token=next(iter(SANDBOX.tokens.values())))
SCHEMA = load(SETTINGS, SANDBOX)
OPERATIONS = [result.ok() for result in SCHEMA.get_all_operations()]
# They mean something to every call (openapi/b2b.yaml, "Requests"), which a schema that ignores unknown fields cannot
# say. tests/sandbox/test_wire.py has them.
KNOWN_TO_EVERY_CALL = {"method", "appsecret_proof"}


@SCHEMA.hook
def map_body(context: Any, body: Any) -> Any:
    """A generated body without the names that are no unknown fields to Graph."""
    if not isinstance(body, dict):
        return body
    return {name: value for name, value in body.items() if name not in KNOWN_TO_EVERY_CALL}


def enabled(check: str) -> bool:
    """Whether schemathesis.toml has the check on for the server under test."""
    return bool(SCHEMA.config.checks.get_by_name(name=check).enabled)


def exceptions(kind: str) -> list[Callable[..., bool]]:
    """What the mock takes, or cannot be sent (schemathesis.toml); none for any other server."""
    names = SCHEMA.config.checks.custom_kwargs.get("graph_refuses_invalid", {}).get(kind, [])
    return [getattr(prism, name) for name in names]


TAKES = exceptions("takes")
CANNOT_BE_SENT = exceptions("cannot_be_sent")


class CannotBeSent(Exception):
    """The mock cannot take this request: it would end it, or get no answer."""


def token_for(url: str) -> str:
    """The token to call this address with: one that may, where the server's world is known."""
    id = urlsplit(url).path.split("/")[2].removeprefix("act_")
    return SANDBOX.tokens.get(id, SETTINGS.token) if SANDBOX else SETTINGS.token


class Session(requests.Session):
    """Sends what may be sent, and nothing else, with the token for it."""

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        if not SETTINGS.writes and request.method != "GET":
            raise AssertionError(f"{request.method} to a server that is not on this machine was not sent")
        if any(applies(request) for applies in CANNOT_BE_SENT):
            raise CannotBeSent
        if request.headers.get("Authorization") == f"Bearer {SETTINGS.token}":
            request.headers["Authorization"] = f"Bearer {token_for(request.url or '')}"
        return super().send(request, **kwargs)


class Server:
    """The server under test. `sent` counts requests, `answers` their HTTP statuses, by the operation's label."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.session = Session()
        # On this machine neither a proxy nor a password from ~/.netrc can be meant.
        self.session.trust_env = not is_loopback(base_url)
        self.sent = 0
        self.answers: dict[str, Counter[int]] = defaultdict(Counter)
        self._silent: set[str] = set()
        self.remarks: list[str] = []  # for the end of the report
        self.shapes_without_token: set[tuple[str, ...]] = set()
        self._world: str | None = None

    def fresh(self, method: str) -> None:
        """A world that no call has changed, for one with this HTTP method. Only the sandbox has one.

        Furnished, but for a POST: what that asks for or grants must not be there yet.
        """
        wanted = "plain" if method == "POST" else "furnished"
        if SANDBOX and self._world != wanted:
            SANDBOX.reset(furnished=wanted == "furnished")
            self._world = wanted

    def changed(self) -> None:
        """Say that a call may have changed the world."""
        self._world = None

    def call(self, case: Any, fresh: bool = True, **kwargs: Any) -> Any:
        """The answer to the request, None if the mock cannot take it. `kwargs` go to requests (headers, data).

        `fresh`: in a world that no call before has changed. Raises AssertionError when
        there is none in time; the same operation is not waited for twice.
        """
        label = case.operation.label
        assert label not in self._silent, f"{label}: no answer before, so this request was not sent"
        self.sent += 1
        if fresh:
            self.fresh(case.method)
        try:
            response = case.call(base_url=self.base_url, session=self.session, **kwargs)
        except CannotBeSent:
            self.sent -= 1
            return None
        except requests.exceptions.ConnectionError as error:
            if isinstance(error, requests.exceptions.Timeout):
                self._silent.add(label)
            raise AssertionError(f"{label}: no answer: {error}") from None
        except requests.exceptions.Timeout:
            self._silent.add(label)
            seconds = SCHEMA.config.request_timeout
            raise AssertionError(
                f"{label}: no answer within {seconds} seconds to: {case.as_curl_command()}"
            ) from None
        self.answers[label][response.status_code] += 1
        if case.method != "GET" and response.status_code < 300:
            self.changed()
        return response

    def successes(self, label: str) -> int:
        """How many requests of the operation were answered with a success."""
        return sum(count for status, count in self.answers[label].items() if 200 <= status < 300)
