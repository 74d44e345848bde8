"""The palette, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.commands.command import Command
from desktop.commands.fuzzy import search
from desktop.commands.palette import NONE, MatchModel, Palette
from desktop.theme.theme import Theme


class Desk:
    """What was done."""

    def __init__(self, theme: Theme, qtbot: QtBot) -> None:
        self.done: list[str] = []
        self.asleep = True
        self.window = QWidget()
        self.window.resize(1024, 640)
        qtbot.addWidget(self.window)
        self.palette = Palette(theme, self.commands, self.window)
        self.window.show()
        self.palette.open()
        field = self.palette.findChild(QLineEdit)
        assert field is not None
        self.field = field

    def commands(self) -> list[Command]:
        names = ("Start all workers", "Stop all workers", "Send test task")
        all_ = [Command(name, lambda name=name: self.done.append(name)) for name in names]
        wake = Command("Wake", lambda: self.done.append("Wake"), possible=lambda: not self.asleep)
        return [*all_, wake]


@pytest.fixture
def desk(both_themes: Theme, qtbot: QtBot) -> Desk:
    return Desk(both_themes, qtbot)


def test_a_few_letters_and_enter_do_it(desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClicks(desk.field, "stopw")
    qtbot.keyClick(desk.field, Qt.Key.Key_Return)
    assert desk.done == ["Stop all workers"]
    assert not desk.palette.isVisible()


def test_arrows_choose_and_go_round(desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClick(desk.field, Qt.Key.Key_Up)
    qtbot.keyClick(desk.field, Qt.Key.Key_Return)
    assert desk.done == ["Send test task"]


def test_esc_does_nothing(desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClick(desk.field, Qt.Key.Key_Escape)
    assert (desk.done, desk.palette.isVisible()) == ([], False)


def test_what_is_not_possible_now_is_not_shown(desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClicks(desk.field, "wake")
    qtbot.keyClick(desk.field, Qt.Key.Key_Return)
    assert desk.done == []
    desk.asleep = False
    desk.palette.open()
    assert [c.label for c in desk.palette._commands][-1] == "Wake"


def test_the_model_is_a_proper_one(qtbot: QtBot) -> None:
    model = MatchModel()
    _tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    commands = [Command("Stop", lambda: None), Command("Start", lambda: None)]
    model.show_matches(search("s", commands, lambda command: command.label))
    assert model.rowCount() == 2
    model.show_matches(())
    assert model.rowCount() == 0


def test_letters_that_nothing_has_are_told_so(desk: Desk, qtbot: QtBot) -> None:
    high = desk.palette.height()
    qtbot.keyClicks(desk.field, "zzz")
    (none,) = (each for each in desk.palette.findChildren(QLabel) if each.isVisible())
    assert none.text() == NONE
    assert desk.palette.height() < high
    qtbot.keyClick(desk.field, Qt.Key.Key_Return)
    assert desk.done == []
    desk.field.clear()
    assert not none.isVisible()
    assert desk.palette.height() == high


def test_what_is_no_longer_possible_is_not_done(desk: Desk, qtbot: QtBot) -> None:
    desk.asleep = False
    desk.palette.open()
    qtbot.keyClicks(desk.field, "wake")
    desk.asleep = True
    qtbot.keyClick(desk.field, Qt.Key.Key_Return)
    assert desk.done == []
    assert not desk.palette.isVisible()
