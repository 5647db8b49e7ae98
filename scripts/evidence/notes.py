"""What all exchanges of one report showed, counted. No part of an exchange is kept: only what the report will say."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from meta_b2b_sandbox.batch import SEVERAL
from meta_b2b_sandbox.document import Document
from meta_b2b_sandbox.wire import VERSION

from scripts.evidence.assumed import CONFIRMED, REFUTED, SEEN, Assumptions
from scripts.evidence.comparing import Comparison, Difference, Observation
from scripts.evidence.exchange import Exchange, unfolded
from scripts.evidence.placeholders import Placeholders

MOST_DIFFERENCES = 2000  # of all kinds; a program that calls at random must not fill the memory
NOT_SEEN = "not seen"


@dataclass
class Operation:
    """How often an operation was called. `statuses`: status → how often. `errors`: (code, subcode) → how often."""

    calls: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    errors: Counter[tuple[int | None, int | None]] = field(default_factory=Counter)
    differences: Counter[Difference] = field(default_factory=Counter)


class Notes:
    """Those of one report. `comparison` holds calls against the document. `skipped`: why one is not in → how often."""

    def __init__(self, document: Document) -> None:
        self.comparison = Comparison(document)
        self.assumptions = Assumptions(self.comparison)
        self._placeholders = Placeholders(self.comparison.vocabulary)
        self.document_version = document.version
        self.calls = 0
        self.operations: dict[str, Operation] = {}
        self.examples: dict[tuple[str, Difference], dict[str, Any]] = {}
        self.outcomes: dict[str, Counter[str]] = {id: Counter() for id in self.assumptions.all}
        self.versions: Counter[str] = Counter()
        self.skipped: Counter[str] = Counter()

    def add(self, exchange: Exchange) -> list[tuple[str, Difference]]:
        """Count an exchange; returns (operation, difference) of each difference that is new."""
        observation = self.comparison.observe(exchange)
        new = self._add(observation)
        if SEVERAL.keys() & {*observation.operations}:
            for one in unfolded(exchange):
                new += self._add(self.comparison.observe(one))
        return new

    def _add(self, observation: Observation) -> list[tuple[str, Difference]]:
        new = []
        one = observation.exchange
        operation = self.operations.setdefault(observation.label, Operation())
        self.calls += 1
        operation.calls += 1
        operation.statuses[one.status] += 1
        if observation.error:
            operation.errors[observation.error] += 1
        for version in one.values("facebook-api-version"):
            if VERSION.fullmatch(version):
                self.versions[version] += 1
        for difference in dict.fromkeys(observation.differences):
            key = observation.label, difference
            if key not in self.examples:
                if len(self.examples) >= MOST_DIFFERENCES:
                    self.skipped[f"differences beyond the first {MOST_DIFFERENCES}"] += 1
                    continue
                self.examples[key] = self._placeholders.example(one)
                new.append(key)
            operation.differences[difference] += 1
        for id, outcome in self.assumptions.of(observation):
            self.outcomes[id][outcome] += 1
        return new

    def outcome(self, id: str) -> str:
        """What all exchanges say about an assumption: one that refutes it counts more than all that confirm it."""
        counts = self.outcomes[id]
        return next((one for one in (REFUTED, CONFIRMED, SEEN) if counts[one]), NOT_SEEN)

    @property
    def differences(self) -> int:
        """How many differences there are, each counted once."""
        return len(self.examples)
