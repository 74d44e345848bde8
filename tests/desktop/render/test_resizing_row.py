"""Another plan, and another number of tasks at once."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from core.render.api.answers import Service
from core.render.remote.resizing import Capacity
from desktop.render.resizing_row import ResizingRow
from desktop.theme.theme import Theme
from tests.render_fake.account import Account
from tests.support.qt import heard_by

BARE = Service.read(Account().add_service("jobs"))
TWO = replace(BARE, start_command="celery -A jobs worker --concurrency=2")
WEB = replace(BARE, type="web_service", start_command="uvicorn main:app", plan="pro_plus")


def row(theme: Theme, qtbot: QtBot, service: Service) -> ResizingRow:
    made = ResizingRow(theme)
    qtbot.addWidget(made)
    made.show()
    made.show_service(service, None)
    return made


def pick(made: ResizingRow, plan: str) -> None:
    """As a person does in the list that opens."""
    place = made.plan.findData(plan)
    made.plan.setCurrentIndex(place)
    made.plan.activated.emit(place)


def choose(made: ResizingRow, number: int) -> None:
    made.at_once.show_value(number)
    made.at_once.changed.emit(number)


def test_only_what_differs_is_asked_for(both_themes: Theme, qtbot: QtBot) -> None:
    made = row(both_themes, qtbot, TWO)
    assert made.plan.currentText() == "starter: 0.5 CPU, 512 MB, $7 a month"
    assert made.at_once.value == 2
    assert not made.change.isEnabled()
    asked = heard_by(made.asked)
    pick(made, "standard")
    made.change.click()
    pick(made, "starter")
    choose(made, 1)
    made.change.click()
    assert asked == [(Capacity("standard"),), (Capacity(concurrency=1),)]


def test_what_is_chosen_means_for_memory_is_told_before_it_is_asked(
    theme: Theme, qtbot: QtBot
) -> None:
    made = row(theme, qtbot, TWO)
    assert "too much" in made.verdict.text()
    pick(made, "standard")
    assert "The plan standard with 2 at once" in made.verdict.text()
    assert "safe" in made.verdict.text()


def test_a_command_without_a_number_is_offered_the_one_that_fits_its_plan(
    theme: Theme, qtbot: QtBot
) -> None:
    made = row(theme, qtbot, BARE)
    assert "has no --concurrency" in made.verdict.text()
    assert made.at_once.value == 1
    asked = heard_by(made.asked)
    pick(made, "standard")
    made.change.click()
    choose(made, 3)
    pick(made, "pro")
    made.change.click()
    assert asked == [(Capacity("standard", 2),), (Capacity("pro", 3),)]


def test_another_service_has_a_plan_and_no_number(theme: Theme, qtbot: QtBot) -> None:
    made = row(theme, qtbot, WEB)
    assert made.plan.currentData() == "pro plus"
    assert made.plan.findData("free") >= 0
    assert not made.at_once.isVisible()
    assert not made.verdict.isVisible()
    asked = heard_by(made.asked)
    pick(made, "pro")
    made.change.click()
    assert asked == [(Capacity("pro"),)]


@pytest.mark.parametrize("command", ["./start.sh", "celery -A jobs beat"])
def test_a_command_that_takes_no_number_is_offered_none(
    theme: Theme, qtbot: QtBot, command: str
) -> None:
    made = row(theme, qtbot, replace(BARE, start_command=command))
    assert not made.at_once.isVisible()
    assert made.plan.findData("free") < 0


def test_a_plan_that_nobody_knows_is_shown_as_it_is(theme: Theme, qtbot: QtBot) -> None:
    made = row(theme, qtbot, replace(TWO, plan="9c-99g"))
    assert made.plan.currentText() == "9c-99g"
    assert not made.change.isEnabled()
    assert row(theme, qtbot, replace(BARE, plan="9c-99g")).at_once.value == 1


def test_what_is_chosen_stays_until_the_service_is_another(theme: Theme, qtbot: QtBot) -> None:
    made = row(theme, qtbot, TWO)
    pick(made, "pro")
    made.show_service(replace(TWO, instances=4), None)
    assert made.plan.currentData() == "pro"
    made.show_service(replace(TWO, plan="standard"), None)
    assert made.plan.currentData() == "standard"


def test_a_suspended_service_is_resumed_first(theme: Theme, qtbot: QtBot) -> None:
    made = row(theme, qtbot, replace(TWO, suspended=True))
    pick(made, "standard")
    assert not made.change.isEnabled()
    assert made.change.toolTip() == "Resume it first"


def test_a_cron_job_has_no_plan_by_the_month(theme: Theme, qtbot: QtBot) -> None:
    assert not row(theme, qtbot, replace(TWO, type="cron_job")).isVisible()
