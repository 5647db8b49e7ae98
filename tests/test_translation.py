"""The German overlay is complete; what is missing, stale or still English is found."""

import re
from pathlib import Path
from typing import Any

import pytest

from scripts.overlays import overlay, translation
from scripts.yaml_io import dump_yaml, load_yaml

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Access", "version": "1", "license": {"name": "MIT"}},
    "tags": [{"name": "Grant"}],
    "paths": {
        "/a": {
            "get": {
                "tags": ["Grant"],
                "summary": "List them",
                "parameters": [{"name": "a", "in": "query", "description": "A filter"}],
                "responses": {"200": {"description": "All of them"}, "400": {"description": "Refused"}},
            }
        }
    },
    "components": {
        "schemas": {
            "Page": {
                "properties": {
                    # Properties whose names are those of keywords.
                    "description": {"type": "string", "description": "What it is about"},
                    "value": {"description": "What it is worth"},
                    "tags": {"type": "array", "examples": [{"title": "on the wire"}]},
                    "name": {"type": "string", "default": "x"},
                }
            }
        },
        "examples": {"One": {"summary": "A page", "value": {"summary": "on the wire"}}},
    },
    "x-data": {"description": "for machines"},
}
TEXTS = {
    "/info/title": "Zugriff",
    "/tags/0/name": "Gewähren",
    "/paths/~1a/get/tags/0": "Gewähren",
    "/paths/~1a/get/summary": "Alle auflisten",
    "/paths/~1a/get/parameters/0/description": "Ein Filter",
    "/paths/~1a/get/responses/200/description": "Alle",
    "/paths/~1a/get/responses/400/description": "Abgelehnt",
    "/components/schemas/Page/properties/description/description": "Wovon sie handelt",
    "/components/schemas/Page/properties/value/description": "Was sie wert ist",
    "/components/examples/One/summary": "Eine Seite",
}


class Files:
    """A document and its translation in a folder, to change and to report on."""

    def __init__(self, folder: Path, document: str, overlay: str) -> None:
        self.document, self.overlay = folder / "b2b.yaml", folder / "de.yaml"
        self.document.write_text(document)
        self.overlay.write_text(overlay)

    def edit(self, file: Path, old: str, new: str) -> None:
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new, 1))

    def report(self) -> tuple[str, list[str]]:
        return translation.report(self.document, self.overlay)

    def accept(self) -> list[str]:
        return translation.accept(self.document, self.overlay)


def action(pointer: str, german: str) -> str:
    """The action that translates the text at the JSON Pointer `pointer`, without digest."""
    parts = [part.replace("~1", "/") for part in pointer.split("/")[1:]]
    target = "$" + "".join(f"[{part}]" if part == "0" else f"['{part}']" for part in parts)
    return f'  # {pointer}\n  - target: "{target}"\n    update: {german}\n'


@pytest.fixture
def small(tmp_path: Path) -> Files:
    """The small document, wholly translated."""
    actions = "".join(action(pointer, german) for pointer, german in TEXTS.items())
    head = "# Terms: none\noverlay: 1.1.0\ninfo: {title: German, version: 1.0.0}\nactions:\n"
    files = Files(tmp_path, dump_yaml(DOCUMENT), head + actions)
    assert len(files.accept()) == len(TEXTS)
    assert files.report() == ("German: 10 of 10 texts translated (100 %)", [])
    return files


@pytest.fixture
def real(tmp_path: Path) -> Files:
    """A copy of the real document and its translation."""
    return Files(tmp_path, translation.DOCUMENT.read_text(), translation.OVERLAY.read_text())


@pytest.mark.parametrize("document", translation.TRANSLATIONS, ids=lambda path: path.name)
def test_every_text_of_the_documents_is_translated(document: Path) -> None:
    summary, findings = translation.report(document, translation.TRANSLATIONS[document])
    assert findings == []
    assert re.fullmatch(r"German: (\d+) of \1 texts translated \(100 %\)", summary)


