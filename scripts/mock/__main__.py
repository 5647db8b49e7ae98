"""`python -m scripts.mock`: the command `make mock`."""

import sys

from scripts.mock.prism import main

if __name__ == "__main__":
    sys.exit(main())
