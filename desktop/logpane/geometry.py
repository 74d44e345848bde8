"""Where things stand in a row: in pixels, for one font and one set of columns."""

import math
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QFont, QFontMetricsF

from desktop.logpane.cells import cells, column_at
from desktop.logpane.times import TimeFormat
from desktop.theme import tokens as sizes
from desktop.theme.style import MONO_PX, mono_font, ui_font

LEFT: Final = 12
MERGED_LEFT: Final = 15
RIGHT: Final = 18
PAD: Final = 6
"""Above the first row and below the last one."""


class Metrics:
    """The fonts of a pane and the grid that they make."""

    def __init__(self, size_px: int = MONO_PX, merged: bool = False) -> None:
        self.size_px = size_px
        self.font = mono_font(size_px)
        self.bold = QFont(self.font)
        self.bold.setWeight(QFont.Weight.Bold)
        self.words = ui_font()
        self.words.setPixelSize(max(8, size_px - 1))
        self.words.setWeight(QFont.Weight.DemiBold)
        measured = QFontMetricsF(self.font)
        self.advance = measured.horizontalAdvance("0" * 64) / 64
        row = sizes.MERGED_ROW if merged else sizes.LOG_ROW
        self.row = max(math.ceil(measured.height()) + 1, round(row * size_px / MONO_PX))
        self.baseline = round((self.row - measured.height()) / 2 + measured.ascent())


@dataclass(frozen=True, slots=True)
class Frame:
    """The columns of a pane of some width; `name_x` is None where there is one worker."""

    advance: float
    time_x: float
    name_x: float | None
    level_x: float
    message_x: float
    columns: int
    """How many characters of a message have room."""

    @classmethod
    def of(cls, metrics: Metrics, time: TimeFormat, names: tuple[str, ...], width: int) -> "Frame":
        """The columns for this format of time and, in several logs at once, these names."""
        gap = 1.75 if names else 1.0
        x: float = MERGED_LEFT if names else LEFT
        time_x, name_x = x, None
        if time.width:
            x += (time.width + gap) * metrics.advance
        if names:
            name_x = x
            x += (max(map(cells, names)) + gap) * metrics.advance
        message_x = x + (1 + gap) * metrics.advance
        columns = max(8, int((width - RIGHT - message_x) / metrics.advance))
        return cls(metrics.advance, time_x, name_x, x, message_x, columns)

    def x(self, text: str, column: int, start: int = 0) -> float:
        """Where a column of a text stands whose column `start` is the first one in the row."""
        return self.message_x + cells(text[start:column]) * self.advance

    def column(self, text: str, x: float, start: int, end: int) -> int:
        """The column of a text that is nearest."""
        return start + column_at(text[start:end], (x - self.message_x) / self.advance)
