"""How far the deploys are, and what they print."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.logs.store import LogStore
from core.render.api.answers import Deploy, Service
from core.render.api.passage import Passage
from desktop.render.deploy_card import DeployCard
from desktop.render.watched import Watched
from desktop.theme.theme import Theme
from tests.render_fake.account import Account
from tests.support.qt import heard_by

FAKE = Account()
WEB = Service.read(FAKE.add_service("web", "web_service"))
JOBS = Service.read(FAKE.add_service("jobs"))
BUILDING = Deploy("dep-1", "build_in_progress", "f00dfeed" * 5, "Sell more", "api", None, None)
UNDER_WAY = Watched(JOBS, (BUILDING,), BUILDING, Passage().seen(BUILDING, 0.0), following=True)


def card(theme: Theme, qtbot: QtBot) -> DeployCard:
    made = DeployCard(theme)
    qtbot.addWidget(made)
    made.resize(744, 600)
    made.show()
    return made


def test_each_service_has_its_row_and_the_chosen_one_its_legs_and_log(
    both_themes: Theme, qtbot: QtBot
) -> None:
    made = card(both_themes, qtbot)
    made.show_watched((Watched(WEB), UNDER_WAY), 84.0)
    assert [[cell.text for cell in row] for row in made.rows.rows] == [
        ["web", "Never deployed", "", "main", ""],
        ["jobs", "Building", "f00dfee", "main", "1 min 24 s"],
    ]
    assert not made.legs.isVisible()
    store = LogStore()
    made.show_log(JOBS.id, store)
    made.table.selectRow(1)
    made.show_watched((Watched(WEB), UNDER_WAY), 84.0)
    assert made.legs.text.startswith("Queued done, Build now 1 min 24 s")
    assert made.pill.look.label == "Building"
    store.append(b"[2026-11-20 10:00:00,000: INFO/build] hello\n")
    made.grew(JOBS.id)
    frame = made.frames[JOBS.id]
    assert made.logs.currentWidget() is frame
    qtbot.waitUntil(lambda: bool(frame.view.strips))


def test_what_is_under_way_can_be_broken_off_and_not_begun_again(
    theme: Theme, qtbot: QtBot
) -> None:
    made = card(theme, qtbot)
    made.show_watched((UNDER_WAY,), 1.0)
    assert not made.all_button.isEnabled()
    assert not made.one_button.isVisible()
    cancelled = heard_by(made.cancel)
    made.cancel_button.click()
    assert cancelled == [(JOBS.id,)]
    live = replace(BUILDING, status="live")
    done = replace(UNDER_WAY, deploy=live, passage=UNDER_WAY.passage.seen(live, 2.0))
    made.show_watched((done,), 2.0)
    assert made.all_button.isEnabled()
    assert not made.cancel_button.isVisible()


def test_a_lost_connection_and_a_fault_are_told(theme: Theme, qtbot: QtBot) -> None:
    made = card(theme, qtbot)
    made.show_watched((replace(UNDER_WAY, trouble="no answer; trying again in 5 s"),), 1.0)
    assert made.said.text().endswith("The deploy goes on at Render.")
    fault = FleetError("jobs: the build failed", "why", "fix")
    made.show_watched((replace(UNDER_WAY, fault=fault),), 1.0)
    assert made.fault.isVisible()


def test_another_project_begins_with_nothing(theme: Theme, qtbot: QtBot) -> None:
    made = card(theme, qtbot)
    made.show_watched((UNDER_WAY,), 1.0)
    made.show_log(JOBS.id, LogStore())
    made.forget()
    assert (made.current, made.frames, made.rows.rows) == ("", {}, ())
    assert not made.table.isVisible()
