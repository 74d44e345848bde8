"""What is shown of all logs at once."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.logs.level import Level
from core.logs.query import ALL_LEVELS
from desktop.logpane.filter import Filter
from desktop.run.logs import Logs
from desktop.theme.theme import Theme
from tests.support.run_logs import fleet_of, logs_of

HIGH = frozenset({Level.ERROR, Level.CRITICAL})


@pytest.fixture
def logs(theme: Theme, qtbot: QtBot) -> Logs:
    logs = logs_of(theme, fleet_of(2))
    qtbot.addWidget(logs)
    logs.resize(900, 700)
    logs.show()
    return logs


def test_what_is_chosen_holds_for_every_log(logs: Logs) -> None:
    chosen = Filter("a", "b", True, ALL_LEVELS - {Level.DEBUG})
    logs.filter.choose(chosen, frozenset({"worker2@box"}))
    assert {pane.document.shared for pane in logs.panes} == {chosen}
    shared = logs.merged.document.shared
    assert (shared.text, shared.levels, shared.without) == ("a", chosen.levels, {1})
    assert logs.filter.bar.isVisible()


def test_a_wrong_expression_leaves_what_is_shown(logs: Logs, qtbot: QtBot) -> None:
    logs.filter.choose(Filter("a", regex=True), frozenset())
    with qtbot.assertNotEmitted(logs.filter.changed):
        logs.filter.bar.text.setText("(")
    assert logs.filter.chosen.text == "a"


def test_closing_the_bar_shows_all_texts_and_keeps_the_levels(logs: Logs, qtbot: QtBot) -> None:
    logs.filter.choose(Filter("a", levels=HIGH), frozenset())
    with qtbot.waitSignal(logs.filter.closed):
        qtbot.keyClick(logs.filter.bar.text, Qt.Key.Key_Escape)
    assert logs.filter.chosen == Filter(levels=HIGH)
    assert logs.filter.bar.isHidden()
