"""What is tried: an app, a number of workers, and what is done to them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.parity.side import Side


@dataclass(frozen=True, slots=True)
class Task:
    """A task of the scenario's app: an act of `project/parity_app` with options of `@app.task`."""

    act: str
    options: Mapping[str, Any]


def task(act: str, **options: Any) -> Task:
    """`@app.task(**options)` on that act."""
    return Task(act, options)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One thing that users rely on.

    `shows` is a line of the document. `workers` is prefork's `-c`, or the size of the fleet.
    `tasks` are the app's by name; every act is a task under its own name too. `conf` are
    Celery's settings, of values that JSON has. `ordered` compares in which order tasks began, and
    in which process of the pool: for one worker only. `life` compares the signals of workers and
    processes. `wishes` are those of the fleet's session. `not_on_windows` is why it makes no sense
    there.
    """

    name: str
    shows: str
    drive: Callable[[Side], None]
    workers: int = 1
    tasks: Mapping[str, Task] = field(default_factory=dict[str, Task])
    conf: Mapping[str, Any] = field(default_factory=dict[str, Any])
    ordered: bool = False
    life: bool = False
    wishes: Mapping[str, Any] = field(default_factory=dict[str, Any])
    not_on_windows: str = ""

    def variables(self, url: str) -> dict[str, str]:
        """The environment of a worker of this scenario, on this Redis database."""
        tasks = {name: {"act": t.act, "options": t.options} for name, t in self.tasks.items()}
        return {
            "PARITY": json.dumps({"conf": self.conf, "tasks": tasks}),
            "PARITY_NOTES": url,
            "CELERY_BROKER_URL": url,
            "CELERY_RESULT_BACKEND": url,
        }
