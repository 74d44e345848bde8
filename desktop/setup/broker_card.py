"""The broker: the project's own, the built-in one, or another address."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.project.finding import Part
from core.secret import Secret, mask_url
from core.setup.choices import Choices
from core.setup.trial import Trial
from core.wishes import BUILTIN
from desktop.setup.part_row import PartRow
from desktop.setup.words import said_of
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.labels import label
from desktop.widgets.segmented import Segment, Segmented

OWN: Final = "own"
OTHER: Final = "other"
SEGMENTS: Final = (
    Segment(OWN, "From the project"),
    Segment(BUILTIN, "Built-in broker"),
    Segment(OTHER, "Other URL…"),
)
NOT_KEPT: Final = "It has a password, so it holds until the project is closed and is not written."


class BrokerCard(QFrame):
    """`chosen` has the Choices after a change."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._choices = Choices()
        self.kind = Segmented(theme, "Broker", SEGMENTS)
        self.kind.chosen.connect(self._kind_chosen)
        self.url = QLineEdit()
        self.url.setAccessibleName("Address of the broker")
        self.url.setPlaceholderText("redis://localhost:6379/0, then Enter")
        self.url.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
        self.url.setFont(mono_font())
        self.url.returnPressed.connect(self._url_typed)
        self._remark = label(NOT_KEPT, "dim", wrap=True)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        line = QHBoxLayout()
        line.addWidget(self.kind)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self.url)
        column.addWidget(self._remark)
        self.use_builtin = TextButton(
            theme, "Use the built-in broker", self._use_builtin, icon_name="broker", role="primary"
        )
        self.row = PartRow(theme, Part.BROKER, content, actions=(self.use_builtin,))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 4, 1, 4)
        outer.addWidget(self.row)
        self.show_trial(Trial(path=Path()), Choices())

    def show_trial(self, trial: Trial, choices: Choices) -> None:
        """How far it is."""
        if choices.broker != self._choices.broker:
            self.url.clear()
        self._choices = choices
        kind = self._kind(trial, choices)
        self.kind.show_value(kind)
        self.url.setVisible(kind == OTHER)
        self._remark.setVisible(choices.lasting != choices)
        if choices.broker is not None and kind == OTHER:
            self.url.setPlaceholderText(mask_url(choices.broker.reveal()))
        state, said = trial.state(Part.BROKER), said_of(Part.BROKER, trial)
        self.row.show_part(state, said, trial.faults.get(Part.BROKER))
        self.use_builtin.setVisible(kind != BUILTIN)

    def _kind(self, trial: Trial, choices: Choices) -> str:
        """A setting of the project may ask for the built-in one as well."""
        broker = choices.broker
        if broker is None and trial.found is not None:
            broker = trial.found.settings.broker
            if broker is not None and broker.reveal() != BUILTIN:
                return OWN
        if broker is None:
            return OWN
        return BUILTIN if broker.reveal() == BUILTIN else OTHER

    def _kind_chosen(self, kind: str) -> None:
        self.url.setVisible(kind == OTHER)
        if kind == OTHER:
            self.url.setFocus()
        else:
            broker = Secret(BUILTIN) if kind == BUILTIN else None
            self.chosen.emit(replace(self._choices, broker=broker))

    def _use_builtin(self) -> None:
        self._kind_chosen(BUILTIN)

    def _url_typed(self) -> None:
        text = self.url.text().strip()
        if text:
            self.chosen.emit(replace(self._choices, broker=Secret(text)))
