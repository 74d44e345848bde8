"""The smallest steps of painting."""

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from desktop.logpane.inks import ink, outline, paint_icon, paint_text, pen
from desktop.theme.style import mono_font

GROUND = "#000000"


def painted(draw: Callable[[QPainter], object]) -> QImage:
    image = QImage(60, 30, QImage.Format.Format_RGB32)
    image.fill(QColor(GROUND))
    painter = QPainter(image)
    painter.setFont(mono_font())
    painter.setPen(pen("#ff0000"))
    draw(painter)
    painter.end()
    return image


def columns(image: QImage) -> list[int]:
    """Which columns of pixels have something in them."""
    return [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y) != QColor(GROUND) for y in range(image.height()))
    ]


def test_text_stands_on_the_grid_wide_characters_included(qtbot: QtBot) -> None:
    assert min(columns(painted(lambda p: paint_text(p, "x", 20, 20, 7)))) in range(20, 27)
    wide = columns(painted(lambda p: paint_text(p, "日x", 0, 20, 7)))
    assert any(x in range(14, 21) for x in wide)


def test_an_icon_is_painted_around_its_point(qtbot: QtBot) -> None:
    found = columns(painted(lambda p: paint_icon(p, "warning", "#ff0000", 30, 15)))
    assert found
    assert abs((found[0] + found[-1]) / 2 - 29.5) <= 1


def test_a_box_is_filled_or_not(qtbot: QtBot) -> None:
    box = QRectF(10, 5, 20, 20)
    empty = painted(lambda p: outline(p, box, "#00ff00"))
    full = painted(lambda p: outline(p, box, "#00ff00", "#0000ff"))
    assert empty.pixelColor(20, 15) == QColor(GROUND)
    assert full.pixelColor(20, 15) == QColor("#0000ff")


def test_colours_and_pens_are_made_once(qtbot: QtBot) -> None:
    assert ink("#123456") is ink("#123456")
    assert pen("#123456") is pen("#123456")
