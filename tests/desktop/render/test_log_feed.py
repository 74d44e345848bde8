"""Logs of Render beside the local ones, in the real window."""

from pathlib import Path

from desktop.deploy.steps import Step
from desktop.render.side import RenderSide
from desktop.run.far_logs import HOST, LIVE, LOST
from desktop.run.grid import Layout
from tests.desktop.conftest import Player
from tests.render_fake.account import Account
from tests.render_fake.server import RenderServer
from tests.support.on_render import WEB, WORKER, enter, named
from tests.support.qt import until
from tests.support.stage import Stage

NAME = f"{WORKER}{HOST}"


def text(stage: Stage) -> str:
    store = stage.page.far.log(NAME)
    return "" if store is None else "\n".join(store.slice(store.first, store.end))


def look(stage: Stage) -> object:
    return next(row.look for row in stage.page.far.rows(0) if row.worker.name == NAME)


async def shown(stage: Stage, root: Path) -> RenderSide:
    _, side = await enter(stage, root, Step.ACCOUNT)
    side.turn_logs()
    await until(lambda: bool(stage.page.far.rows(0)) and look(stage) is LIVE)
    return side


def test_the_last_lines_come_then_each_as_it_is_printed_marked_as_of_render(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    worker = named(account, WORKER)
    account.log(worker, "[2026-11-20 10:00:00,000: INFO/MainProcess] before")

    async def scene(stage: Stage) -> None:
        side = await shown(stage, root)
        assert stage.page.isVisible()
        pane = stage.page.logs.panes.pane(NAME)
        assert pane.isVisible()
        assert pane.header.accessibleName() is not None
        assert "before" in text(stage)
        account.log(worker, "live", level="error")
        await until(lambda: "live" in text(stage))
        assert "ERROR/new" in text(stage)
        stage.page.logs.arrange(Layout.MERGED)
        assert f"{WORKER} (Render)" in stage.page.logs.merged.view.names
        assert f"{WEB} (Render)" in stage.page.logs.merged.view.names
        side.turn_logs()
        assert not side.feed.on
        assert stage.page.far.rows(0) == ()

    play(scene)


def test_a_lost_connection_says_so_and_goes_on_where_it_was(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    worker = named(account, WORKER)

    async def scene(stage: Stage) -> None:
        await shown(stage, root)
        account.log(worker, "first")
        await until(lambda: "first" in text(stage))
        said: list[str] = []
        stage.page.far.noted.connect(lambda name, note: said.append(note.text))
        served.cut_live()
        await until(lambda: look(stage) is LOST)
        account.log(worker, "meanwhile")
        await until(lambda: "meanwhile" in text(stage))
        assert look(stage) is LIVE
        assert any("trying again in 1 s" in each for each in said)
        assert any("connected again" in each for each in said)
        assert text(stage).count("first") == 1

    play(scene)


def test_without_a_key_the_step_of_the_account_is_shown(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    account.key = "rnd_another"

    async def scene(stage: Stage) -> None:
        deployer, side = await enter(stage, root, Step.SHIP)
        side.turn_logs()
        assert deployer.page.step is Step.ACCOUNT
        assert not side.feed.on
        assert side.ship.unasked.isHidden() is False

    play(scene)
