"""What Qt tells a delegate of the cell that it is to paint."""

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem


def box_of(option: QStyleOptionViewItem) -> QRectF:
    """Where the cell is."""
    return QRectF(option.rect)  # type: ignore[attr-defined]  # unknown to PySide's stubs


def state_of(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    """Whether it is selected, under the mouse, and so on."""
    return option.state  # type: ignore[attr-defined]  # unknown to PySide's stubs
