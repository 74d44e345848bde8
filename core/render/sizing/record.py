"""Keeps what was measured of a project from one run to the next, in the user's state folder."""

import json
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, cast

from core.places import state_folder
from core.render.sizing.measured import NO_EFFORT, Measured, Prefork
from core.session import Session
from core.settings.atomic import replace_text
from core.tasks.memory import TaskMemory
from core.tasks.times import TaskTime
from core.workers.meter import Meter
from core.workers.mode import Mode
from core.workers.usage import Effort

_FILE: Final = "sizes.json"
_VERSION: Final = 1
MAX_TASKS: Final = 200
"""The greediest, and the longest; more names are not kept."""
_OURS: Final = ("solofleet.", "celery.")


def of_meter(meter: Meter, how: str) -> Measured:
    """What a running fleet shows. Tasks that are not the project's own are left out."""
    tasks = tuple(task for task in meter.tasks() if not task.name.startswith(_OURS))
    effort = meter.effort() if tasks else NO_EFFORT
    times = tuple(task for task in meter.times() if not task.name.startswith(_OURS))
    return Measured(datetime.now(UTC), how, meter.idle(), tasks, effort, times=times)


def remember_session(session: Session) -> None:
    """Keep what a session that is over showed of its project. Blocks.

    Only of a fleet: workers of the other modes are not alone in what is measured of them.
    """
    if session.mode is Mode.FLEET:
        remember(session.project.name, of_meter(session.meter, "workers that ran here"))


def remember(project: str, measured: Measured, root: Path | None = None) -> None:
    """Keep it, over what an earlier run measured. Blocks; where it cannot be written, it is not.

    `project` is the project's name, `root` the folder of all records.
    """
    if not any((measured.idle, measured.tasks, measured.prefork, measured.times)):
        return
    whole = measured.over(recall(project, root))
    whole = replace(whole, tasks=whole.tasks[:MAX_TASKS], times=whole.times[:MAX_TASKS])
    fields = {"version": _VERSION, **asdict(whole), "at": whole.at.isoformat()}
    with suppress(OSError):
        replace_text(_file(project, root), json.dumps(fields), lasting=False)


def recall(project: str, root: Path | None = None) -> Measured | None:
    """What is known of a project; None where there is nothing, or nothing that can be read."""
    try:
        fields = cast("dict[str, Any]", json.loads(_file(project, root).read_text("utf-8")))
        if fields["version"] != _VERSION:
            return None
        prefork = fields["prefork"]
        return Measured(
            at=datetime.fromisoformat(fields["at"]),
            how=str(fields["how"]),
            idle=fields["idle"] and int(fields["idle"]),
            tasks=tuple(TaskMemory(**task) for task in fields["tasks"]),
            effort=Effort(**fields["effort"]),
            prefork=prefork and Prefork(**prefork),
            crowded=bool(fields["crowded"]),
            times=tuple(TaskTime(**task) for task in fields.get("times", ())),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _file(project: str, root: Path | None) -> Path:
    folder = root or state_folder()
    return folder / project / _FILE
