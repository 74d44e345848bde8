"""Who is still finishing what while the program ends, and the way to hurry."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.workers.messages import Rung
from desktop.leaving.standing import Line
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.labels import label
from desktop.widgets.pill import Pill
from desktop.widgets.tile import Tile

MOST: Final = 3
"""Workers that are named: the page below has all of them."""
_HEADS = {
    Rung.WARM: "Solofleet closes when running tasks have finished",
    Rung.COLD: "Running tasks are broken off, then Solofleet closes",
    Rung.KILL: "The workers are killed, then Solofleet closes",
}
_BUTTONS = {Rung.WARM: "Force now", Rung.COLD: "Kill now", Rung.KILL: ""}


class Ladder(QFrame):
    """A card over the page; `hurry` is a click on its button."""

    hurry = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: tuple[tuple[int, str], ...] | None = None
        self._details: list[QLabel] = []
        self._pills: list[Pill] = []
        self.setProperty("role", "card")
        self.setProperty("below-bar", True)
        self._head = label("", "card-title")
        self._hint = label("Closing the window again does the same.", "dim")
        self._button = TextButton(
            theme, "", self.hurry.emit, icon_name="force", role="danger", compact=True
        )
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._head)
        head.addStretch(1)
        head.addWidget(self._hint)
        head.addWidget(self._button)
        self._rows = QWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._rows)
        self.show_rung(Rung.WARM)
        self.hide()

    def show_rung(self, rung: Rung) -> None:
        """Say how far the stop has come."""
        self._head.setText(_HEADS[rung])
        self.setAccessibleName(_HEADS[rung])
        self._button.setText(_BUTTONS[rung])
        self._button.setAccessibleName(_BUTTONS[rung])
        self._offer()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show those that are not gone yet."""
        names = tuple((line.number, line.name) for line in lines)
        shown = lines[:MOST]
        if names != self._lines:
            self._lines = names
            self._build(shown, len(lines) - len(shown))
            self._offer()
        for line, pill, detail in zip(shown, self._pills, self._details, strict=True):
            pill.show_look(line.look)
            detail.setText(line.detail)

    def _offer(self) -> None:
        """The button, while there is anybody to hurry and a rung below."""
        more = bool(self._button.text()) and self._lines != ()
        self._button.setVisible(more)
        self._hint.setVisible(more)

    def _build(self, lines: Sequence[Line], more: int) -> None:
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(3, 1)
        self._pills = [Pill(self._theme, line.look) for line in lines]
        self._details = [label(line.detail, "text2") for line in lines]
        for place, (line, pill, detail) in enumerate(
            zip(lines, self._pills, self._details, strict=True)
        ):
            grid.addWidget(Tile(self._theme, line.number), place, 0)
            grid.addWidget(label(line.name, "strong"), place, 1)
            grid.addWidget(pill, place, 2, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(detail, place, 3)
        if more:
            grid.addWidget(label(f"and {more} more", "dim"), len(lines), 1, 1, 3)
        if not lines:
            gone = "All workers are gone. What they held is being settled."
            grid.addWidget(label(gone, "text2"), 0, 0)
        layout = self.layout()
        assert layout is not None
        layout.replaceWidget(self._rows, rows)
        self._rows.deleteLater()
        self._rows = rows
        rows.show()
