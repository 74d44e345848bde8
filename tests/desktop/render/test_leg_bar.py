"""The legs of a deploy as bars."""

from pytestqt.qtbot import QtBot

from core.render.api.answers import Deploy
from core.render.api.passage import Passage
from desktop.render.leg_bar import LegBar
from desktop.theme.theme import Theme


def bar(theme: Theme, qtbot: QtBot, *statuses: str) -> LegBar:
    passage = Passage()
    for number, status in enumerate(statuses):
        deploy = Deploy("dep-1", status, "f00d", "", "api", None, None)
        passage = passage.seen(deploy, 10.0 * number)
    made = LegBar(theme)
    qtbot.addWidget(made)
    made.resize(700, 36)
    made.show()
    made.show_legs(passage.legs(25.0), 0.5)
    return made


def test_it_says_in_words_what_it_paints(both_themes: Theme, qtbot: QtBot) -> None:
    made = bar(both_themes, qtbot, "created", "build_in_progress")
    told = "Queued done 10 s, Build now 15 s, Pre-deploy ahead, Start ahead, Live ahead"
    assert made.text == made.accessibleDescription() == told
    assert not made.grab().isNull()


def test_a_leg_that_failed_and_one_that_was_skipped_are_told(theme: Theme, qtbot: QtBot) -> None:
    made = bar(theme, qtbot, "build_in_progress", "update_failed")
    assert "Pre-deploy skipped, Start failed" in made.text
    assert not made.grab().isNull()
