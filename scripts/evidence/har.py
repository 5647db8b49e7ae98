"""Calls that a browser or a proxy recorded, as a HAR file.

Source: the format's own specification, HAR 1.2 (w3c.github.io/web-performance/specs/HAR/Overview.html). What Chromium,
Firefox, mitmproxy and Charles write differs: bodies in Base64 or not at all, a byte order mark, forms as pairs.
"""

import base64
import binascii
import json
from collections import Counter
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from meta_b2b_sandbox.document import FORM

from scripts.evidence.exchange import Exchange

OTHER_HOST, UNANSWERED, UNREADABLE = (
    "calls of other hosts",
    "calls without an answer",
    "entries that are no calls",
)


class HarError(Exception):
    """The file is no HAR file; the text says why."""


def exchanges(file: Path, hosts: Set[str], skipped: Counter[str]) -> Iterator[Exchange]:
    """The calls of these hosts ("graph.facebook.com", "127.0.0.1:4020") in a file; `skipped` counts the others, by the
    reason. Raises HarError."""
    for entry in entries(file):
        try:
            url = urlsplit(entry["request"]["url"])
            if url.netloc.lower().rpartition("@")[2] not in hosts:
                skipped[OTHER_HOST] += 1
            elif not entry["response"]["status"]:
                skipped[UNANSWERED] += 1
            elif entry["request"]["method"] != "OPTIONS":  # of a browser, and no call of Graph
                yield exchange(entry["request"], entry["response"])
        except (AttributeError, KeyError, TypeError, ValueError):
            skipped[UNREADABLE] += 1


def entries(file: Path) -> list[Any]:
    """The entries of a HAR file. Raises HarError."""
    try:
        tree = json.loads(file.read_text(encoding="utf-8-sig"))  # Charles writes a byte order mark
    except OSError as error:
        raise HarError(f"{file} cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise HarError(f"{file} is not JSON; a HAR file is what a browser's network tools save") from None
    found = tree.get("log") if isinstance(tree, dict) else None
    found = found.get("entries") if isinstance(found, dict) else None
    if not isinstance(found, list):
        raise HarError(f"{file} is not a HAR file: it has no log.entries")
    return found


def exchange(request: dict[str, Any], response: dict[str, Any]) -> Exchange:
    """One entry. Raises KeyError, TypeError or ValueError for what is none."""
    url = urlsplit(request["url"])
    sent = {str(one["name"]).lower(): str(one["value"]) for one in request.get("headers") or ()}
    posted = request.get("postData") or {}
    body, media = posted.get("text"), str(posted.get("mimeType") or "")
    if body is None and posted.get("params"):
        body = urlencode([(one["name"], one.get("value") or "") for one in posted["params"]])
        media = FORM
    if media:
        sent["content-type"] = media
    headers = tuple((str(one["name"]).lower(), str(one["value"])) for one in response.get("headers") or ())
    status = response["status"]
    if not (isinstance(status, int) and 100 <= status <= 999 and isinstance(request["method"], str)):
        raise TypeError("no status or method")
    path = url.path or "/"
    return Exchange(
        request["method"].upper(),
        path,
        url.query,
        sent,
        str(body or "").encode(),
        status,
        headers,
        content(response),
    )


def content(response: dict[str, Any]) -> bytes | None:
    """The body of an answer; None where the file does not have it."""
    held = response.get("content") or {}
    text = held.get("text")
    if text is None:
        return None if held.get("size") != 0 else b""
    if held.get("encoding") == "base64":
        try:
            return base64.b64decode("".join(text.split()), validate=True)
        except binascii.Error:
            return None
    return str(text).encode("utf-8", "replace")
