"""Errors stay as long as they are true, and leave room for the page."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from desktop.desk import Desk
from desktop.shell.error_cards import AGAIN, MOST, ErrorCards
from desktop.theme.theme import Theme
from desktop.widgets.error_card import ErrorCard
from tests.desktop.conftest import Player
from tests.support.qt import emitted
from tests.support.stage import Stage

Past: TypeAlias = Callable[[Desk], object]


def error(number: int = 1) -> FleetError:
    return FleetError(f"worker{number} is gone", "nobody knows", "start it again")


@pytest.fixture
def place(qtbot: QtBot) -> QWidget:
    place = QWidget()
    qtbot.addWidget(place)
    return place


@pytest.fixture
def desk(place: QWidget) -> Desk:
    return Desk(None, {}, place)  # type: ignore[arg-type]  # nothing is opened


@pytest.fixture
def cards(theme: Theme, desk: Desk, place: QWidget) -> ErrorCards:
    cards = ErrorCards(theme, desk, place)
    place.setLayout(cards.layout)
    place.show()
    return cards


def told(place: QWidget) -> list[str]:
    cards = place.findChildren(ErrorCard)
    return [each.accessibleName().removeprefix("Error: ") for each in cards if each.isVisible()]


@pytest.mark.usefixtures("cards")
def test_what_fails_again_is_told_once(desk: Desk, place: QWidget) -> None:
    for number in (1, 2, 1):
        desk.failed.emit(error(number))
    assert told(place) == ["worker2 is gone", "worker1 is gone"]


@pytest.mark.usefixtures("cards")
def test_the_oldest_gives_way_where_there_are_many(desk: Desk, place: QWidget) -> None:
    for number in range(MOST + 2):
        desk.failed.emit(error(number))
    assert told(place) == [f"worker{number} is gone" for number in range(2, MOST + 2)]


@pytest.mark.usefixtures("cards")
@pytest.mark.parametrize(
    "past",
    [
        lambda desk: desk.opening.emit(),
        lambda desk: desk.closed.emit(),
        lambda desk: desk.beginning.emit(True),
    ],
)
def test_an_error_of_a_project_is_past_with_it_or_with_another_start(
    desk: Desk, place: QWidget, past: Past
) -> None:
    desk.failed.emit(error())
    past(desk)
    assert told(place) == []


@pytest.mark.usefixtures("cards")
def test_what_a_start_tells_stays_when_it_is_over(desk: Desk, place: QWidget) -> None:
    desk.failed.emit(error())
    desk.beginning.emit(False)
    assert told(place) == ["worker1 is gone"]


def test_an_error_of_no_project_stays(cards: ErrorCards, desk: Desk, place: QWidget) -> None:
    cards.show(error())
    desk.opening.emit()
    assert told(place) == ["worker1 is gone"]


def test_an_error_has_the_buttons_that_help(cards: ErrorCards, desk: Desk, place: QWidget) -> None:
    cards.remedies = lambda error: (QPushButton("Help"),)
    desk.failed.emit(error())
    assert [each.text() for each in place.findChildren(QPushButton)] == ["Help"]


if sys.platform != "win32":
    from tests.support.broker import Server

    def test_a_broker_that_is_mended_is_found_when_the_project_is_read_again(
        play: Player, project: Path, server: Server
    ) -> None:
        settings = project / "solofleet.toml"
        settings.write_text(settings.read_text().replace('broker = "builtin"\n', ""))
        (project / ".env").write_text("REDIS_URL=redis://127.0.0.1:1/0\n")

        async def scene(stage: Stage) -> None:
            stage.window.open_folder(str(project))
            await emitted(stage.desk.opened)
            stage.press("Start all")
            await emitted(stage.desk.failed)
            (project / ".env").write_text(f"REDIS_URL={server.url}\n")
            stage.press(AGAIN)
            await emitted(stage.desk.opened)
            await stage.until_shown("Ready", "Ready")
            assert told(stage.window) == []

        play(scene)
