"""Rehearses a deploy: for each worker service, what becomes of each of the project's tasks."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from core.bridge.calls import Calls
from core.bridge.host import Host
from core.project.opening import Project
from core.render.blueprint.reading import Document
from core.render.blueprint.running import files_below
from core.render.preflight.services import DEFAULT_DELAY_S, Service, read_blueprint
from core.render.rehearsing.rules import Change, Fate, Outcome, Stop, Task, changes, held, outcome
from core.render.sizing.measured import Measured
from core.tasks.times import TaskTime
from core.wishes import Wishes, worker_spec
from core.workers.containment import Containment

_TAKES_BACK: Final = ("amqp", "amqps", "pyamqp", "librabbitmq")
"""Brokers that take back at once what a lost connection held."""
_REMAP: Final = "REMAP_SIGTERM"


@dataclass(frozen=True, slots=True)
class Row:
    """One task, what becomes of it, and what would change that."""

    task: Task
    outcome: Outcome
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Workers:
    """One worker service; `held` is what becomes of messages that it has and has not begun.

    `line` is where render.yaml has it, None where nothing does: then Render's defaults hold.
    """

    name: str
    line: int | None
    celery: str
    broker: str
    stop: Stop
    rows: tuple[Row, ...]
    held: Outcome

    @property
    def where(self) -> str:
        """The place that says how it is stopped, for people."""
        return (
            f"render.yaml:{self.line}" if self.line else "Render's defaults: no render.yaml has it"
        )


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """All of them. `timed_at` is when the tasks were last timed, in UTC; None where none was."""

    services: tuple[Workers, ...]
    timed_at: datetime | None

    @property
    def loses(self) -> bool:
        """Whether a task is lost for sure."""
        rows = (row for each in self.services for row in each.rows)
        return any(row.outcome.fate is Fate.LOST for row in rows)


async def rehearse(
    project: Project,
    document: Document | None,
    measured: Measured | None,
    containment: Containment,
    environ: Mapping[str, str],
) -> Rehearsal:
    """Import the app as each worker service has it, and apply the rules to its tasks.

    `document` is render.yaml, None where there is none; `measured` is the record of workers here.
    No broker is asked and nothing is run. Raises FleetError where the app cannot be imported.
    """
    services = await asyncio.to_thread(_services, document)
    times = {each.name: each for each in measured.times} if measured else {}
    told = [
        _workers(service, await _stopping(project, service, containment, environ), times)
        for service in services or (None,)
    ]
    return Rehearsal(tuple(told), measured.at if measured and measured.times else None)


def _services(document: Document | None) -> tuple[Service, ...]:
    if document is None:
        return ()
    read = read_blueprint(document.text, files_below(document.file.parent))
    return tuple(each for each in read.services if each.works)


async def _stopping(
    project: Project,
    service: Service | None,
    containment: Containment,
    environ: Mapping[str, str],
) -> Mapping[str, Any]:
    """What the app says with the values that render.yaml gives the service.

    But for the remapped signal, which Windows does not have: Celery fails on it there.
    """
    spec = worker_spec(project, Wishes(), environ, None)
    written = service.values if service else ()
    values = {each.name: each.text for each in written if each.secret and each.name != _REMAP}
    host = Host(replace(spec, env={**spec.env, **values}), containment)
    try:
        return await Calls(host).stopping()
    finally:
        await host.close()


def _workers(
    service: Service | None, said: Mapping[str, Any], times: Mapping[str, TaskTime]
) -> Workers:
    stop = _stop(service, said)
    soft_known = said["soft_shutdown_s"] is not None
    tasks = [_task(each, times.get(each["name"])) for each in said["tasks"]]
    rows = tuple(
        Row(task, outcome(task, stop), tuple(changes(task, stop, soft_known=soft_known)))
        for task in tasks
    )
    return Workers(
        name=service.name if service else "a worker",
        line=service.line if service else None,
        celery=said["celery"],
        broker=said["broker"],
        stop=stop,
        rows=rows,
        held=held(stop, all(row.outcome.fate is Fate.FINISHES for row in rows)),
    )


def _stop(service: Service | None, said: Mapping[str, Any]) -> Stop:
    soft_s = said["soft_shutdown_s"]
    back = str(said["broker"]).partition("+")[0] in _TAKES_BACK
    return Stop(
        delay_s=float(service.delay_s if service else DEFAULT_DELAY_S),
        quits=service is not None and any(each == "SIGQUIT" for each in _remaps(service)),
        soft_s=soft_s or 0.0,
        visibility_s=None if back else float(said["visibility_timeout_s"]),
    )


def _remaps(service: Service) -> Iterator[str]:
    for placed, _ in service.celery("worker"):
        yield from (value for name, value in placed.call.variables if name == _REMAP)
    yield from (each.text for each in service.values if each.name == _REMAP)


def _task(said: Mapping[str, Any], time: TaskTime | None) -> Task:
    task = Task(**said)
    return task if time is None else replace(task, longest_s=time.longest_s, count=time.count)
