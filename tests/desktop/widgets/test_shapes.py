"""Every state's shape is another one."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from desktop.theme.looks import Shape
from desktop.widgets.shapes import paint_shape


def painted(shape: Shape) -> bytes:
    image = QImage(20, 20, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_shape(painter, QPointF(10, 10), shape, "#ff0000")
    painter.end()
    return bytes(image.constBits())


def test_no_two_shapes_are_the_same(qtbot: QtBot) -> None:
    assert len({painted(shape) for shape in Shape}) == len(Shape)


def test_a_shape_stays_within_its_place(qtbot: QtBot) -> None:
    for shape in Shape:
        image = QImage.fromData(b"")
        image = QImage(painted(shape), 20, 20, QImage.Format.Format_ARGB32)
        edge = [image.pixelColor(x, y).alpha() for x in range(20) for y in (0, 1, 2, 17, 18, 19)]
        assert max(edge) == 0, shape
