"""What a server is, told by its answers and not by who started it: so it is the same behind a proxy.

Asked with GET alone, so that a server of somebody else may be asked as well.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from requests import PreparedRequest

from tests.contract import graph, prism
from tests.support.document import ONE_CALL, example_call

SECONDS = 5  # for each question
BAD_TOKEN = "not-a-token"


@dataclass(frozen=True)
class Kind:
    """What a server may do otherwise than the document has it; the reasons stand where the exceptions are listed.

    `told_by`: what its answers were. `config` is laid over schemathesis.toml. `takes` say of a case of Schemathesis and
    its request that the server accepts it although the document does not allow it, `cannot_be_sent` that the server
    would not live or answer. `knows_every_id`: each example must be answered with a success.
    """

    name: str
    told_by: str
    config: Mapping[str, Any] = field(default_factory=dict)
    takes_any_token: bool = False
    knows_every_id: bool = False
    takes: tuple[Callable[[Any, PreparedRequest], bool], ...] = ()
    cannot_be_sent: tuple[Callable[[PreparedRequest], bool], ...] = ()


# What claims to be Graph.
SERVER = Kind("server", "neither Prism nor the sandbox's control API answers", takes=graph.TAKES)
SANDBOX = Kind("sandbox", "its control API answers", takes=graph.TAKES)
MOCK = Kind(
    "stateless mock",
    "Prism answers, and takes a token that is none",
    prism.CONFIG,
    prism.TAKES_ANY_TOKEN,
    knows_every_id=True,
    takes=prism.TAKES,
    cannot_be_sent=prism.CANNOT_BE_SENT,
)


def is_mock(session: requests.Session, base_url: str) -> bool:
    """Whether Prism itself makes the answers there: an unknown path is refused in its words, and an example with a
    token that is none is answered with a success. Where Prism stands before another server, that refuses the token.

    Raises requests.RequestException when nothing answers.
    """
    unknown = session.get(f"{base_url}/no/such/path", timeout=SECONDS, allow_redirects=False)
    if prism.PROBLEM not in unknown.text:
        return False
    id = next(id for id, one in ONE_CALL.items() if one.method == "get" and one.parameters)
    _, path, query, _ = example_call(id)
    headers = {"Authorization": f"Bearer {BAD_TOKEN}"}
    return session.get(base_url + path, params=query, headers=headers, timeout=SECONDS).ok
