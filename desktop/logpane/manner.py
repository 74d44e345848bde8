"""How logs are shown: the same in all panes."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from desktop.logpane.times import TimeFormat
from desktop.theme.style import MONO_PX

if TYPE_CHECKING:
    from desktop.logpane.area import RowsArea

SIZES: Final = range(8, 29)
"""Those of the font that one may choose."""


@dataclass(frozen=True, slots=True)
class Manner:
    """`size_px` is that of the font."""

    wrap: bool = False
    time: TimeFormat = TimeFormat.TIME
    size_px: int = MONO_PX


class Manners(QObject):
    """The manner of the day; `changed` has the new one, whoever chose it."""

    changed = Signal(object)

    def __init__(self, manner: Manner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._manner = manner

    @property
    def manner(self) -> Manner:
        """What is chosen."""
        return self._manner

    def join(self, view: "RowsArea") -> None:
        """Have another log shown so; what is chosen in it holds for all."""
        view.show_manner(self._manner)
        self.changed.connect(view.show_manner)
        view.manner_changed.connect(self.choose)

    def join_size(self, view: "RowsArea") -> None:
        """Have a log shown in the size of the others; it wraps and tells times its own way."""
        view.show_size(self._manner)
        self.changed.connect(view.show_size)
        view.manner_changed.connect(self._choose_size)

    def _choose_size(self, manner: Manner) -> None:
        self.choose(replace(self._manner, size_px=manner.size_px))

    def choose(self, manner: Manner) -> None:
        """Choose another one."""
        if manner != self._manner:
            self._manner = manner
            self.changed.emit(manner)
