"""The way of a worker's output from the pipe to memory and disk."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from core.known.watch import Incident, Watch
from core.logs.files import RunLog, log_folder
from core.logs.lines import MARGIN, LineSplitter
from core.logs.redact import Redactor
from core.logs.store import LogStore

START: Final = 256 * 1024
"""Bytes in which a program that has just started tells what keeps it from working."""


@dataclass(frozen=True, slots=True)
class Grew:
    """Lines `first` to `last`, both included, are new; `dropped` in all are no longer held.

    `known` are errors that they tell of, whose lines are counted from `first`.
    """

    first: int
    last: int
    dropped: int
    known: tuple[Incident, ...] = ()


class LogIntake:
    """Takes the output of one run; store and watch go on over all runs of a worker."""

    def __init__(
        self, store: LogStore, file: RunLog | None, redactor: Redactor, watch: Watch | None = None
    ) -> None:
        self._store = store
        store.begin_run()
        self._file = file
        self._watch = watch or Watch()
        self._taken = 0
        self._lines = LineSplitter(redactor, margin=max(MARGIN, redactor.longest))

    def feed(self, chunk: bytes) -> Grew | None:
        """Take what the pipe gave; None when no line became complete."""
        return self._add(self._lines.feed(chunk))

    def close(self) -> Grew | None:
        """Take the last line, should no newline have ended it, and close the file."""
        grew = self._add(self._lines.close())
        if self._file:
            self._file.close()
        return grew

    def _add(self, block: bytes) -> Grew | None:
        if not block:
            return None
        first = self._store.end
        self._store.append(block)
        if self._file:
            self._file.write(block)
        known = self._watch.look(block, at_start=self._taken < START)
        self._taken += len(block)
        return Grew(first, self._store.end - 1, self._store.dropped, known)


def log_opener(
    project: str, redactor: Redactor, say: Callable[[str], None]
) -> Callable[[str, int, LogStore], LogIntake]:
    """What opens the log of one run: by the name of a worker or row, the run, and its store."""
    folder = log_folder(project)
    watches = defaultdict[str, Watch](Watch)

    def opened(name: str, run: int, store: LogStore) -> LogIntake:
        file = RunLog(folder, name, run, say=say)
        return LogIntake(store, file, redactor, watches[name])

    return opened
