"""The order in which one reads what is in a window: by rows, and in a row from the left."""

from collections.abc import Iterator
from functools import cmp_to_key

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QScrollArea, QWidget


def go(root: QWidget, *, forwards: bool) -> bool:
    """Move the keyboard on from where it is, and into sight; whether there is anything to go to."""
    target = after(root, root.window().focusWidget(), forwards=forwards)
    if target is None:
        return False
    reason = Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason
    target.setFocus(reason)
    above = target.parentWidget()
    while above is not None and above is not root:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(target)
        above = above.parentWidget()
    return True


def after(root: QWidget, current: QWidget | None, *, forwards: bool) -> QWidget | None:
    """What Tab leads to from there, round the end; the first, or last, from what is not in it.

    Qt's own order is that in which widgets were made, and panes and pages come when there is
    something to show on them.
    """
    order = list(stops(root))
    if not order:
        return None
    while current is not None and current not in order:
        current = current.parentWidget()
    if current is None:
        return order[0 if forwards else -1]
    return order[(order.index(current) + (1 if forwards else -1)) % len(order)]


def stops(root: QWidget) -> Iterator[QWidget]:
    """All that Tab may stop at, as it is read; a widget comes before what is in it."""
    for child in _read(root):
        wants = Qt.FocusPolicy.TabFocus.value & child.focusPolicy().value
        if wants and child.isEnabled() and child.focusProxy() is None:
            yield child
        yield from stops(child)


def _read(parent: QWidget) -> list[QWidget]:
    children = [
        child
        for child in parent.children()
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow()
    ]
    return sorted(children, key=cmp_to_key(_compare))


def _compare(one: QWidget, other: QWidget) -> int:
    a, b = one.geometry(), other.geometry()
    if not _beside(a, b):
        return a.top() - b.top()
    return a.left() - b.left() or a.top() - b.top()


def _beside(a: QRect, b: QRect) -> bool:
    """Whether they stand in one row: each has the middle of the other at its height."""
    return a.top() <= b.center().y() <= a.bottom() or b.top() <= a.center().y() <= b.bottom()
