"""Ringing at the window that has a project open."""

import asyncio
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalSocket

from desktop.instance.bell import SHOW, SHOWN, bell_name
from desktop.instance.front import let_to_front

PATIENCE_MS: Final = 3000
"""How long a window may be busy."""
NEAR_MS: Final = 200


class Ring(QObject):
    """One ring; `answered` comes once, with whether a window showed itself."""

    answered = Signal(bool)

    def __init__(self, project: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._waits = True
        self._socket = QLocalSocket(self)
        self._socket.readyRead.connect(self._read)
        self._socket.errorOccurred.connect(self._fail)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._fail)

    def start(self) -> None:
        """Ring."""
        self._patience.start()
        self._socket.connectToServer(bell_name(self._project))

    def _read(self) -> None:
        while self._socket.canReadLine():
            line = bytes(self._socket.readLine().data())
            if line == SHOWN:
                self._end(True)
            elif line.strip().isdigit():
                let_to_front(int(line))
                self._socket.write(SHOW)

    def _fail(self, error: object = None) -> None:
        self._end(False)

    def _end(self, shown: bool) -> None:
        if self._waits:
            self._waits = False
            self._patience.stop()
            self._socket.abort()
            self.answered.emit(shown)


async def ring(project: str) -> bool:
    """Ring; whether a window showed itself."""
    told: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
    one = Ring(project)
    one.answered.connect(told.set_result)
    one.start()
    return await told


def has_bell(project: str) -> bool:
    """Whether a window has this project open. Blocks, as short as a local socket takes."""
    socket = QLocalSocket()
    socket.connectToServer(bell_name(project))
    found = socket.waitForConnected(NEAR_MS)
    socket.abort()
    return found
