"""The step of the account: the key, the workspace, and which services are the project's."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.errors import FleetError
from core.render.api.key import NoKey
from core.render.api.matching import Match
from desktop.deploy.cell_rows import Cell, CellRows, CellTable
from desktop.deploy.sections import scrolled_cards, section
from desktop.render.account import Account, Place
from desktop.render.words import counted, kind
from desktop.setup.fault_card import FaultCard
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.combo import Combo
from desktop.widgets.error_card import sentence
from desktop.widgets.labels import label

HEADS: Final = ("SERVICE", "KIND", "STATE", "PLAN", "INSTANCES", "BRANCH")
WHY: Final = (
    "Deploys, logs, variables and instances are asked for with a key of your account. It goes into"
    " this system's keyring, never into a file of the project, and is not shown again."
)
MISSING: Final = (
    "What is not on Render is made when the repository is connected once: on Render's page choose"
    " New Blueprint Instance and this repository, then look again."
)


class AccountPage(QWidget):
    """`entered` has a key, `owner_chosen` the id of a workspace; the others are clicks."""

    entered = Signal(str)
    owner_chosen = Signal(str)
    forget = Signal()
    again = Signal()
    keys_page = Signal()
    blueprints_page = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fault = FaultCard(theme)
        self.state = label("", "text2", wrap=True)
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName("Key of Render's API")
        self.field.setPlaceholderText("rnd_…")
        self.field.returnPressed.connect(self._enter)
        self.use = TextButton(theme, "Use this key", self._enter, icon_name="check", role="primary")
        self.make = TextButton(
            theme, "Make a key on Render's page", self.keys_page.emit, icon_name="external"
        )
        self.kept = label("", "strong")
        self.unkept = label("", "dim", wrap=True)
        self.forget_button = TextButton(
            theme, "Forget the key…", self.forget.emit, icon_name="close", role="danger"
        )
        self.owner = Combo(theme, "Workspace")
        self.owner.activated.connect(self._choose)
        self.again_button = TextButton(theme, "Look again", self.again.emit, icon_name="restart")
        self.rows = CellRows(theme, HEADS, self)
        table = CellTable(theme, self.rows, "Services", (0, 116, 116, 88, 88, 92), wide=0)
        self.unmatched = FaultCard(theme)
        self.missing = label(MISSING, "dim", wrap=True)
        self.connect_button = TextButton(
            theme, "Connect on Render's page", self.blueprints_page.emit, icon_name="external"
        )
        self._enter_box = self._key_box()
        self._known_box = self._owner_box()
        self._services = section("Services", table, self._below(), note="by name", inset=8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        key = section("Account", self.state, self._enter_box, self._known_box, inset=16)
        column.addWidget(self.fault)
        column.addWidget(scrolled_cards((key, self.unmatched, self._services)), 1)
        self.show_account(None, busy=False)

    def _key_box(self) -> QWidget:
        box = QWidget()
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.field, 1)
        line.addWidget(self.use)
        links = QHBoxLayout()
        links.addWidget(self.make)
        links.addStretch(1)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(10)
        column.addWidget(label(WHY, "dim", wrap=True))
        column.addLayout(line)
        column.addLayout(links)
        return box

    def _owner_box(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(10)
        for name, widget, button in (
            ("Key", self.kept, self.forget_button),
            ("Workspace", self.owner, self.again_button),
        ):
            row = QHBoxLayout()
            row.setSpacing(8)
            title = label(name, "text2")
            title.setFixedWidth(88)
            row.addWidget(title)
            row.addWidget(widget, 1)
            row.addWidget(button)
            column.addLayout(row)
        column.addWidget(self.unkept)
        return box

    def _below(self) -> QWidget:
        box = self._hint = QFrame()
        row = QHBoxLayout(box)
        row.setContentsMargins(8, 0, 8, 4)
        row.setSpacing(12)
        row.addWidget(self.missing, 1)
        row.addWidget(self.connect_button)
        return box

    def show_account(self, account: Account | FleetError | None, *, busy: bool) -> None:
        """What is known; `busy` while Render is asked."""
        known = isinstance(account, Account)
        self.state.setText(_state(account, busy=busy))
        self.state.setVisible(bool(self.state.text()))
        for button in (self.again_button, self.use, self.forget_button):
            button.setEnabled(not busy)
        wrong = account if isinstance(account, FleetError) and not busy else None
        self.fault.show_error(None if isinstance(wrong, NoKey) else wrong)
        self._enter_box.setVisible(not known)
        self._known_box.setVisible(known)
        self._services.setVisible(known and account.there is not None)
        self.unmatched.show_error(account.fault if known and not busy else None)
        if isinstance(account, Account):
            self._show_known(account)

    def show_said(self, words: str) -> None:
        """What Render has us wait for, or the like."""
        self.state.setText(words)
        self.state.show()

    def _show_known(self, account: Account) -> None:
        self.kept.setText(str(account.place))
        self.forget_button.setVisible(account.place is not Place.VARIABLE)
        unkept = account.unkept
        self.unkept.setText(
            "" if unkept is None else f"It was not kept: {unkept.why}. {unkept.fix}"
        )
        self.unkept.setVisible(unkept is not None)
        self.owner.clear()
        for each in account.owners:
            self.owner.addItem(each.name, each.id)
        chosen = -1 if account.owner is None else self.owner.findData(account.owner.id)
        self.owner.setCurrentIndex(chosen)
        self.owner.setEnabled(len(account.owners) > 1)
        matches = () if account.there is None else account.there.matches
        self.rows.show_rows([_cells(each) for each in matches])
        self._hint.setVisible(any(each.service is None for each in matches))

    def _enter(self) -> None:
        """The key leaves the field, and what could bring it back there."""
        text = self.field.text()
        self.field.setText("")
        if text.strip():
            self.entered.emit(text)

    def _choose(self, place: int) -> None:
        self.owner_chosen.emit(self.owner.itemData(place))


def _state(account: Account | FleetError | None, *, busy: bool) -> str:
    if busy:
        return "Render is asked …"
    return f"{sentence(account.why)}." if isinstance(account, NoKey) else ""


def _cells(match: Match) -> tuple[Cell, ...]:
    service, what = match.service, kind(match.type)
    if service is None:
        absent = Cell("not on Render", "warn", "warning")
        return Cell(match.name, strong=True), Cell(what, "text2"), absent, *[Cell("")] * 3
    sleeps, works = Cell("suspended", "warn", "warning"), Cell("active", "ok", "check")
    return (
        Cell(service.name, strong=True, hint=service.id),
        Cell(what, "text2"),
        sleeps if service.suspended else works,
        Cell(service.plan, "text2"),
        Cell("" if service.instances is None else str(service.instances), "text2"),
        Cell(service.branch, "text2", mono=True),
    )


def account_words(account: Account | FleetError | None) -> str:
    """How the step stands, in a few words."""
    match account:
        case None:
            return "not asked yet"
        case NoKey():
            return "no key yet"
        case FleetError():
            return "could not be asked"
        case Account(there=None):
            return "the project was not found"
        case Account():
            assert account.there is not None
            missing = sum(each.service is None for each in account.there.matches)
            there = counted(len(account.there.there()), "service")
            return f"{there}, {missing} missing" if missing else there
