"""The page as a whole."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.render.choices import Choices
from desktop.deploy.facts import Facts, WhatIf
from desktop.deploy.page import LOW, SMALL, DeployPage
from desktop.deploy.steps import Mark, Standing, Step
from desktop.render.side import REMOTE
from desktop.theme.theme import Theme


def page(theme: Theme, qtbot: QtBot, facts: Facts, width: int = 1368) -> DeployPage:
    made = DeployPage(theme)
    qtbot.addWidget(made)
    made.resize(width, 824)
    made.show_facts(facts, Choices(), Choices(), None, WhatIf())
    made.show()
    return made


LOCAL = [step for step in Step if step not in REMOTE or step is Step.CHECKLIST]


@pytest.mark.parametrize("step", LOCAL)
def test_each_step_has_its_view_and_the_diff_is_at_hand(
    both_themes: Theme, qtbot: QtBot, facts: Facts, step: Step
) -> None:
    made = page(both_themes, qtbot, facts)
    QTest.mouseClick(made.steps.buttons[step], Qt.MouseButton.LeftButton)
    assert made.step is step
    shown = {
        Step.PREFLIGHT: made.preflight,
        Step.BLUEPRINT: made.blueprint,
        Step.ENVIRONMENT: made.environment,
        Step.SIZE: made.size_up,
        Step.CHECKLIST: made.checklist,
    }
    assert [each for each, view in shown.items() if view.isVisible()] == [step]
    assert made.diff.isVisible() is (step is not Step.CHECKLIST)
    assert made.notes.isVisible() is (step is Step.BLUEPRINT)


def test_a_small_window_leaves_the_room_to_the_step(
    theme: Theme, qtbot: QtBot, facts: Facts
) -> None:
    made = page(theme, qtbot, facts, SMALL - 100)
    assert not made.cost.isVisible()
    made.show_step(Step.BLUEPRINT)
    assert made.diff.isVisible()


def test_a_step_that_is_being_looked_at_says_so(theme: Theme, qtbot: QtBot, facts: Facts) -> None:
    made = page(theme, qtbot, facts)
    made.show_running(Step.PREFLIGHT, (12, 39))
    assert made.steps.buttons[Step.PREFLIGHT].standing.words == "12 of 39 checks"
    made.show_running(Step.ENVIRONMENT)
    assert made.steps.buttons[Step.ENVIRONMENT].standing.mark is Mark.RUNNING
    made.show_running(None)
    assert made.steps.buttons[Step.ENVIRONMENT].standing.mark is not Mark.RUNNING


def test_that_it_is_seen_is_told(theme: Theme, qtbot: QtBot) -> None:
    made = DeployPage(theme)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.seen):
        made.show()


def test_a_step_that_is_added_is_shown_and_says_itself_how_far_it_is(
    theme: Theme, qtbot: QtBot, facts: Facts
) -> None:
    made = page(theme, qtbot, facts)
    view = QWidget()
    made.add(Step.ACCOUNT, view)
    made.show_standing(Step.ACCOUNT, Standing(Mark.DONE, "3 services"))
    QTest.mouseClick(made.steps.buttons[Step.ACCOUNT], Qt.MouseButton.LeftButton)
    assert view.isVisible()
    assert made.steps.buttons[Step.ACCOUNT].standing.words == "3 services"
    made.show_running(Step.PREFLIGHT)
    assert made.steps.buttons[Step.ACCOUNT].standing.words == "3 services"


def test_in_a_low_window_the_steps_have_the_room_of_the_target(
    theme: Theme, qtbot: QtBot, facts: Facts
) -> None:
    made = page(theme, qtbot, facts)
    assert made.target.isVisible()
    made.resize(1368, LOW - 1)
    assert not made.target.isVisible()
