"""A curve of the last minutes."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from desktop.widgets.sparkline import paint_sparkline

GROUND = "#101010"


def painted(values: list[float]) -> QImage:
    image = QImage(60, 20, QImage.Format.Format_RGB32)
    image.fill(QColor(GROUND))
    painter = QPainter(image)
    paint_sparkline(painter, QRectF(0, 0, 60, 20), values, 100, "#ff0000", GROUND)
    painter.end()
    return image


def top_of(image: QImage, column: int) -> int:
    """The first row from above that is not the ground."""
    rows = range(image.height())
    return next((y for y in rows if image.pixelColor(column, y).name() != GROUND), 20)


def test_more_is_higher_and_the_latest_is_at_the_right(qtbot: QtBot) -> None:
    image = painted([0, 20, 40, 60, 80, 100])
    assert top_of(image, 55) < top_of(image, 30) < top_of(image, 5)


def test_too_much_stays_in_its_place(qtbot: QtBot) -> None:
    assert top_of(painted([500, 500, 500]), 30) == top_of(painted([100, 100, 100]), 30)


def test_one_look_is_no_curve(qtbot: QtBot) -> None:
    assert painted([50]) == painted([])
