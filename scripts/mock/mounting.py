"""The document as Prism needs it: with the path part of the server's address on each path.

Prism ignores that part (of `https://graph.facebook.com/{api_version}` it is `/{api_version}`), and an overlay cannot
rename a path. `make generate` does it after overlays/prism.yaml.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from meta_b2b_sandbox.document import METHODS

# Graph's versions (Graph API, guides/versioning).
VERSION = {"type": "string", "pattern": r"^v[0-9]+\.[0-9]+$"}


def mount(document: dict[str, Any]) -> dict[str, Any]:
    """A new document in which the path part of the first server's address stands before each path.

    The server keeps its host only. Each variable of the path part becomes a parameter, a version. Each path is there
    with a slash at its end too: Meta's Python SDK reads a node as `GET /v26.0/<id>/`. The order of the paths stays,
    because Prism takes the last of equally good ones.
    """
    server = {"url": "/", **next(iter(document.get("servers", [])), {})}
    prefix = urlsplit(server["url"]).path.rstrip("/")
    variables = server.pop("variables", {})
    versions = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": variables[name].get("description", ""),
            "schema": VERSION,
            "example": variables[name]["default"],
        }
        for name in re.findall("{([^}]+)}", prefix)
    ]
    paths = {}
    for path, item in document["paths"].items():
        mounted = {"parameters": [*versions, *item.get("parameters", [])]}
        mounted |= {key: value for key, value in item.items() if key != "parameters"}
        short = prefix + path.rstrip("/")
        paths[short or "/"] = mounted
        if short:
            paths[f"{short}/"] = twin(mounted)
    server["url"] = server["url"].removesuffix("/").removesuffix(prefix) or "/"
    return {**document, "servers": [server], "paths": paths}


def twin(item: dict[str, Any]) -> dict[str, Any]:
    """The same path item for a second path: its operations have other ids, since each id may occur once."""
    return {
        key: {**value, "operationId": f"{value['operationId']}_with_slash"} if key in METHODS else value
        for key, value in item.items()
    }
