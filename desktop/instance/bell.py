"""The bell at a window: whoever wants the project that is open there rings, and the window comes.

A local socket of this user, named after the project: on Windows a pipe. The window says its process
number; who rings lets that come to the front, says SHOW, and hears SHOWN.
"""

import hashlib
import os
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from core.places import state_folder

SHOW: Final = b"show\n"
SHOWN: Final = b"shown\n"
MOST: Final = 64
"""Bytes that are listened to."""


def bell_name(project: str) -> str:
    """The name of the socket; the folder of the user's state is in it, and so the user."""
    folder = state_folder()
    mark = hashlib.sha256(f"{folder}\0{project}".encode("utf-8", "surrogateescape")).hexdigest()
    return f"solofleet-{mark[:24]}"


class Bell(QObject):
    """`rung` comes when somebody wants to see the window."""

    rung = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._take)

    def hang(self, project: str) -> None:
        """Listen for who wants this project, which has to be claimed: see `core.workers.leftovers`.

        Where that cannot be, a second Solofleet says that the project is open, and no more.
        """
        self.take_down()
        name = bell_name(project)
        if not self._server.listen(name):
            QLocalServer.removeServer(name)  # left by one that crashed
            self._server.listen(name)

    def take_down(self) -> None:
        """Listen no more."""
        self._server.close()

    def _take(self) -> None:
        while self._server.hasPendingConnections():
            caller = self._server.nextPendingConnection()
            caller.setReadBufferSize(MOST)
            caller.disconnected.connect(caller.deleteLater)
            caller.readyRead.connect(partial(self._read, caller))
            caller.write(f"{os.getpid()}\n".encode())

    def _read(self, caller: QLocalSocket) -> None:
        if caller.canReadLine() and bytes(caller.readLine().data()) == SHOW:
            self.rung.emit()
            caller.write(SHOWN)
