"""What is said of a worker that is in trouble: the banner over its log, and the cards below it."""

from dataclasses import dataclass
from math import ceil
from typing import Final

from core.changes import Diagnosed
from core.known.signature import KnownError
from core.tasks.task import State
from core.workers.messages import Rung
from core.workers.phase import Phase, RunningTask, Then, Worker
from desktop.logpane.banner import BannerWords
from desktop.logpane.trouble_card import Trouble
from desktop.theme.looks import WORKER

CRASH: Final = "crash"
"""The key of the one card for all crashes of a worker."""
_ENDS: Final[dict[State, str]] = {
    "failed": "counts as failed (WorkerLostError), as it would with prefork",
    "lost": "is lost",
    "sent": "waits in its queue again",
    "succeeded": "has run again, and succeeded",
}


@dataclass(frozen=True, slots=True)
class Crash:
    """The last crash of a worker, the `times`-th since the project was opened.

    `worker` is how it stood then, `words` say how its process ended; `outside`: somebody else
    ended it. `lines` are the last that it printed, `line` the number of the last one.
    """

    worker: Worker
    words: str
    times: int
    outside: bool
    task: RunningTask | None
    known: KnownError | None
    lines: tuple[str, ...]
    line: int | None


def banner_words(worker: Worker, now: float) -> BannerWords | None:
    """What is waited for, and when it comes; None while nothing is. `now`: monotonic seconds."""
    look = WORKER[worker.phase]
    match worker.phase:
        case Phase.STOPPING:
            text = _stopping(worker, now)
            if worker.forced:
                return BannerWords(look, f"{text}: killed, not gone yet")
            if worker.wake_at is None or worker.leaving is not None:
                return BannerWords(look, text, button="Force now")
            force = f"{'force' if worker.rung is Rung.WARM else 'kill'} in"
            return BannerWords(
                look, text, f"{force} {_left(worker, now)}", "Force now", _share(worker, now)
            )
        case Phase.BACKOFF:
            text = f"crashed, try {worker.backoff_tries}"
            back = f"in {_left(worker, now)}"
            return BannerWords(look, text, back, "Start now", _share(worker, now))
        case Phase.SUSPECT:
            return BannerWords(
                look, worker.evidence, f"for {_age(worker.heard_at, now)}", "Restart"
            )
        case Phase.BROKER_LOST:
            text = f"{worker.evidence}; it connects again by itself"
            return BannerWords(look, text, f"for {_age(worker.since, now)}")
        case Phase.FATAL:
            return BannerWords(
                look, "gave up: it is not started again by itself", "", "Start again"
            )
        case Phase.CRASHED:
            return BannerWords(look, "crashed: its restart is off", "", "Start again")
        case _:
            return None


def crash_trouble(
    crash: Crash, now: Worker, ended: State | None, again: str = "", alone: bool = False
) -> Trouble:
    """What a crash is told as. `now` is how the worker stands, `ended` what became of its task.

    `again` is what came of it when it was run alone; `alone`: it can be run so.
    """
    error = crash.worker.start_error
    why, more = [_sentence(error.why if error else crash.words)], list[str]()
    if crash.task is not None:
        if crash.known is None and (crash.worker.exit or 0) > 0:
            why.append("Likely its task called os._exit, or C code ended the process.")
        became = _ENDS.get(ended) if ended else None
        task = f"{crash.task.name}[{crash.task.id[:8]}]"
        more.append(f"{task} {became or 'waits to be settled'}.")
    if again:
        more.append(again)
    if now.phase in (Phase.READY, Phase.BUSY):
        more.append(f"{now.name.partition('@')[0]} runs again.")
    fix = error.fix if error else crash.known.fix if crash.known else ""
    return Trouble(
        CRASH,
        _title(crash),
        f"{_ordinal(crash.times)} time" if crash.times > 1 else "",
        " ".join(why),
        " ".join(more),
        _sentence(fix) if fix else "",
        crash.known.link if crash.known else "",
        crash.lines,
        crash.line,
        {Phase.BACKOFF: "Start now", Phase.FATAL: "Start again", Phase.CRASHED: "Start again"}.get(
            now.phase, ""
        ),
        crash.task.id if crash.task is not None and alone else "",
    )


def known_trouble(met: Diagnosed) -> Trouble:
    """What a known error in a log is told as."""
    return Trouble(
        met.error.id,
        _sentence(met.error.cause).removesuffix("."),
        f"{met.times} lines" if met.times > 1 else "",
        "",
        fix=_sentence(met.error.fix),
        link=met.error.link,
        line=met.line,
        grave=met.error.ends,
    )


def _title(crash: Crash) -> str:
    if crash.worker.start_error is not None:
        return _sentence(crash.worker.start_error.what).removesuffix(".")
    if crash.worker.phase is Phase.FATAL:
        return "Gave up: it never came up"
    what = "Ended from outside" if crash.outside else "Crashed"
    return f"{what} in {crash.task.name}" if crash.task else what


def _stopping(worker: Worker, now: float) -> str:
    if worker.task is None:
        return worker.evidence
    doing = "breaking off" if worker.rung is Rung.COLD else "finishing"
    again = ", then it starts again" if worker.then is Then.RESTART else ""
    return f"{doing} {worker.task.name} ({_age(worker.task.since, now)}){again}"


def _share(worker: Worker, now: float) -> float | None:
    if worker.wake_at is None or worker.wake_at <= worker.since:
        return None
    return (now - worker.since) / (worker.wake_at - worker.since)


def _age(since: float, now: float) -> str:
    return f"{max(0, int(now - since))} s"


def _left(worker: Worker, now: float) -> str:
    return f"{max(0, ceil((worker.wake_at or now) - now))} s"


def _ordinal(number: int) -> str:
    last = 0 if number % 100 in (11, 12, 13) else number % 10
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "?")) else ".")
