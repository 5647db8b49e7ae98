"""How a page leads to the next one."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar
from urllib.parse import parse_qsl, urlsplit

from ._calls import JSON, Call
from ._options import SECRETS

# How a page leads to another: its direction, and the address that is there if there is another page.
LINKS = {"after": "next", "before": "previous"}
SECRET_IN_QUERY = re.compile(rf"(?<=[?&])(?:{'|'.join(SECRETS)})=[^&#]*&?")


class HasData(Protocol):
    """A page: the model of an answer whose entries are in `data`."""

    data: list[Any]


Page = TypeVar("Page", bound=HasData)


def direction_of(params: Mapping[str, Any]) -> str:
    """Where a list goes on from its first page."""
    return "before" if "before" in params and "after" not in params else "after"


def page_reader(read: Callable[[JSON], Page], direction: str) -> Callable[[JSON], tuple[Page, str | None]]:
    """Reads a page, and the cursor that leads on; None on the last page.

    The address in `next` only tells that there is another page. It is not called: it holds the token, and may be on
    any host. For the same reason the token does not stay in it.
    """

    def read_page(body: JSON) -> tuple[Page, str | None]:
        paging = body.get("paging") or {}
        cursor = None
        if link := paging.get(LINKS[direction]):
            query = dict(parse_qsl(urlsplit(link).query))
            cursor = (paging.get("cursors") or {}).get(direction) or query.get(direction)
            if not isinstance(cursor, str):
                raise ValueError(f"paging has {LINKS[direction]}, but no cursor")
        return read(clean(body)), cursor

    return read_page


def clean(body: JSON) -> JSON:
    """The JSON of a page without the secrets in its links."""
    paging = body.get("paging") or {}
    for name in LINKS.values():
        if link := paging.get(name):
            paging[name] = without_secrets(link)
    return body


def without_secrets(link: str) -> str:
    """The address without the secrets in its query."""
    cut = SECRET_IN_QUERY.sub("", link)
    return link if cut == link else cut.rstrip("?&")


def first_page(call: Call[Page]) -> Call[Page]:
    """The call for the first page alone."""
    return call.reading(lambda body: call.read(clean(body)), call.params)


def following(call: Call[Any], direction: str, cursor: str) -> dict[str, Any]:
    """The query of the page at this cursor."""
    return {**without_place(call), direction: cursor}


def without_place(call: Call[Any]) -> dict[str, Any]:
    """The query without where in the list it begins."""
    return {name: value for name, value in call.params.items() if name not in LINKS}


def total_count(body: JSON) -> int:
    """Number of entries on all pages, as the server counted them."""
    return int(body["summary"]["total_count"])
