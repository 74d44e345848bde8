"""Numbers that outlive the run that measured them."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.render.plans import MB
from core.render.sizing.record import MAX_TASKS, of_meter, recall, remember, remember_session
from core.tasks.memory import TaskMemory
from core.tasks.times import TaskTime
from core.workers.mode import Mode
from core.workers.usage import Effort
from tests.core.render.sizing.test_measured import FLEET, NOW, Measured, Prefork

OWN = TaskMemory("shop.render", 2, MB, 2 * MB)


class Shown:
    """What a meter shows, and a session that has it."""

    def __init__(self, *tasks: TaskMemory, mode: Mode = Mode.FLEET) -> None:
        self._tasks = tasks
        self.mode = mode
        self.meter = self.project = self
        self.name = "shop-1"

    def idle(self) -> int | None:
        return 40 * MB

    def tasks(self) -> tuple[TaskMemory, ...]:
        return self._tasks

    def times(self) -> tuple[TaskTime, ...]:
        return tuple(TaskTime(task.name, task.count, 1.0, 2.0) for task in self._tasks)

    def effort(self) -> Effort:
        return Effort(2, 1.0, 0.5)


def test_what_was_measured_is_known_in_the_next_run(tmp_path: Path):
    times = (TaskTime("shop.render", 2, 1.5, 2.0),)
    whole = Measured(NOW, "x", 40 * MB, (OWN,), Effort(1, 2.0, 3.0), Prefork(1, 2, 3), True, times)
    remember("shop-1", whole, tmp_path)
    assert recall("shop-1", tmp_path) == whole
    assert recall("other-1", tmp_path) is None


def test_a_later_run_keeps_what_it_did_not_measure(tmp_path: Path):
    remember("shop-1", Measured(NOW, "x", 1, prefork=Prefork(1, 2, 3)), tmp_path)
    remember("shop-1", FLEET, tmp_path)
    known = recall("shop-1", tmp_path)
    assert known is not None
    assert (known.prefork, known.idle) == (Prefork(1, 2, 3), FLEET.idle)


def test_a_run_that_measured_nothing_leaves_no_record(tmp_path: Path):
    remember("shop-1", Measured(NOW, "x"), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 99}', '{"version": 1, "at": "x"}'])
def test_a_record_that_cannot_be_read_is_none(text: str, tmp_path: Path):
    (tmp_path / "shop-1").mkdir()
    (tmp_path / "shop-1" / "sizes.json").write_text(text, "utf-8")
    assert recall("shop-1", tmp_path) is None


def test_a_record_of_before_tasks_were_timed_is_read(tmp_path: Path):
    remember("shop-1", FLEET, tmp_path)
    file = tmp_path / "shop-1" / "sizes.json"
    fields = json.loads(file.read_text("utf-8"))
    del fields["times"]
    file.write_text(json.dumps(fields), "utf-8")
    assert recall("shop-1", tmp_path) == FLEET


def test_only_the_greediest_tasks_are_kept(tmp_path: Path):
    many = tuple(TaskMemory(f"t{n}", 1, 1, 1000 - n) for n in range(MAX_TASKS + 5))
    remember("shop-1", Measured(NOW, "x", 1, many), tmp_path)
    kept = json.loads((tmp_path / "shop-1" / "sizes.json").read_text("utf-8"))["tasks"]
    assert (len(kept), kept[0]["name"]) == (MAX_TASKS, "t0")


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path):
    (tmp_path / "shop-1").write_text("a file in the way", "utf-8")
    remember("shop-1", FLEET, tmp_path)


def test_tasks_of_ours_and_of_celery_tell_nothing_of_the_project():
    ours: Any = Shown(TaskMemory("solofleet.probe", 1, 1, 1), TaskMemory("celery.chord", 1, 1, 1))
    found = of_meter(ours, "x")
    assert (found.tasks, found.times, found.work) == ((), (), None)
    both: Any = Shown(OWN)
    assert of_meter(both, "x").effort == Effort(2, 1.0, 0.5)


def test_a_fleet_that_is_over_is_remembered_and_other_modes_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: tmp_path)
    plain: Any = Shown(OWN, mode=Mode.PLAIN)
    remember_session(plain)
    assert recall("shop-1") is None
    fleet: Any = Shown(OWN)
    remember_session(fleet)
    known = recall("shop-1")
    assert known is not None and known.tasks == (OWN,)
