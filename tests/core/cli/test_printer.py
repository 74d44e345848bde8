"""What the printers have in common."""

import pytest

from core.cli.printer import News, steady
from core.workers.phase import Phase, RunningTask, Stage, Worker


def test_news_is_what_was_not_told_last() -> None:
    news = News()
    assert [news.is_new("w1", fact) for fact in ("a", "a", "b", "a")] == [True, False, True, True]
    assert news.is_new("w2", "a")


@pytest.mark.parametrize(
    ("worker", "phase"),
    [
        (Worker("w", Stage.UP), Phase.READY),
        (Worker("w", Stage.UP, task=RunningTask("1", "add", 0.0)), Phase.READY),
        (Worker("w", Stage.STOPPING, task=RunningTask("1", "add", 0.0)), Phase.STOPPING),
    ],
)
def test_a_task_makes_no_difference_to_the_steady_phase(worker: Worker, phase: Phase) -> None:
    assert steady(worker) is phase
