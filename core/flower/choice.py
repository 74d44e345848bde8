"""Whose Flower runs: the project's where it has one, else Solofleet's own."""

from importlib import metadata
from typing import Final

from core.errors import UNAVAILABLE, FleetError
from core.project.compatibility import numbers
from core.project.installing import install_command
from core.project.interpreter import Interpreter
from core.project.versions import Versions

OLDEST: Final = (1, 2)
"""Tried on Linux with Celery 5.2.7 and 5.7.0: 1.2.0, 2.0.1, 2.1.0 and 2.2.0 run. 0.9 cannot be
imported beside Celery 5 (mher/flower#1033), 1.0 does not tell whom it sees."""
WANTED: Final = "flower>=2.0"


def project_has_flower(versions: Versions, interpreter: Interpreter) -> bool:
    """Whether the project's interpreter has one. Raises FleetError when that one is broken."""
    if versions.flower is None:
        return False
    if numbers(versions.flower) < OLDEST:
        raise FleetError(
            f"Flower {versions.flower} does not run with Celery {versions.celery}",
            f"Solofleet needs 1.2 or newer in {interpreter.path}, or none there: then it runs its"
            " own",
            install_command(interpreter, WANTED),
            exit_code=UNAVAILABLE,
        )
    return True


def own_version() -> str:
    """The version of the Flower that came with Solofleet."""
    return metadata.version("flower")
