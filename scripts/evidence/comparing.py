"""An exchange held against the document: which operation it is, and each difference."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import jsonschema_rs
from meta_b2b_sandbox import fields
from meta_b2b_sandbox.batch import edge_of_ids
from meta_b2b_sandbox.document import JSON, METHODS, Document, Operation
from meta_b2b_sandbox.errors import GraphError
from meta_b2b_sandbox.reading import Request, Twice, as_list, with_lists
from meta_b2b_sandbox.routing import Endpoint, Parameter, Routes
from meta_b2b_sandbox.shapes import Shape
from meta_b2b_sandbox.switches import SWITCHED_ON

from scripts.evidence import vocabulary
from scripts.evidence.exchange import Exchange
from scripts.evidence.vocabulary import Vocabulary, form, kind

# What the document says of every call ("Requests"), and describes at none.
EVERY_CALL = {
    *("access_token", "appsecret_proof", "method", "suppress_http_code", "date_format", "metadata", "debug"),
    *("callback", "summary", "id", "ids", "batch"),
}
ABOUT_CALLS = ("x-", "facebook-")  # all others are HTTP's own
# Meta's own servers trace their answers with these, and tell browsers how safe a page is: neither is about a call.
NOT_ABOUT_CALLS = ("x-fb-", "x-content-type-options", "x-frame-options", "x-xss-protection")
ANSWERED = range(200, 300)
# Keywords of JSON Schema: those that say what kind of value it is, and which one of a list.
TYPE, LISTED = "type", ("enum", "const")


@dataclass(frozen=True, order=True)
class Difference:
    """`kind`: operation, parameter, field, value, status, code, header, type. `place`: where, in words of the
    interface: "data[].access_status". `text`: what differs, with no value that vocabulary.py does not let pass."""

    kind: str
    place: str
    text: str


@dataclass
class Observation:
    """What an exchange shows. `operations`: those that it may be, by their ids; none for a call that the document does
    not have. `label`: of the call, for the report. `error`: (code, subcode) of a failure."""

    exchange: Exchange
    operations: tuple[str, ...]
    label: str
    error: tuple[int | None, int | None] | None = None
    differences: list[Difference] = field(default_factory=list)


class Comparison:
    """Holds exchanges against a document."""

    def __init__(self, document: Document) -> None:
        self.document, self.routes, self.vocabulary = document, Routes(document), Vocabulary(document)
        self.schemas = {
            name: operation.responses["200"]["content"][JSON]["schema"]
            for name, operation in document.operations.items()
        }
        self._validators: dict[int, Any] = {}
        self._headers = {
            name.lower()
            for operation in document.operations.values()
            for response in operation.responses.values()
            for name in response.get("headers", {})
        }

    def observe(self, exchange: Exchange) -> Observation:
        """What it shows. Never raises for what a program may send, or a server answer."""
        endpoints = self._endpoints(exchange)
        if not endpoints:
            label = self._unknown(exchange)
            text = f"the document has no such operation; answered with {exchange.status}"
            found = Observation(exchange, (), label, error_of(exchange))
            found.differences = [Difference("operation", label, text)]
            return found
        failed = error_of(exchange)
        operations = [self.document.operations[endpoint.id] for endpoint in endpoints]
        if failed or exchange.status not in ANSWERED or exchange.answer is None:
            found = self._failure(exchange, endpoints, operations, failed)
        else:
            fits = [self._success(exchange, e, o) for e, o in zip(endpoints, operations, strict=True)]
            fewest = min(len(one) for one in fits)
            # Paths of the same form lead to nodes of different types: it is that one which the answer fits.
            best = [i for i, one in enumerate(fits) if len(one) == fewest]
            ids = tuple(operations[i].id for i in best)
            found = Observation(exchange, ids, " or ".join(ids), None, fits[best[0]])
        found.differences += self._of_headers(exchange, operations)
        return found

    def _endpoints(self, exchange: Exchange) -> list[Endpoint]:
        """Those that it may be for: of paths of the same form, only what the id is tells which."""
        call = exchange.call
        request = Request(exchange.meant, exchange.path, exchange.query, exchange.sent)
        is_batch = "batch" in exchange.given and exchange.meant == "POST"
        if is_batch or edge_of_ids(request, call, lambda path: self.routes.match(path) is not None):
            call = "/"
        match = self.routes.match(call)
        if match is None:
            return []
        routes = [match.route, *match.route.others]
        (text,) = match.values.values() or ("",)
        valid = [r for r in routes if all(p.validator.is_valid(p.parse(text)) for p in r.parameters.values())]
        return [r.endpoints[exchange.meant] for r in valid or routes if exchange.meant in r.endpoints]

    def _unknown(self, exchange: Exchange) -> str:
        """A call that the document does not have, in words of the interface."""
        first, *rest = exchange.call.removeprefix("/").split("/")[:4]
        plain = {route.template.split("/")[1] for route in self.routes.routes} | {"me"}
        plain |= set(self.document.tree.get("x-not-modelled", ()))
        if first.removeprefix("act_").isdigit():
            first = "act_{id}" if first.startswith("act_") else "{id}"
        elif first not in plain:
            first = "{alias}" if rest else vocabulary.HIDDEN
        path = "/".join([first, *("{id}" if one.isdigit() else self.vocabulary.name(one) for one in rest)])
        method = exchange.meant if exchange.meant.lower() in METHODS else vocabulary.HIDDEN
        return f"{method} /{path}"

    # Requests

    def _of_request(self, exchange: Exchange, endpoint: Endpoint) -> Iterator[Difference]:
        """What was taken though the document does not have it."""
        media, _ = exchange.fields
        described = {**endpoint.bodies.get(media, next(iter(endpoint.bodies.values()), {})), **endpoint.query}
        try:
            given = with_lists(dict(exchange.given), described)
        except GraphError:
            given = dict(exchange.given)
        for name, value in given.items():
            bare = name.partition("[")[0]
            if bare in described and name in described and name != "fields":
                yield from self._of_parameter(described[name], value)
            elif bare not in described and bare not in EVERY_CALL:
                # Without a value it may be one itself: `?EAAB…`.
                shown = self.vocabulary.name(bare) if value != "" else vocabulary.HIDDEN
                yield Difference("parameter", shown, "taken, and the document has no such parameter")
        for name, parameter in described.items():
            here = name in given or any(one.startswith(f"{name}[") for one in given) or name in EVERY_CALL
            if parameter.required and not here and (media or not exchange.body):
                yield Difference("parameter", name, "the document requires it; taken without")
        text = given.get("fields")
        if "fields" in described and isinstance(text, str) and endpoint.shape.fields:
            try:
                wanted = fields.parse(text)
            except GraphError:
                yield Difference("parameter", "fields", "taken, though it is not in the language of fields")
            else:
                yield from self._unknown_fields(endpoint.shape, wanted, "")

    def _of_parameter(self, parameter: Parameter, value: Any) -> Iterator[Difference]:
        name = parameter.name
        if parameter.choices:
            listed = as_list(value)
            for one in listed if isinstance(listed, list) else [listed]:
                if one not in parameter.choices:
                    shown = self.vocabulary.value(one, parameter.choices)
                    yield Difference("value", name, f"{shown} is taken, and the document does not list it")
        elif isinstance(value, Twice):
            yield Difference("parameter", name, "taken though it was given more than once, or as a file")
        elif not parameter.is_scope and not parameter.validator.is_valid(parameter.parse(value)):
            if self.vocabulary.is_listed(parameter.schema):
                shown = self.vocabulary.value(value, vocabulary.listed(parameter.schema))
                yield Difference("value", name, f"{shown} is taken, and the document does not list it")
            else:
                yield Difference("parameter", name, f"a value of another form is taken: {kind(value)}")

    def _unknown_fields(self, shape: Shape, wanted: fields.Fields, place: str) -> Iterator[Difference]:
        for name, one in wanted.items():
            inner, edge = shape.fields.get(name), self.routes.edges.get(shape.node, {}).get(name)
            if name in shape.fields:
                inside = inner.fields["data"] if inner and inner.wrapped else inner
                if inside:
                    yield from self._unknown_fields(inside, one.fields, f"{place}{name}.")
            elif edge:
                yield from self._unknown_fields(edge.shape, one.fields, f"{place}{name}.")
            elif name != "metadata":
                known = self.vocabulary.names.has(shape.node, name)
                sdk = "Meta's SDK names it" if known else "nor has Meta's SDK"
                where = f"{place}{self.vocabulary.name(name)}"
                yield Difference("field", where, f"asked for and taken; the document does not have it, {sdk}")

    # Answers

    def _success(self, exchange: Exchange, endpoint: Endpoint, operation: Operation) -> list[Difference]:
        found = list(self._of_request(exchange, endpoint))
        if str(exchange.status) not in operation.responses:
            found.append(self._of_status(exchange, [operation]))
        if not exchange.is_json:
            return [*found, Difference("type", "body", "the answer is not JSON")]
        return found + list(self._of_value(exchange, exchange.value, self.schemas[operation.id], "", ""))

    def _of_status(self, exchange: Exchange, operations: list[Operation]) -> Difference:
        known = sorted({status for operation in operations for status in operation.responses})
        return Difference("status", str(exchange.status), f"the document has {', '.join(known)}")

    def _of_value(
        self, exchange: Exchange, value: Any, schema: dict[str, Any], place: str, name: str
    ) -> Iterator[Difference]:
        """The differences in a value of the answer. `place`: its path; `name`: that of the field."""
        schema = self.document.resolve(schema)
        if "date_format" in exchange.given and schema.get("x-graph-type") == "datetime":
            return
        problem = self._problem(value, schema)
        if problem == TYPE:
            wanted = schema["type"] if isinstance(schema["type"], str) else " or ".join(schema["type"])
            yield Difference("type", place or "body", f"{kind(value)}; the document has {wanted}")
        elif isinstance(value, dict):
            yield from self._of_object(exchange, value, schema, place)
        elif isinstance(value, list):
            if problem:
                yield Difference("type", place or "body", f"not as the document's {problem}")
            for one in value:
                yield from self._of_value(exchange, one, schema.get("items", {}), f"{place}[]", name)
        elif self.vocabulary.is_listed(schema):
            if value not in self.vocabulary.values.get(name, ()):
                shown = self.vocabulary.value(value, vocabulary.listed(schema))
                yield Difference("value", place, f"{shown}; the document does not list it")
        elif problem in LISTED:
            yield Difference("value", place, f"{form(value)}; the document does not list it")
        elif problem:
            # Only where the document says what it looks like: of a free text, even the form would tell too much.
            shown = form(value) if "pattern" in schema else kind(value)
            yield Difference("type", place, f"{shown}; not as the document's {problem}")

    def _problem(self, value: Any, schema: dict[str, Any]) -> str:
        """The keyword of the schema that the value itself, without what is in it, breaks first; "" for none."""
        if id(schema) not in self._validators:
            shallow = {key: one for key, one in schema.items() if key in SHALLOW}
            self._validators[id(schema)] = jsonschema_rs.Draft202012Validator(shallow, validate_formats=True)
        broken = [str(list(e.schema_path)[-1]) for e in self._validators[id(schema)].iter_errors(value)]
        return TYPE if TYPE in broken else next(iter(broken), "")

    def _of_object(
        self, exchange: Exchange, value: dict[str, Any], schema: dict[str, Any], place: str
    ) -> Iterator[Difference]:
        dot = place and f"{place}."
        described = self.document.properties(schema)
        if not described:
            others: dict[str, Any] = schema.get("additionalProperties", {})
            for one in value.values():
                yield from self._of_value(exchange, one, others, f"{dot}*", "")
            return
        node = schema.get("x-graph-node", "")
        if node in self.routes.reads:
            described = {**self.document.properties(self.schemas[self.routes.reads[node].id]), **described}
        edges = self.routes.edges.get(node, {})
        for name in schema.get("required", ()):
            if name not in value:
                yield Difference("field", f"{dot}{name}", "missing; the document requires it")
        for name, one in value.items():
            if name in described or name in edges:
                inner = described[name] if name in described else self.schemas[edges[name].id]
                yield from self._of_value(exchange, one, inner, f"{dot}{name}", name)
            elif not (name == "metadata" or (name == "__debug__" and "debug" in exchange.given)):
                sdk = "names" if self.vocabulary.names.has(node, name) else "does not name"
                shown = f"{dot}{self.vocabulary.name(name)}"
                text = f"{kind(one)}; the document does not have it, Meta's SDK {sdk} it"
                yield Difference("field", shown, text)

    # Failures

    def _failure(
        self,
        exchange: Exchange,
        endpoints: list[Endpoint],
        operations: list[Operation],
        error: tuple[int | None, int | None] | None,
    ) -> Observation:
        ids = tuple(operation.id for operation in operations)
        found = Observation(exchange, ids, " or ".join(ids), error)
        suppressed = exchange.given.get("suppress_http_code") in SWITCHED_ON
        if not suppressed and not any(str(exchange.status) in one.responses for one in operations):
            found.differences.append(self._of_status(exchange, operations))
        if exchange.answer is None:
            return found
        if error is None:
            text = "the answer is not JSON" if not exchange.is_json else "the answer has no error in it"
            found.differences.append(Difference("type", "body", f"{text}, with status {exchange.status}"))
            return found
        if exchange.status in ANSWERED and not suppressed:
            found.differences.append(
                Difference("status", str(exchange.status), "with an error in the answer")
            )
        schema = self.document.tree["components"]["schemas"]["ErrorResponse"]
        found.differences += self._of_value(exchange, exchange.value, schema, "", "")
        found.differences += self._of_error(exchange, operations, error)
        found.differences += self._refused_fields(exchange, endpoints)
        return found

    def _of_error(
        self,
        exchange: Exchange,
        operations: list[Operation],
        error: tuple[int | None, int | None],
    ) -> Iterator[Difference]:
        code, subcode = error
        known = [example for operation in operations for example in self._examples(operation)]
        listed = {
            number for operation in operations for number in operation.definition.get("x-graph-codes", ())
        }
        same = [(status, one) for status, one in known if one.get("code") == code]
        if not same and code not in listed:
            shown = f"subcode {subcode}" if subcode is not None else "without a subcode"
            text = f"with status {exchange.status}, {shown}; the document does not have it here"
            yield Difference("code", str(code), text)
            return
        if subcode is not None and subcode not in {one.get("error_subcode") for _, one in same}:
            text = f"subcode {subcode}; the document does not have it here"
            yield Difference("code", str(code), text)
        statuses = {status for status, _ in same}
        passing = any(one.get("is_transient") for _, one in same)  # these come with several statuses
        told = exchange.status not in ANSWERED  # otherwise what is wrong was said before, or asked for
        if told and statuses and not passing and exchange.status not in statuses:
            text = f"with status {exchange.status}; the document has {', '.join(map(str, sorted(statuses)))}"
            yield Difference("status", f"code {code}", text)
        type = exchange.value["error"].get("type")
        types = {one["type"] for _, one in same}
        if types and type not in types:
            text = f"{self.vocabulary.error_type(type)}; the document has {', '.join(sorted(types))}"
            yield Difference("value", "error.type", f"{text} for code {code}")

    def _examples(self, operation: Operation) -> Iterator[tuple[int, dict[str, Any]]]:
        """(status, error) of each failure that the document shows of an operation."""
        for status, response in operation.responses.items():
            for reference in response.get("content", {}).get(JSON, {}).get("examples", {}).values():
                value = self.document.resolve(reference)["value"]
                if isinstance(value, dict) and isinstance(value.get("error"), dict):
                    yield int(status), value["error"]

    def _refused_fields(self, exchange: Exchange, endpoints: list[Endpoint]) -> Iterator[Difference]:
        """A field that the document has, and the server says that there is none."""
        before, _, _ = self.document.errors["unknown_field"].message.partition("{field}")
        message = exchange.value["error"].get("message")
        text = exchange.given.get("fields")
        if not (isinstance(message, str) and message.startswith(before) and isinstance(text, str)):
            return
        name = message.removeprefix(before).partition(")")[0]
        try:
            asked = set(names_in(fields.parse(text)))
        except GraphError:
            return
        documented = any(
            name in e.shape.fields or name in self.routes.edges.get(e.shape.node, {}) for e in endpoints
        )
        if name in asked and documented:
            yield Difference("field", name, "refused as nonexisting; the document has it")

    # Headers

    def _of_headers(self, exchange: Exchange, operations: list[Operation]) -> Iterator[Difference]:
        media = vocabulary.media_type(next(iter(exchange.values("content-type")), ""))
        told_otherwise = exchange.in_batch or "callback" in exchange.given
        if exchange.answer and not told_otherwise and media != JSON:
            yield Difference("header", "content-type", f"{media}; the document has {JSON}")
        described: dict[str, Any] = {}
        for operation in operations:
            for name, one in operation.responses.get(str(exchange.status), {}).get("headers", {}).items():
                described[name.lower()] = self.document.resolve(self.document.resolve(one)["schema"])
        for name in dict.fromkeys(name for name, _ in exchange.headers):
            if name in described:
                schema = described[name]
                for text in exchange.values(name):
                    value = int(text) if schema.get("type") == "integer" and text.isdecimal() else text
                    if problem := self._problem(value, schema):
                        shown = form(text) if "pattern" in schema else kind(value)
                        yield Difference("header", name, f"{shown}; not as the document's {problem}")
            elif (
                name not in self._headers
                and name.startswith(ABOUT_CALLS)
                and not name.startswith(NOT_ABOUT_CALLS)
            ):
                yield Difference("header", vocabulary.header(name), "the document does not have it")


# What a schema says of a value itself.
SHALLOW = {
    *("type", "enum", "const", "pattern", "format", "minLength", "maxLength", "minimum", "maximum"),
    *("minItems", "maxItems", "minProperties", "maxProperties"),
}


def error_of(exchange: Exchange) -> tuple[int | None, int | None] | None:
    """(code, subcode) of the error in the answer, None without one."""
    value = exchange.value
    error = value.get("error") if isinstance(value, dict) else None
    if not isinstance(error, dict):
        return None
    return vocabulary.code(error.get("code")), vocabulary.code(error.get("error_subcode"))


def names_in(wanted: Mapping[str, fields.Wanted]) -> Iterator[str]:
    """The names in a text of `fields`, at every depth."""
    for name, one in wanted.items():
        yield name
        yield from names_in(one.fields)
