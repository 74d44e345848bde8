"""What a person asks for wins over what the project has, which wins over the defaults."""

from pathlib import Path

import pytest

from core.errors import USAGE, FleetError
from core.secret import Secret
from core.settings import Settings
from core.wishes import (
    Wishes,
    wants_builtin,
    wants_redis,
    worker_count,
    worker_policy,
    worker_spec,
)
from tests.support.projects import project

LOCAL = "redis://127.0.0.1:6379/0"
RABBIT = "amqp://guest@127.0.0.1//"


def test_the_number_of_workers_that_is_asked_for_wins() -> None:
    opened = project(settings=Settings(workers=3))
    environ = {"CELERY_WORKER_CONCURRENCY": "5"}
    assert worker_count(opened, Wishes(workers=2), environ) == (2, "as asked")
    assert worker_count(opened, Wishes(), environ)[0] == 3


def test_the_concurrency_of_production_becomes_the_number_of_workers_and_that_is_said() -> None:
    count, reason = worker_count(project(), Wishes(), {"CELERY_WORKER_CONCURRENCY": "3"})
    assert (count, reason) == (3, "CELERY_WORKER_CONCURRENCY=3: one worker for each")


def test_the_concurrency_may_stand_in_the_projects_variables() -> None:
    opened = project(env={"CELERY_WORKER_CONCURRENCY": "2"})
    assert worker_count(opened, Wishes(), {})[0] == 2


@pytest.mark.parametrize("text", ["", "0", "-1"])
def test_a_concurrency_that_asks_for_nothing_gives_the_default(text: str) -> None:
    assert worker_count(project(), Wishes(), {"CELERY_WORKER_CONCURRENCY": text}) == (
        4,
        "the default",
    )


def test_a_concurrency_beyond_one_machine_is_cut_and_that_is_said() -> None:
    count, reason = worker_count(project(), Wishes(), {"CELERY_WORKER_CONCURRENCY": "500"})
    assert count == 64
    assert "the most" in reason and "500" in reason


def test_a_concurrency_that_is_no_number_is_refused() -> None:
    with pytest.raises(FleetError) as refused:
        worker_count(project(), Wishes(), {"CELERY_WORKER_CONCURRENCY": "many"})
    assert refused.value.exit_code == USAGE
    assert "'many'" in refused.value.what


def test_the_grace_is_asked_for_or_set_or_the_default() -> None:
    opened = project(settings=Settings(grace_s=7))
    assert worker_policy(opened, Wishes(grace_s=0)).grace_s == 0
    assert worker_policy(opened, Wishes()).grace_s == 7
    assert worker_policy(project(), Wishes()).grace_s == 30


@pytest.mark.parametrize(
    ("wished", "set_to", "builtin", "redis"),
    [
        (None, None, False, False),
        ("builtin", None, True, True),
        (None, "builtin", True, True),
        (LOCAL, "builtin", False, True),
        (RABBIT, None, False, False),
    ],
)
def test_the_broker_that_is_asked_for_wins(
    wished: str | None, set_to: str | None, builtin: bool, redis: bool
) -> None:
    opened = project(settings=Settings(broker=set_to))
    wishes = Wishes(broker=Secret(wished) if wished else None)
    assert wants_builtin(opened, wishes) is builtin
    assert wants_redis(opened, wishes) is redis


def test_a_redis_takes_the_place_of_broker_and_results() -> None:
    spec = worker_spec(project(), Wishes(broker=Secret(LOCAL)), {}, None)
    assert spec.broker == {
        "CELERY_BROKER_URL": LOCAL,
        "CELERY_BROKER_READ_URL": LOCAL,
        "CELERY_BROKER_WRITE_URL": LOCAL,
        "CELERY_RESULT_BACKEND": LOCAL,
    }


def test_another_broker_leaves_the_results_where_they_are() -> None:
    spec = worker_spec(project(), Wishes(broker=Secret(RABBIT)), {}, None)
    assert "CELERY_RESULT_BACKEND" not in (spec.broker or {})
    assert (spec.broker or {})["CELERY_BROKER_URL"] == RABBIT


def test_the_broker_of_the_settings_takes_the_place_of_the_apps() -> None:
    spec = worker_spec(project(settings=Settings(broker=LOCAL)), Wishes(), {}, None)
    assert (spec.broker or {})["CELERY_BROKER_URL"] == LOCAL


def test_a_session_with_a_broker_of_its_own_leads_there() -> None:
    opened = project(settings=Settings(broker="builtin"))
    assert (worker_spec(opened, Wishes(), {}, LOCAL).broker or {})["CELERY_BROKER_URL"] == LOCAL


@pytest.mark.parametrize("settings", [Settings(), Settings(broker="builtin")])
def test_without_a_broker_asked_for_the_app_keeps_its_own(settings: Settings) -> None:
    assert not worker_spec(project(settings=settings), Wishes(), {}, None).broker


def test_the_spec_has_what_is_wished_over_what_is_set() -> None:
    opened = project(settings=Settings(loglevel="debug", queues=("slow",), plain=True))
    spec = worker_spec(opened, Wishes(), {}, None)
    assert (spec.loglevel, spec.queues, spec.plain) == ("debug", ("slow",), True)
    spec = worker_spec(opened, Wishes(loglevel="error", queues=("fast",)), {}, None)
    assert (spec.loglevel, spec.queues) == ("error", ("fast",))
    assert worker_spec(project(), Wishes(), {}, None).loglevel == "info"


def test_the_spec_runs_the_projects_interpreter_with_its_variables(tmp_path: Path) -> None:
    opened = project(tmp_path, "shop.celery", python=tmp_path / "python", env={"MODE": "try"})
    spec = worker_spec(opened, Wishes(loop="windows"), {"HOME": "/home/me"}, None)
    assert (spec.python, spec.app, spec.workdir) == (tmp_path / "python", "shop.celery", tmp_path)
    assert (spec.env["MODE"], spec.env["HOME"]) == ("try", "/home/me")
    assert spec.loop == "windows"


def test_the_debugger_is_for_the_first_worker() -> None:
    spec = worker_spec(project(), Wishes(debug_port=5678), {}, None, first="w1@box")
    assert spec.debug == ("w1@box", 5678)
    assert worker_spec(project(), Wishes(), {}, None, first="w1@box").debug is None


def test_a_plain_worker_under_a_debugger_is_refused() -> None:
    with pytest.raises(FleetError, match="debugpy") as refused:
        worker_spec(project(), Wishes(debug_port=5678, plain=True), {}, None)
    assert refused.value.exit_code == USAGE
