"""Lets `python -m core.cli` do what `solofleet` does."""

import sys

from core.cli.program import main

if __name__ == "__main__":
    sys.exit(main())
