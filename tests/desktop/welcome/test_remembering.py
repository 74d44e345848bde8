"""What is noted of projects that were open, and forgotten when asked."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.places import DEMO
from desktop.theme.theme import Theme
from desktop.welcome.page import WelcomePage
from desktop.welcome.recent_list import RecentList
from desktop.welcome.recents import Recents
from desktop.welcome.remembering import Remembering
from tests.support.projects import TASKY, project


@pytest.fixture
def page(theme: Theme, qtbot: QtBot) -> WelcomePage:
    made = WelcomePage(theme)
    qtbot.addWidget(made)
    made.show()
    return made


def remembering(page: WelcomePage, file: Path) -> tuple[Remembering, list[FleetError]]:
    failed: list[FleetError] = []
    return Remembering(page, Recents(file), failed.append, page), failed


def test_an_opened_project_is_known_until_it_is_forgotten(
    page: WelcomePage, qtbot: QtBot, tmp_path: Path
) -> None:
    memory, failed = remembering(page, tmp_path / "recent.json")
    assert not memory.knows(str(TASKY))
    memory.note(project(), 4)
    memory.show()
    assert memory.knows(str(TASKY))
    recents = page.findChild(RecentList)
    assert recents is not None
    qtbot.keyClick(recents, Qt.Key.Key_Delete)
    assert not memory.knows(str(TASKY))
    assert not recents.isVisible()
    assert failed == []


def test_the_demo_takes_no_place(page: WelcomePage, tmp_path: Path) -> None:
    memory, _ = remembering(page, tmp_path / "recent.json")
    memory.note(project(DEMO), 4)
    assert not memory.knows(str(DEMO))


def test_a_list_that_cannot_be_written_is_told(page: WelcomePage, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    memory, failed = remembering(page, tmp_path / "file" / "recent.json")
    memory.note(project(), 4)
    assert [error.what.startswith("the list of recent projects") for error in failed] == [True]
