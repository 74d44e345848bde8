"""How an editor attaches to the worker that runs under debugpy."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.debugging.attach import Recipe
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.labels import label
from desktop.widgets.segmented import Segment, Segmented

WIDTH: Final = 560
LIMITS: Final = "Time limits go on while you stand at a breakpoint."


class AttachDialog(QDialog):
    """`recipes` by the name of the editor, the first one shown; `ended` wants no debugger more."""

    ended = Signal()

    def __init__(
        self, theme: Theme, name: str, port: int, recipes: Mapping[str, Recipe], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._recipes = recipes
        self.setWindowTitle(f"Debug {name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(WIDTH)
        self._state = label("", "text2", wrap=True)
        self._editor = Segmented(theme, "Editor", [Segment(each, each) for each in recipes])
        self._editor.chosen.connect(self._draw)
        self._text = label("")
        self._text.setFont(mono_font())
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setAccessibleName("What the editor is told")
        self._where = label("", "dim", wrap=True)
        self._chosen = next(iter(recipes))
        code = QFrame()
        code.setProperty("role", "code")
        inner = QVBoxLayout(code)
        inner.setContentsMargins(12, 10, 12, 10)
        inner.addWidget(self._text)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(10)
        column.addWidget(label(f"{name} under debugpy, port {port}", "big-title"))
        column.addWidget(self._state)
        column.addSpacing(6)
        column.addWidget(self._editor, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(code)
        column.addWidget(self._where)
        column.addWidget(label(LIMITS, "dim"))
        column.addSpacing(10)
        column.addLayout(self._buttons(theme))
        self._editor.show_value(self._chosen)
        self._draw(self._chosen)

    def show_state(self, text: str) -> None:
        """Say how far it is."""
        self._state.setText(text)

    def _buttons(self, theme: Theme) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(TextButton(theme, "Restart without debugger", self._end, icon_name="restart"))
        row.addStretch(1)
        row.addWidget(TextButton(theme, "Close", self.close, role="quiet"))
        copy = TextButton(theme, "Copy", self._copy, icon_name="copy", role="primary")
        copy.setDefault(True)
        row.addWidget(copy)
        return row

    def _draw(self, editor: str) -> None:
        self._chosen = editor
        recipe = self._recipes[editor]
        self._text.setText(recipe.text)
        self._where.setText(recipe.where)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._recipes[self._chosen].text)

    def _end(self) -> None:
        self.ended.emit()
        self.close()
