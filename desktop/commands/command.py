"""One thing that can be done: a name, a key, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """`group` is where the help lists it; `key` is a QKeySequence in portable text, or empty."""

    label: str
    run: Callable[[], object]
    group: str = "General"
    key: str = ""
    icon_name: str = ""
    possible: Callable[[], bool] = lambda: True
