"""The checklist in the real window, by mouse, with a Render of the test."""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.places import DEMO_APP
from core.wishes import Wishes
from desktop.deploy.checklist_card import ChecklistCard
from desktop.deploy.deployer import Deployer
from desktop.deploy.steps import Mark, Step
from tests.desktop.conftest import Player
from tests.render_fake.account import Account, owner
from tests.render_fake.server import RenderServer, render_server
from tests.support.checklists import CONNECTED, READY, RECEIVED, SUCCEEDED, UVICORN
from tests.support.preflight import git, line_of
from tests.support.qt import emitted, heard_by, until
from tests.support.stage import Stage

LEFT = Qt.MouseButton.LeftButton
COMMAND = f"celery -A {DEMO_APP} worker --loglevel=info --concurrency=2"
BLUEPRINT = f"""\
services:
  - type: web
    name: web
    runtime: python
    plan: starter
    buildCommand: pip install -r requirements.txt
    startCommand: {UVICORN}
    envVars:
      - fromGroup: shop
  - type: worker
    name: jobs
    runtime: python
    plan: starter
    buildCommand: pip install -r requirements.txt
    startCommand: {COMMAND}
    envVars:
      - fromGroup: shop
"""


@pytest.fixture
def planned(root: Path) -> Path:
    """The repository, with a render.yaml."""
    (root / "render.yaml").write_text(BLUEPRINT)
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "Plan")
    return root


@pytest.fixture
def account(planned: Path) -> Iterator[Account]:
    """Its services are live with its commit; the contract was held when the test is over."""
    made = Account()
    made.commit = git(planned, "rev-parse", "HEAD").strip()
    web = made.add_service("web", "web_service", url="http://127.0.0.1:9")
    jobs = made.add_service("jobs")
    for service, command in ((web, UVICORN), (jobs, COMMAND)):
        service["serviceDetails"]["envSpecificDetails"]["startCommand"] = command
        made.add_deploy(service, ("live",))
    made.add_group("shop", {"REDIS_URL": "redis://far:6379", "MAIL_KEY": "hush-hush"}, web, jobs)
    for line in (CONNECTED, READY, RECEIVED, SUCCEEDED):
        made.log(jobs, line)
    yield made
    assert made.broken == []


@pytest.fixture
def served(account: Account, monkeypatch: pytest.MonkeyPatch) -> Iterator[RenderServer]:
    """The account behind a real address, to which the window has the key."""
    with render_server(account) as server:
        for name, value in server.env.items():
            monkeypatch.setenv(name, value)
        yield server


async def opened(stage: Stage, root: Path) -> tuple[Deployer, ChecklistCard]:
    """The step, once its boxes are there."""
    stage.desk.open(str(root), Wishes(), app=DEMO_APP, python=sys.executable)
    await emitted(stage.desk.opened)
    QTest.mouseClick(stage.window.rail.buttons[1], LEFT)
    deployer = stage.window.deploy.deployer
    assert deployer.facts.checklist is None
    button = deployer.page.steps.buttons[Step.CHECKLIST]
    assert button.standing.mark is Mark.WAITING
    QTest.mouseClick(button, LEFT)
    await settled(deployer)
    return deployer, deployer.page.checklist


async def settled(deployer: Deployer) -> None:
    """Wait until nothing is looked at, and all of it is shown."""
    card = deployer.page.checklist
    await until(lambda: deployer.idle and card.boxes.complete)


def word(card: ChecklistCard, id: str) -> str:
    return card.boxes.rows[id].accessibleName().partition(":")[0]


def test_boxes_are_ticked_from_the_commit_and_from_render(
    play: Player, planned: Path, served: RenderServer
) -> None:
    async def scene(stage: Stage) -> None:
        deployer, card = await opened(stage, planned)
        for id in ("web-there", "web-root", "worker-start", "worker-ready", "completed", "redis"):
            assert word(card, id) == "Done", id
        assert word(card, "web-answers") == "Open"
        assert word(card, "flower-there") == "Not needed"
        assert deployer.page.steps.buttons[Step.CHECKLIST].standing.mark is Mark.FAULT
        assert "hush-hush" not in card.markdown()

    play(scene)


