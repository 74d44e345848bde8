"""The step after the deploy."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.render.api.answers import Service
from core.render.api.event import Event, Failure
from core.render.remote.kills import Kills
from core.render.remote.resizing import Capacity
from desktop.render.running_page import RunningPage
from desktop.theme.theme import Theme
from tests.render_fake.account import Account
from tests.support.qt import heard_by

FAKE = Account()
WEB = Service.read(FAKE.add_service("web", "web_service"))
JOBS = Service.read(FAKE.add_service("jobs"))
KILLED = Event("evt-1", "server_failed", None, "", "", Failure(memory_limit="512Mi"), None)


def page(theme: Theme, qtbot: QtBot) -> RunningPage:
    made = RunningPage(theme)
    qtbot.addWidget(made)
    made.resize(744, 900)
    made.show()
    made.show_service(JOBS, (WEB, JOBS), on=False)
    return made


def test_a_number_is_sent_only_where_it_changes_something(both_themes: Theme, qtbot: QtBot) -> None:
    made = page(both_themes, qtbot)
    assert made.service.currentText() == "jobs"
    assert made.state.text() == "worker, starter, 1 instance"
    assert not made.scale_button.isEnabled()
    made.instances.show_value(3)
    made.instances.changed.emit(3)
    assert "$21 a month" in made.price.text()
    wanted = heard_by(made.scale)
    made.scale_button.click()
    assert wanted == [(3,)]


def test_a_suspended_service_can_be_resumed_and_nothing_else(theme: Theme, qtbot: QtBot) -> None:
    made = page(theme, qtbot)
    assert not made.powers["resume"].isVisible()
    made.show_service(replace(JOBS, suspended=True), (WEB, JOBS), on=True)
    assert made.powers["resume"].isVisible()
    assert not made.powers["suspend"].isVisible()
    assert not made.powers["restart"].isEnabled()
    assert made.logs_toggle.isChecked()


def test_kills_stand_out_among_events_and_are_explained(theme: Theme, qtbot: QtBot) -> None:
    made = page(theme, qtbot)
    made.show_events((replace(KILLED, type="server_available", failure=None), KILLED))
    newest, before = made.events.rows
    assert newest[1].text == "An instance failed: out of memory: more than 512Mi"
    assert (newest[1].colour, before[1].colour) == ("err", "text")
    told = FleetError("an instance ran out of memory", "why", "Run 1 at once.")
    made.killed.show_kills(Kills(told, (Capacity(concurrency=1),)))
    assert made.killed.isVisible()
    asked = heard_by(made.capacity)
    made.killed.buttons[0].click()
    assert asked == [(Capacity(concurrency=1),)]


def test_where_render_cannot_be_asked_the_way_to_it_is_shown(theme: Theme, qtbot: QtBot) -> None:
    made = page(theme, qtbot)
    made.show_way(FleetError("Render is not connected", "no key", "Give a key."))
    assert made.unasked.isVisible()
    assert not made.service.isVisible()
