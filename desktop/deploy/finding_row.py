"""One fault: what, why, what helps; its place as a link, and the button that mends it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from core.errors import FleetError
from desktop.deploy.diff_lines import DiffLine
from desktop.deploy.headline import Headline
from desktop.deploy.mend_box import MendBox
from desktop.deploy.told import LOOKS, Told
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.error_card import sentence
from desktop.widgets.icon import Icon
from desktop.widgets.labels import label

CAPTION: Final = 176
"""Pixels of the column at the right."""


class FindingRow(QFrame):
    """`place_clicked` has file and line, 1 where none is known; `mend_asked`, `agreed` and `left`
    have what is told here.
    """

    place_clicked = Signal(str, int)
    mend_asked = Signal(object)
    agreed = Signal(object)
    left = Signal(object)

    def __init__(self, theme: Theme, told: Told, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.told = told
        look = LOOKS[told.grade]
        self.setProperty("role", "row")
        self.setAccessibleName(f"{look.word}: {told.what}")
        self.setAccessibleDescription(f"{told.why}. {told.fix}")
        icon = Icon(theme, look.icon_name, look.colour, size=18)
        icon.setToolTip(look.meaning)
        self.head = Headline(theme, sentence(told.what), told.place)
        self.head.link.clicked.connect(self._go)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self.head)
        words.addWidget(label(sentence(told.why), "text2", wrap=True))
        fix = label(sentence(told.fix), "dim", wrap=True)
        fix.setAccessibleName(f"What to do: {told.fix}")
        words.addWidget(fix)
        words.addStretch(1)
        top = Qt.AlignmentFlag.AlignTop
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(icon, 0, 0, top)
        grid.addLayout(words, 0, 1)
        self.box: MendBox | None = None
        self.mend = TextButton(theme, "Mend…", self._ask, icon_name="wrench", compact=True)
        if told.mend is not None:
            caption = label(told.mend.label, "dim", wrap=True)
            caption.setFixedWidth(CAPTION)
            caption.setAlignment(Qt.AlignmentFlag.AlignRight | top)
            self.mend.setAccessibleName(f"Mend: {told.mend.label}")
            right = QVBoxLayout()
            right.setSpacing(4)
            right.addWidget(self.mend, alignment=Qt.AlignmentFlag.AlignRight)
            right.addWidget(caption)
            right.addStretch(1)
            grid.addLayout(right, 0, 2)
        else:
            self.mend.hide()

    def show_change(self, lines: Sequence[DiffLine], error: FleetError | None) -> None:
        """Show below what would change."""
        if self.box is None:
            self.box = MendBox(self._theme)
            self.box.agreed.connect(self._agree)
            self.box.left.connect(self._leave)
            self._grid.addWidget(self.box, 1, 1, 1, 2)
        self.box.show_change(lines, error)
        self.box.show()
        self.mend.setEnabled(False)

    def show_no_change(self) -> None:
        """As it was before the fix was asked for."""
        self.mend.setEnabled(True)
        if self.box is not None:
            self.box.hide()

    def _go(self) -> None:
        if self.told.file is not None:
            self.place_clicked.emit(self.told.file, self.told.line or 1)

    def _ask(self) -> None:
        self.mend_asked.emit(self.told)

    def _agree(self) -> None:
        self.agreed.emit(self.told)

    def _leave(self) -> None:
        self.left.emit(self.told)
