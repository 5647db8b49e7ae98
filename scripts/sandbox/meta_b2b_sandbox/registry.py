"""Where a module of rules notes its handlers and readers."""

from collections.abc import Callable

from meta_b2b_sandbox.wire import Handler, Reader


class Registry:
    """`handlers`: operationId → what answers it. `readers`: type of a node → what reads the fields that show only when
    `fields` names them."""

    def __init__(self) -> None:
        self.handlers: dict[str, Handler] = {}
        self.readers: dict[str, Reader] = {}

    def handler(self, function: Handler) -> Handler:
        """The function handles the operation of its name."""
        self.handlers[function.__name__] = function
        return function

    def reader(self, node: str) -> Callable[[Reader], Reader]:
        """The function reads nodes of this type."""

        def register(function: Reader) -> Reader:
            self.readers[node] = function
            return function

        return register
