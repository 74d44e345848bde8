"""All workers' logs in one."""

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from core.logs.level import Level
from core.logs.store import LogStore
from desktop.logpane.merged_log import MergedLog
from desktop.theme import tokens as sizes
from desktop.theme.theme import Theme
from tests.support.logs import failed, printed, store_of


def at(second: int, text: str, level: str = "INFO") -> str:
    return printed(text, level, f"21:42:{second:02},000")


def merged(theme: Theme, qtbot: QtBot) -> tuple[list[LogStore], MergedLog]:
    stores = [store_of(at(1, "a"), at(3, "c", "WARNING")), store_of(at(2, "b"))]
    log = MergedLog(theme, ["worker1", "worker2"], stores)
    qtbot.addWidget(log)
    log.resize(700, 300)
    log.show()
    return stores, log


def texts(log: MergedLog) -> list[str]:
    return [strip.row.text for strip in log.view.strips]


def test_rows_have_the_stripe_of_their_worker(both_themes: Theme, qtbot: QtBot) -> None:
    _, log = merged(both_themes, qtbot)
    assert texts(log) == ["a", "b", "c"]
    assert log.view.metrics.row == sizes.MERGED_ROW
    picture = log.view.viewport().grab().toImage()
    stripes = [
        QColor(picture.pixelColor(1, int(log.view.top + (row + 0.5) * sizes.MERGED_ROW))).name()
        for row in range(3)
    ]
    colour = both_themes.tokens.worker
    assert stripes == [colour(1), colour(2), colour(1)]


def test_what_comes_is_put_in_its_place(theme: Theme, qtbot: QtBot) -> None:
    stores, log = merged(theme, qtbot)
    stores[1].append((at(4, "d") + failed("21:42:05,000")).encode())
    log.grew()
    qtbot.waitUntil(lambda: len(log.view.strips) == 7)
    assert texts(log)[-4:] == [
        "d",
        "Task stock.recount[17f2aa04] raised unexpected: KeyError('sku')",
        '  File "app\\stock.py", line 88, in recount',
        "KeyError: 'sku'",
    ]


def test_levels_are_counted_over_all_workers(theme: Theme, qtbot: QtBot) -> None:
    _, log = merged(theme, qtbot)
    assert log.counts()[Level.INFO] == 2
    assert log.counts()[Level.WARNING] == 1


def test_notes_stand_behind_what_is_there(theme: Theme, qtbot: QtBot) -> None:
    stores, log = merged(theme, qtbot)
    log.add_note("worker2 restarted (exit 1), 2nd time today")
    stores[0].append(at(9, "z").encode())
    log.grew()
    qtbot.waitUntil(lambda: texts(log)[-1] == "z")
    assert texts(log)[-2] == "worker2 restarted (exit 1), 2nd time today"
