"""Walks over all that can be seen of a window: is it named, is it whole, in which order is it."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)

SPOKEN = (QAbstractButton, QTabBar, QLineEdit, QComboBox, QAbstractItemView, QPlainTextEdit)


def seen(root: QWidget) -> Iterator[QWidget]:
    """Whatever is shown in it, but for Qt's own parts of a widget."""
    for each in root.findChildren(QWidget):
        if each.isVisible() and not each.objectName().startswith("qt_"):
            yield each


def unnamed(root: QWidget) -> list[str]:
    """What can be used and has nothing that a screen reader could say."""
    return [
        describe(each)
        for each in seen(root)
        if isinstance(each, SPOKEN)
        and not each.accessibleName()
        and not isinstance(each, QHeaderView)
        and not isinstance(each.parent(), QComboBox)
        and not (isinstance(each, QAbstractButton) and each.text())
    ]


def cut(root: QWidget) -> list[str]:
    """Words that have too little room, and buttons of which a part cannot be seen."""
    found: list[str] = []
    for each in seen(root):
        if isinstance(each, QLabel) and each.text() and each.minimumWidth() != 1:
            if each.wordWrap():
                short = each.heightForWidth(each.width()) > each.height() + 1
            else:
                short = each.sizeHint().width() > each.width() + 1
        elif isinstance(each, QAbstractButton):
            short = bool(each.text()) and each.sizeHint().width() > each.width() + 1
            short |= not _scrolls(each) and each.visibleRegion().boundingRect() != each.rect()
        elif isinstance(each, QTabBar):
            short = each.sizeHint().width() > each.width() + 1
        else:
            continue
        short = bool(short) or _beyond(each)
        if short:
            found.append(describe(each))
    return found


def describe(widget: QWidget) -> str:
    """Enough to find it in the source."""
    text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
    parent = type(widget.parent()).__name__
    name = widget.accessibleName()
    place = widget.mapTo(widget.window(), QPoint())
    return f"{type(widget).__name__} {name!r} {text[:60]!r} in {parent} at {place.toTuple()}"


def _beyond(widget: QWidget) -> bool:
    """Whether it reaches out of a place that is not scrolled to the side."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    if parent is None:
        return False
    right = widget.mapTo(parent.viewport(), QPoint(widget.width(), 0)).x()
    return right > parent.viewport().width() + 1


def _scrolls(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea | QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False
