"""Walks: calls one after the other as the document's links lead, with generated values where they give none."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from hypothesis import reject, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.stateful import RULE_MARKER, Bundle, initialize
from hypothesis.strategies import builds
from schemathesis.core.parameters import CONTAINER_TO_LOCATION
from schemathesis.generation.stateful import run_state_machine_as_test
from schemathesis.generation.stateful.state_machine import StepInput, normalize_name

from tests.contract.cases import first_example, parameters
from tests.contract.checks import listed
from tests.contract.server import Server, id_of, profile
from tests.support.document import OPERATIONS, resolve

STEPS = 6


def edges_of(case: Any) -> list[str]:
    """Paths of the edges that no longer list what this DELETE removes: its links lead there.

    None by a link that takes what the request does not name: the mock answers that with a success, see prism.py.
    """
    answer = OPERATIONS[id_of(case.operation)].responses["200"]
    found = []
    for link in map(resolve, answer.get("links", {}).values()):
        path = OPERATIONS[link["operationId"]].path
        for name, expression in link["parameters"].items():
            place, _, key = expression.removeprefix("$request.").partition(".")
            values = case.path_parameters if place == "path" else case.query
            if key not in values:
                break
            path = path.replace(f"{{{name}}}", str(values[key]))
        else:
            found.append(path)
    return found


def removed_by(case: Any) -> set[str]:
    """Ids of what this DELETE removes: what it names, and what it is made on, as a user's edges list that."""
    named = set(map(str, case.query.values()))
    places = {(name, str(id)) for name, id in case.path_parameters.items()}
    return named | {f"act_{id}" if name == "ad_account_id" else id for name, id in places}


def is_led(step: StepInput) -> bool:
    """Whether a request has all that its link takes from the answer before: where an answer lacks it, as an empty list
    does, Schemathesis draws another value."""
    transition = step.transition
    if transition is None:
        return False
    taken = {
        (CONTAINER_TO_LOCATION[place], name) for place, one in transition.parameters.items() for name in one
    }
    return taken <= set(step.applied_parameters)


def first_requests(server: Server, operation: Any) -> Iterator[Callable[[], Any]]:
    """What makes a request to begin a walk with: the document's first example; then that with each id that the server
    knows in the place of its own, and with each list of `fields`."""

    def example(parameter: dict[str, Any], value: str) -> Any:
        case = first_example(operation, server.token)
        (case.path_parameters if parameter["in"] == "path" else case.query)[parameter["name"]] = value
        return case

    yield partial(first_example, operation, server.token)
    bindings = operation.schema.config.parameters
    for one in parameters(operation):
        binding = bindings.get(f"{one['in']}.{one['name']}")
        known = server.world.ids[binding.dictionary] if server.world and binding else ()
        for value in known or one["schema"].get("enum", ()):
            yield partial(example, one, value)


class Walks:
    """The walks from one operation, and how far they led."""

    def __init__(
        self,
        server: Server,
        start: Any,
        links: Iterable[str] = (),
        first: Callable[[], Any] | None = None,
    ) -> None:
        """`start`: the operation of the server's Schemathesis schema to begin with; `links`: names of the only links
        to follow from it, as many in each walk. Without them any link is followed, as far as it leads. `first` makes
        the request to begin with; without it, that is drawn.
        """
        self.server, self.start = server, start
        self.only = {normalize_name(link) for link in links}
        self.first = first
        self.made = 0
        self.followed: Counter[str] = Counter()  # names of links that led from a success to a success
        # "POST GET DELETE": three successes, each led to by the one before.
        self.ways: Counter[str] = Counter()

    def run(self, count: int) -> None:
        """Make so many walks. Raises what the checks of Schemathesis find."""
        steps = 1 + len(self.only) if self.only else STEPS  # the first is the operation itself
        # A first request that is always refused leads nowhere, which is for the caller to judge.
        with suppress(*((Unsatisfiable,) if self.first else ())):
            run_state_machine_as_test(
                self._machine(),
                settings=settings(profile(self.server.plan, count), stateful_step_count=steps),
            )

    def _machine(self) -> Any:
        """By itself Schemathesis begins with a POST, and not with all of them."""
        walks, server, start = self, self.server, self.start
        begin_with = builds(self.first) if self.first else start.as_strategy()

        class Walk(server.machine):  # type: ignore[misc, name-defined]
            def setup(self) -> None:
                walks.made += 1
                self.way: dict[str, str] = {}  # id of a case → the methods that led to it
                server.removed.clear()
                server.fresh(id_of(start))

            def call(self, case: Any, **kwargs: Any) -> Any:
                response = server.call(case, fresh=False)
                if response is None:
                    return reject()
                if response.status_code == 200:
                    if case.method == "DELETE":
                        for path in edges_of(case):
                            server.removed[path].update(removed_by(case))
                    if case.method == "POST":
                        server.removed.clear()  # it may be back
                return response

            def step(self, input: Any) -> Any:
                with server.noting("after other calls"):
                    output = super().step(input)
                    # Schemathesis looks at the path of the DELETE only.
                    path = output.case.formatted_path
                    still = listed(output.response) & server.removed[path]
                    # Only a server that remembers can be tested so.
                    if output.response.status_code == 200 and server.world:
                        assert not still, f"it lists what was removed\n{path}: {still}"
                if output.response.status_code == 200:
                    before = self.way.get(input.transition.parent_id) if is_led(input) else None
                    way = self.way[output.case.id] = f"{before or ''} {output.case.method}".strip()
                    walks.ways[way] += 1
                    if before:
                        walks.followed[input.transition.id] += 1
                return output

            @initialize(target=Bundle("catch_all"), case=begin_with)
            def begin(self, case: Any) -> Any:
                first = StepInput.initial(case)
                self.recorder.record_case(case=case)
                self.control.record_step(first, self.recorder)
                output = self.step(first)
                if walks.only and output.response.status_code != 200:
                    reject()  # no link leads on, and a machine without a rule is an error to Hypothesis
                return output

        if self.only:
            for name in dir(server.machine):
                if hasattr(getattr(server.machine, name), RULE_MARKER) and name not in self.only:
                    setattr(Walk, name, None)  # no rule of this machine
        return Walk
