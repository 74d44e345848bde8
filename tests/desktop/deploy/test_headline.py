"""A title and its link."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.deploy.headline import Headline
from desktop.theme.theme import Theme


@pytest.mark.parametrize(("width", "beside"), [(600, True), (300, False), (180, False)])
def test_the_link_is_beside_the_title_or_below_it_and_never_outside(
    theme: Theme, qtbot: QtBot, width: int, beside: bool
) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    column = QVBoxLayout(around)
    head = Headline(theme, "pywin32 is for Windows, and is asked for", "requirements.txt:4")
    column.addWidget(head)
    column.addStretch(1)
    around.resize(width, 200)
    around.show()
    assert (head.link.y() == 0) is beside
    assert head.rect().contains(head.link.geometry())
    assert head.rect().contains(head.title.geometry())


def test_without_a_place_there_is_no_link(theme: Theme, qtbot: QtBot) -> None:
    head = Headline(theme, "no version of Python is said")
    qtbot.addWidget(head)
    head.show()
    assert not head.link.isVisible()
