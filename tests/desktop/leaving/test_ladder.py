"""Who is still finishing what."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.workers.messages import Rung
from core.workers.phase import Phase
from desktop.leaving.ladder import Ladder
from desktop.leaving.standing import Line
from desktop.theme.looks import WORKER
from desktop.theme.theme import Theme

STOPPING = WORKER[Phase.STOPPING]


@pytest.fixture
def ladder(both_themes: Theme, qtbot: QtBot) -> Ladder:
    ladder = Ladder(both_themes)
    qtbot.addWidget(ladder)
    ladder.show()
    return ladder


def words(ladder: Ladder) -> list[str]:
    return [each.text() for each in ladder.findChildren(QLabel) if each.isVisible()]


def test_each_that_is_left_is_named_with_what_it_finishes(ladder: Ladder, qtbot: QtBot) -> None:
    first = Line(1, "worker1", STOPPING, "finishing reports.render, 12 s; force in 18 s")
    second = Line(3, "worker3", STOPPING, "finishing images.thumbnail, 2 s; force in 28 s")
    ladder.show_lines((first, second))
    assert {"worker1", first.detail, "worker3", second.detail} <= set(words(ladder))
    later = Line(3, "worker3", STOPPING, "finishing images.thumbnail, 3 s; force in 27 s")
    ladder.show_lines((later,))
    qtbot.waitUntil(lambda: "worker1" not in words(ladder))
    assert later.detail in words(ladder)


@pytest.mark.parametrize(("rung", "label"), [(Rung.WARM, "Force now"), (Rung.COLD, "Kill now")])
def test_its_button_says_what_comes_next(
    ladder: Ladder, qtbot: QtBot, rung: Rung, label: str
) -> None:
    ladder.show_rung(rung)
    button = ladder.findChild(QPushButton)
    assert button is not None
    assert button.text() == label
    with qtbot.waitSignal(ladder.hurry):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_below_the_last_rung_there_is_nothing_to_press(ladder: Ladder) -> None:
    ladder.show_rung(Rung.KILL)
    assert not any(button.isVisible() for button in ladder.findChildren(QPushButton))


def test_when_all_are_gone_it_says_so(ladder: Ladder) -> None:
    ladder.show_lines(())
    assert any("gone" in text for text in words(ladder))
    assert not any(button.isVisible() for button in ladder.findChildren(QPushButton))


def test_many_are_counted_so_that_the_page_below_has_room(ladder: Ladder) -> None:
    lines = [Line(n, f"worker{n}", STOPPING, "finishing slow, 2 s") for n in range(1, 9)]
    ladder.show_lines(lines)
    assert {"worker1", "worker3", "and 5 more"} <= set(words(ladder))
    assert ladder.sizeHint().height() < 180
    ladder.show_lines(lines[:4])
    assert "and 1 more" in words(ladder)
