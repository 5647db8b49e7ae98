"""`python -m meta_b2b_sandbox`: the command meta-b2b-sandbox."""

import sys

from meta_b2b_sandbox.cli import main

if __name__ == "__main__":
    sys.exit(main())
