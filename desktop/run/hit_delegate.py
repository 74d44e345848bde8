"""Paints a hit: whose it is, when it was printed, and the line with what was found in it."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.logs.level import Level
from desktop.logpane.cells import cells
from desktop.logpane.inks import paint_text
from desktop.logpane.painting import letter_of, level_colour
from desktop.run.hit_rows import ROW_ROLE, HitRow, Index
from desktop.theme import tokens as sizes
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.theme.tokens import Tokens, over
from desktop.widgets.option import box_of, state_of
from desktop.widgets.tile import paint_plain_tile, paint_tile

HEIGHT: Final = 24
NAME: Final = 34
TIME: Final = 120
NARROW: Final = 560
"""Lists under this width leave the name to the tile."""
_BEFORE: Final = 24
"""Columns before the first hit that are seen, where a line is too long."""


class HitDelegate(QStyledItemDelegate):
    """For a list of `HitRows`."""

    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All of one height."""
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one hit."""
        tokens = self._theme.tokens
        row: HitRow = index.data(ROW_ROLE)
        box = box_of(option)
        state = state_of(option)
        painter.save()
        painter.setClipRect(box)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(tokens.hover))
            painter.fillRect(QRectF(box.left(), box.top(), 2, box.height()), QColor(tokens.acc))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(tokens.raised))
        left = self._paint_who(painter, box, row, tokens)
        font = mono_font()
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        base = box.center().y() + (metrics.ascent() - metrics.descent()) / 2
        advance = metrics.horizontalAdvance("0" * 64) / 64
        painter.setPen(QColor(tokens.dim))
        if row.at is not None:
            at = f"{row.at:%H:%M:%S}.{row.at.microsecond // 1000:03}"
            painter.drawText(QPointF(left, base), at)
        left += 13 * advance
        painter.setPen(QColor(level_colour(row.level, tokens)))
        painter.drawText(QPointF(left, base), letter_of(row.level))
        left += 2 * advance
        self._paint_line(painter, QPointF(left, base), box, row, advance, tokens)
        painter.restore()

    def _paint_who(self, painter: QPainter, box: QRectF, row: HitRow, tokens: Tokens) -> float:
        """Where the time begins."""
        tile = QRectF(box.left() + 10, box.top() + 3, sizes.TILE, sizes.TILE)
        if row.number:
            paint_tile(painter, tile, row.number, tokens)
        else:
            paint_plain_tile(painter, tile, row.letter, tokens)
        if box.width() < NARROW:
            return box.left() + NAME
        font = QFont(self._list.font())
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text2))
        wide = TIME - NAME - 8
        name = QFontMetricsF(font).elidedText(row.name, Qt.TextElideMode.ElideRight, wide)
        where = QRectF(box.left() + NAME, box.top(), wide, box.height())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, name)
        return box.left() + TIME

    def _paint_line(
        self,
        painter: QPainter,
        where: QPointF,
        box: QRectF,
        row: HitRow,
        advance: float,
        tokens: Tokens,
    ) -> None:
        room = max(1, int((box.right() - 8 - where.x()) / advance))
        first = row.spans[0] if row.spans else (0, 0)
        start = max(0, first[0] - _BEFORE) if first[1] > room else 0
        text = row.text[start : start + room]
        if start:
            text = "…" + text[1:]
        ink = tokens.text2 if row.level < Level.WARNING else level_colour(row.level, tokens)
        painter.setPen(QColor(ink))
        paint_text(painter, text, where.x(), where.y(), advance)
        for begin, end in row.spans:
            hit = text[max(0, begin - start) : max(0, end - start)]
            if not hit:
                continue
            x = where.x() + cells(text[: begin - start]) * advance
            ground = QRectF(x - 1, box.top() + 3, cells(hit) * advance + 2, box.height() - 6)
            painter.fillRect(ground, QColor(over(tokens.acc, tokens.panel, sizes.HIT_TINT)))
            painter.setPen(QColor(tokens.acc))
            paint_text(painter, hit, x, where.y(), advance)
