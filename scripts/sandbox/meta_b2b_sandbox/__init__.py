"""The sandbox: Graph's B2B and OBO endpoints with state, for local development (`make sandbox`).

document.py reads routes and validation from the OpenAPI document, wire.py speaks as Graph does, rules.py has
one handler per operationId, store.py keeps the state in SQLite, world.py is the demo world, control.py changes
it from outside, app.py is all of this as an application for granian, the server.
"""

from meta_b2b_sandbox.process import Sandbox, SandboxError

__all__ = ["Sandbox", "SandboxError", "__version__"]
__version__ = "0.1.0"
