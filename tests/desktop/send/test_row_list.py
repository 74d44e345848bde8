"""A list with two lines a row, by mouse and keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.send.row_list import Row, RowList, RowModel
from desktop.theme.theme import Theme

ROWS = (
    Row("a", "reports.render", "queue reports", below_right="2.9 s typical", found=(0, 8)),
    Row("b", "Welcome mail", "email.send", right="21:42", code=False, detail_is_code=True),
)


@pytest.fixture
def shown(both_themes: Theme, qtbot: QtBot) -> RowList:
    shown = RowList(both_themes, "Tasks", "bookmark")
    shown.rows.show_rows(ROWS)
    qtbot.addWidget(shown)
    shown.resize(300, 120)
    shown.show()
    return shown


def test_a_click_and_enter_choose(shown: RowList, qtbot: QtBot) -> None:
    told: list[str] = []
    shown.chosen.connect(told.append)
    place = shown.visualRect(shown.rows.index(1, 0)).center()
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    shown.mark("a")
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert told == ["b", "a"]


def test_del_forgets(shown: RowList, qtbot: QtBot) -> None:
    shown.mark("b")
    with qtbot.waitSignal(shown.forgotten) as told:
        qtbot.keyClick(shown, Qt.Key.Key_Delete)
    assert told.args == ["b"]


def test_steps_go_round_the_ends(shown: RowList) -> None:
    shown.mark(None)
    for by, key in ((1, "a"), (1, "b"), (1, "a"), (-1, "b")):
        shown.step(by)
        assert shown.current() == key
    shown.mark("no such row")
    assert shown.current() is None


def test_the_model_keeps_its_rows_where_only_words_change(qtbot: QtBot) -> None:
    model = RowModel()
    _tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    resets: list[str] = []
    model.modelReset.connect(lambda: resets.append("reset"))
    model.show_rows(ROWS)
    model.show_rows([Row("a", "reports.render", "queue other"), ROWS[1]])
    model.show_rows(ROWS[:1])
    assert resets == ["reset", "reset"]
    words = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert words == "reports.render, queue reports, 2.9 s typical"


def test_letters_that_were_found_have_another_colour(shown: RowList, both_themes: Theme) -> None:
    image = shown.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(34, 200) for y in range(4, 24)}
    assert both_themes.tokens.acc in colours
