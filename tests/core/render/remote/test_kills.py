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
