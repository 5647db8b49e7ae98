"""The control API does what openapi/sandbox.yaml says: Schemathesis in all its phases, and faults that it must find."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import pytest
from meta_b2b_sandbox import Sandbox
from meta_b2b_sandbox.document import OPENAPI, packaged

DOCUMENT = packaged("sandbox.yaml")
CONFIG = Path(__file__).with_name("schemathesis.toml")
SERVE = "import sys\nfrom meta_b2b_sandbox.cli import main\nsys.exit(main(sys.argv[1:]))\n"
# Line of Python before the start → an operation that must be found wrong, and what is said of it.
FAULTS = {
    "a list of the state is missing": (
        "from meta_b2b_sandbox import seeds\nstate = seeds.state\n"
        "seeds.state = lambda store: {k: v for k, v in state(store).items() if k != 'tokens'}\n",
        "get_state",
        "Response violates schema",
    ),
    "times in another form": (
        "from meta_b2b_sandbox import control\ncontrol.stamp = lambda seconds: str(seconds)\n",
        "get_clock",
        "Response violates schema",
    ),
    "anything is taken": (
        "from meta_b2b_sandbox import control\ncontrol.check = lambda *given: None\n",
        "list_calls",
        "API accepted schema-violating request",
    ),
    "a crash": (
        "from meta_b2b_sandbox.store import Store\nStore.secrets = lambda self: 1 / 0\n",
        "list_calls",
        "Server error",
    ),
    "a status that is not documented": (
        "from meta_b2b_sandbox import control\n"
        "def conflict(self, call):\n    raise control.ControlError(418, 'no')\n"
        "control.Control._list_worlds = conflict\n",
        "list_worlds",
        "Undocumented HTTP status code",
    ),
    "what is right is refused": (
        "from meta_b2b_sandbox import control\n"
        "def refused(self, call):\n    raise control.ControlError(400, 'no')\n"
        "control.Control._add_user = refused\n",
        "add_user",
        "Schema-valid request rejected",
    ),
}


def schemathesis(sandbox: Sandbox, *options: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A run of Schemathesis' own command."""
    return subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", f"--config-file={CONFIG}", "run"),
            *(str(OPENAPI / "sandbox.yaml"), f"--url={sandbox.control_url.removesuffix('/_sandbox')}"),
            *("--checks=all", "--no-color", *options),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_the_control_api_is_as_described(tmp_path: Path) -> None:
    with Sandbox() as sandbox:
        done = schemathesis(sandbox, "--phases=examples,coverage,fuzzing,stateful", folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Tested: {len(DOCUMENT.operations)}" in done.stdout


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(fault: str, tmp_path: Path) -> None:
    before, operation_id, said = FAULTS[fault]

    class Faulty(Sandbox):
        command: ClassVar[Sequence[str]] = (sys.executable, "-P", "-c", before + SERVE)

    with Faulty() as sandbox:
        done = schemathesis(sandbox, f"--include-operation-id={operation_id}", folder=tmp_path)
    assert (done.returncode, said in done.stdout) == (1, True), done.stdout + done.stderr
