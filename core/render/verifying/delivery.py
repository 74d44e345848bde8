"""What the broker and the result backend show of a deployment: queues, tasks, results. Pure."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from core.bridge.calls import QueueLengths
from core.render.api.series import Series
from core.render.verifying.report import Errand, Finding, Sure


def tasks_finding(own: Collection[str], registered: Mapping[str, Collection[str]]) -> Finding:
    """Whether each worker knows the tasks that the app has here; `registered` is by node."""
    missing = {
        node: sorted(set(own) - {name.partition(" ")[0] for name in names})
        for node, names in registered.items()
    }
    lacking = {node: names for node, names in missing.items() if names}
    if not registered:
        what = "whether the workers know the app's tasks"
        return Finding("tasks", Sure.UNKNOWN, what, "no worker told what it knows")
    if lacking:
        node, names = next(iter(lacking.items()))
        told = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
        what = f"{node} does not know {told}"
        why = "the app here has it: another commit, or a module that only this machine imports"
        return Finding("tasks", Sure.FAILED, what, why, "push and deploy what is here, or name it")
    return Finding(
        "tasks",
        Sure.PROVED,
        f"{len(own)} task{'' if len(own) == 1 else 's'} of the app can be run",
        f"{', '.join(sorted(registered))} told so",
    )


def queues_finding(
    errand: Errand, before: QueueLengths, after: QueueLengths, taken: Collection[str]
) -> Finding:
    """Whether queues drain; `taken` are those from which a worker takes."""
    deserted = [
        f"{name} ({count})" for name, count in after.waiting.items() if count and name not in taken
    ]
    told = ", ".join(f"{name}: {count}" for name, count in sorted(after.waiting.items()))
    if deserted:
        what = f"tasks wait where no worker takes from: {', '.join(deserted)}"
        return Finding("queues", Sure.FAILED, what, told, "name the queue in the worker's -Q")
    grown = [name for name in taken if after.waiting.get(name, 0) > before.waiting.get(name, 0) > 0]
    if not errand.ran or grown:
        what = f"the queue {', '.join(grown) or errand.queue} does not drain"
        return Finding("queues", Sure.FAILED, what, told, "see what the workers do: solofleet ps")
    waited = seconds_between(errand.sent_at, errand.received_at)
    why = f"waiting now: {told}" if told else "nothing waits"
    if waited is not None:
        why = f"the task waited {waited:.2f} s by the clocks of both machines; {why}"
    return Finding("queues", Sure.PROVED, f"the queue {errand.queue} drains", why)


def results_finding(errand: Errand, keeps: bool, error: str | None) -> Finding:
    """Whether a result can be read where it was asked for; `error` is why there is no place."""
    if error is not None or not keeps:
        why = error or "the app has no result backend"
        fix = "set CELERY_RESULT_BACKEND on Render, or look up no result"
        return Finding("results", Sure.FAILED, "results cannot be read", why, fix)
    if errand.kept:
        took = seconds_between(errand.sent_at, errand.read_at)
        why = f"what was sent came back {took:.2f} s later" if took is not None else "it came back"
        return Finding("results", Sure.PROVED, "results can be read", why)
    if errand.ran:
        what = "the task was run, and its result is not there"
        why = "the worker's result backend is another one than this, or it keeps no results"
        fix = "see that CELERY_RESULT_BACKEND is the same for web and worker"
        return Finding("results", Sure.FAILED, what, why, fix)
    why = "the task was not run"
    return Finding("results", Sure.UNKNOWN, "whether results can be read", why)


def log_finding(errand: Errand, telling: bool) -> Finding:
    """Whether the task stands in the log on Render."""
    if errand.line:
        what = f"the task stands in the log of {errand.service}"
        return Finding("log", Sure.PROVED, what, f"{errand.instance}: {errand.line}")
    what = "the log on Render does not have the task"
    if telling:
        why = f"no line with {errand.id} came"
        return Finding("log", Sure.FAILED, what, why, "see the log: solofleet render logs")
    why = "the worker's --loglevel is above INFO, or not said: Celery then takes WARNING"
    return Finding("log", Sure.UNKNOWN, what, why, "start it with --loglevel=info")


def memory_finding(name: str, used: Sequence[Series], limits: Sequence[Series]) -> Finding:
    """How near a service came to its limit, by Render's metrics of the last ten minutes."""
    most = max((each.value for one in used for each in one.samples), default=0.0)
    limit = min((each.value for one in limits for each in one.samples), default=0.0)
    if not most or not limit:
        why = "Render has no numbers of it yet"
        return Finding("memory", Sure.UNKNOWN, f"how much memory {name} takes", why)
    share = most / limit
    told = f"{most:g} of {limit:g} {used[0].unit} at most, in ten minutes"
    if share > 0.9:
        fix = "fewer processes, or a larger plan: solofleet size"
        return Finding("memory", Sure.FAILED, f"{name} is nearly out of memory", told, fix)
    return Finding("memory", Sure.PROVED, f"{name} takes {share:.0%} of its memory", told)


def queue_for(taken: Sequence[Collection[str]], waiting: Mapping[str, int]) -> str:
    """The emptiest queue that all workers take from; of the first one where there is none."""
    first = set(taken[0]) or {"celery"}
    shared = first.intersection(*(names for names in taken if names))
    return min(sorted(shared or first), key=lambda name: waiting.get(name, 0))


def seconds_between(start: datetime, end: datetime | None) -> float | None:
    """From one to the other; clocks that differ never make it negative."""
    return None if end is None else max(0.0, (end - start).total_seconds())
