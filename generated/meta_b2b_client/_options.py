"""What a client is told: by arguments, and by the environment for those that are not given."""

import hmac
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx

# Arguments and fields that are secrets, by their names in Graph.
SECRETS = ("access_token", "appsecret_proof", "client_secret", "fb_exchange_token", "input_token")
# Answers hold tokens, such as those of Pages; a cut text may end in one.
TOKEN_IN_ANSWER = re.compile(r'("access_token"\s*:\s*")[^"]*')
# What a header can carry.
TOKEN = re.compile(r"[!-~]+")
SECRET_IN_ADDRESS = re.compile(rf"([?&](?:{'|'.join(SECRETS)})=)[^&]*")
HIDDEN = "[secret]"
Default = TypeVar("Default", str, None)


@dataclass(frozen=True)
class Options:
    """Settings of a client, which `with_options` replaces.

    Attributes:
        timeout: Seconds, or httpx's; None for that of the caller's http_client.
    """

    access_token: str = field(repr=False)
    app_secret: str | None = field(repr=False)
    base_url: str
    timeout: float | httpx.Timeout | None
    max_retries: int
    max_seconds: float
    proof: str | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Raises ValueError for what cannot be used."""
        if not TOKEN.fullmatch(self.access_token):
            raise ValueError(
                "The token must be printable ASCII without spaces, and not empty: access_token or META_B2B_ACCESS_TOKEN"
            )
        if not self.base_url.startswith(("https://", "http://")):
            raise ValueError(f"base_url must begin with https:// or http://, unlike {self.base_url!r}")
        proof = None
        if self.app_secret:
            proof = hmac.new(self.app_secret.encode(), self.access_token.encode(), "sha256").hexdigest()
        object.__setattr__(self, "proof", proof)

    def hide(self, text: str, params: Mapping[str, Any]) -> str:
        """The text without the secrets of the client and of a query, and without tokens of Pages."""
        given = (params.get(name) for name in SECRETS)
        for secret in (self.access_token, self.app_secret, self.proof, *given):
            # Made-up tokens of a few letters would be found in every word.
            if isinstance(secret, str) and len(secret) > 6:
                text = text.replace(secret, HIDDEN)
        return TOKEN_IN_ANSWER.sub(rf"\1{HIDDEN}", text)


def from_environment(name: str, given: str | None, otherwise: Default) -> str | Default:
    """The argument, or the environment's `META_B2B_<name>`, or what stands for both; empty variables do not count."""
    return given if given is not None else os.environ.get(f"META_B2B_{name}") or otherwise


def hide_in_address(address: str) -> str:
    """The address without the secrets in its query."""
    return SECRET_IN_ADDRESS.sub(rf"\1{HIDDEN}", address)


def shown(value: Any) -> Any:
    """The value without secrets, for a repr."""
    if isinstance(value, dict):
        return {
            name: HIDDEN if name in SECRETS and one is not None else shown(one) for name, one in value.items()
        }
    if isinstance(value, list):
        return [shown(one) for one in value]
    return hide_in_address(value) if isinstance(value, str) else value
