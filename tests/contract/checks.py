"""Checks that know Graph, beside those of Schemathesis (schemathesis.toml says which and why).

A failure is told by `error.code` and `error_subcode`; the HTTP status says less (openapi/b2b.yaml, "Answers").
"""

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import schemathesis

from tests.contract.cases import is_as_documented
from tests.support.document import B2B, DOCUMENT, resolve

if TYPE_CHECKING:
    from tests.contract.server import Server

AUTHENTICATION = {104, 190}  # no token, a bad one (Graph API, guides/error-handling)
# Without a token nobody is `me`: "An active access token must be used to query information about the current user."
NOBODY = 2500
# What Graph has to say of an edge that nodes of this type do not have.
NO_SUCH_EDGE = B2B.errors["unknown_field"].message.partition(" on node type")[0]
# Subcodes of code 100 that say: what the request names is not there, which no schema can tell.
NOT_THERE = {B2B.errors[name].error["error_subcode"] for name in ("unknown_object", "no_business_user")}
# What makes a token, and is good or not by the server's word alone: a secret, a permission that the caller has.
CREDENTIALS = {"scope", "client_id", "client_secret", "fb_exchange_token"}
# Codes of a server that limits calls. Of 4, an app's limit, the document has no example (Graph API, rate limits).
LIMITS = {4} | {
    resolve(example)["value"]["error"]["code"]
    for media in DOCUMENT["components"]["responses"]["TooManyCalls"]["content"].values()
    for example in media["examples"].values()
}
# Code → the HTTP statuses that the document has for it.
STATUSES: dict[int, set[int]] = defaultdict(set)
# Codes of failures that pass. They come with more statuses than one (openapi/b2b.yaml, TooManyCalls and ServerError).
TRANSIENT: set[int] = set()
for _example in B2B.errors.values():
    if "code" not in _example.error:
        continue  # only a batch fails without one, and none is sent here
    STATUSES[_example.error["code"]].add(_example.status)
    if _example.error.get("is_transient"):
        TRANSIENT.add(_example.error["code"])


def path_of(url: str) -> str:
    """The path of an address after the version, without a slash at its beginning; "" without a version."""
    found = re.search(r"/v[0-9]+\.[0-9]+/(.*)", urlsplit(url).path, re.ASCII | re.DOTALL)
    return found[1] if found else ""


def body_of(response: Any) -> dict[str, Any]:
    """The JSON object in the answer, {} for anything else."""
    try:
        found = response.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def code_of(response: Any) -> int | None:
    """The code of the error, None without one."""
    error = body_of(response).get("error")
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, int) else None


def listed(response: Any) -> set[str]:
    """The ids of the entries of a list, and of the assets in them: an open request is of one."""
    data = body_of(response).get("data")
    entries = data if isinstance(data, list) else []
    assets = [entry.get(name, {}) for entry in entries for name in ("ad_account", "page")]
    return {one["id"] for one in (*entries, *assets) if "id" in one}


def is_validation_error(response: Any) -> bool:
    """Whether the server says that the request itself is wrong, not what it asks for: code 100 without a subcode
    of NOT_THERE, a path or an alias that does not exist, or a refusal that is not Graph's at all.

    An id may lead to a node of another type than the path wants, which no schema can tell: "nonexisting field (clients)
    on node type (Page)" says that no such object is there.
    """
    code = code_of(response)
    if code == 100:
        error = body_of(response)["error"]
        edge = urlsplit(response.request.url).path.rpartition("/")[2]
        wrong_type = str(error.get("message")).startswith(NO_SUCH_EDGE.format(field=edge))
        return not wrong_type and error.get("error_subcode") not in NOT_THERE
    return response.status_code >= 400 and code in (None, 803, 2500)


@schemathesis.check
def graph_error(ctx: Any, response: Any, case: Any) -> None:
    """A failure is an error in Graph's envelope with the HTTP status that the document has for its code, and a success
    has no error."""
    code = code_of(response)
    if response.status_code < 400:
        assert "error" not in body_of(response), f"{response.status_code} with an error in it"
        return
    assert code is not None, f"{response.status_code} without Graph's error envelope"
    # 405 is for methods that the document does not have, and so is its code.
    if code in STATUSES and code not in TRANSIENT and response.status_code != 405:
        assert response.status_code in STATUSES[code], (
            f"code {code} with {response.status_code}, not {STATUSES[code]}"
        )


@schemathesis.check
def graph_accepts_valid(ctx: Any, response: Any, case: Any) -> None:
    """A request that is as the document says is not refused as invalid, nor as unauthenticated; with credentials that
    the server does not know it may be."""
    positive = case.meta is not None and case.meta.generation.mode.is_positive
    if positive and is_as_documented(case) and has_known_credentials(case):
        accepts(response)


def has_known_credentials(case: Any) -> bool:
    """Whether those in the request are the server's own, as schemathesis.toml or the suite's dictionaries have them."""
    dictionaries = case.operation.schema.config.dictionaries.values()
    known = {entry.value for dictionary in dictionaries for entry in dictionary.entries}
    given = {**(case.query or {}), **(case.body if isinstance(case.body, dict) else {})}
    texts = [
        ",".join(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in given.items()
        if name in CREDENTIALS
    ]
    return set(texts) <= known


def accepts(response: Any) -> None:
    """Raises AssertionError when a valid request, with a token, was refused as if it were not."""
    assert not is_validation_error(response), f"a valid request was refused as invalid\n{response.text[:500]}"
    assert code_of(response) != 104, "the token in the request was not seen"


def refuses(response: Any) -> None:
    """Raises AssertionError when an invalid request was not refused, or as if another try could help.

    Which of several faults a server tells first is not said anywhere, so any other code may be right.
    """
    assert 400 <= response.status_code < 500, f"an invalid request got {response.status_code}"
    code = code_of(response)
    assert code is not None and code not in TRANSIENT, f"an invalid request was refused with code {code}"


def refuses_token(response: Any) -> None:
    """Raises AssertionError when a missing or bad token got anything but an authentication error."""
    assert response.status_code >= 400, f"a bad or missing token got {response.status_code}"
    code = code_of(response)
    request = response.request
    nobody = "Authorization" not in request.headers and path_of(request.url).partition("/")[0] == "me"
    right = AUTHENTICATION | ({NOBODY} if nobody else set())
    assert code in right, f"a bad or missing token was refused with code {code}"


def needs_token(server: "Server", case: Any, response: Any) -> None:
    """Sends a request that was accepted once more, without a token and with a bad one: both must be refused, or both
    accepted where the document wants no token.

    Once for each operation, encoding and set of parameters. Raises AssertionError.
    """
    request = response.request
    shape = (case.operation.label, str(case.media_type), *sorted(case.query))
    if (
        "access_token" in f"{urlsplit(request.url).query}{request.body}"
        or shape in server.shapes_without_token
    ):
        return  # in the first case the token there may be good enough
    for token in (None, "Bearer not-a-token"):
        again = request.copy()
        again.headers.pop("Authorization", None)
        if token is not None:
            again.headers["Authorization"] = token
        sent = server.session.send(again, timeout=server.schema.config.request_timeout, allow_redirects=False)
        found = schemathesis.Response.from_requests(sent, verify=True)
        with server.noting("without a token" if token is None else "with a bad token"):
            if case.operation.definition.raw.get("security") == []:
                assert found.status_code == response.status_code, "it wants no token, and looks at one"
            else:
                refuses_token(found)
            case.validate_response(found, excluded_checks=[graph_accepts_valid])
    server.shapes_without_token.add(shape)
