"""Which workspace and which services are the project's, asked of an account in the real window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl

from core.render.remote.workspace import WORKSPACE
from desktop.deploy.steps import Step
from desktop.keeping.workspace import recall_workspace
from tests.desktop.conftest import Player
from tests.render_fake.account import Account, owner
from tests.render_fake.server import RenderServer
from tests.support.on_render import WORKER, click, enter, named
from tests.support.qt import until
from tests.support.stage import Stage


def test_of_several_workspaces_that_of_the_project_is_found(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    account.owners.append(owner("tea-2", "Other"))

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.ACCOUNT)
        assert side.account.owner.currentText() == "Shop"
        assert side.account.owner.isEnabled()
        side.account.owner.setCurrentIndex(side.account.owner.findText("Other"))
        side.account.owner.activated.emit(1)
        await until(lambda: side.idle)
        assert side.account.owner.currentText() == "Other"
        assert side.account.missing.isVisible()

    play(scene)


def test_the_workspace_that_was_chosen_is_remembered_with_the_project(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    account.owners.append(owner("tea-2", "Other"))

    async def choosing(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.ACCOUNT)
        box = side.account.owner
        box.setCurrentIndex(box.findText("Other"))
        box.activated.emit(box.currentIndex())
        await until(lambda: side.idle and recall_workspace(stage.session.project.name) == "tea-2")

    async def later(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.ACCOUNT)
        assert side.account.owner.currentText() == "Other"

    play(choosing)
    play(later)


def test_the_workspace_that_the_environment_names_is_taken(
    play: Player,
    root: Path,
    served: RenderServer,
    account: Account,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account.owners.append(owner("tea-2", "Other"))
    monkeypatch.setenv(WORKSPACE, "tea-2")

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.ACCOUNT)
        assert side.account.owner.currentText() == "Other"
        stage.desk.environ = {**stage.desk.environ, WORKSPACE: "gone"}
        side.remote.refresh()
        await until(lambda: side.idle and side.account.unmatched.isVisible())
        assert f"{WORKSPACE} is gone" in side.account.unmatched.why.text()

    play(scene)


def test_a_service_that_is_not_there_is_told_with_the_way_to_it(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    account.services.pop(named(account, WORKER)["id"])

    async def scene(stage: Stage) -> None:
        deployer, side = await enter(stage, root, Step.ACCOUNT)
        assert deployer.page.steps.buttons[Step.ACCOUNT].standing.words == "1 service, 1 missing"
        opened: list[QUrl] = []
        side.open_url = opened.append
        click(side.account.connect_button)
        assert "blueprints" in opened[0].toString()
        account.add_service(WORKER)
        click(side.account.again_button)
        await until(lambda: side.idle)
        assert not side.account.missing.isVisible()

    play(scene)


def test_a_project_without_a_blueprint_says_that_it_is_to_be_written(
    play: Player, root: Path, served: RenderServer
) -> None:
    (root / "render.yaml").unlink()

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.ACCOUNT)
        assert side.account.unmatched.isVisible()
        assert "has no render.yaml" in side.account.unmatched.accessibleName()

    play(scene)


def test_another_project_is_asked_for_by_itself(
    play: Player, root: Path, served: RenderServer
) -> None:
    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.ACCOUNT)
        assert side.remote.there is not None
        stage.desk.close()
        await stage.desk.gone()
        assert side.remote.account is None
        assert not side.remote.busy

    play(scene)


def test_no_answer_is_told_and_asked_for_again_on_request(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    account.plan("GET", "/owners", 503, "maintenance")
    for _ in range(3):
        account.plan("GET", "/owners", 503, "maintenance")

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.ACCOUNT)
        assert "maintenance" in side.account.fault.why.text()
        side.remote.refresh()
        await until(lambda: not side.remote.busy)
        assert side.remote.there is not None

    play(scene)
