"""One part of a project: how it stands, what was found and where, and what can be changed."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.errors import FleetError
from core.project.finding import Part
from core.setup.trial import State
from desktop.setup.fault_card import FaultCard
from desktop.setup.words import NAMES, Said
from desktop.theme.looks import Colour
from desktop.theme.theme import Theme
from desktop.widgets.icon import Icon
from desktop.widgets.labels import label

TITLE: Final = 104
MARKS: Final[dict[State, tuple[str, Colour, str]]] = {
    State.WAITING: ("waiting", "grey", "waiting"),
    State.TRYING: ("clock", "violet", "trying"),
    State.WORKS: ("works", "ok", "works"),
    State.FAULT: ("alert", "err", "does not work"),
}


class PartRow(QWidget):
    """`content` stands beside the title, `controls` at the right, the fault below."""

    def __init__(
        self,
        theme: Theme,
        part: Part,
        content: QWidget | None = None,
        controls: Sequence[QWidget] = (),
        actions: Sequence[QPushButton] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._part = part
        self._detail_text = ""
        self._icon = Icon(theme, *MARKS[State.WAITING][:2], size=18)
        self.state = State.WAITING
        self.detail = label("", "dim", wrap=True)
        self.origin = label("", "dim", wrap=True)
        self.origin.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.fault = FaultCard(theme, actions)
        self._since = QElapsedTimer()
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._draw)
        words = QVBoxLayout()
        words.setSpacing(4)
        if content is not None:
            words.addWidget(content)
        self._below = QWidget()
        below = QHBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(16)
        below.addWidget(self.detail, 1)
        below.addWidget(self.origin, 1)
        words.addWidget(self._below)
        title = label(NAMES[part], "strong")
        title.setMinimumWidth(TITLE)
        line = QHBoxLayout()
        line.setSpacing(12)
        for widget in (self._icon, title):
            line.addWidget(widget)
        line.addLayout(words, 1)
        for widget in controls:
            line.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(10)
        column.addLayout(line)
        column.addWidget(self.fault)

    def show_part(self, state: State, said: Said, error: FleetError | None) -> None:
        """How it stands now."""
        if state is State.TRYING and self.state is not State.TRYING:
            self._since.start()
            self._tick.start()
        elif state is not State.TRYING:
            self._tick.stop()
        self.state = state
        icon_name, colour, word = MARKS[state]
        self._icon.show_icon(icon_name, colour)
        self._icon.setToolTip(word)
        self.setAccessibleName(f"{NAMES[self._part]}: {word}")
        self._detail_text = said.detail
        self.origin.setText(said.origin)
        self.origin.setVisible(bool(said.origin))
        self.fault.show_error(error)
        self._draw()

    def _draw(self) -> None:
        """While something is tried it says for how long."""
        text = self._detail_text
        if self.state is State.TRYING:
            seconds = self._since.elapsed() // 1000
            text = f"trying, {seconds} s" if seconds else "trying"
        elif self.state is State.WAITING and not text:
            text = "waits for what stands above"
        self.detail.setText(text)
        self.detail.setVisible(bool(text))
        # A layout of hidden widgets would keep what stands above it from being wide.
        self._below.setVisible(bool(text) or not self.origin.isHidden())
