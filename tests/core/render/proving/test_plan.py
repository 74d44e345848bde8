"""What is to be proved."""

from pathlib import Path

from core.render.preflight.python_pin import DEFAULT
from core.render.proving.event import Step
from core.render.proving.plan import PIP, Plan, plan_of
from core.tasks.call import TaskCall
from tests.support.preflight import CLEAN, clean, picture, planted, started_by


def plan(tmp_path: Path, changes: dict[str, str | bytes | None]) -> Plan:
    return plan_of(picture(planted(changes), tmp_path))


def test_workers_come_first_and_what_is_built_alike_is_known(tmp_path: Path) -> None:
    made = plan(tmp_path, {})
    worker, web = made.subjects
    assert (made.python, worker.name, web.name) == ("3.13", "worker", "web")
    assert (worker.app, worker.path, worker.file) == ("proj.app", None, "render.yaml")
    assert (web.app, web.path) == (None, "/health")
    assert (worker.built_as, web.built_as) == ("worker", "worker")
    assert worker.build == PIP


def test_the_app_is_imported_where_the_command_goes(tmp_path: Path) -> None:
    (worker, _) = plan(tmp_path, started_by("cd back && celery -A app --workdir x worker")).subjects
    assert worker.folder == "back/x"


def test_a_docker_service_and_a_worker_without_app_are_left_with_the_reason(
    tmp_path: Path,
) -> None:
    docker = clean(
        "render.yaml", "name: web\n    runtime: python", "name: web\n    runtime: docker"
    )
    made = plan(tmp_path, {"render.yaml": docker})
    ((service, reason),) = made.left
    assert service.name == "web"
    assert "docker" in reason
    made = plan(tmp_path, started_by("celery worker"))
    ((service, reason),) = made.left
    assert (service.name, "which app" in reason) == ("worker", True)


def test_where_no_python_is_said_it_is_renders_own(tmp_path: Path) -> None:
    assert plan(tmp_path, {".python-version": None}).python == DEFAULT
    assert plan(tmp_path, {".python-version": "latest\n"}).python == DEFAULT


def test_the_start_message_has_all_that_the_gate_reads(tmp_path: Path) -> None:
    call = TaskCall("proj.tasks.add", [1, 2], {"z": 3})
    made = plan_of(picture(CLEAN, tmp_path), call)
    start = made.start(("valkey-server", "--port"))
    assert start["task"] == {"name": "proj.tasks.add", "args": [1, 2], "kwargs": {"z": 3}}
    assert start["limits"]["build"] == made.limits[Step.BUILD]
    assert start["services"][0]["env"]["REDIS_URL"] == "redis://broker:6379"
    assert [each["kind"] for each in start["services"]] == ["worker", "web"]
    assert Plan("3.13", ()).start(None)["task"] is None
