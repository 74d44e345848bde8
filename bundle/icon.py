"""Makes the icon of the program: `python bundle/icon.py OUTPUT.ico`, from the logo of the window.

An .ico is a directory of pictures (learn.microsoft.com, "ICO"), each a PNG here, which Windows
reads since Vista. Each size is drawn for itself, so the small ones stay sharp.
"""

import struct
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

LOGO: Final = Path(__file__).resolve().parents[1] / "desktop" / "icons" / "logo.svg"
SIZES: Final = (16, 20, 24, 32, 40, 48, 64, 128, 256)
_HEADER: Final = struct.Struct("<HHH")
_ENTRY: Final = struct.Struct("<BBBBHHII")
_ICON: Final = 1


def drawn(svg: bytes, side: int) -> bytes:
    """The logo as a PNG of `side` pixels."""
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(image.rect()))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType]
    return bytes(buffer.data().data())


def packed(pictures: dict[int, bytes]) -> bytes:
    """One file of PNGs by their side in pixels; 256 is written as 0."""
    at = _HEADER.size + _ENTRY.size * len(pictures)
    entries = b""
    for side, png in pictures.items():
        entries += _ENTRY.pack(side % 256, side % 256, 0, 0, 1, 32, len(png), at)
        at += len(png)
    return _HEADER.pack(0, _ICON, len(pictures)) + entries + b"".join(pictures.values())


def write(output: Path) -> None:
    """Write the icon of the window's logo."""
    svg = LOGO.read_bytes()
    output.write_bytes(packed({side: drawn(svg, side) for side in SIZES}))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
