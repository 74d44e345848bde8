"""What is read of Render's answers, and how words are borne that nobody knows yet."""

import pytest

from core.render.api.answers import (
    Autoscaling,
    Blueprint,
    BlueprintError,
    Connection,
    Deploy,
    EnvGroup,
    EnvVar,
    KeyValue,
    Owner,
    Service,
    Verdict,
)
from core.secret import Secret
from tests.render_fake.account import Account, shown


def test_a_service_is_read() -> None:
    account = Account()
    service = Service.read(account.add_service("api", "web_service", plan="brand-new-plan"))
    assert (service.name, service.type, service.plan) == ("api", "web_service", "brand-new-plan")
    assert (service.region, service.instances, service.suspended) == ("oregon", 1, False)
    assert (service.url, service.start_command) == ("https://api.onrender.com", "celery worker")
    assert service.autoscaling is None


def test_the_command_of_a_container_is_its_start_command() -> None:
    details = {"envSpecificDetails": {"dockerCommand": "celery worker"}}
    assert Service.read({"serviceDetails": details}).start_command == "celery worker"


def test_autoscaling_is_read_as_it_is_written() -> None:
    wanted = Autoscaling(True, 1, 3, cpu=60, memory=None)
    assert Autoscaling.read(wanted.body()) == wanted


@pytest.mark.parametrize(
    ("status", "finished", "ended", "good"),
    [
        ("queued", None, False, False),
        ("build_in_progress", None, False, False),
        ("live", "2026-11-01T10:00:00Z", True, True),
        ("deactivated", None, True, True),
        ("pre_deploy_failed", None, True, False),
        ("canceled", None, True, False),
        ("warming_up", None, False, False),
        ("melted", "2026-11-01T10:00:00Z", True, False),
    ],
)
def test_a_deploy_ends_by_its_status_or_when_that_is_unknown_by_its_time(
    status: str, finished: str | None, ended: bool, good: bool
) -> None:
    deploy = Deploy.read({"status": status, "finishedAt": finished})
    assert (deploy.ended, deploy.good) == (ended, good)


def test_values_of_variables_are_secrets() -> None:
    account = Account()
    group = EnvGroup.read(shown(account.add_group("shop", {"A": "hunter2"})))
    assert group.vars == (EnvVar("A", Secret("hunter2")),)
    assert "hunter2" not in repr(group)
    link = Connection.read({"externalConnectionString": "redis://:hunter2@x"})
    assert "hunter2" not in repr(link)


def test_a_verdict_has_places() -> None:
    told = {"valid": False, "errors": [{"error": "no plan", "path": "services[0]", "line": 3}]}
    verdict = Verdict.read(told | {"plan": {"totalActions": 4}})
    assert verdict == Verdict(False, (BlueprintError("no plan", "services[0]", 3, None),), 4)


@pytest.mark.parametrize(
    "kind",
    [
        Autoscaling,
        Blueprint,
        Connection,
        Deploy,
        EnvGroup,
        EnvVar,
        KeyValue,
        Owner,
        Service,
        Verdict,
    ],
)
def test_an_empty_answer_is_read_too(kind: type[Owner]) -> None:
    assert kind.read({}) == kind.read({"new": {"fields": [1]}})
