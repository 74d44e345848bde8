"""The welcome page."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop.theme.theme import Theme
from desktop.welcome.page import WelcomePage
from desktop.welcome.recent_list import RecentList
from desktop.welcome.recents import Recent


@pytest.fixture
def page(theme: Theme, qtbot: QtBot) -> WelcomePage:
    page = WelcomePage(theme)
    qtbot.addWidget(page)
    page.resize(1024, 640)
    page.show()
    return page


def button(page: WelcomePage, label: str) -> QPushButton:
    return next(each for each in page.findChildren(QPushButton) if each.text() == label)


def test_the_demo_is_one_click_away(page: WelcomePage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.demo):
        qtbot.mouseClick(button(page, "Start the demo"), Qt.MouseButton.LeftButton)


def test_a_folder_can_be_chosen_and_nothing_is_blocked(
    page: WelcomePage, tmp_path: Path, qtbot: QtBot
) -> None:
    qtbot.mouseClick(button(page, "Choose folder…"), Qt.MouseButton.LeftButton)
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.isVisible()
    with qtbot.waitSignal(page.folder) as told:
        dialog.fileSelected.emit(str(tmp_path))
    assert told.args == [str(tmp_path)]
    dialog.reject()


@pytest.mark.parametrize("what", ["a folder", "a file in it"])
def test_what_is_dropped_is_opened(
    page: WelcomePage, tmp_path: Path, what: str, qtbot: QtBot
) -> None:
    dropped = tmp_path if what == "a folder" else tmp_path / "app.py"
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(dropped))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(page.folder) as told:
        page.dropEvent(drop)
    assert Path(told.args[0]) == tmp_path


def test_recent_projects_are_shown_where_there_are_some(
    page: WelcomePage, tmp_path: Path, qtbot: QtBot
) -> None:
    recents = page.findChild(RecentList)
    assert recents is not None
    assert not recents.isVisible()
    page.show_recents([Recent(str(tmp_path), "proj.app", 4, 0.0)])
    assert recents.isVisible()
    with qtbot.waitSignal(page.folder) as told:
        qtbot.keyClick(recents, Qt.Key.Key_Return)
    assert told.args == [str(tmp_path)]


def test_nothing_is_lost_in_the_smallest_window(page: WelcomePage, tmp_path: Path) -> None:
    page.show_recents([Recent(str(tmp_path), "proj.app", 4, 0.0)] * 5)
    assert page.minimumSizeHint().width() <= 1024
    assert page.minimumSizeHint().height() <= 640 + 120
