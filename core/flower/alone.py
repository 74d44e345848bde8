"""Runs Flower without the user's app: `python -P alone.py OPTIONS`, in Solofleet's interpreter.

The settings by which it finds broker and events come on standard input, one JSON object on one
line (`resources/inside/calls.py`, watched): they hold passwords, which have no place in arguments.
"""

import json
import sys
from typing import Any

from celery import Celery


def main() -> None:
    """Be Flower until ended."""
    app: Any = Celery("solofleet")  # it has no types
    app.conf.update(json.loads(sys.stdin.buffer.readline()))
    app.start(["flower", *sys.argv[1:]])


if __name__ == "__main__":
    main()
