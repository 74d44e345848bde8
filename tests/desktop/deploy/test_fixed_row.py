"""What was mended."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.render.preflight.mending import Change, FileChange
from desktop.deploy.facts import Fixed
from desktop.deploy.fixed_row import FixedRow
from desktop.theme.theme import Theme
from tests.desktop.deploy.test_finding_row import TOLD
from tests.support.qt import heard_by


def test_it_leads_to_the_file_and_back(theme: Theme, qtbot: QtBot) -> None:
    fixed = Fixed(TOLD, Change(Path(), (FileChange(".python-version", None, b"3.13\n"),), ()))
    row = FixedRow(theme, fixed)
    qtbot.addWidget(row)
    row.resize(600, 100)
    row.show()
    places, undone = heard_by(row.place_clicked), heard_by(row.undo)
    QTest.mouseClick(row.head.link, Qt.MouseButton.LeftButton)
    QTest.mouseClick(row.button, Qt.MouseButton.LeftButton)
    assert (places, undone) == ([(".python-version", 1)], [(fixed,)])
    row.show_error(FleetError("it was not mended", "it has been changed since", "by hand"))
    assert row.fault.isVisible()
