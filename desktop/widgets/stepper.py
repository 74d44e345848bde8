"""A number with a button on either side."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from desktop.theme import tokens as sizes
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton


class Stepper(QFrame):
    """A whole number from `least` to `most`. `changed` when a person changes it.

    `width` in px has room for three digits.
    """

    changed = Signal(int)

    def __init__(
        self,
        theme: Theme,
        name: str,
        least: int,
        most: int,
        value: int,
        parent: QWidget | None = None,
        *,
        width: int = 34,
    ) -> None:
        super().__init__(parent)
        self._least, self._most, self._value = least, most, value
        self.setProperty("role", "stepper")
        self.setFixedHeight(sizes.CONTROL)
        self._field = QLineEdit(str(value))
        self._field.setAccessibleName(name)
        self._field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._field.setValidator(QIntValidator(least, most, self))
        self._field.setFixedWidth(width)
        self._field.editingFinished.connect(self._typed)
        self._less = IconButton(
            theme, "minus", f"{name}: one less", lambda: self._step(-1), quick=True
        )
        self._more = IconButton(
            theme, "plus", f"{name}: one more", lambda: self._step(1), quick=True
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for widget in (self._less, self._field, self._more):
            row.addWidget(widget)
        self._show()

    @property
    def value(self) -> int:
        """The number."""
        return self._value

    def show_value(self, value: int) -> None:
        """Show another number, without `changed`."""
        self._value = max(self._least, min(self._most, value))
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down step."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._step(step)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel steps only where the number has the focus: it is scrolled past otherwise."""
        if self._field.hasFocus():
            self._step(1 if event.angleDelta().y() > 0 else -1)
        else:
            event.ignore()

    def _step(self, by: int) -> None:
        self._set(self._value + by)

    def _typed(self) -> None:
        text = self._field.text()
        self._set(int(text) if text else self._value)

    def _set(self, value: int) -> None:
        before = self._value
        self.show_value(value)
        if self._value != before:
            self.changed.emit(self._value)

    def _show(self) -> None:
        self._field.setText(str(self._value))
        self._less.setEnabled(self._value > self._least)
        self._more.setEnabled(self._value < self._most)


def keep_order(least: Stepper, most: Stepper) -> None:
    """Let whichever of the two is changed take the other along where it would pass it."""

    def raise_most(value: int) -> None:
        most.show_value(max(value, most.value))

    def lower_least(value: int) -> None:
        least.show_value(min(value, least.value))

    least.changed.connect(raise_most)
    most.changed.connect(lower_least)
