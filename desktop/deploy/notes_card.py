"""What is to be known of a Blueprint: notes, and what is wrong with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from core.errors import FleetError
from core.render.blueprint.drafting import Draft
from desktop.deploy.finding_list import FindingList
from desktop.deploy.told import of_blueprint
from desktop.theme.theme import Theme
from desktop.widgets.error_card import sentence
from desktop.widgets.labels import label
from desktop.widgets.scrolled import scrolled


class NotesCard(QFrame):
    """`place_clicked` has file and line."""

    place_clicked = Signal(str, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName("Notes on the Blueprint")
        self.faults = FindingList(theme)
        self.faults.place_clicked.connect(self.place_clicked)
        self.notes = label("", "text2", wrap=True)
        self.notes.setContentsMargins(16, 0, 16, 12)
        self.state = label("", "dim", wrap=True)
        self.state.setContentsMargins(16, 0, 16, 0)
        title = label("To know", "card-title")
        title.setContentsMargins(16, 0, 16, 0)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for widget in (self.state, self.faults, self.notes):
            rows.addWidget(widget)
        rows.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 14, 1, 1)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(scrolled(inside), 1)

    def show_draft(self, draft: Draft | FleetError | None) -> None:
        """What is told of it."""
        known = isinstance(draft, Draft)
        faults = of_blueprint(draft.faults) if known else ()
        self.faults.show_told(faults)
        self.notes.setText("\n\n".join(map(sentence, draft.notes)) if known else "")
        if not known:
            self.state.setText("")
        elif faults:
            self.state.setText(f"{len(faults)} found in render.yaml as it would be")
        else:
            self.state.setText("Valid, and nothing odd in it: checked here, without Render")
