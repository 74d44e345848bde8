"""User modules of every temper: what they do at import breaks nothing, or is told well."""

import os
import sys
from pathlib import Path

import pytest

from tests.support.broker import Server
from tests.support.inside import PROJECTS, bridge, send, worker

BROKEN = PROJECTS / "broken"


def refusal(python: Path, url: str, app: str) -> dict[str, object]:
    with worker(python, url, app=app, workdir=BROKEN) as running:
        error = running.wait("error")
        assert running.end() == 1
        return error


def test_a_hostile_module_breaks_nothing(python: Path, its_server: Server) -> None:
    hostile = PROJECTS / "hostile"
    with (
        bridge(python, its_server.url, app="hostile", workdir=hostile) as calls,
        worker(python, its_server.url, app="hostile", workdir=hostile) as running,
    ):
        running.wait("ready")
        ended = running.wait("succeeded", id=send(calls, "hostile.whose"))
        assert ended["result"] == repr(["the user"] * 7)
        running.say(kind="stop")
        assert running.end() == 0
        assert "no newline at the end of this" in running.log
        assert running.log.count("flood") == 20000
        assert [r["kind"] for r in running.records].count("ready") == 1


def test_an_import_that_exits_is_told(python: Path, its_server: Server) -> None:
    error = refusal(python, its_server.url, "leaver")
    assert "sys.exit(3)" in str(error["why"])
    assert not error["final"]


def test_a_missing_package_gives_the_install_command(python: Path, its_server: Server) -> None:
    error = refusal(python, its_server.url, "missing")
    assert str(python) in str(error["fix"])
    assert " no_such_package_anywhere   (or the package" in str(error["fix"])


def test_an_error_at_import_is_told_with_the_line_where_it_began(
    python: Path, its_server: Server
) -> None:
    # Celery raises what goes wrong in settings as another error.
    error = refusal(python, its_server.url, "unset")
    assert str(error["why"]).endswith("(unset_settings.py:5)")
    assert f"{python} -m celery -A unset report" in str(error["fix"])


@pytest.mark.parametrize("app", ["outdated_name", "outdated_module"])
def test_a_package_of_another_version_is_not_one_to_install(
    app: str, python: Path, its_server: Server
) -> None:
    error = refusal(python, its_server.url, app)
    assert "pip install" not in str(error["fix"])
    assert not error["final"]


@pytest.mark.parametrize("app", ["no_such_module_here", "no_such_module_here:app"])
def test_an_app_that_is_not_there_is_final(app: str, python: Path, its_server: Server) -> None:
    error = refusal(python, its_server.url, app)
    assert error["final"]
    assert "-A" in str(error["fix"])


def test_what_is_no_app_is_final(python: Path, its_server: Server) -> None:
    error = refusal(python, its_server.url, "no_app:app")
    assert error["final"]
    assert "it is str" in str(error["why"])


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="Celery refuses root only")
def test_the_refusal_to_run_as_root_is_explained(python: Path, its_server: Server) -> None:
    error = refusal(python, its_server.url, "pickles")
    assert "root" in str(error["what"])
    assert error["final"]


def test_the_builtin_broker_wins_over_code_and_options(python: Path, its_server: Server) -> None:
    with (
        bridge(python, its_server.url, app="elsewhere", workdir=BROKEN) as calls,
        worker(python, its_server.url, app="elsewhere", workdir=BROKEN) as running,
    ):
        running.wait("ready")
        running.wait("succeeded", id=send(calls, "elsewhere.add", 1, 2), result="3")
        assert its_server.client.exists("mine:_kombu.binding.celery")  # the key prefix stays


@pytest.mark.parametrize(
    ("app", "told"), [("rpc", "not to rpc"), ("keeps_none", "though this app keeps none")]
)
def test_results_that_go_elsewhere_are_told(
    app: str, told: str, python: Path, its_server: Server
) -> None:
    with worker(python, its_server.url, app=f"results:{app}", workdir=BROKEN) as running:
        note = running.wait("note")
    assert note["text"] == f"results go to the broker that was asked for, {told}"


def test_results_that_go_to_redis_anyway_are_not_told(python: Path, its_server: Server) -> None:
    with worker(python, its_server.url) as running:
        running.wait("ready")
    assert not [record for record in running.records if record["kind"] == "note"]


def test_tasks_of_a_queue_that_nobody_reads_are_told(python: Path, its_server: Server) -> None:
    where = {"app": "routed", "workdir": BROKEN}
    with worker(python, its_server.url, **where) as running:
        assert running.wait("note")["text"] == (
            "routed.render (and 1 more) goes to the queue slow, which no worker here reads; "
            "-Q celery,slow would"
        )
        running.wait("ready")
        assert its_server.client.smembers("_kombu.binding.slow") == set()  # and still nobody does
    with worker(python, its_server.url, queues=["celery"], **where) as running:
        running.wait("ready")
        assert not [record for record in running.records if record["kind"] == "note"]


def test_an_app_without_tasks_is_told(python: Path, its_server: Server) -> None:
    with worker(python, its_server.url, app="taskless", workdir=BROKEN) as running:
        assert running.wait("note")["text"].startswith("this app has no tasks: name the module")


def test_an_app_whose_tasks_never_reach_a_worker_is_told(python: Path, its_server: Server) -> None:
    with worker(python, its_server.url, app="eager", workdir=BROKEN) as running:
        assert running.wait("note")["text"].startswith("this app sets task_always_eager")


def test_a_broker_that_cannot_be_replaced_is_an_error(python: Path, its_server: Server) -> None:
    error = refusal(python, its_server.url, "stubborn")
    assert "cannot replace" in str(error["what"])
    assert "production.example.org" in str(error["why"])
    assert error["final"]


@pytest.mark.parametrize(
    "url",
    [
        "redis://localhost",
        "redis://:6379/1",
        "redis://LOCALHOST:6379/0",
        "redis://[::1]:6379/0",
        "redis://user:p%2F%40@localhost/0",
        "rediss://default:pw@far.example.org:6379?ssl_cert_reqs=required",
    ],
)
def test_a_broker_may_be_asked_for_in_any_spelling(url: str, python: Path) -> None:
    with bridge(python, url) as calls:
        calls.wait("ready")


def test_settings_that_celery_cannot_work_with_are_told(python: Path, its_server: Server) -> None:
    error = refusal(python, its_server.url, "serializer")
    assert error["what"] == "Celery cannot work with the settings of 'serializer'"
    assert "smoke" in str(error["why"])


def test_the_bridge_tells_the_same_errors(python: Path, its_server: Server) -> None:
    with bridge(python, its_server.url, app="leaver", workdir=BROKEN) as calls:
        assert "sys.exit(3)" in calls.wait("error")["why"]
