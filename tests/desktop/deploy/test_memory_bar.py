"""The bar of memory."""

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from core.render.sizing.concurrency import Footprint
from desktop.deploy.memory_bar import MOST, MemoryBar
from desktop.theme.theme import Theme

NEEDS = Footprint(100, 20, 80, "test")


def test_its_pieces_are_what_each_takes(theme: Theme, qtbot: QtBot) -> None:
    bar = MemoryBar(theme)
    qtbot.addWidget(bar)
    bar.show_needs(NEEDS, 2, 600)
    assert bar.pieces() == pytest.approx([1 / 6, 1 / 6, 1 / 6])
    assert bar.accessibleName() == "Memory: 50% of the plan"
    bar.show_needs(NEEDS, 100, 600)
    assert len(bar.pieces()) == MOST + 1
    assert sum(bar.pieces()) == pytest.approx(1)


def test_a_line_shows_where_the_plan_ends(both_themes: Theme, qtbot: QtBot) -> None:
    bar = MemoryBar(both_themes)
    qtbot.addWidget(bar)
    bar.resize(200, 16)
    bar.show_needs(NEEDS, 3, 200)
    image = bar.grab().toImage()
    assert image.pixelColor(100, 0) == QColor(both_themes.tokens.err)
