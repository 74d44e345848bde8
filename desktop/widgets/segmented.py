"""A row of buttons of which one is down."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton, QWidget

from desktop.theme import tokens as sizes
from desktop.theme.icons import icon
from desktop.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class Segment:
    """`label` is shown where there is no icon, and is the name where there is one."""

    value: str
    label: str
    icon_name: str = ""


class Segmented(QFrame):
    """`chosen` has the value of the segment that a person pressed."""

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, name: str, segments: Sequence[Segment], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._segments = segments
        self.setProperty("role", "segmented")
        self.setAccessibleName(name)
        self.setFixedHeight(sizes.COMPACT)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        for number, segment in enumerate(segments):
            button = QToolButton()
            button.setCheckable(True)
            button.setAccessibleName(segment.label)
            button.setToolTip(segment.label)
            button.setProperty("icon_only", bool(segment.icon_name))
            if not segment.icon_name:
                button.setText(segment.label)
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._pressed)
        theme.changed.connect(self._draw)
        self._draw()

    @property
    def value(self) -> str:
        """The value of the segment that is down."""
        return self._segments[self._group.checkedId()].value

    def show_value(self, value: str) -> None:
        """Press another one, without `chosen`."""
        for number, segment in enumerate(self._segments):
            if segment.value == value:
                self._group.button(number).setChecked(True)

    def _pressed(self, number: int) -> None:
        self.chosen.emit(self._segments[number].value)

    def _draw(self) -> None:
        for number, segment in enumerate(self._segments):
            if segment.icon_name:
                button = self._group.button(number)
                button.setIcon(icon(segment.icon_name, self._theme.tokens.text2))
                button.setIconSize(QSize(16, 16))
