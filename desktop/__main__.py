"""Lets `python -m desktop` do what `solofleet` does."""

import sys

from desktop.launch import main

if __name__ == "__main__":
    sys.exit(main())
