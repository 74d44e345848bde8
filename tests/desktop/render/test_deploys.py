"""Deploys that are asked for, in the real window by mouse."""

from pathlib import Path

import httpx

from desktop.deploy.steps import Mark, Step
from tests.desktop.conftest import Player
from tests.render_fake.account import Account
from tests.render_fake.server import RenderServer
from tests.support.on_render import WEB, WORKER, answer, choose, click, enter, log_of, named, state
from tests.support.qt import until
from tests.support.stage import Stage


def test_all_services_are_deployed_and_followed_to_live(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    async def scene(stage: Stage) -> None:
        deployer, side = await enter(stage, root, Step.SHIP)
        card = side.ship.deploy
        assert state(side, WORKER) == "Never deployed"
        click(card.all_button)
        deed = await answer(side)
        assert WEB in deed
        assert WORKER in deed
        assert "Shop" in deed
        await until(lambda: state(side, WORKER) == state(side, WEB) == "Live")
        await until(lambda: not any(each.following for each in side.follower.watched.values()))
        choose(side, WORKER)
        assert card.pill.look.label == "Live"
        assert card.legs.text.startswith("Queued done")
        assert card.legs.text.endswith("Live done")
        assert "Running build command" in log_of(side, WORKER, account)
        assert card.logs.currentWidget().isVisible()
        standing = deployer.page.steps.buttons[Step.SHIP].standing
        assert standing.mark is not Mark.FAULT

    play(scene)


def test_nothing_is_deployed_without_a_yes(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.SHIP)
        click(side.ship.deploy.all_button)
        await answer(side, yes=False)
        await until(lambda: side.idle)
        assert not [each for each in account.requests if each.method == "POST"]

    play(scene)


def test_one_service_is_deployed_and_the_other_left_alone(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.SHIP)
        choose(side, WORKER)
        click(side.ship.deploy.one_button)
        await answer(side)
        await until(lambda: state(side, WORKER) == "Live")
        assert state(side, WEB) == "Never deployed"

    play(scene)


def test_a_deploy_is_broken_off_when_that_is_agreed_to(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    account.next_steps = ("created", *["build_in_progress"] * 2000, "live")

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.SHIP)
        choose(side, WORKER)
        click(side.ship.deploy.one_button)
        await answer(side)
        await until(lambda: state(side, WORKER) == "Building")
        click(side.ship.deploy.cancel_button)
        assert WORKER in await answer(side)
        await until(lambda: state(side, WORKER) == "Canceled")
        assert not side.ship.deploy.cancel_button.isVisible()

    play(scene)


def test_an_earlier_deploy_is_rolled_back_to(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    worker = named(account, WORKER)
    for commit in ("aaaa" * 10, "bbbb" * 10):
        account.commit = commit
        for other in account.deploys[worker["id"]]:
            other["status"] = "deactivated"
        account.add_deploy(worker, ("live",))

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.SHIP)
        choose(side, WORKER)
        history = side.ship.history
        assert not history.button.isEnabled()
        history.table.selectRow(0)
        assert history.why.text() == "it is live"
        history.table.selectRow(1)
        click(history.button)
        assert WORKER in await answer(side)
        await until(lambda: side.follower.watched[worker["id"]].following)
        await until(lambda: not side.follower.watched[worker["id"]].following)
        newest = account.deploys[worker["id"]][0]
        assert (newest["trigger"], newest["commit"]["id"]) == ("rollback", "aaaa" * 10)

    play(scene)


def test_what_render_refuses_is_told_beside_the_service(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    named(account, WORKER)["suspended"] = "suspended"

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.SHIP)
        choose(side, WORKER)
        click(side.ship.deploy.one_button)
        await answer(side)
        await until(side.ship.deploy.fault.isVisible)
        assert "suspended" in side.ship.deploy.fault.why.text()
        assert "Resume" in side.ship.deploy.fault.fix.text()

    play(scene)


def test_a_lost_answer_to_a_deploy_starts_no_second_one(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    worker = named(account, WORKER)
    path = rf"/services/{worker['id']}/deploys"
    account.cut("POST", path, httpx.ReadError("gone"), done=True)

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.SHIP)
        choose(side, WORKER)
        click(side.ship.deploy.one_button)
        await answer(side)
        await until(lambda: state(side, WORKER) == "Live")
        assert len(account.deploys[worker["id"]]) == 1

    play(scene)
