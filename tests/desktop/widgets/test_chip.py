"""Chips that are pressed in and out."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from desktop.theme import tokens as sizes
from desktop.theme.theme import Theme
from desktop.theme.tokens import over
from desktop.widgets.chip import Chip


def ground(chip: Chip) -> str:
    return QColor(chip.grab().toImage().pixelColor(5, chip.height() // 2)).name()


def test_a_chip_has_a_tint_while_it_is_on(both_themes: Theme, qtbot: QtBot) -> None:
    chip = Chip(both_themes, "Error", "err")
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    tokens = both_themes.tokens
    assert ground(chip) == over(tokens.err, tokens.panel, sizes.CHIP_TINT)
    on = ground(chip)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert not chip.isChecked()
    assert ground(chip) != on


def test_a_chip_is_pressed_by_the_space_bar_too(theme: Theme, qtbot: QtBot) -> None:
    chip = Chip(theme, "Info")
    qtbot.addWidget(chip)
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert not chip.isChecked()


def test_its_count_is_part_of_its_name_and_has_room(theme: Theme, qtbot: QtBot) -> None:
    chip = Chip(theme, "Info", compact=True)
    qtbot.addWidget(chip)
    narrow = chip.sizeHint().width()
    chip.show_count("3 918")
    assert chip.accessibleName() == "Info, 3 918"
    assert chip.sizeHint().width() > narrow
    assert chip.sizeHint().height() == 24
    chip.resize(chip.sizeHint())
    assert not chip.grab().isNull()
