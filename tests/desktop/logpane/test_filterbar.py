"""The bar for filtering."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from core.logs.level import Level
from desktop.logpane.filter import Filter
from desktop.logpane.filterbar import FilterBar
from desktop.theme.theme import Theme
from desktop.widgets.chip import Chip


def bar_of(theme: Theme, qtbot: QtBot) -> FilterBar:
    bar = FilterBar(theme)
    qtbot.addWidget(bar)
    bar.resize(700, 42)
    bar.show()
    return bar


def chip(bar: FilterBar, word: str) -> Chip:
    return next(each for each in bar.findChildren(Chip) if each.text() == word)


def test_texts_and_levels_are_asked_for(theme: Theme, qtbot: QtBot) -> None:
    bar = bar_of(theme, qtbot)
    told: list[Filter] = []
    bar.filter_changed.connect(told.append)
    qtbot.keyClicks(bar.text, "a")
    (exclude,) = [each for each in bar.findChildren(QLineEdit) if each is not bar.text]
    qtbot.keyClicks(exclude, "b")
    for word in ("Info", "Debug"):
        qtbot.mouseClick(chip(bar, word), Qt.MouseButton.LeftButton)
    high = frozenset({Level.WARNING, Level.ERROR, Level.CRITICAL})
    assert told[-1] == bar.filter == Filter("a", "b", levels=high)


def test_it_says_how_many_it_lets_through(theme: Theme, qtbot: QtBot) -> None:
    bar = bar_of(theme, qtbot)
    bar.show_shown(1234)
    assert "1\u202f234 shown" in [each.text() for each in bar.findChildren(QLabel)]
    bar.show_shown(None)
    assert not any("shown" in each.text() for each in bar.findChildren(QLabel))


def test_a_narrow_bar_keeps_its_fields(theme: Theme, qtbot: QtBot) -> None:
    bar = bar_of(theme, qtbot)
    bar.resize(230, 42)
    seen = [each for each in bar.findChildren(QLineEdit) if each.isVisible()]
    assert len(seen) == 2
    assert all(each.geometry().right() < 230 for each in seen)
    assert not bar.levels.isVisible()


def test_what_is_in_force_is_shown_without_asking_again(theme: Theme, qtbot: QtBot) -> None:
    bar = bar_of(theme, qtbot)
    chosen = Filter("a", regex=True, levels=frozenset({Level.DEBUG}))
    with qtbot.assertNotEmitted(bar.filter_changed):
        bar.show_filter(chosen)
    assert bar.filter == chosen
    with qtbot.waitSignal(bar.filter_changed):
        bar.reset()
    assert bar.filter.shows_all


def test_a_wrong_expression_is_told(theme: Theme, qtbot: QtBot) -> None:
    bar = bar_of(theme, qtbot)
    bar.show_filter(Filter("(", regex=True))
    assert any("unterminated" in each.text() for each in bar.findChildren(QLabel))


def test_esc_closes(theme: Theme, qtbot: QtBot) -> None:
    bar = bar_of(theme, qtbot)
    with qtbot.waitSignal(bar.closed):
        qtbot.keyClick(bar.text, Qt.Key.Key_Escape)
