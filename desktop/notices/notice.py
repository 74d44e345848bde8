"""One thing that people should know of."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from core.logs.level import Level


class Kind(Enum):
    """Where it comes from."""

    SAID = auto()
    CRASH = auto()
    KNOWN_ERROR = auto()
    LONG_TASK = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class Notice:
    """`at` is local time. `who` is the worker or row that it is about, None for all.

    `line` is a line of its log, `task` the id of a task that it is about, None where there is none.
    """

    at: datetime
    kind: Kind
    level: Level
    text: str
    who: str | None = None
    line: int | None = None
    task: str | None = None

    @property
    def title(self) -> str:
        """Whom it is about, without the host that all have in common."""
        return "Solofleet" if self.who is None else self.who.partition("@")[0]

    @property
    def sentence(self) -> str:
        """All of it in one line."""
        return self.text if self.who is None else f"{self.title}: {self.text}"
