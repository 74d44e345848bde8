"""A field with choices."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.theme.theme import Theme
from desktop.widgets.combo import Combo


@pytest.fixture
def combo(both_themes: Theme, qtbot: QtBot) -> Combo:
    combo = Combo(both_themes, "Queue")
    combo.addItems(["celery", "reports"])
    qtbot.addWidget(combo)
    combo.show()
    return combo


def test_the_keyboard_chooses(combo: Combo, qtbot: QtBot) -> None:
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert combo.currentText() == "reports"
    assert combo.accessibleName() == "Queue"


def test_the_wheel_does_not(combo: Combo) -> None:
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(combo, wheel)
    assert combo.currentText() == "celery"


def test_the_arrow_is_drawn_in_a_colour_of_the_theme(combo: Combo, both_themes: Theme) -> None:
    image = combo.grab().toImage()
    found = {
        image.pixelColor(x, y).name()
        for x in range(combo.width() - 24, combo.width() - 8)
        for y in range(combo.height())
    }
    assert both_themes.tokens.text2 in found
