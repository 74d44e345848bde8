"""The steps that reach Render, in the real window by mouse, before an account of the test."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtTest import QTest

from core.render.api.key import PAGE, VARIABLE
from desktop.deploy.steps import Mark, Step
from desktop.render.account import Account as Known
from desktop.render.account import Place
from tests.desktop.conftest import Player
from tests.render_fake.account import KEY
from tests.render_fake.server import RenderServer
from tests.support.keyrings import Memory
from tests.support.on_render import WORKER, answer, click, enter
from tests.support.qt import heard_by, until
from tests.support.stage import Stage


@pytest.fixture
def vault(monkeypatch: pytest.MonkeyPatch, served: RenderServer) -> Iterator[Memory]:
    """A keyring without a key, and none in the environment."""
    before, memory = keyring.get_keyring(), Memory()
    keyring.set_keyring(memory)
    monkeypatch.delenv(VARIABLE)
    yield memory
    keyring.set_keyring(before)


def test_without_a_key_the_step_leads_to_one_and_keeps_what_is_typed(
    play: Player, root: Path, vault: Memory, tmp_path: Path
) -> None:
    async def scene(stage: Stage) -> None:
        deployer, side = await enter(stage, root, Step.ACCOUNT)
        page, button = side.account, deployer.page.steps.buttons[Step.ACCOUNT]
        assert button.standing.words == "no key yet"
        assert not page.fault.isVisible()
        opened: list[QUrl] = []
        side.open_url = opened.append
        click(page.make)
        assert opened == [QUrl(PAGE)]
        page.field.setFocus()
        QTest.keyClicks(page.field, KEY)
        assert KEY not in page.field.displayText()
        click(page.use)
        await until(lambda: side.idle and isinstance(side.remote.account, Known))
        assert list(vault.kept.values()) == [KEY]
        assert page.field.text() == ""
        page.field.undo()
        assert page.field.text() == ""
        assert KEY not in repr(side.remote.account)
        assert (button.standing.mark, button.standing.words) == (Mark.DONE, "2 services")
        assert [row[0].text for row in page.rows.rows] == ["storefront-web", WORKER]
        assert page.kept.text() == Place.KEYRING

    play(scene)
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert not [file for file in files if KEY.encode() in file.read_bytes()]


def test_a_key_that_render_refuses_is_told_and_not_kept(
    play: Player, root: Path, vault: Memory
) -> None:
    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.ACCOUNT)
        side.account.field.setText("rnd_wrong")
        click(side.account.use)
        await until(lambda: side.idle and side.account.fault.isVisible())
        assert "the key is wrong, or was revoked" in side.account.fault.why.text().lower()
        assert vault.kept == {}
        assert side.account.field.isVisible()

    play(scene)


def test_the_key_is_forgotten_when_that_is_agreed_to(
    play: Player, root: Path, vault: Memory
) -> None:
    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.ACCOUNT)
        side.account.field.setText(KEY)
        click(side.account.use)
        await until(lambda: side.idle and side.remote.there is not None)
        click(side.account.forget_button)
        await answer(side, yes=False)
        assert vault.kept
        click(side.account.forget_button)
        assert "keyring" in await answer(side)
        await until(lambda: not vault.kept and side.idle)
        assert side.remote.there is None
        assert side.account.field.isVisible()

    play(scene)


def test_the_key_is_forgotten_while_the_checklist_looks_and_nothing_fails(
    play: Player, root: Path, vault: Memory
) -> None:
    async def scene(stage: Stage) -> None:
        deployer, side = await enter(stage, root, Step.ACCOUNT)
        side.account.field.setText(KEY)
        click(side.account.use)
        await until(lambda: side.idle and side.remote.there is not None)
        failed = heard_by(stage.desk.failed)
        click(deployer.page.steps.buttons[Step.CHECKLIST])
        checklist = deployer.page.checklist
        assert not checklist.again_button.isEnabled()
        side.remote.forget()
        await until(lambda: side.idle and deployer.idle)
        assert failed == []
        assert "Render told nothing" in checklist.state.text()

    play(scene)


def test_a_key_of_the_environment_is_used_and_left_where_it_is(
    play: Player, root: Path, served: RenderServer
) -> None:
    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.ACCOUNT)
        assert VARIABLE in side.account.kept.text()
        assert not side.account.forget_button.isVisible()

    play(scene)
