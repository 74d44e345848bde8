"""Where logs are seen."""

from pytestqt.qtbot import QtBot

from desktop.run.grid import Layout
from desktop.run.log_body import LogBody
from desktop.theme.theme import Theme
from tests.support.logs import ID
from tests.support.run_logs import fleet_of, logs_of


def test_it_shows_panes_the_log_of_all_or_that_of_a_task(theme: Theme, qtbot: QtBot) -> None:
    logs = logs_of(theme, fleet_of(2))
    qtbot.addWidget(logs)
    body = logs.findChild(LogBody)
    assert body is not None
    assert body.shows_panes
    assert body.frame() is logs.panes.pane("worker1@box")
    body.show_layout(Layout.MERGED)
    assert body.shows_merged
    assert body.frame() is logs.merged
    logs.follow_task(ID)
    assert body.frame() is logs.follower.log
    assert not (body.shows_merged or body.shows_panes)
    logs.follower.leave()
    assert body.shows_panes
