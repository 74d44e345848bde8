"""Leads the way out: asks once, lets tasks finish, shows who still does, and hurries when told.

The ways out are a click on the window's cross, Ctrl+C in the terminal that started it, and the
end of the person's session at this machine. Each further one hurries: tasks are broken off, then
killed.
"""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication, QWidget

from core.workers.messages import Rung
from desktop.desk import Desk
from desktop.leaving.choice import AtClose, Choices
from desktop.leaving.ladder import Ladder
from desktop.leaving.question import LeaveQuestion
from desktop.leaving.standing import busy, headline, leaving, running
from desktop.theme.theme import Theme

TICK_MS: Final = 1000
SESSION_END_S: Final = 4.0
"""Windows ends a program five seconds after it was told of the session's end."""


class Leaver(QObject):
    """`left` comes once, when the program is to end: what is open is closed from then on.

    `kept` comes when the window is to vanish into the tray. `can_keep` says whether there is one,
    `now` gives the session's monotonic seconds.
    """

    left = Signal()
    kept = Signal()

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        choices: Choices,
        now: Callable[[], float],
        can_keep: Callable[[], bool],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._desk = desk
        self._choices = choices
        self._now = now
        self._can_keep = can_keep
        self._window = window
        self._rung: Rung | None = None
        self._question: LeaveQuestion | None = None
        self.ladder = Ladder(theme)
        self.ladder.hurry.connect(self.hurry)
        self._ticking = QTimer(self, interval=TICK_MS)
        self._ticking.timeout.connect(self._show)
        desk.hub.workers_changed.connect(self._show)

    @property
    def is_leaving(self) -> bool:
        """Whether the way out has begun."""
        return self._rung is not None

    def close_asked(self) -> None:
        """Somebody closes the window: ask, unless nothing runs, or it was answered before."""
        session = self._desk.session
        if self.is_leaving:
            self.hurry()
        elif session is None or not running(session.company.everybody()):
            self.leave()
        else:
            self._do_or_ask(self._choices.of(session.project.name))

    def leave(self) -> None:
        """Begin the way out, or hurry on it: asked so, nobody is asked back."""
        if self.is_leaving:
            self.hurry()
            return
        if self._question is not None:
            self._question.reject()
        self._rung = Rung.WARM
        self._window.show()  # it may be in the tray
        self._show()
        self._ticking.start()
        self.left.emit()

    def hurry(self) -> None:
        """Break running tasks off; once more: kill."""
        if self._rung is None:
            return
        self._rung = min(Rung.KILL, Rung(self._rung + 1), key=int)
        self._desk.stop(now=True)
        self._show()

    def session_ends(self, manager: QSessionManager) -> None:
        """The person logs out, or the machine goes down: there are seconds left.

        The loop is served in here, for the system takes the return from it as leave to end us.
        """
        manager.setRestartHint(QSessionManager.RestartHint.RestartNever)
        self.leave()
        self.hurry()
        deadline = time.monotonic() + SESSION_END_S
        while self._desk.session is not None and time.monotonic() < deadline:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def _do_or_ask(self, choice: AtClose) -> None:
        if choice is AtClose.STOP:
            self.leave()
        elif choice is AtClose.KEEP and self._can_keep():
            self.kept.emit()
        elif self._question is None:
            self._ask()

    def _ask(self) -> None:
        session = self._desk.session
        assert session is not None
        everybody, rows = session.company.everybody(), len(session.company.rows)
        self._question = LeaveQuestion(
            self._theme,
            session.project.root.name,
            headline(everybody, rows),
            busy(everybody, self._now()),
            self._window,
            can_keep=self._can_keep(),
        )
        self._question.answered.connect(self._answered)
        self._question.finished.connect(self._answer_given)
        self._question.open()

    def _answer_given(self, _result: int) -> None:
        self._question = None

    def _answered(self, choice: AtClose, remember: bool) -> None:
        self._question = None
        session = self._desk.session
        if remember and session is not None:
            self._choices.note(session.project.name, choice)
        self._do_or_ask(choice)

    def _show(self, _names: object = None) -> None:
        session = self._desk.session
        if self._rung is not None and session is not None:
            self.ladder.show_rung(self._rung)
            self.ladder.show_lines(leaving(session.company.everybody(), self._now()))
            self.ladder.show()
