"""What the README shows, as it stands there."""

import re

from scripts.node import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SANDBOX = "127.0.0.1:4020"  # where its examples expect the sandbox
# The client's example, run against a sandbox with its demo world, prints this.
CLIENT_PRINTS = [
    "Example Agency CONFIRMED ['ADVERTISE', 'ANALYZE']",
    "1 [['ANALYZE']]",
    "Not our business: (#200) Permissions error",
]


def python_example(line: str) -> str:
    """The README's one Python example with this line in it."""
    blocks = re.findall(r"^```python\n(.*?)^```$", README, re.S | re.M)
    (block,) = (block for block in blocks if line in block.splitlines())
    return str(block)


CLIENT = python_example("from meta_b2b_client import B2BClient, GraphError, PermissionDenied")
# Modules of tests, as a user writes them.
TESTS = [
    block for block in re.findall(r"^```python\n(.*?)^```$", README, re.S | re.M) if "def test_" in block
]
