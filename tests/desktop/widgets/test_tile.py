"""Who a worker is."""

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from desktop.theme.theme import Theme
from desktop.widgets.tile import Tile


def test_a_tile_has_the_worker_s_colour_and_name(both_themes: Theme, qtbot: QtBot) -> None:
    tile = Tile(both_themes, 3)
    qtbot.addWidget(tile)
    tile.resize(tile.sizeHint())
    assert tile.accessibleName() == "worker 3"
    assert QColor(tile.grab().toImage().pixelColor(9, 1)).name() == both_themes.tokens.worker(3)


def test_what_has_no_number_has_a_letter(both_themes: Theme, qtbot: QtBot) -> None:
    tile = Tile(both_themes, 5, "W")
    qtbot.addWidget(tile)
    tile.resize(tile.sizeHint())
    assert tile.accessibleName() == "command W"
    assert tile.grab().toImage().pixelColor(9, 2).name() == both_themes.tokens.raised
