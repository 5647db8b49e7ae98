"""The worlds of a sandbox: the first, and others beside it that see nothing of each other."""

import itertools
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from meta_b2b_sandbox import seeds
from meta_b2b_sandbox.answers import Answers
from meta_b2b_sandbox.clock import Clock
from meta_b2b_sandbox.faults import Faults
from meta_b2b_sandbox.journal import Journal
from meta_b2b_sandbox.store import IN_MEMORY, Store, StoreError
from meta_b2b_sandbox.usage import Budget

MOST_SNAPSHOTS = 100


class WorldsError(Exception):
    """There can be no such world; the text says why."""


@dataclass
class World:
    """What one world has for itself. `beginning`: what it returns to when it is reset."""

    name: str  # "" for the first
    store: Store
    beginning: Store
    journal: Journal
    faults: Faults = field(default_factory=Faults)
    answers: Answers = field(default_factory=Answers)
    budget: Budget | None = None
    snapshots: dict[str, Store] = field(default_factory=dict)
    used: float = 0.0  # when it was called last, by the machine's clock that never goes back

    @property
    def clock(self) -> Clock:
        """The time in it."""
        return self.store.clock

    def reset(self) -> None:
        """As it began; its snapshots stay."""
        self.store.restore(self.beginning)
        self.clock.reset()
        self.journal.clear()
        self.faults.clear()
        self.answers.clear()
        self.budget = None

    def close(self) -> None:
        """Let go of its file and its memory."""
        for store in (self.store, *self.snapshots.values()):
            store.close()


class Worlds:
    """The first world, and those beside it by their names, the one that was used last at the end."""

    def __init__(
        self,
        store: Store,
        beginning: Store,
        most: int = 1000,
        idle_seconds: float = 3600,
        calls: int = 1000,
    ) -> None:
        """`store`: what the first holds; `beginning`: to what it and others return that have no seed of their own.
        `most`: how many beside the first there may be; `calls`: how many each journal keeps."""
        self.first = World("", store, beginning, Journal(calls))
        self._most, self._idle_seconds, self._calls = most, idle_seconds, calls
        self._beside: OrderedDict[str, World] = OrderedDict()
        self._numbers = itertools.count(1)

    def __iter__(self) -> Iterator[World]:
        return iter(self._beside.values())

    def get(self, name: str, now: float) -> World | None:
        """The world with this name, None without one. `now`: seconds of the machine's clock that never goes back."""
        self._forget(now)
        world = self._beside.get(name)
        if world is not None:
            world.used = now
            self._beside.move_to_end(name)
        return world

    def create(self, name: str | None, seed: Mapping[str, Any] | None, file: str | None, now: float) -> World:
        """A new world that begins as its seed says, or as the first one did; with a file that is there already, as
        that left it.

        `file`: the name of a file beside that of the first world. Raises WorldsError, SeedError for a seed that is not
        right, and StoreError for a file that is not a sandbox's, or in use.
        """
        self._forget(now)
        if file is not None and name is None:
            raise WorldsError("a world with a file needs a name")
        if name is None:
            name = next(name for name in map("world-{}".format, self._numbers) if name not in self._beside)
        if name in self._beside:
            raise WorldsError(f"there is a world {name} already; end it, or choose another name")
        if len(self._beside) >= self._most:
            raise WorldsError(
                f"there are {self._most} worlds, and no room for more: end those that are not needed "
                "(DELETE /_sandbox/worlds/<name>), or start the sandbox with a greater --max-worlds"
            )
        path = IN_MEMORY if file is None else str(self._folder() / file)
        beginning = self.first.beginning
        if seed is not None:
            beginning = Store(IN_MEMORY, beginning)
            try:
                seeds.put(beginning, seed)
            except seeds.SeedError:
                beginning.close()
                raise
        try:
            store = Store(path, beginning)
        except StoreError:
            if seed is not None:
                beginning.close()
            raise
        world = World(name, store, beginning, Journal(self._calls), used=now)
        self._beside[name] = world
        return world

    def end(self, name: str) -> bool:
        """Let a world end. Whether there was one."""
        world = self._beside.pop(name, None)
        if world is not None:
            world.close()
            if world.beginning is not self.first.beginning:
                world.beginning.close()
        return world is not None

    def close(self) -> None:
        """Let all of them end."""
        for name in list(self._beside):
            self.end(name)
        self.first.close()
        self.first.beginning.close()

    def _folder(self) -> Path:
        first = self.first.store.file
        return Path() if first == IN_MEMORY else Path(first).parent

    def _forget(self, now: float) -> None:
        """Let those end that nobody has called for too long; the oldest stand first."""
        while self._beside:
            world = next(iter(self._beside.values()))
            if now - world.used < self._idle_seconds:
                return
            self.end(world.name)
