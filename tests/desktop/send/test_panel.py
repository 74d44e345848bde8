"""The panel as a whole: three columns at every width, and its keys."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.send.panel import SendPanel
from desktop.send.result_rows import ResultRows
from desktop.theme.theme import Theme


@pytest.fixture
def panel(theme: Theme, rows: ResultRows, qtbot: QtBot) -> SendPanel:
    panel = SendPanel(theme, rows)
    qtbot.addWidget(panel)
    panel.show()
    return panel


@pytest.mark.parametrize("width", [1368, 1208, 952])
def test_no_column_is_cut_at_any_width(panel: SendPanel, width: int) -> None:
    panel.resize(width, 560)
    panel.layout().activate()
    assert panel.width() == width
    columns = (panel.picker, panel.call, panel.results)
    assert [each.geometry().right() < width for each in columns] == [True] * 3
    assert all(each.width() >= each.minimumSizeHint().width() for each in columns)


@pytest.mark.parametrize(
    ("key", "modifier", "signal"),
    [
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, "closed"),
        (Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier, "rerun"),
    ],
)
def test_keys_are_told(
    panel: SendPanel, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier, signal: str
) -> None:
    panel.enter()
    with qtbot.waitSignal(getattr(panel, signal)):
        qtbot.keyClick(panel.picker.search, key, modifier)


def test_esc_in_the_name_of_a_template_leaves_the_panel_open(
    panel: SendPanel, qtbot: QtBot
) -> None:
    closed: list[int] = []
    panel.closed.connect(lambda: closed.append(1))
    panel.picker.ask_name()
    qtbot.keyClick(panel.picker.name, Qt.Key.Key_Escape)
    assert closed == []
