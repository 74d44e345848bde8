"""`solofleet render rehearse`: what it prints, and its exit code."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.cli.program import main
from core.cli.render_rehearse import document, rehearsal_lines
from core.errors import DONE
from core.render.rehearsing.rehearsal import Rehearsal, Row, Workers
from core.render.rehearsing.rules import Stop, Task, changes, held, outcome
from tests.support.trees import lay_out

AT = datetime(2026, 11, 20, tzinfo=UTC)
TASKS = (
    Task("shop.mail", longest_s=2, count=4),
    Task("shop.render", longest_s=90, count=2),
    Task("shop.clean"),
)


def rehearsal(*tasks: Task) -> Rehearsal:
    stop = Stop()
    rows = tuple(Row(task, outcome(task, stop), tuple(changes(task, stop))) for task in tasks)
    workers = Workers("jobs", 9, "5.7.0", "redis", stop, rows, held(stop, False))
    return Rehearsal((workers,), AT)


def test_each_task_has_its_fate_and_what_changes_it() -> None:
    lines = list(rehearsal_lines(rehearsal(*TASKS)))
    assert lines[:2] == [
        "jobs (render.yaml:9), Celery 5.7.0 on redis",
        "    SIGTERM: a warm shutdown; SIGKILL 30 s later",
    ]
    rows = [line.split() for line in lines]
    assert ["shop.mail", "2", "s", "early", "-", "finishes"] in rows
    assert ["shop.render", "90", "s", "early", "-", "lost"] in rows
    assert ["shop.clean", "never", "early", "-", "not", "known;", "if", "cut:", "lost"] in rows
    assert "    maxShutdownDelaySeconds: 110: finishes" in lines
    assert max(map(len, lines)) <= 80


def test_tasks_of_which_the_same_is_to_be_said_are_named_together() -> None:
    never = [Task(f"shop.task{number}") for number in range(10)]
    lines = list(rehearsal_lines(rehearsal(*never)))
    text = " ".join(lines)
    assert text.count("it was never timed") == 1
    assert "shop.task7 and 2 more" in text


def test_programs_get_one_document() -> None:
    told = json.loads(document(rehearsal(*TASKS)))
    assert (told["kind"], told["loses"]) == ("rehearsal", True)
    (service,) = told["services"]
    assert service["stop"]["delay_s"] == 30
    assert [row["outcome"]["fate"] for row in service["rows"]] == ["finishes", "lost", "not known"]
    assert service["rows"][1]["changes"][0]["settings"] == ["maxShutdownDelaySeconds: 110"]


def test_an_app_without_tasks_says_so() -> None:
    assert "the app has no task" in list(rehearsal_lines(rehearsal()))


def test_nothing_is_started_and_no_broker_is_asked(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: tmp_path / "state")
    text = 'from celery import Celery\n\napp = Celery("shop", broker="redis://127.0.0.1:1")\n'
    text += '\n\n@app.task(name="mail")\ndef mail():\n    pass\n'
    folder = lay_out(tmp_path / "shop", {"shop.py": text})
    assert main(["render", "rehearse", str(folder), "--python", sys.executable]) == DONE
    said = capfd.readouterr().out
    assert "Render's defaults: no render.yaml has it" in said
    assert "No task was timed" in said
