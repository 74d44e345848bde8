"""The log of all workers, by their names: who joins it, who is hidden in it."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtWidgets import QWidget

from core.logs.store import LogStore
from desktop.logpane.merged_log import MergedLog
from desktop.logpane.notes import Note
from desktop.run.worker_rows import WorkerRow
from desktop.theme.theme import Theme


class AllWorkers(MergedLog):
    """`log` gives a worker's store. Who left is in it still."""

    def __init__(
        self, theme: Theme, log: Callable[[str], LogStore], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent=parent)
        self._log = log
        self._indices: dict[str, int] = {}

    def show_workers(self, rows: Sequence[WorkerRow]) -> None:
        """Take in those that joined, and show all in the colours that they have now."""
        numbers = dict(zip(self._indices.values(), self.view.numbers, strict=True))
        for row in rows:
            name, number = row.worker.name, 0 if row.letter else row.number
            if name not in self._indices:
                self._indices[name] = self.add(row.name, number, self._log(name))
            numbers[self._indices[name]] = number
        self.view.show_names(self.view.names, tuple(numbers.values()))

    def indices(self, names: Collection[str]) -> frozenset[int]:
        """What stands for these workers in a filter."""
        return frozenset(index for name, index in self._indices.items() if name in names)

    def place(self, name: str, number: int) -> int | None:
        """Where a line of a worker's own log stands here; None when it is not held."""
        index = self._indices.get(name)
        return None if index is None else self.place_of(index, number)

    def add_notes(self, name: str, notes: Sequence[Note]) -> None:
        """Say something of a worker behind what is there now."""
        for note in notes:
            self.add_note(f"{name.partition('@')[0]}: {note.text}", note.at)
