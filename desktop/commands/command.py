"""One thing that can be done: a name, a key, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """`group` is where the help lists it; `key` is a QKeySequence in portable text, or empty.

    `also` is a second key that does the same. `own_key`: a widget hears the key itself, where it
    has the focus, so the window does not. `listed`: the palette shows it. `repeats`: who holds the
    key down does it again and again, as one goes from hit to hit.
    """

    label: str
    run: Callable[[], object]
    group: str = "General"
    key: str = ""
    icon_name: str = ""
    possible: Callable[[], bool] = lambda: True
    also: str = ""
    own_key: bool = False
    listed: bool = True
    repeats: bool = False
