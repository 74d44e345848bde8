"""What is noted of projects that were open, and forgotten when asked."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.places import DEMO
from desktop.theme.theme import Theme
from desktop.welcome.page import WelcomePage
from desktop.welcome.recent_list import GONE, THERE, RecentList, RecentModel
from desktop.welcome.recents import Recent, Recents
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
    return Remembering(page, Recents(file), failed.append, asyncio.run, page), failed


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


def test_a_folder_that_is_gone_is_marked_once_somebody_has_looked(
    page: WelcomePage, tmp_path: Path
) -> None:
    recents = Recents(tmp_path / "recent.json")
    recents.note(Recent(str(tmp_path / "gone"), "proj", 4, 0.0))
    recents.note(Recent(str(tmp_path), "proj", 4, 0.0))
    memory, _ = remembering(page, tmp_path / "recent.json")
    memory.show()
    model = page.findChild(RecentModel)
    assert model is not None
    assert [model.at(row)[1] for row in range(2)] == [THERE, GONE]


def test_nobody_waits_for_a_folder(page: WelcomePage, tmp_path: Path) -> None:
    """A share that is not connected takes Windows some twenty seconds."""
    recents = Recents(tmp_path / "recent.json")
    recents.note(Recent(str(tmp_path), "proj", 4, 0.0))
    begun: list[Coroutine[Any, Any, None]] = []
    Remembering(page, recents, print, begun.append, page).show()
    model = page.findChild(RecentModel)
    assert model is not None
    assert model.at(0)[1] is None
    (looking,) = begun
    looking.close()


def test_the_demo_takes_no_place(page: WelcomePage, tmp_path: Path) -> None:
    memory, _ = remembering(page, tmp_path / "recent.json")
    memory.note(project(DEMO), 4)
    assert not memory.knows(str(DEMO))


def test_a_list_that_cannot_be_written_is_told(page: WelcomePage, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    memory, failed = remembering(page, tmp_path / "file" / "recent.json")
    memory.note(project(), 4)
    assert [error.what.startswith("the list of recent projects") for error in failed] == [True]
