"""render.yaml as it would be, against what is there; written on request."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import FleetError
from core.render.blueprint.drafting import Draft
from desktop.deploy.diff_lines import DiffLine, counted, diff_lines
from desktop.deploy.diff_view import DiffView
from desktop.setup.fault_card import FaultCard
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.labels import label


class BlueprintCard(QFrame):
    """`write` and `opened` are clicks."""

    write = Signal()
    opened = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("role", "card")
        self.setAccessibleName("Blueprint diff")
        self._added = label("", "toned")
        self._added.setProperty("tone", "ok")
        self._removed = label("", "toned")
        self._removed.setProperty("tone", "err")
        self._said = label("", "text2", wrap=True)
        self.fault = FaultCard(theme)
        self.diff = DiffView(theme, "render.yaml, what would change")
        self.open = TextButton(theme, "Open render.yaml", self.opened.emit, icon_name="file")
        self.write_button = TextButton(
            theme, "Write", self.write.emit, icon_name="save", role="primary"
        )
        self.write_button.setAccessibleName("Write render.yaml")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label("Blueprint diff", "card-title"))
        head.addStretch(1)
        head.addWidget(self._added)
        head.addWidget(self._removed)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.open)
        foot.addStretch(1)
        foot.addWidget(self.write_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._said)
        column.addWidget(self.fault)
        column.addWidget(self.diff, 1)
        column.addLayout(foot)
        self.show_draft(None, None)

    def show_draft(self, draft: Draft | FleetError | None, failed: FleetError | None) -> None:
        """What would be written; `failed` is why writing did not do."""
        error = draft if isinstance(draft, FleetError) else failed
        self.fault.show_error(error)
        known = isinstance(draft, Draft)
        for widget in (self._added, self._removed, self._said, self.diff, self.write_button):
            widget.setVisible(known)
        self.open.setVisible(known and draft.exists)
        if not isinstance(draft, Draft):
            return
        lines = tuple(diff_lines(draft.diff()))
        added, removed = counted(lines)
        self._added.setText(f"+{added}" if lines else "")
        self._removed.setText(f"−{removed}" if lines else "")
        self._said.setText(_said(draft))
        self.diff.show_lines(lines or _whole(draft))
        self.write_button.setEnabled(bool(lines))
        self.write_button.setToolTip(_reason(draft))


def _said(draft: Draft) -> str:
    if not draft.exists:
        return "render.yaml, a new file, from the same settings as your fleet"
    if draft.changes:
        return "render.yaml, from the same settings as your fleet"
    if draft.settings.changes:
        return f"render.yaml stays; the choices go into {draft.settings.file.name}"
    return "Nothing to change: render.yaml is as the project wants it"


def _reason(draft: Draft) -> str:
    files = [draft.file.name] if draft.changes else []
    files += [draft.settings.file.name] if draft.settings.changes else []
    return f"Writes {' and '.join(files)}" if files else "There is nothing to write"


def _whole(draft: Draft) -> tuple[DiffLine, ...]:
    """The file as it is, where nothing changes."""
    return tuple(
        DiffLine("same", number, text) for number, text in enumerate(draft.text().splitlines(), 1)
    )
