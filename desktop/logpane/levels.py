"""A chip for each level of a log: how many records there are, and whether they are shown."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.logs.level import Level
from desktop.theme.theme import Theme
from desktop.widgets.chip import Chip
from desktop.widgets.grouped import grouped

CHIPS: Final = (
    ("Error", "err", frozenset({Level.ERROR, Level.CRITICAL})),
    ("Warning", "warn", frozenset({Level.WARNING})),
    ("Info", None, frozenset({Level.INFO, Level.OTHER})),
    ("Debug", None, frozenset({Level.DEBUG})),
)
"""Word, colour, levels: lines that tell no level go with Info."""


class LevelChips(QWidget):
    """`changed` comes when a person chose other levels."""

    changed = Signal()

    def __init__(
        self, theme: Theme, *, compact: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._chips = [Chip(theme, word, colour, compact=compact) for word, colour, _ in CHIPS]
        self._counts: Mapping[Level, int] = {}
        self._short = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        for chip in self._chips:
            self._row.addWidget(chip)
            chip.toggled.connect(self.changed)

    @property
    def levels(self) -> frozenset[Level]:
        """Those that are shown."""
        on = (levels for chip, levels in self._pairs() if chip.isChecked())
        return frozenset[Level]().union(*on)

    def show_levels(self, levels: frozenset[Level]) -> None:
        """Press the chips of these, without `changed`."""
        with QSignalBlocker(self):
            for chip, own in self._pairs():
                chip.setChecked(own <= levels)

    def show_counts(self, counts: Mapping[Level, int]) -> None:
        """Show how many records of each level came."""
        self._counts = counts
        for chip, own in self._pairs():
            count = sum(counts[level] for level in own)
            chip.show_count(brief(count) if self._short else grouped(count), spoken=grouped(count))
        self._fit()

    def show_short(self, short: bool) -> None:
        """Say it with the letters of the log, and round large numbers."""
        if short == self._short:
            return
        self._short = short
        for chip in self._chips:
            chip.show_short(short)
        self._fit()
        if self._counts:
            self.show_counts(self._counts)

    def _fit(self) -> None:
        """Whoever asks for the size at once shall hear of the new one."""
        self._row.invalidate()
        self.updateGeometry()

    def _pairs(self) -> list[tuple[Chip, frozenset[Level]]]:
        return [(chip, own) for chip, (_, _, own) in zip(self._chips, CHIPS, strict=True)]


def brief(count: int) -> str:
    """A number in at most four characters: 999, 3.9k, 412k, 1.2M."""
    if count < 1000:
        return str(count)
    size, unit = (count / 1000, "k") if count < 999_500 else (count / 1_000_000, "M")
    return f"{size:.1f}{unit}" if size < 9.95 else f"{size:.0f}{unit}"
