"""Looking after what runs on Render, in the real window by mouse."""

from pathlib import Path

from desktop.deploy.steps import Mark, Step
from tests.desktop.conftest import Player
from tests.render_fake.account import Account
from tests.render_fake.server import RenderServer
from tests.support.on_render import WORKER, answer, click, enter, named
from tests.support.qt import until
from tests.support.stage import Stage


def test_a_worker_is_scaled_to_two_when_that_is_agreed_to(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    details = named(account, WORKER)["serviceDetails"]

    async def scene(stage: Stage) -> None:
        deployer, side = await enter(stage, root, Step.RUNNING)
        page = side.running
        assert page.service.currentText() == WORKER
        assert "2.5" in page.figures["Memory"].text() or "MB" in page.figures["Memory"].text()
        page.instances.show_value(2)
        page.instances.changed.emit(2)
        click(page.scale_button)
        await answer(side, yes=False)
        await until(lambda: side.idle)
        assert details["numInstances"] == 1
        click(page.scale_button)
        deed = await answer(side)
        assert f"{WORKER} ({named(account, WORKER)['id']}, workspace Shop)" in deed
        assert "from 1 to 2 instances, $14 a month in all" in deed
        await until(lambda: details["numInstances"] == 2 and side.idle)
        await until(lambda: "2 instances" in page.state.text())
        standing = deployer.page.steps.buttons[Step.RUNNING].standing
        assert (standing.mark, standing.words) == (Mark.DONE, "2 instances, starter")

    play(scene)


def test_instances_that_ran_out_of_memory_are_explained_by_the_advisor(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    account.kill_for_memory(named(account, WORKER))

    async def scene(stage: Stage) -> None:
        deployer, side = await enter(stage, root, Step.RUNNING)
        killed = side.running.killed
        assert killed.isVisible()
        assert "ran out of memory" in killed.accessibleName()
        assert killed.fix.text()
        assert "out of memory" in side.running.events.rows[0][1].text
        assert [each.text() for each in killed.buttons] == ["Run 1 at once…", "Take standard…"]
        assert deployer.page.steps.buttons[Step.RUNNING].standing.mark is Mark.FAULT

    play(scene)


def test_an_answer_to_kills_is_sent_when_that_is_agreed_to(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    worker = named(account, WORKER)
    details = worker["serviceDetails"]
    details["envSpecificDetails"]["startCommand"] = "celery -A shop worker --concurrency=4"
    account.kill_for_memory(worker)

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.RUNNING)
        fewer, larger = side.running.killed.buttons
        assert fewer.text() == "Run 1 at once…"
        click(fewer)
        await until(lambda: side.asker.open is not None)
        assert side.asker.open is not None
        assert "with 1 at once (not measured" in side.asker.open.ask.note
        assert "render blueprint --concurrency 1 --write" in side.asker.open.ask.note
        await answer(side, yes=False)
        await until(lambda: side.idle)
        assert details["envSpecificDetails"]["startCommand"].endswith("=4")
        click(larger)
        deed = await answer(side)
        assert f"({worker['id']}, workspace Shop) from the plan starter to standard," in deed
        await until(lambda: details["plan"] == "standard" and side.idle)
        await until(lambda: "standard" in side.running.state.text())
        assert len(account.deploys[worker["id"]]) == 1
        await until(lambda: side.idle and not side.running.killed.isVisible())

    play(scene)


def test_plan_and_concurrency_are_changed_together(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    details = named(account, WORKER)["serviceDetails"]
    details["envSpecificDetails"]["startCommand"] = "celery -A shop worker --concurrency=4"

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.RUNNING)
        row = side.running.resizing
        place = row.plan.findData("standard")
        row.plan.setCurrentIndex(place)
        row.plan.activated.emit(place)
        row.at_once.show_value(3)
        row.at_once.changed.emit(3)
        click(row.change)
        deed = await answer(side)
        assert "from the plan starter to standard and to --concurrency=3, $25 a month" in deed
        await until(lambda: details["plan"] == "standard" and side.idle)
        assert details["envSpecificDetails"]["startCommand"].endswith("--concurrency=3")
        await until(lambda: not row.change.isEnabled())
        assert row.plan.currentData() == "standard"

    play(scene)


def test_it_is_suspended_and_resumed(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    worker = named(account, WORKER)

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.RUNNING)
        for name, state in (("suspend", "suspended"), ("resume", "not_suspended")):
            button = side.running.powers[name]
            await until(lambda shown=button: shown.isVisible() and side.idle)
            button.click()
            assert WORKER in await answer(side)
            await until(lambda wanted=state: worker["suspended"] == wanted and side.idle)
        assert "suspended" not in side.running.state.text()

    play(scene)


def test_render_scales_it_and_then_a_number_is_not_offered(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.RUNNING)
        side.running.scaling.start.click()
        assert "scale itself from 1 to 2 instances" in await answer(side)
        await until(lambda: side.idle and side.running.scaling.stop.isVisible())
        assert not side.running.scale_button.isEnabled()
        side.running.scaling.stop.click()
        await answer(side)
        await until(lambda: side.idle and not side.running.scaling.stop.isVisible())

    play(scene)


def test_what_render_refuses_is_told(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    account.plan("POST", ".*/restart", 403, "no")

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.RUNNING)
        side.running.powers["restart"].click()
        await answer(side)
        await until(side.running.fault.isVisible)
        assert "may not do this" in side.running.fault.why.text()

    play(scene)
