"""How a notice is laid out."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from desktop.notices.delegate import LINE, LINES, NoticeDelegate, wrapped
from desktop.notices.notice import Notice
from desktop.notices.notices import NOTICE_ROLE, Notices
from desktop.theme.style import ui_font
from desktop.theme.theme import Theme
from desktop.widgets.row_view import RowView

LONG = "access violation in native code, in Pillow, while it read an image. " * 8


def test_a_short_text_is_one_line(theme: Theme) -> None:
    assert wrapped("killed from outside", ui_font(), 300) == ["killed from outside"]


def test_a_long_text_is_cut_after_its_last_line(theme: Theme) -> None:
    lines = wrapped(LONG, ui_font(), 300)
    assert len(lines) == LINES
    assert lines[-1].endswith("…")
    metrics = QFontMetricsF(ui_font())
    assert all(metrics.horizontalAdvance(line) <= 301 for line in lines)


def test_what_fits_its_lines_is_not_cut(theme: Theme) -> None:
    text = "one two three four five six seven eight nine ten eleven twelve thirteen"
    lines = wrapped(text, ui_font(), 200)
    assert 1 < len(lines) <= LINES
    assert " ".join(lines) == text


@pytest.mark.parametrize(("text", "lines"), [("short", 1), (LONG, LINES)])
def test_a_row_is_as_high_as_its_text(
    both_themes: Theme, qtbot: QtBot, said: Callable[..., Notice], text: str, lines: int
) -> None:
    notices = Notices()
    notices.take(said(text, "worker1@box"))
    view = RowView(both_themes, "Notifications", notices, NOTICE_ROLE)
    view.setItemDelegate(NoticeDelegate(both_themes, view))
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    assert view.visualRect(notices.index(0)).height() == 40 + lines * LINE
    view.grab()
