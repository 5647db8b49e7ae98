"""What an exchange says about the document's assumptions: confirms one, refutes one, or only belongs to one.

Most assumptions are about what several calls do to each other, or about whom a token belongs to, and no call alone can
decide them. Those that one can decide have a check in CHECKS; of all others the report says how often a call was seen
that they are about: the operation where the assumption stands, or a failure with the code that its text names.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from meta_b2b_sandbox.document import Document
from meta_b2b_sandbox.reading import Twice

from scripts import assumptions
from scripts.evidence.comparing import ANSWERED, Comparison, Observation

CODE = re.compile(r"\bcodes? (\d+)(?: (?:and|with) subcode (\d+))?")
SUBCODE_33 = (100, 33)
LIMIT_REACHED = "TooManyCalls"  # of the document's responses
ENOUGH = 5  # entries in order: with fewer, it may be chance

CONFIRMED, REFUTED, SEEN = "confirmed", "refuted", "seen"


@dataclass(frozen=True)
class Assumption:
    """One assumption of the document. `operations`: those where it stands, None: it stands for all. `is_limit`: it is
    about answers with status 429 alone; `header`: about those with this header. `codes`: (code, subcode) of failures
    that its text names."""

    id: str
    text: str
    operations: frozenset[str] | None
    is_limit: bool
    header: str
    codes: frozenset[tuple[int | None, int | None]]


class Assumptions:
    """All assumptions of a document, and what exchanges say about them."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        document = comparison.document
        parts = {
            one.id: parts_of(document, [one.parameters, one.definition])
            for one in document.operations.values()
        }
        self.all = {
            id: read(document, parts, id, place, text)
            for id, (place, text) in assumptions.in_texts(document.tree, "Assumption").items()
        }

    def of(self, observation: Observation) -> Iterator[tuple[str, str]]:
        """(id, outcome) of each assumption about which the exchange says anything."""
        for id, one in self.all.items():
            check = CHECKS.get(id)
            decided = check(observation, self._comparison) if check else None
            if decided is not None:
                yield id, CONFIRMED if decided else REFUTED
            elif (one.operations is not None or not check) and is_about(
                one, observation, self._comparison.document
            ):
                yield id, SEEN


def read(
    document: Document, parts: Mapping[str, set[int]], one: str, place: tuple[str | int, ...], text: str
) -> Assumption:
    """An assumption from its place in the document and its text. `parts`: operationId → see `parts_of`."""
    codes = frozenset((int(code), int(sub) if sub else None) for code, sub in CODE.findall(text))
    where, *below = place
    if where == "paths":
        path, method = str(below[0]), str(below[1])
        here = [
            o.id
            for o in document.operations.values()
            if o.path == path and method in (o.method, "parameters")
        ]
        return Assumption(one, text, frozenset(here), False, "", codes)
    if where == "components":
        part, name = str(below[0]), str(below[1])
        node = document.tree["components"][part][name]
        here = [operation for operation, found in parts.items() if id(node) in found]
        names = header_names(document, node) if part == "headers" else [""]
        return Assumption(one, text, frozenset(here), name == LIMIT_REACHED, next(iter(names), ""), codes)
    return Assumption(one, text, None, False, "", codes)


def parts_of(document: Document, part: Any) -> set[int]:
    """The `id()` of a part of the document, and of each that it has or refers to."""
    found: set[int] = set()
    waiting = [part]
    while waiting:
        part = document.resolve(waiting.pop())
        if isinstance(part, dict | list) and id(part) not in found:
            found.add(id(part))
            waiting += part.values() if isinstance(part, dict) else part
    return found


def header_names(document: Document, node: Any) -> list[str]:
    """The names, in small letters, under which answers have a header of the document."""
    return [
        name.lower()
        for operation in document.operations.values()
        for response in operation.responses.values()
        for name, one in response.get("headers", {}).items()
        if document.resolve(one) is node
    ]


def is_about(assumption: Assumption, observation: Observation, document: Document) -> bool:
    """Whether an exchange is one of those that the assumption is about."""
    if assumption.operations is None:
        return observation.error is not None and observation.error in assumption.codes
    if not assumption.operations & set(observation.operations):
        return False
    if assumption.header:
        return bool(observation.exchange.values(assumption.header))
    return not assumption.is_limit or observation.exchange.status == 429


