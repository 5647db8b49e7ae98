"""Read and write YAML so that readers of YAML 1.1 (PyYAML) and 1.2 (Redocly, Prism) see the same document.

The difference is silent: unquoted `on`, `2014-01-07` or `1e3` are strings in one version and a boolean, a
date or a number in the other. So a plain scalar must be null, true, false, a decimal number, or a string in
both versions; the rest is refused on reading and quoted on writing.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import yaml

_JSON = re.compile(r"null|true|false|-?(0|[1-9][0-9]{0,15})(\.[0-9]+([eE][-+][0-9]{1,3})?)?")
_MAX_INTEGER = 2**53 - 1  # larger ones (Graph's ids) lose digits in JavaScript
# Numbers of YAML 1.2 (core schema) that YAML 1.1 takes for strings.
_NUMBER_1_2 = re.compile(r"[-+]?[0-9]+|0o[0-7]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_LINE_BREAK_1_1 = re.compile("[\x85\u2028\u2029]")  # line breaks to YAML 1.1 only: escape them
_STRING = "tag:yaml.org,2002:str"
_RESOLVER_1_1 = yaml.resolver.Resolver()


class YamlError(Exception):
    """A file cannot be read as one unambiguous YAML document; the text says which file, where and why."""


def load_yaml(path: Path | str) -> dict[str, Any]:
    """The mapping in the YAML or JSON file `path`: plain dicts, lists, strings, numbers, booleans and None.

    Raises YamlError (`file:line:column: reason`) for broken YAML, repeated or unquoted non-string keys,
    anchors, aliases, tags, a second document, and values that YAML 1.1 and 1.2 read differently.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
        return _document(iter(yaml.parse(text, Loader=yaml.CSafeLoader)))
    except OSError as error:
        raise YamlError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise YamlError(f"{path}: is not UTF-8 (byte {error.start})") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else f"{path}"
        raise YamlError(f"{place}: {error.problem or error.context}") from error
    except yaml.YAMLError as error:  # a character that YAML does not allow
        raise YamlError(f"{path}: {' '.join(str(error).split())}") from error
    except RecursionError as error:
        raise YamlError(f"{path}: is nested too deeply") from error


def dump_yaml(document: dict[str, Any]) -> str:
    """`document` as YAML that `load_yaml` reads back: keys in order, no anchors, one line per string or a
    literal block, quotes wherever a reader could take a string for something else."""
    return yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=2**31 - 1)


def _is_string(text: str) -> bool:
    """Whether `text`, unquoted, is a string in YAML 1.1 and in YAML 1.2."""
    tag: str = _RESOLVER_1_1.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    # Plain text with a tab is an error to some readers.
    return tag == _STRING and not _NUMBER_1_2.fullmatch(text) and "\t" not in text


class _Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_string(dumper: yaml.CSafeDumper, text: str) -> yaml.ScalarNode:
    style = None if _is_string(text) else "'"
    if "\n" in text:
        style = "|"
    if _LINE_BREAK_1_1.search(text):
        style = '"'
    return dumper.represent_scalar(_STRING, text, style)


_Dumper.add_representer(str, _represent_string)


def _document(events: Iterator[Any]) -> dict[str, Any]:
    next(events)  # the stream's start
    start = next(events)
    if isinstance(start, yaml.StreamEndEvent):
        _fail(start, "the file is empty")
    first = next(events)
    document = _value(events, first)
    if not isinstance(document, dict):
        _fail(first, "the document must be a mapping (`key: value`)")
    next(events)  # the document's end
    end = next(events)
    if not isinstance(end, yaml.StreamEndEvent):
        _fail(end, "a second document starts here; one file holds one document")
    return document


def _value(events: Iterator[Any], event: Any) -> Any:
    """The value that starts with `event`; takes the events up to its end."""
    if isinstance(event, yaml.AliasEvent):
        _fail(event, f"the alias *{event.anchor} is not allowed: write the value out, or use $ref")
    if event.anchor is not None:
        _fail(event, f"the anchor &{event.anchor} is not allowed: write the value out, or use $ref")
    if event.tag is not None:
        _fail(event, f"the tag {event.tag} is not allowed")
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event)
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_value(events, event))
        return items
    mapping: dict[str, Any] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        if not isinstance(event, yaml.ScalarEvent):
            _value(events, event)  # says so if it is an alias
            _fail(event, "a key must be a string")
        if event.implicit[0] and not _is_string(event.value):
            _fail(event, f"the key {event.value} is not a string: write '{event.value}'")
        key = _value(events, event)
        if key in mapping:
            _fail(event, f"the key {key} occurs a second time in this mapping")
        mapping[key] = _value(events, next(events))
    return mapping


def _scalar(event: Any) -> Any:
    text: str = event.value
    if not event.implicit[0]:  # quoted, or a block
        return text
    if _is_string(text):
        return text
    value = json.loads(text or "null") if not text or _JSON.fullmatch(text) else text
    if isinstance(value, str) or (isinstance(value, int) and abs(value) > _MAX_INTEGER):
        _fail(
            event,
            f"unquoted {text} is no string to some YAML readers: quote it ('{text}'), "
            f"or write null, true, false or a decimal number up to {_MAX_INTEGER}",
        )
    return value


def _fail(event: Any, problem: str) -> NoReturn:
    raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)
