"""What is told of a failure."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.send.result_detail import MOST_LINES, ResultDetail
from desktop.send.traceback_text import Words
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton, TextButton


def test_buttons_tell_which_task_and_the_traceback_is_copied(theme: Theme, qtbot: QtBot) -> None:
    fitted: list[int] = []
    detail = ResultDetail(theme, "a", "ValueError: x", "First try.", lambda: fitted.append(1))
    qtbot.addWidget(detail)
    detail.show()
    for label, signal in (("Rerun with edits", detail.rerun), ("Follow in logs", detail.follow)):
        button = next(each for each in detail.findChildren(TextButton) if each.text() == label)
        with qtbot.waitSignal(signal) as told:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert told.args == ["a"]
    detail.show_traceback("Traceback: all", (Words("Traceback: all"),))
    copy = detail.findChild(IconButton)
    assert isinstance(copy, IconButton)
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "Traceback: all"
    assert len(fitted) == 2


def test_a_long_traceback_scrolls_and_long_words_make_it_higher(theme: Theme, qtbot: QtBot) -> None:
    detail = ResultDetail(theme, "a", "Error: " + "long " * 30, "First try.", lambda: None)
    qtbot.addWidget(detail)
    short = detail.heightForWidth(400)
    detail.show_traceback("", tuple(Words(str(n)) for n in range(100)))
    assert short < detail.heightForWidth(400) < short + 25 * MOST_LINES
    assert detail.heightForWidth(300) > detail.heightForWidth(800)
    assert detail.hasHeightForWidth()
