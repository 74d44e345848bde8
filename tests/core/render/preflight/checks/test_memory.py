"""Whether a worker fits into its plan."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.render.plans import MB
from core.render.sizing.measured import Measured, Prefork
from core.tasks.memory import TaskMemory
from tests.support.preflight import clean, seen_by, started_by

HERE = ("render.yaml", 20)


def measured(task_mb: int, child_mb: int = 20) -> Measured:
    task = TaskMemory("proj.tasks.add", 3, task_mb * MB, task_mb * MB)
    prefork = Prefork(100 * MB, child_mb * MB, 2)
    return Measured(datetime.now(UTC), "here", 50 * MB, (task,), prefork=prefork)


@pytest.mark.parametrize(
    ("numbers", "seen"),
    [
        (None, [("unproven", *HERE)]),
        (measured(10), []),
        (measured(150), [("warn", *HERE)]),
        (measured(300), [("warn", *HERE)]),
        (measured(10, child_mb=300), [("block", *HERE)]),
    ],
)
def test_what_was_measured_is_held_against_the_plan(
    numbers: Measured | None, seen: list[object], tmp_path: Path
) -> None:
    assert seen_by("memory", {}, tmp_path, measured=numbers) == seen


@pytest.mark.parametrize(
    "changes",
    [
        started_by("celery -A proj.app worker"),
        {"render.yaml": clean("render.yaml", "    plan: starter\n", "")},
        {"render.yaml": clean("render.yaml", "plan: starter", "plan: unheard-of")},
    ],
)
def test_without_a_count_or_a_plan_it_is_unproven(changes: dict[str, str], tmp_path: Path) -> None:
    seen = seen_by("memory", changes, tmp_path, measured=measured(300))
    assert [place[0] for place in seen] == ["unproven"]
