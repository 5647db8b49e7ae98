"""The sandbox: Graph's B2B and OBO endpoints with state, for development and tests.

For users: `Sandbox` starts one as a process, `SandboxWorld` is one of its worlds, pytest_plugin.py gives each test its
own, and the command meta-b2b-sandbox (cli.py) serves one.

A request goes this way: serving.py (granian; tls.py for HTTPS) → app.py (body; address.py: where it came from, and
whether it is let in; worlds.py: which world it is for) → wire.py (the way of a call, with reading.py, tokens.py,
paging.py, answering.py, switches.py and errors.py for its parts) → rules.py and people.py (one handler per
operationId, noted in a registry.py; rights.py knows what a token may do) → store.py (SQLite). Several calls in one
request (batch.py) go from wire.py through it, one by one. What is shown of a node is chosen by expansion.py: fields.py
reads `fields`, shapes.py the schemas of answers, graph_names.py what Graph has beside them.

control.py is the control API, control_client.py its face in Python. A world of worlds.py has a journal.py (redaction.py
hides secrets in it), a clock.py, faults.py (what fails), usage.py (a budget of calls) and answers.py (what the other
side answers by itself). seeds.py reads what a world is made of; world.py is the demo world, which is in demo.yaml.
document.py reads the OpenAPI documents, and routing.py makes routes and validators of them. page/ shows all that in a
browser, and is loaded when somebody looks; docs.py serves the documentation, where the package has it.
"""

from meta_b2b_sandbox.control_client import Call, ClockTime, SandboxError, SandboxWorld, WholeCall
from meta_b2b_sandbox.process import Sandbox

__all__ = ["Call", "ClockTime", "Sandbox", "SandboxError", "SandboxWorld", "WholeCall", "__version__"]
__version__ = "0.1.0"
