"""Apply an OpenAPI Overlay document: `python -m scripts.overlays.overlay BASE OVERLAY OUTPUT`.

Overlay Specification 1.0 and 1.1, https://spec.openapis.org/overlay/. Written by hand because no tool that
could be tried both reads targets by RFC 9535 and fails when an action matches nothing, the commonest mistake.
Stricter than the specification on purpose: what can only be a mistake is an error.
"""

import json
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import jsonpath_rfc9535 as jsonpath

from scripts.yaml_io import YamlError, dump_yaml, load_yaml


class OverlayError(YamlError):
    """An overlay is wrong or does not fit the document; the text says file, action, target and reason."""


def apply(
    document: dict[str, Any], overlay: dict[str, Any], file: Path | str = "overlay"
) -> tuple[dict[str, Any], list[int]]:
    """Apply the actions of `overlay` in order.

    Returns the new document (`document` is left as it is) and, for each action, how many nodes its target
    matched when it ran. `file` is the overlay's name in messages. Raises OverlayError.
    """
    result: dict[str, Any] = _copy(document)
    counts: list[int] = []
    where = f"{file}"
    try:
        version_1_1 = _check_head(overlay)
        for number, action in enumerate(overlay["actions"], 1):
            where = f"{file}: action {number}"
            if not isinstance(action, dict) or not isinstance(action.get("target"), str):
                raise OverlayError("must be a mapping with a `target`, a JSONPath")
            where += f", target {action['target']}"
            _check_action(action, version_1_1)
            counts.append(_run(result, action, version_1_1))
    except OverlayError as error:
        raise OverlayError(f"{where}: {error}") from error
    return result, counts


def derive(base: Path, overlay: Path) -> dict[str, Any]:
    """The document that the file `overlay` makes of the one in the file `base`.

    Raises YamlError for an unreadable file, OverlayError for an overlay that is wrong or does not fit.
    """
    actions = load_yaml(overlay)
    document, _ = apply(load_yaml(base), actions, overlay)
    extends = actions.get("extends")
    if extends and "://" not in extends and (overlay.parent / extends).resolve() != base.resolve():
        raise OverlayError(f"{overlay}: extends {extends}, and is applied to {base}")
    return document


def text(document: dict[str, Any], base: Path, overlay: Path) -> str:
    """The YAML of a document derived from the two files; a comment on top says so."""
    source = f"openapi/{base.name} and overlays/{overlay.name}"
    return f"# Generated from {source} by `make generate`: do not edit.\n{dump_yaml(document)}"


