"""What happened to a service, in words."""

import pytest

from core.render.api.event import Event, Failure
from tests.render_fake.account import Account, Json


def test_a_kill_for_memory_is_known_as_such() -> None:
    account = Account()
    service = account.add_service("jobs")
    account.kill_for_memory(service)
    event = Event.read(account.events[service["id"]][0])
    assert event.failure is not None
    assert event.failure.out_of_memory
    assert str(event) == "an instance failed: out of memory: more than 512Mi"


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ({"nonZeroExit": 3}, "exit code 3"),
        ({"evicted": True}, "evicted from its machine"),
        ({"earlyExit": True}, "it exited too early"),
        ({"timedOutSeconds": 900}, "not ready within 900 s"),
        ({"unhealthy": "/health said 500"}, "unhealthy: /health said 500"),
        ({"oomKilled": {}}, "out of memory"),
    ],
)
def test_each_failure_has_its_words(reason: Json, words: str) -> None:
    evicted = {"evicted": False}
    assert str(Failure.read({"reason": evicted | reason})) == words
    assert str(Failure.read({"reason": {"failure": evicted | reason}})) == words


@pytest.mark.parametrize("told", [{}, {"reason": {}}, {"reason": {"evicted": False}}])
def test_no_reason_is_no_failure(told: Json) -> None:
    assert Failure.read(told) is None


def test_an_event_that_nobody_knows_is_told_by_its_type() -> None:
    assert str(Event.read({"type": "moon_phase_changed"})) == "moon phase changed"
    assert str(Event.read({"type": "deploy_ended", "details": {"deployStatus": "succeeded"}})) == (
        "the deploy ended: succeeded"
    )
    assert str(Event.read({"type": "instance_count_changed", "details": {"toInstances": 3}})) == (
        "scaled: to 3 instances"
    )
