"""The last step: the deployment's checklist, whose boxes tick themselves from evidence."""

from collections import Counter
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import FleetError
from core.render.checklist.markdown import as_markdown
from desktop.deploy.box_list import BoxList
from desktop.deploy.box_looks import LOOKS
from desktop.deploy.facts import Checked
from desktop.deploy.sections import card_bar
from desktop.setup.fault_card import FaultCard
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton, TextButton
from desktop.widgets.chip import Chip
from desktop.widgets.error_card import sentence
from desktop.widgets.icon import Icon
from desktop.widgets.labels import label
from desktop.widgets.scrolled import scrolled


class ChecklistCard(QFrame):
    """`seen` comes when it is shown, `again` is a click; `save_asked` has a path and the text.

    `asked` and `place_clicked` are those of the rows.
    """

    seen = Signal()
    again = Signal()
    asked = Signal(object, bool)
    place_clicked = Signal(str, int)
    save_asked = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._checked: Checked | None = None
        self._running = False
        self.setProperty("role", "card")
        self.setAccessibleName("Checklist")
        self.chips = {
            state: Chip(theme, look.word, look.colour if look.tone else None, compact=True)
            for state, look in LOOKS.items()
        }
        self.copy = IconButton(theme, "copy", "Copy as Markdown", self._copy)
        self.save = IconButton(theme, "save", "Save as Markdown", self._ask_where)
        self.again_button = TextButton(theme, "Check again", self.again.emit, icon_name="restart")
        self.state = label("", "text2", wrap=True)
        self._note = QFrame()
        self.fault = FaultCard(theme)
        self.boxes = BoxList(theme)
        self.boxes.place_clicked.connect(self.place_clicked)
        self.boxes.asked.connect(self.asked)
        self._scroll = scrolled()
        self._lay_out()
        for chip in self.chips.values():
            chip.toggled.connect(self._filter)
        self.show_checked(None)
        self.show_running(False)

    def _lay_out(self) -> None:
        ends = (self.copy, self.save, self.again_button)
        bar = card_bar("Checklist", self.chips.values(), ends)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inset = QVBoxLayout()
        inset.setContentsMargins(8, 0, 8, 0)
        inset.addWidget(self.fault)
        self.fault.setProperty("below-bar", True)
        self._note.setProperty("role", "row")
        note = QHBoxLayout(self._note)
        note.setContentsMargins(18, 10, 16, 10)
        note.setSpacing(14)
        note.addWidget(Icon(self._theme, "clock", "grey"), alignment=Qt.AlignmentFlag.AlignTop)
        note.addWidget(self.state, 1)
        column.addLayout(inset)
        column.addWidget(self._note)
        column.addWidget(self.boxes)
        column.addStretch(1)
        self._scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addWidget(bar)
        whole.addWidget(self._scroll, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks at it."""
        super().showEvent(event)
        self.seen.emit()

    def show_running(self, running: bool) -> None:
        """Whether it is being looked at."""
        self._running = running
        self.again_button.setEnabled(not running)
        self._say("Looking at the commit, and at Render …" if running else self._told())

    def show_waiting(self, why: str) -> None:
        """What it waits for."""
        self._say(sentence(why))

    def _say(self, text: str) -> None:
        self.state.setText(text)
        self._note.setVisible(bool(text))

    def _told(self) -> str:
        """Why much of it is not known."""
        remote = None if self._checked is None else self._checked.now.case.remote
        if not isinstance(remote, FleetError):
            return ""
        return f"Render told nothing: {remote.what}. {sentence(remote.fix)}"

    def show_checked(self, part: Checked | FleetError | None) -> None:
        """How the boxes stand."""
        self.fault.show_error(part if isinstance(part, FleetError) else None)
        known = part if isinstance(part, Checked) else None
        if known is not None and known is self._checked:
            return
        self._checked = known
        boxes = () if known is None else known.boxes
        count = Counter(each.state for each in boxes)
        for state, chip in self.chips.items():
            chip.setVisible(known is not None)
            chip.show_count(str(count[state]))
        for button in (self.copy, self.save):
            button.setEnabled(known is not None)
        remote = None if known is None else known.now.case.remote
        self.boxes.show_boxes(boxes, remote.fix if isinstance(remote, FleetError) else "")
        if not self._running:
            self._say(self._told())

    def _filter(self, checked: bool) -> None:
        self.boxes.hide_states(
            [state for state, chip in self.chips.items() if not chip.isChecked()]
        )

    def markdown(self) -> str:
        """The list as Markdown."""
        if self._checked is None:
            return ""
        name = self._checked.top.name
        return "\n".join((*as_markdown(name, self._checked.now, self._checked.boxes), ""))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.markdown())

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, "Save the checklist", "checklist.md")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("md")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(self._save, self.markdown()))
        dialog.open()

    def _save(self, text: str, path: str) -> None:
        self.save_asked.emit(path, text)
