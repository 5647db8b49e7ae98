"""YAML goes in and out without loss, and all readers take it for the same document."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.node import ROOT, run_node
from scripts.yaml_io import YamlError, dump_yaml, load_yaml

# Strings that some reader takes for something else when they are not quoted, or that need care in a block.
SHORT_TRAPS = """
on off yes no y n True FALSE null Null ~ << = 1 -1 +1 01 010 08 0o17 0x1F 0b11 1_000 1. .5 1.0 1e3 1E5 1.0e+3
.inf -.INF .nan 1:30 190:20:30.5 2014-01-07 2014-01-07T23:26:09Z 12345678901234567890 - ? : -- --- ... # #a
a#b @a `a ` %a &a *a !a |a >a [a] {a} a,b 'a' "a" a:b
"""
TRAPS = [
    *SHORT_TRAPS.split(),
    *[
        "",
        " ",
        " a",
        "a ",
        "a: b",
        "a #b",
        "- a",
        "? a",
        "\t",
        "a\tb",
        "é",
        "😀",
        "\u2028",
        "a\u0085b",
        "\ufeffa",
    ],
    *["a\n", "\na", "a\n\n", "a\nb", "a\nb\n", "a\n\n\nb\n\n", " a\nb", "a\n b\n", "a \nb", "\n", "\n\n"],
    *[
        "\n a",
        "a\n---\nb",
        "# a\n# b\n",
        "a\r\nb",
        "a\rb",
        "- a\n- b\n",
        "\ta\n\tb",
        "a: |\n  b\n",
        "a\n\tb\n",
    ],
    "x" * 300 + " " + "y" * 300,
]

texts = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(TRAPS)
numbers = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)
documents = st.dictionaries(texts, values, max_size=4)


def in_order(value: Any) -> str:
    return json.dumps(value)


def load_text(text: str, folder: Path) -> dict[str, Any]:
    (folder / "file.yaml").write_bytes(text.encode())
    return load_yaml(folder / "file.yaml")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("yaml")


@settings(deadline=None)  # other tests may be running
@given(documents)
def test_what_is_written_is_read_back(folder: Path, document: dict[str, Any]) -> None:
    text = dump_yaml(document)
    assert in_order(load_text(text, folder)) == in_order(document)
    assert dump_yaml(load_text(text, folder)) == text
    # PyYAML is a reader of YAML 1.1.
    assert in_order(yaml.safe_load(text)) == in_order(document)


def test_redocly_reads_back_what_is_written(tmp_path: Path) -> None:
    """Redocly is a reader of YAML 1.2, as Prism is."""
    document: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "components": {},
        "x-list": TRAPS,
        "x-keys": {trap: trap for trap in TRAPS},
        "x-nested": [[{"a": trap, "b": [trap]}] for trap in TRAPS],
        "x-values": [
            None,
            True,
            False,
            0,
            -1,
            2**53 - 1,
            1.5,
            -0.25,
            1e20,
            1.5e-7,
            [],
            {},
            [[]],
            [{}],
            {"": {}},
        ],
    }
    (tmp_path / "traps.yaml").write_text(dump_yaml(document))
    run = run_node("redocly", "bundle", str(tmp_path / "traps.yaml"), "--ext", "json")
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == document


def test_text_that_is_written_is_for_people() -> None:
    same = {"type": "string"}
    document = {
        "z": "x " * 200 + "x",
        "a": "One line.\nAnother: line.\n",
        "200": {"one": same, "two": same},
        "date": "2014-01-07",
        "yes": ["on", "ümlaut", "plain text", True],
    }
    assert dump_yaml(document) == (
        f"z: {'x ' * 200}x\n"
        "a: |\n  One line.\n  Another: line.\n"
        "'200':\n  one:\n    type: string\n  two:\n    type: string\n"
        "date: '2014-01-07'\n"
        "'yes':\n- 'on'\n- ümlaut\n- plain text\n- true\n"
    )


GOOD = {
    "a: null": None,
    "a:": None,
    "a: true": True,
    "a: -17": -17,
    "a: 9007199254740991": 2**53 - 1,
    "a: 1.50": 1.5,
    "a: 1.0e+20": 1e20,
    "a: 'on'": "on",
    'a: "2014-01-07"': "2014-01-07",
    "a: 2014-01-07T23:26:09+0000": "2014-01-07T23:26:09+0000",
    "a: v26.0": "v26.0",
    "a: 3.1.0": "3.1.0",
    "a: |\n  on\n  off\n": "on\noff\n",
    "a: >-\n  1\n  2\n": "1 2",
    '{"a": {"b": [1, "x", false, null]}}': {"b": [1, "x", False, None]},
    "\ufeffa: b": "b",
    "%YAML 1.2\n---\na: b\n...\n": "b",
}


@pytest.mark.parametrize("text", GOOD)
def test_unambiguous_yaml_is_read(text: str, folder: Path) -> None:
    read = load_text(text, folder)
    assert read.keys() == {"a"}
    assert in_order(read["a"]) == in_order(GOOD[text])


BAD = {
    "": "1:1: the file is empty",
    "# nothing\n": "2:1: the file is empty",
    "- a": "1:1: the document must be a mapping (`key: value`)",
    "text": "1:1: the document must be a mapping (`key: value`)",
    "a: [1\nb: 2": "2:2: did not find expected ',' or ']'",
    "a: b: c": "1:5: mapping values are not allowed in this context",
    "a:\n\tb: 1": "2:1: found character that cannot start any token",
    "a: 'b": "1:6: found unexpected end of stream",
    "a: 1\n---\nb: 2": "2:1: a second document starts here",
    "paths:\n  200: {}": "2:3: the key 200 is not a string: write '200'",
    "on: 1": "1:1: the key on is not a string: write 'on'",
    "true: 1": "1:1: the key true is not a string: write 'true'",
    "2014-01-07: 1": "1:1: the key 2014-01-07 is not a string",
    "<<: {a: 1}": "1:1: the key << is not a string",
    "? [a]\n: 1": "1:3: a key must be a string",
    "? \n: 1": "1:2: the key  is not a string: write ''",
    "a:\n  b: 1\n  c: 2\n  b: 3": "4:3: the key b occurs a second time in this mapping",
    "a: 1\n'a': 2": "2:1: the key a occurs a second time in this mapping",
    "a: &x 1": "1:4: the anchor &x is not allowed",
    "a: &x\n  b: *x": "1:4: the anchor &x is not allowed",
    "a: *x": "1:4: the alias *x is not allowed: write the value out, or use $ref",
    "*x : 1": "1:1: the alias *x is not allowed",
    "&x a: 1": "1:1: the anchor &x is not allowed",
    "a: !!str 1": "1:4: the tag tag:yaml.org,2002:str is not allowed",
    "a: !thing {}": "1:4: the tag !thing is not allowed",
    "a: on": "1:4: unquoted on is no string to some YAML readers: quote it ('on')",
    "a: [x, No]": "1:8: unquoted No is no string",
    "a: 2014-01-07": "1:4: unquoted 2014-01-07 is no string",
    "a: 1e3": "1:4: unquoted 1e3 is no string",
    "a: 0o17": "1:4: unquoted 0o17 is no string",
    "a: 010": "1:4: unquoted 010 is no string",
    "a: 1:30": "1:4: unquoted 1:30 is no string",
    "a: 1_000": "1:4: unquoted 1_000 is no string",
    "a: .nan": "1:4: unquoted .nan is no string",
    "a: b\tc": "1:4: unquoted b\tc is no string",
    "a: ~": "1:4: unquoted ~ is no string",
    "a: 9007199254740992": "or write null, true, false or a decimal number up to 9007199254740991",
    "a: -9007199254740992": "1:4: unquoted -9007199254740992 is no string",
    "a: 190137931178903190137931178903": "1:4: unquoted 1901379311789031901379311789",
    "a: \x01": "control characters are not allowed",
    "a: " + "[" * 5000: "is nested too deeply",
}


@pytest.mark.parametrize("text", BAD)
def test_bad_yaml_is_refused_with_its_place(text: str, folder: Path) -> None:
    with pytest.raises(YamlError) as error:
        load_text(text, folder)
    assert str(error.value).startswith(f"{folder / 'file.yaml'}:")
    assert BAD[text] in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("trap", TRAPS)
def test_an_unquoted_string_is_a_string_to_yaml_1_1_or_refused(trap: str, folder: Path) -> None:
    text = f"a: {trap}\n"
    try:
        ours = load_text(text, folder)
    except YamlError:
        return
    theirs = yaml.load(text, Loader=yaml.CSafeLoader)
    assert ours == theirs
    assert not isinstance(theirs["a"], datetime)


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(YamlError, match=r"none\.yaml: cannot be read: No such file or directory"):
        load_yaml(tmp_path / "none.yaml")
    with pytest.raises(YamlError, match="cannot be read: Is a directory"):
        load_yaml(tmp_path)
    (tmp_path / "latin.yaml").write_bytes("ü: 1".encode("latin-1"))
    with pytest.raises(YamlError, match=r"latin\.yaml: is not UTF-8 \(byte 0\)"):
        load_yaml(tmp_path / "latin.yaml")


def test_the_document_comes_back_as_it_was(folder: Path) -> None:
    document = load_yaml(ROOT / "openapi" / "b2b.yaml")
    assert json.dumps(load_text(dump_yaml(document), folder)) == json.dumps(document)  # in this order, too
