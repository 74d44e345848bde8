"""What a person asks for, over what the project says of itself."""

from pathlib import Path
from typing import Any

import pytest

from core.errors import USAGE, FleetError
from core.project.env_files import EnvValue
from core.project.interpreter import Interpreter
from core.project.opening import Project
from core.secret import Secret
from core.settings import MAX_WORKERS, Settings
from core.settings.keys import DEFAULT_WORKERS
from core.settings.origin import Layer, Origin, Setting
from core.wishes import (
    BUILTIN,
    CONCURRENCY,
    Wishes,
    wants_builtin,
    wants_redis,
    worker_count,
    worker_policy,
    worker_spec,
)
from core.workers.mode import Mode
from core.workers.policy import Policy

REDIS = "redis://h:6379/0"
AMQP = "amqp://h"
ALL_VARIABLES = {
    "CELERY_BROKER_URL",
    "CELERY_BROKER_READ_URL",
    "CELERY_BROKER_WRITE_URL",
    "CELERY_RESULT_BACKEND",
}


def project(tmp_path: Path = Path("/proj"), env: dict[str, str] | None = None, **settings: Any):
    return Project(
        root=tmp_path,
        workdir=tmp_path / "backend",
        app="proj.app",
        candidates=(),
        interpreter=Interpreter(tmp_path / ".venv" / "bin" / "python", "the project's .venv"),
        env=tuple(EnvValue(name, Secret(value), ".env") for name, value in (env or {}).items()),
        settings=said(**settings),
        name="proj-1",
        production=(),
        notes=(),
    )


def said(broker: str | None = None, **settings: Any) -> Settings:
    """Settings of a project's file."""
    origin = Origin(Layer.PROJECT, "solofleet.toml")
    values = {"grace" if key == "grace_s" else key: value for key, value in settings.items()}
    values |= {} if broker is None else {"broker": Secret(broker)}
    found = {key: Setting(value, origin) for key, value in values.items() if value is not None}
    return Settings().over(found)


def asked(broker: str) -> Wishes:
    return Wishes(broker=Secret(broker))


@pytest.mark.parametrize(
    ("wishes", "setting", "builtin", "redis"),
    [
        (Wishes(), None, False, False),
        (Wishes(), BUILTIN, True, True),
        (Wishes(), REDIS, False, True),
        (asked(BUILTIN), None, True, True),
        (asked(BUILTIN), AMQP, True, True),
        (asked(AMQP), BUILTIN, False, False),
        (asked("rediss://h"), None, False, True),
    ],
)
def test_a_wish_for_a_broker_wins_over_the_setting(
    wishes: Wishes, setting: str | None, builtin: bool, redis: bool
) -> None:
    opened = project(broker=setting)
    assert (wants_builtin(opened, wishes), wants_redis(opened, wishes)) == (builtin, redis)


@pytest.mark.parametrize(
    ("wishes", "settings", "concurrency", "count", "reason"),
    [
        (Wishes(workers=2), {"workers": 3}, "5", 2, "as asked"),
        (Wishes(), {"workers": 3}, "5", 3, "workers in"),
        (Wishes(), {}, "5", 5, f"{CONCURRENCY}=5: one worker for each"),
        (Wishes(), {}, None, DEFAULT_WORKERS, "the default"),
        (Wishes(), {}, "", DEFAULT_WORKERS, "the default"),
        (Wishes(), {}, "0", DEFAULT_WORKERS, "the default"),
        (Wishes(), {}, "500", MAX_WORKERS, f"{CONCURRENCY}=500"),
    ],
)
def test_the_number_of_workers_says_where_it_comes_from(
    wishes: Wishes, settings: dict[str, Any], concurrency: str | None, count: int, reason: str
) -> None:
    environ = {} if concurrency is None else {CONCURRENCY: concurrency}
    found, why = worker_count(project(**settings), wishes, environ)
    assert found == count
    assert reason in why


def test_the_concurrency_of_the_projects_own_variables_counts() -> None:
    assert worker_count(project(env={CONCURRENCY: "7"}), Wishes(), {})[0] == 7


def test_a_concurrency_that_is_no_number_is_refused() -> None:
    with pytest.raises(FleetError, match="CELERY_WORKER_CONCURRENCY='many'") as caught:
        worker_count(project(), Wishes(), {CONCURRENCY: "many"})
    assert caught.value.exit_code == USAGE


@pytest.mark.parametrize(
    ("wish", "setting", "grace_s"),
    [(None, None, Policy().grace_s), (None, 5.0, 5.0), (1.0, 5.0, 1.0), (0.0, 5.0, 0.0)],
)
def test_patience_is_as_wished_as_set_or_as_usual(
    wish: float | None, setting: float | None, grace_s: float
) -> None:
    assert worker_policy(project(grace_s=setting), Wishes(grace_s=wish)).grace_s == grace_s


