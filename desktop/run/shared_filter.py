"""What is shown of all logs at once: by text, by level, and in the log of all by worker."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal

from desktop.logpane.filter import Filter
from desktop.logpane.filterbar import FilterBar
from desktop.logpane.frame import LogFrame
from desktop.run.all_workers import AllWorkers
from desktop.run.toolbar import Toolbar
from desktop.theme.theme import Theme


class SharedFilter(QObject):
    """Its `bar` stands below the toolbar when it is asked for. `panes` gives those that there are.

    `changed` comes when other lines may be shown, `closed` when the bar was closed by a person.
    """

    changed = Signal()
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        toolbar: Toolbar,
        panes: Callable[[], Iterable[LogFrame]],
        merged: AllWorkers,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.chosen = Filter()
        self.bar = FilterBar(theme, shared=True)
        self.bar.hide()
        self._toolbar = toolbar
        self._panes = panes
        self._merged = merged
        toolbar.levels_changed.connect(self._choose)
        toolbar.workers_changed.connect(self.apply)
        toolbar.filter_asked.connect(self._toggle)
        self.bar.filter_changed.connect(self._choose)
        self.bar.closed.connect(self.close)

    def choose(self, chosen: Filter, hidden: frozenset[str]) -> None:
        """Show this, and not the workers of these names."""
        self.bar.show_filter(chosen)
        self._toolbar.levels.show_levels(chosen.levels)
        self._toolbar.workers.hide_workers(hidden)
        if chosen.text or chosen.exclude:
            self.open()
        self._choose()
        self.apply()

    def open(self) -> None:
        """Open the bar, ready to type."""
        self._toolbar.show_filter(True)
        self.bar.show()
        self.bar.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close(self) -> None:
        """Close the bar; the levels stay as they are chosen."""
        self._toolbar.show_filter(False)
        self.bar.hide()
        self.bar.show_filter(Filter())
        self._choose()
        self.closed.emit()

    def apply(self) -> None:
        """Let all logs show what is chosen, those included that have just come."""
        without = self._merged.indices(self._toolbar.workers.hidden)
        for pane in self._panes():
            _share(pane, self.chosen)
        _share(self._merged, replace(self.chosen, without=without))
        self.changed.emit()

    def _toggle(self, shown: bool) -> None:
        (self.open if shown else self.close)()

    def _choose(self) -> None:
        chosen = replace(self.bar.filter, levels=self._toolbar.levels.levels)
        if not chosen.error and chosen != self.chosen:
            self.chosen = chosen
            self.apply()


def _share(frame: LogFrame, chosen: Filter) -> None:
    if frame.document.shared != chosen:
        frame.view.show_only(chosen, shared=True)
