"""A traceback with links."""

from pathlib import PurePosixPath

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.send.traceback_text import Folded, Frame, Source, Words
from desktop.send.traceback_view import TracebackView
from desktop.theme.theme import Choice, Theme

PARTS = (
    Words("Traceback (most recent call last):"),
    Frame(Source("/shop/app/a.py", 7), "render", ("x < y and z",)),
    Folded(6, "httpx"),
    Frame(Source("/shop/app/b.py", 9), "draw"),
    Words("ValueError: <b>no</b>", final=True),
)


def test_it_reads_as_python_writes_it_and_places_are_links(theme: Theme, qtbot: QtBot) -> None:
    view = TracebackView(theme)
    qtbot.addWidget(view)
    view.show_parts(PARTS, PurePosixPath("/shop"))
    view.resize(400, 200)
    view.show()
    assert view.toPlainText().splitlines() == [
        "Traceback (most recent call last):",
        "  app/a.py:7 render",
        "    x < y and z",
        "  … 6 frames in httpx",
        "  app/b.py:9 draw",
        "ValueError: <b>no</b>",
    ]
    assert view.lines() == 6
    theme.choose(Choice.LIGHT)
    place = view.cursorRect(view.document().find("b.py")).center()
    with qtbot.waitSignal(view.place) as told:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [Source("/shop/app/b.py", 9)]
