"""Something odd in a file of settings."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.settings.warning_card import WarningCard
from desktop.theme.theme import Theme


@pytest.mark.parametrize(
    ("warning", "text"),
    [
        ("/a b/user.toml: unknown setting x; did you mean y?", "user.toml: unknown setting x"),
        ("C:\\a\\user.toml is not used: it belongs to D:\\b", "is not used"),
    ],
)
def test_a_file_is_named_shortly_and_can_be_opened(
    both_themes: Theme, qtbot: QtBot, warning: str, text: str
) -> None:
    card = WarningCard(both_themes, warning)
    qtbot.addWidget(card)
    assert any(text in each.text() for each in card.findChildren(QLabel))
    (button,) = card.findChildren(QPushButton)
    with qtbot.waitSignal(card.file_asked) as asked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert warning.startswith(asked.args[0])
    assert asked.args[0].endswith(".toml")


def test_a_warning_about_a_variable_has_no_file(theme: Theme, qtbot: QtBot) -> None:
    card = WarningCard(theme, "unknown variable SOLOFLEET_X; known are a, b.")
    qtbot.addWidget(card)
    assert card.findChildren(QPushButton) == []
