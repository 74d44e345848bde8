"""The proof in the real window, by mouse, with a worker that runs as on Render."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.render.checklist.proof import recall
from core.wishes import Wishes
from desktop.deploy.steps import Mark, Step
from desktop.render.side import RenderSide
from tests.desktop.conftest import Player
from tests.render_fake.server import RenderServer, render_server
from tests.support.on_render import answer, click
from tests.support.program import homes
from tests.support.qt import emitted, until
from tests.support.stage import Stage

if sys.platform == "win32":
    pytest.skip("a prefork worker, and Valkey, run on Linux", allow_module_level=True)
else:
    from tests.support.broker import Server
    from tests.support.deployed import START, Pushed, machine, site
    from tests.support.verified import HOST, PYTHON, Shop, group

PASSWORD = "hunter2"


@pytest.fixture
def shop(tmp_path: Path, own_server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """Deployed, on a broker with a password; nobody works there yet."""
    for name, value in homes(tmp_path).items():
        monkeypatch.setenv(name, value)
    url = own_server.url.replace("//", f"//default:{PASSWORD}@", 1)
    own_server.client.config_set("requirepass", PASSWORD)
    made = Shop(Pushed(tmp_path), url, tmp_path / "state")
    with site({"/health": (200, "{}")}) as address:
        made.api["serviceDetails"]["url"] = address
        yield made
    assert made.account.broken == []


@pytest.fixture
def served(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[RenderServer]:
    """Its account behind a real address, which the window finds with its key."""
    with render_server(shop.account) as server:
        for name, value in server.env.items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.fixture
def working(shop: Shop, served: RenderServer, tmp_path: Path) -> Iterator[None]:
    """The worker of `jobs`, as Render starts it."""
    folder = shop.pushed.checkout(tmp_path / "checkout")
    url = next(iter(shop.account.groups.values()))["values"]["REDIS_URL"]
    with machine(PYTHON, folder, START, HOST, group(url)) as started:
        shop.runs(started)
        yield


async def entered(stage: Stage, shop: Shop) -> RenderSide:
    """The step, once Render has answered."""
    stage.desk.open(str(shop.pushed.clone), Wishes(), python=str(PYTHON))
    await emitted(stage.desk.opened)
    click(stage.window.rail.buttons[1])
    deployer = stage.window.deploy.deployer
    await until(lambda: deployer.idle)
    click(deployer.page.steps.buttons[Step.PROOF])
    await until(lambda: deployer.render.idle)
    return deployer.render


def words(side: RenderSide) -> str:
    """All that the card says of its findings."""
    return "\n".join(
        f"{row.accessibleName()} {row.accessibleDescription()} {row.finding.fix}"
        for row in side.proof.proof.claims.rows
    )


@pytest.mark.usefixtures("working")
def test_a_task_is_proved_to_run_on_render_and_the_report_is_there_the_next_time(
    play: Player, shop: Shop
) -> None:
    async def scene(stage: Stage) -> None:
        side = await entered(stage, shop)
        card, step = side.proof.proof, stage.window.deploy.deployer.page.steps
        assert card.said.text() == "Never verified on this machine."
        side.prover.nearby = shop.nearby
        click(card.button)
        deed = await answer(side)
        assert "127.0.0.1:" in deed
        await until(lambda: not side.prover.running)
        assert card.said.text().startswith("Verified ")
        assert "Proved: the task was run on Render, by jobs" in words(side)
        assert not card.guard.isVisible()
        assert [cells[0].text() for cells in card.times][:2] == ["Task sent", "Task received"]
        standing = step.buttons[Step.PROOF].standing
        assert (standing.mark, standing.words) == (
            Mark.DONE,
            f"proved, {shop.pushed.commit[:7]}",
        )
        assert PASSWORD not in words(side) + deed
        kept = recall(stage.session.project.name)
        assert kept is not None
        assert kept == side.prover.proof

    async def later(stage: Stage) -> None:
        side = await entered(stage, shop)
        assert f"commit {shop.pushed.commit[:7]}" in side.proof.proof.said.text()
        await until(lambda: side.proof.proof.claims.complete)
        assert "Proved: the task was run on Render, by jobs" in words(side)

    play(scene)
    play(later)


@pytest.mark.usefixtures("working")
def test_a_worker_of_this_machine_on_productions_broker_is_an_error_and_nothing_is_sent(
    play: Player, shop: Shop
) -> None:
    async def scene(stage: Stage) -> None:
        side = await entered(stage, shop)
        card = side.proof.proof
        click(card.button)  # the worker that stands for Render's is one of this machine
        await answer(side)
        await until(lambda: not side.prover.running)
        assert card.guard.isVisible()
        assert "takes production's tasks" in card.guard.accessibleName()
        assert "nothing was sent" in card.guard.why.text()
        assert "--broker builtin" in card.guard.fix.text()
        assert card.times == []
        step = stage.window.deploy.deployer.page.steps.buttons[Step.PROOF]
        assert step.standing.mark is Mark.FAULT
        proof = side.prover.proof
        assert proof is not None
        assert not [each for each in proof.findings if each.check == "ran-on-render"]

    play(scene)


@pytest.mark.usefixtures("served")
def test_nothing_is_looked_at_without_a_yes(play: Player, shop: Shop) -> None:
    async def scene(stage: Stage) -> None:
        side = await entered(stage, shop)
        click(side.proof.proof.button)
        await until(lambda: side.asker.open is not None)
        assert side.asker.open is not None
        rows = dict(side.asker.open.ask.rows)
        assert "127.0.0.1:" in rows["Broker"]
        assert "jobs (srv-" in rows["Service"]
        assert PASSWORD not in repr(side.asker.open.ask)
        await answer(side, yes=False)
        await until(lambda: not side.prover.running)
        assert side.prover.proof is None
        assert side.proof.proof.button.isEnabled()

    play(scene)


@pytest.mark.usefixtures("served")
def test_where_the_broker_is_not_known_nothing_is_asked_and_the_rest_is_looked_at(
    play: Player, shop: Shop
) -> None:
    (group_of_shop,) = shop.account.groups.values()
    group_of_shop["values"] = {"CELERY_BROKER_URL": "nowhere"}

    async def scene(stage: Stage) -> None:
        side = await entered(stage, shop)
        click(side.proof.proof.button)
        await until(lambda: side.prover.proof is not None)
        assert side.asker.open is None
        assert "leads nowhere" in words(side)
        assert "Proved: jobs is live" in words(side)

    play(scene)


@pytest.mark.usefixtures("served")
def test_it_can_be_cancelled_and_what_was_known_stays(play: Player, shop: Shop) -> None:
    async def scene(stage: Stage) -> None:
        side = await entered(stage, shop)
        card = side.proof.proof
        click(card.button)
        await answer(side)
        await until(lambda: bool(card.claims.rows))
        click(card.cancel)
        await until(lambda: side.idle and not side.prover.running)
        assert card.said.text() == "Never verified on this machine."
        assert card.claims.rows == []
        assert card.button.isEnabled()

    play(scene)


@pytest.mark.usefixtures("served")
def test_why_render_did_not_answer_is_told(play: Player, shop: Shop) -> None:
    async def scene(stage: Stage) -> None:
        side = await entered(stage, shop)
        shop.account.plan("GET", "/services", 403, "no")
        click(side.proof.proof.button)
        await until(side.proof.proof.fault.isVisible)
        assert "may not do this" in side.proof.proof.fault.why.text()

    play(scene)
