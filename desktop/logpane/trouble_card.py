"""What went wrong with a worker, at the foot of its log: what, why, and what to do."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.theme import tokens as sizes
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton, TextButton
from desktop.widgets.icon import Icon
from desktop.widgets.labels import label

ROOMY: Final = 360
"""In a pane that is lower, in px, the last lines would leave the log no room."""
LOW: Final = 220
"""In one that is lower still, neither would why it happened."""
ALONE: Final = "Run it alone"
_MARGINS: Final = (12, 8, 8, 10)


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that went wrong; `key` says which, `note` how often it did.

    `text` says why, `more` what came of it, `fix` what to do; `link` is the page that tells more.
    `lines` are the last that were printed, `line` is the number of the one that tells of it.
    `button` starts the worker; `task` is the id of the one that can be run again, in it alone.
    """

    key: str
    title: str
    note: str
    text: str
    more: str = ""
    fix: str = ""
    link: str = ""
    lines: tuple[str, ...] = ()
    line: int | None = None
    button: str = ""
    task: str = ""
    grave: bool = True


class TroubleCard(QFrame):
    """Shows one trouble of several.

    `line_asked` has a number, `alone_asked` the id of a task; the others are clicks.
    """

    line_asked = Signal(int)
    start_asked = Signal()
    alone_asked = Signal(str)
    dismissed = Signal(str)

    def __init__(self, theme: Theme, trouble: Trouble, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trouble = trouble
        self._pane = ROOMY
        self.setProperty("role", "error-card" if trouble.grave else "warn-card")
        self._title = label("", "strong", wrap=True)
        self._note = label("", "dim")
        self._text = label("", "text2", wrap=True)
        self._fix = label("", wrap=True)
        self._lines = _code()
        self._start = TextButton(theme, "", self.start_asked.emit, icon_name="play", compact=True)
        self._alone = TextButton(theme, ALONE, self._alone_pressed, icon_name="send", compact=True)
        self._alone.setToolTip("Send the task again, to this worker alone")
        self._show = IconButton(theme, "find", "Show the line", self._show_pressed)
        self._copy = IconButton(theme, "copy", "Copy what to do", self._copy_pressed)
        self._link = IconButton(theme, "external", "Read more in the browser", self._link_pressed)
        self._more = label("", "text2", wrap=True)
        self._place = label("", "dim")
        head = QHBoxLayout()
        head.setSpacing(8)
        icon = Icon(theme, "alert", "err" if trouble.grave else "warn")
        for part in (icon, self._title, self._note):
            part.setMinimumHeight(sizes.COMPACT)  # in line with the button at their right
        top = Qt.AlignmentFlag.AlignTop
        head.addWidget(icon, alignment=top)
        head.addWidget(self._title, 1)
        head.addWidget(self._note, alignment=top)
        close = IconButton(theme, "close", "Dismiss this message", self._close_pressed)
        head.addWidget(close, alignment=top)
        buttons = self._buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._start, self._alone, self._show, self._copy, self._link):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._place)
        column = QVBoxLayout(self)
        column.setContentsMargins(*_MARGINS)
        column.setSpacing(6)
        column.addLayout(head)
        for part in (self._text, self._more, self._fix, self._lines):
            column.addWidget(part)
        column.addLayout(buttons)
        self.show_trouble(trouble, 1)

    @property
    def trouble(self) -> Trouble:
        """What it shows."""
        return self._trouble

    def show_trouble(self, trouble: Trouble, count: int) -> None:
        """Show this, the first of so many."""
        self._trouble = trouble
        self._title.setText(trouble.title)
        self._note.setText(trouble.note)
        self._text.setText(trouble.text)
        self._fix.setText(trouble.fix)
        self._lines.setText("\n".join(trouble.lines))
        self._start.setText(trouble.button)
        self._start.setAccessibleName(trouble.button)
        self._start.setVisible(bool(trouble.button))
        self._alone.setVisible(bool(trouble.task))
        self._show.setVisible(trouble.line is not None)
        self._copy.setVisible(bool(trouble.fix))
        self._link.setVisible(bool(trouble.link))
        self._link.setToolTip(f"Read more: {trouble.link}")
        self._more.setText(trouble.more)
        self._place.setText(f"1 of {count}" if count > 1 else "")
        self.setAccessibleName(f"Trouble: {trouble.title}")
        self.show_in(self._pane)

    def show_in(self, height: int) -> None:
        """Show what a pane of this height has room for; the tooltip has the rest of it."""
        self._pane = height
        told = self._trouble
        roomy, low = height >= ROOMY, height < LOW
        for part, text, shown in (
            (self._text, told.text, not low),
            (self._fix, told.fix, not low),
            (self._more, told.more, roomy),
            (self._lines, "\n".join(told.lines), roomy),
        ):
            part.setVisible(shown and bool(text))
        rest = ((told.text, told.fix) if low else ()) + (() if roomy else (told.more,))
        self.setToolTip("\n".join(filter(None, rest)))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for all words on the buttons."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._alone.setText(ALONE)
        self._buttons.invalidate()
        left, _, right, _ = _MARGINS
        if self._buttons.sizeHint().width() > self.width() - left - right:
            self._alone.setText("")  # its icon has a name, and says the same when pointed at

    def _alone_pressed(self) -> None:
        self.alone_asked.emit(self._trouble.task)

    def _show_pressed(self) -> None:
        if self._trouble.line is not None:
            self.line_asked.emit(self._trouble.line)

    def _copy_pressed(self) -> None:
        QGuiApplication.clipboard().setText(self._trouble.fix)

    def _link_pressed(self) -> None:
        QDesktopServices.openUrl(QUrl(self._trouble.link))

    def _close_pressed(self) -> None:
        self.dismissed.emit(self._trouble.key)


def _code() -> QLabel:
    """Lines as they were printed; what is too long is cut off, for the log has it all."""
    code = label("", "code")
    code.setFont(mono_font())
    code.setMinimumWidth(1)
    code.setAccessibleName("Last lines")
    return code
