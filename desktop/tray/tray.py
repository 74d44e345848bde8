"""The icon in the tray, its menu, and what it tells."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from core.logs.level import Level
from desktop.desk import Desk
from desktop.leaving.standing import running
from desktop.notices.bell import Bell
from desktop.notices.notice import Notice
from desktop.theme.theme import Theme
from desktop.tray.icon import tray_icon
from desktop.tray.standing import look, words
from desktop.tray.toasts import Toasts

KEPT: Final = (
    "Solofleet goes on in the tray. Its menu shows the window, stops the workers, or quits."
)
_SIGNS: Final = {
    Level.ERROR: QSystemTrayIcon.MessageIcon.Warning,
    Level.WARNING: QSystemTrayIcon.MessageIcon.Warning,
}


class Tray(QObject):
    """`left` is the wish to end the program. Where no tray is there, nothing is shown anywhere."""

    left = Signal()

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        bell: Bell,
        window: QWidget,
        is_there: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._desk = desk
        self._bell = bell
        self._window = window
        self._toast: Notice | None = None
        self._said_kept = False
        self.is_there = is_there
        self.icon = QSystemTrayIcon(self)
        self.toasts = Toasts(window.isActiveWindow, self)
        self.menu = QMenu(window)
        self.menu.setDefaultAction(self.menu.addAction("Show Solofleet", self.show_window))
        self.menu.addSeparator()
        self._start = self.menu.addAction("Start all workers", desk.start)
        self._stop = self.menu.addAction("Stop all workers", desk.stop)
        self.menu.addSeparator()
        self._quit = self.menu.addAction("Quit", self.left.emit)
        self.icon.setContextMenu(self.menu)
        self._connect()
        self._draw()
        if is_there():
            self.icon.show()

    def _connect(self) -> None:
        self.icon.activated.connect(self._activated)
        self.icon.messageClicked.connect(self._toast_clicked)
        self._bell.notices.came.connect(self.toasts.take)
        self.toasts.wanted.connect(self._tell)
        self._desk.hub.workers_changed.connect(self._draw)
        self._desk.opened.connect(self._draw)
        self._desk.closed.connect(self._draw)
        self._theme.changed.connect(self._draw)

    def keep(self) -> None:
        """Only the icon stays."""
        self._window.hide()
        if not self._said_kept:
            self._said_kept = True
            self._toast = None
            self.icon.showMessage("Solofleet", KEPT, self.icon.icon())

    def show_window(self) -> None:
        """Bring the window back, in front of others."""
        minimised = self._window.isMinimized()
        (self._window.showNormal if minimised else self._window.show)()
        self._window.raise_()
        self._window.activateWindow()

    def _draw(self, _changed: object = None) -> None:
        session = self._desk.session
        everybody = () if session is None else session.company.everybody()
        project = "" if session is None else session.project.root.name
        alive = bool(running(everybody))
        self.icon.setIcon(tray_icon(look(everybody), self._theme.tokens))
        self.icon.setToolTip(words(project, everybody))
        self._start.setEnabled(session is not None and not alive)
        self._stop.setEnabled(alive)
        self._quit.setText("Stop all and quit" if alive else "Quit")

    def _tell(self, notice: Notice) -> None:
        if self.icon.isVisible():
            self._toast = notice
            sign = _SIGNS.get(notice.level, QSystemTrayIcon.MessageIcon.Information)
            self.icon.showMessage(notice.title, notice.text, sign)

    def _toast_clicked(self) -> None:
        self.show_window()
        if self._toast is not None:
            self._bell.panel.chosen.emit(self._toast)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        ):
            self.show_window()
