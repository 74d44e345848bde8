"""The commands of a project."""

import os
import sys
from pathlib import Path

import pytest

from core.export.terminals import procfile_lines, terminals
from core.rows.declared import read_rows
from core.settings import Settings, load_settings
from core.wishes import Wishes
from core.workers.mode import Mode
from core.workers.names import this_host
from tests.support.projects import project

ROWS = {
    "web": {"command": "uvicorn main:app --port $PORT", "env": {"DEBUG": "1"}},
    "tick": ["python", "-c", "print('a b')"],
}


@pytest.fixture
def mine(tmp_path: Path):
    return project(tmp_path, settings=Settings(rows=read_rows(ROWS) or ()))


def test_each_worker_is_its_literal_command_with_the_host_filled_in(mine) -> None:
    first, second, *_ = terminals(mine, Wishes(workers=2), {})
    assert first.name == f"worker1@{this_host()}"
    assert second.argv == (
        *(sys.executable, "-m", "celery", "-A", "tasky", "worker", "--pool=solo"),
        *("-n", f"worker2@{this_host()}", "--loglevel=info", "-E"),
    )
    assert first.cwd == mine.workdir


def test_rows_follow_in_the_order_of_their_start(mine) -> None:
    *_, web, tick = terminals(mine, Wishes(workers=1), {})
    assert (web.argv, web.env) == (
        ("uvicorn", "main:app", "--port", "8000"),
        {"DEBUG": "1", "PORT": "8000"},
    )
    assert tick.argv == (sys.executable, "-c", "print('a b')")
    assert "DEBUG" not in repr(web)


def test_prefork_is_one_command(mine) -> None:
    worker, *_ = terminals(mine, Wishes(workers=3, mode=Mode.PREFORK), {})
    assert worker.argv[6:9] == ("--pool=prefork", "-c", "3")
    assert [name for name, _ in procfile_lines(mine, Wishes(mode=Mode.PREFORK), {})] == [
        "worker1",
        "web",
        "tick",
    ]


def test_a_procfile_keeps_what_was_written(mine) -> None:
    lines = dict(procfile_lines(mine, Wishes(workers=2), dict(os.environ)))
    assert lines == {
        f"worker{n}": f"celery -A tasky worker --pool=solo -n worker{n}@{this_host()}"
        " --loglevel=info -E"
        for n in (1, 2)
    } | {"web": ROWS["web"]["command"], "tick": "python -c 'print('\"'\"'a b'\"'\"')'"}


def test_groups_have_queues_and_variables_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "solofleet.toml").write_text(
        "[groups.mail]\nqueues = ['post']\nenv = { FROM = 'a b' }\n[groups.rest]\n", "utf-8"
    )
    grouped = project(tmp_path, settings=load_settings(tmp_path))
    mail, rest = terminals(grouped, Wishes(), {})
    assert (mail.argv[-3:], mail.env) == (("-Q", "post", "-E"), {"FROM": "a b"})
    assert (rest.name, rest.env) == (f"rest1@{this_host()}", {})
    (_, command), _ = procfile_lines(grouped, Wishes(), {})
    assert command.startswith("FROM='a b' celery -A tasky worker --pool=solo -n mail1@")
