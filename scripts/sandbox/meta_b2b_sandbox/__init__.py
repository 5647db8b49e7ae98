"""The sandbox: Graph's B2B and OBO endpoints with state, for development and tests.

For users: `Sandbox` starts one as a process, and the command meta-b2b-sandbox (cli.py) serves one.

A request goes this way: serving.py (granian; tls.py for HTTPS) → app.py (body, address.py: where it came from) →
wire.py (the way of a call, with reading.py, tokens.py, fields.py, paging.py, answering.py and errors.py for its parts)
→ rules.py (one handler per operationId) → store.py (SQLite). control.py is the control API, faults.py what it makes
fail, world.py the demo world. document.py reads the OpenAPI documents, and routing.py makes routes and validators of
them.
"""

from meta_b2b_sandbox.process import Sandbox, SandboxError

__all__ = ["Sandbox", "SandboxError", "__version__"]
__version__ = "0.1.0"
