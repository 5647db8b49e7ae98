"""Requests and answers as bytes, as they are on the wire."""

import re

from meta_b2b_sandbox.world import AD_ACCOUNT

GOOD = b'{"business":"3333333333","permitted_tasks":["ADVERTISE"]}'


def head(method: str = "POST", path: str = f"/v26.0/{AD_ACCOUNT}/agencies", *lines: str) -> bytes:
    """The head of a request with a good token, without the empty line at its end."""
    return "\r\n".join(
        [
            f"{method} {path} HTTP/1.1",
            "Host: localhost",
            "Authorization: Bearer owner-token",
            "Connection: close",
            *lines,
            "",
        ]
    ).encode("latin-1")


def request(body: bytes, media: str = "application/json", length: int | None = None) -> bytes:
    """A grant with this body, and with a wrong length if one is given."""
    size = len(body) if length is None else length
    return head(
        "POST", f"/v26.0/{AD_ACCOUNT}/agencies", f"Content-Type: {media}", f"Content-Length: {size}"
    ) + (b"\r\n" + body)


def get(target: bytes) -> bytes:
    return head().replace(b"POST", b"GET").replace(f"/v26.0/{AD_ACCOUNT}/agencies".encode(), target) + b"\r\n"


def answers(data: bytes) -> list[tuple[int, bytes]]:
    """(status, body) of each answer in what came back."""
    found = []
    while data:
        top, _, data = data.partition(b"\r\n\r\n")
        if b" 100 Continue" in top:
            continue
        length = re.search(rb"content-length: ([0-9]+)", top)
        size = int(length[1]) if length else 0
        found.append((int(top.split()[1]), data[:size]))
        data = data[size:]
    return found
