"""The yardstick: a server that gives one answer to whatever comes.

It is the sandbox's command with another application, so that granian runs with the same settings.

Its first argument is a file with the answer, as JSON: `{"status": 200, "headers": [[name, value]], "body": text}`; the
others are the sandbox's.
"""

import json
import sys
from pathlib import Path
from typing import Any

from meta_b2b_sandbox import app, cli


def make_bare_app(file: Path) -> app.App:
    """The RSGI application that gives the answer in the file."""
    answer = json.loads(file.read_bytes())
    status, body = int(answer["status"]), answer["body"].encode()
    headers = [(name, value) for name, value in answer["headers"]]

    async def bare(scope: Any, protocol: Any) -> None:
        if scope.method == "POST":
            await protocol()  # the body, which the next request of the connection stands behind
        protocol.response_bytes(status, headers, body)

    return bare


if __name__ == "__main__":
    bare = make_bare_app(Path(sys.argv[1]))
    app.make_app = lambda *given: bare
    sys.exit(cli.main(sys.argv[2:]))
