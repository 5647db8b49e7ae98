"""Several calls in one request: how Graph wants them, and how their answers are read.

Source: Meta's Graph API guide, "Batch Requests".
"""

import json
from collections.abc import Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

import httpx

from ._answers import Codes, read
from ._calls import JSON, Call
from ._options import Options
from .errors import GraphError, TimedOut, UnexpectedAnswer

T = TypeVar("T")
MOST = 50


class Batch(Call[list[Any]]):
    """The call that makes all of `calls`."""

    def __init__(self, calls: Sequence[Call[Any]]) -> None:
        """Raises ValueError for more calls than Graph takes."""
        if len(calls) > MOST:
            raise ValueError(f"a batch holds {MOST} calls at most, not {len(calls)}")
        body = {"batch": [_item(call) for call in calls], "include_headers": True}
        super().__init__("batch", "POST", "/", _answers, body=body)
        self.calls = calls

    @property
    def idempotent(self) -> bool:
        return all(call.idempotent for call in self.calls)


def _item(call: Call[Any]) -> JSON:
    url = f"{call.path}?{urlencode(call.params)}" if call.params else call.path
    item = {"method": call.method, "relative_url": url}
    if call.body:  # a form, in which lists are JSON
        item["body"] = urlencode(
            {
                name: value if isinstance(value, str) else json.dumps(value)
                for name, value in call.body.items()
            }
        )
    return item


def _answers(body: Any) -> list[Any]:
    if not isinstance(body, list):
        raise TypeError("it is not a list")
    return body


def results(
    calls: Sequence[Call[T]], answers: list[Any], codes: Codes, options: Options
) -> list[T | GraphError]:
    """What each call gave, or why it failed. Raises UnexpectedAnswer when there are more or fewer answers."""
    if len(answers) != len(calls):
        raise UnexpectedAnswer(f"{len(answers)} answers to {len(calls)} calls", operation="batch")
    return [_result(call, answer, codes, options) for call, answer in zip(calls, answers, strict=True)]


def _result(call: Call[Any], answer: Any, codes: Codes, options: Options) -> Any:
    if answer is None:
        return TimedOut("Graph left it out of its answer, because it took too long", operation=call.operation)
    try:
        headers = [(one["name"], one["value"]) for one in answer.get("headers") or []]
        response = httpx.Response(answer["code"], content=answer["body"].encode())
        response.headers = httpx.Headers(headers)  # not above: their encoding is no longer that of the body
        return read(call, response, codes, options)
    except GraphError as error:
        return error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        return UnexpectedAnswer(f"not an answer to a call of a batch: {error}", operation=call.operation)
