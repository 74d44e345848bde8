"""What is found out of a task whose worker did not tell its end."""

import pytest

from core.bridge import found
from core.tasks.facts import Settled
from core.tasks.task import Held
from core.workers.loss import Loss
from tests.support.answers import Answers, whereabouts


def loss(*ids: str) -> Loss:
    held = tuple(Held(id_, "shop.add", None, {}, {}, False, running=True) for id_ in ids)
    return Loss("w1@box", 1, held, told_at=8.0, ended_at=9.0, exit=3)


@pytest.fixture(autouse=True)
def no_hearsay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "HEARSAY_S", 0)


async def test_a_result_is_the_end_of_a_task() -> None:
    host = Answers(whereabouts=whereabouts(a="SUCCESS", b="FAILURE", c="REVOKED"))
    assert await found.left_by_plain(host.calls, loss("a", "b", "c")) == (
        Settled(9.0, "a", "shop.add", "succeeded", "a!"),
        Settled(9.0, "b", "shop.add", "failed", "b!"),
        Settled(9.0, "c", "shop.add", "failed", "c!"),
    )


async def test_what_celery_put_back_waits_again() -> None:
    host = Answers(whereabouts=whereabouts(waiting=("a",)))
    (fact,) = await found.left_by_plain(host.calls, loss("a"))
    assert fact == Settled(9.0, "a", "shop.add", "requeued", None)


async def test_what_nobody_runs_is_lost_with_the_reason() -> None:
    host = Answers(whereabouts=whereabouts(out=("a",)))
    for fact in await found.left_by_plain(host.calls, loss("a", "b")):
        assert fact.state == "lost"
        assert fact.exception is not None
        assert "exitcode 3" in fact.exception
        assert "visibility timeout" in fact.exception
