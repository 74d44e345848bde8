"""Whether beat has something to do."""

from pathlib import Path

import pytest

from core.render.schedule import DATABASE, find_schedule
from core.rows.declared import DeclaredRow


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("x = 1\napp.conf.beat_schedule = {'a': 1}\n", 2),
        ("app.conf.update(a=1,\n  beat_schedule=schedule())\n", 2),
        ("CELERY_BEAT_SCHEDULE = {\n'a': 1}\n", 1),
        ("def setup(sender, **k):\n    sender.add_periodic_task(10, t)\n", 2),
    ],
)
def test_a_schedule_in_code_is_found_with_its_line(code: str, line: int, tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text(code)
    schedule = find_schedule([file, tmp_path / "gone.py"], ())
    assert schedule is not None
    assert (schedule.where, schedule.scheduler) == (f"{file}:{line}", None)


@pytest.mark.parametrize("code", ["", "app.conf.beat_schedule = {}\n", "# beat_schedule = x\n"])
def test_an_empty_schedule_is_none(code: str, tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text(code)
    assert find_schedule([file], ()) is None


def test_a_schedule_in_djangos_database_needs_its_scheduler(tmp_path: Path) -> None:
    file = tmp_path / "settings.py"
    file.write_text("INSTALLED_APPS = ['a', 'django_celery_beat']\n")
    schedule = find_schedule([file], ())
    assert schedule is not None and schedule.scheduler == DATABASE


def test_a_row_that_runs_beat_says_that_there_is_one() -> None:
    rows = [DeclaredRow("clock", "celery -A a beat", "Procfile"), DeclaredRow("web", "uvicorn a:b")]
    schedule = find_schedule((), rows)
    assert schedule is not None and schedule.where == "the row clock of Procfile"
    assert find_schedule((), rows[1:]) is None
