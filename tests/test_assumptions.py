"""Each assumption of the document has an id, such as A7, and stands by it in the code that makes it and in a test.

So whoever changes one finds all three, and the German text, by searching for the id in its brackets.
"""

import re
from pathlib import Path

import pytest

from scripts.assumptions import in_code, in_tests
from scripts.overlays import overlay, translation
from scripts.yaml_io import load_yaml

ENGLISH = translation.texts(load_yaml(translation.DOCUMENT))
GERMAN = translation.texts(overlay.apply(load_yaml(translation.DOCUMENT), load_yaml(translation.OVERLAY))[0])
LANGUAGES = {"English": ("Assumption", ENGLISH), "German": ("Annahme", GERMAN)}


def made(language: str) -> list[str]:
    """The ids of the assumptions that the texts of a language make, as often as they make them."""
    word, texts = LANGUAGES[language]
    form = re.compile(rf"\*\*{word} \[(A\d+)\]:\*\*\s")
    return [id for text in texts.values() for id in form.findall(text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_assumption_has_an_id_of_its_own(language: str) -> None:
    word, texts = LANGUAGES[language]
    ids = made(language)
    assert len(ids) == sum(text.count(f"**{word}") for text in texts.values()), "one has no id in brackets"
    assert sorted(ids) == sorted(set(ids)), "two assumptions have the same id"
    named = {id for text in texts.values() for id in translation.ASSUMPTION.findall(text)}
    assert named == set(ids), "an id is named that no assumption has"


def test_german_makes_the_same_assumptions() -> None:
    assert sorted(made("German")) == sorted(made("English"))


def test_every_assumption_of_the_document_is_named_where_the_code_makes_it() -> None:
    """If this fails, put the id in brackets into a comment or a docstring where the code makes the assumption, or
    describe the assumption in openapi/b2b.yaml."""
    assert set(in_code()) == set(made("English"))


def test_every_assumption_of_the_document_is_named_in_a_test_that_proves_it() -> None:
    """If this fails, put the id in brackets into the test that fails when the assumption changes."""
    assert set(in_tests()) == set(made("English"))


def test_an_id_counts_only_inside_a_test(tmp_path: Path) -> None:
    one, two, three, four, five = (f"[A{number}]" for number in range(1, 6))
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "test_x.py").write_text(
        f'"""{five}"""\n# {five}\n'
        f'@mark(  # {one}\n)\ndef test_x():\n    """{two} and {three}"""\n    # {four}\n    pass\n'
        f'def helper():\n    """{five}"""\n'
    )
    (tmp_path / "conftest.py").write_text(f'def test_y():\n    """{five}"""\n')
    assert in_tests(tmp_path) == {
        id.strip("[]"): {"deeper/test_x.py::test_x"} for id in (one, two, three, four)
    }
    assert in_code(tmp_path) == {
        **{id.strip("[]"): {"test_x.py"} for id in (one, two, three, four)},
        five.strip("[]"): {"test_x.py", "conftest.py"},
    }
