"""The choices for Render."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.render.blueprint.drafting import Draft
from core.render.choices import Choices
from core.render.plans import known_plans
from desktop.deploy.choice_form import ChoiceForm, memory_told, plan_told
from desktop.deploy.facts import Facts
from desktop.theme.theme import Theme


def form(theme: Theme, qtbot: QtBot, facts: Facts) -> tuple[ChoiceForm, list[Choices]]:
    made = ChoiceForm(theme)
    qtbot.addWidget(made)
    made.resize(744, 300)
    made.show()
    assert isinstance(facts.draft, Draft)
    made.show_draft(facts.draft, Choices(), Choices(), 1)
    chosen: list[Choices] = []
    made.chosen.connect(chosen.append)
    return made, chosen


def test_each_input_chooses_its_key_alone(theme: Theme, qtbot: QtBot, facts: Facts) -> None:
    made, chosen = form(theme, qtbot, facts)
    for combo in (made.plan, made.web_plan, made.region, made.key_value_plan):
        combo.setFocus()
        QTest.keyClick(combo, Qt.Key.Key_Down)
    QTest.keyClick(made.instances, Qt.Key.Key_Up)
    QTest.keyClick(made.concurrency, Qt.Key.Key_Up)
    QTest.mouseClick(made.flower, Qt.MouseButton.LeftButton)
    made.redis.chosen.emit("outside")
    assert chosen == [
        Choices(plan="standard"),
        Choices(web_plan="standard"),
        Choices(region="ohio"),
        Choices(key_value_plan="standard"),
        Choices(instances=2),
        Choices(concurrency=2),
        Choices(flower=True),
        Choices(redis="outside"),
    ]


def test_what_is_shown_is_what_the_draft_has(theme: Theme, qtbot: QtBot, facts: Facts) -> None:
    made, chosen = form(theme, qtbot, facts)
    assert (made.plan.currentData(), made.region.currentData()) == ("starter", "oregon")
    assert made.concurrency.value == 1
    assert chosen == []
    made.plan.show_value("2c-8g")
    assert made.plan.currentText() == "2c-8g"


def test_a_plan_is_told_with_its_price() -> None:
    assert plan_told(known_plans().plan("starter")) == "starter: 512 MB, $7"
    assert memory_told(2 * 2**30) == "2 GB"
