"""A call as somebody prepares it, and as it is kept: in JSON and back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from core.errors import FleetError
from core.tasks.call import TaskCall
from desktop.send.json_text import write_json


@dataclass(frozen=True, slots=True)
class Draft:
    """`call.count` copies go out `pause_s` after each other; without a pause all at once."""

    call: TaskCall
    pause_s: float = 0.0

    @property
    def arguments(self) -> str:
        """Its arguments as one line, for a list."""
        values = [write_json(value) for value in self.call.args]
        named = [f"{name}={write_json(value)}" for name, value in self.call.kwargs.items()]
        return ", ".join([*values, *named]) or "no arguments"


def as_fields(draft: Draft) -> dict[str, object]:
    """What `read_draft` reads; JSON takes it."""
    call = draft.call
    return {
        "task": call.task,
        "args": list(call.args),
        "kwargs": dict(call.kwargs),
        "queue": call.queue,
        "countdown_s": call.countdown_s,
        "priority": call.priority,
        "expires_s": call.expires_s,
        "count": call.count,
        "pause_s": draft.pause_s,
    }


def read_draft(fields: object) -> Draft | None:
    """None for what is none, or was written by a later version in a way of its own."""
    match fields:
        case {
            "task": str(task),
            "args": list() as args,  # pyright: ignore[reportUnknownVariableType]  # JSON border
            "kwargs": dict() as kwargs,  # pyright: ignore[reportUnknownVariableType]
            "queue": str() | None as queue,
            "countdown_s": float() | int() | None as countdown_s,
            "priority": int() | None as priority,
            "expires_s": float() | int() | None as expires_s,
            "count": int(count),
            "pause_s": float() | int() as pause_s,
        }:
            given = cast("list[object]", args)
            named = cast("Mapping[str, object]", kwargs)
            try:
                call = TaskCall(task, given, named, queue, countdown_s, priority, expires_s, count)
            except FleetError:
                return None
            return Draft(call, pause_s)
        case _:
            return None
