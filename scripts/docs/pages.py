"""The pages that are made of other files: the reference and the assumptions, of the document, and the changes.

Each function returns Markdown. `words` are those of sources/<language>.yaml for the page.
"""

import json
import re
from typing import Any

from meta_b2b_sandbox.document import Document, Operation

from scripts import assumptions

Words = dict[str, Any]


def head(words: Words) -> str:
    """The beginning of a page: what it is about, its title and its introduction."""
    about = json.dumps(words["description"], ensure_ascii=False)
    return f"---\ndescription: {about}\n---\n\n# {words['title']}\n\n{words['intro']}\n"


def cell(text: object) -> str:
    """A text as a cell of a table."""
    return " ".join(str(text).split()).replace("|", "\\|")


def table(heads: list[str], rows: list[list[object]]) -> str:
    """A table; "" without rows."""
    lines: list[list[object]] = [[*heads], ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(map(cell, line))} |\n" for line in lines) + "\n" if rows else ""


def slug(tag: str) -> str:
    """The name of a tag's page: "Look up" → "look-up"."""
    return re.sub(r"[^a-z0-9]+", "-", tag.lower()).strip("-")


def reference(english: Document, document: Document, words: Words) -> dict[str, str]:
    """Path of the page → its text: one for each tag of the document, and index.md with all operations.

    `english` is the document whose tags give the pages their names, in each language the same.
    """
    pages = {}
    index = [head(words)]
    for name, tag in zip(english.tree["tags"], document.tree["tags"], strict=True):
        page = f"{slug(name['name'])}.md"
        operations = [one for one in document.operations.values() if tag["name"] in one.definition["tags"]]
        index += [f"## {tag['name']}\n\n{tag['description']}\n\n"]
        index += [
            table(
                [words["call"], "", words["what"]],
                [
                    [f"[`{one.id}`]({page}#{one.id})", address(one), one.definition["summary"]]
                    for one in operations
                ],
            )
        ]
        said = {"description": tag["description"], "title": tag["name"], "intro": tag["description"]}
        pages[f"reference/{page}"] = "\n".join(
            [head(said), *(described(document, one, words) for one in operations)]
        )
    return {"reference/index.md": "\n".join(index), **pages}


def address(operation: Operation) -> str:
    """Method and path, as code."""
    return f"`{operation.method.upper()} {operation.path}`"


def described(document: Document, operation: Operation, words: Words) -> str:
    """One operation, with a heading."""
    one = operation.definition
    parts = [f"## {operation.id}\n", f"**{one['summary']}:** {address(operation)}\n", one["description"]]
    if "x-scope" in one:
        parts += [f"{words['scope']} `{one['x-scope']['scope']}`\n"]
    rows = [
        parameter(words, p["name"], words["places"][p["in"]], p.get("required", False), p)
        for p in operation.parameters
    ]
    rows += body(document, operation, words)
    if rows:
        heads = [words["parameter"], words["place"], words["required"], words["what"]]
        parts += [f"### {words['parameters']}\n", table(heads, rows)]
    parts += [f"### {words['answer']}\n", answer(document, operation)]
    parts += [f"### {words['errors']}\n"]
    if one.get("x-graph-codes"):
        parts += [f"{words['codes']} {', '.join(str(code) for code in one['x-graph-codes'])}\n"]
    heads = [words["status"], words["code"], words["subcode"], words["message"]]
    parts += [table(heads, errors(document, operation))]
    return "\n".join(parts)


def parameter(words: Words, name: str, place: str, required: bool, one: dict[str, Any]) -> list[object]:
    """The row of a parameter or of a field, with the text of it."""
    return [f"`{name}`", place, words["true" if required else "false"], one.get("description", "")]


def body(document: Document, operation: Operation, words: Words) -> list[list[object]]:
    """A row for each field of the body, by the first media type that the document has for it."""
    for media in operation.bodies.values():
        schema = document.resolve(media["schema"])
        needed = {name for part in [schema, *schema.get("allOf", [])] for name in required(document, part)}
        return [
            parameter(words, name, words["places"]["body"], name in needed, merged(document, field))
            for name, field in document.properties(schema).items()
        ]
    return []


