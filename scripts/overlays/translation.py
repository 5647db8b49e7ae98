"""Whether the German overlays translate every text: overlays/de.yaml of the document, overlays/stories/de.yaml of the
stories, each from its present English.

`python -m scripts.overlays.translation` lists each text that is not translated, each whose English has changed since,
and each that names other assumptions than the English one; with `--accept` (`make accept`) it first takes the present
translations for up to date. Exit codes: 0 all is translated, 1 something is not, 2 wrong usage. The top of
overlays/de.yaml tells how an action says what it was translated from (`x-english`).
"""

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonpath_rfc9535 as jsonpath
import yaml

from scripts.node import ROOT
from scripts.overlays import overlay
from scripts.stories import STORIES
from scripts.yaml_io import YamlError, load_yaml

DOCUMENT = ROOT / "openapi" / "b2b.yaml"
OVERLAY = ROOT / "overlays" / "de.yaml"
# Each document with German texts, and the overlay that has them.
TRANSLATIONS = {
    DOCUMENT: OVERLAY,
    STORIES: ROOT / "overlays" / "stories" / "de.yaml",
}
# The id of an assumption: `**Assumption [A7]:** …`, in German `**Annahme [A7]:** …`.
ASSUMPTION = re.compile(r"\[(A\d+)\]")

Location = tuple[str | int, ...]

TEXTS = {"title", "summary", "description"}
# Under these keys stands data: what is on the wire, not about it.
DATA = {"example", "value", "default", "enum", "const"}
# The keys of these objects are names, so that a property called `description` or `value` is what it is.
NAMES = {
    *("callbacks", "content", "encoding", "examples", "headers", "links", "parameters", "pathItems", "paths"),
    *("requestBodies", "responses", "schemas", "securitySchemes", "variables", "webhooks"),
    *("$defs", "dependentSchemas", "patternProperties", "properties"),
}


def texts(document: dict[str, Any]) -> dict[Location, str]:
    """Each title, summary, description and tag of the OpenAPI `document`, by its place."""
    return dict(_texts(document, (), named=False))


def report(document: Path = DOCUMENT, translation: Path = OVERLAY) -> tuple[str, list[str]]:
    """How much of `document` the overlay `translation` translates: a line with the share, and the findings,
    one for each text or action that is missing, still English, translated from another English, or has the ids of
    other assumptions."""
    name = _name(translation)
    try:
        base, actions = load_yaml(document), load_yaml(translation)
        german = texts(overlay.apply(base, actions, name)[0])
    except YamlError as error:
        hint = " (has its English changed?)" if str(error).endswith("matches nothing") else ""
        return f"German: {name} does not fit {_name(document)}", [f"{error}{hint}"]
    english = texts(base)
    findings: list[str] = []
    covered: set[Location] = set()
    wrong: set[Location] = set()
    for action, nodes in zip(actions["actions"], _nodes(translation), strict=True):
        where = f"{name}:{nodes['target'][1].start_mark.line + 1}"
        replaced = _replaced(base, action)
        if strange := replaced - english.keys():
            findings.append(f"{where}: translates {_pointers(strange)}, where no English text is")
        replaced &= english.keys()
        covered |= replaced
        same = {place for place in replaced if german.get(place) == english[place]}
        if same and "description" not in action:
            wrong |= same
            findings.append(
                f"{where}: {_pointers(same)} is still the English text: translate it, or say in the action's "
                "`description` why it is the same in German"
            )
        if replaced and action.get("x-english") != (digest := _digest(english, replaced)):
            wrong |= replaced
            changed = (
                f"has changed since its translation (x-english: {action['x-english']}, now {digest}): translate it anew"
                if "x-english" in action
                else "may be another one than was translated (no x-english): compare the two"
            )
            findings.append(
                f"{where}: the English text of {_pointers(replaced)} {changed}, then run: make accept"
            )
        for place in sorted(replaced, key=str):
            here, there = (ASSUMPTION.findall(found.get(place, "")) for found in (german, english))
            if sorted(here) != sorted(there):
                wrong.add(place)
                findings.append(
                    f"{where}: {_pointers({place})} names the assumptions {', '.join(here) or 'none'}, and the English "
                    f"text {', '.join(there) or 'none'}: give each assumption the id that it has in English"
                )
    for place, text in english.items():
        if place not in covered:
            findings.append(
                f"{_name(document)}: {_pointers({place})} has no translation in {name}: {text.strip()[:60]!r}"
            )
    done = len(covered - wrong)
    share = 100 * done // len(english) if english else 100  # rounded down: 100 % is all of them
    return f"German: {done} of {len(english)} texts translated ({share} %)", findings


