"""All workers' logs in one."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from core.logs.level import Level
from core.logs.store import LogStore
from desktop.logpane.filter import Filter
from desktop.logpane.geometry import MERGED_LEFT, RIGHT
from desktop.logpane.merged_log import MergedLog
from desktop.logpane.selection import selected_text
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


def test_a_worker_joins_with_its_name_and_colour(both_themes: Theme, qtbot: QtBot) -> None:
    log = MergedLog(both_themes)
    qtbot.addWidget(log)
    log.resize(700, 300)
    log.show()
    for name, number in (("worker3", 3), ("web", 0)):
        log.add(name, number, store_of(at(number, name)))
    log.grew()
    qtbot.waitUntil(lambda: texts(log) == ["web", "worker3"])
    assert log.view.metrics.row == sizes.MERGED_ROW
    picture = log.view.viewport().grab().toImage()
    stripes = [
        QColor(picture.pixelColor(1, int(log.view.top + (row + 0.5) * sizes.MERGED_ROW))).name()
        for row in range(2)
    ]
    tokens = both_themes.tokens
    assert stripes == [tokens.text2, tokens.worker(3)]


def test_what_came_while_it_was_hidden_is_there_when_it_is_shown(
    theme: Theme, qtbot: QtBot
) -> None:
    stores, log = merged(theme, qtbot)
    log.hide()
    stores[1].append(at(4, "d").encode())
    log.grew()
    stores[0].append(at(5, "e").encode())
    log.grew()
    log.show()
    qtbot.waitUntil(lambda: texts(log) == ["a", "b", "c", "d", "e"])


def bar_of(log: MergedLog, second: int, of: int) -> QPoint:
    width = log.strip.width() - MERGED_LEFT - RIGHT
    return QPoint(MERGED_LEFT + round(width * (second + 0.5) / of), 20)


def test_the_strip_leads_to_a_moment_and_to_an_error(theme: Theme, qtbot: QtBot) -> None:
    lines = [at(second, f"line {second}") * 10 for second in range(60)]
    lines[30] += failed("21:42:30,500")
    log = MergedLog(theme, ["worker1"], [store_of(*lines)])
    qtbot.addWidget(log)
    log.resize(700, 300)
    log.show()
    qtbot.waitUntil(lambda: len(log.strip._bars) == 60)
    qtbot.mouseClick(log.strip, Qt.MouseButton.LeftButton, pos=bar_of(log, 10, of=60))
    assert texts(log)[0] == "line 10"
    assert not log.view.following
    qtbot.mouseClick(log.strip, Qt.MouseButton.LeftButton, pos=bar_of(log, 30, of=60))
    assert log.view.selection is not None
    chosen = selected_text(log.document, log.view.selection, prefix=False)
    assert chosen.startswith("Task stock.recount")
    sight = log.strip._sight
    assert sight is not None
    assert sight[0].second <= 30 <= sight[1].second


def test_the_strip_leaves_out_who_is_hidden(theme: Theme, qtbot: QtBot) -> None:
    _, log = merged(theme, qtbot)
    qtbot.waitUntil(lambda: sum(bar.lines for bar in log.strip._bars) == 3)
    log.view.show_only(Filter(without=frozenset({0})), shared=True)
    qtbot.waitUntil(lambda: texts(log) == ["b"])
    qtbot.waitUntil(lambda: sum(bar.lines for bar in log.strip._bars) == 1)
