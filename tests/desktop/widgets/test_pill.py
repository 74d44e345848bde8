"""A state as a pill."""

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from core.workers.phase import Phase
from desktop.theme.looks import FOREIGN, WORKER
from desktop.theme.theme import Theme
from desktop.theme.tokens import PILL_TINT, over
from desktop.widgets.pill import Pill


def test_a_pill_says_its_state_and_shows_it_in_its_colour(both_themes: Theme, qtbot: QtBot) -> None:
    pill = Pill(both_themes, WORKER[Phase.READY])
    qtbot.addWidget(pill)
    assert pill.accessibleName() == "Ready"
    pill.resize(pill.sizeHint())
    middle = pill.grab().toImage().pixelColor(5, 10)
    tokens = both_themes.tokens
    assert QColor(middle).name() == over(tokens.ok, tokens.panel, PILL_TINT)


def test_a_pill_is_as_wide_as_its_word(theme: Theme, qtbot: QtBot) -> None:
    pill = Pill(theme, WORKER[Phase.BUSY])
    qtbot.addWidget(pill)
    narrow = pill.sizeHint().width()
    pill.show_look(WORKER[Phase.BROKER_LOST])
    assert pill.sizeHint().width() > narrow
    assert (pill.look.label, pill.accessibleName()) == ("Broker lost", "Broker lost")


def test_what_is_not_ours_has_an_outline_and_no_ground(theme: Theme, qtbot: QtBot) -> None:
    pill = Pill(theme, FOREIGN)
    qtbot.addWidget(pill)
    pill.resize(pill.sizeHint())
    tokens = theme.tokens
    inside = QColor(pill.grab().toImage().pixelColor(pill.width() // 2, 3)).name()
    assert inside != over(tokens.grey, tokens.panel, PILL_TINT)