# What one exchange can decide: True confirms, False refutes, None is no answer.

Check = Callable[[Observation, Comparison], bool | None]


def succeeded(observation: Observation) -> bool:
    return observation.exchange.status in ANSWERED and observation.error is None


def listed(observation: Observation) -> list[Any] | None:
    """The entries of a list, None if the answer is none."""
    known = succeeded(observation) and observation.operations
    value = observation.exchange.value if known else None
    data = value.get("data") if isinstance(value, dict) else None
    return data if isinstance(data, list) else None


def no_access(observation: Observation, _: Comparison) -> bool | None:
    """[A1] Code 3 is the error of an app that Meta has not admitted; of other errors nobody knows whose they are."""
    return True if observation.error and observation.error[0] == 3 else None


def newest_version(observation: Observation, comparison: Comparison) -> bool | None:
    """[A2] Without a version in the address, the newest answers: not one before the document's."""
    if observation.exchange.version or observation.exchange.in_batch or not succeeded(observation):
        return None
    found = [
        re.fullmatch(r"v(\d{1,3})\.(\d{1,3})", v) for v in observation.exchange.values("facebook-api-version")
    ]
    if not (found and found[0]):
        return None
    major, minor = comparison.document.base_path.removeprefix("/v").split(".")
    return (int(found[0][1]), int(found[0][2])) >= (int(major), int(minor))


def waiting_status(observation: Observation, _: Comparison) -> bool | None:
    """[A9] What waits is `PENDING` to the owner, and `CLIENT_RESPONSE_PENDING` to the agency."""
    wanted = {
        "list_agencies": "PENDING",
        "list_ad_account_agencies": "PENDING",
        "list_clients": "CLIENT_RESPONSE_PENDING",
    }
    if observation.operations and (here := wanted.get(observation.operations[0])):
        statuses = {one for one in values_of(listed(observation), "access_status") if "PENDING" in one}
        return statuses == {here} if statuses else None
    return None


def in_order(observation: Observation, _: Comparison) -> bool | None:
    """[A12] Lists are in the order of ids."""
    entries = listed(observation) or []
    ids = [
        one["id"].removeprefix("act_")
        for one in entries
        if isinstance(one, dict) and isinstance(one.get("id"), str)
    ]
    numbers = [int(one) for one in ids if one.isdecimal() and len(one) < 30]
    if len(numbers) < 2 or len(numbers) != len(entries):
        return None
    if numbers != sorted(numbers):
        return False
    return True if len(numbers) >= ENOUGH else None


def status_of_codes(observation: Observation, _: Comparison) -> bool | None:
    """[A14] 368, 415 and 3936 to 3989 come with status 400."""
    code = observation.error[0] if observation.error else None
    if code is None or not (code in (368, 415) or 3936 <= code <= 3989) or observation.exchange.status == 200:
        return None
    return observation.exchange.status == 400


def given_twice(observation: Observation, comparison: Comparison) -> bool | None:
    """[A16] A parameter that is given twice is invalid, unless it is a list."""
    for id in observation.operations:
        endpoint = comparison.routes.endpoints[id]
        described = {**endpoint.query, **endpoint.bodies.get(observation.exchange.fields[0], {})}
        for name, value in observation.exchange.given.items():
            one = described.get(name)
            if isinstance(value, Twice) and one and not (one.choices or one.is_scope or name == "fields"):
                if succeeded(observation):
                    return False
                return True if observation.error == (100, None) else None
    return None


def method_not_taken(observation: Observation, _: Comparison) -> bool | None:
    """[A17] 405 comes with `Allow`, code 100 and subcode 33."""
    if observation.exchange.status != 405:
        return None
    return bool(observation.exchange.values("allow")) and observation.error == SUBCODE_33


def limits(observation: Observation, _: Comparison) -> bool | None:
    """[A21] 25 entries unless told, 100 at most."""
    entries, limit = listed(observation), observation.exchange.parameters.get("limit")
    if entries is None or "limit" in observation.exchange.fields[1]:
        return None
    most = 25 if limit is None else 100
    if len(entries) > most:
        return False
    asked_for_more = limit is None or (isinstance(limit, str) and limit.isdecimal() and int(limit[:9]) > most)
    paging = observation.exchange.value.get("paging")
    more = isinstance(paging, dict) and "next" in paging
    return True if asked_for_more and more and len(entries) == most else None


