"""The question, by mouse and keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.workers.phase import Phase
from desktop.leaving.choice import AtClose
from desktop.leaving.question import MOST, LeaveQuestion
from desktop.leaving.standing import Line
from desktop.theme.looks import WORKER
from desktop.theme.theme import Theme
from desktop.widgets.toggle import Toggle

BUSY = [Line(n, f"worker{n}", WORKER[Phase.BUSY], f"images.thumbnail, {n} s") for n in range(1, 9)]


class Asked:
    """The question over a window, and the answers to it."""

    def __init__(self, theme: Theme, qtbot: QtBot, busy: int, *, can_keep: bool) -> None:
        self.qtbot = qtbot
        self.answers: list[tuple[AtClose, bool]] = []
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(800, 600)
        self.window.show()
        self.box = LeaveQuestion(
            theme, "storefront", "8 workers run", BUSY[:busy], self.window, can_keep=can_keep
        )
        self.box.answered.connect(lambda *answer: self.answers.append(answer))
        self.box.open()

    def labels(self) -> list[str]:
        return [each.text() for each in self.box.findChildren(QLabel)]

    def buttons(self) -> list[str]:
        return [each.text() for each in self.box.findChildren(QPushButton)]

    def press(self, text: str) -> None:
        button = next(each for each in self.box.findChildren(QPushButton) if each.text() == text)
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def asked(both_themes: Theme, qtbot: QtBot) -> Asked:
    return Asked(both_themes, qtbot, 2, can_keep=True)


def test_it_says_who_is_busy_with_what(asked: Asked) -> None:
    assert "8 workers run" in asked.labels()
    assert "worker2" in asked.labels()
    assert "images.thumbnail, 2 s" in asked.labels()
    assert any("finish first" in text for text in asked.labels())


def test_many_that_are_busy_are_counted(both_themes: Theme, qtbot: QtBot) -> None:
    asked = Asked(both_themes, qtbot, 8, can_keep=True)
    assert f"and {8 - MOST} more" in asked.labels()


@pytest.mark.parametrize(
    ("button", "choice"), [("Keep in tray", AtClose.KEEP), ("Stop all and quit", AtClose.STOP)]
)
def test_a_button_answers(asked: Asked, button: str, choice: AtClose) -> None:
    asked.press(button)
    assert asked.answers == [(choice, False)]


def test_an_answer_may_hold_from_now_on(asked: Asked) -> None:
    (toggle,) = asked.box.findChildren(Toggle)
    asked.qtbot.mouseClick(toggle, Qt.MouseButton.LeftButton, pos=toggle.rect().center())
    asked.press("Keep in tray")
    assert asked.answers == [(AtClose.KEEP, True)]


def test_enter_stops_all(asked: Asked) -> None:
    asked.qtbot.keyClick(asked.box, Qt.Key.Key_Return)
    assert asked.answers == [(AtClose.STOP, False)]


def test_esc_and_cancel_answer_nothing(asked: Asked) -> None:
    asked.qtbot.keyClick(asked.box, Qt.Key.Key_Escape)
    assert asked.answers == []
    assert not asked.box.isVisible()


def test_without_a_tray_nothing_is_kept_there(both_themes: Theme, qtbot: QtBot) -> None:
    asked = Asked(both_themes, qtbot, 0, can_keep=False)
    assert asked.buttons() == ["Cancel", "Stop all and quit"]
    assert not any("tray" in text for text in asked.labels())
