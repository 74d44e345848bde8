"""A task that failed: what was raised, in which try, the traceback, and what to do."""

from collections.abc import Callable
from pathlib import PurePath
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.send.traceback_text import Part, Words
from desktop.send.traceback_view import LINE, TracebackView
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton, TextButton, shown_key
from desktop.widgets.labels import label

MOST_LINES: Final = 12


class ResultDetail(QWidget):
    """`rerun` and `follow` have the task's id, `source` a Source."""

    rerun = Signal(str)
    follow = Signal(str)
    source = Signal(object)

    def __init__(
        self,
        theme: Theme,
        task_id: str,
        title: str,
        detail: str,
        fit: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fit = fit
        self._text = ""
        self._title = label(title, "strong", wrap=True)
        self._detail = label(detail, "dim", wrap=True)
        self._view = TracebackView(theme)
        self._view.place.connect(self.source)
        self._card = QFrame()
        self._card.setProperty("role", "code")
        copy = IconButton(theme, "copy", "Copy the traceback", self._copy)
        card = QHBoxLayout(self._card)
        card.setContentsMargins(12, 8, 6, 8)
        card.addWidget(self._view, 1)
        card.addWidget(copy, alignment=Qt.AlignmentFlag.AlignTop)
        again = TextButton(
            theme,
            "Rerun with edits",
            lambda: self.rerun.emit(task_id),
            icon_name="restart",
            key="Ctrl+R",
            compact=True,
        )
        follow = TextButton(
            theme,
            "Follow in logs",
            lambda: self.follow.emit(task_id),
            icon_name="layout-merged",
            compact=True,
        )
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addWidget(again)
        self._buttons.addWidget(follow)
        self._buttons.addStretch(1)
        self._buttons.addWidget(label(shown_key("Ctrl+R"), "small"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._detail)
        column.addWidget(self._card)
        column.addLayout(self._buttons)
        column.addStretch(1)
        self.show_traceback("", (Words("Reading the traceback…"),))

    def show_traceback(
        self, text: str, parts: tuple[Part, ...], root: PurePath | None = None
    ) -> None:
        """Show this one; `text` is what is copied."""
        self._text = text
        self._view.show_parts(parts, root or PurePath())
        lines = min(self._view.lines(), MOST_LINES)
        self._view.setFixedHeight(lines * LINE + 10)
        self._fit()

    def hasHeightForWidth(self) -> bool:
        """Words are broken into lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All of it."""
        inner = width - 32
        words = sum(each.heightForWidth(inner) for each in (self._title, self._detail))
        return words + self._view.height() + 18 + 28 + 3 * 8 + 12 + 4

    def sizeHint(self) -> QSize:
        """The same."""
        return QSize(300, self.heightForWidth(max(self.width(), 300)))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._text)
