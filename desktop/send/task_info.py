"""What the panel needs to know of a task that can be sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from core.bridge.sending import queue_told
from desktop.send.docstring import read_docstring
from desktop.send.fields import Field, fields_of
from desktop.send.traceback_text import Source

PROBE: Final = "solofleet.probe"


@dataclass(frozen=True, slots=True)
class TaskInfo:
    """`fields` is None where nobody knows how it is called; `queue` is empty where a router of
    the project's own decides by the arguments. `priority`, `expires_s` and `max_retries` are the
    task's own.
    """

    name: str
    summary: str
    fields: tuple[Field, ...] | None
    source: Source | None
    queue: str
    priority: int | None = None
    expires_s: float | None = None
    max_retries: int | None = None


def task_infos(described: Iterable[Mapping[str, Any]]) -> tuple[TaskInfo, ...]:
    """All tasks that describe.py tells of; the built-in probe only where there is no other."""
    infos = [_info(task) for task in described]
    own = tuple(info for info in infos if info.name != PROBE)
    return own or tuple(infos)


def _info(task: Mapping[str, Any]) -> TaskInfo:
    options: Mapping[str, object] = task["options"]
    source = task.get("source")
    priority, expires = options.get("priority"), options.get("expires")
    retries = options.get("max_retries")
    return TaskInfo(
        name=task["name"],
        summary=read_docstring(task["doc"]).summary,
        fields=fields_of(task),
        source=None if source is None else Source(source[0], source[1]),
        queue=queue_told(task) or "",
        priority=priority if isinstance(priority, int) else None,
        expires_s=float(expires) if isinstance(expires, int | float) else None,
        max_retries=retries if isinstance(retries, int) else None,
    )
