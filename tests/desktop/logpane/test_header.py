"""The head of a pane."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from core.workers.phase import Phase
from desktop.logpane.header import PaneHeader
from desktop.theme.looks import WORKER
from desktop.theme.theme import Theme
from desktop.widgets.mark import Mark
from desktop.widgets.pill import Pill


def header_of(theme: Theme, qtbot: QtBot) -> PaneHeader:
    header = PaneHeader(theme, 3, "worker3", WORKER[Phase.READY])
    qtbot.addWidget(header)
    header.resize(600, 40)
    header.show()
    return header


def button(header: PaneHeader, name: str) -> QToolButton:
    return next(each for each in header.findChildren(QToolButton) if each.accessibleName() == name)


def texts(header: PaneHeader) -> list[str]:
    return [each.text() for each in header.findChildren(QLabel) if each.isVisible()]


def test_every_button_says_what_it_is_for_and_tells_its_click(theme: Theme, qtbot: QtBot) -> None:
    header = header_of(theme, qtbot)
    for name, signal in (
        ("Following worker3", header.follow_asked),
        ("Restart worker3", header.restart_asked),
        ("Stop worker3", header.stop_asked),
        ("Maximise worker3", header.maximise_asked),
        ("More for worker3", header.menu_asked),
    ):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(button(header, name), Qt.MouseButton.LeftButton)
        assert button(header, name).toolTip().startswith(name)


def test_a_worker_that_does_not_run_can_be_started(theme: Theme, qtbot: QtBot) -> None:
    header = header_of(theme, qtbot)
    header.show_look(WORKER[Phase.STOPPED], runs=False)
    with qtbot.waitSignal(header.start_asked):
        qtbot.mouseClick(button(header, "Start worker3"), Qt.MouseButton.LeftButton)
    header.show_look(WORKER[Phase.READY], runs=True)
    assert button(header, "Stop worker3").toolTip() == "Stop worker3  F5"


def test_the_lamp_shows_whether_the_end_is_followed(theme: Theme, qtbot: QtBot) -> None:
    header = header_of(theme, qtbot)
    assert button(header, "Following worker3").isChecked()
    header.show_following(False)
    assert not button(header, "Follow worker3").isChecked()


def test_the_rate_has_its_unit_and_goes_where_there_is_no_room(theme: Theme, qtbot: QtBot) -> None:
    header = header_of(theme, qtbot)
    for rate, text in (
        (3.2, "3 lines/s"),
        (0.25, "0.2 lines/s"),
        (1, "1 line/s"),
        (0, "0 lines/s"),
    ):
        header.show_rate(rate)
        assert text in texts(header)
    header.show_rate(12_345)
    assert "12\u202f345 lines/s" in texts(header)
    header.resize(380, 40)
    assert "12\u202f345 lines/s" not in texts(header)
    header.show_rate(None)
    header.resize(600, 40)
    assert not any("line" in text for text in texts(header))


def test_a_double_click_maximises_and_there_is_a_way_back(theme: Theme, qtbot: QtBot) -> None:
    header = header_of(theme, qtbot)
    with qtbot.waitSignal(header.maximise_asked):
        qtbot.mouseDClick(header, Qt.MouseButton.LeftButton)
    header.show_maximised(True)
    assert button(header, "Restore worker3")


def test_a_narrow_head_says_less_and_nothing_is_cut(both_themes: Theme, qtbot: QtBot) -> None:
    header = header_of(both_themes, qtbot)
    header.show_rate(12_345)
    seen: list[int] = []
    for width in range(600, 199, -10):
        header.resize(width, 40)
        layout = header.layout()
        assert layout is not None
        layout.activate()
        shown = [each for each in header.findChildren(QWidget) if each.isVisible()]
        assert all(each.geometry().right() < width for each in shown)
        assert all(each.width() >= each.sizeHint().width() for each in shown)
        seen.append(len(shown))
        assert [each for each in shown if isinstance(each, Pill | Mark)]
    assert seen == sorted(seen, reverse=True)
    assert {"Following worker3", "More for worker3"} == {
        each.accessibleName() for each in header.findChildren(QToolButton) if each.isVisible()
    }
