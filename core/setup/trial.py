"""How the parts of a project stand while they are tried: the state that a set-up page shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from core.changes import BrokerKnown
from core.errors import FleetError
from core.groups import WorkerGroup
from core.project.apps import AppCandidate
from core.project.finding import Found, Part
from core.project.interpreter import Interpreter
from core.project.opening import Project
from core.project.versions import Versions

NEEDED: Final = (Part.FOLDER, Part.INTERPRETER, Part.APP, Part.BROKER, Part.WORKERS)
"""What must work before anything can be started."""


class State(StrEnum):
    """How a part stands; a waiting one needs another one first."""

    WAITING = "waiting"
    TRYING = "trying"
    WORKS = "works"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Trial:
    """What is known so far of the project in `path`; what is not known yet is None or empty.

    `faults` has an error for each part in `State.FAULT`. `apps` and `interpreters` are all that
    could be taken, the likeliest first, and `versions_of` what is installed beside an interpreter.
    `tasks` and `queues` are the app's own. `local`: the broker runs on this machine.
    """

    path: Path
    states: Mapping[Part, State] = field(default_factory=dict[Part, State])
    faults: Mapping[Part, FleetError] = field(default_factory=dict[Part, FleetError])
    found: Found | None = None
    project: Project | None = None
    apps: tuple[AppCandidate, ...] = ()
    interpreters: tuple[Interpreter, ...] = ()
    versions_of: Mapping[Path, Versions] = field(default_factory=dict[Path, Versions])
    tasks: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    broker: BrokerKnown | None = None
    local: bool = True
    groups: tuple[WorkerGroup, ...] = ()
    size_reason: str = ""

    def state(self, part: Part) -> State:
        """How this part stands."""
        return self.states.get(part, State.WAITING)

    @property
    def ready(self) -> bool:
        """Whether all that is needed works."""
        return all(self.state(part) is State.WORKS for part in NEEDED)

    @property
    def over(self) -> bool:
        """Whether nothing is being tried any more."""
        return State.TRYING not in self.states.values()

    @property
    def count(self) -> int:
        """How many workers would be started."""
        return sum(group.count for group in self.groups)
