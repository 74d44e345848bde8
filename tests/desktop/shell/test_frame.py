"""The frame around the pages."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.shell.frame import framed


def test_what_is_between_the_bars_takes_the_room(qtbot: QtBot) -> None:
    rail, top, content, status = (QWidget() for _ in range(4))
    rail.setFixedWidth(72)
    top.setFixedHeight(48)
    status.setFixedHeight(28)
    frame = framed(rail, top, content, status)
    qtbot.addWidget(frame)
    frame.resize(1000, 600)
    frame.show()
    assert content.geometry().getRect() == (72, 48, 928, 524)
    assert rail.height() == 600
    assert status.geometry().bottom() == 599
