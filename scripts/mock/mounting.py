"""The document as Prism needs it: with the path part of the server's address on each path, and one path of each form.

Prism ignores that part (of `https://graph.facebook.com/{api_version}` it is `/{api_version}`), and serves one operation
only for each form of path and method. An overlay can neither rename paths nor unite them. `make generate` does it after
overlays/prism.yaml.
"""

import re
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from meta_b2b_sandbox.document import JSON, METHODS, Document, form, mounted, spelled_out

# Graph's versions (Graph API, guides/versioning).
VERSION = {"type": "string", "pattern": r"^v[0-9]+\.[0-9]+$"}


class MountError(Exception):
    """Operations cannot be united; the text says which."""


def mount(document: dict[str, Any]) -> dict[str, Any]:
    """A new document in which the path part of the first server's address stands before each path, and paths of the
    same form are one.

    The server keeps its host only. Each variable of the path part becomes a parameter, a version. Each path is there
    with a slash at its end too: Meta's Python SDK reads a node as `GET /v26.0/<id>/`. The order of the paths stays,
    because Prism takes the last of equally good ones. Raises MountError.
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
    whole = united(mounted(spelled_out(document)))
    for path, item in whole["paths"].items():
        versioned = {"parameters": [*versions, *item.get("parameters", [])]}
        versioned |= {key: value for key, value in item.items() if key != "parameters"}
        short = prefix + path.rstrip("/")
        paths[short or "/"] = versioned
        if short:
            paths[f"{short}/"] = twin(versioned)
    server["url"] = server["url"].removesuffix("/").removesuffix(prefix) or "/"
    return {**whole, "servers": [server], "paths": paths}


def united(document: dict[str, Any]) -> dict[str, Any]:
    """A new document with one path of each form, the first. It takes the ids of all of them, and each of its operations
    answers for its namesakes, too.

    Raises MountError when the examples of two of them have the same name.
    """
    names: dict[str, str] = {}  # form of a path → the first path of this form
    paths: dict[str, Any] = {}
    for path, item in document["paths"].items():
        first = names.setdefault(form(path), path)
        here = paths.setdefault(first, {})
        for key, value in item.items():
            if key in METHODS and key in here:
                here[key] = both(Document(document), here[key], value)
            elif key == "parameters" and key in here:
                here[key] = [*map(partial(either, Document(document)), here[key], value)]
            else:
                here.setdefault(key, value)
    return {**document, "paths": paths}


def either(document: Document, one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The parameter `one` of a path, which takes what `other`, in the same place of a path of the same form, takes."""
    parameter = document.resolve(one)
    schemas = [parameter.get("schema"), document.resolve(other).get("schema")]
    return one if schemas[0] == schemas[1] else {**parameter, "schema": {"anyOf": schemas}}


def both(document: Document, one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The operation `one`, which takes the parameters of `other` as well, and whose success is as either says.

    Their examples stand one behind the other, so that Prism answers with those of `one`, unless told.
    """
    parameters = {
        (resolved["in"], resolved["name"]): parameter
        for operation in (other, one)
        for parameter in operation.get("parameters", [])
        for resolved in [document.resolve(parameter)]
    }
    media, more = (document.resolve(o["responses"]["200"])["content"][JSON] for o in (one, other))
    if same := media["examples"].keys() & more["examples"].keys():
        raise MountError(
            f"{one['operationId']} and {other['operationId']} both have an example named {', '.join(sorted(same))}"
        )
    schemas = media["schema"].get("anyOf", [media["schema"]])
    content = {
        JSON: {
            "schema": {"anyOf": [*schemas, more["schema"]]},
            "examples": {**media["examples"], **more["examples"]},
        }
    }
    success = {**document.resolve(one["responses"]["200"]), "content": content}
    return {
        **one,
        "parameters": list(parameters.values()),
        "responses": {**one["responses"], "200": success},
    }


def twin(item: dict[str, Any]) -> dict[str, Any]:
    """The same path item for a second path: its operations have other ids, since each id may occur once."""
    return {
        key: {**value, "operationId": f"{value['operationId']}_with_slash"} if key in METHODS else value
        for key, value in item.items()
    }
