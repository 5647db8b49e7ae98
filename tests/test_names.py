"""The names that are read import sys
from the SDK's source: a planted SDK of each form that exists, and the installed one."""

import json
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pytest

from scripts import generate, names
from scripts.names import NamesError, Node, Sdk, graph_names, node_types
from scripts.node import ROOT, ToolMissing
from scripts.yaml_io import load_yaml

THING = """
import logging
from facebook_business.adobjects.abstractobject import AbstractObject
from facebook_business.adobjects.abstractcrudobject import AbstractCrudObject
from facebook_business.adobjects.helpers.thingmixin import ThingMixin
from facebook_business.mixins import HasLabels

class Thing(ThingMixin, AbstractCrudObject, HasLabels):
    class Field(AbstractObject.Field):
        id = 'id'
        field_from = 'from'

    class Status:
        active = 'ACTIVE'

    _field_types = {'id': 'string', 'other': 'string'}

    @classmethod
    def get_endpoint(cls):
        return 'things'

    def api_get(self, fields=None):
        request = FacebookRequest(node_id=self['id'], method='GET', endpoint='/', api=self._api)
        return request.execute()

    def get_parts(self, fields=None):
        FacebookRequest(node_id=self['id'], method='GET', endpoint='/parts')

    def create_part(self, fields=None):
        FacebookRequest(node_id=self['id'], method='POST', endpoint='/parts')

    def get_far(self, fields=None):
        FacebookRequest(node_id=self['id'], method='GET', endpoint='/parts/far')

class Other(AbstractCrudObject):
    def get_others(self):
        FacebookRequest(node_id=self['id'], method='GET', endpoint='/others')
"""
SDK = {
    "__init__.py": "raise AssertionError('it is not imported')",
    "mixins.py": """
class HasLabels(object):
    def remove_labels(self, labels):
        return self.get_api_assured().call('DELETE', (self.get_id_assured(), 'labels'), params={})
""",
    "adobjects/thing.py": THING,
    "adobjects/bare.py": """
from facebook_business.adobjects.abstractcrudobject import AbstractCrudObject
class Bare(AbstractCrudObject):
    class Field:
        pass
""",
    "adobjects/value.py": """
from facebook_business.adobjects.abstractobject import AbstractObject
class Value(AbstractObject):
    class Field(AbstractObject.Field):
        status = 'status'
""",
    "adobjects/broken.py": "class Broken:\n    or = 'or'\n",
    "adobjects/helpers/thingmixin.py": """
class ThingMixin:
    class Field(object):
        mixed = 'mixed'
    def opt_out(self):
        return self.get_api_assured().call('POST', (self.get_id_assured(), 'optouts'))
    def read(self):
        # Neither tells an edge of this node.
        self.get_api_assured().call('GET', self.address())
        self.get_api_assured().call('GET', (self.get_parent_id_assured(), 'siblings'))
""",
    "adobjects/abstractcrudobject.py": """
from facebook_business.adobjects.abstractobject import AbstractObject
class AbstractCrudObject(AbstractObject):
    def remote_delete(self):
        FacebookRequest(node_id=self['id'], method='DELETE', endpoint='/')
    def remote_create(self):
        FacebookRequest(node_id=self['id'], method='POST', endpoint=self.get_endpoint())
""",
    "adobjects/abstractobject.py": """
import collections.abc as collections_abc
class AbstractObject(collections_abc.MutableMapping):
    class Field:
        pass
""",
}


@pytest.fixture
def sdk(tmp_path: Path) -> Path:
    """The folder of a small package of the SDK's form."""
    folder = tmp_path / "facebook_business"
    for name, text in SDK.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def test_fields_methods_and_edges_with_those_of_the_mixins(sdk: Path) -> None:
    assert Sdk(sdk).nodes({"Thing", "Bare", "Value", "Unknown"}) == {
        "Bare": Node(),
        "Thing": Node(
            fields={"id", "from", "mixed"},
            methods={"GET"},
            edges={
                "labels": {"DELETE"},
                "optouts": {"POST"},
                "parts": {"GET", "POST"},
                "parts/far": {"GET"},
            },
        ),
    }


