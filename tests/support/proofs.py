"""Facts of steps that passed, as the gate tells them."""

from collections.abc import Mapping
from typing import Any

from core.render.proving.event import Step

MB = 1024 * 1024
GOOD: Mapping[Step, dict[str, Any]] = {
    Step.BROKER: {},
    Step.PYTHON: {"version": "3.13.5", "wanted": True},
    Step.BUILD: {"packages": 34, "compiled": []},
    Step.IMPORT: {
        "tasks": ["proj.tasks.add"],
        "broker": {"url": "redis://broker:6379//"},
        "results": {"error": None},
    },
    Step.WORKER: {"node": "w@box", "pool": "prefork", "processes": 2, "queue": "celery"},
    Step.TASK: {"took_s": 0.1, "result": "3", "grown": 0},
    Step.MEMORY: {"parent": 40 * MB, "children": [30 * MB] * 2, "own": [20 * MB] * 2},
    Step.STOP: {
        "exit_s": 2.1,
        "code": 0,
        "killed": False,
        "heard": True,
        "fate": "SUCCESS",
        "waited_s": 30.0,
    },
    Step.WEB: {"status": 200, "ready_s": 1.0, "host": "0.0.0.0"},
}
