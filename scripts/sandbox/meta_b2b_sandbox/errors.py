"""Failures, as Graph tells them. The document's named error examples are the list of them.

Code raises one by its name: `OWN_ASSET = Failure("own_asset", __name__)`, then `raise OWN_ASSET()`. HTTP status, code,
subcode, type and text come from the example. A name that the document lacks is found at the start.
"""

import re
from typing import Any, ClassVar

import orjson

from meta_b2b_sandbox.document import Document, DocumentError, ErrorExample

Headers = list[tuple[str, str]]
UNQUOTABLE = re.compile(r'[^ -~]|["\\]')  # in a header's quoted text


class GraphError(Exception):
    """A call fails with an error of Graph's. Made by a Failure or by Errors.of_code."""

    def __init__(
        self,
        example: str | ErrorExample,
        values: dict[str, str] | None = None,
        status: int | None = None,
        headers: Headers | None = None,
    ) -> None:
        """`example`: its name, or itself. `values`: the parts of its text; without them the text is the example's own.
        `status`: where it is not the example's."""
        super().__init__(example if isinstance(example, str) else example.name)
        self.example, self.values, self.status, self.headers = example, values, status, headers or []


class Failure:
    """A failure that code may raise, by the name of its example: `raise NOT_FOUND(method="get", id="1")`."""

    declared: ClassVar[dict[str, str]] = {}  # name → module that raises it

    def __init__(self, name: str, module: str) -> None:
        self._name = name
        self.declared[name] = module

    def __call__(
        self, status: int | None = None, headers: Headers | None = None, **values: str
    ) -> GraphError:
        """The exception. `values`: a text for each name in the braces of the example's `x-message`."""
        return GraphError(self._name, values, status, headers)


class Errors:
    """The failures of a document. Raises DocumentError when it has no example for one that code may raise."""

    def __init__(self, document: Document) -> None:
        self._examples = document.errors
        unknown = {name: module for name, module in Failure.declared.items() if name not in self._examples}
        if unknown:
            raise DocumentError(f"{document.name} has no error example of these names: {unknown}")
        classes = document.tree["components"]["schemas"]["GraphError"]["x-graph-codes"]
        self._tokens = {entry["code"] for entry in classes if entry["class"] == "authentication_failed"}

    def of_code(self, code: int, headers: Headers) -> GraphError:
        """The first failure with this code, as the document shows it; any other code as an error without a story."""
        for example in self._examples.values():
            if example.error.get("code") == code:
                return GraphError(example, headers=headers)
        text = f"(#{code}) Error"
        error = {"message": text, "type": "OAuthException", "code": code}
        return GraphError(ErrorExample(f"code {code}", 400, error, text), headers=headers)

    def answer(self, failure: GraphError, trace: str) -> tuple[int, Headers, bytes]:
        """HTTP status (where no source has one, the document's [A14] [A23]), headers of its own, and body."""
        example = (
            failure.example if isinstance(failure.example, ErrorExample) else self._examples[failure.example]
        )
        error: dict[str, Any] = {**example.error, "fbtrace_id": trace}
        if failure.values is not None:
            error["message"] = example.message.format(**failure.values)
        headers = list(failure.headers)
        if error["type"] == "OAuthException":
            kind = "invalid_token" if error["code"] in self._tokens else "invalid_request"
            text = UNQUOTABLE.sub("?", error["message"])
            headers.append(("www-authenticate", f'OAuth "Facebook Platform" "{kind}" "{text}"'))
        return failure.status or example.status, headers, orjson.dumps({"error": error})
