"""A button that shows its key."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.buttons import Role, TextButton, shown_key

GAP: Final = 12


class KeyedButton(TextButton):
    """Like a TextButton, with the key at its right."""

    def __init__(
        self,
        theme: Theme,
        label: str,
        clicked: Callable[[], object] | None,
        key: str,
        *,
        icon_name: str | None = None,
        role: Role = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            theme, label, clicked, icon_name=icon_name, role=role, key=key, parent=parent
        )
        self.setProperty("keyed", True)
        self._key = QLabel(shown_key(key), self)
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Label, and key beside it."""
        hint = super().sizeHint()
        return QSize(hint.width() + self._key.sizeHint().width() + GAP, hint.height())

    def minimumSizeHint(self) -> QSize:
        """No less: a label on a button is never cut."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the key at the right."""
        super().resizeEvent(event)
        size = self._key.sizeHint()
        self._key.setGeometry(
            self.width() - size.width() - GAP,
            (self.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )
