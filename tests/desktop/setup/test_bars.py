"""The real window's rail and bars, while a project is set up."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.desktop.conftest import Player
from tests.desktop.setup.test_set_up import project, tried
from tests.support.qt import emitted, until
from tests.support.stage import Stage


def button(stage: Stage, label: str) -> QPushButton:
    buttons = stage.window.top.findChildren(QPushButton)
    return next(each for each in buttons if each.text() == label)


def test_a_set_up_is_counted_and_started_from_the_bars(play: Player, tmp_path: Path) -> None:
    root = project(tmp_path)

    async def scene(stage: Stage) -> None:
        window, set_up = stage.window, stage.window.set_up
        bars = (window.rail, window.top, window.status)
        assert not any(each.isVisible() for each in bars)
        window.open_folder(str(root))
        assert all(each.isVisible() for each in bars)
        await tried(set_up)
        assert window.status.text() == "4 of 5 checks passed  1 to fix"
        start, send = button(stage, "Start all"), button(stage, "Send test task")
        assert (start.isEnabled(), send.isEnabled()) == (False, False)
        stage.qtbot.mouseClick(window.rail.buttons[1], Qt.MouseButton.LeftButton)
        assert set_up.page.isVisible()
        set_up.page.setFocus()
        stage.qtbot.keyClick(set_up.page, Qt.Key.Key_Escape)
        assert not any(each.isVisible() for each in bars)
        window.open_folder(str(root))
        await tried(set_up)
        set_up.page.broker.use_builtin.click()
        await until(start.isEnabled)
        window.top.scaled.emit(2)
        await until(lambda: set_up.trial.count == 2)
        stage.qtbot.mouseClick(start, Qt.MouseButton.LeftButton)
        await emitted(stage.desk.opened)
        await stage.until_shown("Ready", "Ready")
        assert send.isEnabled()
        assert window.status.text().startswith("2 up")

    play(scene)


def test_bars_of_an_open_project_stay_its_own_while_it_is_set_up_again(
    play: Player, tmp_path: Path
) -> None:
    root = project(tmp_path)

    async def scene(stage: Stage) -> None:
        window, set_up = stage.window, stage.window.set_up
        window.open_folder(str(root))
        await tried(set_up)
        set_up.page.broker.use_builtin.click()
        await until(set_up.page.fleet.begin.isEnabled)
        set_up.page.fleet.begin.click()
        await emitted(stage.desk.opened)
        await stage.until_shown(*["Ready"] * 4)
        told = window.status.text()
        set_up.look(str(root))
        await tried(set_up)
        assert window.status.text() == told
        assert button(stage, "Send test task").isEnabled()
        stage.desk.close()
        await emitted(stage.desk.closed)
        assert window.status.text() == "5 of 5 checks passed"

    play(scene)
