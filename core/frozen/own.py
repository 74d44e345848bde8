"""The Python that runs what is Solofleet's own: the demo, the built-in broker, Flower, its helpers.

A built program is no Python, but has one beside it: the same interpreter, which does as `python`
does (`core.frozen.as_python`). It is for nothing of the user's: it lacks their packages.
"""

import sys
from pathlib import Path
from typing import Final

IS_FROZEN: Final = bool(getattr(sys, "frozen", False))
"""Whether this is a built program."""

NAME: Final = "solofleet-python.exe" if sys.platform == "win32" else "solofleet-python"
"""The file beside a built program. No search for a project's Python takes it for one."""


def own_python(executable: Path, *, frozen: bool) -> Path:
    """Give the Python of the program that runs as `executable`."""
    return executable.with_name(NAME) if frozen else executable


OWN_PYTHON: Final = own_python(Path(sys.executable), frozen=IS_FROZEN)
