"""The card of the proof."""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.render.checklist.proof import Proof
from core.render.verifying.report import Errand, Finding, Sure
from desktop.render.proof_card import ProofCard
from desktop.theme.theme import Theme
from tests.support.qt import heard_by

LEFT = Qt.MouseButton.LeftButton
AT = datetime(2026, 11, 26, 5, tzinfo=UTC)
ERRAND = Errand(
    "0a1b", "celery.accumulate", "celery", AT, "w@srv-1", 7, AT + timedelta(seconds=1.5)
)
PROVED = Finding("ran-on-render", Sure.PROVED, "the task was run on Render", "its log has it")
LOCAL = Finding("local-workers", Sure.FAILED, "a worker here takes it", "pid 7", "stop it")


def card(theme: Theme, qtbot: QtBot) -> ProofCard:
    made = ProofCard(theme)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def test_it_is_verified_only_where_render_can_be_asked(both_themes: Theme, qtbot: QtBot) -> None:
    made = card(both_themes, qtbot)
    assert not made.button.isEnabled()
    made.show_way(known=True)
    clicks = heard_by(made.verify)
    QTest.mouseClick(made.button, LEFT)
    assert clicks == [()]
    assert made.said.text() == "Never verified on this machine."


def test_while_it_looks_it_says_at_what_and_can_be_cancelled(theme: Theme, qtbot: QtBot) -> None:
    made = card(theme, qtbot)
    made.show_way(known=True)
    made.show_doing("sending a task")
    assert made.said.text() == "Sending a task …"
    made.show_way(known=True)
    assert not made.button.isEnabled()
    cancelled = heard_by(made.cancelled)
    QTest.mouseClick(made.cancel, LEFT)
    assert cancelled == [()]
    made.show_doing(None)
    assert made.button.isEnabled()
    assert not made.cancel.isVisible()


def test_findings_come_one_by_one_and_the_guard_stands_above_them(
    theme: Theme, qtbot: QtBot
) -> None:
    made = card(theme, qtbot)
    made.show_proof(Proof(AT, "c0ffee", (PROVED,)), ERRAND)
    made.begin()
    assert made.claims.rows == []
    assert made.times == []
    made.add(PROVED)
    assert not made.guard.isVisible()
    made.add(LOCAL)
    assert [row.finding for row in made.claims.rows] == [PROVED, LOCAL]
    assert made.guard.isVisible()
    assert (made.guard.why.text(), made.guard.fix.text()) == ("Pid 7", "Stop it")


def test_a_report_has_the_times_of_the_task_and_whose_clock_it_was(
    theme: Theme, qtbot: QtBot
) -> None:
    made = card(theme, qtbot)
    made.show_proof(Proof(AT, "c0ffee", (PROVED,)), ERRAND)
    assert [[cell.text() for cell in cells] for cells in made.times] == [
        ["Task sent", "05:00:00.000Z", "this machine's clock"],
        ["Task received", "05:00:01.500Z", "w@srv-1's clock"],
    ]
    made.show_proof(Proof(AT, "c0ffee", (PROVED,)), None)
    assert made.times == []


def test_why_it_could_not_be_looked_at_is_told_until_it_is_again(
    theme: Theme, qtbot: QtBot
) -> None:
    made = card(theme, qtbot)
    made.show_error(FleetError("services were not listed", "no network", "Go online."))
    assert made.fault.isVisible()
    made.begin()
    assert not made.fault.isVisible()