def test_a_place_is_a_link_into_ones_editor(
    play: Player, planned: Path, served: RenderServer
) -> None:
    async def scene(stage: Stage) -> None:
        _, card = await opened(stage, planned)
        places = heard_by(stage.window.place_clicked)
        (link,) = card.boxes.rows["worker-start"].links
        card.boxes.rows["worker-start"].grab()
        QTest.mouseClick(link, LEFT)
        assert places == [(str(planned / "render.yaml"), line_of(BLUEPRINT, "--concurrency"))]

    play(scene)


def test_a_tick_by_hand_is_kept_and_goes_stale_with_the_commit(
    play: Player, planned: Path, served: RenderServer
) -> None:
    async def scene(stage: Stage) -> None:
        deployer, card = await opened(stage, planned)
        assert word(card, "sent") == "Not known"
        tick = card.boxes.rows["sent"].tick
        assert tick is not None
        QTest.mouseClick(tick, LEFT)
        await until(lambda: word(card, "sent") == "Done")
        await settled(deployer)
        git(planned, "commit", "-q", "--allow-empty", "-m", "Other")
        QTest.mouseClick(card.again_button, LEFT)
        assert not card.again_button.isEnabled()
        await settled(deployer)
        assert word(card, "sent") == "Stale"
        assert word(card, "completed") == "Stale"
        assert word(card, "web-there") == "Done"

    play(scene)


def test_what_is_checked_again_on_another_step_is_looked_at_here_too(
    play: Player, planned: Path, served: RenderServer
) -> None:
    async def scene(stage: Stage) -> None:
        deployer, card = await opened(stage, planned)
        git(planned, "commit", "-q", "--allow-empty", "-m", "Other")
        QTest.mouseClick(deployer.page.steps.buttons[Step.PREFLIGHT], LEFT)
        QTest.mouseClick(deployer.page.preflight.again_button, LEFT)
        await settled(deployer)
        assert word(card, "completed") == "Stale"

    play(scene)


def test_without_a_key_it_says_so_and_the_files_tick_what_they_can(
    play: Player, planned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RENDER_API_KEY", raising=False)

    async def scene(stage: Stage) -> None:
        _, card = await opened(stage, planned)
        assert "Render is not connected" in card.state.text()
        assert "Give a key: step Account." in card.state.text()
        assert word(card, "worker-start") == "Done"
        assert word(card, "completed") == "Not known"

    play(scene)


def test_the_workspace_is_the_one_that_the_window_has_found(
    play: Player, planned: Path, served: RenderServer
) -> None:
    served.account.owners.append(owner("elsewhere", "Elsewhere"))

    async def scene(stage: Stage) -> None:
        deployer, card = await opened(stage, planned)
        await until(lambda: deployer.render.remote.there is not None)
        await settled(deployer)
        assert word(card, "completed") == "Done"

    play(scene)


def test_the_list_is_saved_and_a_place_that_cannot_be_written_is_told(
    play: Player, planned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RENDER_API_KEY", raising=False)

    async def scene(stage: Stage) -> None:
        deployer, card = await opened(stage, planned)
        file = tmp_path / "list.md"
        card.save_asked.emit(str(file), card.markdown())
        await until(file.exists)
        await settled(deployer)
        assert file.read_text("utf-8") == card.markdown()
        failed = heard_by(stage.desk.failed)
        card.save_asked.emit(str(file / "below-a-file.md"), "x")
        await until(lambda: bool(failed))

    play(scene)


def test_another_project_begins_with_nothing(
    play: Player, planned: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RENDER_API_KEY", raising=False)

    async def scene(stage: Stage) -> None:
        deployer, card = await opened(stage, planned)
        stage.window.open_folder(str(project))
        async with asyncio.timeout(30):
            await emitted(stage.desk.opened)
        assert deployer.facts.checklist is None
        assert card.boxes.rows == {}

    play(scene)
