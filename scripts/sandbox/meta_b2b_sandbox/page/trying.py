"""Graph's operations as forms, made from the document: what is asked for, the request, and the same call as curl and
with the Python client."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from meta_b2b_sandbox.batch import SEVERAL
from meta_b2b_sandbox.document import JSON, Document, Operation
from meta_b2b_sandbox.reading import Request
from meta_b2b_sandbox.redaction import HIDDEN

TOKEN = "$TOKEN"
_TEXT_IN_SHELL = re.compile(r'([\\"`]|\$(?!TOKEN\b|SECRET\b))')
_HIDDEN_TOKEN = re.compile(
    r"((?:access_token(?:=|%3d|\\*[\"']\s*:\s*\\*[\"']))|(?:bearer|oauth)\s+)" + re.escape(HIDDEN), re.I
)


@dataclass
class Field:
    """One parameter of an operation. `place`: "path", "query" or "body". `kind`: the type of its schema. `choices`:
    the values allowed, of a list's items too; `value`: what stands in it first."""

    name: str
    place: str
    kind: str
    required: bool
    description: str
    choices: list[str]
    value: Any

    @property
    def text(self) -> str:
        """The first value as it stands in a form."""
        if self.value is None:
            return ""
        return self.value if isinstance(self.value, str) else json.dumps(self.value, ensure_ascii=False)


@dataclass
class Example:
    """An example of a body. `summary`: what it is."""

    name: str
    summary: str


class Form:
    """An operation of the document as a form."""

    def __init__(self, document: Document, operation: Operation) -> None:
        self.id, self.method, self.path = operation.id, operation.method.upper(), operation.path
        definition = operation.definition
        self.summary: str = definition.get("summary", operation.id)
        self.description: str = definition.get("description", "")
        self.tag: str = definition.get("tags", [""])[0]
        self.public = definition.get("security") == []
        self.has_method = operation.id not in SEVERAL  # the client makes the calls one by one
        media = operation.bodies.get(JSON, {})
        self._examples = {name: document.resolve(one) for name, one in media.get("examples", {}).items()}
        self.examples = [Example(name, one.get("summary", name)) for name, one in self._examples.items()]
        self._document = document
        self._parameters = operation.parameters
        self._schema = document.resolve(media.get("schema", {}))
        self.errors = sorted(
            {
                (int(status), name, str(error.get("code", "")), str(error.get("message", "")))
                for status, response in operation.responses.items()
                for content in response.get("content", {}).values()
                for name, reference in content.get("examples", {}).items()
                if isinstance(value := document.resolve(reference).get("value"), dict)
                and isinstance(error := value.get("error"), dict)
            }
        )

    def fields(self, example: str = "") -> list[Field]:
        """Its parameters; those of the body as in the example of this name, or as in the first one."""
        names = list(self._examples)
        chosen = self._examples[example if example in names else names[0]]["value"] if names else {}
        found = [
            self._field(
                one["name"],
                one["in"],
                one["schema"],
                one.get("required", False),
                one.get("description", ""),
                # A list is read from its beginning, and with its usual fields, unless somebody wants it otherwise.
                one.get("example") if one.get("required") else None,
            )
            for one in self._parameters
            if one["in"] in ("path", "query")
        ]
        required = self._schema.get("required", ())
        for name, schema in self._document.properties(self._schema).items() if self._schema else ():
            found.append(self._field(name, "body", schema, name in required, "", chosen.get(name)))
        return found

    def _field(
        self, name: str, place: str, schema: Any, required: bool, description: str, value: Any
    ) -> Field:
        whole = self._document.resolve(schema)
        items = self._document.resolve(whole.get("items", {}))
        kind = whole.get("type", "string")
        return Field(
            name,
            place,
            kind if isinstance(kind, str) else next(one for one in kind if one != "null"),
            required,
            description or whole.get("description", ""),
            [str(one) for one in items.get("enum", whole.get("enum", []))],
            value,
        )


