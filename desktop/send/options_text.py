"""How a call is sent, as texts of a form: queue, times, priority, copies."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from core.tasks.call import MAX_COUNT, MAX_DELAY_S
from desktop.send.draft import Draft
from desktop.send.durations import read_duration, shown_duration
from desktop.send.task_info import TaskInfo

NEVER: Final = "never"
TOP_PRIORITY: Final = 9
MAX_PAUSE_S: Final = 3600.0
KEYS: Final = ("queue", "countdown", "priority", "count", "pause", "expires")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Options:
    """None is what the task, or the app, has for it."""

    queue: str | None = None
    countdown_s: float | None = None
    priority: int | None = None
    expires_s: float | None = None
    count: int = 1
    pause_s: float = 0.0

    def differing(self) -> int:
        """How many are others than the task's own."""
        own = (self.queue, self.countdown_s, self.priority, self.expires_s)
        return sum(value is not None for value in own)

    def shown(self, task: TaskInfo) -> dict[str, str]:
        """The texts by `KEYS`."""
        expires_s = task.expires_s if self.expires_s is None else self.expires_s
        return {
            "queue": self.queue or task.queue,
            "countdown": shown_duration(self.countdown_s or 0.0),
            "priority": shown_priority(self.priority, task),
            "count": str(self.count),
            "pause": shown_duration(self.pause_s),
            "expires": NEVER if expires_s is None else shown_duration(expires_s),
        }


def options_of(draft: Draft) -> Options:
    """Those of a call."""
    call = draft.call
    return Options(
        call.queue, call.countdown_s, call.priority, call.expires_s, call.count, draft.pause_s
    )


def shown_priority(priority: int | None, task: TaskInfo) -> str:
    """As one chooses it."""
    if priority is None:
        return "as set" if task.priority is None else f"{task.priority} of {TOP_PRIORITY}"
    return f"{priority} of {TOP_PRIORITY}"


def read_options(texts: Mapping[str, str], task: TaskInfo) -> tuple[Options, Mapping[str, str]]:
    """Read the texts; what is wrong by `KEYS`. What says what the task has anyway is None."""
    faults: dict[str, str] = {}

    def read(key: str, reading: Callable[[str], T], otherwise: T) -> T:
        try:
            return reading(texts[key].strip())
        except ValueError as error:
            faults[key] = str(error)
            return otherwise

    options = Options(
        queue=_other(texts["queue"].strip() or None, task.queue or None),
        countdown_s=read("countdown", _delay, 0.0) or None,
        priority=_other(read("priority", _priority, None), task.priority),
        expires_s=_other(read("expires", _expiry, None), task.expires_s),
        count=read("count", _count, 1),
        pause_s=read("pause", _pause, 0.0),
    )
    return (options if options.count > 1 else replace(options, pause_s=0.0)), faults


def _other(value: T | None, own: T | None) -> T | None:
    return None if value == own else value


def _delay(text: str) -> float:
    return _at_most(read_duration(text or "0"), MAX_DELAY_S)


def _pause(text: str) -> float:
    return _at_most(read_duration(text or "0"), MAX_PAUSE_S)


def _expiry(text: str) -> float | None:
    return None if text in ("", NEVER) else _at_most(read_duration(text), MAX_DELAY_S)


def _at_most(seconds: float, most: float) -> float:
    if seconds > most:
        raise ValueError(f"at most {shown_duration(most)}")
    return seconds


def _priority(text: str) -> int | None:
    first = text.partition(" ")[0]
    return int(first) if first.isdecimal() else None


def _count(text: str) -> int:
    count = int(text) if text.isdecimal() and len(text) < 9 else 0
    if not 1 <= count <= MAX_COUNT:
        raise ValueError(f"write a number from 1 to {MAX_COUNT}")
    return count
