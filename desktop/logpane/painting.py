"""Paints the strips of a pane."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from core.logs.level import Level
from desktop.logpane.ansi import readable
from desktop.logpane.cells import cells
from desktop.logpane.find import Find
from desktop.logpane.geometry import LEFT, Frame, Metrics
from desktop.logpane.inks import ink, outline, paint_icon, paint_text, pen
from desktop.logpane.layout import Strip, fitting
from desktop.logpane.links import Link, PlaceLink
from desktop.logpane.row import Kind, Piece, Row
from desktop.logpane.selection import Selection
from desktop.logpane.times import TimeFormat, note_text
from desktop.theme import tokens as sizes
from desktop.theme.tokens import Tokens, over

BAR: Final = 2
STRIPE: Final = 4
SELECTED: Final = 0.30


@dataclass(slots=True)
class Scene:
    """What there is to paint: the strips, from `top` down, and what is marked in them."""

    strips: list[Strip]
    top: float
    frame: Frame
    metrics: Metrics
    tokens: Tokens
    find: Find
    time: TimeFormat = TimeFormat.TIME
    before: datetime | None = None
    scrolled: int = 0
    selection: Selection | None = None
    focused: tuple[int, int, Link] | None = None
    bookmarks: list[int] = field(default_factory=list[int])
    names: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    wrap: bool = False


def level_colour(level: Level, tokens: Tokens) -> str:
    """The colour of a level's letter and bar."""
    if level >= Level.ERROR:
        return tokens.err
    if level is Level.WARNING:
        return tokens.warn
    return tokens.dim if level is Level.DEBUG else tokens.text2


def paint(painter: QPainter, scene: Scene, width: float) -> None:
    """Paint the scene on a ground that is filled already."""
    previous = scene.before
    y = scene.top
    painter.setFont(scene.metrics.font)
    for strip in scene.strips:
        row = strip.row
        if row.kind is Kind.LINE:
            _paint_line(painter, scene, strip, y, width, previous)
        else:
            _paint_said(painter, scene, strip, y, width)
        if row.at and strip.end == len(row.text):
            previous = row.at
        y += scene.metrics.row


def letter_of(level: Level) -> str:
    """The letter of a level; none for lines that tell no level."""
    return level.name[0] if level else ""


def ground(row: Row, hit: bool, tokens: Tokens) -> str:
    """What a row is painted on."""
    if row.kind is Kind.LOST or row.level is Level.WARNING:
        return over(tokens.warn, tokens.log, sizes.LOG_TINT)
    if row.level >= Level.ERROR:
        return over(tokens.err, tokens.log, sizes.LOG_TINT)
    return over(tokens.acc, tokens.log, sizes.CARD_TINT) if hit else tokens.log


def _paint_line(
    painter: QPainter,
    scene: Scene,
    strip: Strip,
    y: float,
    width: float,
    previous: datetime | None,
) -> None:
    row, tokens, metrics = strip.row, scene.tokens, scene.metrics
    spans = scene.find.spans(row)
    colour = ground(row, bool(spans), tokens)
    if colour != tokens.log:
        painter.fillRect(QRectF(0, y, width, metrics.row), ink(colour))
    if scene.names:
        stripe = ink(_worker_colour(scene, row))
        painter.fillRect(QRectF(0, y, STRIPE, metrics.row), stripe)
    elif row.level >= Level.WARNING:
        painter.fillRect(QRectF(0, y, BAR, metrics.row), ink(level_colour(row.level, tokens)))
    if strip.start == 0:
        _paint_prefix(painter, scene, strip, y, previous)
    start, end = strip.start + scene.scrolled, strip.end
    if not scene.wrap:
        end = min(end, start + fitting(row.text, start, scene.frame.columns))
    _paint_selection(painter, scene, strip, start, y, width)
    _paint_message(painter, scene, strip, (start, end), y, colour)
    if spans:
        current = scene.find.current_span(strip.place)
        for number, (left, right) in enumerate(spans):
            hit = (max(left, start), min(right, end))
            if hit[0] < hit[1]:
                _paint_hit(painter, scene, strip, start, hit, number == current, y)
    if end < strip.end:
        paint_icon(painter, "chevron-right", tokens.dim, width - 9, y + metrics.row / 2)


def _worker_colour(scene: Scene, row: Row) -> str:
    number = scene.numbers[row.worker]
    return scene.tokens.worker(number) if number else scene.tokens.text2


def _paint_prefix(
    painter: QPainter, scene: Scene, strip: Strip, y: float, previous: datetime | None
) -> None:
    row, frame, tokens = strip.row, scene.frame, scene.tokens
    base = y + scene.metrics.baseline
    painter.setPen(pen(tokens.dim))
    if time := scene.time.text(row.at, previous):
        painter.drawText(QPointF(frame.time_x, base), time)
    elif row.hidden and scene.time.width:
        more = f"{row.hidden} more".rjust(scene.time.width)
        painter.drawText(QPointF(frame.time_x, base), more)
    if frame.name_x is not None:
        painter.setPen(pen(_worker_colour(scene, row)))
        painter.drawText(QPointF(frame.name_x, base), scene.names[row.worker])
    if not row.continues and (letter := letter_of(row.level)):
        painter.setPen(pen(level_colour(row.level, tokens)))
        bold = row.level >= Level.WARNING
        if bold:
            painter.setFont(scene.metrics.bold)
        painter.drawText(QPointF(frame.level_x, base), letter)
        if bold:
            painter.setFont(scene.metrics.font)
    if row.foldable:
        sign = "chevron-right" if row.folded else "chevron-down"
        paint_icon(painter, sign, tokens.err, frame.time_x - 6, y + scene.metrics.row / 2)
    if strip.place in scene.bookmarks:
        mark = QRectF(scene.frame.time_x - LEFT + 3, y + 4, 4, scene.metrics.row - 8)
        painter.fillRect(mark, ink(tokens.acc))


