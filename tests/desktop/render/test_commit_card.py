"""What is not committed, and what of it was chosen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.render.committing import Difference, State
from desktop.render.commit_card import MOST, CommitCard
from desktop.theme.theme import Theme
from tests.support.qt import heard_by

FOUND = (
    Difference("backend/jobs.py", State.CHANGED, 12, 3),
    Difference("old.py", State.DELETED, 0, 40),
    Difference("logo.png", State.NEW, None, 0),
    Difference("web.py", State.CONFLICT, 4, 4),
    Difference(".env", State.NEW, 9, 0),
    Difference("render.yaml", State.NEW, 60, 0),
)


@pytest.fixture
def card(both_themes: Theme, qtbot: QtBot) -> CommitCard:
    made = CommitCard(both_themes)
    qtbot.addWidget(made)
    made.resize(744, 400)
    made.show()
    made.show_differences(FOUND)
    return made


def press_space(card: CommitCard, row: int) -> None:
    card.table.setCurrentIndex(card.rows.index(row, 0))
    QTest.keyClick(card.table, Qt.Key.Key_Space)


def test_each_file_says_how_it_differs_and_by_how_much(card: CommitCard) -> None:
    assert [tuple(cell.text for cell in row) for row in card.rows.rows] == [
        ("backend/jobs.py", "changed", "+12 −3"),
        ("old.py", "deleted", "+0 −40"),
        ("logo.png", "new", ""),
        ("web.py", "in conflict", "+4 −4"),
        (".env", "holds secrets", "+9 −0"),
        ("render.yaml", "new", "+60 −0"),
    ]
    assert card.state.text() == "6 files not committed"
    assert "secrets" in card.rows.rows[4][1].hint
    assert "git add" in card.rows.rows[3][1].hint


def test_what_this_page_writes_is_chosen_at_first_and_a_person_may_undo_it(
    card: CommitCard,
) -> None:
    assert card.rows.chosen == ("render.yaml",)
    press_space(card, 5)
    card.show_differences(FOUND)
    assert card.rows.chosen == ()


def test_all_is_all_that_can_be_committed(card: CommitCard) -> None:
    card.every.click()
    assert card.rows.chosen == ("backend/jobs.py", "old.py", "logo.png", "render.yaml")
    assert card.button.text() == "Commit 4 files"


def test_it_takes_files_and_a_message(card: CommitCard) -> None:
    commits = heard_by(card.commit)
    assert not card.button.isEnabled()
    assert card.button.toolTip() == "It needs a message"
    QTest.keyClicks(card.message, "  ")
    QTest.keyClick(card.message, Qt.Key.Key_Return)
    assert commits == []
    QTest.keyClicks(card.message, "Plan the services ")
    press_space(card, 0)
    QTest.keyClick(card.message, Qt.Key.Key_Return)
    assert commits == [(("backend/jobs.py", "render.yaml"), "Plan the services")]
    press_space(card, 0)
    press_space(card, 5)
    assert not card.button.isEnabled()
    assert card.button.toolTip() == "Choose a file first"


def test_nothing_is_committed_twice(card: CommitCard) -> None:
    card.message.setText("Plan the services")
    card.show_busy("committing 1 file")
    assert card.state.text() == "committing 1 file"
    assert not card.button.isEnabled()
    card.show_busy("")
    assert card.button.isEnabled()


def test_a_file_opens_on_a_double_click(card: CommitCard) -> None:
    opened = heard_by(card.opened)
    where = card.table.visualRect(card.rows.index(0, 1)).center()
    QTest.mouseClick(card.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(card.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert opened == [("backend/jobs.py",)]


def test_many_files_scroll_and_none_needs_no_card(card: CommitCard) -> None:
    few = card.table.height()
    many = [Difference(f"jobs/{n}.py", State.NEW, 1, 0) for n in range(300)]
    card.show_differences(many)
    assert few < card.table.height() < few + MOST * 36
    assert card.table.verticalScrollBar().maximum() > 0
    card.show_differences(())
    assert not card.isVisible()


def test_why_it_was_not_committed_is_told(card: CommitCard) -> None:
    card.show_error(FleetError("nothing was committed", "a hook refused it", "Mend it."))
    assert card.fault.isVisible()
