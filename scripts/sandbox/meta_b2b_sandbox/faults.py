"""Faults on demand: calls that fail or wait, as somebody told the control API."""

from dataclasses import dataclass, field

from meta_b2b_sandbox.errors import Headers


@dataclass
class Fault:
    """What happens to the next `times` calls of an operation (or of "all"): they wait `delay` seconds, and with a
    `code` fail with this error of Graph's."""

    operation: str
    times: int
    delay: float = 0.0
    code: int | None = None
    headers: Headers = field(default_factory=list)


class Faults:
    """The faults that still wait for calls, in the order in which they were added."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._waiting.append(fault)

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, operation: str) -> Fault | None:
        """The fault of this call of an operation, if there is one; it counts as used."""
        for fault in self._waiting:
            if fault.operation in (operation, "all"):
                fault.times -= 1
                if fault.times == 0:
                    self._waiting.remove(fault)
                return fault
        return None