def write(path: Path, content: str) -> None:
    """Write `content` to `path` all at once: readers see the old file or the new one. Raises OSError."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        try:
            file.write(content)
            file.close()
            os.chmod(file.name, 0o644)  # temporary files are readable by their owner only
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise


def _check_head(overlay: dict[str, Any]) -> bool:
    """Whether `overlay` is of version 1.1, not 1.0. Raises OverlayError if anything but actions is wrong."""
    version = overlay.get("overlay")
    if not isinstance(version, str) or not re.fullmatch(r"1\.[01]\.\d+", version):
        raise OverlayError(f"`overlay` must be the version 1.0.0 or 1.1.0, not {version!r}")
    version_1_1 = version.startswith("1.1.")
    _check_keys(overlay, ["overlay", "info", "extends", "actions"])
    info, actions = overlay.get("info"), overlay.get("actions")
    if not isinstance(info, dict):
        raise OverlayError("`info` must be a mapping with `title` and `version`")
    _check_keys(info, ["title", "version", "description"] if version_1_1 else ["title", "version"])
    for name, value in [("info.title", info.get("title")), ("info.version", info.get("version"))]:
        if not isinstance(value, str):
            raise OverlayError(f"`{name}` must be a string, not {value!r}")
    if not isinstance(overlay.get("extends", ""), str):
        raise OverlayError(f"`extends` must be a file's name or a URL, not {overlay['extends']!r}")
    if not isinstance(actions, list) or not actions:
        raise OverlayError("`actions` must be a list with at least one action")
    return version_1_1


def _check_action(action: dict[str, Any], version_1_1: bool) -> None:
    kinds = ["update", "remove", "copy"] if version_1_1 else ["update", "remove"]
    _check_keys(action, ["target", "description", *kinds])
    if not isinstance(action.get("description", ""), str):
        raise OverlayError(f"`description` must be a string, not {action['description']!r}")
    if not isinstance(action.get("remove", False), bool):
        raise OverlayError(f"`remove` must be true or false, not {action['remove']!r}")
    if not isinstance(action.get("copy", ""), str):
        raise OverlayError(f"`copy` must be a JSONPath, not {action['copy']!r}")
    given = [kind for kind in kinds if kind in action and (kind != "remove" or action["remove"])]
    if len(given) != 1:
        names = " or ".join(f"`{kind}`" for kind in kinds)
        raise OverlayError(f"needs one of {names} (true), and has {' and '.join(given) or 'none'}")


def _check_keys(mapping: dict[str, Any], known: list[str]) -> None:
    for key in mapping:
        if key not in known and not key.startswith("x-"):
            raise OverlayError(f"unknown key `{key}`; known are {', '.join(known)} and x-…")


def _run(document: dict[str, Any], action: dict[str, Any], version_1_1: bool) -> int:
    """Do one action on `document`, in place; returns how many nodes its target matched."""
    nodes = _find(document, action["target"])
    if not nodes:
        raise OverlayError("matches nothing")
    kinds = sorted({_kind(node.value) for node in nodes})
    if "primitive" in kinds and not version_1_1:
        path = next(node.path() for node in nodes if _kind(node.value) == "primitive")
        raise OverlayError(
            f"matches {path}, no object or array: Overlay 1.0 does not allow that; "
            "target the object around it, or write `overlay: 1.1.0`"
        )
    if action.get("remove"):
        _remove(nodes)
        return len(nodes)
    if len(kinds) > 1:
        raise OverlayError(f"matches nodes of several kinds ({', '.join(kinds)}): use an action for each")
    update = action.get("update")
    if "copy" in action:
        sources = _find(document, action["copy"])
        if len(sources) != 1:
            raise OverlayError(f"`copy` must match one node, and {action['copy']} matches {len(sources)}")
        update = sources[0].value
    for node in nodes:
        if isinstance(node.value, list) and not isinstance(update, list):
            node.value.append(_copy(update))
        elif isinstance(node.value, list) and not version_1_1:
            raise OverlayError(
                "`update` is a list: Overlay 1.0 appends one element per action; "
                "use an action for each, or write `overlay: 1.1.0`"
            )
        else:
            merged = _merge(node.value, _copy(update), node.path())
            if kinds == ["primitive"]:
                node.value = merged
    return len(nodes)


def _find(document: dict[str, Any], target: str) -> list[jsonpath.JSONPathNode]:
    try:
        nodes = jsonpath.find(target, document)
    except jsonpath.JSONPathError as error:
        hint = "; a name with a hyphen is written ['x-name']" if re.search(r"\.\w+-", target) else ""
        raise OverlayError(f"{target} is not a JSONPath of RFC 9535: {error}{hint}") from error
    # A path may select a node twice, as $['a','a'] does.
    return list({node.location: node for node in nodes}.values())


def _remove(nodes: list[jsonpath.JSONPathNode]) -> None:
    def index(node: jsonpath.JSONPathNode) -> int:
        key = node.location[-1] if node.location else None
        return key if isinstance(key, int) else -1

    # The last elements of an array first, so that the indexes of the others stay right.
    for node in sorted(nodes, key=index, reverse=True):
        if node.parent is None:
            raise OverlayError("the whole document cannot be removed")
        parent: Any = node.parent.value
        del parent[node.location[-1]]


def _merge(old: Any, new: Any, path: str) -> Any:
    """`new` merged into `old`: objects key by key, arrays one behind the other, other values replaced."""
    if _kind(old) != _kind(new):
        raise OverlayError(f"cannot merge {json.dumps(new)[:60]} ({_kind(new)}) into the {_kind(old)} {path}")
    if isinstance(old, dict):
        for key, value in new.items():
            old[key] = _merge(old[key], value, f"{path}['{key}']") if key in old else value
    elif isinstance(old, list):
        old.extend(new)
    else:
        return new
    return old


def _kind(value: object) -> str:
    return "object" if isinstance(value, dict) else "array" if isinstance(value, list) else "primitive"


def _copy(value: Any) -> Any:
    """A copy that shares no part with another place, unlike a deepcopy: changes must not show elsewhere."""
    return json.loads(json.dumps(value))


def main(arguments: list[str]) -> int:
    """Returns the exit code: 0 written, 1 an input is wrong or the output not writable, 2 wrong usage."""
    if len(arguments) != 3:
        print("usage: python -m scripts.overlays.overlay BASE OVERLAY OUTPUT", file=sys.stderr)
        return 2
    base, overlay, output = map(Path, arguments)
    if output.resolve() in (base.resolve(), overlay.resolve()):
        print(f"{output}: is an input; OUTPUT must be another file", file=sys.stderr)
        return 2
    try:
        write(output, text(derive(base, overlay), base, overlay))
    except YamlError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{output}: cannot be written: {error.strerror}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
