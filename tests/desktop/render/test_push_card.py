"""What would be pushed, in words."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.render.pushing import Branch, Remote
from desktop.render.push_card import PushCard, push_words, uncommitted, where
from desktop.theme.theme import Theme
from tests.support.qt import heard_by

BRANCH = Branch(
    Path("/shop"), "main", "f00d" * 10, "origin/main", 2, 0, (), (Remote("origin", "https://x/y"),)
)


@pytest.mark.parametrize(
    ("branch", "words"),
    [
        (BRANCH, "2 commits ahead of origin/main"),
        (replace(BRANCH, behind=1), "2 commits ahead of origin/main, 1 behind"),
        (replace(BRANCH, ahead=0), "origin/main has all of it"),
        (replace(BRANCH, upstream=None, ahead=1), "1 commit that no remote has"),
    ],
)
def test_how_a_branch_stands_is_told(branch: Branch, words: str) -> None:
    assert where(branch) == words


def test_files_that_are_not_committed_are_named_up_to_three() -> None:
    assert uncommitted(BRANCH) == ""
    many = replace(BRANCH, changed=tuple(f"{letter}.py" for letter in "abcde"))
    assert uncommitted(many) == "5 files, not committed: a.py, b.py, c.py and 2 more"


def test_the_step_says_what_is_still_to_do() -> None:
    assert push_words(None) == "not looked at yet"
    assert push_words(BRANCH) == "2 commits to push"
    assert push_words(replace(BRANCH, ahead=0, changed=("a",))) == "1 file not committed"
    assert push_words(replace(BRANCH, ahead=0)) == "all is pushed"


def test_the_remote_that_it_follows_is_offered_first(both_themes: Theme, qtbot: QtBot) -> None:
    card = PushCard(both_themes)
    qtbot.addWidget(card)
    card.show()
    remotes = (Remote("backup", "https://b/y"), Remote("origin", "https://x/y"))
    card.show_branch(replace(BRANCH, remotes=remotes), ("live",))
    pushes = heard_by(card.push)
    card.push_button.click()
    assert pushes == [("origin",)]
    assert card.values["Note"].text() == "render.yaml deploys live, not main"
    card.show_busy("pushing to origin")
    assert not card.push_button.isEnabled()
    card.show_error(FleetError("what", "why", "fix"))
    assert card.fault.isVisible()
    card.show_busy("")
    card.show_pushed("pushed to origin: a..b")
    assert card.state.text() == "pushed to origin: a..b"