def _paint_message(
    painter: QPainter,
    scene: Scene,
    strip: Strip,
    columns: tuple[int, int],
    y: float,
    colour: str,
) -> None:
    """Paint the text of these columns; the first one stands at the left."""
    row, frame, tokens, metrics = strip.row, scene.frame, scene.tokens, scene.metrics
    start, end = columns
    base = y + metrics.baseline
    x = frame.message_x
    for left, piece in zip(row.starts, row.pieces, strict=True):
        if left >= end:
            break
        part = piece.shown[max(0, start - left) : end - left]
        if not part:
            continue
        if piece.bold:
            painter.setFont(metrics.bold)
        painter.setPen(pen(_colour(piece, colour, tokens)))
        paint_text(painter, part, x, base, frame.advance)
        if piece.bold:
            painter.setFont(metrics.font)
        wide = cells(part) * frame.advance
        if piece.link:
            box = QRectF(x - 2, y + 1.5, wide + 4, metrics.row - 3)
            if isinstance(piece.link, PlaceLink):
                painter.drawLine(QPointF(x, base + 2.5), QPointF(x + wide, base + 2.5))
            if scene.focused == (strip.place, strip.part, piece.link):
                outline(painter, box, tokens.acc)
        x += wide


def _colour(piece: Piece, ground: str, tokens: Tokens) -> str:
    if piece.colour:
        return readable(piece.colour, ground, tokens.text)
    return str(getattr(tokens, piece.tone))


def _paint_selection(
    painter: QPainter, scene: Scene, strip: Strip, start: int, y: float, width: float
) -> None:
    if scene.selection is None:
        return
    row, frame = strip.row, scene.frame
    left, right = scene.selection.columns(strip.place, strip.part, len(row.text))
    goes_on = (strip.place, strip.part) < (scene.selection.end.place, scene.selection.end.part)
    reaches = scene.selection.start <= scene.selection.end and goes_on and right == len(row.text)
    begins = (scene.selection.start.place, scene.selection.start.part) <= (strip.place, strip.part)
    left, end = max(left, start), min(right, strip.end)
    if left > end or (left == end and not (reaches and begins)):
        return
    box = QRectF(frame.x(row.text, left, start), y, 0, scene.metrics.row)
    box.setRight(frame.x(row.text, end, start))
    if reaches and begins and end == len(row.text):
        box.setRight(box.right() + frame.advance)  # the end of the line is selected too
    tint = over(scene.tokens.accfill, scene.tokens.log, SELECTED)
    painter.fillRect(box.intersected(QRectF(0, y, width, scene.metrics.row)), ink(tint))


def _paint_hit(
    painter: QPainter,
    scene: Scene,
    strip: Strip,
    start: int,
    span: tuple[int, int],
    current: bool,
    y: float,
) -> None:
    """The text of a hit is painted again, on its own ground."""
    row, frame, tokens, metrics = strip.row, scene.frame, scene.tokens, scene.metrics
    begin, end = span
    left, right = frame.x(row.text, begin, start), frame.x(row.text, end, start)
    box = QRectF(left - 1.5, y + 1.5, right - left + 3, metrics.row - 3)
    fill = tokens.accfill if current else over(tokens.acc, tokens.log, sizes.HIT_TINT)
    outline(painter, box, tokens.accfill if current else tokens.acc, fill)
    painter.setPen(pen(tokens.onacc if current else tokens.acc))
    paint_text(painter, row.text[begin:end], left, y + metrics.baseline, frame.advance)


def _paint_said(painter: QPainter, scene: Scene, strip: Strip, y: float, width: float) -> None:
    """A note in the middle of a line, or the notice of lines that were not kept."""
    tokens, metrics, row = scene.tokens, scene.metrics, strip.row
    middle = y + metrics.row / 2
    font = QFontMetricsF(metrics.words)
    base = middle + (font.ascent() - font.descent()) / 2
    painter.setFont(metrics.words)
    if row.kind is Kind.LOST:
        painter.fillRect(QRectF(0, y, width, metrics.row), ink(ground(row, False, tokens)))
        painter.fillRect(QRectF(0, y, BAR, metrics.row), ink(tokens.warn))
        paint_icon(painter, "warning", tokens.warn, scene.frame.time_x + 7, middle)
        painter.setPen(pen(tokens.warn))
        painter.drawText(QPointF(scene.frame.time_x + 22, base), row.text)
        painter.setFont(metrics.font)
        return
    left, right = scene.frame.time_x, width - LEFT
    words = font.elidedText(note_text(row), Qt.TextElideMode.ElideRight, right - left - 40)
    wide = font.horizontalAdvance(words)
    start = round((left + right - wide) / 2)
    painter.fillRect(QRectF(left, round(middle), start - 10 - left, 1), ink(tokens.line2))
    begin = round(start + wide + 10)
    painter.fillRect(QRectF(begin, round(middle), right - begin, 1), ink(tokens.line2))
    painter.setPen(pen(tokens.text2))
    painter.drawText(QPointF(start, base), words)
    painter.setFont(metrics.font)
