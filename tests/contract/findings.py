"""What is wrong with a server: each failure with its cause, and a line for curl that asks for the same again."""

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from requests import PreparedRequest
from schemathesis.core.failures import Failure

TOKEN = "$ACCESS_TOKEN"
LONGEST_BODY = 4000  # bytes that a line may have; a shell takes no more than 131,072
LONGEST_DETAIL = 3000  # characters
# Of requests, Schemathesis or curl: nothing depends on them.
BY_ITSELF = {
    "user-agent",
    "accept-encoding",
    "accept",
    "connection",
    "content-length",
    "x-schemathesis-testcaseid",
}
# Each run has its own, and each operation.
IDS = re.compile(r"\d{4,}")
PROOF = re.compile(r"(?<=appsecret_proof=)[0-9a-f]{64}")


@dataclass(frozen=True)
class Finding:
    """`server`: the name of the target. `cause`: a line that is the same for the same fault. `detail`: lines on what
    was asked and answered. `curl`: a line that repeats the request, "" where one request does not show it.
    `operation`: an operationId, "" if it is about several."""

    server: str
    cause: str
    detail: str
    curl: str
    operation: str = ""
    test: str = ""

    def of(self, operation: str, test: str) -> "Finding":
        """With the test that found it, and its operation where no call says which one it is."""
        return replace(self, operation=self.operation or operation, test=test)


def findings_of(error: BaseException, secrets: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(cause, detail) of each failure in an exception."""
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from findings_of(one, secrets)
        return
    if isinstance(error, Failure):
        first, _, rest = error.message.partition("\n")
        cause, detail = f"{error.title}: {first}" if first else error.title, rest
    else:
        first, _, detail = str(error).partition("\n")
        cause = first if isinstance(error, AssertionError) and first else f"{type(error).__name__}: {first}"
    yield IDS.sub("…", without(secrets, cause)), without(secrets, detail)[:LONGEST_DETAIL].strip()


def without(secrets: Iterable[str], text: str) -> str:
    """A text without the tokens in it."""
    return pattern_of(secrets).sub("[token]", text)


def pattern_of(secrets: Iterable[str]) -> re.Pattern[str]:
    return re.compile(
        "|".join(re.escape(one) for one in sorted(secrets, key=len, reverse=True) if one) or "(?!)"
    )


def curl_of(request: PreparedRequest, secrets: Iterable[str], moved: tuple[str, str]) -> str:
    """The line that sends this request, with $ACCESS_TOKEN for each token; "" if it would be too long.

    `moved`: the address to which the request went, and the one that the line is to have.
    """
    body = request.body or b""
    data = body.encode() if isinstance(body, str) else bytes(body)
    if len(data) > LONGEST_BODY:
        return ""
    pattern = pattern_of(secrets)
    # Addresses as they are: no ranges made of [1], no path without its dots.
    words = ["curl", "-sS", "-g", "--path-as-is"]
    if request.method != ("POST" if data else "GET"):
        words += ["-X", str(request.method)]
    address = str(request.url).replace(*moved, 1)
    words.append(quoted(PROOF.sub("[proof]", address), pattern))
    for name, value in request.headers.items():
        if name.lower() not in BY_ITSELF:
            words += [
                "-H",
                quoted(f"{name}: {value.decode('latin-1') if isinstance(value, bytes) else value}", pattern),
            ]
    if not data:
        return " ".join(words)
    if "Content-Type" not in request.headers:
        words += ["-H", "Content-Type:"]  # or curl says that it is a form
    text = readable(data)
    if text is not None:
        return " ".join([*words, "--data-raw", quoted(text, pattern)])
    escaped = "".join(chr(b) if 32 <= b < 127 and b != 92 else f"\\0{b:03o}" for b in data)
    return " ".join(["printf", "%b", quoted(escaped, pattern), "|", *words, "--data-binary", "@-"])


def readable(data: bytes) -> str | None:
    """The body as text that a shell hands on as it is; None if there is none."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return text if text.isprintable() else None


def quoted(text: str, pattern: re.Pattern[str]) -> str:
    """One word of a shell, with the variable where a token is."""
    parts = [shlex.quote(part) if part else "" for part in pattern.split(text)]
    return f'"{TOKEN}"'.join(parts) or "''"


@dataclass(frozen=True)
class Group:
    """The findings of one server that have the same cause, one for each operation, in the order of the tests."""

    server: str
    cause: str
    findings: tuple[Finding, ...]
    count: int  # of all findings

    @property
    def operations(self) -> list[str]:
        return [one.operation for one in self.findings if one.operation]


def grouped(findings: Iterable[Finding], order: dict[str, Any]) -> list[Group]:
    """The groups, those of the most operations first; `order` has the operations in the document's order."""
    place = {id: n for n, id in enumerate(order)}
    # Not as they came: that depends on how many processes tested.
    ordered = sorted(set(findings), key=lambda f: (place.get(f.operation, -1), f.test, f.detail, f.curl))
    found: dict[tuple[str, str], list[Finding]] = {}
    for one in ordered:
        found.setdefault((one.server, one.cause), []).append(one)
    groups = []
    for (server, cause), all_of_it in found.items():
        first: dict[str, Finding] = {}
        for one in all_of_it:
            # One with a line for curl shows more.
            if one.operation not in first or (one.curl and not first[one.operation].curl):
                first[one.operation] = one
        groups.append(Group(server, cause, tuple(first.values()), len(all_of_it)))
    return sorted(groups, key=lambda group: (-len(group.findings), group.server, group.cause))
