"""Times."""

from pathlib import Path

import pytest

from tests.support.preflight import (
    found,
    in_app,
    in_group,
    in_tasks,
    lay_out,
    picture,
    planted,
    seen_by,
)

CAUGHT = "def f():\n    try:\n        pass\n    except SoftTimeLimitExceeded:\n        pass\n"


def test_limits_that_nothing_catches(tmp_path: Path) -> None:
    changes = in_app("app.conf.task_soft_time_limit = 50\n")
    assert seen_by("time-limits", changes, tmp_path) == [("warn", "proj/app.py", 8)]
    assert seen_by("time-limits", {**changes, **in_tasks(CAUGHT)}, tmp_path) == []
    assert seen_by("time-limits", {}, tmp_path) == []


@pytest.mark.parametrize(
    ("name", "start"),
    [("task_soft_time_limit", "catch Soft"), ("task_time_limit", "set a soft limit below it")],
)
def test_the_fix_is_that_of_the_limit(name: str, start: str, tmp_path: Path) -> None:
    files = planted(in_app(f"app.conf.{name} = 50\n"))
    (fix,) = (
        each.seen.fix for each in found(picture(files, tmp_path)) if each.check == "time-limits"
    )
    assert fix.startswith(start)


@pytest.mark.parametrize(
    ("code", "warned"),
    [
        ("app.conf.task_time_limit = 61\n", True),
        ("app.conf.task_time_limit = 60\n", False),
        ("app.conf.task_time_limit = int(os.getenv('LIMIT', '100'))\n", True),
        ("app.conf.task_time_limit = compute()\n", False),
    ],
)
def test_tasks_end_within_the_shutdown_delay(code: str, warned: bool, tmp_path: Path) -> None:
    assert bool(seen_by("shutdown-delay", in_app(code), tmp_path)) is warned


def test_the_value_of_a_variable_counts_before_its_default(tmp_path: Path) -> None:
    code = in_app("app.conf.task_time_limit = int(os.getenv('LIMIT', '100'))\n")
    changes = {**code, **in_group("LIMIT", '"10"')}
    assert seen_by("shutdown-delay", changes, tmp_path) == []


def test_without_a_service_nobody_knows_the_delay(tmp_path: Path) -> None:
    changes = {"render.yaml": None, **in_app("app.conf.task_time_limit = 600\n")}
    assert seen_by("shutdown-delay", changes, tmp_path) == []


@pytest.mark.parametrize(
    ("code", "warned"),
    [
        ("@app.task(time_limit=7200)\ndef long(): ...\n", True),
        ("@app.task(time_limit=600)\ndef long(): ...\n", False),
        ("@app.task(default_retry_delay=3 * 3600)\ndef long(): ...\n", True),
        ("def f():\n    add.apply_async(countdown=60)\n", False),
        ("def f(n):\n    add.apply_async(countdown=n)\n", False),
    ],
)
def test_tasks_end_before_redis_hands_them_out_again(
    code: str, warned: bool, tmp_path: Path
) -> None:
    assert bool(seen_by("visibility-timeout", in_tasks(code), tmp_path)) is warned


def test_a_visibility_timeout_that_was_raised_is_right(tmp_path: Path) -> None:
    raised = in_app("app.conf.broker_transport_options = {'visibility_timeout': 9000}\n")
    changes = {**raised, **in_tasks("@app.task(time_limit=7200)\ndef long(): ...\n")}
    assert seen_by("visibility-timeout", changes, tmp_path) == []


def test_other_brokers_have_no_visibility_timeout(tmp_path: Path) -> None:
    changes = {
        **in_tasks("@app.task(time_limit=7200)\ndef long(): ...\n"),
        "requirements.txt": "celery==5.5.3\nuvicorn==1\n",
    }
    assert seen_by("visibility-timeout", changes, tmp_path) == []
    lay_out(tmp_path, {".env": "LIMIT=1\n"})
    assert seen_by("visibility-timeout", changes, tmp_path) == []
