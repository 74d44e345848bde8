"""Workers that others start on the broker of a project, in the window."""

import sys

if sys.platform != "win32":
    import asyncio

    from core.errors import FleetError
    from core.secret import Secret
    from core.wishes import Wishes
    from desktop.run.decision import decision_file, read_decision, write_decision
    from desktop.run.foreign_rows import Heading
    from desktop.run.watch_card import WatchCard
    from desktop.run.worker_rows import Line
    from desktop.widgets.error_card import ErrorCard
    from tests.core.bridge.test_watch import foreign_worker
    from tests.desktop.conftest import Player
    from tests.support.broker import Server
    from tests.support.inside import PROJECTS
    from tests.support.qt import emitted
    from tests.support.stage import Stage
    from tests.support.venvs import python_with_celery
    from tests.support.waiting import wait_until

    def open_tasky(stage: Stage, server: Server, *, name: str = "mine%i@box") -> None:
        wishes = Wishes(workers=1, broker=Secret(server.url), name=name)
        stage.desk.open(
            str(PROJECTS / "tasky"),
            wishes,
            app="tasky",
            python=str(python_with_celery("5.7.0")),
            start=True,
        )

    def lines(stage: Stage) -> list[Line]:
        rows = stage.page.rows
        return [rows.at(place) for place in range(rows.rowCount())]

    def heading(stage: Stage) -> Heading | None:
        return next((line for line in lines(stage) if isinstance(line, Heading)), None)

    async def until_foreign(stage: Stage, words: str) -> None:
        while not any(words in line.sentence for line in lines(stage)):
            await emitted(stage.page.others.changed)

    async def until_answered(server: Server) -> None:
        def answers() -> bool:
            return bool(server.client.smembers("_kombu.binding.celery.pidbox"))

        await asyncio.to_thread(wait_until, answers, 30.0, "the worker of others")

    def test_they_are_asked_about_once_and_watched_when_wanted(
        play: Player, server: Server
    ) -> None:
        async def scene(stage: Stage) -> None:
            with foreign_worker(server, "-E"):
                await until_answered(server)
                open_tasky(stage, server)
                await emitted(stage.desk.opened)
                await until_foreign(stage, "on far: answered when we came; nobody watches it")
                card = stage.window.findChild(WatchCard)
                assert card is not None
                assert "1 worker of others on this broker: w1@far" in card.accessibleName()
                stage.press("Watch them")
                await until_foreign(stage, "on far: idle; 0 done, 0 failed")
                await until_foreign(stage, "it takes from celery too: your tasks may go there")
                assert not card.isVisible()
                assert len(stage.page.rows.ours) == 1
                file = decision_file(stage.session.project.name)
                stage.desk.close()
                await emitted(stage.desk.closed)
                assert read_decision(file) is True

        play(scene)

    def test_who_has_decided_against_is_left_alone(play: Player, server: Server) -> None:
        async def scene(stage: Stage) -> None:
            with foreign_worker(server):
                await until_answered(server)
                open_tasky(stage, server)
                await emitted(stage.desk.opened)
                stage.page.others.decide(False)
                file = decision_file(stage.session.project.name)
                stage.desk.close()
                await emitted(stage.desk.closed)
                await asyncio.to_thread(write_decision, file, False)
                open_tasky(stage, server)
                await emitted(stage.desk.opened)
                await until_foreign(stage, "nobody watches it")
                assert not stage.window.findChildren(WatchCard)
                assert not stage.page.others.watched

        play(scene)

    def test_a_name_that_is_taken_is_told_in_three_parts(play: Player, server: Server) -> None:
        async def scene(stage: Stage) -> None:
            with foreign_worker(server):
                await until_answered(server)
                open_tasky(stage, server, name="w%i@far")
                (error,) = await emitted(stage.desk.failed)
                assert isinstance(error, FleetError)
                assert error.what == "a worker named w1@far is on this broker already"
                cards = [each.accessibleName() for each in stage.window.findChildren(ErrorCard)]
                assert f"Error: {error.what}" in cards
                assert not any(worker.alive for worker in stage.session.supervisor.workers)

        play(scene)
