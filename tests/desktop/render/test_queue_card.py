"""The rule by which queues scale a worker, and its last rounds."""

from datetime import datetime

from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.render.remote.backlog import Decision, Load, Rule
from core.render.remote.keeping_up import Looked
from desktop.render.queue_card import MOST_ROUNDS, KeepUp, QueueCard
from desktop.theme.theme import Theme
from tests.support.on_render import click
from tests.support.qt import heard_by

AT = datetime(2026, 11, 26, 11, 20, 15)


def card(theme: Theme, qtbot: QtBot) -> QueueCard:
    made = QueueCard(theme)
    qtbot.addWidget(made)
    made.show()
    return made


def looked(waiting: int) -> Looked:
    return Looked(Load(waiting, 0), 1, Decision(None, f"{waiting} waiting, 0 held: it stays at 1"))


def test_it_begins_with_a_dry_run(both_themes: Theme, qtbot: QtBot) -> None:
    made = card(both_themes, qtbot)
    started = heard_by(made.start)
    assert made.start_button.text() == "Start the dry run"
    click(made.start_button)
    assert started == [(KeepUp(Rule(1, 3, 10, 300.0), apply=False),)]


def test_a_real_run_has_the_numbers_that_were_chosen_in_order(theme: Theme, qtbot: QtBot) -> None:
    made = card(theme, qtbot)
    started = heard_by(made.start)
    made.dry.click()
    assert made.start_button.text() == "Start…"
    made.least.show_value(4)
    made.least.changed.emit(4)
    made.messages.show_value(20_000)
    made.cool_down.setCurrentIndex(0)
    click(made.start_button)
    assert started == [(KeepUp(Rule(4, 4, 20_000, 60.0), apply=True),)]


def test_while_it_runs_it_can_be_stopped_and_not_changed(theme: Theme, qtbot: QtBot) -> None:
    made = card(theme, qtbot)
    assert not made.stop_button.isVisible()
    made.show_begun()
    made.show_said("Asking Render")
    assert not made.least.isEnabled()
    assert not made.start_button.isVisible()
    stopped = heard_by(made.stop)
    click(made.stop_button)
    assert len(stopped) == 1
    made.show_ended("Stopped at 11:20.")
    assert made.least.isEnabled()
    assert made.said.text() == "Stopped at 11:20."


def test_the_last_rounds_are_told_the_newest_first(theme: Theme, qtbot: QtBot) -> None:
    made = card(theme, qtbot)
    QAbstractItemModelTester(made.rounds)
    assert not made.table.isVisible()
    for waiting in range(MOST_ROUNDS + 2):
        made.add(AT, looked(waiting), apply=False)
    told = [row[2].text.partition(" ")[0] for row in made.rounds.rows]
    assert told == [str(waiting) for waiting in reversed(range(2, MOST_ROUNDS + 2))]
    assert made.table.isVisible()
    made.show_begun()
    assert made.rounds.rows == ()


def test_a_round_that_says_the_same_takes_the_place_of_the_last(theme: Theme, qtbot: QtBot) -> None:
    made = card(theme, qtbot)
    for waiting in (5, 0, 0):
        made.add(AT, looked(waiting), apply=True)
    made.add(AT.replace(second=45), looked(0), apply=True)
    assert [row[0].text for row in made.rounds.rows] == ["11:20:45", "11:20:15"]


def test_why_it_failed_is_told_in_three_parts_and_goes_with_the_next_start(
    theme: Theme, qtbot: QtBot
) -> None:
    made = card(theme, qtbot)
    made.show_begun()
    made.show_ended("Stopped at 11:20.", FleetError("jobs is not scaled", "suspended", "Resume."))
    assert made.fault.isVisible()
    assert made.fault.why.text() == "Suspended"
    made.show_begun()
    assert not made.fault.isVisible()
