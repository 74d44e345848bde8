"""The head of a pane: who it is, how it is, and what can be done with it."""

from typing import Final

from PySide6.QtCore import QPoint, Signal, SignalInstance
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop.theme import tokens as sizes
from desktop.theme.looks import Look
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton, shown_key
from desktop.widgets.grouped import grouped
from desktop.widgets.labels import label
from desktop.widgets.mark import Mark
from desktop.widgets.pill import Pill
from desktop.widgets.tile import Tile

_GAP: Final = 6
_MARGINS: Final = 18


class PaneHeader(QFrame):
    """Shows what it is given, and says what was pressed; where it is narrow, it shows less of it.

    `letter` is that of a command beside the workers, `link` where it is to be seen. What runs
    `elsewhere` is not started or stopped here.
    """

    follow_asked = Signal(bool)
    restart_asked = Signal()
    stop_asked = Signal()
    start_asked = Signal()
    maximise_asked = Signal()
    menu_asked = Signal(QPoint)  # global
    link_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        number: int,
        name: str,
        look: Look,
        *,
        letter: str = "",
        link: str | None = None,
        elsewhere: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._runs = True
        self._elsewhere = elsewhere
        self._pill = Pill(theme, look)
        self._mark = Mark(theme, look)
        self._mark.hide()
        self._rate: QLabel = label("", "dim")
        self._follow = IconButton(theme, "follow", f"Follow {name}", key="End")
        self._follow.setCheckable(True)
        self._follow.setProperty("role", "lamp")
        self._follow.clicked.connect(self.follow_asked)
        self._restart = IconButton(theme, "restart", f"Restart {name}", key="Shift+F5")
        self._restart.clicked.connect(self.restart_asked)
        self._run = IconButton(theme, "stop", f"Stop {name}", self._run_pressed, key="F5")
        self._maximise = IconButton(theme, "maximise", f"Maximise {name}")
        self._maximise.clicked.connect(self.maximise_asked)
        self._more = IconButton(theme, "more", f"More for {name}", self._more_pressed)
        self.setProperty("role", "pane-header")
        self.setFixedHeight(sizes.PANE_HEADER)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(11, 0, 7, 0)
        row.setSpacing(_GAP)
        tile, named = Tile(theme, number, letter), label(name, "strong")
        browse = () if link is None else (_browse(theme, link, self.link_asked),)
        self._always = (tile, named, *browse, self._follow, self._more)
        named.setContentsMargins(2, 0, 4, 0)
        for widget in (tile, named, self._pill, self._mark, self._rate):
            row.addWidget(widget)
        row.addStretch()
        buttons = (self._follow, self._restart, self._run, self._maximise, self._more)
        for button in (*browse, *buttons):
            row.addWidget(button)
        for button in (self._restart, self._run):
            button.setVisible(not elsewhere)
        self.show_following(True)

    def show_look(self, look: Look, runs: bool) -> None:
        """Show another state; `runs` says whether stopping makes sense, or starting does."""
        self._pill.show_look(look)
        self._mark.show_look(look)
        self._fit()
        if runs != self._runs:
            self._runs = runs
            icon_name, verb = ("stop", "Stop") if runs else ("play", "Start")
            self._run.show_icon(icon_name, f"{verb} {self._name}")
            self._run.setToolTip(f"{verb} {self._name}  {shown_key('F5')}")

    def show_rate(self, lines_s: float | None) -> None:
        """Show how many lines a second come in; None for a worker that does not run."""
        if lines_s is None:
            self._rate.setText("")
            return
        figure = f"{lines_s:.1f}" if 0 < lines_s < 1 else grouped(round(lines_s))
        self._rate.setText(f"{figure} {'line' if figure == '1' else 'lines'}/s")
        self._fit()

    def show_following(self, on: bool) -> None:
        """Light the lamp, or put it out."""
        self._follow.setChecked(on)
        name = f"Following {self._name}" if on else f"Follow {self._name}"
        self._follow.show_icon("follow", name, "ok" if on else "text2")
        self._follow.setToolTip(f"{name}  {shown_key('End')}")

    def show_maximised(self, on: bool) -> None:
        """Offer the way back."""
        icon_name, verb = ("restore", "Restore") if on else ("maximise", "Maximise")
        self._maximise.show_icon(icon_name, f"{verb} {self._name}")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The whole head is a button for maximising."""
        self.maximise_asked.emit()

    def resizeEvent(self, event: object) -> None:
        """What there is no room for is left out; the menu has it too."""
        self._fit()

    def _fit(self) -> None:
        process = () if self._elsewhere else (self._restart, self._run)
        optional = (self._rate, self._maximise, *process, self._pill)
        always = sum(_room(each) for each in self._always) + _MARGINS
        needed = always + sum(_room(each) for each in optional)
        for part in optional:
            fits = needed <= self.width()
            part.setVisible(fits)
            needed -= 0 if fits else _room(part)
        self._mark.setVisible(self._pill.isHidden())  # its shape stays where a word has no room

    def _run_pressed(self) -> None:
        (self.stop_asked if self._runs else self.start_asked).emit()

    def _more_pressed(self) -> None:
        self.menu_asked.emit(self._more.mapToGlobal(self._more.rect().bottomLeft()))


def _room(widget: QWidget) -> int:
    return widget.sizeHint().width() + _GAP


def _browse(theme: Theme, link: str, asked: SignalInstance) -> IconButton:
    return IconButton(theme, "external", f"Open {link}", asked.emit)
