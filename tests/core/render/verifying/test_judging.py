"""From what was told to findings, row by row."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.bridge.workers import WorkerSeen
from core.render.api.answers import Deploy, Instance, Service
from core.render.api.event import Event, Failure
from core.render.api.matching import Match
from core.render.blueprint.services import Role
from core.render.verifying.judging import (
    commit_finding,
    local_finding,
    on_render,
    online_findings,
    ran_finding,
    remote_finding,
    seems_render,
    service_finding,
    tells_tasks,
)
from core.render.verifying.report import Errand, Sure
from core.render.verifying.standing import Standing

AT = datetime(2026, 11, 20, tzinfo=UTC)
HOST = "srv-d1worker000000000000-x7k2p"
START = "celery -A proj worker -l info --concurrency=4"


def service(start: str = START, **more: object) -> Service:
    details = {"envSpecificDetails": {"startCommand": start}}
    return Service.read({"id": "srv-1", "name": "jobs", "serviceDetails": details, **more})


def deploy(status: str = "live", commit: str = "c0ffee") -> Deploy:
    return Deploy("dep-1", status, commit, "", "", AT, None)


JOBS = Standing(
    Match("jobs", Role.WORKER, "background_worker", service()),
    service=service(),
    live=deploy(),
    instances=(Instance(HOST, AT + timedelta(seconds=30)),),
)
REMOTE = WorkerSeen(f"celery@{HOST}", HOST, "elsewhere", 7, "prefork", 4)
LOCAL = WorkerSeen("worker1@laptop", "laptop", "here", 9, "solo", 1)
STRANGE = replace(REMOTE, node="w@elsewhere", host="elsewhere")
SENT = Errand("id-1", "celery.accumulate", "celery", AT)
RAN = replace(SENT, node=REMOTE.node, pid=7, succeeded_at=AT)


def test_a_service_is_live_when_render_says_so_and_nothing_failed_since() -> None:
    assert service_finding(JOBS).sure is Sure.PROVED


KILLED = Event("evt-1", "server_failed", AT, "", "", Failure("512Mi"), None)


@pytest.mark.parametrize(
    ("standing", "part"),
    [
        (replace(JOBS, service=None), "jobs is not on Render"),
        (replace(JOBS, service=service(suspended="suspended")), "suspended"),
        (replace(JOBS, live=None), "jobs is not live"),
        (
            replace(
                JOBS, failures=(Event("e", "server_failed", AT, "", "", Failure("512Mi"), None),)
            ),
            "out of memory",
        ),
    ],
)
def test_a_service_that_is_not_well_is_told(standing: Standing, part: str) -> None:
    finding = service_finding(standing)
    assert finding.sure is Sure.FAILED
    assert part in finding.what
    assert finding.fix


def test_the_commit_is_inferred_from_what_render_says_of_deploy_and_instances() -> None:
    finding = commit_finding(JOBS, "c0ffee00000")
    assert finding is not None
    assert finding.sure is Sure.INFERRED
    assert finding.evidence == (
        "Render says that dep-1 of jobs has c0ffee, and its instance began after that deploy did;"
        " no worker tells its commit itself"
    )


@pytest.mark.parametrize(
    ("standing", "pushed", "sure"),
    [
        (JOBS, "badcafe", Sure.FAILED),
        (JOBS, "", Sure.UNKNOWN),
        (replace(JOBS, live=deploy(commit="")), "c0ffee", Sure.UNKNOWN),
        (replace(JOBS, instances=(Instance(HOST, AT - timedelta(1)),)), "c0ffee", Sure.FAILED),
        (replace(JOBS, instances=(Instance(HOST, None),)), "c0ffee", Sure.UNKNOWN),
        (
            replace(JOBS, instances=(*JOBS.instances, Instance("srv-b", None))),
            "c0ffee",
            Sure.UNKNOWN,
        ),
        (replace(JOBS, instances=()), "c0ffee", Sure.UNKNOWN),
    ],
)
def test_what_else_may_be_of_the_commit(standing: Standing, pushed: str, sure: Sure) -> None:
    finding = commit_finding(standing, pushed)
    assert finding is not None
    assert finding.sure is sure


def test_without_a_live_deploy_there_is_no_commit_to_speak_of() -> None:
    assert commit_finding(replace(JOBS, live=None), "c0ffee") is None


def test_a_deploy_that_brings_the_commit_is_named() -> None:
    coming = replace(deploy("build_in_progress", "badcafe"), id="dep-2")
    finding = commit_finding(replace(JOBS, coming=coming), "badcafe")
    assert finding is not None
    assert "dep-2 with badcafe is under way" in finding.evidence


def test_workers_of_this_machine_are_named_with_their_pids() -> None:
    finding = local_finding([LOCAL], [])
    assert finding.sure is Sure.FAILED
    assert "worker1@laptop (pid 9)" in finding.what


def test_those_that_are_silent_leave_a_doubt() -> None:
    assert local_finding([], [LOCAL]).sure is Sure.UNKNOWN
    assert local_finding([], []).sure is Sure.PROVED


def test_workers_of_render_on_a_broker_here_are_named() -> None:
    assert remote_finding([REMOTE], "redis://box:6379/0").sure is Sure.FAILED
    assert remote_finding([LOCAL], "redis://box:6379/0").sure is Sure.INFERRED


def test_a_name_of_render_is_known_by_its_form_and_by_the_list_of_instances() -> None:
    assert seems_render(REMOTE)
    assert not seems_render(LOCAL)
    assert on_render(REMOTE, [JOBS]) == HOST
    assert on_render(replace(REMOTE, node=f"{HOST}@x", host="x"), [JOBS]) == HOST
    assert on_render(LOCAL, [JOBS]) == ""


@pytest.mark.parametrize(
    ("errand", "workers", "sure"),
    [
        (replace(RAN, service="jobs", instance=HOST, line="Task ..."), [REMOTE], Sure.PROVED),
        (RAN, [REMOTE], Sure.INFERRED),
        (replace(RAN, node=LOCAL.node), [REMOTE, LOCAL], Sure.FAILED),
        (
            replace(RAN, node="w@elsewhere"),
            [replace(REMOTE, node="w@elsewhere", host="x")],
            Sure.FAILED,
        ),
        (replace(SENT, kept=True), [REMOTE], Sure.FAILED),
        (SENT, [REMOTE], Sure.FAILED),
    ],
    ids=["in-its-log", "by-its-name", "here", "somewhere", "nobody-told", "never"],
)
def test_where_the_task_ran(errand: Errand, workers: list[WorkerSeen], sure: Sure) -> None:
    assert ran_finding(errand, workers, [JOBS]).sure is sure


def test_an_instance_from_before_the_live_deploy_proves_nothing_of_it() -> None:
    before = replace(JOBS, instances=(Instance(HOST, AT - timedelta(1)),))
    finding = ran_finding(replace(RAN, service="jobs", instance=HOST, line="T"), [REMOTE], [before])
    assert finding.sure is Sure.FAILED and "from before its live deploy" in finding.what


@pytest.mark.parametrize(
    ("start", "telling"),
    [
        (START, True),
        ("celery -A proj worker --loglevel=INFO", True),
        ("celery -A proj worker", False),
        ("celery -A proj worker --loglevel warning", False),
        ("./start.sh", True),
    ],
)
def test_the_log_level_says_whether_tasks_are_logged(start: str, telling: bool) -> None:
    assert tells_tasks(service(start)) is telling


def test_as_many_workers_are_expected_as_there_are_instances() -> None:
    two = replace(JOBS, instances=(*JOBS.instances, Instance("srv-b", AT)))
    (finding,) = online_findings([REMOTE], [two])
    assert (finding.sure, finding.what) == (
        Sure.FAILED,
        "1 of 2 workers answer on production's broker",
    )


@pytest.mark.parametrize(
    ("worker", "sure"),
    [
        (REMOTE, Sure.PROVED),
        (replace(REMOTE, concurrency=2), Sure.FAILED),
        (replace(REMOTE, pool="solo", concurrency=1), Sure.FAILED),
    ],
)
def test_a_worker_has_what_its_command_says(worker: WorkerSeen, sure: Sure) -> None:
    _, slots = online_findings([worker], [JOBS])
    assert (slots.check, slots.sure) == ("concurrency", sure)
