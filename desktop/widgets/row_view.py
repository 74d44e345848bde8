"""A list whose rows are painted by a delegate: a click or Enter chooses, Del forgets."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop.theme.theme import Theme

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RowView(QListView):
    """`chosen` and `forgotten` have what the model gives for a row by the role `value_role`."""

    chosen = Signal(object)
    forgotten = Signal(object)

    def __init__(
        self,
        theme: Theme,
        name: str,
        model: QAbstractItemModel,
        value_role: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._value_role = value_role
        self.setModel(model)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._choose)
        theme.changed.connect(self.viewport().update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, Del forgets."""
        index = self.currentIndex()
        key = Qt.Key(event.key())
        if index.isValid() and key in ENTER:
            self._choose(index)
        elif index.isValid() and key is Qt.Key.Key_Delete:
            self.forgotten.emit(index.data(self._value_role))
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(self._value_role))
