"""The bar with which one finds text in a pane."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from desktop.logpane.find import Find, Query
from desktop.theme.icons import SIZE
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.grouped import grouped
from desktop.widgets.icon import Icon
from desktop.widgets.labels import label
from desktop.widgets.switch import switch

_SEARCHED_FROM: Final = 760  # px
_ONLY_FROM: Final = 620  # px
_SWITCHES_FROM: Final = 420  # px
_STEPS_FROM: Final = 300  # px


class FindBar(QFrame):
    """Says what is looked for, and shows how it goes."""

    query_changed = Signal(object)  # Query
    step_asked = Signal(bool)  # backwards
    only_asked = Signal(bool)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "pane-bar")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Find in pane")
        self.field.setAccessibleName("Find in pane")
        self.field.setMinimumWidth(90)
        self.field.setMaximumWidth(320)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._say)
        self.field.setTextMargins(SIZE + 2, 0, 0, 0)
        self._glass = Icon(theme, "find", "grey", parent=self.field)
        self._account = label("", "strong")
        self._searched = label("", "dim")
        back = IconButton(theme, "chevron-up", "Previous hit", key="Shift+F3", quick=True)
        back.clicked.connect(self._back)
        on = IconButton(theme, "chevron-down", "Next hit", key="F3", quick=True)
        on.clicked.connect(self._on)
        self._case = switch("Aa", "Match case")
        self._word = switch("W", "Whole words")
        self._regex = switch(".*", "Regular expression")
        self._only = switch("Only matches", "Show only lines with hits")
        self._only.toggled.connect(self.only_asked)
        close = IconButton(theme, "close", "Close", key="Esc")
        close.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(7, 5, 7, 5)
        row.setSpacing(6)
        row.addWidget(self.field, 1)
        for widget in (self._account, back, on, self._only, self._case, self._word, self._regex):
            row.addWidget(widget)
        row.addWidget(self._searched)
        row.addStretch()
        row.addWidget(close)
        self._switches = (self._case, self._word, self._regex)
        self._steps = (back, on)
        for each in self._switches:
            each.toggled.connect(self._say)

    @property
    def query(self) -> Query:
        """What is asked for."""
        case, word, regex = (each.isChecked() for each in (self._case, self._word, self._regex))
        return Query(self.field.text(), regex, case, word)

    @property
    def only_matches(self) -> bool:
        """Whether only lines with hits are to be shown."""
        return self._only.isChecked()

    def open(self, text: str = "") -> None:
        """Show it, ready to type; a selected text is looked for."""
        self.show()
        if text:
            self.field.setText(text)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_found(self, find: Find) -> None:
        """Show the account of a search."""
        self._account.setText(find.account())
        wrong = bool(find.query.error)
        if self.field.property("wrong") != wrong:
            self.field.setProperty("wrong", wrong)
            self.field.style().polish(self.field)
        self._searched.setText(
            f"searched {grouped(find.searched)} lines" if find.query.text else ""
        )

    def only(self, on: bool) -> None:
        """Show whether only matches are shown."""
        self._only.setChecked(on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on, with Shift back; Esc closes."""
        if event.type() is QEvent.Type.Resize:
            self._glass.move(8, (self.field.height() - SIZE) // 2)
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            match event.key():
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self.step_asked.emit(
                        bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                    )
                    return True
                case Qt.Key.Key_Escape:
                    self.closed.emit()
                    return True
                case _:
                    pass
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: object) -> None:
        """What there is no room for is left out."""
        self._searched.setVisible(self.width() >= _SEARCHED_FROM)
        self._only.setVisible(self.width() >= _ONLY_FROM)
        for each in self._switches:
            each.setVisible(self.width() >= _SWITCHES_FROM)
        for each in self._steps:
            each.setVisible(self.width() >= _STEPS_FROM)

    def _say(self) -> None:
        self.query_changed.emit(self.query)

    def _back(self) -> None:
        self.step_asked.emit(True)

    def _on(self) -> None:
        self.step_asked.emit(False)
