"""What would be pushed, and where to."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from core.errors import FleetError
from core.render.pushing import Branch
from desktop.deploy.sections import card_head
from desktop.render.words import counted
from desktop.setup.fault_card import FaultCard
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.combo import Combo
from desktop.widgets.labels import label

TOP: Final = 3
"""Files that are named; of more it is said how many there are."""


class PushCard(QFrame):
    """`push` has the name of the chosen remote; `again` is a click."""

    push = Signal(str)
    again = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName("Push")
        self.state = label("", "dim")
        self.again_button = TextButton(theme, "Look again", self.again.emit, icon_name="restart")
        self.push_button = TextButton(
            theme, "Push…", self._push, icon_name="deploy", role="primary"
        )
        self.remote = Combo(theme, "Remote")
        self.fault = FaultCard(theme)
        self.values: dict[str, QLabel] = {name: label("", wrap=True) for name in ("Branch", "Note")}
        self._names: dict[str, QLabel] = {}
        self._branch: Branch | None = None
        self._body = self._rows()
        ends = (self.again_button, self.push_button)
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 0, 12, 0)
        inner.setSpacing(8)
        inner.addWidget(self.fault)
        inner.addWidget(self._body)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 12, 1, 12)
        column.setSpacing(8)
        column.addLayout(card_head("Push", self.state, ends=ends))
        column.addLayout(inner)
        self.show_branch(None)

    def _rows(self) -> QWidget:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        shown: dict[str, QWidget] = {**self.values, "To": self.remote}
        for row, name in enumerate(("Branch", "To", "Note")):
            left = self._names[name] = label(name, "text2")
            left.setMinimumWidth(88)
            top = Qt.AlignmentFlag.AlignVCenter if name == "To" else Qt.AlignmentFlag.AlignTop
            grid.addWidget(left, row, 0, top)
            grid.addWidget(shown[name], row, 1)
        return body

    def show_branch(self, branch: Branch | None, deployed: tuple[str, ...] = ()) -> None:
        """What is checked out; `deployed` are the branches that render.yaml names."""
        self._branch = branch
        self._body.setVisible(branch is not None)
        self.push_button.setEnabled(branch is not None and bool(branch.remotes))
        if branch is None:
            return
        self.values["Branch"].setText(f"{branch.name}, {where(branch)}")
        chosen = self.remote.currentData()
        self.remote.clear()
        for each in branch.remotes:
            self.remote.addItem(f"{each.name}  {each.address}", each.name)
        upstream = (branch.upstream or "").partition("/")[0]
        place = max(self.remote.findData(chosen or upstream), 0 if branch.remotes else -1)
        self.remote.setCurrentIndex(place)
        self.remote.setEnabled(len(branch.remotes) > 1)
        self._show("Note", _note(branch, deployed))

    def show_error(self, error: FleetError | None) -> None:
        """Why it cannot be pushed, or was not."""
        self.fault.show_error(error)

    def show_busy(self, words: str) -> None:
        """What is under way; empty when nothing is."""
        self.state.setText(words)
        self.again_button.setEnabled(not words)
        can = self._branch is not None and bool(self._branch.remotes)
        self.push_button.setEnabled(can and not words)

    def show_pushed(self, words: str) -> None:
        """What became of it."""
        self.state.setText(words)

    def _show(self, name: str, text: str) -> None:
        self.values[name].setText(text)
        for widget in (self.values[name], self._names[name]):
            widget.setVisible(bool(text))

    def _push(self) -> None:
        self.push.emit(self.remote.currentData() or "")


def where(branch: Branch) -> str:
    """How it stands against what it follows."""
    if branch.upstream is None:
        return f"{counted(branch.ahead, 'commit')} that no remote has"
    if not branch.ahead and not branch.behind:
        return f"{branch.upstream} has all of it"
    behind = f", {branch.behind} behind" if branch.behind else ""
    return f"{counted(branch.ahead, 'commit')} ahead of {branch.upstream}{behind}"


def uncommitted(branch: Branch) -> str:
    """What is not committed; empty when all is."""
    if not branch.changed:
        return ""
    more = len(branch.changed) - TOP
    names = ", ".join(branch.changed[:TOP]) + (f" and {more} more" if more > 0 else "")
    return f"{counted(len(branch.changed), 'file')}, not committed: {names}"


def _note(branch: Branch, deployed: tuple[str, ...]) -> str:
    if not branch.remotes:
        return "git knows no remote. Make an empty repository, then: git remote add origin URL"
    if deployed and branch.name not in deployed:
        return f"render.yaml deploys {', '.join(deployed)}, not {branch.name}"
    return ""


def push_words(branch: Branch | None) -> str:
    """How the step stands before anything was deployed, in a few words."""
    if branch is None:
        return "not looked at yet"
    if branch.ahead:
        return f"{counted(branch.ahead, 'commit')} to push"
    changed = f"{counted(len(branch.changed), 'file')} not committed"
    return changed if branch.changed else "all is pushed"
