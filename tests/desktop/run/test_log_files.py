"""From the window to the log files on disk."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMenu

from core.errors import FleetError
from core.logs.files import log_folder
from desktop.run.log_files import LABEL, show_folder
from tests.desktop.conftest import Player
from tests.support.qt import run_in_qt, until
from tests.support.stage import Stage, open_demo


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that the system was asked to show."""
    folders: list[Path] = []

    def open_url(url: QUrl) -> bool:
        folders.append(Path(url.toLocalFile()))
        return len(folders) < 3

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return folders


def test_palette_and_pane_show_the_folder_of_the_logs(play: Player, shown: list[Path]) -> None:
    async def scene(stage: Stage) -> None:
        (command,) = (each for each in stage.window.deeds.listed() if each.label == LABEL)
        assert not command.possible()
        await open_demo(stage)
        assert command.possible()
        command.run()
        await until(lambda: len(shown) == 1)
        pane = next(iter(stage.page.logs.panes))
        menus: list[QMenu] = []
        pane.menu_made.connect(menus.append)
        pane.open_menu(pane.mapToGlobal(pane.rect().center()))
        next(each for each in menus[0].actions() if each.text() == LABEL).trigger()
        menus[0].close()
        await until(lambda: len(shown) == 2)
        folder = log_folder(stage.session.project.name)
        assert shown == [folder] * 2
        assert list(folder.glob("worker1-*.log"))

    play(scene)


def test_a_folder_that_is_not_there_or_cannot_be_shown_is_told(
    qapp: QApplication, tmp_path: Path, shown: list[Path]
) -> None:
    with pytest.raises(FleetError, match="no log files yet"):
        run_in_qt(qapp, show_folder(tmp_path / "shop"))
    for _ in range(2):
        run_in_qt(qapp, show_folder(tmp_path))
    with pytest.raises(FleetError, match="could not be shown"):
        run_in_qt(qapp, show_folder(tmp_path))
