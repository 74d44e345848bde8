"""Command lines of Celery."""

from pathlib import Path

import pytest

from core.rows.celery import app_of, arguments, beat_with_files, command_of, embeds_beat

AS_THE_SYSTEM_SHOWS_IT = ("/v/bin/python", "/v/bin/celery", "-A", "x", "beat")


@pytest.mark.parametrize(
    ("argv", "command"),
    [
        (("celery", "-A", "x", "beat"), "beat"),
        (("celery", "-A", "beat", "worker"), "worker"),
        (("celery", "--app=x", "flower", "--port=1"), "flower"),
        ((r"C:\v\Scripts\celery.exe", "-A", "x", "beat"), "beat"),
        (("python3.12", "-m", "celery", "-A", "x", "beat"), "beat"),
        (("python", "-u", "-m", "celery", "beat"), "beat"),
        (AS_THE_SYSTEM_SHOWS_IT, "beat"),
        (("python", "-m", "http.server", "celery"), None),
        (("python", "celery_things.py", "beat"), None),
        (("python", "-m"), None),
        (("python",), None),
        (("uvicorn", "beat"), None),
        (("celery", "--version"), None),
        ((), None),
    ],
)
def test_the_command_of_celery(argv: tuple[str, ...], command: str | None) -> None:
    assert command_of(argv) == command


def test_its_arguments_stand_behind_it() -> None:
    assert arguments(AS_THE_SYSTEM_SHOWS_IT) == ("-A", "x", "beat")


@pytest.mark.parametrize(
    ("argv", "app"),
    [
        (("celery", "-A", "x.y", "beat"), "x.y"),
        (("celery", "--app", "x.y", "beat"), "x.y"),
        (("celery", "--app=x.y", "beat"), "x.y"),
        (("celery", "beat"), None),
        (("celery", "beat", "-A"), None),
    ],
)
def test_the_app_of_a_command(argv: tuple[str, ...], app: str | None) -> None:
    assert app_of(argv) == app


def test_a_worker_with_beat_inside_is_known() -> None:
    assert embeds_beat(("celery", "-A", "x", "worker", "-B"))
    assert not embeds_beat(("celery", "-A", "x", "worker"))
    assert not embeds_beat(("celery", "-A", "x", "beat", "-B"))


def test_beat_keeps_its_schedule_elsewhere_and_writes_no_pid_file() -> None:
    argv = ("celery", "-A", "x", "beat")
    assert beat_with_files(argv, Path("/s/db")) == (*argv, "-s", str(Path("/s/db")), "--pidfile=")


def test_what_beat_is_told_itself_stays() -> None:
    argv = ("celery", "beat", "--schedule=here", "--pidfile", "pid")
    assert beat_with_files(argv, Path("/s/db")) == argv
