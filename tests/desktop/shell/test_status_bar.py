"""The bar at the bottom."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.tasks.counts import Totals
from core.workers.phase import Stage, Worker
from desktop.shell.status_bar import LONGEST, StatusBar
from desktop.theme.theme import Theme


def worker(number: int, stage: Stage) -> Worker:
    return Worker(f"worker{number}@box", stage)


def test_only_what_there_is_is_told(theme: Theme, qtbot: QtBot) -> None:
    bar = StatusBar(theme)
    qtbot.addWidget(bar)
    bar.show_workers([worker(1, Stage.UP), worker(2, Stage.UP)])
    bar.show_tasks(Totals(0, 0, 0, 0, 0, 0, 0, 0))
    assert bar.text() == "2 up  0 done"
    stages = (Stage.UP, Stage.STOPPING, Stage.CRASHED, Stage.BACKOFF)
    bar.show_workers([worker(number, stage) for number, stage in enumerate(stages)])
    bar.show_tasks(Totals(20, 12, 1, 3, 3, 0, 1, 2))
    assert bar.text() == ("1 up  1 stopping  2 crashed  3 done  4 failed  1 running  12 waiting")


def test_rows_that_crashed_and_a_broker_that_is_gone_are_told(theme: Theme, qtbot: QtBot) -> None:
    bar = StatusBar(theme)
    qtbot.addWidget(bar)
    bar.show_workers([worker(1, Stage.UP)], [worker(2, Stage.FATAL)], broker_gone=True)
    assert bar.text() == "1 up  1 crashed  1 broker gone"


def test_a_set_up_is_told_in_place_of_workers_and_tasks(theme: Theme, qtbot: QtBot) -> None:
    bar = StatusBar(theme)
    qtbot.addWidget(bar)
    bar.show_tasks(Totals(20, 12, 1, 3, 3, 0, 1, 2))
    bar.show_checks(4, 5, 1)
    assert bar.text() == "4 of 5 checks passed  1 to fix"
    bar.show_checks(5, 5, 0)
    assert bar.text() == "5 of 5 checks passed"


def test_the_last_news_leads_to_all_of_them(theme: Theme, qtbot: QtBot) -> None:
    bar = StatusBar(theme)
    qtbot.addWidget(bar)
    bar.resize(1024, 28)
    bar.show()
    bar.show_news("worker4 crashed")
    news = bar.findChild(QPushButton)
    assert news is not None
    assert news.text() == "worker4 crashed"
    with qtbot.waitSignal(bar.history):
        qtbot.mouseClick(news, Qt.MouseButton.LeftButton)


def test_long_news_is_cut_and_told_whole_in_the_tooltip(theme: Theme, qtbot: QtBot) -> None:
    bar = StatusBar(theme)
    qtbot.addWidget(bar)
    bar.show_news("worker4: crashed " * 20)
    news = bar.findChild(QPushButton)
    assert news is not None
    assert len(news.text()) <= LONGEST
    assert "worker4: crashed " * 20 in news.toolTip()
    bar.forget_news()
    assert news.text() == ""


def test_what_is_new_is_counted(theme: Theme, qtbot: QtBot) -> None:
    bar = StatusBar(theme)
    qtbot.addWidget(bar)
    bar.show()
    (count,) = (each for each in bar.findChildren(QLabel) if each.property("role") == "unread")
    assert not count.isVisible()
    bar.show_unread(3)
    assert (count.isVisible(), count.text()) == (True, "3")
    bar.show_unread(130)
    assert count.text() == "99+"


def test_load_is_told_and_news_gives_way_to_numbers(theme: Theme, qtbot: QtBot) -> None:
    bar = StatusBar(theme)
    qtbot.addWidget(bar)
    bar.resize(520, 28)
    bar.show()
    bar.show_news("worker4 crashed 6 s ago, and it is started again in a second")
    news = bar.findChild(QPushButton)
    assert news is not None
    before = news.text()
    bar.show_load((18.4, 268_000_000), (1.0, 96_000_000))
    (load,) = (each for each in bar.findChildren(QLabel) if each.accessibleName() == "Load")
    assert load.text() == "CPU 18 %   268 MB"
    assert load.toolTip() == "Workers: CPU 18 %   268 MB\nSolofleet: CPU 1 %   96 MB"
    assert len(news.text()) < len(before)
    assert bar.minimumSizeHint().width() <= 520
    bar.show_unread(12)
    assert bar.minimumSizeHint().width() <= 520
    bar.show_unread(0)
    bar.show_load(None)
    assert (load.text(), news.text()) == ("", before)
