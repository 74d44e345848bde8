"""What is shown is old."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.deploy.stale_bar import StaleBar
from desktop.theme.theme import Theme


def test_it_names_a_few_files_and_asks_to_look_again(theme: Theme, qtbot: QtBot) -> None:
    bar = StaleBar(theme)
    qtbot.addWidget(bar)
    assert bar.isHidden()
    bar.show_changed(["a.py", "b.py", "c.py", "d.py", "e.py"])
    assert bar.said.text() == "Changed since this was looked at: a.py, b.py, c.py and 2 others"
    with qtbot.waitSignal(bar.again):
        QTest.mouseClick(bar.button, Qt.MouseButton.LeftButton)
    bar.show_changed([], cancelled=True)
    assert "cancelled" in bar.said.text()
    bar.show_changed([])
    assert bar.isHidden()
