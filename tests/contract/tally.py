"""What was sent to a server and what came back, counted: several processes add theirs together."""

from collections import Counter, defaultdict
from typing import Any


class Tally:
    """`sent`: requests without those of the client and of the model. `answers`: operationId → HTTP status → how often.

    `links`: names of the links between the operations that may be sent; `followed`: those that led from a success to a
    success, and how often. `ways`: "POST GET DELETE", three successes of which each led to the next. `walks`: how many
    were made. `remarks`: for the end of the report.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.kind = self.told_by = ""
        self.sent = self.walks = 0
        self.answers: dict[str, Counter[int]] = defaultdict(Counter)
        self.links: set[str] = set()
        self.followed: Counter[str] = Counter()
        self.ways: Counter[str] = Counter()
        self.remarks: list[str] = []

    def successes(self, operation_id: str | None = None) -> int:
        """How many requests of the operation, or of all, were answered with a success."""
        counters = self.answers.values() if operation_id is None else [self.answers[operation_id]]
        return sum(count for answers in counters for status, count in answers.items() if 200 <= status < 300)

    def problems(self) -> list[str]:
        """Why the run proves nothing, whatever the single tests say."""
        found = []
        if self.answers and not self.successes():
            found.append("No request at all was answered with a success: nothing was proven.")
        elif self.walks and not self.followed:
            # Other servers may know none of the ids, or answer with empty lists, from which nothing leads on.
            found.append("No link of the document led from one answer to the next.")
        if self.walks and self.kind == "sandbox":
            if not self.times("POST GET DELETE"):
                found.append("Nothing was created, read and removed in one walk.")
            if not self.times("DELETE GET"):
                found.append("Nothing was read after its removal.")
        return found

    def times(self, end: str) -> int:
        """How many walks went this way at their end."""
        return sum(count for way, count in self.ways.items() if way.endswith(end))

    def packed(self) -> dict[str, Any]:
        """As plain data, for another process."""
        return {
            **vars(self),
            "answers": {id: dict(counter) for id, counter in self.answers.items()},
            "links": sorted(self.links),
            "followed": dict(self.followed),
            "ways": dict(self.ways),
        }

    def add(self, data: dict[str, Any]) -> None:
        """Add what `packed` wrote in another process."""
        self.kind, self.told_by = data["kind"], data["told_by"]
        self.sent += data["sent"]
        self.walks += data["walks"]
        for id, counter in data["answers"].items():
            self.answers[id].update(counter)
        self.links |= set(data["links"])
        self.followed.update(data["followed"])
        self.ways.update(data["ways"])
        self.remarks += data["remarks"]