def test_without_wishes_a_worker_is_as_the_project_has_it() -> None:
    opened = project(env={"KEY": "1"}, loglevel="debug", queues=("a",), mode="plain")
    spec = worker_spec(opened, Wishes(), {"HOME": "/home"}, None)
    assert (spec.python, spec.app, spec.workdir) == (
        opened.interpreter.path,
        "proj.app",
        opened.workdir,
    )
    assert (spec.loglevel, spec.queues, spec.plain, spec.broker) == ("debug", ("a",), True, {})
    assert (spec.env["KEY"], spec.env["HOME"]) == ("1", "/home")


def test_wishes_win_over_settings() -> None:
    opened = project(loglevel="debug", queues=("a",))
    wishes = Wishes(loglevel="error", queues=("b", "c"), loop="windows", mode=Mode.PLAIN)
    spec = worker_spec(opened, wishes, {}, None)
    assert (spec.loglevel, spec.queues, spec.loop, spec.plain) == (
        "error",
        ("b", "c"),
        "windows",
        True,
    )


def test_the_log_level_is_info_when_nobody_says() -> None:
    assert worker_spec(project(), Wishes(), {}, None).loglevel == "info"


@pytest.mark.parametrize(
    ("wishes", "setting", "builtin_url", "url", "names"),
    [
        (asked(BUILTIN), None, REDIS, REDIS, ALL_VARIABLES),
        (Wishes(), BUILTIN, REDIS, REDIS, ALL_VARIABLES),
        (asked(REDIS), None, None, REDIS, ALL_VARIABLES),
        (Wishes(), REDIS, None, REDIS, ALL_VARIABLES),
        (asked(AMQP), REDIS, None, AMQP, ALL_VARIABLES - {"CELERY_RESULT_BACKEND"}),
        (Wishes(), None, None, None, set()),
        (asked(BUILTIN), None, None, None, set()),
    ],
)
def test_variables_lead_to_the_broker_that_was_asked_for(
    wishes: Wishes,
    setting: str | None,
    builtin_url: str | None,
    url: str | None,
    names: set[str],
) -> None:
    spec = worker_spec(project(broker=setting), wishes, {}, builtin_url)
    assert spec.broker == dict.fromkeys(names, url)


def test_results_go_to_the_first_of_several_brokers() -> None:
    both = "redis://one:6379/0;redis://other:6379/0"
    variables = worker_spec(project(), asked(both), {}, None).broker or {}
    assert variables["CELERY_BROKER_URL"] == both
    assert variables["CELERY_RESULT_BACKEND"] == "redis://one:6379/0"


@pytest.mark.parametrize(
    ("url", "why"), [("localhost:6379", "without one"), ("foo://h/0", "no such transport")]
)
def test_an_address_that_celery_could_not_use_is_refused(url: str, why: str) -> None:
    with pytest.raises(FleetError) as caught:
        worker_spec(project(), asked(url), {}, None)
    assert why in caught.value.why


def test_a_debugger_is_for_the_first_worker_only() -> None:
    spec = worker_spec(project(), Wishes(debug_port=5678), {}, None, "worker1@box")
    assert spec.debug == ("worker1@box", 5678)
    assert worker_spec(project(), Wishes(), {}, None, "worker1@box").debug is None


@pytest.mark.parametrize("mode", [Mode.PLAIN, Mode.PREFORK])
@pytest.mark.parametrize(
    "wishes",
    [
        Wishes(debug_port=5678),
        Wishes(hoard=True),
        Wishes(daemonic=True),
        Wishes(spare=True),
    ],
)
def test_what_only_the_fleet_can_do_is_refused_to_the_literal_command(
    mode: Mode, wishes: Wishes
) -> None:
    with pytest.raises(FleetError, match=f"cannot be had in {mode} mode") as caught:
        worker_spec(project(mode=str(mode)), wishes, {}, None)
    assert caught.value.exit_code == USAGE


def test_what_the_project_wants_of_a_fleet_is_not_asked_of_the_literal_command() -> None:
    opened = project(hoard=True, daemonic=True, spare=True)

    def options(wishes: Wishes) -> tuple[bool, bool, bool]:
        spec = worker_spec(opened, wishes, {}, None)
        return spec.hoards, spec.daemonic, spec.spare

    assert options(Wishes()) == (True, True, True)
    assert options(Wishes(mode=Mode.PLAIN)) == (False, False, False)