def test_texts_are_those_for_readers_and_not_those_on_the_wire() -> None:
    found = translation.texts(DOCUMENT)
    assert ["/" + "/".join(str(part).replace("/", "~1") for part in place) for place in found] == list(TEXTS)


@pytest.mark.parametrize("key", sorted(translation.NAMES))
def test_a_name_is_no_keyword(key: str) -> None:
    document = {key: {"value": {"description": "A text"}, "x-name": {"summary": "Another"}}}
    assert set(translation.texts(document).values()) == {"A text", "Another"}


@pytest.mark.parametrize("key", [*sorted(translation.DATA), "x-data"])
def test_data_has_no_texts(key: str) -> None:
    assert translation.texts({"a": {key: {"title": "on the wire"}}}) == {}


def test_no_description_of_the_document_is_overlooked() -> None:
    """Each line `description: …` or `summary: …` of the file is a text, or stands in an example's value."""
    lines = re.findall(
        r"^ *(?:- )?(?:summary|description|title): (?!\{)", translation.DOCUMENT.read_text(), re.M
    )
    texts = translation.texts(load_yaml(translation.DOCUMENT))
    assert len(lines) == sum(place[-1] in translation.TEXTS for place in texts) > 250


def test_missing_translations_are_found(small: Files) -> None:
    text = small.overlay.read_text()
    for pointer in ("/paths/~1a/get/summary", "/tags/0/name"):
        text = re.sub(rf"  # {pointer}\n(?:  .*\n){{3}}", "", text)
    small.overlay.write_text(text)
    summary, findings = small.report()
    assert summary == "German: 8 of 10 texts translated (80 %)"
    assert findings == [
        f"{small.document}: /tags/0/name has no translation in {small.overlay}: 'Grant'",
        f"{small.document}: /paths/~1a/get/summary has no translation in {small.overlay}: 'List them'",
    ]


def test_an_added_text_of_the_real_document_is_found(real: Files) -> None:
    real.edit(
        real.document,
        "      operationId: remove_client\n",
        "      operationId: remove_client\n      title: N\n",
    )
    summary, findings = real.report()
    assert "(99 %)" in summary  # rounded down
    assert findings == [
        f"{real.document}: /paths/~1{{business_id}}~1clients/delete/title has no translation in {real.overlay}: 'N'"
    ]


def test_a_changed_english_text_is_found_until_it_is_accepted(small: Files) -> None:
    small.edit(small.document, "List them", "List all")
    summary, findings = small.report()
    assert summary == "German: 9 of 10 texts translated (90 %)"
    line = small.overlay.read_text().splitlines().index("  # /paths/~1a/get/summary") + 2
    (finding,) = findings
    assert finding.startswith(
        f"{small.overlay}:{line}: the English text of /paths/~1a/get/summary has changed"
    )
    old, new = re.findall(r"\b[0-9a-f]{12}\b", finding)
    assert finding.endswith("then run: make accept")

    before = small.overlay.read_text()
    assert small.accept() == [f"/paths/~1a/get/summary: {new} instead of {old}"]
    assert small.overlay.read_text() == before.replace(old, new)
    assert small.report() == ("German: 10 of 10 texts translated (100 %)", [])
    assert small.accept() == []


def test_a_translation_that_was_never_accepted_is_found(small: Files) -> None:
    text = small.overlay.read_text()
    small.overlay.write_text(re.sub("    x-english: .*\n", "", text, count=1))
    summary, findings = small.report()
    assert summary == "German: 9 of 10 texts translated (90 %)"
    (finding,) = findings
    assert "the English text of /info/title may be another one than was translated (no x-english)" in finding
    assert finding.endswith("then run: make accept")
    small.accept()
    assert small.report() == ("German: 10 of 10 texts translated (100 %)", [])