def rate_limit(observation: Observation, comparison: Comparison) -> bool | None:
    """[A23] The codes of rate limits come with status 429."""
    answer = comparison.document.tree["components"]["responses"][LIMIT_REACHED]
    examples = answer["content"]["application/json"]["examples"].values()
    codes = {comparison.document.resolve(one)["value"]["error"]["code"] for one in examples}
    if not observation.error or observation.error[0] not in codes or observation.exchange.status == 200:
        return None
    return observation.exchange.status == 429


def state_of_request(observation: Observation, _: Comparison) -> bool | None:
    """[A25] Asking for an ad account answers its `access_status`, as asking for a Page does."""
    if observation.operations != ("request_ad_account_access",) or not succeeded(observation):
        return None
    value = observation.exchange.value
    return "access_status" in value if isinstance(value, dict) else None


def many_items(observation: Observation, _: Comparison) -> bool | None:
    """[A33] More than 50 items are refused with status 400. Each item of a batch has an answer."""
    if observation.operations != ("send_batch",) or not succeeded(observation):
        return None
    answers = observation.exchange.value
    return False if isinstance(answers, list) and len(answers) > 50 else None


def all_or_none(observation: Observation, _: Comparison) -> bool | None:
    """[A34] When one of `ids` cannot be read, the whole call fails."""
    ids = observation.exchange.parameters.get("ids")
    if (
        "get_nodes" not in observation.operations
        or not isinstance(ids, str)
        or not observation.exchange.answer
    ):
        return None
    if observation.error is not None:
        return True if observation.error == SUBCODE_33 and "," in ids else None
    value = observation.exchange.value if not observation.differences else None
    wanted = {one.strip() for one in ids.split(",")}
    return False if isinstance(value, dict) and wanted - value.keys() else None


def no_tasks(observation: Observation, _: Comparison) -> bool | None:
    """[A36] `permitted_tasks` may be left out."""
    demand = {
        "request_ad_account_access",
        "request_page_access",
        "grant_page_access",
        "grant_ad_account_access",
    }
    given = observation.exchange.given
    if not demand & set(observation.operations) or any(name.startswith("permitted_tasks") for name in given):
        return None
    error = observation.exchange.value["error"] if observation.error else {}
    return False if "permitted_tasks" in str(error.get("message")) else None


def slashes(observation: Observation, _: Comparison) -> bool | None:
    """[A45] Several slashes in an address are one."""
    if "//" not in observation.exchange.path:
        return None
    if succeeded(observation):
        return True if observation.operations else None
    return False if observation.error and observation.error[0] == 2500 else None


def empty_cursor(observation: Observation, _: Comparison) -> bool | None:
    """[A47] An empty cursor is none."""
    if "" not in (
        observation.exchange.parameters.get("after"),
        observation.exchange.parameters.get("before"),
    ):
        return None
    if listed(observation) is not None:
        return True
    return False if observation.error == (100, None) else None


def proof(observation: Observation, _: Comparison) -> bool | None:
    """[A53] The token of a client's system user takes a proof."""
    if observation.operations != ("create_access_token",) or "appsecret_proof" in observation.exchange.given:
        return None
    if succeeded(observation):
        return False
    error = observation.exchange.value["error"] if observation.error else {}
    return (
        True
        if observation.error and observation.error[0] == 100 and "proof" in str(error.get("message"))
        else None
    )


CHECKS: dict[str, Check] = {
    **{"A1": no_access, "A2": newest_version, "A9": waiting_status, "A12": in_order, "A14": status_of_codes},
    **{
        "A16": given_twice,
        "A17": method_not_taken,
        "A21": limits,
        "A23": rate_limit,
        "A25": state_of_request,
    },
    **{
        "A33": many_items,
        "A34": all_or_none,
        "A36": no_tasks,
        "A45": slashes,
        "A47": empty_cursor,
        "A53": proof,
    },
}


def values_of(value: Any, name: str) -> Iterator[str]:
    """The texts of the fields of this name, at every depth."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key == name and isinstance(one, str):
                yield one
            else:
                yield from values_of(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from values_of(one, name)
