"""Where one is."""

from pytestqt.qtbot import QtBot

from desktop.theme.theme import Theme
from desktop.widgets.badge import Badge


def test_a_badge_says_its_words_in_its_tone(both_themes: Theme, qtbot: QtBot) -> None:
    badge = Badge(both_themes)
    qtbot.addWidget(badge)
    badge.tell("warning", "SHARED BROKER", tone="warn")
    badge.show()
    assert badge.accessibleName() == "SHARED BROKER"
    shown = badge.grab().toImage()
    colours = {shown.pixelColor(x, 12).name() for x in range(shown.width())}
    assert both_themes.tokens.warn in colours


def test_a_detail_is_shown_only_where_there_is_one(theme: Theme, qtbot: QtBot) -> None:
    badge = Badge(theme)
    qtbot.addWidget(badge)
    badge.tell("broker", "Built-in broker", "0.4 ms")
    wide = badge.sizeHint().width()
    badge.tell("broker", "Built-in broker")
    assert badge.sizeHint().width() < wide