@pytest.mark.parametrize("old", ["Seconds to wait before the next try.", "**Access is limited.**"])
def test_a_changed_english_text_of_the_real_document_is_found(real: Files, old: str) -> None:
    real.edit(real.document, old, f"{old} Really.")
    summary, findings = real.report()
    assert "(99 %)" in summary
    assert len(findings) == 1
    assert "has changed since its translation" in findings[0]


def test_a_changed_text_that_a_target_filters_by_is_found(real: Files) -> None:
    real.edit(real.document, "The access is given up.", "The access is gone.")
    summary, findings = real.report()
    assert summary == f"German: {real.overlay} does not fit {real.document}"
    assert len(findings) == 1
    assert "'The access is given up.'" in findings[0]
    assert findings[0].endswith("matches nothing (has its English changed?)")
    with pytest.raises(overlay.OverlayError):
        real.accept()


def test_one_action_for_several_places_follows_each_of_them(small: Files) -> None:
    text = small.overlay.read_text()
    small.overlay.write_text(
        re.sub(r"  # /paths/~1a/get/responses/200(?:.*\n){8}", "", text)
        + "  - target: $.paths[*][*].responses[*]\n    update:\n      description: Antwort\n"
    )
    assert len(small.accept()) == 1
    assert small.report() == ("German: 10 of 10 texts translated (100 %)", [])
    small.edit(small.document, "Refused", "Denied")
    summary, findings = small.report()
    assert summary == "German: 8 of 10 texts translated (80 %)"
    assert len(findings) == 1
    assert "/paths/~1a/get/responses/200/description, /paths/~1a/get/responses/400/description" in findings[0]


def test_an_english_text_in_the_overlay_is_found_unless_it_says_why(small: Files) -> None:
    small.edit(small.overlay, "Ein Filter", "A filter")
    summary, findings = small.report()
    assert summary == "German: 9 of 10 texts translated (90 %)"
    assert len(findings) == 1
    assert "/paths/~1a/get/parameters/0/description is still the English text" in findings[0]
    small.edit(small.overlay, "update: A filter", "description: A name\n    update: A filter")
    assert small.report() == ("German: 10 of 10 texts translated (100 %)", [])


def test_an_english_text_in_the_real_overlay_is_found(real: Files) -> None:
    real.edit(real.overlay, "description: Eine Kategorie von Seiten.", "description: A category of Pages.")
    _, findings = real.report()
    assert len(findings) == 1
    assert "/components/schemas/PageCategory/description is still the English text" in findings[0]


@pytest.mark.parametrize(
    ("english", "german", "names"),
    [
        (["A1"], [], ("none", "A1")),
        ([], ["A1"], ("A1", "none")),
        (["A1", "A12"], ["A12", "A2"], ("A12, A2", "A1, A12")),
        (["A1", "A1"], ["A1"], ("A1", "A1, A1")),
    ],
)
def test_other_assumptions_than_in_english_are_found(
    small: Files, english: list[str], german: list[str], names: tuple[str, str]
) -> None:
    small.edit(small.document, "A filter", "A filter" + "".join(f" [{id}]" for id in english))
    small.edit(small.overlay, "Ein Filter", "Ein Filter" + "".join(f" [{id}]" for id in german))
    small.accept()  # accepting the text does not accept another assumption
    summary, findings = small.report()
    assert summary == "German: 9 of 10 texts translated (90 %)"
    (finding,) = findings
    assert (
        f"/paths/~1a/get/parameters/0/description names the assumptions {names[0]}, and the English text {names[1]}:"
        in finding
    )


def test_the_same_assumptions_in_another_order_are_right(small: Files) -> None:
    small.edit(small.document, "A filter", f"A filter [A{1}], [A{2}]")
    small.edit(small.overlay, "Ein Filter", f"Ein Filter [A{2}], [A{1}]")
    small.accept()
    assert small.report() == ("German: 10 of 10 texts translated (100 %)", [])


