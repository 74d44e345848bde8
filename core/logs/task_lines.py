"""What the log of one worker tells of one task.

Certain: every line that names the id, and the traceback below it. Likely: what the worker printed
without naming any task, between the start and the end of this one. A solo worker runs one task at
a time, so that nothing else of the user's code should speak then; but threads of an earlier task
may, and so may Celery itself (a lost connection, remote control). No line tells the start: it is
when the task was received, or when the task before it ended, whichever came later. As long as a
task has not ended, another one that was received too may be the one that runs: what was taken for
the task's is taken back when that other one ends first.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Iterable
from typing import Final

from core.logs.formats import read_header
from core.logs.marks import CONTINUES
from core.logs.query import Piece

# `Task NAME[ID] received`, `Task NAME[ID] succeeded in ...`, and other ends: celery/app/trace.py
_SAYING: Final = re.compile(r"Task \S+\[(?P<id>[^\s\]]+)\] (?P<what>\w+)")


class TaskLines:
    """Collects the numbers of a task's lines from pieces of a log, given in their order.

    `solo` says whether the worker runs one task at a time; a prefork worker does not, and only
    what is certain is collected.
    """

    def __init__(self, task: str, *, solo: bool = True) -> None:
        self._task = task.encode()
        self._solo = solo
        self._settled: list[int] = []
        self._open: list[tuple[int, bool]] = []  # since it was received; whether it is certain
        self._is_open = False
        self._certain = False  # what the record above is
        self._likely = False

    @property
    def numbers(self) -> list[int]:
        """The lines so far, ascending."""
        return self._settled + [number for number, _ in self._open]

    def drop(self, first: int) -> None:
        """Forget the lines before `first`: they are no longer held."""
        del self._settled[: bisect_left(self._settled, first)]
        del self._open[: bisect_left(self._open, (first, False))]

    def concerns(self, piece: Piece) -> bool:
        """Whether this piece can say anything; others need not be fed."""
        return self._is_open or self._certain or self._task in piece.data

    def feed(self, piece: Piece, runs: Container[int], matching: Iterable[int]) -> None:
        """Read a piece. `runs` are the first lines of processes, `matching` the indices to list."""
        wanted = set(matching)
        for index, line in enumerate(piece.data.split(b"\n")[:-1]):
            number = piece.first + index
            if number in runs:
                self._end()
                self._certain = self._likely = False
            if not piece.marks[index] & CONTINUES:
                self._read(line)
            if index in wanted and (self._certain or self._likely):
                self._open.append((number, self._certain))
            if not self._is_open:
                self._end()

    def _read(self, line: bytes) -> None:
        """What a record is, and what it changes."""
        self._certain = self._task in line
        self._likely = False
        if not self._solo or not (self._certain or self._is_open):
            return
        header = read_header(line.decode("utf-8", "replace"))
        saying = _SAYING.match(header.message) if header else None
        if saying is None:
            self._likely = self._is_open and not (header and header.task_id)
        elif saying["id"].encode() == self._task:
            self._is_open = saying["what"] == "received"
        elif saying["what"] != "received":
            self._open = [(number, certain) for number, certain in self._open if certain]

    def _end(self) -> None:
        """The task is over: what was likely remains so."""
        self._settled += [number for number, _ in self._open]
        self._open.clear()
        self._is_open = False
