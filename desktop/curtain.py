"""What is seen while the window is being made: its modules take longer to read than to show.

Nothing else of Solofleet is imported here, but for the colours.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.theme.tokens import DARK, LIGHT

SIZE: Final = (360, 200)
LOGO: Final = QRectF(152, 48, 56, 56)
TURNS: Final = 20
TURN_MS: Final = 10
ICON: Final = Path(__file__).parent / "icons" / "logo.svg"


class Curtain(QWidget):
    """Stands in the middle of the screen, painted as soon as it is shown."""

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.SplashScreen | Qt.WindowType.FramelessWindowHint)
        light = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Light
        self._tokens = LIGHT if light else DARK
        self._painted = False
        self.setWindowTitle("Solofleet")
        self.resize(*SIZE)
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.move(screen.center() - self.rect().center())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The logo and the name."""
        self._painted = True
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._tokens.panel))
        painter.setPen(QColor(self._tokens.line2))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        QSvgRenderer(str(ICON)).render(painter, LOGO)
        font = QFont(self.font())
        font.setPixelSize(16)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self._tokens.text))
        below = self.rect().adjusted(0, 112, 0, -48)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, "Solofleet")

    def show_at_once(self) -> None:
        """Show it, and come back when it is painted, or when the screen is in no hurry."""
        self.show()
        for _ in range(TURNS):
            if self._painted:
                return
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, TURN_MS)
