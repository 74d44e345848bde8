"""The command that does the same."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.send.command_card import CommandCard
from desktop.theme.theme import Theme
from desktop.widgets.combo import Combo

WORDS = ("solofleet", "send", ".", "shop.add", "--kwargs", '{"x": "' + "y" * 500 + '"}')


def test_it_is_copied_whole_in_the_shell_that_was_chosen(theme: Theme, qtbot: QtBot) -> None:
    card = CommandCard(theme)
    qtbot.addWidget(card)
    card.show()
    assert not card.copy.isEnabled()
    card.show_command(WORDS, "The copies go out without a pause")
    shell = card.findChild(Combo)
    assert isinstance(shell, Combo)
    for name, begin in (("sh", "solofleet send"), ("PowerShell", "Start-Process")):
        shell.setCurrentText(name)
        qtbot.mouseClick(card.copy, Qt.MouseButton.LeftButton)
        assert QApplication.clipboard().text() == card.text()
        assert card.text().startswith(begin)
        assert "y" * 500 in card.text()
    shown = {label.text() for label in card.findChildren(QLabel) if label.isVisible()}
    assert "The copies go out without a pause" in shown
    assert any(text.endswith("…") for text in shown)
