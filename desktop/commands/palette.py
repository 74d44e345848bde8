"""The command palette: every command, worker and task, found by a few letters."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.commands.command import Command
from desktop.commands.fuzzy import Match, search
from desktop.theme.icons import pixmap
from desktop.theme.theme import Theme
from desktop.widgets.buttons import shown_key
from desktop.widgets.labels import label
from desktop.widgets.option import box_of, state_of

WIDTH: Final = 560
ROW: Final = 36
ROWS: Final = 10
NONE: Final = "Nothing has these letters in its name"
MATCH_ROLE: Final = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class MatchModel(QAbstractListModel):
    """The commands that were found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._matches: Sequence[Match[Command]] = ()

    def show_matches(self, matches: Sequence[Match[Command]]) -> None:
        """Show these."""
        self.beginResetModel()
        self._matches = matches
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many."""
        return 0 if parent.isValid() else len(self._matches)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The label; the match in `MATCH_ROLE`."""
        if not index.isValid():
            return None
        match = self._matches[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return match.item.label
        return match if role == MATCH_ROLE else None


class MatchDelegate(QStyledItemDelegate):
    """Paints a command: icon, label with the letters that were meant, group, key."""

    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All of one height."""
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        tokens = self._theme.tokens
        match: Match[Command] = index.data(MATCH_ROLE)
        command = match.item
        box = box_of(option)
        state = state_of(option)
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(tokens.hover))
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(tokens.acc))
        if command.icon_name:
            icon = pixmap(command.icon_name, tokens.text2, 16, self._list.devicePixelRatioF())
            painter.drawPixmap(round(box.left() + 14), round(box.top() + 10), icon)
        right = self._right(painter, box, command)
        self._label(painter, QRectF(box.left() + 42, box.top(), right - 54, box.height()), match)
        painter.restore()

    def _label(self, painter: QPainter, box: QRectF, match: Match[Command]) -> None:
        """Letter by letter, since those that were meant have another colour."""
        tokens = self._theme.tokens
        font = QFont(self._list.font())
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        meant = frozenset(match.places)
        text = match.item.label
        for place, letter in enumerate(text):
            left = box.left() + metrics.horizontalAdvance(text[:place])
            if left > box.right():
                break
            painter.setPen(QColor(tokens.acc if place in meant else tokens.text))
            cell = QRectF(left, box.top(), metrics.horizontalAdvance(letter) + 2, box.height())
            painter.drawText(cell, Qt.AlignmentFlag.AlignVCenter, letter)

    def _right(self, painter: QPainter, box: QRectF, command: Command) -> float:
        tokens = self._theme.tokens
        font = QFont(self._list.font())
        font.setPixelSize(11)
        painter.setFont(font)
        painter.setPen(QColor(tokens.dim))
        text = shown_key(command.key) or command.group
        width = QFontMetricsF(font).horizontalAdvance(text)
        place = box.adjusted(0, 0, -14, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        return box.width() - width - 14


class Palette(QFrame):
    """`commands` is asked each time it opens, for workers and tasks come and go."""

    def __init__(
        self, theme: Theme, commands: Callable[[], Sequence[Command]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._all = commands
        self._commands: Sequence[Command] = ()
        self.setProperty("role", "floating")
        self._field = QLineEdit()
        self._field.setPlaceholderText("Search or run a command")
        self._field.setAccessibleName("Search or run a command")
        self._field.textChanged.connect(self._search)
        self._field.installEventFilter(self)
        self._model = MatchModel(self)
        self._list = QListView()
        self._list.setAccessibleName("Commands")
        self._list.setModel(self._model)
        self._list.setItemDelegate(MatchDelegate(theme, self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(self._run)
        self._none = label(NONE, "dim")
        self._none.setContentsMargins(14, 8, 14, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self._field)
        column.addWidget(self._none)
        column.addWidget(self._list)
        theme.changed.connect(self._list.viewport().update)
        self.hide()

    def open(self) -> None:
        """Show it over the window, empty."""
        self._commands = [command for command in self._all() if command.possible()]
        self._field.clear()
        self._search("")
        self.setFixedWidth(min(WIDTH, self._window.width() - 48))
        self._list.setFixedHeight(ROW * min(ROWS, max(1, len(self._commands))))
        self.adjustSize()
        self.move((self._window.width() - self.width()) // 2, 56)
        self.show()
        self.raise_()
        self._field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field has the focus; up, down, Enter and Esc are for the list."""
        if event.type() is QEvent.Type.FocusOut:
            self.hide()
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        row = self._list.currentIndex().row()
        match Qt.Key(event.key()):
            case Qt.Key.Key_Down:
                self._choose(row + 1)
            case Qt.Key.Key_Up:
                self._choose(row - 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._run(self._list.currentIndex())
            case Qt.Key.Key_Escape:
                self.hide()
            case _:
                return super().eventFilter(watched, event)
        return True

    def _search(self, text: str) -> None:
        found = search(text, self._commands, lambda command: command.label)
        self._model.show_matches(found)
        self._list.setVisible(bool(found))
        self._none.setVisible(not found)
        self.adjustSize()
        self._choose(0)

    def _choose(self, row: int) -> None:
        count = self._model.rowCount()
        if count:
            self._list.setCurrentIndex(self._model.index(row % count, 0))

    def _run(self, index: QModelIndex) -> None:
        if index.isValid():
            match: Match[Command] = index.data(MATCH_ROLE)
            self.hide()
            if match.item.possible():  # the project may have been closed meanwhile
                match.item.run()
