"""Something odd in a file of settings, with the way to the file."""

import re
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.icon import Icon
from desktop.widgets.labels import label

_FILE: Final = re.compile(r"(?P<file>.+?\.toml)(?=: | is not used)")


class WarningCard(QFrame):
    """`file_asked` has the path of the file that the warning begins with."""

    file_asked = Signal(str)

    def __init__(self, theme: Theme, warning: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "warn-card")
        self.setAccessibleName(warning)
        found = _FILE.match(warning)
        self._file = found["file"] if found else ""
        text = warning if found is None else f"{Path(self._file).name}{warning[found.end() :]}"
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(Icon(theme, "warning", "warn"))
        row.addWidget(label(text, wrap=True), 1)
        if found is not None:
            row.addWidget(TextButton(theme, "Open the file", self._open, compact=True))

    def _open(self) -> None:
        self.file_asked.emit(self._file)
