"""What is told while a commit is proved, step by step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Step(StrEnum):
    """The steps, in the order in which they are taken."""

    BROKER = "broker"
    PYTHON = "python"
    BUILD = "build"
    IMPORT = "import"
    WORKER = "worker"
    TASK = "task"
    MEMORY = "memory"
    STOP = "stop"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class StepStarted:
    """A step of a service begins; `about` is the command, the app, the task."""

    step: Step
    service: str
    about: str


@dataclass(frozen=True, slots=True)
class StepSaid:
    """A line that the program of the present step printed; not all of them are told."""

    text: str


@dataclass(frozen=True, slots=True)
class StepEnded:
    """A step is over; `facts` are those of `resources/inside/proof`, without secrets.

    Of services that are built alike, PYTHON and BUILD are told for the first one alone.
    """

    step: Step
    service: str
    passed: bool
    took_s: float
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def lines(self) -> tuple[str, ...]:
        """What its program printed last, where it failed."""
        return tuple(str(line) for line in self.facts.get("lines") or ())


StepEvent = StepStarted | StepSaid | StepEnded
