"""`python -m jiju`, and the console script."""

import sys

from jiju.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
