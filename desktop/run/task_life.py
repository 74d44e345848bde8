"""The life of a task in words: what became of it step by step, how long it waited and ran."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.tasks.task import FINAL, Attempt, Task
from desktop.send.durations import measured
from desktop.theme.looks import TASK, Look, Shape

SENT: Final = Look("grey", Shape.HOLLOW_CIRCLE, "Sent")
RECEIVED: Final = Look("grey", Shape.CIRCLE, "Received")
STARTED: Final = Look("acc", Shape.PLAY, "Started")
PUT_BACK: Final = Look("warn", Shape.ROUND_ARROW, "Put back into its queue")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that became of it. `after_s` is counted from the first step, None for an age.

    `worker` is who did it, None where nobody of ours did; `code`: the detail is code.
    """

    look: Look
    title: str
    detail: str
    worker: str | None
    after_s: float | None
    code: bool = False


@dataclass(frozen=True, slots=True)
class Life:
    """All of it; `facts` are name and words, `touched` the workers that had it, in order."""

    id: str
    name: str
    look: Look
    facts: tuple[tuple[str, str], ...]
    touched: tuple[str, ...]
    steps: tuple[Step, ...]
    arguments: tuple[str, ...]
    result: str | None
    error: str | None
    over: bool


def life_of(task: Task, now: float) -> Life:
    """What is known of a task; `now` in the same monotonic seconds."""
    tries = [*task.attempts, *_current(task)]
    touched = tuple(dict.fromkeys(each.worker for each in tries))
    facts = [("Waited", _waited(task, tries, now)), ("Ran", _ran(task, tries, now))]
    if task.queue:
        facts.append(("Queue", task.queue))
    if task.state in ("sent", "received") and task.eta:
        facts.append(("Not before", task.eta))
    if task.duplicate:
        facts.append(("Executed", "again after its end: another worker had its message too"))
    return Life(
        id=task.id,
        name=task.name,
        look=TASK[task.state],
        facts=tuple((name, words) for name, words in facts if words),
        touched=touched,
        steps=tuple(_steps(task, tries)),
        arguments=_arguments(task),
        result=task.result,
        error=task.error,
        over=task.state in FINAL,
    )


def _current(task: Task) -> Iterator[Attempt]:
    """The execution that was no attempt before: the last one, or the one that goes on."""
    since = task.attempts[-1].ended_at if task.attempts else task.seen_at
    received, started = (
        at if at is not None and at >= since else None for at in (task.received_at, task.started_at)
    )
    if task.worker is not None and (received is not None or started is not None):
        end = float("inf") if task.ended_at is None else task.ended_at
        yield Attempt(task.worker, received, started, end, task.state, task.error)


def _steps(task: Task, tries: list[Attempt]) -> Iterator[Step]:
    first = task.seen_at

    def step(
        look: Look, detail: str, worker: str | None, at: float | None, title: str = ""
    ) -> Step:
        code = worker is None or look not in (RECEIVED, STARTED)
        after = None if at is None else at - first
        return Step(look, title or look.label, detail, worker, after, code and bool(detail))

    if task.ours:
        yield step(SENT, "", None, first)
    retries = 0
    for each in tries:
        name = each.worker.partition("@")[0]
        if each.received_at is not None:
            yield step(RECEIVED, name, each.worker, each.received_at)
        if each.started_at is not None:
            yield step(STARTED, name, each.worker, each.started_at)
        if each.state == "retried" and each in task.attempts:
            retries += 1
            look, error = TASK["retried"], each.error or ""
            yield step(look, error, each.worker, each.ended_at, f"Retry {retries}")
        elif each in task.attempts:
            yield step(PUT_BACK, "", each.worker, each.ended_at)
    if task.state in FINAL:
        said = task.result if task.state == "succeeded" else task.error
        yield step(TASK[task.state], said or "", task.worker, task.ended_at)
    elif task.state in ("sent", "retried"):
        yield Step(TASK[task.state], "Waiting for a worker", "", None, None)


def _waited(task: Task, tries: list[Attempt], now: float) -> str:
    """Until each start, from when it could have been."""
    told: list[str] = []
    since = task.seen_at
    for each in tries:
        begun = each.started_at
        if begun is not None:
            told.append(measured(begun - since) + (" for the retry" if told else ""))
        since = each.ended_at
    if task.state in ("sent", "retried", "received"):
        last = task.attempts[-1].ended_at if task.attempts else task.seen_at
        told.append(f"{measured(now - last)} so far")
    return ", then ".join(told)


def _ran(task: Task, tries: list[Attempt], now: float) -> str:
    told: list[str] = []
    for each in tries:
        if each.started_at is None:
            continue
        if each in task.attempts:
            told.append(measured(each.ended_at - each.started_at))
        elif task.state == "started":
            told.append(f"{measured(now - each.started_at)} so far")
        elif task.runtime_s is not None:
            told.append(measured(task.runtime_s))
        elif task.ended_at is not None:
            told.append(measured(task.ended_at - each.started_at))
    return ", then ".join(told)


def _arguments(task: Task) -> tuple[str, ...]:
    """As Celery tells them: the positional ones, and those by name; empty ones are left out."""
    return tuple(text for text in (task.args, task.kwargs) if text not in ("", "()", "[]", "{}"))
