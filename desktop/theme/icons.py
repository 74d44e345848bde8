"""SVG icons, drawn in the colour and at the size in which they are needed.

The files are on a grid of 20, stroked or filled in `currentColor`. They are drawn for each device
pixel ratio, so nothing is scaled from pixels.
"""

from functools import cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

FOLDER: Final = Path(__file__).resolve().parents[1] / "icons"
SCALES: Final = (1.0, 1.25, 1.5, 2.0, 3.0)
SIZE: Final = 16


@cache
def source(name: str) -> str:
    """The text of the file. Raises FileNotFoundError for a name that is none."""
    return (FOLDER / f"{name}.svg").read_text("utf-8")


@cache
def icon(
    name: str, colour: str, disabled: str | None = None, size: int = SIZE, gap: int = 0
) -> QIcon:
    """An icon in this colour, and in another one where it is disabled.

    `gap` are pixels left free at its right, for what stands beside it.
    """
    made = QIcon()
    for scale in SCALES:
        made.addPixmap(pixmap(name, colour, size, scale, gap))
        if disabled is not None:
            made.addPixmap(pixmap(name, disabled, size, scale, gap), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, colour: str, size: int = SIZE, scale: float = 1.0, gap: int = 0) -> QPixmap:
    """`size` and `gap` in device-independent pixels; `scale` is the device pixel ratio."""
    side = round(size * scale)
    drawn = QPixmap(QSize(side + round(gap * scale), side))
    drawn.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(source(name).replace("currentColor", colour).encode()))
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    drawn.setDevicePixelRatio(scale)
    return drawn
