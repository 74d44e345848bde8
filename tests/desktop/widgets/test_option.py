"""What a delegate is told."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from desktop.widgets.option import box_of, state_of


class Listening(QStyledItemDelegate):
    def __init__(self) -> None:
        super().__init__()
        self.told: dict[int, tuple[QRectF, bool]] = {}

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        selected = bool(state_of(option) & QStyle.StateFlag.State_Selected)
        self.told[index.row()] = (box_of(option), selected)


def test_box_and_state_are_those_of_the_cell(qtbot: QtBot) -> None:
    rows, delegate = QListWidget(), Listening()
    qtbot.addWidget(rows)
    rows.addItems(["one", "two"])
    rows.setItemDelegate(delegate)
    rows.setCurrentRow(1)
    rows.show()
    rows.grab()
    (above, one), (below, two) = delegate.told[0], delegate.told[1]
    assert (one, two) == (False, True)
    assert above.bottom() <= below.top()
    assert QRectF(rows.visualItemRect(rows.item(1))) == below
