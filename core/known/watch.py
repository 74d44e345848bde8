"""Looks for known errors in a worker's log, at next to no cost while there are none.

Two sieves. The coarse one are few texts, of which every line that tells of a known error has one,
and hardly any other line has: to look for them in a whole block is all that a healthy log costs.
Only the lines around those that are found are read one by one. More than half of the texts are of
errors that a program tells of as it starts, and are looked for only then.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from core.known.signature import KnownError
from core.known.table import diagnose

_ANY_TIME: Final = (b"rror", b"ERROR", b"exceptions.", b"Warning: ", b"terminate called after")
_AT_START: Final = (
    *(b"No module named", b"Unable to load celery", b"The module ", b"has no attribute 'celery'"),
    *(b"ssl_cert_reqs", b"with no ssl options", b"very bad idea"),
)
_MOST: Final = 200
"""Lines of one block that are read: in a flood of errors the others are much the same."""
_LONGEST: Final = 2000
"""Bytes of a line that are read: a message that wraps another one may go on and on."""


@dataclass(frozen=True, slots=True)
class Incident:
    """A known error that was met for the `times`-th time, in line `line` of the block, from 0."""

    error: KnownError
    line: int
    times: int


class Watch:
    """Watches the log of one worker over all its runs; `counts` says how often each id came."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def look(self, block: bytes, *, at_start: bool = True) -> tuple[Incident, ...]:
        """Read a block of whole lines; each error is told of at its 1st, 10th, 100th ... line.

        `at_start`: the block is among the first that its program has printed.
        """
        texts = _ANY_TIME + _AT_START if at_start else _ANY_TIME
        starts = {start for text in texts if text in block for start in _starts(block, text)}
        incidents = (self._read(block, start) for start in sorted(starts)[:_MOST])
        return tuple(incident for incident in incidents if incident is not None)

    def _read(self, block: bytes, start: int) -> Incident | None:
        end = block.find(b"\n", start, start + _LONGEST)
        line = block[start : end if end >= 0 else start + _LONGEST]
        error = diagnose(line.decode("utf-8", "replace").rstrip())
        if error is None:
            return None
        self.counts[error.id] += 1
        times = self.counts[error.id]
        told = f"{times}".rstrip("0") == "1"
        return Incident(error, block.count(b"\n", 0, start), times) if told else None


def _starts(block: bytes, text: bytes) -> set[int]:
    """Where the lines with this text start, as far as they are read."""
    starts: set[int] = set()
    place = block.find(text)
    while place >= 0 and len(starts) < _MOST:
        starts.add(block.rfind(b"\n", 0, place) + 1)
        end = block.find(b"\n", place)
        place = block.find(text, end) if end >= 0 else -1
    return starts
