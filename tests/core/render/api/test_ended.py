"""Why a deploy did not go live."""

import pytest

from core.render.api.answers import Deploy, Service
from core.render.api.ended import why_ended
from core.render.api.event import Failure
from tests.render_fake.account import Account

SERVICE = Service.read(Account().add_service("jobs"))


def ended(status: str) -> Deploy:
    return Deploy("dep-1", status, "f00d", "Sell", "api", None, None)


@pytest.mark.parametrize("status", ["live", "deactivated", "build_in_progress"])
def test_what_is_live_or_under_way_has_no_fault(status: str) -> None:
    assert why_ended(SERVICE, ended(status), ["[x] ERROR"], None) is None


def test_a_known_line_tells_cause_and_fix() -> None:
    lines = ["[2026-11-20 10:00:01,250: INFO/a1] ModuleNotFoundError: No module named 'shop'"]
    error = why_ended(SERVICE, ended("update_failed"), lines, Failure(exit_code=1))
    assert error is not None
    assert error.what == "jobs: the new processes did not come up"
    assert "shop" in error.why + error.fix
    assert error.why.endswith("exit code 1")


def test_else_the_last_error_is_told() -> None:
    lines = [
        "[2026-11-20 10:00:01,250: ERROR/build] first",
        "[2026-11-20 10:00:01,250: ERROR/build] Exited with status 1",
        "[2026-11-20 10:00:01,250: INFO/build] bye",
    ]
    error = why_ended(SERVICE, ended("build_failed"), lines, None)
    assert error is not None
    assert (error.what, error.why) == ("jobs: the build failed", "Exited with status 1")
    assert "--prove" in error.fix


def test_out_of_memory_is_told_by_its_event_alone() -> None:
    error = why_ended(SERVICE, ended("update_failed"), [], Failure(memory_limit="512Mi"))
    assert error is not None
    assert error.why == "out of memory: more than 512Mi"


def test_without_a_word_that_is_said_and_a_new_status_is_told_as_it_is() -> None:
    deploy = Deploy("dep-1", "moon_failed", "", "", "", None, Deploy.read({}).created_at)
    assert why_ended(SERVICE, deploy, [], None) is None  # nobody knows whether that is an end
    error = why_ended(SERVICE, ended("canceled"), [], None)
    assert error is not None
    assert error.why == "Render does not say why"


WEB = Service.read(Account().add_service("api", "web_service"))


@pytest.mark.parametrize(
    ("service", "failure", "fix"),
    [
        (WEB, Failure(unhealthy="no answer"), "0.0.0.0 and the port $PORT"),
        (WEB, Failure(timed_out_s=900), "health check path"),
        (SERVICE, Failure(early_exit=True), "Its command ended, and must go on: celery worker."),
        (SERVICE, Failure(exit_code=1), "render check --prove"),
        (SERVICE, Failure(memory_limit="512Mi"), "solofleet render status"),
        (SERVICE, Failure(evicted=True), "render check --prove"),
        (SERVICE, None, "render check --prove"),
    ],
)
def test_a_start_that_fails_says_what_render_expects(
    service: Service, failure: Failure | None, fix: str
) -> None:
    error = why_ended(service, ended("update_failed"), [], failure)
    assert error is not None
    assert fix in error.fix
    assert error.fix.endswith("What was live before stays live.")


def test_the_cure_of_a_known_error_is_a_sentence_among_others() -> None:
    lines = ["ModuleNotFoundError: No module named 'shop'"]
    error = why_ended(SERVICE, ended("build_failed"), lines, None)
    assert error is not None
    assert error.fix[0].isupper()
    assert error.fix.endswith(". What was live before stays live.")
