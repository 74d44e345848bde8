"""One fault."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.render.preflight.mend import AddLine, Mend
from desktop.deploy.diff_lines import DiffLine
from desktop.deploy.finding_row import FindingRow
from desktop.deploy.told import Grade, Told
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from tests.support.qt import heard_by

MEND = Mend("write .python-version with 3.13", (AddLine(".python-version", "3.13"),))
TOLD = Told("c", Grade.LOOK_AT, "app/db.py", 12, "what", "why", "fix", MEND)


def row(theme: Theme, qtbot: QtBot, told: Told = TOLD) -> FindingRow:
    made = FindingRow(theme, told)
    qtbot.addWidget(made)
    made.resize(700, 200)
    made.show()
    return made


def click(button: TextButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_has_its_parts_and_its_place(both_themes: Theme, qtbot: QtBot) -> None:
    made = row(both_themes, qtbot)
    assert made.accessibleName() == "Look at: what"
    places = heard_by(made.place_clicked)
    click(made.head.link)
    assert places == [("app/db.py", 12)]


def test_the_change_is_shown_and_agreed_to_or_left(theme: Theme, qtbot: QtBot) -> None:
    made = row(theme, qtbot)
    asked, agreed, left = map(heard_by, (made.mend_asked, made.agreed, made.left))
    click(made.mend)
    made.show_change((DiffLine("added", 1, "3.13"),), None)
    assert made.box is not None
    assert not made.mend.isEnabled()
    click(made.box.agree)
    click(made.box.leave)
    assert asked == agreed == left == [(TOLD,)]
    made.show_no_change()
    assert made.mend.isEnabled()
    assert not made.box.isVisible()


def test_what_nobody_can_mend_has_no_button(theme: Theme, qtbot: QtBot) -> None:
    made = row(theme, qtbot, Told("c", Grade.BLOCK, None, None, "what", "why", "fix"))
    assert not made.mend.isVisible()
    assert not made.head.link.isVisible()
