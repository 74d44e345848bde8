"""The notices as a model: the latest first, at most so many, and how many are unread."""

from collections import deque
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.notices.notice import Notice

MOST: Final = 200
NOTICE_ROLE: Final = Qt.ItemDataRole.UserRole
UNREAD_ROLE: Final = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class Notices(QAbstractListModel):
    """`came` has each notice that is taken; `unread_changed` how many nobody has looked at."""

    came = Signal(object)
    unread_changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices: deque[Notice] = deque()
        self._unread = 0

    @property
    def unread(self) -> int:
        """How many nobody has looked at; they are the first ones."""
        return self._unread

    def take(self, notice: Notice) -> None:
        """Put one at the top; the oldest is forgotten where there are too many."""
        if len(self._notices) == MOST:
            self.beginRemoveRows(QModelIndex(), MOST - 1, MOST - 1)
            self._notices.pop()
            self.endRemoveRows()
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._notices.appendleft(notice)
        self.endInsertRows()
        self._set_unread(min(self._unread + 1, MOST))
        self.came.emit(notice)

    def read(self) -> None:
        """Somebody has looked at all of them."""
        if self._unread:
            last = self._unread - 1
            self._set_unread(0)
            self.dataChanged.emit(self.index(0), self.index(last), [UNREAD_ROLE])

    def clear(self) -> None:
        """Forget them."""
        self.beginResetModel()
        self._notices.clear()
        self.endResetModel()
        self._set_unread(0)

    def _set_unread(self, count: int) -> None:
        if count != self._unread:
            self._unread = count
            self.unread_changed.emit(count)

    # --- What Qt asks ---

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many."""
        return 0 if parent.isValid() else len(self._notices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The notice in `NOTICE_ROLE`, whether it is new in `UNREAD_ROLE`, and its words."""
        if not index.isValid():
            return None
        notice = self._notices[index.row()]
        unread = index.row() < self._unread
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return notice.sentence
            case Qt.ItemDataRole.AccessibleTextRole:
                new = "new, " if unread else ""
                return f"{new}{notice.at:%H:%M:%S}, {notice.level.name.lower()}, {notice.sentence}"
            case Qt.ItemDataRole.ToolTipRole:
                return notice.text
            case role if role == NOTICE_ROLE:
                return notice
            case role if role == UNREAD_ROLE:
                return unread
            case _:
                return None
