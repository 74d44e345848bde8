"""What kills for memory mean, and what is done about them."""

import pytest
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.render.remote.kills import Kills
from core.render.remote.resizing import Capacity
from desktop.render.killed_card import KilledCard, answer_words
from desktop.theme.theme import Theme
from tests.support.qt import heard_by

TOLD = FleetError("an instance ran out of memory", "why", "Run 1 at once.")


def card(theme: Theme, qtbot: QtBot, kills: Kills | None) -> KilledCard:
    made = KilledCard(theme)
    qtbot.addWidget(made)
    made.show_kills(kills)
    return made


def test_each_answer_has_a_button(both_themes: Theme, qtbot: QtBot) -> None:
    answers = (Capacity(concurrency=1), Capacity("standard"))
    made = card(both_themes, qtbot, Kills(TOLD, answers))
    assert [each.text() for each in made.buttons] == ["Run 1 at once…", "Take standard…"]
    asked = heard_by(made.asked)
    for button in made.buttons:
        button.click()
    assert asked == [(answers[0],), (answers[1],)]


@pytest.mark.parametrize("answers", [(), (Capacity("standard"),)])
def test_there_are_no_other_buttons(
    theme: Theme, qtbot: QtBot, answers: tuple[Capacity, ...]
) -> None:
    made = card(theme, qtbot, Kills(TOLD, answers))
    assert made.isVisible()
    assert sum(each.isVisible() for each in made.buttons) == len(answers)


def test_without_kills_there_is_no_card(theme: Theme, qtbot: QtBot) -> None:
    assert not card(theme, qtbot, None).isVisible()


def test_a_plan_with_a_number_is_named_by_the_plan() -> None:
    assert answer_words(Capacity("standard", 2)) == "Take standard…"
