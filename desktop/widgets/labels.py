"""Labels in the few ways in which words are set."""

import re
from typing import Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QMenu, QWidget

Role = Literal[
    "title",
    "product",
    "card-title",
    "section",
    "strong",
    "text2",
    "dim",
    "error",
    "key",
    "big-title",
    "annotation",
    "small",
    "code",
    "toned",
    "",
]

MAY_BREAK: Final = "\u200b"
_STEP: Final = 4
"""Letters that stay together where a word has to be broken."""
_LONG: Final = re.compile(r"[^\s/\-]{24,}")
_WORD: Final = re.compile(r"[^\u200b]{24,}")
_SIGN: Final = re.compile(r"(?<=[\\._,=&:;])(?=.)")


def label(
    text: str, role: Role = "", *, wrap: bool = False, parent: QWidget | None = None
) -> QLabel:
    """Words in this role. Never taken for HTML, and ready to be copied where they wrap.

    What wraps is never wider than its place: what has no spaces is broken within.
    """
    made = Wrapped(text, parent) if wrap else QLabel(text, parent)
    made.setProperty("role", role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if wrap:
        made.setWordWrap(True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class Wrapped(QLabel):
    """A label that may be broken anywhere: a key, a value or a path can be very long."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setText(text)

    def text(self) -> str:
        """The text as it was given."""
        return self._whole

    def setText(self, text: str) -> None:
        """Show another one."""
        self._whole = text
        super().setText(breakable(text))

    def copy(self) -> None:
        """Put what is selected on the clipboard, without the places where it may be broken."""
        QGuiApplication.clipboard().setText(self.selectedText().replace(MAY_BREAK, ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copying is all that can be done."""
        if self.hasSelectedText():
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction("Copy", self.copy)
            menu.popup(event.globalPos())


def breakable(text: str) -> str:
    """The text with places where it may be broken in what has no spaces for long."""
    return _LONG.sub(_broken, text)


def _broken(found: re.Match[str]) -> str:
    """After a sign of punctuation, or every few letters where there is none."""
    return _WORD.sub(_apart, _SIGN.sub(MAY_BREAK, found[0]))


def _apart(found: re.Match[str]) -> str:
    word = found[0]
    return MAY_BREAK.join(word[at : at + _STEP] for at in range(0, len(word), _STEP))