def test_another_assumption_in_the_real_overlay_is_found(real: Files) -> None:
    assumption = f"[A{3}]"
    real.edit(real.overlay, f"**Annahme {assumption}:**", f"**Annahme [A{33}]:**")
    _, findings = real.report()
    assert len(findings) == 1
    assert "/info/description names the assumptions" in findings[0]


def test_a_translation_of_nothing_is_found(small: Files) -> None:
    with small.overlay.open("a") as file:
        file.write("  - target: $.info\n    update:\n      summary: Kurz\n")
    summary, findings = small.report()
    assert summary == "German: 10 of 10 texts translated (100 %)"
    assert len(findings) == 1
    assert findings[0].endswith("translates /info/summary, where no English text is")


def test_unreadable_files_are_findings(small: Files) -> None:
    small.overlay.write_text("actions: [")
    summary, findings = small.report()
    assert summary == f"German: {small.overlay} does not fit {small.document}"
    assert findings[0].startswith(f"{small.overlay}:")
    small.document.unlink()
    assert "cannot be read" in small.report()[1][0]


def test_command(small: Files, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["translation", *arguments])
        try:
            code = translation.main()
        except SystemExit as wrong_usage:
            code = int(wrong_usage.code or 0)
        return code, *capsys.readouterr()

    monkeypatch.setattr(translation, "TRANSLATIONS", {small.document: small.overlay})
    done = "German: 10 of 10 texts translated (100 %)\n"
    assert run() == run("--accept") == (0, done, "")
    assert run("--wrong")[0] == 2
    small.edit(small.document, "Refused", "Denied")
    code, out, err = run()
    assert (code, out) == (1, "German: 9 of 10 texts translated (90 %)\n")
    assert err.startswith(f"{small.overlay}:") and err.count("\n") == 1
    code, out, err = run("--accept")
    assert (code, err) == (0, "")
    assert out.startswith("/paths/~1a/get/responses/400/description: ") and out.endswith(done)
    small.overlay.write_text("")
    assert run("--accept") == (1, "", f"{small.overlay}:1:1: the file is empty\n")
    small.overlay.unlink()
    assert run()[0] == 1


# English words that are no German ones, names, or abbreviations.
ENGLISH = re.compile(
    r"\b(the|and|with|of|is|are|or|for|to|from|this|that|which|it|its|has|not|your|by|on|as|be|one)\b",
    re.I,
)


def prose(text: str) -> str:
    """`text` without what stays English in German: code, titles and terms in German quotes, a name."""
    return re.sub(r"`[^`]*`|„[^“]*“|Business-to-Business", "…", text)


@pytest.mark.parametrize("document", translation.TRANSLATIONS, ids=lambda path: path.name)
def test_no_english_words_are_left_in_the_german_texts(document: Path) -> None:
    base = load_yaml(document)
    english = translation.texts(base)
    german = translation.texts(overlay.apply(base, load_yaml(translation.TRANSLATIONS[document]))[0])
    assert {place: text for place, text in german.items() if ENGLISH.search(prose(text))} == {}
    # The words are common enough to show: nearly every English text of some length has one.
    long = [text for text in english.values() if len(text.split()) > 5]
    assert sum(bool(ENGLISH.search(prose(text))) for text in long) > 0.95 * len(long)


@pytest.mark.parametrize("document", translation.TRANSLATIONS, ids=lambda path: path.name)
def test_german_texts_keep_the_code_and_the_structure_of_the_english_ones(document: Path) -> None:
    """The same code spans, headings, list items, codes and assumptions, each as often as in English."""
    base = load_yaml(document)
    german = translation.texts(overlay.apply(base, load_yaml(translation.TRANSLATIONS[document]))[0])
    marks = re.compile(r"```[^`]+```|`[^`]+`|^#+|^- |\*\*|\b\d{3,}\b|\[A\d+\]", re.M)
    for place, text in translation.texts(base).items():
        assert sorted(marks.findall(german[place])) == sorted(marks.findall(text)), place
