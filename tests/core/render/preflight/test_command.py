"""Commands for a shell, taken apart."""

import pytest

from core.render.preflight.command import calls_in, celery_of, server_app


def programs(text: str) -> list[str]:
    return [call.program for call in calls_in(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("celery -A proj worker", ["celery"]),
        ("python -m celery -A proj worker", ["celery"]),
        ("poetry run celery -A proj worker", ["celery"]),
        ("uv run python -m uvicorn main:app", ["uvicorn"]),
        ("A=1 exec /opt/bin/celery worker", ["celery"]),
        ("python manage.py migrate && gunicorn x:y", ["python", "gunicorn"]),
        ("celery worker & uvicorn x:y", ["celery", "uvicorn"]),
        ("celery worker -c $(nproc) # as many", ["celery"]),
        ("celery \\\n  worker", ["celery"]),
        ("uv run --no-sync celery worker", ["celery"]),
        ("uv run --frozen --package jobs -- celery worker", ["celery"]),
        ("poetry run -q celery worker", ["celery"]),
        ("nice -n 5 ddtrace-run celery worker", ["celery"]),
        ("python -u -W ignore -m celery worker", ["celery"]),
        ("python -u manage.py celery worker", ["python"]),
        ("bash -c 'cd a && exec celery worker'", ["celery"]),
        (
            "if [ $A ]; then exec celery worker; else uvicorn x:y; fi",
            ["[", "celery", "uvicorn", "fi"],
        ),
        ("uv run", []),
        ("A=1", []),
        ("celery 'unfinished", []),
    ],
)
def test_the_programs_of_a_line(text: str, names: list[str]) -> None:
    assert programs(text) == names


def test_what_a_shell_does_with_a_program_is_known() -> None:
    behind, front = calls_in("cd backend && X=1 celery worker & exec uvicorn a:b")
    assert (behind.folder, behind.behind, behind.exec) == ("backend", True, False)
    assert behind.variables == (("X", "1"),)
    assert (front.behind, front.exec) == (False, True)


def test_what_a_shell_is_given_runs_in_its_place() -> None:
    (call,) = calls_in("cd a && sh -c 'cd b && celery worker' & ")
    assert (call.program, call.folder, call.behind) == ("celery", "a/b", True)


@pytest.mark.parametrize("text", ["-c 4", "-c4", "-c=4", "--concurrency=4", "--concurrency 4"])
def test_an_option_is_read_in_all_its_spellings(text: str) -> None:
    (call,) = calls_in(f"celery worker {text}")
    assert call.option("-c", "--concurrency") == "4"
    assert call.option("-n", "--hostname") is None
    assert call.has("worker", "beat")


def test_an_option_without_a_value_is_empty() -> None:
    (call,) = calls_in("celery worker -c")
    assert call.option("-c") == ""


def test_celery_s_command_and_app_are_known() -> None:
    (call,) = calls_in("celery --app=proj.app:app worker -B")
    found = celery_of(call)
    assert found is not None
    assert (found.does, found.app) == ("worker", "proj.app:app")
    assert celery_of(calls_in("celery --version")[0]) is None
    assert celery_of(calls_in("python worker")[0]) is None


@pytest.mark.parametrize(
    ("text", "app"),
    [
        ("uvicorn main:app --host 0.0.0.0 --port $PORT", "main:app"),
        (
            "gunicorn -k uvicorn.workers.UvicornWorker proj.wsgi:application",
            "proj.wsgi:application",
        ),
        ("gunicorn -b 0.0.0.0:$PORT proj:create()", "proj:create"),
        ("python main.py", None),
        ("gunicorn -b localhost:8000 proj.web:app", "proj.web:app"),
        ("gunicorn --bind localhost:8000 proj.wsgi", "proj.wsgi:application"),
        ("gunicorn -w 4 -k gevent proj.wsgi --log-file -", "proj.wsgi:application"),
        ("gunicorn --preload -c gunicorn.conf.py proj.wsgi", "proj.wsgi:application"),
        ("gunicorn --workers=3 proj.wsgi", "proj.wsgi:application"),
        ("uvicorn proj.wsgi", None),
    ],
)
def test_what_a_server_serves(text: str, app: str | None) -> None:
    assert server_app(calls_in(text)[0]) == app
