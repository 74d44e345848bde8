"""The table of rows that can be chosen, with boxes as elsewhere in the window."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.deploy.cell_rows import CellTable
from desktop.render.pick_rows import Index, PickRows
from desktop.theme.theme import Theme
from desktop.widgets.tick_box import SIDE, draw_tick


class PickTable(CellTable):
    """A CellTable over PickRows; paths and the like, that are long, lose their middle."""

    def __init__(
        self,
        theme: Theme,
        rows: PickRows,
        name: str,
        widths: Sequence[int],
        *,
        most: int | None = None,
    ) -> None:
        super().__init__(theme, rows, name, widths, wide=0, most=most)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setItemDelegateForColumn(0, PickDelegate(theme, self))


class PickDelegate(QStyledItemDelegate):
    """Draws the box over that of the style, which takes no colours of ours."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell, and its box where it has one."""
        super().paint(painter, option, index)
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is None:
            return
        full = QStyleOptionViewItem(option)
        self.initStyleOption(full, index)
        part = QStyle.SubElement.SE_ItemViewItemCheckIndicator
        place = QRectF(full.widget.style().subElementRect(part, full, full.widget))
        box = QRectF(0, 0, SIDE - 3, SIDE - 3)
        box.moveCenter(QPointF(place.center()))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        near = bool(full.state & QStyle.StateFlag.State_MouseOver)
        ticked = Qt.CheckState(state) is Qt.CheckState.Checked
        draw_tick(painter, box, self._theme.tokens, ticked=ticked, near=near)
        painter.restore()
