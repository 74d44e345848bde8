"""The whole gate, on commits that hold and commits that do not."""

import os
from pathlib import Path
from typing import Any

import pytest

from tests.support.proving import APP, MAIN, Record, ended, gate, web, worker

FILES = {"proj.py": APP, "main.py": MAIN}


def facts(temporary: Path, files: dict[str, str], **start: Any) -> dict[str, Record]:
    with gate(files, temporary, **start) as run:
        list(run)
    assert run.process.returncode == 0
    assert run.records[-1] == {"kind": "over"}
    assert list(temporary.iterdir()) == []
    return ended(run.records)


def test_all_steps_of_a_good_commit_pass_and_nothing_is_left(tmp_path: Path) -> None:
    task = {"name": "proj.add", "args": [1, 2], "kwargs": {}}
    found = facts(tmp_path, FILES, services=[worker(), web()], task=task)
    steps = ("broker", "python", "build", "import", "worker", "task", "memory", "stop", "web")
    assert {step: each["state"] for step, each in found.items()} == dict.fromkeys(steps, "passed")
    assert found["import"]["broker"]["url"] == "redis://nowhere.invalid:6379/0"
    assert (found["worker"]["pool"], found["worker"]["processes"]) == ("prefork", 2)
    assert found["task"]["result"] == "3"
    memory = found["memory"]
    assert len(memory["children"]) == 2
    assert all(own < pss for own, pss in zip(memory["own"], memory["children"], strict=True))
    stop = found["stop"]
    assert (stop["killed"], stop["heard"], stop["fate"]) == (False, True, "SUCCESS")
    assert (found["web"]["status"], found["web"]["host"]) == (200, "0.0.0.0")


def test_a_build_that_fails_ends_it_with_the_last_lines(tmp_path: Path) -> None:
    found = facts(tmp_path, FILES, services=[worker(build="echo no matching wheel; exit 3")])
    assert list(found) == ["broker", "python", "build"]
    assert (found["build"]["code"], found["build"]["lines"]) == (3, ["no matching wheel"])


def test_an_app_is_imported_with_the_variables_of_its_service_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://of-this-machine:6379/0")
    found = facts(tmp_path, FILES, services=[worker(env={})])
    assert list(found)[-1] == "import"
    assert "KeyError: 'REDIS_URL'" in found["import"]["why"]
    assert "proj.py:5" in found["import"]["why"]


def test_with_eager_tasks_nothing_is_sent(tmp_path: Path) -> None:
    files = {"proj.py": f"{APP}\napp.conf.task_always_eager = True\n"}
    found = facts(tmp_path, files, services=[worker()])
    assert found["task"] == {"state": "failed", "eager": True}
    assert "stop" not in found


def test_when_nobody_listens_any_more_it_ends_in_the_middle_and_clears_up(tmp_path: Path) -> None:
    with gate(FILES, tmp_path, services=[worker(build="sleep 100 & setsid sleep 100")]) as run:
        next(record for record in run if record["kind"] == "step" and record["id"] == "build")
        run.leave()
        assert run.process.wait(20) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_a_run_that_was_killed_goes_with_the_next_run(tmp_path: Path) -> None:
    (tmp_path / "solofleet-proof-999999999-x" / "src").mkdir(parents=True)
    (tmp_path / f"solofleet-proof-{os.getpid()}-x").mkdir()
    with gate(FILES, tmp_path, services=[]) as run:
        list(run)
    assert [each.name for each in tmp_path.iterdir()] == [f"solofleet-proof-{os.getpid()}-x"]
