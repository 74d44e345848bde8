"""An icon beside words."""

from pytestqt.qtbot import QtBot

from desktop.theme.theme import Choice, Theme
from desktop.widgets.icon import Icon


def test_it_follows_the_theme(theme: Theme, qtbot: QtBot) -> None:
    shown = Icon(theme, "play", "ok", size=24)
    qtbot.addWidget(shown)
    dark = shown.pixmap().toImage()
    theme.choose(Choice.LIGHT)
    assert shown.pixmap().toImage() != dark
    assert shown.pixmap().width() == 24
