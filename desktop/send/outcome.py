"""What became of the tasks of one sending, in numbers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.tasks.task import State
from desktop.theme.looks import TASK, Look

ORDER: Final[tuple[tuple[State, ...], ...]] = (
    ("succeeded",),
    ("failed",),
    ("lost",),
    ("revoked",),
    ("retried",),
    ("started",),
    ("sent", "received"),
)
"""The parts, in the order in which they are shown; `received` waits as well."""

ALWAYS: Final = ("succeeded", "failed", "started", "sent")
WORDS: Final[Mapping[str, str]] = {
    "started": "running",
    "sent": "waiting",
    "retried": "to retry",
}


@dataclass(frozen=True, slots=True)
class Share:
    """`state` is the first of those that are counted together."""

    state: State
    count: int

    @property
    def look(self) -> Look:
        """Colour and shape."""
        return TASK[self.state]

    @property
    def word(self) -> str:
        """What these tasks do, or did."""
        return WORDS.get(self.state, self.state)


def shares(states: Counter[State]) -> tuple[Share, ...]:
    """All parts, those that are empty left out but for the four that one looks for."""
    made = (Share(each[0], sum(states[state] for state in each)) for each in ORDER)
    return tuple(share for share in made if share.count or share.state in ALWAYS)


def in_words(states: Counter[State]) -> str:
    """As one says it: "3 more, all succeeded", "5 more: 4 succeeded, 1 waiting"."""
    some = [share for share in shares(states) if share.count]
    if len(some) == 1:
        return f"{some[0].count} more, all {some[0].word}"
    parts = ", ".join(f"{share.count} {share.word}" for share in some)
    return f"{sum(share.count for share in some)} more: {parts}"