def test_the_file_is_in_order_with_a_line_for_each_name(sdk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(sdk.parent)
    monkeypatch.delitem(sys.modules, "facebook_business", raising=False)  # or that one is found
    monkeypatch.setattr(names, "version", lambda name: "1.2.3")
    tree = {
        "schemas": [{"x-graph-node": "Thing"}, {"inner": {"x-graph-node": "Bare"}}, {"x-graph-node": "Thing"}]
    }
    text = graph_names(tree)
    assert text.splitlines() == [
        "{",
        ' "about": "Written by make generate, from facebook-business 1.2.3",',
        ' "nodes": {',
        '  "Bare": {',
        '   "fields": [],',
        '   "methods": [],',
        '   "edges": {}',
        "  },",
        '  "Thing": {',
        '   "fields": [',
        '    "from",',
        '    "id",',
        '    "mixed"',
        "   ],",
        '   "methods": ["GET"],',
        '   "edges": {',
        '    "labels": ["DELETE"],',
        '    "optouts": ["POST"],',
        '    "parts": ["GET", "POST"],',
        '    "parts/far": ["GET"]',
        "   }",
        "  }",
        " }",
        "}",
    ]
    assert text.endswith("}\n")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("endpoint='/parts/far'", "endpoint=FAR", r"thing\.py:33: a FacebookRequest without a plain method"),
        ("method='POST', ", "", r"thing\.py:30: a FacebookRequest without a plain method"),
        (
            "AbstractCrudObject, HasLabels)",
            "AbstractCrudObject, a.B)",
            r"thing\.py:8: the base a\.B of Thing",
        ),
        ("helpers.thingmixin", "helpers.gone", r"helpers/gone\.py cannot be read: No such file"),
        ("import HasLabels", "import HasLabels, b\n!", r"adobjects/thing\.py cannot be read: invalid syntax"),
        ("class Thing(", "class Thingy(", r"adobjects/thing\.py has no class Thing$"),
    ],
)
def test_source_of_another_form_is_told_with_its_place(sdk: Path, old: str, new: str, message: str) -> None:
    assert old in THING
    (sdk / "adobjects" / "thing.py").write_text(THING.replace(old, new, 1))
    with pytest.raises(NamesError, match=message):
        Sdk(sdk).nodes({"Thing"})


def test_an_sdk_whose_classes_stand_elsewhere_is_told(sdk: Path) -> None:
    with pytest.raises(NamesError, match="adobjects has no class for any of: Business, Page"):
        Sdk(sdk).nodes({"Page", "Business"})


def not_found(name: str) -> Any:
    raise PackageNotFoundError(name)


@pytest.mark.parametrize(("name", "gone"), [("find_spec", lambda name: None), ("version", not_found)])
def test_a_missing_sdk_is_told(
    name: str, gone: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, name, gone)
    with pytest.raises(ToolMissing, match="facebook-business is missing"):
        graph_names({})


def test_make_generate_tells_what_is_wrong_with_the_sdk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(tree: Any) -> str:
        raise NamesError("facebook_business/adobjects has no class")

    monkeypatch.setattr(generate, "build_client", lambda *arguments: None)
    monkeypatch.setattr(generate, "graph_names", fail)
    with pytest.raises(generate.GenerateError, match="facebook_business/adobjects has no class"):
        generate.build(tmp_path / "new", ROOT)


def test_the_installed_sdk_is_read_as_python_reads_it() -> None:
    tree = load_yaml(ROOT / "openapi" / "b2b.yaml")
    content = json.loads(graph_names(tree))
    assert content["about"].endswith(f"facebook-business {version('facebook-business')}")
    nodes = content["nodes"]
    assert {"AdAccount", "Business", "Page"} <= nodes.keys() <= set(node_types(tree))
    for name, node in nodes.items():
        field = getattr(import_module(f"facebook_business.adobjects.{name.lower()}"), name).Field
        assert set(node["fields"]) == {value for key, value in vars(field).items() if key[0] != "_"}
    assert nodes["Business"]["edges"]["owned_pixels"] == ["GET"]
    assert nodes["AdAccount"]["edges"]["agencies"] == ["DELETE", "GET", "POST"]
    assert nodes["AdAccount"]["edges"]["usersofanyaudience"] == ["DELETE"]  # of a mixin alone
