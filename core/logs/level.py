"""How grave a line of a log is."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Final


class Level(IntEnum):
    """The levels of Python's logging, in their order; OTHER for lines that tell none."""

    OTHER = 0
    DEBUG = 1
    INFO = 2
    WARNING = 3
    ERROR = 4
    CRITICAL = 5


LEVELS: Final[Mapping[str, Level]] = {
    **{level.name: level for level in Level if level},
    "WARN": Level.WARNING,
    "FATAL": Level.CRITICAL,
    "EXCEPTION": Level.ERROR,  # structlog's name of an error with its traceback
    "TRACE": Level.DEBUG,  # these two are loguru's
    "SUCCESS": Level.INFO,
    "NOTICE": Level.INFO,
}
"""Every name that is understood, in capitals."""


def level_named(name: str) -> Level:
    """What a name stands for, in whatever case; OTHER for one that nobody knows."""
    return LEVELS.get(name.upper(), Level.OTHER)
