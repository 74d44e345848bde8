"""The log of one task."""

from pytestqt.qtbot import QtBot

from core.logs.level import Level
from desktop.logpane.task_log import TaskLog
from desktop.theme.theme import Theme
from tests.support.logs import ID, failed, numbered, printed, store_of


def test_it_shows_what_there_is_and_what_comes(theme: Theme, qtbot: QtBot) -> None:
    one = store_of(numbered(0, 3000), printed(f"Task a[{ID}] received", at="21:42:01,000"))
    two = store_of(failed("21:42:03,000"))
    log = TaskLog(theme, ID, ("worker1", "worker4"), (1, 4), (one, two), solo=True)
    qtbot.addWidget(log)
    log.resize(700, 300)
    log.show()
    qtbot.waitUntil(lambda: len(log.view.strips) == 4)
    assert [strip.row.worker for strip in log.view.strips] == [0, 1, 1, 1]
    assert log.view.numbers == (1, 4)
    assert log.counts()[Level.ERROR] == log.counts()[Level.INFO] == 1
    one.append(printed("page 1", at="21:42:04,000").encode())
    log.grew()
    qtbot.waitUntil(lambda: log.view.strips[-1].row.text == "page 1")
