"""Which rows a session starts, and in what order."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.errors import FleetError
from core.project.opening import Project
from core.rows.choice import Choice, choose, declared_rows
from core.rows.declared import read_rows
from core.rows.readiness import HttpAnswers, LineMatches, PortListens, UpFor
from core.settings import Settings
from core.wishes import Wishes
from tests.support.projects import project

ALL = Wishes(all_rows=True)
Opens = Callable[..., Project]


@pytest.fixture(autouse=True)
def state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    state = tmp_path / "state"
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: state)
    return state


@pytest.fixture
def opened(tmp_path: Path) -> Opens:
    """A project with these rows in its settings, and this Procfile."""

    def opened(procfile: str = "", with_up: tuple[str, ...] = (), **rows: Any) -> Project:
        folder = tmp_path / "project"
        folder.mkdir(exist_ok=True)
        if procfile:
            (folder / "Procfile").write_text(procfile, "utf-8")
        settings = Settings(rows=read_rows(rows) or (), rows_with_up=with_up)
        return project(folder, settings=settings)

    return opened


def order(choice: Choice) -> list[str]:
    return [row.name for row in choice.rows]


def test_unasked_only_the_workers_are_started(opened: Opens) -> None:
    choice = choose(opened(web="run", beat="celery beat"), Wishes(), {})
    assert choice.rows == ()
    assert choice.notes == ("rows that are not started: web, beat (--rows NAME,.. does)",)


def test_a_project_may_say_what_comes_with_the_workers(opened: Opens) -> None:
    mine = opened(with_up=("web",), web="run", other="run")
    assert order(choose(mine, Wishes(), {})) == ["web"]
    assert order(choose(mine, Wishes(rows=("other",)), {})) == ["other"]
    assert order(choose(mine, Wishes(rows=()), {})) == []


def test_the_order_is_workers_beat_web_and_the_others(opened: Opens) -> None:
    mine = opened(flower="celery -A x flower", web="run", beat="celery -A x beat")
    choice = choose(mine, ALL, {})
    assert [(row.name, row.after) for row in choice.rows] == [
        ("beat", ("workers",)),
        ("web", ("workers", "beat")),
        ("flower", ("workers", "beat", "web")),
    ]
    assert not any(row.strict for row in choice.rows)


def test_after_comes_before_the_usual_order(opened: Opens) -> None:
    mine = opened(web={"command": "run", "after": ["db"]}, db={"command": "run", "after": []})
    choice = choose(mine, Wishes(rows=("web",)), {})
    assert {row.name: row.after for row in choice.rows} == {"web": ("db",), "db": ()}
    assert all(row.strict for row in choice.rows)


def test_a_row_does_not_wait_for_one_that_waits_for_it(opened: Opens) -> None:
    mine = opened(web={"command": "run", "after": ["db"]}, db="run")
    assert {row.name: row.after for row in choose(mine, ALL, {}).rows} == {
        "web": ("db",),
        "db": ("workers",),
    }


@pytest.mark.parametrize("after", [["web"], ["other"]])
def test_a_circle_is_refused(opened: Opens, after: list[str]) -> None:
    mine = opened(
        web={"command": "run", "after": after}, other={"command": "run", "after": ["web"]}
    )
    with pytest.raises(FleetError, match="circle"):
        choose(mine, ALL, {})


def test_a_name_that_is_no_row_is_refused_with_those_there_are(opened: Opens) -> None:
    with pytest.raises(FleetError, match="no row wbe") as caught:
        choose(opened(web="run"), Wishes(rows=("wbe",)), {})
    assert caught.value.why == "it has web"
    with pytest.raises(FleetError, match="no row web"):
        choose(opened(), Wishes(rows=("web",)), {})


def test_a_procfile_gives_rows_and_the_settings_win(opened: Opens) -> None:
    mine = opened("web: theirs\nclock: tick\n", web="ours")
    assert [(row.name, row.command) for row in declared_rows(mine)] == [
        ("web", "ours"),
        ("clock", "tick"),
    ]
    assert {row.cwd for row in choose(mine, ALL, {}).rows} == {mine.root}


def test_the_fleet_stands_for_workers(opened: Opens) -> None:
    mine = opened("worker: celery -A x worker -c 4\nclock: tick\n")
    choice = choose(mine, ALL, {})
    assert order(choice) == ["clock"]
    assert "the fleet stands for worker" in choice.notes[0]
    with pytest.raises(FleetError, match="row worker is not started"):
        choose(mine, Wishes(rows=("worker",)), {})


def test_a_beat_inside_a_worker_is_advised_against(opened: Opens) -> None:
    (note,) = choose(opened("worker: celery -A x worker -B\n"), ALL, {}).notes
    assert "Celery refuses it on Windows" in note
    assert "beat =" in note


def test_beat_keeps_its_schedule_in_the_users_state_folder(
    opened: Opens, state_folder: Path
) -> None:
    mine = opened(beat="celery -A x beat")
    (beat,) = choose(mine, ALL, {}).rows
    file = Path(beat.argv[beat.argv.index("-s") + 1])
    assert file.is_relative_to(state_folder)
    assert file.parent.is_dir()
    assert mine.name in file.parts


def test_each_row_that_asks_for_a_port_gets_one(opened: Opens) -> None:
    mine = opened("web: run --port $PORT\nother: run $PORT\n")
    web, other = choose(mine, ALL, {}).rows
    assert (web.argv, web.ready) == (("run", "--port", "8000"), PortListens(8000))
    assert (other.argv, other.env["PORT"]) == (("run", "8001"), "8001")
    (named, _) = choose(mine, ALL, {"PORT": "9"}).rows
    assert named.argv == ("run", "--port", "9")


@pytest.mark.parametrize(
    ("row", "ready"),
    [
        ("run", UpFor()),
        ("run --port 81", PortListens(81)),
        ({"command": "run", "port": 82}, PortListens(82)),
        ({"command": "run --port 83", "ready": "/health"}, HttpAnswers(83, "/health")),
    ],
)
def test_when_a_row_is_ready(opened: Opens, row: Any, ready: object) -> None:
    assert choose(opened(web=row), ALL, {}).rows[0].ready == ready


def test_a_line_of_the_log_can_say_that_it_is_ready(opened: Opens) -> None:
    (row,) = choose(opened(web={"command": "run", "ready": "log:up|ok"}), ALL, {}).rows
    assert isinstance(row.ready, LineMatches)
    assert row.ready.pattern.pattern == "up|ok"


def test_an_answer_needs_a_port(opened: Opens) -> None:
    with pytest.raises(FleetError, match="nobody knows when the row web is ready"):
        choose(opened(web={"command": "run", "ready": "/health"}), ALL, {})


def test_who_is_started_anew_when_source_changes(opened: Opens) -> None:
    rows = {
        "beat": "celery -A x beat",
        "web": {"command": "uvicorn main:app --reload", "reload": True},
        "mine": {"command": "run", "reload": True},
        "other": "run",
    }
    mine = opened(**rows)
    assert {r.name for r in choose(mine, ALL, {}).rows if r.reload} == {"mine"}
    asked = Wishes(all_rows=True, reload=True)
    assert {r.name for r in choose(mine, asked, {}).rows if r.reload} == {"beat", "mine"}


def test_a_command_of_words_is_left_as_it_is(opened: Opens) -> None:
    (row,) = choose(opened(web=["sh", "-c", "a && b $X"]), ALL, {}).rows
    assert row.argv == ("sh", "-c", "a && b $X")


def test_with_all_rows_too_it_is_told_that_nobody_can_be_waited_for(opened: Opens) -> None:
    with pytest.raises(FleetError, match="has no row db"):
        choose(opened(web={"command": "run", "after": ["db"]}), ALL, {})
    behind_a_worker = opened("work: celery worker\n", web={"command": "run", "after": ["work"]})
    with pytest.raises(FleetError, match="the row work is not started"):
        choose(behind_a_worker, ALL, {})


@pytest.mark.parametrize("text", ["tcp://10.0.0.1:80", "http", "0", "70000", ""])
def test_a_variable_that_is_no_port_is_none(text: str, opened: Opens) -> None:
    (row,) = choose(opened(web="run $PORT"), ALL, {"PORT": text}).rows
    assert row.argv == ("run", "8000")


def test_a_folder_for_beat_that_cannot_be_made_is_told(opened: Opens, state_folder: Path) -> None:
    state_folder.touch()
    with pytest.raises(FleetError) as caught:
        choose(opened(beat="celery -A x beat"), ALL, {})
    assert str(state_folder) in caught.value.what
    assert "beat remembers there" in caught.value.fix