@dataclass
class Trial:
    """A call as somebody filled it in: the texts and lists of the form, as values of the parameters by place."""

    form: Form
    path: dict[str, str]
    query: dict[str, str]
    body: dict[str, Any]

    @classmethod
    def read(cls, form: Form, given: Mapping[str, list[str]]) -> "Trial":
        """`given`: name → values, as they stand in the form; what is empty is not sent."""
        trial = cls(form, {}, {}, {})
        for field in form.fields():
            texts = [text for text in given.get(field.name, []) if text]
            if field.place == "path":
                trial.path[field.name] = texts[0] if texts else ""
            elif not texts:
                continue
            elif field.place == "query":
                trial.query[field.name] = ",".join(texts)
            else:
                trial.body[field.name] = value_of(field, texts)
        return trial

    def url(self, base: str) -> str:
        """Where it is sent; `base` is the address of Graph, with the version."""
        path = self.form.path
        for name, text in self.path.items():
            path = path.replace(f"{{{name}}}", quote(text, safe=""))
        query = f"?{urlencode(self.query)}" if self.query else ""
        return f"{base}{path}{query}"

    def request(self, origin: str, version: str, token: str | None) -> Request:
        """The request in a world; `origin` is where that is, `version` "/v26.0"."""
        path = self.form.path
        for name, text in self.path.items():
            path = path.replace(f"{{{name}}}", text)
        headers = {"authorization": f"Bearer {token}"} if token is not None else {}
        body = json.dumps(self.body).encode() if self.body else b""
        if body:
            headers["content-type"] = JSON
        return Request(
            self.form.method, f"{version}{path}", urlencode(self.query), headers, body, origin=origin
        )

    def curl(self, base: str, token: bool) -> str:
        """As a line for a shell."""
        body = json.dumps(self.body, ensure_ascii=False) if self.body else ""
        headers = {"authorization": f"Bearer {TOKEN}"} if token else {}
        if body:
            headers["content-type"] = JSON
        return curl(self.form.method, self.url(base), headers, body)

    def python(self, base: str) -> str:
        """With the Python client; "" where that has no method for it."""
        if not self.form.has_method:
            return ""
        arguments = [repr(text) for text in self.path.values()]
        kinds = {field.name: field.kind for field in self.form.fields()}
        for name, value in (*self.query.items(), *self.body.items()):
            number = kinds[name] == "integer" and isinstance(value, str) and re.fullmatch("-?[0-9]+", value)
            arguments.append(f"{name}={value if number else repr(value)}")
        return "\n".join(
            [
                "import os",
                "",
                "from meta_b2b_client import B2BClient",
                "",
                f'with B2BClient(os.environ["TOKEN"], base_url={base!r}) as b2b:',
                f"    print(b2b.{self.form.id}({', '.join(arguments)}))",
            ]
        )


def value_of(field: Field, texts: list[str]) -> Any:
    """The value that stands in a form. What is not of its type stays text: what Graph says to that is worth a try."""
    if field.kind == "array" and field.choices:
        return texts
    text = texts[0]
    if field.kind in ("array", "object", "integer", "number", "boolean"):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return [part.strip() for part in text.split(",")] if field.kind == "array" else text
    return text


def curl(method: str, url: str, headers: Mapping[str, str], body: str) -> str:
    """A request as a line for a shell; hidden tokens are `$TOKEN` in it, and other secrets `$SECRET`."""
    parts = ["curl -i"] if method == "GET" else [f"curl -i -X {method}"]
    parts.append(in_shell(url))
    parts += [f"  -H {in_shell(f'{name}: {value}')}" for name, value in headers.items()]
    if body:
        parts.append(f"  --data-raw {in_shell(body)}")
    return f"{parts[0]} " + " \\\n".join(parts[1:])


def in_shell(text: str) -> str:
    """A text in double quotes, as a shell reads it; only the two variables count."""
    text = _HIDDEN_TOKEN.sub(rf"\1{TOKEN}", text).replace(HIDDEN, "$SECRET")
    return '"' + _TEXT_IN_SHELL.sub(r"\\\1", text) + '"'


def forms(document: Document) -> dict[str, Form]:
    """operationId → its form."""
    return {id: Form(document, operation) for id, operation in document.operations.items()}
