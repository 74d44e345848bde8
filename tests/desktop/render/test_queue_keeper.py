"""Scaling by queues in the real window, by mouse, on a real broker."""

import sys
from pathlib import Path

import pytest

from desktop.deploy.steps import Mark, Step
from desktop.render.queue_card import QueueCard
from desktop.render.side import RenderSide
from tests.desktop.conftest import Player
from tests.render_fake.account import Account, Json
from tests.render_fake.server import RenderServer
from tests.support.on_render import WEB, WORKER, answer, click, enter, named
from tests.support.qt import heard_by, until
from tests.support.stage import Stage

if sys.platform == "win32":
    pytest.skip("Valkey runs on Linux", allow_module_level=True)
else:
    from tests.support.broker import Server

Entered = tuple[RenderSide, QueueCard]


@pytest.fixture
def worker(account: Account, server: Server) -> Json:
    """It finds its broker in its variables on Render; 25 messages wait there."""
    made = named(account, WORKER)
    account.variables[made["id"]]["CELERY_BROKER_URL"] = server.url
    for _ in range(25):
        server.client.lpush("celery", "{}")
    return made


async def entered(stage: Stage, root: Path) -> Entered:
    _, side = await enter(stage, root, Step.RUNNING)
    side.watchman.keeper.every_s = 0.05
    return side, side.running.queues


def start(card: QueueCard, *, dry: bool = False) -> None:
    if card.dry.isChecked() != dry:
        card.dry.click()
    click(card.start_button)


def changes(account: Account) -> list[str]:
    """The paths that something was sent to."""
    return [each.url.path for each in account.requests if each.method != "GET"]


def told(card: QueueCard) -> list[str]:
    return [row[2].text for row in card.rounds.rows]


def test_a_dry_run_asks_nobody_and_says_what_it_would_do(
    play: Player, root: Path, served: RenderServer, account: Account, worker: Json
) -> None:
    async def scene(stage: Stage) -> None:
        side, card = await entered(stage, root)
        start(card, dry=True)
        await until(lambda: len(told(card)) == 2)
        assert told(card)[0] == "25 waiting, 0 held: it stays at 3"
        assert told(card)[1].startswith("Would scale from 1 to 3. 25 waiting, 0 held")
        assert {row[1].text for row in card.rounds.rows} == {"dry"}
        assert card.said.text().startswith("Dry run since")
        assert f"the service {WORKER}" in card.said.text()
        assert side.asker.open is None
        click(card.stop_button)
        assert f"{WORKER} keeps the instances" in card.said.text()
        assert changes(account) == []

    play(scene)


def test_for_real_it_asks_first_and_then_scales_until_it_is_stopped(
    play: Player,
    root: Path,
    served: RenderServer,
    account: Account,
    worker: Json,
    server: Server,
) -> None:
    details = worker["serviceDetails"]

    async def scene(stage: Stage) -> None:
        side, card = await entered(stage, root)
        start(card)
        assert "only while Solofleet is open" in await _note(side)
        await answer(side, yes=False)
        await until(lambda: card.start_button.isVisible())
        assert card.said.text() == "Not started."
        start(card)
        deed = await answer(side)
        assert f"{WORKER} ({worker['id']}, workspace Shop) between 1 and 3 instances" in deed
        assert "celery" in deed
        assert f"127.0.0.1:{server.port}" in deed
        await until(lambda: details["numInstances"] == 3)
        await until(lambda: "3 instances" in side.running.state.text())
        assert any(text.startswith("Scaled from 1 to 3.") for text in told(card))
        click(card.stop_button)
        await until(lambda: side.idle)
        sent = len(changes(account))
        server.client.delete("celery")
        click(side.running.again_button)
        await until(lambda: side.idle)
        assert len(changes(account)) == sent == 1

    play(scene)


async def _note(side: RenderSide) -> str:
    await until(lambda: side.asker.open is not None)
    assert side.asker.open is not None
    return side.asker.open.ask.note


def test_it_ends_when_another_service_is_chosen_or_this_one_is_changed(
    play: Player, root: Path, served: RenderServer, account: Account, worker: Json
) -> None:
    async def scene(stage: Stage) -> None:
        side, card = await entered(stage, root)
        page, keeper = side.running, side.watchman.keeper
        start(card, dry=True)
        await until(lambda: bool(told(card)))
        page.powers["restart"].click()
        await answer(side)
        await until(lambda: keeper.service is None)
        assert "the service was changed" in card.said.text()
        await until(lambda: side.idle)
        start(card, dry=True)
        await until(lambda: bool(told(card)))
        place = page.service.findText(WEB)
        page.service.activated.emit(place)
        assert keeper.service is None
        assert not card.isVisible()
        page.service.activated.emit(page.service.findText(WORKER))
        assert "another service was chosen" in card.said.text()
        await until(lambda: side.idle)

    play(scene)


def test_why_it_failed_is_told_also_to_whoever_looks_elsewhere(
    play: Player, root: Path, served: RenderServer, account: Account, worker: Json
) -> None:
    async def scene(stage: Stage) -> None:
        side, card = await entered(stage, root)
        failed = heard_by(stage.desk.failed)
        start(card)
        await answer(side)
        await until(lambda: bool(told(card)))
        worker["suspended"] = "suspended"  # by another hand
        await until(card.fault.isVisible)
        assert "It is suspended" in card.fault.why.text()
        assert len(failed) == 1
        step = stage.window.deploy.deployer.page.steps.buttons[Step.RUNNING]
        assert step.standing.mark is Mark.FAULT
        assert card.start_button.isVisible()

    play(scene)


def test_it_ends_with_the_way_to_render(
    play: Player, root: Path, served: RenderServer, account: Account, worker: Json
) -> None:
    async def scene(stage: Stage) -> None:
        side, card = await entered(stage, root)
        start(card, dry=True)
        await until(lambda: bool(told(card)))
        side.remote.ask()  # as another key does
        assert side.watchman.keeper.service is None
        assert "the way to Render was closed" in card.said.text()
        await until(lambda: side.idle)

    play(scene)


def test_where_the_broker_is_not_known_it_does_not_start(
    play: Player, root: Path, served: RenderServer, account: Account, worker: Json
) -> None:
    account.variables[worker["id"]]["CELERY_BROKER_URL"] = "nowhere"

    async def scene(stage: Stage) -> None:
        side, card = await entered(stage, root)
        failed = heard_by(stage.desk.failed)
        start(card, dry=True)
        await until(card.fault.isVisible)
        assert "leads nowhere" in card.fault.accessibleName()
        assert failed == []
        assert side.watchman.keeper.service is None

    play(scene)


def test_it_ends_with_the_project(
    play: Player, root: Path, served: RenderServer, account: Account, worker: Json
) -> None:
    async def scene(stage: Stage) -> None:
        side, card = await entered(stage, root)
        start(card, dry=True)
        await until(lambda: bool(told(card)))
        stage.desk.close()
        await stage.desk.gone()
        assert side.watchman.keeper.service is None
        assert told(card) == []

    play(scene)
