"""Kills for memory, with what the advisor says."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.render.api.answers import Service
from core.render.api.event import Event
from core.render.plans import MB, known_plans
from core.render.remote.kills import Kills, explain_kills, kills_of
from core.render.remote.resizing import Capacity
from core.render.sizing.measured import Measured, Prefork
from core.tasks.memory import TaskMemory

COMMAND = "celery -A jobs worker --concurrency=4"
AT = "2026-11-20T10:00:00Z"


@pytest.fixture
def jobs() -> Service:
    return Service.read(
        {
            "name": "jobs",
            "type": "background_worker",
            "serviceDetails": {
                "plan": "starter",
                "envSpecificDetails": {"startCommand": COMMAND},
            },
        }
    )


def failed(**reason: object) -> Event:
    told = {"type": "server_failed", "timestamp": AT, "details": {"reason": reason}}
    return Event.read(told)


KILL = failed(oomKilled={"memoryLimit": "512Mi"})


def measured(task: int) -> Measured:
    """A project whose children share 60 MB, have 30 of their own, and take that for the task."""
    return Measured(
        datetime(2026, 11, 20, tzinfo=UTC),
        "a measuring run",
        tasks=(TaskMemory("jobs.resize", 3, task * MB, task * MB),),
        prefork=Prefork(60 * MB, 30 * MB, 2),
    )


def deploy(type: str, status: str = "", id: str = "dep-1") -> Event:
    details = {"deployId": id, "deployStatus": status}
    return Event.read({"type": type, "timestamp": AT, "details": details})


def explained(service: Service, known: Measured | None = None) -> Kills:
    found = explain_kills(service, (failed(nonZeroExit=1), KILL, KILL), known, known_plans())
    assert found is not None
    return found


def test_without_a_kill_there_is_nothing_to_explain(jobs: Service) -> None:
    assert explain_kills(jobs, (failed(nonZeroExit=1),), None, known_plans()) is None
    assert kills_of((failed(nonZeroExit=1), KILL)) == (KILL,)


def test_too_many_at_once_are_told_with_the_number_and_the_plan_that_fit(jobs: Service) -> None:
    kills = explained(jobs, measured(task=150))
    told = kills.told
    assert told.what == "2 instances of jobs ran out of memory, the last one 11-20 10:00Z"
    assert "the plan starter has 512 MB" in told.why
    assert "4 at once need 780 MB" in told.why
    assert "a measuring run" in told.why
    assert "render scale --concurrency 1." in told.fix
    assert "Or take standard, where 4 at once fit, $25 a month each" in told.fix
    assert "render scale --plan standard" in told.fix
    assert "numbers of your own" not in told.fix
    assert kills.answers == (Capacity(concurrency=1), Capacity("standard"))


def test_where_nothing_was_measured_it_is_said(jobs: Service) -> None:
    told = explained(jobs).told
    assert "not measured" in told.why
    assert "solofleet size --send" in told.fix


def test_numbers_that_fit_are_not_trusted_against_a_kill(jobs: Service) -> None:
    kills = explained(jobs, measured(task=20))
    told = kills.told
    assert "which fits: so tasks take more there than they took here" in told.why
    assert "Measure the task with data as large as there" in told.fix
    assert "--max-memory-per-child=" in told.fix
    assert "render scale --plan standard" in told.fix
    assert kills.answers == (Capacity("standard"),)


def test_a_command_without_a_concurrency_is_the_reason_itself(jobs: Service) -> None:
    bare = replace(jobs, start_command="celery -A jobs worker")
    kills = explained(bare, measured(task=150))
    assert "has no --concurrency" in kills.told.why
    assert "render scale --concurrency 1." in kills.told.fix
    assert "Or take standard, where 2 at once fit" in kills.told.fix
    assert kills.answers == (Capacity(concurrency=1), Capacity("standard", 2))


def test_a_task_that_fits_nowhere_is_told(jobs: Service) -> None:
    kills = explained(replace(jobs, plan="pro ultra"), measured(task=90_000))
    assert kills.answers == ()
    assert kills.told.fix == "Let a task take less memory: no plan that is known fits."


def test_a_web_service_gets_a_larger_plan_and_a_new_plan_its_own_words(jobs: Service) -> None:
    web = explained(replace(jobs, type="web_service"))
    assert "render scale --plan standard" in web.told.fix
    assert web.answers == (Capacity("standard"),)
    largest = explained(replace(jobs, type="web_service", plan="pro ultra"))
    assert "largest plan whose price is known" in largest.told.fix
    new = explained(replace(jobs, plan="9c-99g"))
    assert new.told.why == "the plan 9c-99g gives 512Mi, and more was taken"


STARTED = deploy("deploy_started")
FITS = "celery -A jobs worker --concurrency=1"


@pytest.mark.parametrize("since", [(STARTED,), (STARTED, deploy("deploy_ended", "succeeded"))])
def test_kills_of_before_say_nothing_once_it_fits_and_is_deployed(
    jobs: Service, since: tuple[Event, ...]
) -> None:
    fits = replace(jobs, start_command=FITS)
    assert explain_kills(fits, (KILL, *since), None, known_plans()) is None
    again = replace(KILL, id="evt-2")
    assert explain_kills(fits, (KILL, *since, again), None, known_plans()) is not None


@pytest.mark.parametrize(
    ("command", "since"),
    [
        (COMMAND, (STARTED,)),
        ("celery -A jobs worker", (STARTED,)),
        (FITS, ()),
        (FITS, (STARTED, deploy("deploy_ended", "failed"))),
    ],
)
def test_kills_are_told_until_what_lacked_is_there(
    jobs: Service, command: str, since: tuple[Event, ...]
) -> None:
    service = replace(jobs, start_command=command)
    assert explain_kills(service, (STARTED, KILL, *since), None, known_plans()) is not None


def test_another_plan_settles_the_kills_of_a_web_service(jobs: Service) -> None:
    web = replace(jobs, type="web_service", plan="standard")
    changed = Event.read({"type": "plan_changed", "timestamp": AT, "details": {}})
    assert explain_kills(web, (KILL, changed), None, known_plans()) is None
    assert explain_kills(web, (changed, KILL), None, known_plans()) is not None
