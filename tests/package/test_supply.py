"""What the build says of where its parts come from: the lists of what is pinned, and the licences."""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from scripts import build, vendor
from scripts.node import ROOT

SCHEMAS = Path(str(files("cyclonedx.schema"))) / "_res"


@pytest.fixture(scope="module")
def bills(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("bills")
    return {path.name: json.loads(path.read_text()) for path in build.bills(folder)}


def validator(version: str) -> Any:
    """Of CycloneDX's own schema, which comes with its library."""
    schema = json.loads((SCHEMAS / f"bom-{version}.SNAPSHOT.schema.json").read_text())
    base = schema["$id"].rpartition("/")[0]
    # They refer to each other by the names of their files.
    others = [
        (f"{base}/{path.name}", json.loads(path.read_text()))
        for path in SCHEMAS.glob("*.SNAPSHOT.schema.json")
    ]
    return jsonschema_rs.Draft7Validator(schema, registry=jsonschema_rs.Registry(others))


@pytest.mark.parametrize("name", ["python", "npm"])
def test_what_is_pinned_is_listed_as_cyclonedx(bills: dict[str, Any], name: str) -> None:
    bill = bills[f"meta_b2b-{name}.cdx.json"]
    valid = validator(bill["specVersion"])
    assert [error.message for error in valid.iter_errors(bill)] == []
    assert not valid.is_valid({**bill, "components": [{"name": "no type"}]})
    assert bill["metadata"]["component"]["name"] == "meta-b2b"
    listed = {(one["name"], one["version"]) for one in bill["components"]}
    if name == "python":
        lock = (ROOT / "requirements.txt").read_text()
        pinned = set(re.findall(r"^([\w.-]+)==([^ ;]+)", lock, re.MULTILINE))
    else:
        packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
        pinned = {
            (path.rpartition("node_modules/")[2], one["version"]) for path, one in packages.items() if path
        }
        listed = {
            ("/".join(filter(None, (c.get("group"), c["name"]))), c["version"]) for c in bill["components"]
        }
    assert len(pinned) > 100
    assert listed == pinned


def test_no_list_names_the_time_or_this_machine(bills: dict[str, Any]) -> None:
    for bill in bills.values():
        assert "timestamp" not in bill["metadata"] and "serialNumber" not in bill
        assert str(ROOT) not in json.dumps(bill)


def test_the_licences_are_those_of_what_is_installed() -> None:
    assert vendor.NOTICES.read_text(encoding="utf-8") == vendor.notices(), "run: python -m scripts.vendor"


def test_nothing_that_is_from_others_lacks_a_licence() -> None:
    """What is copied is known by name; what is minified was written by nobody here."""
    copied = {source.partition("/")[0] for source in vendor.FILES.values()}
    assert copied <= vendor.NPM.keys()
    packaged = [name for folder in build.packages(ROOT).values() for name in build.packaged(ROOT / folder)]
    minified = {Path(name).name for name in packaged if ".min." in name}
    assert minified and minified <= vendor.FILES.keys()


def bundled(folder: Path) -> set[str]:
    """The packages of npm whose code the scripts in a folder have, by their source maps."""
    sources = [
        source for path in folder.rglob("*.js.map") for source in json.loads(path.read_text())["sources"]
    ]
    return {name for source in sources for name in re.findall(r"node_modules/((?:@[^/]+/)?[^/]+)", source)}


def test_nothing_that_the_theme_has_bundled_lacks_a_licence() -> None:
    scripts = Path(str(files("material"))) / "templates" / "assets" / "javascripts"
    found = bundled(scripts)
    assert len(found) > 3 and found <= {*vendor.BUNDLED}
    stems = (scripts / "lunr" / "min" / "lunr.de.min.js").read_text(encoding="utf-8")
    assert "lunr-languages" in stems and "lunr-languages" in vendor.BUNDLED
    for name in vendor.BUNDLED:
        assert f"\n## {name}\n" in vendor.NOTICES.read_text(encoding="utf-8")


def test_the_wheel_has_the_licences(wheel: Path) -> None:
    (name,) = [name for name in build.contents(wheel) if name.endswith("/licenses/THIRD-PARTY.md")]
    assert build.contents(wheel)[name] == vendor.NOTICES.read_bytes()