def accept(document: Path = DOCUMENT, translation: Path = OVERLAY) -> list[str]:
    """Write the digests of the present English texts into the overlay; returns a line for each new one.

    Raises YamlError for an overlay that does not fit the document, OSError when it cannot be written.
    """
    base, actions = load_yaml(document), load_yaml(translation)
    overlay.apply(base, actions, _name(translation))
    english, text, accepted = texts(base), translation.read_text(encoding="utf-8"), []
    # The text is edited where it stands, since YAML libraries lose comments and line breaks; from the last
    # action to the first, so that the places of those before stay right.
    for action, nodes in reversed(list(zip(actions["actions"], _nodes(translation), strict=True))):
        replaced = _replaced(base, action) & english.keys()
        digest = _digest(english, replaced)
        if not replaced or action.get("x-english") == digest:
            continue
        if "x-english" in nodes:
            old = nodes["x-english"][1]
            text = f"{text[: old.start_mark.index]}'{digest}'{text[old.end_mark.index :]}"
        else:
            key = nodes["update"][0].start_mark
            text = f"{text[: key.index]}x-english: '{digest}'\n{' ' * key.column}{text[key.index :]}"
        accepted.append(f"{_pointers(replaced)}: {digest} instead of {action.get('x-english', 'none')}")
    if accepted:
        overlay.write(translation, text)
    return accepted[::-1]


def _texts(node: Any, where: Location, named: bool) -> Iterator[tuple[Location, str]]:
    """The texts in `node`, which stands at `where`; `named`: its keys are names, not keywords."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            if isinstance(item, str) and where[-1] == "tags":
                yield (*where, index), item
            yield from _texts(item, (*where, index), named=False)
    elif isinstance(node, dict):
        for key, value in node.items():
            here = (*where, key)
            is_tag = key == "name" and where[:1] == ("tags",) and len(where) == 2
            if named:
                yield from _texts(value, here, named=False)
            elif isinstance(value, str) and (key in TEXTS or is_tag):
                yield here, value
            elif (
                key not in DATA
                and not key.startswith("x-")
                and not (key == "examples" and isinstance(value, list))
            ):
                yield from _texts(value, here, named=key in NAMES)


def _replaced(base: dict[str, Any], action: dict[str, Any]) -> set[Location]:
    """The places in `base` that `action` gives a new value; none if it removes."""
    if "update" not in action:
        return set()
    leaves = list(_leaves(action["update"], ()))
    return {(*node.location, *leaf) for node in jsonpath.find(action["target"], base) for leaf in leaves}


def _leaves(value: Any, where: Location) -> Iterator[Location]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*where, key))
    else:
        yield where


def _digest(english: dict[Location, str], places: set[Location]) -> str:
    found = sorted({english[place] for place in places})
    return hashlib.sha256(json.dumps(found, ensure_ascii=False).encode()).hexdigest()[:12]


def _nodes(translation: Path) -> list[dict[str, tuple[yaml.Node, yaml.Node]]]:
    """Of each action, its keys and values with their places in the file."""
    root = yaml.compose(translation.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    assert root is not None  # load_yaml has read it before
    actions = next(value for key, value in root.value if key.value == "actions")
    return [{key.value: (key, value) for key, value in action.value} for action in actions.value]


def _pointers(places: set[Location]) -> str:
    """The places as JSON Pointers (RFC 6901), the first three of many."""
    found = sorted(
        "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in place) for place in places
    )
    return ", ".join(found[:3]) + (f" and {len(found) - 3} more" if len(found) > 3 else "")


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


def main() -> int:
    """The command; returns the exit code."""
    parser = argparse.ArgumentParser(description="Check that overlays/de.yaml translates the whole document.")
    parser.add_argument(
        "--accept",
        action="store_true",
        help="take all translations for up to date: write the present digests",
    )
    accepting = parser.parse_args().accept
    complete = True
    for document, translation in TRANSLATIONS.items():
        if accepting:
            try:
                for line in accept(document, translation):
                    print(line)
            except YamlError as error:
                print(error, file=sys.stderr)
                return 1
            except OSError as error:
                print(f"{_name(translation)}: cannot be written: {error.strerror}", file=sys.stderr)
                return 1
        summary, findings = report(document, translation)
        for finding in findings:
            print(finding, file=sys.stderr)
        print(summary)
        complete &= not findings
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main())
