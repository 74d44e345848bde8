"""The keys of a log.

End follows, Home goes to the start; with Shift, the arrows select. Right and Left unfold and fold
the traceback where the caret is, and scroll a log whose rows are cut. Keys that the window owns
(F5, Esc and others) are not taken.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from desktop.logpane.layout import Anchor
from desktop.logpane.links import Link
from desktop.logpane.selection import Point, Selection, everything
from desktop.theme.style import MONO_PX

if TYPE_CHECKING:
    from desktop.logpane.view import LogView

_COLUMNS = 8


def press(view: "LogView", event: QKeyEvent) -> bool:
    """Do what a key says; whether it says anything here."""
    key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.matches(QKeySequence.StandardKey.Copy):
        view.copy()
    elif event.matches(QKeySequence.StandardKey.SelectAll):
        view.select(everything(view.document))
    elif modifiers == Qt.KeyboardModifier.ShiftModifier:
        return _select(view, key)
    elif modifiers == Qt.KeyboardModifier.NoModifier:
        return _move(view, key)
    elif modifiers & Qt.KeyboardModifier.ControlModifier:
        return _command(view, key, bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
    else:
        return False
    return True


def _command(view: "LogView", key: int, shift: bool) -> bool:
    match key:
        case Qt.Key.Key_C if shift:
            view.copy(prefix=True)
        case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
            view.choose(size=view.metrics.size_px + 1)
        case Qt.Key.Key_Minus:
            view.choose(size=view.metrics.size_px - 1)
        case Qt.Key.Key_0:
            view.choose(size=MONO_PX)
        case Qt.Key.Key_L if not shift:
            view.clear()
        case Qt.Key.Key_F2:
            view.toggle_bookmark()
        case Qt.Key.Key_Home:
            _to_start(view)
        case Qt.Key.Key_End:
            view.follow(True)
        case _:
            return False
    return True


def _move(view: "LogView", key: int) -> bool:
    match key:
        case Qt.Key.Key_Up:
            view.scroll_rows(-1)
        case Qt.Key.Key_Down:
            view.scroll_rows(1)
        case Qt.Key.Key_PageUp:
            view.scroll_rows(1 - view.fit)
        case Qt.Key.Key_PageDown | Qt.Key.Key_Space:
            view.scroll_rows(view.fit - 1)
        case Qt.Key.Key_Home:
            _to_start(view)
        case Qt.Key.Key_End:
            view.follow(True)
        case Qt.Key.Key_Right if not _fold(view, folded=True):
            view.scroll_columns(_COLUMNS)
        case Qt.Key.Key_Left if not _fold(view, folded=False):
            view.scroll_columns(-_COLUMNS)
        case Qt.Key.Key_Left | Qt.Key.Key_Right:
            pass
        case Qt.Key.Key_F2:
            view.next_bookmark()
        case Qt.Key.Key_Return | Qt.Key.Key_Enter if view.focused:
            view.activate(view.focused[2])
        case _:
            return False
    return True


def _to_start(view: "LogView") -> None:
    place = view.document.next(view.document.first - 1)
    if place is not None:
        view.go_to(Anchor(place))


def _fold(view: "LogView", folded: bool) -> bool:
    """Unfold a folded traceback at the caret, or fold it; whether there is one."""
    caret = view.caret
    record = None if caret is None else view.document.record(caret.place)
    if record is None or view.document.is_folded(record) is not folded:
        return False
    view.fold(record)
    return True


def _select(view: "LogView", key: int) -> bool:
    caret = view.caret
    if caret is None:
        return False
    head = _moved(view, caret, key)
    if head is None:
        return False
    view.select(Selection(view.selection.anchor if view.selection else caret, head))
    view.reveal(head)
    return True


def _moved(view: "LogView", caret: Point, key: int) -> Point | None:
    document = view.document
    rows = document.rows(caret.place)
    length = len(rows[caret.part].text) if caret.part < len(rows) else 0
    match key:
        case Qt.Key.Key_Left if caret.column:
            return Point(caret.place, caret.part, min(caret.column, length) - 1)
        case Qt.Key.Key_Right if caret.column < length:
            return Point(caret.place, caret.part, caret.column + 1)
        case Qt.Key.Key_Left:
            above = _row(view, caret, -1)
            return above and Point(above.place, above.part, _length(view, above))
        case Qt.Key.Key_Right:
            below = _row(view, caret, 1)
            return below and Point(below.place, below.part, 0)
        case Qt.Key.Key_Home:
            return Point(caret.place, caret.part, 0)
        case Qt.Key.Key_End:
            return Point(caret.place, caret.part, length)
        case Qt.Key.Key_Up | Qt.Key.Key_Down:
            return _row(view, caret, -1 if key == Qt.Key.Key_Up else 1)
        case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
            for _ in range(view.fit - 1):
                caret = _row(view, caret, -1 if key == Qt.Key.Key_PageUp else 1) or caret
            return caret
        case _:
            return None


def _length(view: "LogView", point: Point) -> int:
    return len(view.document.rows(point.place)[point.part].text)


def _row(view: "LogView", caret: Point, by: int) -> Point | None:
    """The same column one row further down or up."""
    part = caret.part + by
    if 0 <= part < len(view.document.rows(caret.place)):
        return Point(caret.place, part, caret.column)
    document = view.document
    place = document.next(caret.place) if by > 0 else document.previous(caret.place)
    if place is None:
        return None
    return Point(place, 0 if by > 0 else len(document.rows(place)) - 1, caret.column)


def next_link(view: "LogView", following: bool) -> tuple[int, int, Link] | None:
    """The visible link after the focused one, or before it; None behind the last one."""
    found = [
        (strip.place, strip.part, link)
        for strip in view.strips[: view.fit]
        if strip.start == 0
        for link in strip.row.links
    ]
    if view.focused not in found:
        return (found[0] if following else found[-1]) if found else None
    index = found.index(view.focused) + (1 if following else -1)
    return found[index] if 0 <= index < len(found) else None
