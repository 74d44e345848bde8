"""The pane of one worker: head, a place for a banner, its log."""

from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from core.logs.store import LogStore
from desktop.logpane.document import Document
from desktop.logpane.foot import Foot
from desktop.logpane.frame import LogFrame
from desktop.logpane.header import PaneHeader
from desktop.logpane.notes import Note
from desktop.logpane.source import StoreSource
from desktop.logpane.trouble_card import TroubleCard
from desktop.theme.looks import Look
from desktop.theme.theme import Theme

RATE_MS: Final = 1000
STAGGER_MS: Final = 4
STEPS: Final = 8
LOG_LEAST: Final = 28
"""Pixels of its log that a card leaves to be seen: the last line."""


class Pane(LogFrame):
    """Shows a store, and emits what was asked for; `number` counts workers from 1.

    A command beside the workers has a `letter`, and a web server an `address` for the browser.
    What runs `elsewhere` is not started or stopped here.
    """

    restart_asked = Signal()
    stop_asked = Signal()
    start_asked = Signal()
    maximise_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        number: int,
        name: str,
        look: Look,
        store: LogStore,
        *,
        file_name: str = "",
        letter: str = "",
        address: str | None = None,
        elsewhere: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        document = Document(StoreSource(store, file_name))
        super().__init__(theme, document, lambda: store.counts, parent=parent)
        self._store = store
        self.view.stagger_ms = STAGGER_MS * ((number - 1) % STEPS)
        self._banner: QWidget | None = None
        self._card: TroubleCard | None = None
        self.view.setMinimumHeight(LOG_LEAST)  # its own hint is more
        self._foot = Foot()
        self._column.addWidget(self._foot)
        self._elsewhere = elsewhere
        self.header = PaneHeader(
            theme, number, name, look, letter=letter, link=address, elsewhere=elsewhere
        )
        self.name = name
        self.setAccessibleName(name)
        self.view.setAccessibleName(f"Log of {name}")
        self._column.insertWidget(0, self.header)
        header = self.header
        header.follow_asked.connect(self.view.follow)
        self.view.following_changed.connect(header.show_following)
        header.restart_asked.connect(self.restart_asked)
        header.stop_asked.connect(self.stop_asked)
        header.start_asked.connect(self.start_asked)
        header.maximise_asked.connect(self.maximise_asked)
        header.menu_asked.connect(self._menu_asked)
        self._address = address
        header.link_asked.connect(self._open_address)
        self._runs = True
        self._rated = store.end
        self._since = QElapsedTimer()
        self._since.start()
        self._rate = QTimer(self, interval=RATE_MS)
        self._rate.timeout.connect(self._show_rate)
        self._rate.start()

    def show_look(self, look: Look, runs: bool) -> None:
        """Show the worker's state; `runs` says whether there is a process to stop."""
        self._runs = runs
        self.header.show_look(look, runs)
        if not runs:
            self.header.show_rate(None)

    def add_note(self, note: Note) -> None:
        """Say something between the lines."""
        self.document.add_note(note)
        self.view.lay_out()

    def show_banner(self, banner: QWidget | None) -> None:
        """Show a banner under the head instead of the one before, which is deleted."""
        if self._banner:
            self._banner.hide()
            self._banner.deleteLater()
            self._column.removeWidget(self._banner)
        self._banner = banner
        if banner:
            self._column.insertWidget(1, banner)
            banner.show()

    def show_card(self, card: TroubleCard | None) -> None:
        """Show a card at the foot of the log instead of the one before, which is deleted."""
        self._card = card
        self._foot.show_card(card)
        if card:
            card.line_asked.connect(self.show_line)
            self._fit_card()

    def show_line(self, number: int) -> None:
        """Bring a line in sight, selected."""
        self.go_to(number)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low pane leaves the room to its log."""
        super().resizeEvent(event)
        self._fit_card()

    def event(self, event: QEvent) -> bool:
        """A bar or a banner is there, or no more: a card has less room, or more."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit_card()
        return super().event(event)

    def _fit_card(self) -> None:
        if self._card is None:
            return
        parts = (self.header, self._banner, self.find_bar, self.filter_bar)
        above = sum(part.sizeHint().height() for part in parts if part and not part.isHidden())
        self._foot.limit(self.height() - above - LOG_LEAST)
        self._card.show_in(self.height())

    def _show_rate(self) -> None:
        if self._since.elapsed() < RATE_MS / 2:  # a timer that was late is on time again
            return
        came, seconds = self._store.end - self._rated, self._since.restart() / 1000
        self._rated = self._store.end
        self.header.show_rate(came / seconds if self._runs else None)

    def _open_address(self) -> None:
        QDesktopServices.openUrl(QUrl(self._address or ""))

    def make_menu(self) -> QMenu:
        """What is done with the worker, whose buttons may have no room, and with its log."""
        menu = super().make_menu()
        first = menu.actions()[0]
        stop, stop_asked = ("Stop", self.stop_asked) if self._runs else ("Start", self.start_asked)
        process = () if self._elsewhere else (("Restart", self.restart_asked), (stop, stop_asked))
        for text, asked in (*process, ("Maximise or restore", self.maximise_asked)):
            action = QAction(text, menu)
            action.triggered.connect(asked)
            menu.insertAction(first, action)
        menu.insertSeparator(first)
        return menu

    def _menu_asked(self, where: QPoint) -> None:
        self.open_menu(where)
