"""A button that shows its key."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
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
        self._set_key()
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Label, and key beside it."""
        hint = super().sizeHint()
        key = 0 if self._key.isHidden() else self._key.sizeHint().width() + GAP
        return QSize(hint.width() + key, hint.height())

    def show_key(self, shown: bool) -> None:
        """Show the key, or leave it to the tooltip where there is no room."""
        if shown == self._key.isHidden():
            self._key.setVisible(shown)
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """No less: a label on a button is never cut."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """The key is as bright as the label."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.EnabledChange:
            self._set_key()

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

    def _set_key(self) -> None:
        bright = self.isEnabled() and self.property("role") == "primary"
        self._key.setProperty("role", "on-primary" if bright else "small")
        self._key.style().unpolish(self._key)
        self._key.style().polish(self._key)
