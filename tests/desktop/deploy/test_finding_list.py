"""The list of faults."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.deploy.finding_list import MOST, FindingList
from desktop.deploy.told import Grade, Told
from desktop.theme.theme import Theme


def told(number: int, grade: Grade) -> Told:
    return Told(f"c{number}", grade, f"f{number}.py", number, "what", "why", "fix")


def listed(theme: Theme, qtbot: QtBot) -> FindingList:
    made = FindingList(theme)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


def test_each_grade_stands_below_its_heading_and_can_be_hidden(theme: Theme, qtbot: QtBot) -> None:
    made = listed(theme, qtbot)
    first, second = told(1, Grade.BLOCK), told(2, Grade.NOTE)
    made.show_told((first, second))
    qtbot.waitUntil(lambda: made.complete)
    heads = [each.text() for each in made.findChildren(QLabel) if each.isVisible()]
    assert heads.index("Blocks") < heads.index("Notes")
    assert "Look at" not in heads
    made.hide_grades([Grade.NOTE])
    assert (made.rows[first].isVisible(), made.rows[second].isVisible()) == (True, False)


def test_rows_that_stay_are_the_same_and_others_go(theme: Theme, qtbot: QtBot) -> None:
    made = listed(theme, qtbot)
    some = tuple(told(number, Grade.LOOK_AT) for number in range(3))
    made.show_told(some)
    qtbot.waitUntil(lambda: made.complete)
    kept = made.rows[some[1]]
    made.show_told(some[1:])
    assert made.rows[some[1]] is kept
    assert some[0] not in made.rows
    made.show_told(some)
    qtbot.waitUntil(lambda: made.complete)
    tops = [made.rows[each].mapTo(made, made.rows[each].rect().topLeft()).y() for each in some]
    qtbot.waitUntil(lambda: made.rows[some[0]].y() < made.rows[some[1]].y())
    assert len(tops) == 3


def test_of_very_many_the_rest_is_counted(theme: Theme, qtbot: QtBot) -> None:
    made = listed(theme, qtbot)
    made.show_told([told(number, Grade.NOTE) for number in range(MOST + 5)])
    qtbot.waitUntil(lambda: made.complete and len(made.rows) == MOST, timeout=20_000)
    assert any(each.text().startswith("and 5 more") for each in made.findChildren(QLabel))
