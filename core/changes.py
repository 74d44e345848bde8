"""What a session tells whoever watches it: the closed union `Change`."""

from dataclasses import dataclass
from typing import TypeAlias

from core.known.signature import KnownError
from core.tasks.task import TaskChanged
from core.workers.foreign import Foreign
from core.workers.phase import Worker
from core.workers.usage import Usage


@dataclass(frozen=True, slots=True)
class BrokerKnown:
    """The broker answers. `url` is masked; `label` says what it is; latency in ms or unknown."""

    url: str
    builtin: bool
    label: str
    latency_ms: float | None


@dataclass(frozen=True, slots=True)
class WorkerChanged:
    """A worker's state is another one."""

    worker: Worker


@dataclass(frozen=True, slots=True)
class WorkerRemoved:
    """A worker is no longer part of the fleet."""

    name: str


@dataclass(frozen=True, slots=True)
class RowChanged:
    """The state of a command beside the workers is another one; it is told as a worker's is."""

    row: Worker


@dataclass(frozen=True, slots=True)
class ForeignChanged:
    """A worker that is not ours came, went, or did something; a few times a second at most."""

    worker: Foreign


@dataclass(frozen=True, slots=True)
class UsageSampled:
    """The workers that have a process were looked at; every second or two."""

    usages: tuple[Usage, ...]


@dataclass(frozen=True, slots=True)
class LogGrew:
    """Lines `first` to `last`, both included, of the store of a worker, or of a row, are new."""

    worker: str
    first: int
    last: int
    dropped: int


@dataclass(frozen=True, slots=True)
class Said:
    """Something people should know; `who` is a worker or row, or None for the session itself."""

    who: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """Line `line` of a worker's store tells of a known error, for the 1st, 10th, 100th ... time."""

    worker: str
    error: KnownError
    line: int
    times: int


@dataclass(frozen=True, slots=True)
class TasksUnsent:
    """These were told of as sent, and did not go out after all: they are to be forgotten."""

    ids: tuple[str, ...]


Change: TypeAlias = (
    BrokerKnown
    | WorkerChanged
    | WorkerRemoved
    | RowChanged
    | ForeignChanged
    | UsageSampled
    | TaskChanged
    | TasksUnsent
    | LogGrew
    | Said
    | Diagnosed
)