def required(document: Document, schema: dict[str, Any]) -> list[str]:
    """The names that a schema demands."""
    found: list[str] = document.resolve(schema).get("required", [])
    return found


def merged(document: Document, schema: dict[str, Any]) -> dict[str, Any]:
    """A schema with what it refers to; its own description counts before that one's."""
    target: dict[str, Any] = document.resolve({"$ref": schema["$ref"]}) if "$ref" in schema else {}
    return {**target, **schema}


def answer(document: Document, operation: Operation) -> str:
    """What a success is, with the first example of it."""
    parts = []
    for status, response in operation.responses.items():
        if status.startswith("2"):
            parts += [response["description"], ""]
            for media in response.get("content", {}).values():
                for example in list(media.get("examples", {}).values())[:1]:
                    value = document.resolve(example)["value"]
                    parts += ["```json", json.dumps(value, indent=2, ensure_ascii=False), "```", ""]
    return "\n".join(parts)


def errors(document: Document, operation: Operation) -> list[list[object]]:
    """A row for each error example: status, code, subcode and message."""
    rows: list[list[object]] = []
    for status, response in operation.responses.items():
        for media in response.get("content", {}).values():
            for example in media.get("examples", {}).values():
                value = document.resolve(example)["value"]
                error = value.get("error") if isinstance(value, dict) else None
                if isinstance(error, dict):
                    row = [status, *(error.get(name, "") for name in ("code", "error_subcode", "message"))]
                    rows += [row] if row not in rows else []
    return rows


def assumed(document: Document, words: Words) -> str:
    """The page of the assumptions: one table."""
    tests = assumptions.in_tests()
    rows: list[list[object]] = [
        [
            id,
            place_of(document, place, words),
            text,
            "<br>".join(f"`{test}`" for test in sorted(tests.get(id, ()))),
        ]
        for id, (place, text) in assumptions.in_texts(document.tree, words["word"]).items()
    ]
    return head(words) + "\n" + table([words[name] for name in ("id", "about", "assumed", "check")], rows)


def place_of(document: Document, place: tuple[str | int, ...], words: Words) -> str:
    """What the text at this place of the document is about: an operation, a part of the document, or all calls."""
    node: Any = document.tree
    for key in place[:-1]:
        node = node[key]
        if isinstance(node, dict) and "operationId" in node:
            return f"`{node['operationId']}`"
    return f"`{place[2]}`" if place[0] == "components" else words["all"]


def stories(english: Document, control: Document, tree: dict[str, Any], words: Words) -> str:
    """The page of the stories, of the Arazzo document `tree`: each with its calls and what must come back.

    `english` has the operations of Graph, `control` those of the sandbox.
    """
    documents = {"graph": english, "sandbox": control}
    parts = [head({**words, "title": tree["info"]["title"]}), "", tree["info"]["description"], words["run"]]
    for story in tree["workflows"]:
        rows: list[list[object]] = []
        for number, step in enumerate(story["steps"], 1):
            _, source, id = step["operationId"].split(".")
            operation = documents[source].operations[id]
            call = address(operation)
            if source == "graph":
                page = f"reference/{slug(operation.definition['tags'][0])}.md#{id}"
                call = f"[`{id}`]({page})<br>{call}"
            back = "<br>".join(f"`{criterion(one)}`" for one in step["successCriteria"])
            rows += [[number, step["description"], call, back]]
        parts += [f"## {story['summary']}\n", f"{story['description']}\n"]
        parts += [table(["", words["what"], words["call"], words["back"]], rows)]
    return "\n".join(parts)


def criterion(one: dict[str, Any]) -> str:
    """A success criterion in short: `data/0/id == '1'`, of `$response.body#/data/0/id == '1'`."""
    said = f"{one['context']}: {one['condition']}" if one.get("type") == "regex" else one["condition"]
    return str(said).replace("$response.body#/", "").replace("$statusCode ==", "HTTP")


def changes(changelog: str, words: Words) -> str:
    """The page of the changes: the changelog under the title of the language."""
    return head(words) + "\n" + changelog.partition("\n")[2]
