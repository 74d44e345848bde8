"""Deploys that are followed, in the real window."""

from pathlib import Path

from desktop.deploy.steps import Mark, Step
from tests.desktop.conftest import Player
from tests.render_fake.account import Account
from tests.render_fake.server import RenderServer
from tests.support.on_render import WORKER, answer, choose, click, enter, log_of, named, state
from tests.support.qt import until
from tests.support.stage import Stage


def test_a_build_that_fails_tells_its_last_error_and_what_to_do(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    account.next_steps = ("created", "build_in_progress", "build_failed")

    async def scene(stage: Stage) -> None:
        deployer, side = await enter(stage, root, Step.SHIP)
        choose(side, WORKER)
        click(side.ship.deploy.one_button)
        await answer(side)
        fault = side.ship.deploy.fault
        await until(fault.isVisible)
        assert state(side, WORKER) == "Build failed"
        assert "Exited with status 1" in fault.why.text()
        assert "exit code 1" in fault.why.text()
        assert "--prove" in fault.fix.text()
        assert "Build failed" in side.ship.deploy.legs.text
        assert deployer.page.steps.buttons[Step.SHIP].standing.mark is Mark.FAULT

    play(scene)


def test_the_network_may_be_lost_in_the_middle_and_following_goes_on(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    account.next_steps = ("created", *["build_in_progress"] * 2000, "live")

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.SHIP)
        choose(side, WORKER)
        click(side.ship.deploy.one_button)
        await answer(side)
        await until(lambda: state(side, WORKER) == "Building")
        path = rf"/services/{named(account, WORKER)['id']}/events"
        account.plan("GET", path, 503, "maintenance")
        for _ in range(3):
            account.plan("GET", path, 503, "maintenance")
        await until(lambda: "trying again" in side.ship.deploy.said.text())
        assert "goes on at Render" in side.ship.deploy.said.text()
        deploy = account.deploys[named(account, WORKER)["id"]][0]
        account.steps[deploy["id"]] = ["update_in_progress", "live"]
        await until(lambda: state(side, WORKER) == "Live")
        assert "goes on at Render" not in side.ship.deploy.said.text()

    play(scene)


def test_what_is_under_way_already_is_followed_by_itself(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    account.add_deploy(named(account, WORKER))

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.SHIP)
        await until(lambda: state(side, WORKER) == "Live")
        assert "Deploying" in log_of(side, WORKER, account)

    play(scene)
