"""Writes a log to a file, a slice at a time, so that the window stays alive meanwhile."""

from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.logpane.document import Document
from desktop.logpane.selection import STEP, lines


class Saver(QObject):
    """Writes one file; `saved` or `failed` comes once, then it is done."""

    saved = Signal(str)  # path
    failed = Signal(str, str)  # path, why

    def __init__(
        self, document: Document, path: Path, *, everything: bool, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._path = path
        self._document = document
        self._everything = everything
        self._place = document.source.first if everything else document.first
        self._end = document.source.end
        self._file: TextIO | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()

    def _go_on(self) -> None:
        try:
            if self._file is None:
                self._file = self._path.open("w", encoding="utf-8", newline="\n")
            start, self._place = self._place, min(self._place + STEP, self._end)
            self._file.writelines(f"{text}\n" for text in self._texts(start, self._place))
            if self._place >= self._end:
                self._timer.stop()
                self._file.close()
                self.saved.emit(str(self._path))
        except OSError as error:
            self._timer.stop()
            self.failed.emit(str(self._path), error.strerror or str(error))

    def _texts(self, start: int, end: int) -> Iterator[str]:
        if self._everything:
            return iter(self._document.source.texts(start, end))
        return lines(self._document, start, end, prefix=True)
