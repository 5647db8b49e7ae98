"""The overlay applier: what it changes, what it refuses, and that Redocly reads our overlays the same way."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from scripts.node import ROOT, run_node
from scripts.overlays import overlay as command
from scripts.overlays.overlay import OverlayError, apply, derive, text
from scripts.yaml_io import YamlError, load_yaml

CASES = sorted(path.parent for path in (ROOT / "tests" / "overlays").glob("*/overlay.yaml"))
BASE = ROOT / "openapi" / "b2b.yaml"
DOCUMENT = {
    "info": {"title": "T", "x-list": []},
    "tags": [{"name": "a", "x-foo": True}, {"name": "b"}],
    "paths": {"/a": {"get": {"tags": ["a"]}}},
}


def overlay(*actions: Any, **head: Any) -> dict[str, Any]:
    return {
        "overlay": "1.0.0",
        "info": {"title": "t", "version": "1"},
        "actions": list(actions),
    } | head


def in_order(value: Any) -> str:
    """JSON in which, unlike in a comparison of dicts, the order of keys counts."""
    return json.dumps(value)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_overlay_makes_after_of_before(case: Path) -> None:
    before = load_yaml(case / "before.yaml")
    kept = copy.deepcopy(before)
    file = case / "overlay.yaml"
    after, _ = apply(before, load_yaml(file), file)
    assert in_order(after) == in_order(load_yaml(case / "after.yaml"))
    assert in_order(before) == in_order(kept)


def test_matches_are_counted_when_the_action_runs() -> None:
    _, counts = apply(
        DOCUMENT,
        overlay(
            {"target": "$.tags[*]", "update": {"x-new": {}}},
            {"target": "$.tags", "update": {"name": "c"}},
            {"target": "$.tags[*]", "update": {"name": "d"}},
            {"target": "$.tags[?@['x-new']]", "remove": True},
            {"target": "$.tags[*]", "remove": True},
        ),
    )
    assert counts == [2, 1, 3, 2, 1]


def test_the_result_shares_nothing_with_the_inputs() -> None:
    update: dict[str, Any] = {"x-new": {"list": [1]}}
    shared = {"a": 1}
    document = {"one": shared, "two": shared, "tags": DOCUMENT["tags"]}
    actions = overlay({"target": "$.one", "update": update}, {"target": "$.tags[*]", "update": update})
    result, _ = apply(document, actions)
    assert "x-new" not in result["two"]
    result["tags"][0]["x-new"]["list"].append(2)
    assert result["tags"][1]["x-new"] == update["x-new"] == {"list": [1]}


HEADS = {
    "no version": ({"overlay": None}, "`overlay` must be the version 1.0.0 or 1.1.0, not None"),
    "number as version": ({"overlay": 1.0}, "not 1.0"),
    "later version": ({"overlay": "1.2.0"}, "not '1.2.0'"),
    "unknown key": (
        {"action": []},
        "unknown key `action`; known are overlay, info, extends, actions and x-…",
    ),
    "no info": ({"info": None}, "`info` must be a mapping with `title` and `version`"),
    "no title": ({"info": {"version": "1"}}, "`info.title` must be a string, not None"),
    "no version of info": ({"info": {"title": "t"}}, "`info.version` must be a string, not None"),
    "number as info.version": ({"info": {"title": "t", "version": 1.0}}, "`info.version` must be a string"),
    "unknown key in info": ({"info": {"title": "t", "version": "1", "name": "n"}}, "unknown key `name`"),
    "description in 1.0": ({"info": {"title": "t", "version": "1", "description": "d"}}, "`description`"),
    "extends a list": ({"extends": ["a"]}, "`extends` must be a file's name or a URL"),
    "no actions": ({"actions": None}, "`actions` must be a list with at least one action"),
    "empty actions": ({"actions": []}, "`actions` must be a list with at least one action"),
    "actions as a mapping": ({"actions": {"target": "$"}}, "`actions` must be a list"),
}


@pytest.mark.parametrize(("head", "reason"), HEADS.values(), ids=HEADS.keys())
def test_bad_head_is_refused(head: dict[str, Any], reason: str) -> None:
    with pytest.raises(OverlayError) as error:
        apply(DOCUMENT, overlay({"target": "$.info", "update": {}}, **head), "overlays/x.yaml")
    assert str(error.value).startswith("overlays/x.yaml: ")
    assert reason in str(error.value)


ACTIONS: dict[str, tuple[Any, str]] = {
    "no mapping": ("$.info", "must be a mapping with a `target`"),
    "no target": ({"update": {}}, "must be a mapping with a `target`"),
    "target a list": ({"target": ["$"], "update": {}}, "must be a mapping with a `target`"),
    "nothing to do": ({"target": "$.info"}, "needs one of `update` or `remove` (true), and has none"),
    "remove: false alone": ({"target": "$.info", "remove": False}, "needs one of"),
    "update and remove": ({"target": "$.info", "update": {}, "remove": True}, "and has update and remove"),
    "remove no boolean": (
        {"target": "$.info", "remove": "true"},
        "`remove` must be true or false, not 'true'",
    ),
    "remove null": ({"target": "$.info", "remove": None}, "`remove` must be true or false, not None"),
    "unknown key": ({"target": "$.info", "updates": {}}, "unknown key `updates`"),
    "copy in 1.0": ({"target": "$.info", "copy": "$.tags"}, "unknown key `copy`"),
    "description a list": ({"target": "$.info", "update": {}, "description": []}, "`description` must be"),
    "nothing matched": ({"target": "$.nothing", "update": {}}, "matches nothing"),
    "nothing matched, removal": ({"target": "$.tags[?@.name == 'z']", "remove": True}, "matches nothing"),
    "not JSONPath": ({"target": "tags", "update": {}}, "is not a JSONPath of RFC 9535"),
    "empty target": ({"target": "", "update": {}}, "is not a JSONPath of RFC 9535"),
    "JSON pointer": ({"target": "#/info", "update": {}}, "is not a JSONPath of RFC 9535"),
    "name with a hyphen": ({"target": "$.tags[?@.x-foo]", "update": {}}, "is written ['x-name']"),
    "script": ({"target": "$.tags[(@.length-1)]", "update": {}}, "is not a JSONPath of RFC 9535"),
    "regular expression": ({"target": "$.tags[?@.name =~ /a/]", "update": {}}, "is not a JSONPath"),
    "unknown function": ({"target": "$.tags[?size(@) == 1]", "update": {}}, "is not a JSONPath of RFC 9535"),
    "value matched": (
        {"target": "$.info.title", "update": "U"},
        "matches $['info']['title'], no object or array",
    ),
    "value removed": ({"target": "$.info.title", "remove": True}, "or write `overlay: 1.1.0`"),
    "objects and arrays": ({"target": "$.*", "update": {}}, "matches nodes of several kinds (array, object)"),
    "the whole document": ({"target": "$", "remove": True}, "the whole document cannot be removed"),
    "list appended in 1.0": ({"target": "$.tags", "update": [{}]}, "1.0 appends one element per action"),
    "value into object": (
        {"target": "$.info", "update": "U"},
        'cannot merge "U" (primitive) into the object',
    ),
    "list into object": (
        {"target": "$.info", "update": []},
        "cannot merge [] (array) into the object $['info']",
    ),
    "value into object below": ({"target": "$", "update": {"info": None}}, "cannot merge null (primitive)"),
    "object into value below": (
        {"target": "$.info", "update": {"title": {}}},
        "the primitive $['info']['title']",
    ),
    "object into list below": (
        {"target": "$.info", "update": {"x-list": {}}},
        "the array $['info']['x-list']",
    ),
}


@pytest.mark.parametrize(("action", "reason"), ACTIONS.values(), ids=ACTIONS.keys())
def test_bad_action_is_refused(action: Any, reason: str) -> None:
    good = {"target": "$.info", "update": {"x-good": True}}
    kept = copy.deepcopy(DOCUMENT)
    with pytest.raises(OverlayError) as error:
        apply(DOCUMENT, overlay(good, action, good), "overlays/x.yaml")
    assert str(error.value).startswith("overlays/x.yaml: action 2")
    if isinstance(action, dict) and isinstance(action.get("target"), str):
        assert f"action 2, target {action['target']}: " in str(error.value)
    assert reason in str(error.value)
    assert kept == DOCUMENT


ACTIONS_1_1: dict[str, tuple[Any, str]] = {
    "object into value": ({"target": "$.info.title", "update": {}}, "cannot merge {} (object)"),
    "copy no string": ({"target": "$.info", "copy": 1}, "`copy` must be a JSONPath, not 1"),
    "copy and update": ({"target": "$.info", "copy": "$.info", "update": {}}, "and has update and copy"),
    "copy of nothing": ({"target": "$.info", "copy": "$.nothing"}, "$.nothing matches 0"),
    "copy of several": ({"target": "$.info", "copy": "$.tags[*]"}, "`copy` must match one node"),
    "copy of no path": ({"target": "$.info", "copy": "x"}, "x is not a JSONPath of RFC 9535"),
    "copy of another kind": ({"target": "$.info", "copy": "$.tags"}, "cannot merge [{"),
    "nothing to do": (
        {"target": "$.info"},
        "needs one of `update` or `remove` or `copy` (true), and has none",
    ),
}


@pytest.mark.parametrize(("action", "reason"), ACTIONS_1_1.values(), ids=ACTIONS_1_1.keys())
def test_bad_action_of_version_1_1_is_refused(action: Any, reason: str) -> None:
    with pytest.raises(OverlayError) as error:
        apply(DOCUMENT, overlay(action, overlay="1.1.0"), "overlays/x.yaml")
    assert str(error.value).startswith(f"overlays/x.yaml: action 1, target {action['target']}: ")
    assert reason in str(error.value)


def test_description_of_the_overlay_is_allowed_in_version_1_1() -> None:
    info = {"title": "t", "version": "1", "description": "d", "x-a": 1}
    _, counts = apply(DOCUMENT, overlay({"target": "$", "update": {}}, overlay="1.1.0", info=info))
    assert counts == [1]


@pytest.mark.parametrize("file", sorted((ROOT / "overlays").glob("*.yaml")), ids=lambda file: file.stem)
def test_redocly_makes_the_same_of_our_overlays(file: Path) -> None:
    run = run_node("redocly", "bundle", str(BASE), "--overlay", str(file), "--ext", "json")
    assert run.returncode == 0, run.stderr
    assert derive(BASE, file) == json.loads(run.stdout)


@pytest.mark.parametrize("file", sorted((ROOT / "overlays").glob("*.yaml")), ids=lambda file: file.stem)
def test_generated_text_is_the_document(file: Path, tmp_path: Path) -> None:
    document = derive(BASE, file)
    comment, _, rest = text(document, BASE, file).partition("\n")
    assert comment == (
        f"# Generated from openapi/b2b.yaml and overlays/{file.name} by `make generate`: do not edit."
    )
    (tmp_path / "out.yaml").write_text(rest)
    assert in_order(load_yaml(tmp_path / "out.yaml")) == in_order(document)


# The command.


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """BASE, OVERLAY and OUTPUT in a folder of their own; OUTPUT exists and holds `old`."""
    paths = [tmp_path / name for name in ("base.yaml", "overlay.yaml", "out.yaml")]
    paths[0].write_text("info: {title: T}\n")
    paths[1].write_text(
        "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions: [{target: $.info, update: {title: U}}]\n"
    )
    paths[2].write_text("old")
    return [str(path) for path in paths]


def only_three(files: list[str]) -> bool:
    """Whether no temporary file is left."""
    return sorted(map(str, Path(files[0]).parent.iterdir())) == sorted(files)


def test_command_writes_the_output(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(files) == 0
    assert load_yaml(files[2]) == {"info": {"title": "U"}}
    assert Path(files[2]).stat().st_mode & 0o777 == 0o644
    assert only_three(files)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "arguments", [[], ["a"], ["a", "b"], ["a", "b", "c", "d"], ["a", "b", "a"], ["a", "b", "b"]]
)
def test_command_refuses_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("number", "text", "reason"),
    [
        (0, "info: [", "base.yaml:2:1: "),
        (0, None, "base.yaml: cannot be read: No such file or directory"),
        (1, "a: 1\na: 2", "overlay.yaml:2:1: the key a occurs a second time"),
        (1, "overlay: 1.0.0\n", "overlay.yaml: `info` must be"),
        (0, "tags: []\n", "overlay.yaml: action 1, target $.info: matches nothing"),
    ],
)
def test_command_writes_nothing_after_an_error(
    number: int, text: str | None, reason: str, files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    kept = [*files]
    if text is None:
        Path(files[number]).unlink()
        kept.remove(files[number])
    else:
        Path(files[number]).write_text(text)
    assert command.main(files) == 1
    assert reason in capsys.readouterr().err
    assert Path(files[2]).read_text() == "old"
    assert only_three(kept)


def test_command_says_that_the_output_cannot_be_written(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path(files[2]).unlink()
    Path(files[2]).mkdir()  # a file cannot replace a folder
    assert command.main(files) == 1
    assert "out.yaml: cannot be written: Is a directory" in capsys.readouterr().err
    assert only_three(files)


def test_extends_must_name_the_base(files: list[str]) -> None:
    base, file = Path(files[0]), Path(files[1])
    actions = file.read_text()
    for name in ("base.yaml", "./base.yaml", "https://example.org/other.yaml"):
        file.write_text(f"extends: {name}\n{actions}")
        assert derive(base, file) == {"info": {"title": "U"}}
    file.write_text(f"extends: other.yaml\n{actions}")
    with pytest.raises(
        OverlayError, match=r"overlay\.yaml: extends other\.yaml, and is applied to .*base\.yaml"
    ):
        derive(base, file)


def test_overlay_errors_are_yaml_errors() -> None:
    """Callers catch one class for everything that can be wrong with the files."""
    assert issubclass(OverlayError, YamlError)
