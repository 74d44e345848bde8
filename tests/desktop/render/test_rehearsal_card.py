"""The card of the rehearsal."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.render.rehearsing.rehearsal import Rehearsal
from desktop.render.rehearsal_card import RehearsalCard
from desktop.render.rehearsal_words import NOT_TIMED
from desktop.theme.theme import Theme
from tests.desktop.render.test_rehearsal_words import WORKERS
from tests.support.qt import heard_by

AT = datetime(2026, 11, 26, 5, tzinfo=UTC)


def card(theme: Theme, qtbot: QtBot) -> RehearsalCard:
    made = RehearsalCard(theme)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    return made


def test_each_service_has_its_table(both_themes: Theme, qtbot: QtBot) -> None:
    made = card(both_themes, qtbot)
    clicks = heard_by(made.rehearse)
    QTest.mouseClick(made.button, Qt.MouseButton.LeftButton)
    assert clicks == [()]
    made.show_rehearsal(Rehearsal((WORKERS, WORKERS), AT))
    assert [rows.rows[0][2].text for rows in made.rows] == ["lost", "lost"]
    assert not made.said.isVisible()
    QAbstractItemModelTester(made.rows[0], QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert not made.grab().isNull()
    made.show_rehearsal(Rehearsal((WORKERS,), None))
    assert len(made.rows) == 1
    assert made.said.text() == NOT_TIMED


def test_why_it_could_not_be_done_is_told_in_its_place(theme: Theme, qtbot: QtBot) -> None:
    made = card(theme, qtbot)
    made.show_rehearsal(Rehearsal((WORKERS,), AT))
    made.show_busy(True)
    assert not made.button.isEnabled()
    made.show_error(FleetError("the app was not imported", "no module", "Install it."))
    made.show_busy(False)
    assert made.fault.isVisible()
    assert made.rows == []
    assert made.button.isEnabled()
