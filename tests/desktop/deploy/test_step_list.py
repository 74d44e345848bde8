"""The list of steps."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.deploy.step_list import StepList
from desktop.deploy.steps import Mark, Standing, Step
from desktop.theme.theme import Theme


def test_each_step_says_where_it_is_and_how_far(both_themes: Theme, qtbot: QtBot) -> None:
    steps = StepList(both_themes)
    qtbot.addWidget(steps)
    steps.resize(220, 300)
    steps.show()
    steps.show_standings(
        {step: Standing(mark, "words") for step, mark in zip(Step, Mark, strict=False)}
    )
    names = [button.accessibleName() for button in steps.buttons.values()]
    assert names[0] == "Step 1, Preflight: not looked at, words"
    assert names[3] == "Step 4, Size and cost: to look at, words"
    assert not steps.grab().isNull()


def test_a_click_chooses_one(theme: Theme, qtbot: QtBot) -> None:
    steps = StepList(theme)
    qtbot.addWidget(steps)
    steps.show()
    chosen: list[Step] = []
    steps.chosen.connect(chosen.append)
    QTest.mouseClick(steps.buttons[Step.ENVIRONMENT], Qt.MouseButton.LeftButton)
    assert chosen == [Step.ENVIRONMENT]
    steps.choose(Step.SIZE)
    assert not steps.buttons[Step.ENVIRONMENT].isChecked()
