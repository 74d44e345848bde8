"""From a crash card, a task that ended a worker runs again in one worker alone."""

from pathlib import Path

from core.tasks.call import TaskCall
from core.workers.phase import Phase
from tests.desktop.conftest import Player
from tests.desktop.run.test_troubles import card, open_shop, press, until_ready, worker
from tests.support.qt import until
from tests.support.stage import Stage

SHOP = """
    import os, pathlib
    from celery import Celery

    app = Celery("shop", broker="redis://localhost/0")

    @app.task
    def crash(file, words):
        if pathlib.Path(file).exists():
            os._exit(9)
        return words
"""


def test_a_task_that_ended_a_worker_is_run_alone_until_it_ends_no_more(
    play: Player, tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    mark.touch()

    async def scene(stage: Stage) -> None:
        await open_shop(stage, tmp_path, SHOP)
        await until_ready(stage)
        await stage.session.send(TaskCall("shop.crash", (str(mark),), {"words": ["a", None]}))
        await stage.until(lambda: worker(stage).phase is Phase.BACKOFF)
        crashed = card(stage)
        assert crashed is not None
        await until(lambda: bool(crashed.trouble.task))
        first = crashed.trouble.task
        press(stage, "Run it alone")
        assert (crashed.trouble.task, crashed.trouble.more.count("alone")) == ("", 1)
        await stage.until(lambda: worker(stage).phase is Phase.BACKOFF and worker(stage).run == 2)
        await until(lambda: crashed.trouble.task not in ("", first))
        assert crashed.trouble.note == "2nd time"
        mark.unlink()
        press(stage, "Run it alone")
        await until(lambda: "Alone, it succeeded." in crashed.trouble.more)
        assert [task.state for task in stage.session.ledger.tasks()].count("succeeded") == 1

    play(scene)


def test_a_task_whose_arguments_are_not_known_in_full_is_not_offered(
    play: Player, tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    mark.touch()

    async def scene(stage: Stage) -> None:
        await open_shop(stage, tmp_path, SHOP)
        await until_ready(stage)
        await stage.session.send(TaskCall("shop.crash", (str(mark), "long" * 1000), {}))
        await stage.until(lambda: worker(stage).phase is Phase.BACKOFF)
        told = card(stage)
        assert told is not None
        await until(lambda: "counts as failed" in told.trouble.more)
        assert told.trouble.task == ""

    play(scene)
