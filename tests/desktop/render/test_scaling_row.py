"""Render's own scaling."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from core.render.api.answers import Autoscaling, Service
from desktop.render.scaling_row import ScalingRow
from desktop.theme.theme import Theme
from tests.render_fake.account import Account
from tests.support.qt import heard_by

SERVICE = Service.read(Account().add_service("jobs"))


def row(theme: Theme, qtbot: QtBot, service: Service) -> ScalingRow:
    made = ScalingRow(theme)
    qtbot.addWidget(made)
    made.show()
    made.show_scaling(service)
    return made


def test_what_is_off_is_offered_with_limits_in_order(both_themes: Theme, qtbot: QtBot) -> None:
    made = row(both_themes, qtbot, SERVICE)
    assert "off" in made.said.text()
    assert not made.stop.isVisible()
    made.least.changed.emit(4)
    made.least.show_value(4)
    asked = heard_by(made.asked)
    made.start.click()
    assert asked == [(Autoscaling(True, 4, 4, 60, None),)]


def test_what_is_on_is_told_and_can_be_stopped(theme: Theme, qtbot: QtBot) -> None:
    made = row(theme, qtbot, replace(SERVICE, autoscaling=Autoscaling(True, 1, 5, None, 70)))
    assert "from 1 to 5, by memory at 70 %" in made.said.text()
    assert (made.most.value, made.cpu.value, made.memory.value) == (5, 0, 70)
    asked = heard_by(made.asked)
    made.stop.click()
    assert asked == [(None,)]
