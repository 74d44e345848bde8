"""What is told of a worker."""

import pytest

from desktop.run.facts import about, span
from desktop.run.history import History
from tests.desktop.conftest import Player
from tests.support.stage import Stage, open_demo


def test_a_ready_worker_of_the_demo_is_described(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        row = stage.page.rows.ours[0]
        told = about(stage.session, row, History(), row.worker.since + 5)
        facts = dict(told.facts)
        assert facts["State"] == "Ready, 5 s"
        assert facts["Up"] == "5 s, 0 restarts"
        assert (facts["Tasks"], facts["Mode"]) == ("0 received", "fleet")
        assert facts["Queues"] == "celery"
        assert told.command[1:5] == ("-m", "celery", "-A", "celery_queue.celery_app")
        assert told.workdir.endswith("demo")

    play(scene)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-1, "0 s"), (59.9, "59 s"), (61, "1 min 1 s"), (3600 * 2 + 60 * 5, "2 h 5 min")],
)
def test_a_time_is_told_in_its_two_largest_units(seconds: float, words: str) -> None:
    assert span(seconds) == words
