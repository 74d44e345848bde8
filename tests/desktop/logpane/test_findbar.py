"""The bar for finding."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from desktop.logpane.document import Document
from desktop.logpane.find import Find, Query
from desktop.logpane.findbar import FindBar
from desktop.logpane.source import StoreSource
from desktop.theme.theme import Theme
from tests.support.logs import numbered, store_of

LEFT = Qt.MouseButton.LeftButton


def bar_of(theme: Theme, qtbot: QtBot, width: int = 900) -> FindBar:
    bar = FindBar(theme)
    qtbot.addWidget(bar)
    bar.resize(width, 42)
    bar.show()
    return bar


def button(bar: FindBar, name: str) -> QToolButton:
    return next(each for each in bar.findChildren(QToolButton) if each.accessibleName() == name)


def test_what_is_typed_and_switched_is_asked_for(theme: Theme, qtbot: QtBot) -> None:
    bar = bar_of(theme, qtbot)
    told: list[Query] = []
    bar.query_changed.connect(told.append)
    qtbot.keyClicks(bar.field, "ab")
    for name in ("Match case", "Whole words", "Regular expression"):
        qtbot.mouseClick(button(bar, name), LEFT)
    assert told[1] == Query("ab")
    assert told[-1] == bar.query == Query("ab", regex=True, case=True, word=True)


def test_enter_and_buttons_step_and_esc_closes(theme: Theme, qtbot: QtBot) -> None:
    bar = bar_of(theme, qtbot)
    steps: list[bool] = []
    bar.step_asked.connect(steps.append)
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    qtbot.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.mouseClick(button(bar, "Next hit"), LEFT)
    qtbot.mouseClick(button(bar, "Previous hit"), LEFT)
    assert steps == [False, True, False, True]
    with qtbot.waitSignal(bar.closed):
        qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    with qtbot.waitSignal(bar.closed):
        qtbot.mouseClick(button(bar, "Close"), LEFT)


def test_the_account_and_a_wrong_expression_are_shown(theme: Theme, qtbot: QtBot) -> None:
    bar = bar_of(theme, qtbot)
    find = Find(Document(StoreSource(store_of(numbered(0, 1200)))))
    find.look_for(Query("line 7"))
    find.go_on()
    bar.show_found(find)
    texts = [each.text() for each in bar.findChildren(QLabel)]
    assert "111" in texts
    assert "searched 1\u202f200 lines" in texts
    find.look_for(Query("(", regex=True))
    bar.show_found(find)
    assert bar.field.property("wrong") is True


def test_what_is_wished_for_is_typed_in_and_selected(theme: Theme, qtbot: QtBot) -> None:
    bar = bar_of(theme, qtbot)
    bar.open("cart")
    assert (bar.field.text(), bar.field.selectedText()) == ("cart", "cart")
    bar.open()
    assert bar.field.text() == "cart"


def test_only_matches_is_asked_for_and_left_out_of_narrow_bars(theme: Theme, qtbot: QtBot) -> None:
    bar = bar_of(theme, qtbot)
    with qtbot.waitSignal(bar.only_asked) as told:
        qtbot.mouseClick(button(bar, "Show only lines with hits"), LEFT)
    assert told.args == [True]
    assert bar.only_matches
    bar.resize(440, 42)
    assert not button(bar, "Show only lines with hits").isVisible()
    assert bar.minimumSizeHint().width() <= 440
